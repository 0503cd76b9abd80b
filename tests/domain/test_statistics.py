"""Durations in steps, bags of marks, and what a course of events adds up to."""

from collections import Counter
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.calendar import Calendar
from bridge.domain.statistics import (
    ANSWER,
    ANSWER_AT_WORK,
    ANSWERED_OF_ASKED,
    CLOSED,
    DAY,
    DEFLECTED,
    HOURS,
    RESPONSE,
    STEPS,
    Change,
    Happening,
    Share,
    Terms,
    course_of,
    duration_at,
    figures_of,
    read,
    share_of,
    step_of,
    times_of,
    trend_of,
    written,
)
from tests.workflow.examples import tried

MINUTE, HOUR = 60_000, 3_600_000
PARIS = ZoneInfo("Europe/Paris")
WEEK = (((9 * 60, 17 * 60),),) * 5 + ((), ())
MONDAY_NOON = 1_800_273_600_000
"""2027-01-18 12:00 UTC, 13:00 in Paris."""
STEP = 1.091
"""How much longer each step is than the one before."""
durations = st.integers(0, 800 * DAY)


@given(durations)
@tried("test_a_duration_lies_within_its_step", 2000)
def test_a_duration_lies_within_its_step(duration: int) -> None:
    step = step_of(duration)
    assert duration_at(step) <= duration + 1
    assert step == STEPS - 1 or duration <= max(MINUTE, duration_at(step + 1))


@given(st.lists(st.integers(0, 600 * DAY), min_size=1, max_size=60))
@tried("test_medians_are_the_true_ones_to_a_step", 1000)
def test_medians_are_the_true_ones_to_a_step(some: list[int]) -> None:
    times = times_of(Counter(RESPONSE + step_of(duration) for duration in some), RESPONSE)
    assert times.count == len(some)
    for tenths, found in ((5, times.median), (9, times.most)):
        true = sorted(some)[-(-len(some) * tenths // 10) - 1]
        assert true / STEP - MINUTE <= found <= true * STEP + MINUTE


@given(st.lists(st.tuples(st.integers(0, 671), st.integers(-3, 3))))
@tried("test_bags_keep_what_was_put_in_and_not_taken_back", 1000)
def test_bags_keep_what_was_put_in_and_not_taken_back(changes: list[tuple[int, int]]) -> None:
    bag = "".join(written(mark, count) for mark, count in changes)
    total: Counter[int] = Counter()
    for mark, count in changes:
        total[mark] += count
    assert read([bag]) == {mark: count for mark, count in total.items() if count}
    assert read([bag[: len(bag) // 2], bag[len(bag) // 2 :]]) == read([bag])


def fact(kind: str, at: int, actor: str = "@bob:x", **data: object) -> Happening:
    return Happening(kind, at, actor, data)


ASKED = fact("QuestionAsked", MONDAY_NOON, "@ann:x", asker="@ann:x")
TERMS = Terms(PARIS, Calendar(WEEK, PARIS), outside=True)


def shared(*facts: Happening, responded_at: int | None = None) -> Share:
    return share_of(course_of(facts, MONDAY_NOON, responded_at), TERMS)


def test_an_answered_question() -> None:
    day = MONDAY_NOON // DAY
    answered = MONDAY_NOON + DAY + HOUR
    share = shared(
        ASKED,
        fact("AnswerGiven", answered - HOUR, answer="$a", first=True),
        fact("AnswerAccepted", answered, "@ann:x", answer="$a", author="@bob:x", settles=True),
        responded_at=MONDAY_NOON + HOUR,
    )
    assert share.marks[day, 13] == 1, "one o'clock in Paris"
    assert share.marks[day, ANSWERED_OF_ASKED] == 1
    assert share.marks[day, RESPONSE + step_of(HOUR)] == 1, "as their clocks had it, not when we heard of it"
    assert share.marks[day + 1, ANSWER + step_of(DAY + HOUR)] == 1
    assert share.marks[day + 1, ANSWER_AT_WORK + step_of(9 * HOUR)] == 1
    assert share.waiting == {day: 1, day + 1: -1}
    assert share.helped == {(day + 1, "@bob:x"): 1}


def test_opened_again_it_counts_as_never_answered_but_did_not_wait_meanwhile() -> None:
    day = MONDAY_NOON // DAY
    accepted = fact("AnswerAccepted", MONDAY_NOON + DAY, "@ann:x", answer="$a", author="@bob:x", settles=True)
    reopened = fact("QuestionReopened", MONDAY_NOON + 3 * DAY, "@ann:x", cause="asked")
    share = shared(ASKED, accepted, reopened)
    assert share.marks == {(day, 13): 1}
    assert share.waiting == {day: 1, day + 1: -1, day + 3: 1}
    assert not share.helped
    again = shared(ASKED, accepted, reopened, fact("QuestionDuplicated", MONDAY_NOON + 4 * DAY, of=7, deflected=True))
    assert again.marks == {(day, 13): 1, (day + 4, DEFLECTED): 1}
    assert again.waiting[day + 4] == -1


def test_closed_withdrawn_and_unknown() -> None:
    day = MONDAY_NOON // DAY
    closed = fact("QuestionClosed", MONDAY_NOON + HOUR)
    assert shared(ASKED, closed).marks == {(day, 13): 1, (day, CLOSED): 1}
    assert shared(ASKED, closed).waiting == {}, "gone on the day on which it came"
    assert shared(ASKED, closed, fact("QuestionWithdrawn", MONDAY_NOON + DAY)) == Share()
    assert shared(closed) == Share()


def test_an_answer_helps_as_long_as_somebody_says_so() -> None:
    day = MONDAY_NOON // DAY
    by_both = [
        fact("AnswerAccepted", MONDAY_NOON, who, answer="$a", author="@bob:x", settles=who == "@ann:x")
        for who in ("@ann:x", "@lead:x")
    ]
    one_gone = fact("AcceptanceWithdrawn", MONDAY_NOON, "@mod:x", answer="$a", by=["@lead:x"])
    assert shared(ASKED, *by_both, one_gone).helped == {(day, "@bob:x"): 1}
    before_it_was_said_whose = fact("AcceptanceWithdrawn", MONDAY_NOON, "@ann:x", answer="$a")
    assert shared(ASKED, *by_both, one_gone, before_it_was_said_whose).helped == {}
    assert shared(ASKED, *by_both, fact("AnswerWithdrawn", MONDAY_NOON, answer="$a")).helped == {}
    own = fact("AnswerAccepted", MONDAY_NOON, "@ann:x", answer="$b", author="@ann:x", settles=True)
    assert shared(ASKED, own).helped == {}, "one's own answer helps nobody else"


def test_the_trend_is_by_day_or_by_week() -> None:
    days = {day: Change(asked=1, answered=0, waiting=1) for day in range(1, 101)}
    daily = trend_of(days, 71, 100, 100)
    assert [(p.day, p.asked, p.waiting) for p in (daily[0], daily[-1])] == [(71, 1, 71), (100, 1, 100)]
    weekly = trend_of(days, 9, 100, 100)
    assert len(weekly) == 14
    assert (weekly[-1].day, weekly[-1].asked, weekly[-1].waiting) == (94, 7, 100)
    assert (weekly[0].day, weekly[0].asked, weekly[0].waiting) == (9, 1, 9)
    assert sum(point.asked for point in weekly) == 92


def test_figures_of_nothing() -> None:
    figures = figures_of({})
    assert (figures.asked, figures.answer.count, figures.hours) == (0, 0, (0,) * HOURS)
