"""What !stats says, of what it says it, and that what is counted is what happened."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.calendar import Calendar
from bridge.domain.spaces import DAY, Level, Space
from bridge.domain.statistics import ANSWER, ANSWER_AT_WORK, RESPONSE, day_of, read, step_of
from bridge.store.transaction import StoreTransaction
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.counting import catch_up
from bridge.workflow.delivery import Outgoing
from bridge.workflow.tallies import Span
from tests.flow.pocket import POLICY, ROOM, Pocket, pocket
from tests.workflow.examples import tried

ACME = "!acme:example.org"
PARIS = ZoneInfo("Europe/Paris")
AT_WORK = Calendar((((9 * 60, 17 * 60),),) * 5 + ((), ()), PARIS)
HELPDESK = Space("helpdesk", Level.INTERNAL, zone="Europe/Paris", calendar=AT_WORK, cost_per_question=12.5)
TWO = replace(POLICY, spaces={"helpdesk": HELPDESK, "acme": Space("acme", Level.EXTRANET)})
ANN = "@ann:acme.com"
HOUR = 3_600_000


def line(text: str, beginning: str) -> str:
    """What stands behind a line's beginning; "" where there is no such line."""
    return next((x.removeprefix(f"- {beginning}") for x in text.splitlines() if x.startswith(f"- {beginning}")), "")


@contextmanager
def town(folder: Path, **more: Any) -> Iterator[Pocket]:
    rooms = {ROOM: "helpdesk", ACME: "acme"}
    with pocket(folder, "amy", "bob", "lead", ANN, policy=more.pop("policy", TWO), rooms=rooms, **more) as found:
        yield found


def answered(room: Pocket, person: str, text: str, where: str = ROOM, hours: float = 2) -> str:
    """A question that Bob answers, and that its asker accepts at once."""
    asked = room.says(person, f"!ask {text}", room=where)
    room.passes(hours / 24)
    room.reacts(person, room.says("bob", "So.", thread=asked, room=where), "✅", room=where)
    return asked


def test_how_things_stand(tmp_path: Path) -> None:
    with town(tmp_path) as room:
        assert "Nothing was asked or answered in this time" in room.hears("bob", "!stats")
        answered(room, "amy", "How old? #old")
        room.passes(31)
        first = answered(room, "amy", "How? #vpn", hours=20)
        room.says("amy", "!ask Why? #vpn #mail")
        room.says("lead", "!close", thread=room.says("amy", "!ask Where?"))
        answered(room, ANN, "What? #tender", ACME, hours=50)
        text = room.hears("bob", "!stats")
        assert text.splitlines()[0] == "Statistics · 30 days (in brackets: the same time before)"
        assert line(text, "New: ") == "4 (1)"
        assert line(text, "Answered: ") == "2 (1)"
        assert line(text, "Closed without an answer: ") == "1 (0)"
        assert line(text, "Waiting now: ") == "1 (0)"
        assert line(text, "New ones that are answered by now: ") == "50% (100%)"
        assert line(text, "First response: ").startswith("half within 20 hrs (2 hrs), nine in ten within 2.")
        assert line(text, "… in business hours: ").startswith("half within 6 hrs (2 hrs)")
        assert line(text, "Tags: ") == "#vpn 50%, #mail 25%, #tender 25%"
        assert line(text, "Most accepted answers: ") == "Bob 2"
        assert line(text, "In helpdesk: ").startswith("new 3, answered 1, first response 19 hrs")
        assert line(text, "Asked from outside: ") == "new 1, answered 1, first response 2.1 days"
        assert line(text, "Estimated worth: ") == "12.50; answered questions: 1"
        room.says("amy", "!reopen", thread=first)
        again = room.hears("bob", "!stats here")
        assert (line(again, "Answered: "), line(again, "Waiting now: ")) == ("0 (1)", "2 (0)")
        assert "Most accepted" not in again
        assert line(room.hears("bob", "!stats from:external"), "New: ") == "1 (0)"
        assert line(room.hears("bob", "!stats tag:vpn 60d"), "New: ") == "2 (0)"
        assert line(room.hears("bob", "!stats by:@amy tag:old since:10w"), "Answered: ") == "1 (0)"
        assert line(room.hears("bob", "!stats space:acme 3d"), "Tags: ") == "#tender 100%"
        for wrong in ("0d", "93d", "since:20w"):
            assert "over 1 to 92 days" in room.hears("bob", f"!stats {wrong}")
        assert "I do not know the filter “soon”" in room.hears("bob", "!stats soon")


def test_only_of_what_may_be_seen_and_asked_again(tmp_path: Path) -> None:
    with town(tmp_path) as room:
        answered(room, "amy", "A secret of staff? #secret")
        answered(room, ANN, "What? #tender", ACME)
        inside, outside = room.hears("bob", "!stats"), room.hears("bob", "!stats", room=ACME)
        assert (line(inside, "New: "), line(outside, "New: ")) == ("2 (0)", "1 (0)")
        assert "secret" not in outside and "helpdesk" not in outside
        hidden = room.hears("bob", "!stats space:helpdesk", room=ACME)
        assert hidden == room.hears("bob", "!stats space:nowhere", room=ACME)
        assert hidden == room.hears("bob", "!stats tag:secret", room=ACME), "as a tag that nothing has"
        assert line(room.hears("bob", "!stats", private=True), "New: ") == "2 (0)"
        room.member("bob", "leave")
        assert line(room.hears("bob", "!stats", private=True), "New: ") == "1 (0)"
        room.member("bob", "join")
        gather = room._gather

        def leaves_meanwhile(outgoing: Outgoing) -> None:
            gather(outgoing)
            room.database.write_now(lambda tx: tx.rooms.set_member(ROOM, "@bob:example.org", "leave", ""))

        room._gather = leaves_meanwhile  # type: ignore[method-assign]
        assert line(room.hears("bob", "!stats", private=True), "New: ") == "1 (0)", "gone before it was sent"


def test_names_where_the_space_lets_them(tmp_path: Path) -> None:
    nameless = replace(TWO, spaces={**TWO.spaces, "helpdesk": replace(HELPDESK, names=False)})
    with town(tmp_path, policy=nameless) as room:
        answered(room, "amy", "How? #vpn")
        assert "Most accepted" not in room.hears("bob", "!stats")
        assert "Most accepted" not in room.hears("bob", "!stats tag:vpn")
        answered(room, ANN, "What? #vpn", ACME)
        assert line(room.hears("bob", "!stats"), "Most accepted answers: ") == "Bob 1"
        assert line(room.hears("bob", "!stats tag:vpn"), "Most accepted answers: ") == "Bob 1"


def test_no_words_of_encrypted_rooms_in_plain_ones(tmp_path: Path) -> None:
    with town(tmp_path, encrypted={ROOM}) as room:
        answered(room, "amy", "A secret? #merger")
        answered(room, ANN, "What? #tender", ACME)
        private = room.hears("bob", "!stats", private=True)
        assert line(private, "New: ") == "2 (0)"
        assert line(private, "Tags: ") == "#tender 100%"
        assert "Nothing was asked" in room.hears("bob", "!stats tag:merger", private=True)
        assert line(room.hears("bob", "!stats"), "Tags: ") == "#merger 50%, #tender 50%"


# --- what is counted is what happened ----------------------------------------------------------------------------

PEOPLE = ("amy", "bob", "lead")
acts = st.tuples(st.sampled_from(("ask", "answer", "accept", "close", "reopen", "claim", "withdraw", "unaccept",
                                  "redact answer", "duplicate", "assign", "tomorrow", "accept other")),
                 st.integers(0, 3), st.sampled_from(PEOPLE))  # fmt: skip


class Histories:
    """Does at random what people do, whatever comes of it."""

    def __init__(self, room: Pocket) -> None:
        self.room = room
        self.asked: list[str] = []
        self.answers: dict[str, list[str]] = defaultdict(list)
        self.signs: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def does(self, act: str, which: int, who: str) -> None:
        if act == "ask" or not self.asked:
            self.asked.append(self.room.says(who, f"!ask {len(self.asked)}?"))
            return
        place = which % len(self.asked)
        root, number = self.asked[place], place + 1
        told: dict[str, Callable[[], object]] = {
            "answer": lambda: self.answers[root].append(self.room.says(who, "So.", thread=root)),
            "accept": lambda: self._accepts(who, root, -1),
            "accept other": lambda: self._accepts("amy", root, 0),
            "unaccept": lambda: self._takes_back(root),
            "redact answer": lambda: self._redacts_answer(who, root),
            "withdraw": lambda: self.room.redacts(who, root),
            "duplicate": lambda: self.room.says("lead", f"!duplicate {number} of {which + 1}"),
            "assign": lambda: self.room.says("lead", f"!assign {number} @{who}"),
            "tomorrow": lambda: self.room.passes(0.7),
        }
        told.get(act, lambda: self.room.says(who, f"!{act}", thread=root))()

    def _takes_back(self, root: str) -> None:
        if self.signs[root]:
            self.room.redacts(*self.signs[root].pop())

    def _redacts_answer(self, who: str, root: str) -> None:
        if self.answers[root]:
            self.room.redacts(who, self.answers[root].pop())

    def _accepts(self, who: str, root: str, which: int) -> None:
        if self.answers[root]:
            self.signs[root].append((who, self.room.reacts(who, self.answers[root][which], "✅")))


def tables(tx: StoreTransaction) -> tuple[object, ...]:
    """Everything that statistics are made of, whatever the order in which it was added."""
    rows = tx.session.conn.exec_driver_sql("SELECT day, room_id, outside, asked, answered, waiting, marks FROM tallies")
    cells = {(d, r, o): (a, n, w, read([marks])) for d, r, o, a, n, w, marks in rows}
    credits = tx.session.conn.exec_driver_sql("SELECT day, room_id, person, accepted FROM credits WHERE accepted <> 0")
    return {key: cell for key, cell in cells.items() if any(cell)}, sorted(map(tuple, credits))


def questions(tx: StoreTransaction) -> list[Any]:
    return list(tx.session.conn.exec_driver_sql("SELECT * FROM questions").mappings())


def waited_at(tx: StoreTransaction, end: int) -> int:
    """How many questions waited at a time, by brute force: each fact, one after the other."""
    waiting: dict[int, bool] = {}
    asked = {row["number"]: row["created_at"] for row in questions(tx)}
    facts = tx.session.conn.exec_driver_sql("SELECT at, kind, number, data FROM facts ORDER BY seq")
    for at, kind, number, data in facts:
        at = asked[number] if kind == "QuestionAsked" else at
        if at >= end:
            continue
        if kind in {"QuestionAsked", "QuestionReopened"}:
            waiting[number] = True
        if kind in {"QuestionClosed", "QuestionWithdrawn", "QuestionDuplicated"}:
            waiting[number] = False
        if kind == "AnswerAccepted" and orjson.loads(data)["settles"]:
            waiting[number] = False
    return sum(waiting.values())


@given(st.lists(acts, min_size=1, max_size=24))
@tried("test_what_is_counted_is_what_happened", 60)
def test_what_is_counted_is_what_happened(history: list[tuple[str, int, str]]) -> None:
    """Against the questions as they stand, against each fact one by one, and against counting it all anew."""
    with TemporaryDirectory() as folder, town(Path(folder)) as room:
        people = Histories(room)
        for act in history:
            people.does(*act)
        room.database.read_now(lambda tx: _agrees(tx, room.now))
        before = room.database.read_now(tables)
        room.database.write_now(lambda tx: tx.tallies.align("something else"))
        while room.database.write_now(lambda tx: catch_up(Circumstances(tx, TWO, room.now))):
            pass
        assert room.database.read_now(tables) == before
        assert room.database.read_now(lambda tx: tx.tallies.counted_share()) == 1


def _agrees(tx: StoreTransaction, now: int) -> None:
    alive = [row for row in questions(tx) if not row["withdrawn"]]
    span = Span(frozenset({ROOM}), 0, day_of(now, PARIS) + 1)
    marks = sum((read([bag]) for _, _, bag in tx.tallies.bags(span)), Counter[int]())
    answers = [(row["created_at"], row["answered_at"]) for row in alive if row["answered_at"] is not None]
    steps = Counter(ANSWER + step_of(end - start) for start, end in answers)
    steps.update(ANSWER_AT_WORK + step_of(AT_WORK.business_time(start, end)) for start, end in answers)
    responses = [row for row in alive if row["first_response_at"] is not None]
    steps.update(RESPONSE + step_of(row["first_response_at"] - row["created_at"]) for row in responses)
    assert {mark: marks[mark] for mark in steps} == steps
    days = tx.tallies.days(span)
    assert sum(change.asked for change in days.values()) == len(alive)
    assert sum(change.answered for change in days.values()) == len(answers)
    assert tx.tallies.waiting({ROOM}) == sum(row["state"] in {"open", "claimed"} for row in alive)
    first = min(days, default=0)
    for day in range(first, day_of(now, PARIS) + 1):
        hours = range((day + 1) * DAY - 3 * HOUR, (day + 2) * DAY, HOUR)
        end = next(hour for hour in hours if day_of(hour, PARIS) > day)
        assert sum(change.waiting for d, change in days.items() if d <= day) == waited_at(tx, end)


def test_questions_of_before_are_counted_in_slices_and_go_on_after_a_stop(tmp_path: Path) -> None:
    with town(tmp_path) as room:
        for _ in range(3):
            answered(room, "amy", "How? #vpn")
        kept, known = room.database.read_now(tables), room.hears("bob", "!experts vpn")
        assert known.endswith("accepted answers: 3")

        def forgets(tx: StoreTransaction) -> None:
            """As a database from before there were statistics and experts."""
            for table in ("tallies", "credits", "expert_credits", "expert_scores"):
                tx.session.conn.exec_driver_sql(f"DELETE FROM {table}")
            tx.tallies.align("")

        room.database.write_now(forgets)
        assert "I am still counting: 0% of all questions" in room.hears("bob", "!stats")
        first = room.says("amy", "!ask And now?")
        assert room.database.read_now(lambda tx: tx.tallies.counted_share()) == 0, "in turn, not before its time"
        slices = []
        while counted := room.database.write_now(lambda tx: _slice(tx, room.now)):
            slices.append(counted)
        assert slices == [2, 2]
        assert room.hears("bob", "!experts vpn") == known
        room.redacts("amy", first)
        again: Any = room.database.read_now(tables)
        assert (again[0], again[1]) == kept
        assert not re.search("still counting", room.hears("bob", "!stats"))


def _slice(tx: StoreTransaction, now: int) -> int:
    return catch_up(Circumstances(tx, TWO, now), at_once=2)
