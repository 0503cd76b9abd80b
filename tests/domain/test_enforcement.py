"""What is done about somebody without a place, and whom the bot never removes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.domain.admission import NoPlace, no_place
from bridge.domain.enforcement import HELD, Cause, Decision, Obstacle, Step, decide, has_to_ask, obstacle
from bridge.domain.grants import Grant
from bridge.domain.people import Powers, is_denied, is_ours
from bridge.domain.spaces import OPEN_LEVELS, Enforce, Space
from tests.domain.doors import ANN, BOT, EVERYBODY, FAMILY, NOW, PEOPLE, XAVI, many_grants, people, powers, spaces

MODERATOR = Powers(users={BOT: 50})


def decision(
    given: Powers = MODERATOR, enforce: Enforce = Enforce.ON, cause: Cause = Cause.CAME, *, halted: bool = False
) -> Decision:
    return decide(XAVI, BOT, NoPlace.UNGRANTED, given, enforce, cause, halted=halted)


@pytest.mark.parametrize(
    ("cause", "halted", "step"),
    [
        (Cause.CAME, False, Step.DUE),
        (Cause.ENDED, False, Step.DUE),
        (Cause.FOUND, False, Step.FOUND),
        (Cause.CAME, True, Step.WAITING),
        (Cause.ENDED, True, Step.DUE),
        (Cause.FOUND, True, Step.WAITING),
    ],
)
def test_what_happens_next(cause: Cause, halted: bool, step: Step) -> None:
    assert decision(cause=cause, halted=halted) == Decision(step, NoPlace.UNGRANTED)
    assert decision(enforce=Enforce.REPORT, cause=cause, halted=halted).step is Step.REPORT
    assert decision(enforce=Enforce.OFF, cause=cause, halted=halted).step is Step.OFF


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (MODERATOR, None),
        (Powers(users={BOT: 49}), Obstacle.RIGHTS),
        (Powers(users={BOT: 50}, kick=51), Obstacle.RIGHTS),
        (Powers(users={BOT: 1}, kick=1), None),
        (Powers(), Obstacle.THEMSELVES),
        (Powers(users_default=100), Obstacle.THEMSELVES),
        (Powers(users={BOT: 50, XAVI: 49}), None),
        (Powers(users={BOT: 50, XAVI: 50}), Obstacle.THEMSELVES),
        (Powers(users={BOT: 100, XAVI: 101}), Obstacle.THEMSELVES),
        (Powers(version=12, creators=frozenset({XAVI}), users={BOT: 100}), Obstacle.THEMSELVES),
        (Powers(version=11, creators=frozenset({XAVI}), users={BOT: 100}), None),
        (Powers(version=12, creators=frozenset({BOT}), users={XAVI: 100}), None),
        (Powers(version=12, creators=frozenset({BOT, XAVI})), Obstacle.THEMSELVES),
    ],
)
def test_what_stands_in_the_way_of_a_removal(given: Powers, expected: Obstacle | None) -> None:
    assert obstacle(XAVI, BOT, given) is expected
    found = decision(given)
    assert (found.step, found.obstacle) == (Step.STUCK if expected else Step.DUE, expected)


@pytest.mark.parametrize(
    ("found", "waiting", "limit", "ask"),
    [(0, 0, 5, False), (5, 0, 5, False), (6, 0, 5, True), (1, 1, 5, True), (0, 9, 5, False), (1, 0, 0, True)],
)
def test_moderators_are_asked_before_many_are_removed(found: int, waiting: int, limit: int, ask: bool) -> None:
    assert has_to_ask(found, waiting, limit) is ask


def test_who_may_not_be_removed_yet_is_treated_as_gone() -> None:
    assert {Step.OFF, Step.REPORT}.isdisjoint(HELD)
    assert set(Step) - HELD == {Step.OFF, Step.REPORT}


# --- whatever is given ---------------------------------------------------------------------------------------------


@given(people, powers, st.sampled_from(NoPlace), st.sampled_from(Enforce), st.sampled_from(Cause), st.booleans())
@settings(max_examples=500)
def test_only_who_is_weaker_is_removed_and_only_where_it_is_enforced(
    user_id: str, powers: Powers, reason: NoPlace, enforce: Enforce, cause: Cause, halted: bool
) -> None:
    found = decide(user_id, BOT, reason, powers, enforce, cause, halted=halted)
    assert found.reason is reason
    assert (found.step in HELD) is (enforce is Enforce.ON)
    assert (found.obstacle is not None) is (found.step is Step.STUCK)
    if found.step in {Step.DUE, Step.FOUND, Step.WAITING}:
        assert user_id != BOT
        assert powers.level(user_id) < powers.level(BOT)
        assert powers.level(BOT) >= powers.kick
        assert not (powers.version >= 12 and user_id in powers.creators)


@given(powers, st.sampled_from(NoPlace), st.sampled_from(Enforce), st.sampled_from(Cause), st.booleans())
def test_the_bot_never_removes_itself(
    powers: Powers, reason: NoPlace, enforce: Enforce, cause: Cause, halted: bool
) -> None:
    assert decide(BOT, BOT, reason, powers, enforce, cause, halted=halted).step in {Step.OFF, Step.REPORT, Step.STUCK}


@given(people, powers, spaces, st.sampled_from([Cause.CAME, Cause.FOUND]))
def test_nobody_who_came_or_was_found_is_removed_while_removals_wait(
    user_id: str, powers: Powers, space: Space, cause: Cause
) -> None:
    found = decide(user_id, BOT, NoPlace.UNGRANTED, powers, space.enforce, cause, halted=True)
    assert found.step not in {Step.DUE, Step.FOUND}


@given(spaces, many_grants, st.sampled_from([who for who in EVERYBODY if is_ours(who, PEOPLE)]))
@settings(max_examples=300)
def test_staff_and_trusted_people_are_never_removed(space: Space, grants: list[Grant], user_id: str) -> None:
    assert no_place(user_id, space, FAMILY, PEOPLE, grants, NOW) is None


@given(people, spaces, many_grants)
@settings(max_examples=300)
def test_open_spaces_remove_only_whom_the_config_denies(user_id: str, space: Space, grants: list[Grant]) -> None:
    if space.level in OPEN_LEVELS:
        removed = no_place(user_id, space, FAMILY, PEOPLE, grants, NOW) is not None
        assert removed is is_denied(user_id, PEOPLE)


def test_the_samples_hold_people_of_every_kind() -> None:
    assert {is_ours(who, PEOPLE) for who in EVERYBODY} == {True, False}
    assert any(is_denied(who, PEOPLE) for who in EVERYBODY)
    assert is_ours(ANN, PEOPLE)
