"""What a question adds to statistics: a few marks on days, made from what happened to it. Times in milliseconds, UTC.

A mark is one character. What a day of a room adds up to is the bag of its marks, as text: to add is to append, and a
mark that was wrong (a question opened again) is taken back by its opposite.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import log2
from zoneinfo import ZoneInfo

from bridge.domain.calendar import ALWAYS, Calendar
from bridge.domain.facts import (
    AcceptanceWithdrawn,
    AnswerAccepted,
    AnswerGiven,
    AnswerWithdrawn,
    Fact,
    QuestionAsked,
    QuestionClosed,
    QuestionReopened,
    QuestionWithdrawn,
)
from bridge.domain.queue_facts import QuestionDuplicated

DAY = 86_400_000
_MINUTE = 60_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = _EPOCH.toordinal()

PER_DOUBLING = 8
"""Steps in which durations are told apart, while they double: each is 9 % longer than the one before."""
STEPS = 160
HOURS = 24
CLOSED, DEFLECTED, ANSWERED_OF_ASKED = 24, 25, 26
RESPONSE, RESPONSE_AT_WORK, ANSWER, ANSWER_AT_WORK = (32 + STEPS * n for n in range(4))
_OPPOSITE = 1024
_FIRST_MARK = 0x100


@dataclass(frozen=True, slots=True)
class Happening:
    """A fact about a question as far as statistics go by it. `data`: what its kind adds."""

    kind: str
    at: int
    actor: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Course:
    """What became of a question. `helped`: accepted answer -> its author, when that was, and who accepted it.

    `flow`: when it began to wait (1) and ceased to (-1).
    """

    asked_at: int = 0
    asker: str = ""
    responded_at: int | None = None
    answered_at: int | None = None
    closed_at: int | None = None
    deflected: bool = False
    withdrawn: bool = False
    waiting: bool = False
    flow: list[tuple[int, int]] = field(default_factory=list)
    helped: dict[str, tuple[str, int, frozenset[str]]] = field(default_factory=dict)

    def goes_on(self, fact: Happening) -> None:
        happens = COUNTED_KINDS.get(fact.kind)
        if happens is not None:
            happens(self, fact)

    def _begins(self, at: int) -> None:
        if not self.waiting:
            self.waiting = True
            self.flow.append((at, 1))

    def _ends(self, at: int) -> None:
        if self.waiting:
            self.waiting = False
            self.flow.append((at, -1))

    def _asked(self, fact: Happening) -> None:
        self.asker = str(fact.data.get("asker") or fact.actor)
        self._begins(self.asked_at)

    def _given(self, fact: Happening) -> None:
        if fact.data.get("first"):
            self.responded_at = fact.at

    def _accepted(self, fact: Happening) -> None:
        answer, author = str(fact.data.get("answer")), str(fact.data.get("author"))
        _, since, by = self.helped.get(answer, (author, fact.at, frozenset[str]()))
        self.helped[answer] = author, since, by | {fact.actor}
        if fact.data.get("settles"):
            self.answered_at = fact.at
            self._ends(fact.at)

    def _taken_back(self, fact: Happening) -> None:
        """`by`: whose word it was; facts from before that was written down are the word of who acted."""
        answer = str(fact.data.get("answer"))
        named = fact.data.get("by")
        gone = frozenset(named) if isinstance(named, list | tuple) else frozenset({fact.actor})
        if answer in self.helped:
            author, since, by = self.helped.pop(answer)
            if by - gone:
                self.helped[answer] = author, since, by - gone

    def _answer_withdrawn(self, fact: Happening) -> None:
        self.helped.pop(str(fact.data.get("answer")), None)

    def _closed(self, fact: Happening) -> None:
        self.closed_at = fact.at if self.closed_at is None else self.closed_at
        self._ends(fact.at)

    def _duplicated(self, fact: Happening) -> None:
        self.deflected = self.deflected or bool(fact.data.get("deflected"))
        self._closed(fact)

    def _reopened(self, fact: Happening) -> None:
        self.answered_at = self.closed_at = None
        self.deflected = False
        self.helped.clear()
        self._begins(fact.at)

    def _withdrawn(self, fact: Happening) -> None:
        self.withdrawn = True
        self._ends(fact.at)


COUNTED: dict[type[Fact], Callable[[Course, Happening], None]] = {
    QuestionAsked: Course._asked,
    AnswerGiven: Course._given,
    AnswerAccepted: Course._accepted,
    AcceptanceWithdrawn: Course._taken_back,
    AnswerWithdrawn: Course._answer_withdrawn,
    QuestionClosed: Course._closed,
    QuestionDuplicated: Course._duplicated,
    QuestionReopened: Course._reopened,
    QuestionWithdrawn: Course._withdrawn,
}
"""Facts that change what statistics say -> what they do to a course."""
COUNTED_KINDS = {fact.__name__: happens for fact, happens in COUNTED.items()}
"""The same by the kinds under which they are kept."""


def course_of(facts: Iterable[Happening], asked_at: int, responded_at: int | None) -> Course | None:
    """What became of a question by these facts, in order; None before it was asked.

    `asked_at` and `responded_at` as people's clocks had it: facts say when we heard of it, which may be much later.
    """
    course = Course(asked_at)
    known = False
    for fact in facts:
        known = known or fact.kind == "QuestionAsked"
        course.goes_on(fact)
    if course.responded_at is not None and responded_at is not None:
        course.responded_at = responded_at
    return course if known else None


@dataclass(frozen=True, slots=True)
class Terms:
    """By which clock days end, when work is done, and whether the asker is from outside."""

    zone: ZoneInfo
    calendar: Calendar = ALWAYS
    outside: bool = False


@dataclass(slots=True)
class Share:
    """What one question adds: to (day, mark), to the count of waiting questions by day, to (day, helper)."""

    marks: Counter[tuple[int, int]] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)
    helped: Counter[tuple[int, str]] = field(default_factory=Counter)

    def less(self, other: "Share") -> "Share":
        """What has to be added to `other` to get this; zeros are left out."""
        return Share(
            _less(self.marks, other.marks), _less(self.waiting, other.waiting), _less(self.helped, other.helped)
        )


def _less(one: Counter, other: Counter) -> Counter:  # type: ignore[type-arg]
    left = Counter(one)
    left.subtract(other)
    return Counter({key: count for key, count in left.items() if count})


def share_of(course: Course | None, terms: Terms) -> Share:
    """What was taken back counts nowhere; it was waiting as long as it did, all the same."""
    share = Share()
    if course is None:
        return share
    for at, change in course.flow:
        share.waiting[day_of(at, terms.zone)] += change
    if not course.withdrawn:
        _mark(share, course, terms)
        for author, at, _ in course.helped.values():
            if author != course.asker:
                share.helped[day_of(at, terms.zone), author] += 1
    share.waiting = Counter({day: change for day, change in share.waiting.items() if change})
    return share


def _mark(share: Share, course: Course, terms: Terms) -> None:
    asked, hour = _clock(course.asked_at, terms.zone)
    share.marks[asked, hour] += 1
    if course.responded_at is not None:
        _took(share, course.asked_at, course.responded_at, RESPONSE, RESPONSE_AT_WORK, terms)
    if course.answered_at is not None:
        share.marks[asked, ANSWERED_OF_ASKED] += 1
        _took(share, course.asked_at, course.answered_at, ANSWER, ANSWER_AT_WORK, terms)
    elif course.closed_at is not None:
        share.marks[day_of(course.closed_at, terms.zone), DEFLECTED if course.deflected else CLOSED] += 1


def _took(share: Share, start: int, end: int, wall: int, at_work: int, terms: Terms) -> None:
    day = day_of(end, terms.zone)
    share.marks[day, wall + step_of(end - start)] += 1
    share.marks[day, at_work + step_of(terms.calendar.business_time(start, end))] += 1


def step_of(duration: int) -> int:
    """0 for less than a minute, then in steps."""
    if duration < _MINUTE:
        return 0
    return min(STEPS - 1, 1 + int(PER_DOUBLING * log2(duration / _MINUTE)))


def duration_at(step: float) -> int:
    """The duration at which a step begins, or between two."""
    return 0 if step <= 0 else int(_MINUTE * 2 ** ((max(step, 1) - 1) / PER_DOUBLING))


def day_of(moment: int, zone: ZoneInfo) -> int:
    """The day on which a moment falls in a zone, counted from 1970."""
    return _clock(moment, zone)[0]


def _clock(moment: int, zone: ZoneInfo) -> tuple[int, int]:
    at = (_EPOCH + timedelta(milliseconds=moment)).astimezone(zone)
    return at.toordinal() - _FIRST_DAY, at.hour


def counts_of(mark: int, count: int) -> tuple[int, int]:
    """What so many of a mark add to how many were asked, and to how many were answered."""
    return count if mark < HOURS else 0, count if ANSWER <= mark < ANSWER + STEPS else 0


def written(mark: int, count: int) -> str:
    """Marks as text."""
    return chr(_FIRST_MARK + mark + (_OPPOSITE if count < 0 else 0)) * abs(count)


def read(bags: Iterable[str]) -> Counter[int]:
    """How many of each mark there are in bags of them; those that were taken back are not."""
    signs: Counter[str] = Counter()
    for bag in bags:
        signs.update(bag)
    marks: Counter[int] = Counter()
    for sign, count in signs.items():
        code = ord(sign) - _FIRST_MARK
        marks[code % _OPPOSITE] += -count if code >= _OPPOSITE else count
    return Counter({mark: count for mark, count in marks.items() if count})


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, `count` times: half of them no longer than `median`, nine in ten than `most`."""

    count: int = 0
    median: int = 0
    most: int = 0


def times_of(marks: Mapping[int, int], first: int) -> Times:
    steps = [(step, marks.get(first + step, 0)) for step in range(STEPS)]
    count = sum(number for _, number in steps)
    if not count:
        return Times()
    return Times(count, _within(steps, count * 0.5), _within(steps, count * 0.9))


def _within(steps: Sequence[tuple[int, int]], wanted: float) -> int:
    """The duration within which so many were done, in between two steps by proportion."""
    seen = 0
    for step, number in steps:
        if number and seen + number >= wanted:
            return duration_at(step + (wanted - seen) / number) if step else duration_at(0)
        seen += number
    return duration_at(STEPS)


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened within some days. `answered_of_asked`: of those asked in these days, so many have an answer by now.

    `hours`: how many were asked in each hour of the day.
    """

    asked: int
    answered: int
    closed: int
    deflected: int
    answered_of_asked: int
    response: Times
    response_at_work: Times
    answer: Times
    answer_at_work: Times
    hours: tuple[int, ...]


def figures_of(marks: Mapping[int, int]) -> Figures:
    hours = tuple(marks.get(hour, 0) for hour in range(HOURS))
    answer = times_of(marks, ANSWER)
    return Figures(
        asked=sum(hours),
        answered=answer.count,
        closed=marks.get(CLOSED, 0),
        deflected=marks.get(DEFLECTED, 0),
        answered_of_asked=marks.get(ANSWERED_OF_ASKED, 0),
        response=times_of(marks, RESPONSE),
        response_at_work=times_of(marks, RESPONSE_AT_WORK),
        answer=answer,
        answer_at_work=times_of(marks, ANSWER_AT_WORK),
        hours=hours,
    )


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of the trend: its first day, what was asked and answered in it, how many waited at its end."""

    day: int
    asked: int
    answered: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one day changed."""

    asked: int = 0
    answered: int = 0
    waiting: int = 0


def trend_of(days: Mapping[int, Change], first: int, last: int, waiting: int) -> list[Point]:
    """By day, or by week where there are more than `DAYS_SHOWN`; `waiting` is how many wait after the last day."""
    length = 1 if last - first < DAYS_SHOWN else 7
    points: list[Point] = []
    end = last
    while end >= first:
        start = max(first, end - length + 1)
        some = [days[day] for day in range(start, end + 1) if day in days]
        points.append(Point(start, sum(c.asked for c in some), sum(c.answered for c in some), waiting))
        waiting -= sum(change.waiting for change in some)
        end = start - 1
    return points[::-1]


DAYS_SHOWN = 31
