"""Retention: the text of questions that are settled for long enough goes, a few at a time, once a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bridge.domain import lifecycle
from bridge.domain.questions import EXPIRED, Question
from bridge.domain.queue_facts import QuestionForgotten
from bridge.domain.spaces import DAY
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, Policy
from bridge.workflow.effects import Effect
from bridge.workflow.rights import BEGINNING, Place
from bridge.workflow.storage import Transaction
from bridge.workflow.timers import Timer
from bridge.workflow.triage_ports import Note
from bridge.workflow.triaging import repeated, triage_room

KIND = "retention"
AT_ONCE = 10
"""How many questions are forgotten in one transaction: nobody waits for longer than a moment."""
LOOKED = 1_000
OPERATOR = "operator"
"""The actor of facts, where an operator did it by a verb."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What one transaction did; `next` is where to go on, None at the end."""

    done: Done
    count: int
    next: Place | None


def begin(tx: Transaction, now: int) -> None:
    """See to it that there is a daily job; at every start."""
    tx.timers.begin(Timer(KIND, KIND, now))


def ring(timer: Timer, around: Circumstances) -> Done:
    """A slice. The next one follows at once, or in a day; `data` is how far it has come and how many went."""
    place, gone = _read(timer.data)
    slice_ = forget_overdue(times(around.policy, around.now), place, around, around.policy.setting.me)
    gone += slice_.count
    if slice_.next is None:
        if gone:
            around.tx.rights.erased()
        around.tx.timers.set(Timer(KIND, KIND, around.now + DAY))
    else:
        due = max(around.now, timer.due_at + 1)
        around.tx.timers.set(Timer(KIND, KIND, due, data=f"{slice_.next[0]} {slice_.next[1]} {gone}"))
    return slice_.done


def _read(data: str) -> tuple[Place, int]:
    if not data:
        return BEGINNING, 0
    created_at, number, gone = map(int, data.split())
    return (created_at, number), gone


def times(policy: Policy, now: int) -> dict[str, int]:
    """Space -> the time (milliseconds) before which a question has to be settled to be forgotten now."""
    return {name: now - space.kept for name, space in policy.spaces.items() if space.kept is not None}


def forget_overdue(
    before: Mapping[str, int], after: Place, around: Circumstances, actor: str, most: int = AT_ONCE
) -> Slice:
    if not before:
        return Slice(Done(), 0, None)
    found = around.tx.rights.overdue(before, after, LOOKED, most)
    questions = list(around.tx.questions.several(found.numbers).values())
    edits = _wipe(questions, around)
    facts = tuple(forgotten(question, actor, "retention", around.now) for question in questions)
    return Slice(Done(facts, edits), len(facts), found.next)


def _wipe(questions: Collection[Question], around: Circumstances) -> tuple[Effect, ...]:
    """Take the words of questions, of the answers to them, and of what was written about them."""
    tx, numbers = around.tx, [question.number for question in questions]
    for question in questions:
        tx.questions.save(lifecycle.forget(question, EXPIRED, around.now))
    for discussion in tx.questions.discussions(numbers).values():
        for answer in discussion.answers:
            if answer.text:
                tx.questions.save_answer(replace(answer, text=""))
    return strip(questions, around)


def strip(questions: Collection[Question], around: Circumstances) -> tuple[Effect, ...]:
    """Take all that was written about questions beside themselves and the answers; also out of triage rooms."""
    around.tx.rights.strip([question.number for question in questions])
    found = [(note, question) for question in questions for note in around.tx.notes.of(question.number)]
    return tuple(effect for note, question in found for effect in unsaid(note, note.author, question.space, around))


def unsaid(note: Note, author: str, space: str, around: Circumstances) -> tuple[Effect, ...]:
    """Take the words of a note, and have our message edited that repeats it."""
    wordless = replace(note, text="", author=author)
    around.tx.notes.save(wordless)
    room = triage_room(space, around.tx, around.policy)
    return repeated(wordless, room) if note.shown else ()


def forgotten(question: Question, actor: str, cause: str, now: int) -> QuestionForgotten:
    return QuestionForgotten(
        at=now,
        actor=actor,
        room_id=question.room_id,
        space=question.space,
        number=question.number,
        cause=cause,
    )
