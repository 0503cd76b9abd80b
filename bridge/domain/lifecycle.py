"""How a question moves from one state to the next, and who may move it. Functions of values."""

from dataclasses import dataclass, replace

from bridge.domain.questions import DECIDING, Acceptance, Discussion, Question, State, Voice
from bridge.domain.results import Refused


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, seen from the question's room."""

    user_id: str
    moderator: bool = False
    staff: bool = False


def claim(question: Question, actor: Actor) -> Question | Refused:
    if not question.unanswered:
        return Refused("not-unanswered", {"number": question.number, "state": question.state})
    if question.state is State.CLAIMED and question.assignee == actor.user_id:
        return Refused("already-yours", {"number": question.number})
    if question.state is State.CLAIMED:
        return Refused("already-claimed", {"number": question.number, "person": question.assignee or ""})
    return replace(question, state=State.CLAIMED, assignee=actor.user_id)


def release(question: Question, actor: Actor) -> Question | Refused:
    if question.state is not State.CLAIMED:
        return Refused("not-claimed", {"number": question.number})
    if question.assignee != actor.user_id and not actor.moderator:
        return Refused("not-your-claim", {"number": question.number, "person": question.assignee or ""})
    return replace(question, state=State.OPEN, assignee=None)


def close(question: Question, actor: Actor, reason: str, now: int) -> Question | Refused:
    if not (actor.moderator or actor.user_id in {question.asker, question.assignee}):
        return Refused("may-not-close", {"number": question.number})
    if question.state is State.CLOSED:
        return Refused("already-closed", {"number": question.number})
    return replace(question, state=State.CLOSED, reason=reason, closed_at=now)


def reopen(question: Question, actor: Actor) -> Question | Refused:
    """Back to open; whoever calls also drops the deciding acceptances."""
    if question.withdrawn:
        return Refused("withdrawn", {"number": question.number})
    if question.unanswered:
        return Refused("not-settled", {"number": question.number})
    if not (actor.moderator or actor.user_id in {question.asker, question.assignee}):
        return Refused("may-not-reopen", {"number": question.number})
    return unsettled(question)


def unsettled(question: Question) -> Question:
    return replace(question, state=State.OPEN, reason="", answered_at=None, closed_at=None)


def withdraw(question: Question, now: int) -> Question:
    """The asker took it back: the text goes, the number stays as a tombstone."""
    return replace(
        question,
        text="",
        tags=(),
        attachments=(),
        directed_to=(),
        state=State.CLOSED,
        reason="withdrawn",
        closed_at=now,
        withdrawn=True,
    )


def voice_of(question: Question, actor: Actor, author: str, *, staff_may_accept: bool) -> Voice:
    """As what this person's word on an answer by `author` counts.

    Nobody accepts their own answer to somebody else's question, unless moderator: they propose it.
    """
    if actor.user_id == question.asker:
        return Voice.ASKER
    if actor.moderator:
        return Voice.MODERATOR
    may = actor.staff and staff_may_accept and actor.user_id != author
    return Voice.STAFF if may else Voice.HELPER


def accept(question: Question, discussion: Discussion, acceptance: Acceptance) -> Question | Refused:
    """The question, not closed, after somebody accepted or proposed an answer."""
    said = [a for a in discussion.acceptances if a.answer == acceptance.answer]
    if any(a.by == acceptance.by and a.voice == acceptance.voice for a in said):
        return Refused("said-already", {"number": question.number})
    deciding = [a for a in said if a.voice in DECIDING]
    if deciding and acceptance.voice in {Voice.HELPER, Voice.STAFF}:
        return Refused("already-accepted", {"number": question.number, "person": deciding[0].by})
    if acceptance.voice is Voice.HELPER:
        return question
    return replace(question, state=State.ANSWERED, answered_at=question.answered_at or acceptance.at)


def after_loss(question: Question, discussion: Discussion) -> Question:
    """The question after an acceptance or an accepted answer was taken back."""
    if question.state is State.ANSWERED and not discussion.accepted:
        return unsettled(question)
    return question
