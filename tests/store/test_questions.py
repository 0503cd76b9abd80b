"""Questions, answers, acceptances and what is tracked, on both databases."""

import sqlite3
from dataclasses import replace

import psycopg
import pytest

from bridge.domain.questions import Attachment, Priority, Question, State, Voice
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Reaction, Role, Tracked
from tests.store.samples import ANN, BOB, NOW, acceptance, answer, ask, question

FULL = question(
    1,
    tags=("vpn", "été"),
    attachments=(Attachment("$file", "m.image", "a.png", "mxc://a/b", "image/png", 12),),
    directed_to=(BOB,),
    priority=Priority.URGENT,
    state=State.CLOSED,
    reason="duplicate",
    assignee=BOB,
    card_event_id="$card",
    first_response_at=NOW,
    answered_at=NOW + 1,
    closed_at=NOW + 2,
    withdrawn=True,
    nudged=True,
)


@pytest.mark.parametrize("asked", [FULL, question(1)])
def test_a_question_comes_back_as_it_went_in(db: Database, asked: Question) -> None:
    db.write_now(lambda tx: tx.questions.add(asked))
    assert db.read_now(lambda tx: tx.questions.get(1)) == asked


def test_numbers_grow_over_transactions_and_are_not_used_up_by_a_rollback(db: Database) -> None:
    def fails(tx: StoreTransaction) -> None:
        assert tx.questions.next_number() == 3
        raise ZeroDivisionError

    assert db.write_now(lambda tx: [tx.questions.next_number(), tx.questions.next_number()]) == [1, 2]
    with pytest.raises(ZeroDivisionError):
        db.write_now(fails)
    assert db.write_now(lambda tx: tx.questions.next_number()) == 3


def test_a_number_is_never_given_twice(db: Database) -> None:
    db.write_now(lambda tx: tx.questions.add(question(1)))
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        db.write_now(lambda tx: tx.questions.add(question(1, text="another")))
    found = db.read_now(lambda tx: tx.questions.get(1))
    assert found is not None
    assert found.text == question(1).text


def test_a_transaction_reads_its_own_writes(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        asked = ask(tx)
        assert tx.questions.get(1) is asked
        claimed = replace(asked, state=State.CLAIMED)
        tx.questions.save(claimed)
        assert tx.questions.several([1, 2]) == {1: claimed}
        tx.questions.flush()
        tx.questions.save(replace(claimed, assignee=BOB))
        assert tx.questions.get(1) == replace(claimed, assignee=BOB)

    db.write_now(work)
    assert db.read_now(lambda tx: tx.questions.get(1)) == question(1, state=State.CLAIMED, assignee=BOB)


def test_what_nobody_knows_is_none(db: Database) -> None:
    assert db.read_now(lambda tx: tx.questions.get(7)) is None
    assert db.read_now(lambda tx: tx.questions.shown(7)) is None
    assert db.read_now(lambda tx: tx.questions.discussion(7)).answers == ()


def test_more_questions_than_fit_into_one_statement(db: Database) -> None:
    db.write_now(lambda tx: [ask(tx) for _ in range(733)])
    found = db.read_now(lambda tx: tx.questions.several(range(1, 800)))
    assert found == {n: question(n) for n in range(1, 734)}


def test_answers_keep_the_order_in_which_they_came(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        ask(tx)
        tx.questions.add_answer(answer("$z"))
        tx.questions.add_answer(answer("$a"))

    db.write_now(work)
    db.write_now(lambda tx: tx.questions.add_answer(answer("$m")))
    assert [a.event_id for a in db.read_now(lambda tx: tx.questions.discussion(1)).answers] == ["$z", "$a", "$m"]


def test_an_answer_changes(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        ask(tx)
        tx.questions.add_answer(answer("$a"))
        tx.questions.save_answer(answer("$a", text="", withdrawn=True))
        assert tx.questions.discussion(1).answers == (answer("$a", text="", withdrawn=True),)

    db.write_now(work)
    assert db.read_now(lambda tx: tx.questions.discussion(1)).answers == (answer("$a", text="", withdrawn=True),)
    db.write_now(lambda tx: tx.questions.save_answer(answer("$a", text="again")))
    assert db.read_now(lambda tx: tx.questions.discussion(1)).answers == (answer("$a", text="again"),)


def test_in_one_transaction_a_question_is_answered_and_another_discussion_loaded(db: Database) -> None:
    def asked_and_answered(tx: StoreTransaction) -> int:
        tx.questions.add(question(2))
        tx.questions.add_answer(answer("$a2", 2))
        tx.questions.track("$a2", 2, Role.ANSWER)
        tx.questions.votes(1)
        return len(tx.questions.discussion(1).answers)

    db.write_now(lambda tx: tx.questions.add(question(1)))
    db.write_now(lambda tx: tx.questions.add_answer(answer("$a1", 1)))
    assert db.write_now(asked_and_answered) == 1
    assert [a.event_id for a in db.read_now(lambda tx: tx.questions.discussion(2)).answers] == ["$a2"]


def test_a_word_of_the_same_person_on_the_same_answer_replaces_the_earlier_one(db: Database) -> None:
    later = acceptance("$a", voice=Voice.MODERATOR, at=NOW + 99, reaction="$r")

    def work(tx: StoreTransaction) -> None:
        ask(tx)
        tx.questions.add_answer(answer("$a"))
        tx.questions.add_acceptance(acceptance("$a"))
        tx.questions.add_acceptance(acceptance("$a", by=BOB, voice=Voice.HELPER))

    db.write_now(work)
    db.write_now(lambda tx: tx.questions.add_acceptance(later))
    expected = (later, acceptance("$a", by=BOB, voice=Voice.HELPER))
    assert db.read_now(lambda tx: tx.questions.discussion(1)).acceptances == expected


def test_acceptances_are_dropped_whether_written_yet_or_not(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        ask(tx)
        tx.questions.add_acceptance(acceptance("$a"))
        tx.questions.add_acceptance(acceptance("$a", by=BOB))
        tx.questions.drop_acceptances([acceptance("$a")])
        assert tx.questions.discussion(1).acceptances == (acceptance("$a", by=BOB),)

    db.write_now(work)
    assert db.read_now(lambda tx: tx.questions.discussion(1)).acceptances == (acceptance("$a", by=BOB),)
    db.write_now(lambda tx: tx.questions.drop_acceptances([acceptance("$a", by=BOB)]))
    assert db.read_now(lambda tx: tx.questions.discussion(1)).acceptances == ()


def test_the_discussions_of_all_prefetched_questions_cost_two_queries(db: Database) -> None:
    def fill(tx: StoreTransaction) -> None:
        for n in range(1, 31):
            ask(tx)
            tx.questions.track(f"$question{n}", n, Role.QUESTION)
            tx.questions.add_answer(answer(f"$a{n}", n))

    def look(tx: StoreTransaction) -> int:
        tx.questions.prefetch([f"$question{n}" for n in range(1, 31)], [])
        before = db.statements
        for n in range(1, 31):
            assert [a.event_id for a in tx.questions.discussion(n).answers] == [f"$a{n}"]
        return db.statements - before

    db.write_now(fill)
    assert db.read_now(look) == 2


def test_tracked_events_are_known_once_prefetched(db: Database) -> None:
    def track(tx: StoreTransaction) -> None:
        ask(tx)
        tx.questions.track("$e", 1, Role.CARD)
        assert tx.questions.tracked("$e") == Tracked("$e", 1, Role.CARD)

    def look(tx: StoreTransaction) -> None:
        assert tx.questions.tracked("$e") is None
        tx.questions.prefetch(["$e", "$other"], [])
        assert tx.questions.tracked("$e") == Tracked("$e", 1, Role.CARD)
        assert tx.questions.tracked("$other") is None
        before = db.statements
        assert tx.questions.get(1) == question(1)
        assert db.statements == before

    db.write_now(track)
    db.read_now(look)


def test_what_is_tracked_already_stays_as_it_is(db: Database) -> None:
    def again(tx: StoreTransaction) -> None:
        ask(tx)
        tx.questions.track("$e", 2, Role.CARD)

    db.write_now(ask)
    db.write_now(lambda tx: tx.questions.track("$e", 1, Role.QUESTION))
    db.write_now(again)

    def look(tx: StoreTransaction) -> Tracked | None:
        tx.questions.prefetch(["$e"], [])
        return tx.questions.tracked("$e")

    assert db.read_now(look) == Tracked("$e", 1, Role.QUESTION)


def test_prefetching_nothing_asks_nothing(db: Database) -> None:
    before = db.statements
    db.write_now(lambda tx: tx.questions.prefetch([], []))
    assert db.statements == before


def test_prefetch_loads_the_questions_of_reactions_too(db: Database) -> None:
    reaction = Reaction("$r", 1, "$a", ANN, "✅")

    def look(tx: StoreTransaction) -> None:
        tx.questions.prefetch(["$r"], [])
        assert tx.questions.reaction("$r") == reaction
        before = db.statements
        assert tx.questions.get(1) is not None
        assert db.statements == before

    db.write_now(ask)
    db.write_now(lambda tx: tx.questions.add_reaction(reaction))
    db.read_now(look)
    db.write_now(lambda tx: tx.questions.drop_reaction("$r"))

    def gone(tx: StoreTransaction) -> Reaction | None:
        tx.questions.prefetch(["$r"], [])
        return tx.questions.reaction("$r")

    assert db.read_now(gone) is None


def test_a_reaction_that_came_and_went_in_one_transaction_leaves_nothing(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        ask(tx)
        tx.questions.add_reaction(Reaction("$r", 1, "$a", ANN, "✅"))
        tx.questions.drop_reaction("$r")
        assert tx.questions.reaction("$r") is None

    db.write_now(work)

    def look(tx: StoreTransaction) -> Reaction | None:
        tx.questions.prefetch(["$r"], [])
        return tx.questions.reaction("$r")

    assert db.read_now(look) is None


def test_following_twice_is_said_so(db: Database) -> None:
    def work(tx: StoreTransaction) -> list[bool]:
        ask(tx)
        again = [tx.questions.follow(BOB, 1), tx.questions.follow(BOB, 1), tx.questions.follow(ANN, 1)]
        assert tx.questions.followers(1) == [ANN, BOB]
        return [*again, tx.questions.unfollow(BOB, 1), tx.questions.unfollow(BOB, 1)]

    assert db.write_now(work) == [True, False, True, True, False]
    assert db.read_now(lambda tx: tx.questions.followers(1)) == [ANN]


def test_a_card_shows_what_was_delivered(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        asked = ask(tx)
        tx.questions.save(replace(asked, assignee=BOB))
        tx.outbox.card_shown(1, "$card", "one")
        found = tx.questions.get(1)
        assert found is not None
        assert (found.card_event_id, found.assignee, tx.questions.shown(1)) == ("$card", BOB, "one")

    db.write_now(work)
    assert db.read_now(lambda tx: tx.questions.get(1)) == question(1, card_event_id="$card", assignee=BOB)

    def edit(tx: StoreTransaction) -> None:
        assert tx.questions.shown(1) == "one"
        tx.outbox.card_shown(1, "$card2", "two")
        tx.outbox.card_shown(1, None, "three")
        found = tx.questions.get(1)
        assert found is not None
        assert (found.card_event_id, tx.questions.shown(1)) == ("$card2", "three")

    db.write_now(edit)
    assert db.read_now(lambda tx: tx.questions.shown(1)) == "three"
    db.write_now(lambda tx: tx.outbox.card_shown(1, None, "four"))
    assert db.read_now(lambda tx: tx.questions.get(1)) == question(1, card_event_id="$card2", assignee=BOB)


def test_no_text_is_too_odd_to_be_stored(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        ask(tx, text="nul \0 half \ud83d é 🙂", reason="\0")
        tx.questions.add_answer(answer("$a", text="\0\udfff"))

    db.write_now(work)
    found = db.read_now(lambda tx: tx.questions.get(1))
    assert found is not None
    assert (found.text, found.reason) == ("nul \ufffd half ? é 🙂", "\ufffd")
    assert db.read_now(lambda tx: tx.questions.discussion(1)).answers[0].text == "\ufffd?"


def test_votes_are_counted_once_a_person_and_key(db: Database) -> None:
    db.write_now(lambda tx: tx.questions.add(question(1)))

    def vote(tx: StoreTransaction) -> None:
        for n, (sender, key) in enumerate(
            [("@a:x", "👍"), ("@a:x", "👍"), ("@b:x", "👍"), ("@c:x", "👎"), ("@c:x", "✅")]
        ):
            tx.questions.add_reaction(Reaction(f"$r{n}", 1, "$answer", sender, key))

    db.write_now(vote)
    assert db.read_now(lambda tx: tx.questions.votes(1)) == {"$answer": 1}
    db.write_now(lambda tx: tx.questions.prefetch(["$r3"], []))
    db.write_now(lambda tx: tx.questions.drop_reaction("$r3"))
    assert db.read_now(lambda tx: tx.questions.votes(1)) == {"$answer": 2}
