"""!priority: what goes before, and what can wait."""

from dataclasses import dataclass

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.grammar import Problem
from bridge.chat.intents import Intent, Ref
from bridge.domain import lifecycle
from bridge.domain.questions import Priority
from bridge.domain.queue_facts import QuestionPrioritized
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.desk import Desk, Outcome
from bridge.workflow.telling import about

IN_OTHER_WORDS = {
    Priority.LOW: ("niedrig", "basse", "faible", "laag", "низкий", "низкая"),
    Priority.NORMAL: ("normale", "normaal", "обычный", "обычная"),
    Priority.HIGH: ("hoch", "haute", "élevée", "hoog", "высокий", "высокая"),
    Priority.URGENT: ("dringend", "urgente", "срочно", "срочный"),
}
_MEANT = {word: priority for priority, words in IN_OTHER_WORDS.items() for word in (priority.value, *words)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritize(Intent):
    """How urgent it is."""

    ref: Ref
    priority: Priority


def build(invocation: Invocation) -> Prioritize | Problem:
    priority = _MEANT.get(invocation.rest.lower())
    if priority is None:
        return Problem("usage-priority" if invocation.rest else "usage", {"word": invocation.rest[:64]})
    return Prioritize(origin=invocation.said.origin, ref=invocation.ref, priority=priority)


def prioritize(intent: Prioritize, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    changed = question if isinstance(question, Refused) else lifecycle.prioritize(question, intent.priority)
    if isinstance(changed, Refused):
        return changed
    desk.tx.questions.save(changed)
    return desk.done(changed, about(QuestionPrioritized, changed, desk, priority=changed.priority.value))


COMMAND = Command(
    name="priority",
    group=Group.WORK,
    arguments=(Argument.QUESTION, Argument.PRIORITY),
    examples=("priority high", "priority 42 urgent"),
    build=build,
    intent=Prioritize,
    handle=prioritize,
    users=Users.HELPERS,
)
