"""An answer is proposed or accepted."""

from dataclasses import replace

from bridge.chat.intents import Accept
from bridge.domain import lifecycle
from bridge.domain.facts import AnswerAccepted, AnswerProposed, Fact
from bridge.domain.questions import Acceptance, Answer, Discussion, Question, State, Voice
from bridge.domain.results import Refused
from bridge.workflow import duplicates, guard
from bridge.workflow.answering import add_answer, remember
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.objecting import objection
from bridge.workflow.records import Role
from bridge.workflow.telling import about


def accept(intent: Accept, desk: Desk) -> Outcome:
    outcome = _accept(intent, desk)
    return objection(outcome, intent, intent.ref, desk) if isinstance(outcome, Refused) else outcome


def _accept(intent: Accept, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    if question.state is State.CLOSED:
        return Refused("closed", {"number": question.number})
    discussion = desk.tx.questions.discussion(question.number)
    answer = _answer(intent, question, discussion, desk)
    if answer is None and intent.quiet and (taken := duplicates.take_first(intent, question, desk)):
        return taken
    if answer is None:
        return Refused("nothing-to-accept", {"number": question.number})
    given: list[Fact] = []
    if intent.text:
        given = [add_answer(question, intent.text, desk)[1]]
        question = desk.tx.questions.get(question.number) or question
    settled = _settle(intent, question, discussion, answer, desk)
    if isinstance(settled, Refused):
        return settled
    return Done((*given, settled)) if intent.quiet else desk.done(question, *given, settled)


def _answer(intent: Accept, question: Question, discussion: Discussion, desk: Desk) -> Answer | None:
    """The answer meant: the text given with the command, the message pointed at, else the newest by another."""
    if intent.text:
        origin = desk.origin
        return Answer(origin.event_id, question.number, desk.sender, intent.text, desk.now, origin.room_id)
    tracked = desk.tx.questions.tracked(intent.answer) if intent.answer else None
    if tracked and tracked.role is Role.ANSWER and tracked.number == question.number:
        return discussion.answer(tracked.event_id)
    if tracked and tracked.role is Role.NUDGE:
        return discussion.newest_proposed
    if tracked and tracked.role is Role.TRIAGE:
        return discussion.newest_proposed or discussion.newest_for(desk.sender)
    return None if intent.quiet else discussion.newest_for(desk.sender)


def _settle(
    intent: Accept, question: Question, discussion: Discussion, answer: Answer, desk: Desk
) -> AnswerAccepted | AnswerProposed | Refused:
    space = desk.policy.spaces.get(question.space)
    may = space is not None and space.staff_may_accept
    voice = lifecycle.voice_of(question, desk.actor(question), answer.author, staff_may_accept=may)
    reaction = desk.origin.event_id if intent.quiet else None
    acceptance = Acceptance(answer.event_id, question.number, desk.sender, voice, desk.now, reaction)
    settled = lifecycle.accept(question, discussion, acceptance)
    if isinstance(settled, Refused):
        return settled
    desk.tx.questions.add_acceptance(acceptance)
    if intent.quiet:
        remember(question, intent.ref.event_id or answer.event_id, "✅", desk)
    if voice is Voice.HELPER:
        return _propose(settled, answer, desk)
    desk.tx.questions.save(settled)
    settles = settled.state is not question.state
    return about(AnswerAccepted, settled, desk, answer=answer.event_id, author=answer.author, settles=settles)


def _propose(question: Question, answer: Answer, desk: Desk) -> AnswerProposed:
    """The asker is nudged once a question, and not about one that is answered already."""
    nudge = not question.nudged and question.unanswered
    if nudge:
        desk.tx.questions.save(replace(question, nudged=True))
    return about(
        AnswerProposed, question, desk, answer=answer.event_id, author=answer.author, asker=question.asker, nudge=nudge
    )
