"""What follows from what happened: one table from fact to effects, and to what else happens because of it."""

from collections.abc import Callable
from typing import Any

from bridge.domain.facts import (
    AcceptanceWithdrawn,
    AnswerAccepted,
    AnswerGiven,
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
from bridge.domain.queue_facts import (
    QuestionAssigned,
    QuestionDuplicated,
    QuestionEscalated,
    QuestionForgotten,
    QuestionNoted,
    QuestionPrioritized,
    QuestionReturned,
    QuestionSeparated,
    QuestionTagged,
    SuggestionsFound,
)
from bridge.domain.statistics import COUNTED
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.comparing import not_compared, to_be_compared
from bridge.workflow.counting import count
from bridge.workflow.desk import Done
from bridge.workflow.duplicates import move_followers, take_followers_back
from bridge.workflow.effects import EditCard, Effect, PostCard, Reply
from bridge.workflow.expert_requests import look_for_experts
from bridge.workflow.experts import recount
from bridge.workflow.interested import tell_of_answer, tell_of_question, tell_of_tags
from bridge.workflow.notices import tell
from bridge.workflow.nudging import await_word
from bridge.workflow.overdue import start_waiting, stop_waiting
from bridge.workflow.reminding import heard_from, watch
from bridge.workflow.ruling import on_asked, on_edited
from bridge.workflow.triaging import edit_triage, opened, post_triage

Consequence = Callable[[Any, Question, Circumstances], Done]


def post_card(_fact: Fact, question: Question, _around: Circumstances) -> Done:
    return Done(effects=(PostCard(room_id=question.room_id, number=question.number),))


def edit_card(_fact: Fact, question: Question, _around: Circumstances) -> Done:
    return Done(effects=(EditCard(room_id=question.room_id, number=question.number),))


def _tell_followers(fact: Fact, question: Question, around: Circumstances, key: str) -> Done:
    for follower in around.tx.questions.followers(question.number):
        if follower != fact.actor:
            tell(follower, question.number, key, around, named=False)
    return Done()


def _tell_closed(fact: QuestionClosed, question: Question, around: Circumstances) -> Done:
    return _tell_followers(fact, question, around, "told-closed")


def _tell_reopened(fact: QuestionReopened, question: Question, around: Circumstances) -> Done:
    key = "told-answer-withdrawn" if fact.cause == "answer_withdrawn" else "told-reopened"
    return _tell_followers(fact, question, around, key)


def _tell_answered(fact: AnswerAccepted, question: Question, around: Circumstances) -> Done:
    return _tell_followers(fact, question, around, "told-answered") if fact.settles else Done()


def _nudge(fact: AnswerProposed, question: Question, _around: Circumstances) -> Done:
    nudge: Effect = Reply(
        room_id=question.room_id,
        reader=fact.asker,
        reply_to=fact.answer,
        thread_root=question.thread_root,
        key="nudge",
        arguments={"number": question.number, "person": fact.asker, "author": fact.author},
        mentions=(fact.asker,),
        about=question.number,
    )
    return Done(effects=(nudge,) if fact.nudge else ())


CONSEQUENCES: dict[type[Fact], tuple[Consequence, ...]] = {
    QuestionAsked: (
        post_card,
        post_triage,
        on_asked,
        start_waiting,
        to_be_compared,
        watch,
        tell_of_question,
        look_for_experts,
    ),
    QuestionEdited: (edit_card, to_be_compared, recount, edit_triage, on_edited),
    QuestionTagged: (recount, tell_of_tags, edit_card, edit_triage),
    QuestionWithdrawn: (edit_card, not_compared, recount, edit_triage, stop_waiting),
    QuestionClaimed: (edit_card, edit_triage, watch),
    QuestionReleased: (edit_card, edit_triage),
    QuestionDuplicated: (edit_card, move_followers, _tell_closed, edit_triage, stop_waiting),
    QuestionSeparated: (take_followers_back,),
    SuggestionsFound: (edit_card,),
    QuestionClosed: (edit_card, _tell_closed, edit_triage, stop_waiting),
    QuestionReopened: (edit_card, recount, _tell_reopened, opened, edit_triage, watch, start_waiting),
    AnswerProposed: (edit_card, _nudge, edit_triage),
    AnswerAccepted: (edit_card, recount, _tell_answered, edit_triage, stop_waiting),
    QuestionForgotten: (recount, not_compared, edit_card, edit_triage, stop_waiting),
    AcceptanceWithdrawn: (edit_card, recount, edit_triage),
    QuestionAssigned: (edit_card, edit_triage, watch),
    QuestionReturned: (edit_card, edit_triage),
    QuestionPrioritized: (edit_card, edit_triage),
    QuestionEscalated: (edit_card, edit_triage),
    AnswerGiven: (heard_from, tell_of_answer, await_word),
    QuestionNoted: (heard_from,),
}
"""Fact -> what follows, in order. Each is given the question as it is by then."""
for counted in COUNTED:
    CONSEQUENCES[counted] = (*CONSEQUENCES.get(counted, ()), count)


def followed(done: Done, around: Circumstances) -> Done:
    """With all that follows from its facts, and from the facts that follow from those; its own effects come last."""
    facts, effects = list(done.facts), list[Effect]()
    for fact in facts:  # it grows while we go through it
        for consequence in CONSEQUENCES.get(type(fact), ()):
            question = around.tx.questions.get(fact.number)
            more = consequence(fact, question, around) if question else Done()
            facts += more.facts
            effects += more.effects
    return Done(tuple(facts), (*effects, *done.effects))
