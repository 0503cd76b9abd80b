"""What follows from what happened: one table from fact to effects."""

from collections.abc import Callable
from typing import Any

from bridge.domain.facts import (
    AcceptanceWithdrawn,
    AnswerAccepted,
    AnswerProposed,
    Fact,
    QuestionAsked,
    QuestionClaimed,
    QuestionClosed,
    QuestionEdited,
    QuestionReleased,
    QuestionReopened,
    QuestionWithdrawn,
)
from bridge.domain.questions import Question
from bridge.workflow.effects import EditCard, Effect, PostCard, Reply, Tell
from bridge.workflow.storage import Transaction

Consequence = Callable[[Any, Question, Transaction], list[Effect]]


def _post_card(_fact: Fact, question: Question, _tx: Transaction) -> list[Effect]:
    return [PostCard(room_id=question.room_id, number=question.number)]


def _edit_card(_fact: Fact, question: Question, _tx: Transaction) -> list[Effect]:
    return [EditCard(room_id=question.room_id, number=question.number)]


def _tell_followers(fact: Fact, question: Question, tx: Transaction, key: str) -> list[Effect]:
    followers = [f for f in tx.questions.followers(question.number) if f != fact.actor]
    return [Tell(person=f, number=question.number, key=key) for f in followers]


def _closed(fact: QuestionClosed, question: Question, tx: Transaction) -> list[Effect]:
    return _edit_card(fact, question, tx) + _tell_followers(fact, question, tx, "told-closed")


def _reopened(fact: QuestionReopened, question: Question, tx: Transaction) -> list[Effect]:
    key = "told-answer-withdrawn" if fact.cause == "answer_withdrawn" else "told-reopened"
    return _edit_card(fact, question, tx) + _tell_followers(fact, question, tx, key)


def _accepted(fact: AnswerAccepted, question: Question, tx: Transaction) -> list[Effect]:
    told = _tell_followers(fact, question, tx, "told-answered") if fact.settles else []
    return _edit_card(fact, question, tx) + told


def _proposed(fact: AnswerProposed, question: Question, tx: Transaction) -> list[Effect]:
    nudge = Reply(
        room_id=question.room_id,
        reader=fact.asker,
        reply_to=fact.answer,
        thread_root=question.thread_root,
        key="nudge",
        arguments={"number": question.number, "person": fact.asker, "author": fact.author},
        mentions=(fact.asker,),
        about=question.number,
    )
    return [*_edit_card(fact, question, tx), *([nudge] if fact.nudge else [])]


CONSEQUENCES: dict[type[Fact], Consequence] = {
    QuestionAsked: _post_card,
    QuestionEdited: _edit_card,
    QuestionWithdrawn: _edit_card,
    QuestionClaimed: _edit_card,
    QuestionReleased: _edit_card,
    QuestionClosed: _closed,
    QuestionReopened: _reopened,
    AnswerProposed: _proposed,
    AnswerAccepted: _accepted,
    AcceptanceWithdrawn: _edit_card,
}


def consequences(fact: Fact, tx: Transaction) -> list[Effect]:
    """The effects of a fact, given the state that came with it."""
    consequence = CONSEQUENCES.get(type(fact))
    question = tx.questions.get(fact.number) if consequence else None
    return consequence(fact, question, tx) if consequence and question else []
