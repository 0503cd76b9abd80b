"""What a grant opens, until when, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.grants import Grant, Standing, admits, covers, is_live, may_come_from, standing, warning_due
from bridge.domain.spaces import DAY, Externals, Level, Space, Terms
from tests.domain.doors import ANN, FAMILY, NOW, OLD, OTHER, ROOM, XAVI, grant, many_grants, some_grants, space, spaces

V2 = Externals(terms=Terms("v2", "Be kind."))


@pytest.mark.parametrize(
    ("changed", "externals", "expected"),
    [
        ({}, Externals(), Standing.LIVE),
        ({"ends_at": NOW + 1}, Externals(), Standing.LIVE),
        ({"ends_at": NOW}, Externals(), Standing.ENDED),
        ({"ended_at": NOW}, Externals(), Standing.ENDED),
        ({"ended_at": NOW + 1}, Externals(), Standing.ENDED),
        ({"approved_by": None}, Externals(), Standing.REQUESTED),
        ({"approved_by": None, "ends_at": NOW}, Externals(), Standing.ENDED),
        ({"approved_by": None, "terms_accepted": "v2"}, V2, Standing.REQUESTED),
        ({}, V2, Standing.TERMS),
        ({"terms_accepted": "v2"}, V2, Standing.LIVE),
        ({"terms_accepted": "v2", "terms_due": NOW}, V2, Standing.LIVE),
        ({"terms_accepted": "v1"}, V2, Standing.LIVE),
        ({"terms_accepted": "v1", "terms_due": NOW + 1}, V2, Standing.LIVE),
        ({"terms_accepted": "v1", "terms_due": NOW}, V2, Standing.TERMS),
        ({"terms_accepted": ""}, V2, Standing.LIVE),
        ({"terms_accepted": "", "terms_due": NOW}, V2, Standing.TERMS),
        ({"terms_accepted": "v2"}, Externals(), Standing.LIVE),
    ],
)
def test_where_a_grant_stands(changed: dict[str, Any], externals: Externals, expected: Standing) -> None:
    assert standing(grant(**changed), externals, NOW) is expected


@pytest.mark.parametrize(
    ("user_id", "welcome"),
    [
        (XAVI, True),
        ("@x:beta.example", True),
        ("@x:acme.com.evil.example", False),
        ("@x:evil.example:acme.com", False),
        ("@x:sub.acme.com", False),
        ("@x:ACME.com", False),
        ("@x:аcme.com", False),
        ("@x:acme.com:8448", False),
        ("@x:acme.com\n", False),
        ("@x:", False),
        ("@x", False),
        ("", False),
    ],
)
def test_only_the_servers_that_are_named(user_id: str, welcome: bool) -> None:
    partners = Externals(servers=frozenset({"acme.com", "beta.example"}))
    assert may_come_from(user_id, partners) is welcome
    assert may_come_from(user_id, Externals())
    assert is_live(grant(person=user_id), Space("acme", Level.EXTRANET, externals=partners), NOW) is welcome


def test_a_server_with_a_port_is_named_with_it() -> None:
    assert may_come_from("@x:acme.com:8448", Externals(servers=frozenset({"acme.com:8448"})))
    assert may_come_from("@x:[::1]:8448", Externals(servers=frozenset({"[::1]:8448"})))


@pytest.mark.parametrize(
    ("room_id", "where", "expected"),
    [(None, "acme", True), (None, "beta", False), (ROOM, "acme", True), (OLD, "acme", True), (OTHER, "acme", False)],
)
def test_a_grant_covers_its_space_or_its_room_and_what_replaced_it(
    room_id: str | None, where: str, expected: bool
) -> None:
    assert covers(grant(room_id=room_id), where, FAMILY) is expected


@pytest.mark.parametrize("level", Level)
def test_only_an_extranet_has_doors_that_a_grant_opens(level: Level) -> None:
    assert admits([grant()], space(level), FAMILY, NOW) is (level is Level.EXTRANET)


@pytest.mark.parametrize(
    ("left", "length", "warned", "due"),
    [
        (8 * DAY, 30 * DAY, 0, None),
        (7 * DAY, 30 * DAY, 0, 7),
        (7 * DAY, 30 * DAY, 7, None),
        (2 * DAY, 30 * DAY, 0, 7),
        (1 * DAY, 30 * DAY, 7, 1),
        (1 * DAY, 30 * DAY, 0, 1),
        (1, 30 * DAY, 7, 1),
        (1, 30 * DAY, 1, None),
        (0, 30 * DAY, 0, None),
        (3 * DAY, 5 * DAY, 0, None),
        (DAY, 5 * DAY, 0, 1),
        (3600_000, DAY, 0, None),
    ],
)
def test_warnings_come_seven_days_and_a_day_before_the_end_once(
    left: int, length: int, warned: int, due: int | None
) -> None:
    given = grant(ends_at=NOW + left, created_at=NOW + left - length, warned=warned)
    assert warning_due(given, NOW) == due
    assert warning_due(replace(given, ended_at=NOW), NOW) is None
    assert warning_due(replace(given, ends_at=None), NOW) is None


def test_a_grant_that_was_extended_shortly_is_not_warned_about_at_once() -> None:
    long = grant(ends_at=NOW + 3 * DAY, created_at=NOW - 60 * DAY)
    assert warning_due(long, NOW) == 7
    assert warning_due(replace(long, renewed_at=NOW), NOW) is None


# --- whatever is given ---------------------------------------------------------------------------------------------


@given(many_grants, spaces, st.integers(NOW - 40 * DAY, NOW + 40 * DAY), st.integers(0, 40 * DAY))
def test_time_only_ever_closes(grants: list[Grant], space: Space, now: int, passed: int) -> None:
    if not admits(grants, space, FAMILY, now):
        assert not admits(grants, space, FAMILY, now + passed)


@given(many_grants, spaces)
def test_what_admits_is_one_grant_in_force_for_this_room_or_space(grants: list[Grant], space: Space) -> None:
    reasons = [each for each in grants if admits([each], space, FAMILY, NOW)]
    assert admits(grants, space, FAMILY, NOW) is bool(reasons)
    for each in reasons:
        assert each.space == space.name
        assert each.room_id is None or each.room_id in FAMILY
        assert space.level is Level.EXTRANET
        assert each.ended_at is None
        assert each.approved_by is not None
        assert each.ends_at is None or each.ends_at > NOW


@given(some_grants, spaces)
def test_what_waits_or_is_over_admits_nobody(given: Grant, space: Space) -> None:
    if standing(given, space.externals, NOW) is not Standing.LIVE:
        assert not admits([given], space, FAMILY, NOW)
    for closed in (replace(given, ended_at=NOW), replace(given, approved_by=None), replace(given, ends_at=NOW)):
        assert not admits([closed], space, FAMILY, NOW)


@given(some_grants, st.sampled_from([frozenset({OTHER}), frozenset({"!next", OTHER}), frozenset({"!third"})]))
def test_a_grant_for_one_room_never_opens_another(given: Grant, family: frozenset[str]) -> None:
    for_one = replace(given, room_id=ROOM)
    assert not admits([for_one], space(name=given.space), family, NOW)


@given(some_grants, spaces)
def test_a_grant_for_one_space_never_opens_another(given: Grant, space: Space) -> None:
    elsewhere = replace(given, space="gamma")
    assert not admits([elsewhere], space, FAMILY, NOW)


@given(st.integers(NOW - 100 * DAY, NOW + 100 * DAY), st.integers(1, 60 * DAY))
def test_each_warning_is_given_once_however_seldom_one_looks(start: int, pause: int) -> None:
    given = grant(created_at=start, ends_at=start + 60 * DAY, sponsor=ANN)
    told = []
    for now in range(start, start + 61 * DAY, max(pause, DAY // 2)):
        due = warning_due(given, now)
        if due is not None:
            told.append(due)
            given = replace(given, warned=due)
    assert told == sorted(set(told), reverse=True)
