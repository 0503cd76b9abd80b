"""What a space's settings let out or keep in against its level, and patterns of user ids that are wider than meant."""

from pathlib import Path

import pytest

from bridge.config.globs import names
from bridge.config.load import ConfigErrors, LoadedConfig, load
from bridge.config.terms import MOST_CHARACTERS, Terms
from tests.config.broken import GOOD

LEVELS = ("internal", "extranet", "community", "public")


def loaded(folder: Path, spaces: str, people: str = 'staff: ["@*:example.org"]', more: str = "") -> LoadedConfig:
    head = GOOD[: GOOD.index("people:")]
    path = folder / "config.yaml"
    path.write_text(f"{head}people: {{{people}}}\nspaces:\n  one: {{rooms: ['!one'], {spaces}}}\n{more}")
    return load(path, {})


def problems(folder: Path, spaces: str, people: str = "", more: str = "") -> list[str]:
    with pytest.raises(ConfigErrors) as caught:
        loaded(folder, spaces, people, more)
    return [str(problem).partition("config.yaml:")[2] for problem in caught.value.problems]


def notices(folder: Path, spaces: str, people: str = 'staff: ["@*:example.org"]', more: str = "") -> tuple[str, ...]:
    return loaded(folder, spaces, people, more).notices


# --- sharing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("other", LEVELS)
def test_sharing_with_a_more_open_space_must_be_meant(level: str, other: str, tmp_path: Path) -> None:
    shares = f"level: {level}, shares_with: [two]"
    two = f"  two: {{level: {other}, rooms: ['!two']}}\n"
    allowed = LEVELS.index(other) <= LEVELS.index(level) and (level, other) != ("extranet", "extranet")
    if allowed:
        assert notices(tmp_path, shares, more=two) == ()
    else:
        (problem,) = problems(tmp_path, shares, more=two)
        assert problem.startswith("8:")
        assert ": spaces.one.shares_with[0]: two " in problem
        assert "expected spaces that are not more open, or spaces.one.even_if_more_open: true" in problem
        assert "everybody in two could read the questions of one" in problem
    meant = notices(tmp_path, shares + ", even_if_more_open: yes", more=two)
    vain = ("spaces.one.even_if_more_open: shares_with names no space that is more open",)
    assert meant == (vain if allowed else ())


# --- level against room and externals --------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("room", "key"),
    [
        ("join_rule: public", "join_rule"),
        ("history_visibility: world_readable", "history_visibility"),
        ("guest_access: can_join", "guest_access"),
        ("listed: on", "listed"),
        ("listed: 'yes'", "listed"),
    ],
)
def test_a_closed_space_has_no_open_doors(level: str, room: str, key: str, tmp_path: Path) -> None:
    text = f"level: {level}, room: {{{room}}}"
    if level in {"community", "public"}:
        assert notices(tmp_path, text) == ()
        return
    (problem,) = problems(tmp_path, text)
    assert f": spaces.one.room.{key}: " in problem
    assert f"but the space is {level}; expected " in problem


def test_externals_where_everybody_may_join_are_refused_and_where_nobody_may_they_are_noticed(tmp_path: Path) -> None:
    for level in ("community", "public"):
        (problem,) = problems(tmp_path, f"level: {level}, externals: {{max_days: 3}}")
        assert ": spaces.one.externals: " in problem
        assert "expected level: extranet; or remove externals" in problem
    (notice,) = notices(tmp_path, "level: internal, externals: {max_days: 3}")
    assert notice.startswith("spaces.one.externals: nobody from outside has a place in an internal space")


@pytest.mark.parametrize(
    ("space", "about"),
    [
        ("level: internal, mark: name", "mark"),
        ("level: extranet, externals: {terms_grace: 3d}", "externals.terms_grace"),
        ("level: community, room: {outsider_power: 50}", "room.outsider_power"),
        ("level: extranet, room: {federated: off}", "room.federated"),
        ("level: extranet, room: {federated: off}, externals: {servers: [example.org, acme.com]}", "room.federated"),
        ("level: extranet, room: {server_acl: partners}", "room.server_acl"),
        ("level: public, room: {server_acl: partners}", "room.server_acl"),
    ],
)
def test_what_is_merely_vain_is_noticed(space: str, about: str, tmp_path: Path) -> None:
    (notice,) = notices(tmp_path, space)
    assert notice.startswith(f"spaces.one.{about}: ")


@pytest.mark.parametrize(
    "space",
    [
        "level: extranet, mark: name, timezone: Europe/Paris, enforce: on",
        "level: internal, room: {federated: off, server_acl: partners, integrations: off, outsider_power: 0}",
        "level: extranet, room: {federated: off}, externals: {servers: [example.org]}",
        "level: extranet, room: {server_acl: partners, outsider_power: 49}, externals: {servers: [acme.com]}",
    ],
)
def test_what_makes_sense_is_not_noticed(space: str, tmp_path: Path) -> None:
    assert notices(tmp_path, space) == ()


def test_without_a_section_externals_the_defaults_hold(tmp_path: Path) -> None:
    space = loaded(tmp_path, "level: extranet").config.spaces["one"]
    externals = space.externals
    assert (externals.servers, externals.granted_by, externals.max_days, externals.terms) == ((), "staff", None, None)
    assert externals.terms_grace.days == 14
    assert space.timezone is None


# --- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such file"),
        (b"", "an empty file"),
        (b"\xef\xbb\xbf \n\t\n", "an empty file"),
        (b"\xff\xfe", "no UTF-8 text"),
        (b"a\0b", "a file that is no text"),
        ("é".encode() * (MOST_CHARACTERS + 1), "a text of 32001 characters"),
        (b"a" * 300_000, "a file larger than 256 KiB"),
    ],
)
def test_terms_that_nobody_can_accept(content: bytes | None, says: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "terms.md").write_bytes(content)
    (problem,) = problems(tmp_path, "level: extranet, externals: {terms: terms.md}")
    assert problem.startswith("8:62: spaces.one.externals.terms: ")
    assert says in problem
    assert "expected a readable file of 1 to 32000 characters in UTF-8; paths begin at the folder of this" in problem


def test_terms_are_what_stood_in_the_file_at_loading(tmp_path: Path) -> None:
    (tmp_path / "terms.md").write_text("\ufeff" + "é" * MOST_CHARACTERS + "\n", "utf-8")
    config = loaded(tmp_path, "level: extranet, externals: {terms: terms.md}").config
    assert config.spaces["one"].externals.terms == Terms(tmp_path / "terms.md", "é" * MOST_CHARACTERS)


# --- people ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["staff", "trusted", "denied"])
@pytest.mark.parametrize(
    ("glob", "says"),
    [
        ("@*:еxample.org", "letters of other scripts that look the same match nobody"),
        ("@аnn:example.org", "letters that no user id may hold"),
        ("@*:Example.org", "capital letters in a server's name; expected small letters"),
        ("@*:[2001:DB8::1]", "capital letters in a server's name"),
        ("@a b:example.org", "expected a user id or glob such as"),
    ],
)
def test_a_glob_that_would_match_nobody_is_refused(key: str, glob: str, says: str, tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "level: internal", f"{key}: ['{glob}']")
    assert problem.startswith("6:")
    assert f": people.{key}[0]: " in problem
    assert says in problem
    assert glob not in problem


def test_capital_letters_in_a_partners_name(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "level: extranet, externals: {servers: [Acme.com]}")
    assert "spaces.one.externals.servers[0]: capital letters in a server's name" in problem


@pytest.mark.parametrize("key", ["staff", "trusted"])
@pytest.mark.parametrize(
    ("glob", "says"),
    [
        ("@*:*", "everybody of every server"),
        ("@*:*.*", "everybody of every server"),
        ("@?*:**", "everybody of every server"),
        ("@*:*example.org", "anybody can set up a server that this names"),
        ("@*:example.*", "anybody can set up a server that this names"),
        ("@ann:*", "anybody can set up a server that this names"),
        ("@*:*.example.org", None),
        ("@*:*.example.org:8448", None),
        ("@*_staff-*:localhost:8448", None),
        ("@Ann:example.org", None),
    ],
)
def test_a_glob_that_is_wider_than_meant_is_noticed(key: str, glob: str, says: str | None, tmp_path: Path) -> None:
    found = notices(tmp_path, "level: internal", f"{key}: ['{glob}']")
    assert [notice.startswith(f"people.{key}[0]: ") and says in notice for notice in found if says] == (
        [True] if says else []
    )
    assert bool(found) is bool(says)


def test_denying_people_who_are_named_elsewhere(tmp_path: Path) -> None:
    for denied in ("@qa:example.org", "@*:example.org", "@*:*"):
        (problem,) = problems(tmp_path, "level: internal", f"denied: ['{denied}']")
        assert "people.denied[0]: names the bot itself" in problem
    people = "staff: ['@*:a.org'], denied: ['@*:a.org', '@l?ad:b.org'], moderators: ['@lead:b.org', '@boss:b.org']"
    assert notices(tmp_path, "level: internal", people) == (
        "people.staff[0]: stands in people.denied, too, which goes before",
        "people.moderators[0]: is named by people.denied, too, which goes before",
    )


def test_what_a_glob_names() -> None:
    assert names("@*:example.org", "@ann:example.org")
    assert names("@*:[::1]:8448", "@ann:[::1]:8448")
    assert not names("@*:example.org", "@ann:example.org.evil.com")
    assert not names("@*:example.org", "@ann:evil.com:example.org")
    assert not names("@" + "*a" * 120 + ":x", "@" + "a" * 250 + ":y"), "and it takes no time to say so"


# --- the module in Synapse -------------------------------------------------------------------------------------------


def test_a_module_in_synapse_needs_a_place_to_ask_on_this_machine(tmp_path: Path) -> None:
    module = "synapse_module: {secret: s3same}\n"
    (problem,) = problems(tmp_path, "level: internal", more=module)
    assert problem.startswith("9:1: synapse_module: nothing listens for it; expected a section web")
    (problem,) = problems(tmp_path, "level: internal", more=module + "web: {listen: '0.0.0.0:8090'}\n")
    assert problem.startswith("10:15: web.listen: synapse_module is asked for")
    assert "s3same" not in problem
    for listen in ("{}", "{listen: 'localhost:1'}", "{listen: '[::1]:8090'}"):
        config = loaded(tmp_path, "level: internal", more=module + f"web: {listen}\n").config
        assert "s3same" in config.secrets()
