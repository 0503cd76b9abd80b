"""Writing down what was decided outside of the inbox: facts, what follows from them, effects."""

from bridge.workflow.circumstances import Circumstances
from bridge.workflow.consequences import followed
from bridge.workflow.desk import Done


def enact(done: Done, name: str, around: Circumstances) -> None:
    """`name` is this decision's alone: the ids of its effects begin with it."""
    all_of_it = followed(done, around)
    for fact in all_of_it.facts:
        around.tx.facts.add(fact)
    for index, effect in enumerate(all_of_it.effects):
        around.tx.outbox.add(f"{name}.{index}", effect, around.now)
