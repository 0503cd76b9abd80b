"""Rules with `unanswered_for`: looked at when a question has waited so long, once at each such time.

One timer a question, set to the next of these times. When rules or calendars change, the unanswered questions are gone
through, a few at a time: what has its time behind it by then is let be, so that no new rule calls for all of the past.
"""

import hashlib
from dataclasses import dataclass

from bridge.domain.calendar import ALWAYS, Calendar
from bridge.domain.facts import Fact, QuestionAsked, QuestionReopened
from bridge.domain.questions import Question
from bridge.domain.queue_facts import RuleMatched
from bridge.domain.rules import after_waiting, waits
from bridge.domain.until import LATEST
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, Policy
from bridge.workflow.effects import Effect
from bridge.workflow.ruling import carried_out, judged
from bridge.workflow.timers import Timer

OVERDUE, SWEEP = "overdue", "overdue_sweep"
AT_ONCE = 50
"""How many questions are gone through in one transaction after a change of rules."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Since when a question waits; the waiting time that was looked at last, and the one that is next (0: none).

    All in milliseconds, the latter two of business time.
    """

    since: int
    done: int = 0
    next: int = 0

    def __str__(self) -> str:
        return f"{self.since} {self.done} {self.next}"


def start_waiting(fact: QuestionAsked | QuestionReopened, question: Question, around: Circumstances) -> Done:
    """From now on it waits."""
    _watch(question, Wait(fact.at), around)
    return Done()


def stop_waiting(_fact: Fact, question: Question, around: Circumstances) -> Done:
    """It waits no longer, if it is settled."""
    if not question.unanswered and waits(around.policy.rules, question.space):
        around.tx.timers.drop(_name(question.number))
    return Done()


def ring(timer: Timer, around: Circumstances) -> Done:
    """A waiting time has come, or several while nobody listened: each is looked at, in order."""
    question, wait = around.tx.questions.get(timer.number), _wait_of(timer)
    if question is None or not question.unanswered:
        return Done()
    waited = _calendar(question, around).business_time(wait.since, around.now)
    facts, effects = list[Fact](), list[Effect]()
    for time in waits(around.policy.rules, question.space):
        if wait.done < time <= waited:
            done = _look(time, question.number, wait, around)
            facts += done.facts
            effects += done.effects
    _watch(question, Wait(wait.since, max(wait.done, waited)), around)
    return Done(tuple(facts), tuple(effects))


def _look(time: int, number: int, wait: Wait, around: Circumstances) -> Done:
    question = around.tx.questions.get(number)
    if question is None:
        return Done()
    matched = around.tx.facts.of(number, RuleMatched)
    before = frozenset(fact.rule for fact in matched if fact.at >= wait.since)
    verdict = judged(after_waiting(around.policy.rules, time), question, around, waited=time, before=before)
    return carried_out(verdict, question, around)


def _watch(question: Question, wait: Wait, around: Circumstances) -> None:
    """Set the timer to the next waiting time behind the one that was looked at last."""
    following = next((time for time in waits(around.policy.rules, question.space) if time > wait.done), None)
    due = LATEST if following is None else _calendar(question, around).later(wait.since, following)
    if following is not None and due < LATEST:
        data = str(Wait(wait.since, wait.done, following))
        around.tx.timers.set(Timer(_name(question.number), OVERDUE, due, question.number, data=data))


def _name(number: int) -> str:
    return f"{OVERDUE} {number}"


def _wait_of(timer: Timer) -> Wait:
    since, done, following = map(int, timer.data.split())
    return Wait(since, done, following)


def _calendar(question: Question, around: Circumstances) -> Calendar:
    space = around.policy.spaces.get(question.space)
    return space.calendar if space else ALWAYS


# --- after a change of the config ----------------------------------------------------------------------------------


def take_over(around: Circumstances) -> None:
    """At the start and with a new config: see to it that timers are as rules and calendars are now."""
    before, mark = around.tx.timers.get(SWEEP), _mark(around.policy)
    if (before.target if before else _mark_of_none()) != mark:
        around.tx.timers.set(Timer(SWEEP, SWEEP, around.now, target=mark, data="-1 0"))


def sweep(timer: Timer, around: Circumstances) -> Done:
    """A few questions; the timer stays when all are done, and says for which rules that was."""
    asked_at, number = map(int, timer.data.split())
    found = around.tx.rotations.unanswered_after(asked_at, number, AT_ONCE)
    for question in around.tx.questions.several([number for _, number in found]).values():
        _set_anew(question, around)
    over = len(found) < AT_ONCE
    asked_at, number = (0, 0) if over else found[-1]
    due = LATEST if over else around.now
    around.tx.timers.set(Timer(SWEEP, SWEEP, due, target=timer.target, data=f"{asked_at} {number}"))
    return Done()


def _set_anew(question: Question, around: Circumstances) -> None:
    timer = around.tx.timers.get(_name(question.number))
    if timer and timer.due_at <= around.now:
        return
    wait = _wait_of(timer) if timer else Wait(_since(question, around))
    waited = _calendar(question, around).business_time(wait.since, around.now)
    if timer:
        around.tx.timers.drop(timer.name)
        waited = min(waited, wait.next - 1)
    _watch(question, Wait(wait.since, max(wait.done, waited)), around)


def _since(question: Question, around: Circumstances) -> int:
    """When it was asked, or opened again."""
    facts = around.tx.facts
    told = [*facts.of(question.number, QuestionAsked), *facts.of(question.number, QuestionReopened)]
    return max((fact.at for fact in told), default=question.created_at)


def _mark(policy: Policy) -> str:
    """Of all that the timers depend on."""
    timed = [(name, tuple(waits(policy.rules, name)), space.calendar) for name, space in sorted(policy.spaces.items())]
    seen = [(name, times, repr(calendar)) for name, times, calendar in timed if times]
    return hashlib.blake2s(repr(seen).encode(), digest_size=12).hexdigest()


def _mark_of_none() -> str:
    return hashlib.blake2s(b"[]", digest_size=12).hexdigest()
