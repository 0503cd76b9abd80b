"""The rights of persons: what somebody wrote goes, a few questions at a time; numbers and counts stay.

Whoever asked, answered or voted is somebody without a name afterwards: a pseudonym takes the place of their user id.
Facts are not touched. A question that moderators hold is left as it is.
"""

import json
from dataclasses import asdict, dataclass, replace

from bridge.domain import lifecycle
from bridge.domain.facts import Fact, QuestionClosed, QuestionReleased
from bridge.domain.questions import FORGOTTEN, Question, State
from bridge.domain.queue_facts import PersonForgotten
from bridge.domain.results import Refused
from bridge.domain.spaces import DAY
from bridge.workflow.cases import Asking, Prompt
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.effects import Acknowledge, EditCard, Effect, Inform
from bridge.workflow.records import Person
from bridge.workflow.retaining import forgotten, strip, unsaid
from bridge.workflow.rights import WHOLE, Share
from bridge.workflow.storage import Transaction
from bridge.workflow.timers import Timer

KIND = "forget"
AT_ONCE = 10
FAREWELL = 600_000
"""For how many milliseconds more we remember somebody's language: until they are told that it is done."""
IN_PRIVATE = "✉️"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: questions up to `place` are gone through, of those up to `last`.

    `asked_at` in milliseconds: what they write later is something new. `told`: only their language is left.
    """

    person: str
    pseudonym: str
    actor: str
    asked_at: int
    last: int
    place: int = 0
    questions: int = 0
    answers: int = 0
    held: int = 0
    told: bool = False


# --- asking for it -------------------------------------------------------------------------------------------------


def ask(desk: Desk) -> Outcome:
    """Say what goes and what stays, and wait for a ✅."""
    question = Inform(
        person=desk.sender, key="forget-ask", for_staff=False, asking=Asking.FORGET.value, detail=str(desk.now)
    )
    return Done(effects=(question, *_sign(desk)))


def confirm(desk: Desk) -> Outcome:
    if desk.tx.timers.get(_name(desk.sender)) is not None:
        return Refused("forgetting-already")
    _set(begun(desk.sender, desk.sender, Circumstances(desk.tx, desk.policy, desk.now)), desk.now, desk.tx)
    return Done(effects=(Inform(person=desk.sender, key="forget-begun", for_staff=False), *_sign(desk)))


def _sign(desk: Desk) -> tuple[Effect, ...]:
    if desk.private:
        return ()
    return (Acknowledge(room_id=desk.origin.room_id, event_id=desk.origin.event_id, sign=IN_PRIVATE),)


def consented(prompt: Prompt, desk: Desk) -> Outcome:
    """A ✅ on our question, within a day of it."""
    if desk.now - int(prompt.detail) > DAY:
        return Disregarded("settled already")
    return confirm(desk)


# --- doing it ------------------------------------------------------------------------------------------------------


def begun(person: str, actor: str, around: Circumstances) -> Progress:
    rights = around.tx.rights
    return Progress(person, rights.pseudonym(), actor, around.now, rights.last_number())


def ring(timer: Timer, around: Circumstances) -> Done:
    """A slice; the next one follows at once."""
    done, after = step(Progress(**json.loads(timer.data)), around)
    if after is not None:
        due = around.now + FAREWELL if after.told else max(around.now, timer.due_at + 1)
        _set(after, due, around.tx)
    return done


def step(progress: Progress, around: Circumstances) -> tuple[Done, Progress | None]:
    """The next thing to do, in a transaction of its own; how far it has come by then, None at the end."""
    if progress.told:
        return _farewell(progress, around), None
    if progress.place < progress.last:
        return _questions(progress, around)
    return _rest(progress, around)


def _name(person: str) -> str:
    return f"{KIND} {person}"


def _set(progress: Progress, due: int, tx: Transaction) -> None:
    tx.timers.set(Timer(_name(progress.person), KIND, due, target=progress.person, data=json.dumps(asdict(progress))))


def _questions(progress: Progress, around: Circumstances) -> tuple[Done, Progress]:
    """Among the next numbers. Where there is much of theirs, it takes more than one go."""
    first, last = progress.place + 1, min(progress.place + WHOLE, progress.last)
    share = around.tx.rights.share(progress.person, first, last, AT_ONCE)
    done, asked = _concerned(progress, share, around)
    answered = _answered(progress, share, around)
    progress = replace(progress, questions=progress.questions + asked, answers=progress.answers + answered)
    edits = done.effects + _noted(progress, share, around)
    edits += _edits({*share.concerned, *share.answered} - {fact.number for fact in done.facts}, around)
    if max(map(len, (share.concerned, share.answered, share.noted))) < AT_ONCE:
        around.tx.rights.rename(progress.person, progress.pseudonym, first, last)
        progress = replace(progress, place=last, held=progress.held + share.held)
    return Done(done.facts, edits), progress


def _concerned(progress: Progress, share: Share, around: Circumstances) -> tuple[Done, int]:
    """Questions that they asked lose their words; those that they were to answer wait for somebody else."""
    questions = around.tx.questions.several(share.concerned).values()
    theirs = [question for question in questions if question.asker == progress.person]
    edits = _wipe(theirs, around)
    facts: list[Fact] = []
    for before in list(questions):
        question = around.tx.questions.get(before.number) or before
        around.tx.questions.save(_without(question, progress))
        facts += _happened(before, progress, around.now)
    return Done(tuple(facts), edits), len(theirs)


def _happened(before: Question, progress: Progress, now: int) -> list[Fact]:
    """One that still waited waits no longer, or for somebody else."""
    if before.asker == progress.person and not before.withdrawn:
        closed = [_fact(QuestionClosed, before, progress, now)] if before.unanswered else []
        return [*closed, forgotten(before, progress.actor, "person", now)]
    theirs = before.state is State.CLAIMED and before.assignee == progress.person
    return [_fact(QuestionReleased, before, progress, now)] if theirs else []


def _fact(kind: type[Fact], question: Question, progress: Progress, now: int) -> Fact:
    return kind(at=now, actor=progress.actor, room_id=question.room_id, space=question.space, number=question.number)


def _wipe(questions: list[Question], around: Circumstances) -> tuple[Effect, ...]:
    """What others answered stays theirs."""
    for question in questions:
        if not question.withdrawn:
            around.tx.questions.save(lifecycle.forget(question, FORGOTTEN, around.now))
    return strip(questions, around)


def _noted(progress: Progress, share: Share, around: Circumstances) -> tuple[Effect, ...]:
    edits: list[Effect] = []
    for event_id in share.noted:
        note = around.tx.notes.get(event_id)
        question = around.tx.questions.get(note.number) if note else None
        if note is not None and question is not None:
            edits += unsaid(note, progress.pseudonym, question.space, around)
    return tuple(edits)


def _without(question: Question, progress: Progress) -> Question:
    """With nobody in their place, or with somebody who has no name."""
    person, pseudonym = progress.person, progress.pseudonym
    if question.asker == person:
        question = replace(question, asker=pseudonym)
    if question.assignee == person:
        waits = question.unanswered
        state = State.OPEN if waits else question.state
        question = replace(question, assignee=None if waits else pseudonym, state=state)
    return replace(question, directed_to=tuple(who for who in question.directed_to if who != person))


def _answered(progress: Progress, share: Share, around: Circumstances) -> int:
    found = around.tx.questions.discussions(share.answered) if share.answered else {}
    theirs = [answer for one in found.values() for answer in one.answers if answer.author == progress.person]
    for answer in theirs:
        around.tx.questions.save_answer(replace(answer, text="", author=progress.pseudonym))
    return len(theirs)


def _edits(numbers: set[int], around: Circumstances) -> tuple[Effect, ...]:
    """Cards name who asked, who is to answer, and whose answer is accepted. Facts see to those of their questions."""
    questions = around.tx.questions.several(sorted(numbers))
    return tuple(EditCard(room_id=question.room_id, number=number) for number, question in questions.items())


def _rest(progress: Progress, around: Circumstances) -> tuple[Done, Progress | None]:
    """What belongs to no question; and it is done."""
    tx, person = around.tx, progress.person
    tx.interests.forget(person)
    tx.rights.drop(person, progress.pseudonym, progress.asked_at)
    known = tx.persons.get(person)
    themselves = progress.actor == person
    tx.persons.save(Person(person, known.language if themselves else None, known.direct_room))
    tx.rights.erased()
    told = (Inform(person=person, key="forget-done", arguments={"held": progress.held}, for_staff=False),)
    fact = PersonForgotten(
        at=around.now,
        actor=progress.actor,
        room_id="",
        space="",
        person=person,
        questions=progress.questions,
        answers=progress.answers,
        held=progress.held,
    )
    return Done((fact,), told if themselves else ()), replace(progress, told=True) if themselves else None


def _farewell(progress: Progress, around: Circumstances) -> Done:
    known = around.tx.persons.get(progress.person)
    around.tx.persons.save(replace(known, language=None))
    return Done()
