"""Classes by pattern, and what gives a person standing in a room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.people import People, PersonClass, Powers, class_of, is_denied, is_moderator, is_ours, matches

PEOPLE = People(staff=("@*:example.org",), trusted=("@carla:contractor.example",), moderators=("@lead:example.org",))
LOCALPART = st.text("abcdefghijklmnopqrstuvwxyz0123456789._=-/+", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("user_id", "glob", "matched"),
    [
        ("@ann:example.org", "@*:example.org", True),
        ("@ann:example.org", "@ann:example.org", True),
        ("@ann:example.org.evil.com", "@*:example.org", False),
        ("@ann:example.org:8448", "@*:example.org", False),
        ("@ann:sub.example.org", "@*:example.org", False),
        ("@ann:sub.example.org", "@*:*.example.org", True),
        ("@ann:exampleXorg", "@*:example.org", False),
        ("@evil:example.org:evil.com", "@*:evil.com", False),
        ("@a:evil.com", "@a:*example.org", False),
        ("@ann:example.org", "@ann*", False),
        ("@ann:example.org", "*", False),
        ("@ann:example.org", "@a??:example.org", True),
        ("@an:example.org", "@a??:example.org", False),
        ("@a:b:example.org", "@a?b:example.org", False),
        ("@Ann:example.org", "@ann:example.org", False),
        ("@ann:example.org\n", "@*:example.org", False),
        ("@[a]:example.org", "@[a]:example.org", True),
        ("@a:example.org", "@[a]:example.org", False),
        ("@ann:EXAMPLE.org", "@*:example.org", False),
        ("@ann:еxample.org", "@*:example.org", False),
        ("@ann:example.org\u200b", "@*:example.org", False),
        ("@ann:example。org", "@*:example.org", False),
        ("@аnn:example.org", "@ann:example.org", False),
        ("@ann:example.org:", "@*:example.org", False),
        ("\n@ann:example.org", "@*:example.org", False),
        ("@ann:example.org\n@x:evil.com", "@*:example.org", False),
        ("@ann:example.org\x00", "@*:example.org", False),
        ("@:example.org", "@*:example.org", True),
        ("@:example.org", "@?:example.org", False),
        ("@ann:example.org:8448", "@*:example.org:8448", True),
        ("@ann:example.org:84480", "@*:example.org:8448", False),
        ("@ann:[::1]", "@*:[::1]", True),
        ("", "@*:example.org", False),
        ("", "", True),
    ],
)
def test_a_glob_names_whole_ids_to_the_letter(user_id: str, glob: str, matched: bool) -> None:
    assert matches(user_id, [glob]) is matched


@given(LOCALPART, st.text(min_size=1, max_size=20))
def test_a_pattern_for_a_server_admits_nobody_from_a_longer_one(local: str, more: str) -> None:
    assert matches(f"@{local}:example.org", PEOPLE.staff)
    assert not matches(f"@{local}:example.org{more}", PEOPLE.staff)


@given(LOCALPART, st.sampled_from(["evil.com", "example.org.evil.com", "evil-example.org", "xample.org"]))
def test_a_star_never_crosses_a_colon(local: str, server: str) -> None:
    assert not matches(f"@{local}:{server}", PEOPLE.staff)
    assert not matches(f"@{local}:example.org:{server}", PEOPLE.staff)


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_no_text_passes_for_one_of_a_server_that_it_does_not_end_with(name: str, server: str) -> None:
    if server != "example.org":
        assert not matches(f"@{name}:{server}", PEOPLE.staff)
    if ":" in name:
        assert not matches(f"@{name}:example.org", PEOPLE.staff)


@pytest.mark.parametrize(
    ("user_id", "denied"),
    [
        ("@mallory:evil.com", True),
        ("@mallory:EVIL.com", True),
        ("@Mallory:evil.com", False),
        ("@any:spam.example", True),
        ("@any:Spam.Example", True),
        ("@any:notspam.example", False),
        ("@any:spam.example.org", False),
        ("@any:example.org", False),
    ],
)
def test_who_is_denied_cannot_return_by_capitals_in_the_servers_name(user_id: str, denied: bool) -> None:
    everybody = People(staff=("@*:*",), moderators=(user_id,), denied=("@mallory:evil.com", "@*:spam.example"))
    assert is_denied(user_id, everybody) is denied
    assert is_ours(user_id, everybody) is not denied
    assert is_moderator(user_id, everybody, Powers(users={user_id: 100})) is not denied
    assert not is_denied(user_id, People())


@pytest.mark.parametrize(
    ("user_id", "found", "ours"),
    [
        ("@ann:example.org", PersonClass.STAFF, True),
        ("@carla:contractor.example", PersonClass.TRUSTED, True),
        ("@carl:contractor.example", PersonClass.OUTSIDER, False),
    ],
)
def test_classes_before_any_grant(user_id: str, found: PersonClass, ours: bool) -> None:
    assert class_of(user_id, PEOPLE) is found
    assert is_ours(user_id, PEOPLE) is ours


@given(LOCALPART, st.lists(st.sampled_from(["@a*:x", "@*b:x", "@ab|@c:x", "@?:x", "@:x"]), max_size=4))
def test_several_globs_name_whom_one_of_them_names(local: str, globs: list[str]) -> None:
    user_id = f"@{local}:x"
    assert matches(user_id, globs) is any(matches(user_id, [glob]) for glob in globs)
    assert not matches("@c:x", ["@ab|@c:x"])
    assert not matches("", [])


def test_nobody_is_named_by_no_pattern() -> None:
    assert class_of("@ann:example.org", People()) is PersonClass.OUTSIDER


@pytest.mark.parametrize(
    ("user_id", "powers", "moderator"),
    [
        ("@lead:example.org", Powers(), True),
        ("@ann:example.org", Powers(users={"@ann:example.org": 50}), True),
        ("@ann:example.org", Powers(users={"@ann:example.org": 49}), False),
        ("@ann:example.org", Powers(users={"@ann:example.org": 0}, users_default=50), False),
        ("@ann:example.org", Powers(users_default=50), True),
        ("@ann:example.org", Powers(version=12, creators=frozenset({"@ann:example.org"})), True),
        ("@ann:example.org", Powers(version=11, creators=frozenset({"@ann:example.org"})), False),
        ("@bob:example.org", Powers(version=12, creators=frozenset({"@ann:example.org"})), False),
    ],
)
def test_moderators_are_named_powerful_or_creators(user_id: str, powers: Powers, moderator: bool) -> None:
    assert is_moderator(user_id, PEOPLE, powers) is moderator
