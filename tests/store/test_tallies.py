"""Statistics in both databases: added up, narrowed, and begun anew."""

from typing import Any
from zoneinfo import ZoneInfo

from bridge.domain.facts import AnswerAccepted, AnswerGiven, Fact, QuestionAsked, QuestionClosed, QuestionReopened
from bridge.domain.filters import Filter
from bridge.domain.people import People
from bridge.domain.questions import Question, State, Voice
from bridge.domain.statistics import Change, Terms, day_of, figures_of, read
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.tallies import Span, Wanted
from tests.store.samples import ANN, BOB, DAY, NOW, ROOM, acceptance, answer, ask

UTC = ZoneInfo("UTC")
TERMS = Terms(UTC, outside=True)
TODAY = day_of(NOW, UTC)
HERE = Span(frozenset({ROOM}), TODAY, TODAY + 1)


def asks(tx: StoreTransaction, **changed: object) -> Question:
    question = ask(tx, **{"created_at": NOW, **changed})
    _happened(tx, question, QuestionAsked(asker=ANN, **_about(question, NOW)))
    return question


def _about(question: Question, at: int) -> dict[str, Any]:
    return {"at": at, "actor": ANN, "room_id": ROOM, "space": "helpdesk", "number": question.number}


def _happened(tx: StoreTransaction, question: Question, *facts: Fact) -> None:
    for fact in facts:
        tx.facts.add(fact)
    tx.tallies.touch(question, TERMS, "basis")


def answered(tx: StoreTransaction, at: int, **changed: object) -> Question:
    question = asks(tx, state=State.ANSWERED, first_response_at=at, answered_at=at, **changed)
    event = f"$answer{question.number}"
    tx.questions.add_answer(answer(event, question.number))
    tx.questions.add_acceptance(acceptance(event, question.number, voice=Voice.ASKER, at=at))
    given = AnswerGiven(answer=event, first=True, **_about(question, at))
    accepted = AnswerAccepted(answer=event, author=BOB, settles=True, **_about(question, at))
    _happened(tx, question, given, accepted)
    return question


def test_days_add_up_over_transactions(db: Database) -> None:
    first = db.write_now(lambda tx: answered(tx, NOW + DAY))
    db.write_now(lambda tx: [asks(tx), asks(tx)])
    second = db.write_now(lambda tx: tx.questions.get(2))
    assert second is not None
    db.write_now(lambda tx: _happened(tx, second, QuestionClosed(**_about(second, NOW + DAY))))
    days = db.read_now(lambda tx: tx.tallies.days(HERE))
    assert days == {TODAY: Change(3, 0, 3), TODAY + 1: Change(0, 1, -2)}
    ((room_id, outside, bag),) = db.read_now(lambda tx: tx.tallies.bags(HERE))
    figures = figures_of(read([bag]))
    assert (room_id, outside) == (ROOM, True)
    assert (figures.asked, figures.answered, figures.closed, figures.answered_of_asked) == (3, 1, 1, 1)
    assert db.read_now(lambda tx: tx.tallies.waiting({ROOM})) == 1
    assert db.read_now(lambda tx: tx.tallies.waiting({ROOM}, outside=False)) == 0
    assert db.read_now(lambda tx: tx.tallies.helpers(HERE, 5)) == [(BOB, 1)]
    db.write_now(lambda tx: _happened(tx, first, QuestionReopened(cause="asked", **_about(first, NOW + DAY))))
    assert db.read_now(lambda tx: tx.tallies.helpers(HERE, 5)) == []
    assert db.read_now(lambda tx: tx.tallies.waiting({ROOM})) == 2
    assert db.read_now(lambda tx: tx.tallies.bags(Span(frozenset({"!other"}), TODAY, TODAY))) == []


def test_narrowed_to_what_a_filter_lets_through(db: Database) -> None:
    def fill(tx: StoreTransaction) -> None:
        for number in range(12):
            answered(tx, NOW + DAY, created_at=NOW + number, tags=("vpn",) if number % 2 else ("mail", "vpn"))
        asks(tx, tags=("lan",))
        asks(tx, created_at=NOW - 9 * DAY, tags=("vpn",))

    db.write_now(fill)
    vpn = Wanted(Filter(tags=frozenset({"vpn"})), frozenset({ROOM}), People(), NOW + 2 * DAY)

    def look(tx: StoreTransaction) -> None:
        courses, part = tx.tallies.courses(vpn, NOW - DAY, 20)
        assert (len(courses), part) == (12, 1)
        assert {(room, course.answered_at, course.deflected) for _, room, course in courses} == {
            (ROOM, NOW + DAY, False)
        }
        few, part = tx.tallies.courses(vpn, NOW - DAY, 4)
        assert part > 1
        assert len(few) <= 8, "every so manieth stands for the others"
        assert tx.tallies.waiting_of(vpn) == 1
        assert tx.tallies.helpers_of([number for number, _, _ in courses], 5) == [(BOB, 12)]
        assert tx.tallies.tags(vpn, NOW - DAY, 1) == [("vpn", 1.0)]
        everything = Wanted(Filter(), frozenset({ROOM}), People(), NOW + 2 * DAY)
        assert tx.tallies.tags(everything, NOW - DAY, 3) == [("vpn", 12 / 13), ("mail", 6 / 13), ("lan", 1 / 13)]

    db.read_now(look)


def test_begun_anew_by_another_basis(db: Database) -> None:
    db.write_now(lambda tx: [answered(tx, NOW + DAY) for _ in range(3)])
    before = db.read_now(lambda tx: tx.tallies.days(HERE))
    assert not db.write_now(lambda tx: tx.tallies.align("basis"))
    assert db.write_now(lambda tx: tx.tallies.align("other"))
    assert db.read_now(lambda tx: (tx.tallies.days(HERE), tx.tallies.counted_share())) == ({}, 0)
    reread = db.read_now(lambda tx: tx.tallies.uncounted(2))
    assert [question.number for question in reread] == [1, 2]
    while some := db.read_now(lambda tx: tx.tallies.uncounted(2)):
        db.write_now(lambda tx, these=some: tx.tallies.catch_up([(q, TERMS) for q in these]))  # type: ignore[misc]
    assert db.read_now(lambda tx: (tx.tallies.days(HERE), tx.tallies.counted_share())) == (before, 1)
