"""What the store costs a question, accepted, handled and delivered in batches: `python -m bench.store`, see --help."""

import argparse
import asyncio
import cProfile
import hashlib
import pstats
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench.bots import WAYS, Way
from bridge.domain.facts import QuestionAsked
from bridge.domain.questions import Question
from bridge.store.database import Database
from bridge.store.inbox import StoreIntake
from bridge.store.transaction import StoreTransaction
from bridge.workflow.effects import PostCard
from bridge.workflow.ports import Batch, JsonObject
from bridge.workflow.records import Delivery, Pending, Role, Room

NOW = 1_800_000_000_000


def event(n: int) -> JsonObject:
    return {
        "type": "m.room.message",
        "event_id": f"${hashlib.sha256(str(n).encode()).hexdigest()[:43]}",
        "room_id": f"!room{n % 20}:bench.example",
        "sender": f"@person{n % 50}:bench.example",
        "origin_server_ts": NOW,
        "content": {"msgtype": "m.text", "body": f"!ask How do I reach printer {n} from the second floor? #printer"},
        "unsigned": {"age": 12},
    }


def handle(tx: StoreTransaction) -> int:
    rows = tx.inbox.pending(NOW)
    tx.questions.prefetch([row.event_id for row in rows], [])
    for row in rows:
        ask(row, tx)
    tx.inbox.done(rows)
    return len(rows)


def ask(row: Pending, tx: StoreTransaction) -> None:
    number, room_id, asker = tx.questions.next_number(), row.room_id, row.event["sender"]
    tx.rooms.get(room_id)
    tx.persons.get(asker)
    question = Question(
        number=number,
        space="bench",
        room_id=room_id,
        event_id=row.event_id,
        thread_root=row.event_id,
        asker=asker,
        text=row.event["content"]["body"],
        created_at=NOW,
        tags=("printer",),
    )
    tx.questions.add(question)
    tx.questions.track(row.event_id, number, Role.QUESTION)
    tx.facts.add(QuestionAsked(at=NOW, actor=asker, number=number, asker=asker, space="bench", room_id=room_id))
    tx.outbox.add(f"{row.event_id}:card", PostCard(room_id=room_id, number=number), NOW)


def deliver(tx: StoreTransaction) -> int:
    rows = tx.outbox.pending(NOW)
    numbers = [row.payload["number"] for row in rows]
    questions = tx.questions.several(numbers)
    deliveries = []
    for row, number in zip(rows, numbers, strict=True):
        card = f"$card{questions[number].event_id[1:]}"
        tx.outbox.card_shown(number, card, "0123456789abcdef")
        tx.questions.track(card, number, Role.CARD)
        deliveries.append(Delivery(row.seq, row.effect_id, card))
    tx.outbox.delivered(deliveries)
    return len(rows)


async def busy_loop(stop: asyncio.Event) -> None:
    """An event loop that always has something to do."""
    while not stop.is_set():
        sum(range(2000))
        await asyncio.sleep(0)


def prepare(size: int, count: int, source: Way, start: int) -> list[Batch]:
    firsts = range(start, start + size * count, size)
    return [Batch(source, [event(i) for i in range(f, f + size)], f"txn{source}{f}") for f in firsts]


async def rounds(db: Database, batches: list[Batch]) -> list[float]:
    intake = StoreIntake(db, lambda _event: True, lambda: None)
    took = []
    for batch in batches:
        size = len(batch.events)
        began = time.perf_counter()
        await intake.accept(batch)
        handled = await db.write(handle)
        delivered = await db.write(deliver)
        took.append(time.perf_counter() - began)
        if (handled, delivered) != (size, size):
            raise RuntimeError(f"handled {handled}, delivered {delivered} of {size}")
    return took


def rooms(tx: StoreTransaction) -> None:
    for n in range(20):
        tx.rooms.save(replace(Room(f"!room{n}:bench.example"), space="bench", joined=True))


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def measure(db: Database, size: int, count: int, source: Way, start: int, busy: bool) -> None:
    stop = asyncio.Event()
    load = asyncio.create_task(busy_loop(stop)) if busy else None
    await rounds(db, prepare(size, 2, source, start))
    batches = prepare(size, count, source, start + 2 * size)
    before, statements = cpu(), db.statements
    took = await rounds(db, batches)
    used = cpu() - before
    stop.set()
    if load is not None:
        await load
    wall = [t * 1000 for t in took]
    sys.stdout.write(
        f"{source} size {size:4}: cpu {used * 1000 / (size * count):.4f} ms a question, "
        f"wall a round p50 {statistics.median(wall):.2f} p99 {sorted(wall)[int(len(wall) * 0.99)]:.2f} ms, "
        f"{(db.statements - statements) / count:.1f} statements a round\n"
    )


async def measure_all(db: Database, busy: bool) -> None:
    start = 0
    for source in WAYS:
        for size, count in ((1, 300), (10, 100), (100, 50)):
            await measure(db, size, count, source, start, busy)
            start += size * (count + 2)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench store", description="The store alone.")
    parser.add_argument("--url", help="another database than a fresh SQLite file")
    parser.add_argument("--busy", action="store_true", help="with an event loop that never rests beside it")
    parser.add_argument("--profile", type=int, metavar="SIZE", help="the writer's thread at batches of this size")
    return parser.parse_args()


def profile(database: Database, size: int) -> None:
    found = cProfile.Profile()
    database._writer.submit(found.enable).result()
    asyncio.run(rounds(database, prepare(size, 5000 // size, "sync", 0)))
    database._writer.submit(found.disable).result()
    pstats.Stats(found).sort_stats("tottime").print_stats(35)


def main() -> None:
    given = options()
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(given.url or f"sqlite:///{Path(folder) / 'bench.db'}")
        try:
            database.write_now(rooms)
            if given.profile:
                profile(database, given.profile)
            else:
                asyncio.run(measure_all(database, given.busy))
        finally:
            database.close()


if __name__ == "__main__":
    main()
