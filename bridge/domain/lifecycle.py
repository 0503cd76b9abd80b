"""How a question moves from one state to the next, and who may move it. Functions of values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bridge.domain.questions import (
    DECIDING,
    DUPLICATE,
    MOST_TAGS,
    Acceptance,
    Discussion,
    Priority,
    Question,
    State,
    Voice,
)
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


def assign(question: Question, actor: Actor, person: str) -> Question | Refused:
    """Somebody else is to answer. Who has claimed it gives it away themselves, or a moderator does."""
    if not question.unanswered:
        return Refused("not-unanswered", {"number": question.number, "state": question.state})
    if question.assignee == person:
        return Refused("assigned-already", {"number": question.number, "person": person})
    if question.state is State.CLAIMED and question.assignee != actor.user_id and not actor.moderator:
        return Refused("already-claimed", {"number": question.number, "person": question.assignee or ""})
    return assigned(question, person)


def assigned(question: Question, person: str) -> Question:
    return replace(question, state=State.OPEN, assignee=person)


def returned(question: Question) -> Question:
    """Nobody is to answer it any more."""
    return replace(question, state=State.OPEN, assignee=None)


def release(question: Question, actor: Actor) -> Question | Refused:
    if not question.unanswered or question.assignee is None:
        return Refused("not-claimed", {"number": question.number})
    if question.assignee != actor.user_id and not actor.moderator:
        return Refused("not-your-claim", {"number": question.number, "person": question.assignee or ""})
    return returned(question)


def close(question: Question, actor: Actor, reason: str, now: int) -> Question | Refused:
    if not (actor.moderator or actor.user_id in {question.asker, question.assignee}):
        return Refused("may-not-close", {"number": question.number})
    if question.state is State.CLOSED:
        return Refused("already-closed", {"number": question.number})
    return replace(question, state=State.CLOSED, reason=reason, closed_at=now)


def tag(question: Question, add: Sequence[str], remove: Collection[str]) -> Question | Refused:
    """With more tags, and without some; no more than `MOST_TAGS` in all."""
    kept = [tag for tag in question.tags if tag not in remove]
    tags = tuple(dict.fromkeys([*kept, *add]))
    if len(tags) > MOST_TAGS:
        return Refused("enough-tags", {"number": question.number, "limit": MOST_TAGS})
    if tags == question.tags:
        return Refused("tagged-already", {"number": question.number})
    return replace(question, tags=tags)


def prioritize(question: Question, priority: Priority) -> Question | Refused:
    if question.priority is priority:
        return Refused("prioritized-already", {"number": question.number})
    return replace(question, priority=priority)


def escalate(question: Question) -> Question | Refused:
    """Moderators are called, and it goes before others."""
    if not question.unanswered:
        return Refused("not-unanswered", {"number": question.number, "state": question.state})
    urgent = question.priority is Priority.URGENT
    return replace(question, escalated=True, priority=Priority.URGENT if urgent else Priority.HIGH)


def duplicate(question: Question, original: Question, actor: Actor, now: int) -> Question | Refused:
    """Closed as the same as another one, which is nobody's duplicate itself."""
    if original.number == question.number:
        return Refused("same-question", {"number": question.number})
    closed = close(question, actor, DUPLICATE, now)
    return closed if isinstance(closed, Refused) else replace(closed, duplicate_of=original.number)


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
    return replace(question, state=State.OPEN, reason="", answered_at=None, closed_at=None, duplicate_of=None)


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


def forget(question: Question, reason: str, now: int) -> Question:
    """Its text goes for good, the number stays as a tombstone. One that still waited is closed by it."""
    if question.withdrawn:
        return replace(question, reason=reason)
    state = State.CLOSED if question.unanswered else question.state
    gone = withdraw(question, question.closed_at or now)
    closed_at = gone.closed_at if state is State.CLOSED else question.closed_at
    return replace(gone, state=state, closed_at=closed_at, reason=reason, duplicate_of=question.duplicate_of)


def settled_at(question: Question) -> int | None:
    """Since when a question waits for nothing any more; None for one that waits."""
    if question.unanswered:
        return None
    return max(t for t in (question.created_at, question.answered_at, question.closed_at) if t is not None)


def hold(question: Question, actor: Actor, held: bool) -> Question | Refused:
    """Keep a question out of retention, or let it go."""
    if not actor.moderator:
        return Refused("for-moderators")
    if question.held == held:
        return Refused("held-already" if held else "not-held", {"number": question.number})
    return replace(question, held=held)


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
