"""Silence: every assignee is reminded once and loses the question once, whatever is killed and whenever."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.people import People
from bridge.domain.questions import Question
from bridge.domain.queue_facts import AssigneeReminded, QuestionReturned
from bridge.domain.spaces import Assignment, Level, Space
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.assigning import assign
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done
from bridge.workflow.enacting import enact
from bridge.workflow.records import Room
from bridge.workflow.reminding import heard
from bridge.workflow.ringing import ring
from tests.flow.pocket import EPOCH, POLICY, ROOM, user_id
from tests.workflow.examples import tried

HOUR = 3_600_000
REMIND, RETURN = 4, 10
PEOPLE = ("bob", "eve")
SPACE = Space("helpdesk", Level.INTERNAL, assignment=Assignment(REMIND * HOUR, RETURN * HOUR))
RULES = replace(POLICY, spaces={"helpdesk": SPACE}, people=People(staff=("@*:example.org",)))
QUESTION = Question(1, "helpdesk", ROOM, "$q", "$q", user_id("amy"), "How?", EPOCH)


class Killed(Exception):
    """The process ends before the transaction is written."""


@dataclass
class Expected:
    """What ought to happen: who is to answer, when the timer rings next, and what was done by then."""

    assignee: str | None = None
    due: int | None = None
    reminded: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    told: bool = False

    def assigned(self, person: str, now: int) -> None:
        if person != self.assignee:
            self.assignee, self.due, self.told = person, now + REMIND * HOUR, False

    def hears(self, now: int) -> None:
        if self.due is None or now < self.due or self.assignee is None:
            return
        if not self.told:
            self.reminded.append(self.assignee)
            self.told, self.due = True, now + (RETURN - REMIND) * HOUR
        else:
            self.returned.append(self.assignee)
            self.assignee = self.due = None


class Process:
    """A database that is opened anew after each death, and a clock that goes on."""

    def __init__(self, folder: Path) -> None:
        self._url = f"sqlite:///{folder / 'ask.db'}"
        self.now = EPOCH
        self.database = Database.open(self._url)
        self.database.write_now(self._settle_in)

    def _settle_in(self, tx: StoreTransaction) -> None:
        tx.rooms.save(Room(ROOM, space="helpdesk", joined=True))
        tx.rooms.replace_members(ROOM, {user_id(who): ("join", who) for who in ("amy", *PEOPLE)})
        tx.questions.add(QUESTION)

    def restarts(self) -> None:
        self.database.close()
        self.database = Database.open(self._url)

    def does(self, act: Callable[[Circumstances, Question], Done], name: str) -> None:
        def within(tx: StoreTransaction) -> None:
            around = Circumstances(tx, RULES, self.now)
            question = tx.questions.get(1)
            assert question is not None
            enact(act(around, question), name, around)

        self.database.write_now(within)

    def hears(self, *, killed: bool) -> None:
        """What is due; the one who is killed has done all but the commit."""

        def listen(tx: StoreTransaction) -> None:
            around = Circumstances(tx, RULES, self.now)
            for timer in tx.timers.due(self.now):
                ring(timer, around)
            if killed:
                raise Killed

        if not killed:
            self.database.write_now(listen)
            return
        with pytest.raises(Killed):
            self.database.write_now(listen)
        self.restarts()


STEPS = st.one_of(
    st.tuples(st.just("assign"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("answer"), st.just("")),
    st.tuples(st.just("restart"), st.just("")),
    st.tuples(st.just("pass"), st.sampled_from(["1", "2", "3", "7", "30"])),
    st.tuples(st.just("pass and die"), st.sampled_from(["1", "4", "6", "30"])),
)


@tried("silence", 60)
@given(steps=st.lists(STEPS, max_size=14))
def test_no_reminder_and_no_return_is_lost_or_doubled(steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        process, expected = Process(Path(folder)), Expected()
        for n, (what, which) in enumerate(steps):
            carry_out(what, which, f"step{n}", process, expected)
        found = process.database.write_now(
            lambda tx: (tx.facts.of(1, AssigneeReminded), tx.facts.of(1, QuestionReturned), tx.questions.get(1))
        )
        process.database.close()
    assert [fact.person for fact in found[0]] == expected.reminded
    assert [fact.person for fact in found[1]] == expected.returned
    assert found[2] is not None
    assert found[2].assignee == expected.assignee


def _answer(around: Circumstances, question: Question) -> Done:
    heard(question, around.tx)
    return Done()


def carry_out(what: str, which: str, name: str, process: Process, expected: Expected) -> None:
    if what == "assign":
        process.does(lambda around, q: assign(q, user_id(which), around, actor=user_id("amy")), name)
        expected.assigned(user_id(which), process.now)
    elif what == "answer":
        process.does(_answer, name)
        expected.due = None
    elif what == "restart":
        process.restarts()
    else:
        process.now += int(which) * HOUR
        if what == "pass and die":
            process.hears(killed=True)
        process.hears(killed=False)
        expected.hears(process.now)
