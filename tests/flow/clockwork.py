"""A process in which nothing happens but time, a hundred thousand times as fast: `python -m tests.flow.clockwork`.

Arguments: the database's URL, when it all began (seconds), and the time (milliseconds) at which it ends by itself.
"""

import sys
import time
from dataclasses import replace

from bridge.domain.rules import Actions, Conditions, Rule
from bridge.domain.spaces import Assignment, Level, Space
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.ringing import ring
from tests.flow.pocket import EPOCH, POLICY

HOUR = 3_600_000
DAY = 24 * HOUR
FASTER = 100_000
ESCALATING = Rule("forgotten", Conditions(unanswered_for=30 * HOUR), Actions(escalate=True))
CLOCKWORK = replace(
    POLICY,
    spaces={"helpdesk": Space("helpdesk", Level.INTERNAL, assignment=Assignment(4 * HOUR, 8 * HOUR))},
    rules=(ESCALATING,),
)


def fake_time(began: float) -> int:
    """Milliseconds; goes on while nobody is there."""
    return EPOCH + int((time.time() - began) * 1000 * FASTER)


def main(url: str, began: float, end: int) -> None:
    database = Database.open(url)
    sys.stdout.write("going\n")
    sys.stdout.flush()
    while (now := fake_time(began)) < end:
        database.write_now(lambda tx, now=now: _hear(tx, now))  # type: ignore[misc]
        time.sleep(0.002)
    database.close()


def _hear(tx: StoreTransaction, now: int) -> None:
    """As `workers.timekeeper` does it."""
    for timer in tx.timers.due(now, 3):
        ring(timer, Circumstances(tx, CLOCKWORK, now))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
