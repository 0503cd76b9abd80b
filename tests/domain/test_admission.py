"""Who has a place in a room: deny, then class, then grants."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.domain.admission import NoPlace, class_in, no_place
from bridge.domain.grants import Grant
from bridge.domain.people import People, PersonClass, is_denied, is_moderator, is_ours
from bridge.domain.spaces import OPEN_LEVELS, Level, Space, Terms
from tests.domain.doors import (
    ANN,
    CARLA,
    FAMILY,
    LEAD,
    MALLORY,
    NOW,
    OTHER,
    PEOPLE,
    ROOM,
    XAVI,
    YAN,
    grant,
    many_grants,
    people,
    powers,
    space,
    spaces,
)

ACME_ONLY: dict[str, Any] = {"servers": frozenset({"acme.com"})}
WITH_TERMS: dict[str, Any] = {"terms": Terms("v2", "Be kind.")}


@pytest.mark.parametrize(
    ("user_id", "level", "expected"),
    [
        (ANN, Level.INTERNAL, None),
        (CARLA, Level.INTERNAL, None),
        (LEAD, Level.EXTRANET, None),
        (XAVI, Level.INTERNAL, NoPlace.INTERNAL),
        (XAVI, Level.EXTRANET, None),
        (YAN, Level.EXTRANET, NoPlace.UNGRANTED),
        (YAN, Level.COMMUNITY, None),
        (YAN, Level.PUBLIC, None),
        *((MALLORY, level, NoPlace.DENIED) for level in Level),
    ],
)
def test_who_has_a_place(user_id: str, level: Level, expected: NoPlace | None) -> None:
    theirs = [grant(person=user_id)] if user_id in {XAVI, MALLORY} else []
    assert no_place(user_id, space(level), FAMILY, PEOPLE, theirs, NOW) is expected


@pytest.mark.parametrize(
    ("grants", "externals", "expected"),
    [
        ([], {}, NoPlace.UNGRANTED),
        ([grant(room_id=OTHER)], {}, NoPlace.UNGRANTED),
        ([grant(space="beta")], {}, NoPlace.UNGRANTED),
        ([grant(person=YAN)], {}, NoPlace.UNGRANTED),
        ([grant(ended_at=NOW)], {}, NoPlace.ENDED),
        ([grant(ends_at=NOW)], {}, NoPlace.ENDED),
        ([grant(approved_by=None)], {}, NoPlace.REQUESTED),
        ([grant()], WITH_TERMS, NoPlace.TERMS),
        ([grant()], {"servers": frozenset({"beta.example"})}, NoPlace.SERVER),
        ([grant(ended_at=NOW), grant(approved_by=None), grant()], WITH_TERMS, NoPlace.TERMS),
        ([grant(ended_at=NOW), grant(approved_by=None)], {}, NoPlace.REQUESTED),
        ([grant(ended_at=NOW), grant(room_id=ROOM)], {}, None),
        ([grant(terms_accepted="v2")], ACME_ONLY | WITH_TERMS, None),
    ],
)
def test_people_are_told_what_stands_between_them_and_the_room(
    grants: list[Grant], externals: dict[str, Any], expected: NoPlace | None
) -> None:
    assert no_place(XAVI, space(**externals), FAMILY, PEOPLE, grants, NOW) is expected


@pytest.mark.parametrize(
    ("user_id", "grants", "expected"),
    [
        (ANN, [], PersonClass.STAFF),
        (CARLA, [grant(person=CARLA)], PersonClass.TRUSTED),
        (XAVI, [], PersonClass.OUTSIDER),
        (XAVI, [grant()], PersonClass.EXTERNAL),
        (XAVI, [grant(room_id=OTHER)], PersonClass.EXTERNAL),
        (XAVI, [grant(space="beta")], PersonClass.OUTSIDER),
        (XAVI, [grant(ended_at=NOW)], PersonClass.OUTSIDER),
        (XAVI, [grant(person=YAN)], PersonClass.OUTSIDER),
        (MALLORY, [grant(person=MALLORY)], PersonClass.OUTSIDER),
    ],
)
def test_what_somebody_is_to_a_space(user_id: str, grants: list[Grant], expected: PersonClass) -> None:
    assert class_in(user_id, space(), PEOPLE, grants, NOW) is expected


# --- whatever is given ---------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(people, spaces, many_grants, powers, st.sampled_from(["@*:example.org", "@*:acme.com", "@*:*", XAVI]))
def test_deny_always_wins(user_id: str, space: Space, grants: list[Grant], powers: Any, denied: str) -> None:
    config = replace(PEOPLE, denied=(*PEOPLE.denied, denied), trusted=("@*:*",))
    theirs = [replace(each, person=user_id) for each in grants]
    if is_denied(user_id, config):
        assert no_place(user_id, space, FAMILY, config, theirs, NOW) is NoPlace.DENIED
        assert class_in(user_id, space, config, theirs, NOW) is PersonClass.OUTSIDER
        assert not is_moderator(user_id, config, powers)
        assert not is_ours(user_id, config)


@settings(max_examples=300)
@given(people, spaces, many_grants)
def test_no_grant_ever_opens_an_internal_space(user_id: str, space: Space, grants: list[Grant]) -> None:
    internal = replace(space, level=Level.INTERNAL)
    theirs = [replace(each, person=user_id) for each in grants]
    without = no_place(user_id, internal, FAMILY, PEOPLE, [], NOW)
    assert no_place(user_id, internal, FAMILY, PEOPLE, theirs, NOW) is without
    assert (without is None) is is_ours(user_id, PEOPLE)


@settings(max_examples=300)
@given(people, spaces, many_grants)
def test_nobody_gets_in_by_the_grant_of_another(user_id: str, space: Space, grants: list[Grant]) -> None:
    of_others = [each for each in grants if each.person != user_id]
    without = no_place(user_id, space, FAMILY, PEOPLE, [], NOW)
    assert no_place(user_id, space, FAMILY, PEOPLE, of_others, NOW) is without
    assert class_in(user_id, space, PEOPLE, of_others, NOW) is class_in(user_id, space, PEOPLE, [], NOW)


@settings(max_examples=300)
@given(people, spaces, many_grants)
def test_people_of_ours_have_a_place_everywhere(user_id: str, space: Space, grants: list[Grant]) -> None:
    if is_ours(user_id, PEOPLE) or (space.level in OPEN_LEVELS and not is_denied(user_id, PEOPLE)):
        assert no_place(user_id, space, FAMILY, PEOPLE, grants, NOW) is None


@settings(max_examples=300)
@given(people, spaces, many_grants, st.integers(0, 90 * 86_400_000))
def test_a_place_is_lost_by_time_and_never_won(user_id: str, space: Space, grants: list[Grant], passed: int) -> None:
    if no_place(user_id, space, FAMILY, PEOPLE, grants, NOW) is not None:
        assert no_place(user_id, space, FAMILY, PEOPLE, grants, NOW + passed) is not None


@given(people, spaces, many_grants)
def test_who_is_named_nowhere_has_no_place_in_a_closed_space(user_id: str, space: Space, grants: list[Grant]) -> None:
    if space.level not in OPEN_LEVELS:
        nobody = [replace(each, person="@nobody:acme.com") for each in grants]
        assert no_place(user_id, space, FAMILY, People(), nobody, NOW) is not None
