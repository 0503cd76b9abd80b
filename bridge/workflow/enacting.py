"""Writing down what was decided outside of the inbox: facts, what follows from them, effects."""

from bridge.workflow.consequences import consequences
from bridge.workflow.desk import Done
from bridge.workflow.storage import Transaction


def enact(done: Done, name: str, tx: Transaction, now: int) -> None:
    """`name` is this decision's alone: the ids of its effects begin with it."""
    for fact in done.facts:
        tx.facts.add(fact)
    followed = [effect for fact in done.facts for effect in consequences(fact, tx)]
    for index, effect in enumerate((*followed, *done.effects)):
        tx.outbox.add(f"{name}.{index}", effect, now)
