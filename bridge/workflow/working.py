"""Claiming, closing, reopening, following."""

from bridge.chat.intents import Claim, Close, Follow, Intent, Ref, Reopen, Unclaim, Unfollow
from bridge.domain import lifecycle
from bridge.domain.facts import (
    QuestionClaimed,
    QuestionClosed,
    QuestionFollowed,
    QuestionReleased,
    QuestionReopened,
    QuestionUnfollowed,
)
from bridge.domain.questions import DECIDING, Question
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.answering import remember
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.records import Role
from bridge.workflow.telling import about

MAIN_EVENTS = frozenset({Role.QUESTION, Role.CARD, Role.THREAD})


def claim(intent: Claim, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    if intent.quiet and not _points_at_question(intent.ref, desk):
        return Disregarded("reaction")
    claimed = lifecycle.claim(question, desk.actor(question))
    if isinstance(claimed, Refused):
        return claimed
    desk.tx.questions.save(claimed)
    if intent.quiet:
        remember(question, intent.ref.event_id or "", "🙋", desk)
    return _done(intent, claimed, desk, about(QuestionClaimed, claimed, desk))


def _points_at_question(ref: Ref, desk: Desk) -> bool:
    tracked = desk.tx.questions.tracked(ref.event_id or "")
    return tracked is not None and tracked.role in MAIN_EVENTS


def _done(intent: Intent, question: Question, desk: Desk, fact: QuestionClaimed | QuestionFollowed) -> Done:
    return Done((fact,)) if intent.quiet else desk.done(question, fact)


def unclaim(intent: Unclaim, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    released = question if isinstance(question, Refused) else lifecycle.release(question, desk.actor(question))
    if isinstance(released, Refused):
        return released
    desk.tx.questions.save(released)
    return desk.done(released, about(QuestionReleased, released, desk))


def close(intent: Close, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    reason = desk.carried(intent.reason, question.room_id)
    closed = lifecycle.close(question, desk.actor(question), reason, desk.now)
    if isinstance(closed, Refused):
        return closed
    desk.tx.questions.save(closed)
    return desk.done(closed, about(QuestionClosed, closed, desk))


def reopen(intent: Reopen, desk: Desk) -> Outcome:
    """Back to open; what was accepted is so no longer, what was proposed stays proposed."""
    question = guard.find_to_change(desk, intent.ref)
    opened = question if isinstance(question, Refused) else lifecycle.reopen(question, desk.actor(question))
    if isinstance(opened, Refused):
        return opened
    desk.tx.questions.save(opened)
    acceptances = desk.tx.questions.discussion(opened.number).acceptances
    desk.tx.questions.drop_acceptances([a for a in acceptances if a.voice in DECIDING])
    return desk.done(opened, about(QuestionReopened, opened, desk, cause="asked"))


def follow(intent: Follow, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    if not desk.tx.questions.follow(desk.sender, question.number):
        return Refused("following-already", {"number": question.number})
    if intent.quiet:
        remember(question, intent.ref.event_id or "", "👀", desk)
    return _done(intent, question, desk, about(QuestionFollowed, question, desk))


def unfollow(intent: Unfollow, desk: Desk) -> Outcome:
    question = guard.find(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    if not desk.tx.questions.unfollow(desk.sender, question.number):
        return Refused("not-following", {"number": question.number})
    return desk.done(question, about(QuestionUnfollowed, question, desk))
