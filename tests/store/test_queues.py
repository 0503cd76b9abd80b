"""Inbox and outbox: order within lanes, waiting, parking, settling, forgetting."""

from collections.abc import Sequence
from types import MappingProxyType

import pytest

from bridge.store.database import Database, Depths
from bridge.store.transaction import StoreTransaction
from bridge.store.upkeep import KEEP_MS, StoreUpkeep
from bridge.workflow.effects import Effect, Inform, Reply, ShowList, Tell, from_payload, to_payload
from bridge.workflow.records import Delivery, OutboxRow, Pending
from tests.store.samples import ANN, BOB, NOW, ROOM, sign


def accept(db: Database, *events: tuple[str, str], at: int = NOW) -> None:
    rows = [(event_id, room, at, f'{{"event_id":"{event_id}"}}', "new", 0, 0) for event_id, room in events]
    db.write_now(lambda tx: tx.inbox.accept(rows))


def send(db: Database, *effects: tuple[str, str], at: int = NOW) -> None:
    def add(tx: StoreTransaction) -> None:
        for effect_id, room in effects:
            tx.outbox.add(effect_id, sign(room_id=room), at)

    db.write_now(add)


def incoming(db: Database, now: int = NOW, limit: int = 100) -> list[Pending]:
    return db.write_now(lambda tx: tx.inbox.pending(now, limit))


def outgoing(db: Database, now: int = NOW, limit: int = 500, busy: Sequence[int] = ()) -> list[OutboxRow]:
    return db.write_now(lambda tx: tx.outbox.pending(now, limit, busy))


def ids(rows: Sequence[OutboxRow]) -> list[str]:
    return [row.effect_id for row in rows]


def test_events_wait_oldest_first_until_they_are_done(db: Database) -> None:
    accept(db, ("$b", "!x"), ("$a", "!y"), ("$c", "!x"))
    rows = incoming(db)
    assert [(r.event_id, r.room_id, r.event, r.received_at, r.tries) for r in rows] == [
        ("$b", "!x", {"event_id": "$b"}, NOW, 0),
        ("$a", "!y", {"event_id": "$a"}, NOW, 0),
        ("$c", "!x", {"event_id": "$c"}, NOW, 0),
    ]
    assert incoming(db, limit=2) == rows[:2]
    db.write_now(lambda tx: tx.inbox.done(rows[:1]))
    assert incoming(db) == rows[1:]
    accept(db, ("$b", "!x"))
    assert incoming(db) == rows[1:]


def test_a_room_waits_with_its_first_row(db: Database) -> None:
    accept(db, ("$1", "!x"), ("$2", "!x"), ("$3", "!y"))
    first = incoming(db)[0]
    db.write_now(lambda tx: tx.inbox.retry(first, NOW + 10))
    assert [r.event_id for r in incoming(db)] == ["$3"]
    assert [(r.event_id, r.tries) for r in incoming(db, NOW + 10)] == [("$1", 1), ("$2", 0), ("$3", 0)]


def test_a_parked_row_lets_the_room_go_on_and_may_be_forgotten(db: Database) -> None:
    accept(db, ("$1", "!x"), ("$2", "!x"))
    first = incoming(db)[0]
    db.write_now(lambda tx: tx.inbox.park(first, "ref-1"))
    assert [r.event_id for r in incoming(db)] == ["$2"]

    def payloads(tx: StoreTransaction) -> list[tuple[str, str, bool]]:
        found = tx.inbox._session.run("SELECT event_id, state, payload IS NULL FROM inbox ORDER BY seq", ())
        return [(event_id, state, bool(gone)) for event_id, state, gone in found.fetchall()]

    def forget(tx: StoreTransaction) -> None:
        for event_id in ("$1", "$2", "$unknown"):
            tx.inbox.forget(event_id)

    assert db.read_now(payloads) == [("$1", "parked", False), ("$2", "new", False)]
    db.write_now(forget)
    assert db.read_now(payloads) == [("$1", "done", True), ("$2", "done", True)]
    assert incoming(db) == []


@pytest.mark.parametrize(
    "effect",
    [
        sign(),
        Tell(person=ANN, told=((3, "told", {"who": BOB, "count": 2}), (4, "told", {}))),
        Reply(room_id=ROOM, reader=ANN, reply_to="$q", key="done", arguments={"n": 1}, mentions=(BOB,), about=4),
        ShowList(
            room_id=ROOM,
            reader=ANN,
            reply_to=None,
            heading="all",
            wanted="is:open tag:vpn",
            involves=ANN,
            thread_root="$t",
        ),
    ],
)
def test_an_effect_comes_back_as_it_went_in(db: Database, effect: Effect) -> None:
    db.write_now(lambda tx: tx.outbox.add("e1", effect, NOW))
    [row] = outgoing(db)
    assert (row.effect_id, row.lane, row.kind, row.created_at, row.tries) == ("e1", effect.lane, effect.kind, NOW, 0)
    assert from_payload(row.kind, row.payload) == effect
    assert from_payload(row.kind, row.payload) == from_payload(effect.kind, to_payload(effect))


def test_arguments_may_be_any_mapping(db: Database) -> None:
    told = Inform(person=ANN, key="told", arguments=MappingProxyType({"who": BOB}))
    db.write_now(lambda tx: tx.outbox.add("e1", told, NOW))
    assert outgoing(db)[0].payload["arguments"] == {"who": BOB}


def test_the_same_effect_is_added_once(db: Database) -> None:
    send(db, ("e1", "!x"), ("e1", "!x"))
    send(db, ("e1", "!y"), ("e2", "!y"))
    assert [(r.effect_id, r.lane) for r in outgoing(db)] == [("e1", "!x"), ("e2", "!y")]


def test_what_is_delivered_is_gone_and_is_not_added_again(db: Database) -> None:
    send(db, ("e1", "!x"), ("e2", "!x"))
    rows = outgoing(db)
    deliveries = [Delivery(rows[0].seq, "e1", "$sent"), Delivery(rows[1].seq, "e2", None)]
    db.write_now(lambda tx: tx.outbox.delivered(deliveries))
    send(db, ("e1", "!x"))
    assert outgoing(db) == []


def test_lanes_wait_one_by_one(db: Database) -> None:
    send(db, ("x1", "!x"), ("x2", "!x"), ("y1", "!y"), ("z1", "!z"), ("z2", "!z"))
    rows = {r.effect_id: r for r in outgoing(db)}
    db.write_now(lambda tx: tx.outbox.retry(rows["x1"], NOW + 5))
    assert ids(outgoing(db)) == ["y1", "z1", "z2"]
    assert ids(outgoing(db, busy=[rows["z1"].seq])) == ["y1"]
    assert ids(outgoing(db, limit=1, busy=[rows["z1"].seq])) == ["y1"]
    assert ids(outgoing(db, now=NOW + 5, limit=3)) == ["x1", "x2", "y1"]


def test_a_waiting_row_behind_a_free_one_does_not_hold_it_back(db: Database) -> None:
    send(db, ("x1", "!x"), ("x2", "!x"), ("x3", "!x"))
    rows = outgoing(db)
    db.write_now(lambda tx: tx.outbox.retry(rows[1], NOW + 5))
    assert ids(outgoing(db)) == ["x1"]


def test_clogged_lanes_in_front_do_not_hide_the_free_ones(db: Database) -> None:
    send(db, *((f"x{n}", "!x") for n in range(40)), *((f"y{n}", "!y") for n in range(40)), ("a1", "!a"), ("b1", "!b"))
    rows = {r.effect_id: r for r in outgoing(db)}
    db.write_now(lambda tx: tx.outbox.retry(rows["x0"], NOW + 5))
    db.write_now(lambda tx: tx.outbox.retry(rows["a1"], NOW + 5))
    assert ids(outgoing(db, limit=10)) == ["y0", "b1"]
    assert ids(outgoing(db, limit=10, busy=[rows["y0"].seq])) == ["b1"]
    assert ids(outgoing(db, limit=1)) == ["y0"]
    assert ids(outgoing(db, limit=1, now=NOW + 5)) == ["x0"]


def test_looking_into_a_long_queue_stays_cheap(sqlite_url: str) -> None:
    """100,000 rows in a lane that waits, and something free behind them: far less work than to walk over them."""
    database = Database.open(sqlite_url)

    def fill(tx: StoreTransaction) -> None:
        for n in range(100_000):
            tx.outbox.add(f"x{n}", sign(room_id="!x"), NOW)
        tx.outbox.add("free", sign(room_id="!free"), NOW)

    database.write_now(fill)
    [first] = outgoing(database, limit=1)
    database.write_now(lambda tx: tx.outbox.retry(first, NOW + 5))
    steps = 0

    def count(tx: StoreTransaction) -> list[OutboxRow]:
        def step() -> None:
            nonlocal steps
            steps += 1

        driver = tx.inbox._session.conn.connection.dbapi_connection
        assert driver is not None
        driver.set_progress_handler(step, 100)
        found = tx.outbox.pending(NOW, 10)
        driver.set_progress_handler(None, 0)
        return found

    assert ids(database.write_now(count)) == ["free"]
    assert steps * 100 < 20_000
    database.close()


def test_an_echo_settles_what_is_pending_and_only_that(db: Database) -> None:
    send(db, ("e1", "!x"), ("e2", "!x"))

    def settle(tx: StoreTransaction) -> OutboxRow | None:
        row = tx.outbox.settle("e1", "$echo")
        if row is not None:
            tx.outbox.delivered([Delivery(row.seq, row.effect_id, "$echo")])
            assert tx.outbox.settle("e1", "$echo") is None
        return row

    found = db.write_now(settle)
    assert found is not None
    assert found.effect_id == "e1"
    before = db.statements
    assert db.write_now(settle) is None
    assert db.write_now(lambda tx: tx.outbox.settle("unknown", "$echo")) is None
    assert db.statements == before
    assert ids(outgoing(db)) == ["e2"]


def test_an_effect_may_be_settled_in_the_transaction_that_added_it_and_after_a_restart(url: str) -> None:
    def add(tx: StoreTransaction) -> OutboxRow | None:
        tx.outbox.add("e1", sign(), NOW)
        return tx.outbox.settle("e1", "$echo")

    first = Database.open(url)
    assert first.write_now(add) is not None
    first.close()
    again = Database.open(url)
    assert again.write_now(lambda tx: tx.outbox.settle("e1", "$echo")) is not None
    again.close()


def test_a_parked_effect_lets_its_lane_go_on(db: Database) -> None:
    send(db, ("e1", "!x"), ("e2", "!x"))
    first = outgoing(db)[0]
    db.write_now(lambda tx: tx.outbox.park(first, "M_FORBIDDEN: no \0"))
    assert ids(outgoing(db)) == ["e2"]
    assert db.write_now(lambda tx: tx.outbox.settle("e1", "$echo")) is None


async def test_depths_tell_how_many_wait_since_when(db: Database) -> None:
    assert db.depths() == Depths(0, None, 0, None)
    accept(db, ("$1", "!x"), at=NOW)
    accept(db, ("$2", "!x"), ("$3", "!x"), at=NOW + 5)
    send(db, ("e1", "!x"), at=NOW + 7)
    db.write_now(lambda tx: tx.inbox.done(tx.inbox.pending(NOW, 1)))
    assert db.depths() == Depths(2, NOW + 5, 1, NOW + 7)
    upkeep = StoreUpkeep(db)
    assert await upkeep.depth("inbox") == (2, NOW + 5)
    assert await upkeep.depth("outbox") == (1, NOW + 7)


async def test_only_what_is_settled_and_old_is_forgotten_in_slices(db: Database) -> None:
    accept(db, *((f"$old{n}", "!x") for n in range(5)), at=NOW)
    accept(db, ("$parked", "!x"), ("$waiting", "!x"), at=NOW)
    accept(db, ("$new", "!x"), at=NOW + 100)
    rows = {r.event_id: r for r in incoming(db)}
    db.write_now(lambda tx: tx.inbox.park(rows.pop("$parked"), "ref"))
    rows.pop("$waiting")
    db.write_now(lambda tx: tx.inbox.done(rows.values()))
    send(db, ("e1", "!x"), ("e2", "!x"), at=NOW)
    first = outgoing(db)[0]
    db.write_now(lambda tx: tx.outbox.delivered([Delivery(first.seq, "e1", "$sent")]))
    db.write_now(lambda tx: tx.inbox.remember_transaction("txn", NOW))
    then = NOW + KEEP_MS
    assert await StoreUpkeep(db).prune(then, 3) == 0
    assert await StoreUpkeep(db).prune(then + 50, 3) == 3
    assert await StoreUpkeep(db).prune(then + 50, 3) == 2
    assert await StoreUpkeep(db).prune(then + 50, 3) == 0

    def left(tx: StoreTransaction) -> list[str]:
        found = tx.inbox._session.run("SELECT event_id FROM inbox ORDER BY seq", ()).fetchall()
        return [event_id for (event_id,) in found]

    assert db.read_now(left) == ["$parked", "$waiting", "$new"]
    assert db.read_now(lambda tx: tx.inbox.has_transaction("txn")) is False
    assert ids(outgoing(db)) == ["e2"]


def test_a_hundred_questions_worth_of_rows_cost_few_statements(db: Database) -> None:
    send(db, *((f"e{n}", f"!{n % 7}") for n in range(100)))
    before = db.statements
    rows = outgoing(db)
    db.write_now(lambda tx: tx.outbox.delivered([Delivery(r.seq, r.effect_id, f"$s{r.seq}") for r in rows]))
    assert db.statements - before == 2
