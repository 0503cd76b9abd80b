"""Whoever is to answer and stays silent is reminded, once; then the question is open again and the next is asked.

One timer a question, set anew with each assignment. Whether it still means anything is asked when it rings.
"""

from dataclasses import replace

from bridge.domain import lifecycle
from bridge.domain.facts import AnswerGiven, Fact
from bridge.domain.questions import Question
from bridge.domain.queue_facts import AssigneeReminded, QuestionNoted, QuestionReturned
from bridge.domain.spaces import Space
from bridge.workflow.assigning import assign, may_take
from bridge.workflow.choosing import line_of, next_in_line
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done
from bridge.workflow.fallback import nobody_free
from bridge.workflow.notices import tell
from bridge.workflow.storage import Transaction
from bridge.workflow.telling import by_bot
from bridge.workflow.timers import Timer

REMIND, RETURN = "remind_assignee", "return_question"


def watch(_fact: Fact, question: Question, around: Circumstances) -> Done:
    """Somebody has been named, by whomever: from now on their silence counts."""
    space = around.policy.spaces.get(question.space)
    if question.assignee is None or not question.unanswered or space is None:
        return Done()
    patience = space.assignment
    first = patience.remind_after or patience.return_after
    if first is not None:
        kind = REMIND if patience.remind_after else RETURN
        around.tx.timers.set(_timer(question, kind, space.calendar.later(around.now, first)))
    return Done()


def _timer(question: Question, kind: str, due_at: int) -> Timer:
    return Timer(_name(question), kind, due_at, question.number, question.assignee or "")


def _name(question: Question) -> str:
    return f"silence {question.number}"


def heard_from(fact: AnswerGiven | QuestionNoted, question: Question, around: Circumstances) -> Done:
    if fact.actor == question.assignee:
        heard(question, around.tx)
    return Done()


def heard(question: Question, tx: Transaction) -> None:
    """The assignee said something: they are silent no more."""
    tx.timers.drop(_name(question))


def remind(timer: Timer, around: Circumstances) -> Done:
    question, space = _still_silent(timer, around)
    if question is None or space is None:
        return Done()
    patience = space.assignment
    if patience.return_after is not None:
        # From the reminder on, however late that is: whoever was told only now gets the rest of the time.
        rest = max(patience.return_after - (patience.remind_after or 0), 1)
        around.tx.timers.set(_timer(question, RETURN, space.calendar.later(around.now, rest)))
    person = timer.target
    if around.tx.persons.get(person).profile.away(around.now) or not may_take(person, question, around):
        return Done()
    tell(person, question.number, "told-reminded", around, named=True)
    return Done((by_bot(AssigneeReminded, question, around, person=person),))


def give_back(timer: Timer, around: Circumstances) -> Done:
    question, space = _still_silent(timer, around)
    if question is None or space is None:
        return Done()
    tx, me = around.tx, around.policy.setting.me
    silent = {fact.person for fact in tx.facts.of(question.number, QuestionReturned)} | {timer.target}
    following, line = next_in_line(question, around, frozenset(silent)), line_of(question, around)
    tx.questions.save(lifecycle.returned(question))
    fact = by_bot(QuestionReturned, question, around, person=timer.target)
    if following is None:
        told = nobody_free(line.team, question, around, without=frozenset(silent)) if line else Done()
        return Done((fact, *told.facts))
    assigned = assign(lifecycle.returned(question), following, around, actor=me)
    return replace(assigned, facts=(fact, *assigned.facts))


def _still_silent(timer: Timer, around: Circumstances) -> tuple[Question | None, Space | None]:
    """The question, if the one whose silence the timer is about is still to answer it, and the space still asks."""
    question = around.tx.questions.get(timer.number)
    if question is None or not question.unanswered or question.assignee != timer.target:
        return None, None
    space = around.policy.spaces.get(question.space)
    asks = space is not None and (space.assignment.remind_after or space.assignment.return_after)
    return (question, space) if asks else (None, None)
