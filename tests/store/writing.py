"""A process that writes until it is killed: `python -m tests.store.writing URL`. Prints each number once committed."""

import sys

from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Role
from tests.store.samples import NOW, ask, sign


def write_one(tx: StoreTransaction) -> int:
    asked = ask(tx)
    tx.questions.track(asked.event_id, asked.number, Role.QUESTION)
    tx.outbox.add(f"card:{asked.event_id}", sign(asked.event_id), NOW)
    return asked.number


def main(url: str) -> None:
    database = Database.open(url)
    while True:
        print(database.write_now(write_one), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
