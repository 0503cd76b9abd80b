"""Claiming, closing, reopening."""

from bridge.chat.intents import Claim, Close, CloseUnanswered, Intent, Ref, Reopen, Unclaim
from bridge.domain import lifecycle
from bridge.domain.facts import (
    Fact,
    QuestionClaimed,
    QuestionClosed,
    QuestionReleased,
    QuestionReopened,
)
from bridge.domain.questions import DECIDING, NO_ANSWER, Question
from bridge.domain.results import Refused
from bridge.workflow import duplicates, guard
from bridge.workflow.answering import CLOSING_KEY, remember
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.objecting import objection
from bridge.workflow.records import Role
from bridge.workflow.telling import about
from bridge.workflow.triaging import closed_by

MAIN_EVENTS = frozenset({Role.QUESTION, Role.CARD, Role.THREAD, Role.TRIAGE})


def claim(intent: Claim, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return objection(question, intent, intent.ref, desk)
    if intent.quiet and not _points_at_question(intent.ref, desk):
        return Disregarded("reaction")
    claimed = lifecycle.claim(question, desk.actor(question))
    if isinstance(claimed, Refused):
        return objection(claimed, intent, intent.ref, desk)
    desk.tx.questions.save(claimed)
    if intent.quiet:
        remember(question, intent.ref.event_id or "", "🙋", desk)
    return _done(intent, claimed, desk, about(QuestionClaimed, claimed, desk))


def _points_at_question(ref: Ref, desk: Desk) -> bool:
    tracked = desk.tx.questions.tracked(ref.event_id or "")
    return tracked is not None and tracked.role in MAIN_EVENTS


def _done(intent: Intent, question: Question, desk: Desk, fact: Fact) -> Done:
    return Done((fact,)) if intent.quiet else desk.done(question, fact)


def unclaim(intent: Unclaim, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    released = question if isinstance(question, Refused) else lifecycle.release(question, desk.actor(question))
    if isinstance(released, Refused):
        return released
    desk.tx.questions.save(released)
    return desk.done(released, about(QuestionReleased, released, desk))


def close(intent: Close, desk: Desk) -> Outcome:
    """By a reaction only where it is put on the question's card in a triage room."""
    if intent.quiet and not _is_on_triage_card(intent.ref, desk):
        return Disregarded("reaction")
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return objection(question, intent, intent.ref, desk)
    reason = NO_ANSWER if isinstance(intent, CloseUnanswered) else desk.carried(intent.reason, question.room_id)
    closed = lifecycle.close(question, desk.actor(question), reason, desk.now)
    if isinstance(closed, Refused):
        return objection(closed, intent, intent.ref, desk)
    desk.tx.questions.save(closed)
    fact = about(QuestionClosed, closed, desk)
    if intent.quiet:
        remember(closed, intent.ref.event_id or "", CLOSING_KEY, desk)
        closed_by(closed, desk)
    return _done(intent, closed, desk, fact)


def _is_on_triage_card(ref: Ref, desk: Desk) -> bool:
    tracked = desk.tx.questions.tracked(ref.event_id or "")
    return tracked is not None and tracked.role is Role.TRIAGE


def reopen(intent: Reopen, desk: Desk) -> Outcome:
    """Back to open; what was accepted is so no longer, what was proposed stays proposed."""
    question = guard.find_to_change(desk, intent.ref)
    opened = question if isinstance(question, Refused) else lifecycle.reopen(question, desk.actor(question))
    if isinstance(opened, Refused):
        return opened
    desk.tx.questions.save(opened)
    acceptances = desk.tx.questions.discussion(opened.number).acceptances
    desk.tx.questions.drop_acceptances([a for a in acceptances if a.voice in DECIDING])
    apart = () if isinstance(question, Refused) else duplicates.separated(question, desk)
    return desk.done(opened, about(QuestionReopened, opened, desk, cause="asked"), *apart)
