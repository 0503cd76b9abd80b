"""What grows with encryption is forgotten once it is of no use; what strangers make us keep is bounded."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bridge.store import keys_of_device, keys_of_rooms
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.store.upkeep import KEEP_MS, UNREAD_MS, StoreUpkeep
from bridge.workflow.encryption.records import Device, KeyRequest, OlmPickle, OwnRoomSession, RoomKey, Source
from bridge.workflow.records import Room
from tests.store.samples import ANN, BOB, DAY, NOW, ROOM

SLICE = 3


def key(session_id: str, room_id: str = ROOM, at: int = NOW, *, homeless: bool = False) -> RoomKey:
    return RoomKey(
        room_id, session_id, "curve", "ed", ANN, "pickle", 0, Source.ROOM_KEY, added_at=at, homeless=homeless
    )


def save(db: Database, *keys: RoomKey) -> None:
    def work(tx: StoreTransaction) -> None:
        for each in keys:
            tx.keys.save_room_key(each)

    db.write_now(work)


async def pruned(db: Database, now: int) -> list[int]:
    """How much went in each slice."""
    slices = [await StoreUpkeep(db).prune(now, SLICE)]
    while slices[-1] >= SLICE:
        slices.append(await StoreUpkeep(db).prune(now, SLICE))
    return slices


def sees(session_id: str, index: int, event_id: str, at: int) -> Callable[[StoreTransaction], bool]:
    return lambda tx: tx.keys.first_seen(session_id, index, event_id, at)


def count(db: Database, table: str) -> int:
    with db.snapshot() as conn:
        return int(conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


async def test_what_was_seen_long_ago_cannot_be_replayed_once_it_is_forgotten(url: str) -> None:
    db = Database.open(url)
    save(db, key("S"), key("T"))
    for index in range(4):
        assert db.write_now(sees("S", index, f"${index}", NOW + index))
    assert db.write_now(sees("S", 8, "$8", NOW + DAY))
    assert db.write_now(sees("T", 5, "$t5", NOW + DAY))
    assert await pruned(db, NOW + KEEP_MS + 4) == [3, 1]
    assert count(db, "seen_messages") == 2
    db.close()
    db = Database.open(url)
    for index in range(4):
        assert not db.write_now(sees("S", index, "$other", NOW + 2 * DAY))
    assert not db.write_now(sees("S", 8, "$other", NOW + 2 * DAY))
    assert db.write_now(sees("S", 8, "$8", NOW + 2 * DAY))
    assert db.write_now(sees("S", 4, "$late", NOW + 2 * DAY)), "it was never seen"
    assert db.write_now(sees("T", 3, "$t3", NOW + 2 * DAY))

    assert await pruned(db, NOW + 2 * KEEP_MS) == [3, 1]
    db.close()
    db = Database.open(url)
    assert not db.write_now(sees("S", 8, "$8", NOW + 3 * DAY))
    assert not db.write_now(sees("S", 6, "$6", NOW + 3 * DAY)), "nobody can say any more"
    assert db.write_now(sees("S", 9, "$9", NOW + 3 * DAY))
    save(db, replace(key("S"), user_id=None))
    assert not db.write_now(sees("S", 7, "$7", NOW + 3 * DAY)), "a better key changes nothing about that"
    db.close()


async def test_keys_for_rooms_that_we_never_come_to_go_after_a_day(db: Database) -> None:
    save(db, *(key(f"strange{n}", "!strange", homeless=True) for n in range(4)))
    save(db, key("invited", "!invited", homeless=True), key("ours"), key("left", "!left", homeless=True))
    save(db, key("young", "!strange", NOW + DAY, homeless=True))
    db.write_now(lambda tx: tx.rooms.save(Room("!invited", joined=True)))
    db.write_now(lambda tx: tx.rooms.save(Room("!left")))

    def there(tx: StoreTransaction) -> set[str]:
        names = [*(f"strange{n}" for n in range(4)), "invited", "ours", "left", "young"]
        return {name for name in names if tx.keys.room_key(name)}

    assert await pruned(db, NOW + DAY) == [0]
    assert await pruned(db, NOW + DAY + 1) == [3, 3, 0]
    assert db.write_now(there) == db.read_now(there) == {"invited", "ours", "young"}
    db.write_now(lambda tx: tx.rooms.save(Room("!invited")))
    await pruned(db, NOW + 999 * DAY)
    assert db.write_now(there) == {"invited", "ours"}, "what we could read once stays readable"


async def test_strangers_cannot_fill_the_disk(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys_of_rooms, "HOMELESS", 5)
    monkeypatch.setattr(keys_of_device, "STRANGERS", 5)
    save(db, *(key(f"s{n}", f"!{n}", NOW + n, homeless=True) for n in range(7)), key("ours"))
    assert count(db, "room_keys") == 6
    save(db, key("s7", at=NOW + 7, homeless=True))
    assert [n for n in range(8) if db.read_now(lambda tx, n=n: tx.keys.room_key(f"s{n}"))] == [3, 4, 5, 6, 7]  # type: ignore[misc]

    def meet(tx: StoreTransaction) -> None:
        tx.keys.replace_devices(ANN, [Device(ANN, "PHONE", "known", "e")])
        for n in range(9):
            tx.keys.save_olm(OlmPickle(f"o{n}", ANN, f"c{n}", "pickle", NOW + n))
        tx.keys.save_olm(OlmPickle("known", ANN, "known", "pickle", NOW))
        tx.keys.save_olm(OlmPickle("stolen", BOB, "known", "pickle", NOW - 1))

    db.write_now(meet)
    assert await pruned(db, NOW + 9) == [3, 2]
    named = [(ANN, curve) for curve in ("known", *(f"c{n}" for n in range(9)))]
    assert db.read_now(lambda tx: tx.keys.with_olm(named)) == {named[0], *named[5:]}
    await pruned(db, NOW + 999 * DAY)
    assert db.read_now(lambda tx: tx.keys.with_olm(named)) == {named[0]}


def test_of_the_sessions_with_a_device_those_used_last_are_kept(db: Database) -> None:
    def meet(tx: StoreTransaction) -> list[str]:
        for n in range(7):
            tx.keys.save_olm(OlmPickle(f"o{n}", ANN, "c", "pickle", NOW + n))
        return [one.session_id for one in tx.keys.olm(ANN, "c")]

    assert db.write_now(meet) == ["o6", "o5", "o4", "o3", "o2"]
    assert count(db, "olm_sessions") == 5

    def use(tx: StoreTransaction) -> list[str]:
        tx.keys.save_olm(OlmPickle("o2", ANN, "c", "used", NOW + 10))
        tx.keys.save_olm(OlmPickle("new", ANN, "c", "pickle", NOW - 1))
        return [one.session_id for one in tx.keys.olm(ANN, "c")]

    assert db.write_now(use) == ["o2", "o6", "o5", "o4", "new"]
    assert db.read_now(lambda tx: tx.keys.olm(ANN, "c"))[0].pickle == "used"
    assert count(db, "olm_sessions") == 5


async def test_shared_sessions_are_looked_at_a_slice_at_a_time_going_round(db: Database) -> None:
    names = [f"s{n}" for n in range(7)]

    def fill(tx: StoreTransaction) -> None:
        for n, name in enumerate(names):
            tx.keys.save_room_key(replace(key(name, at=NOW + n), source=Source.OWN))
            tx.keys.note_shared(name, [(ANN, "PHONE"), (BOB, "TABLET")], 0)

    def left(tx: StoreTransaction) -> list[str]:
        return [name for name in names if tx.keys.shared_with(name)]

    db.write_now(fill)
    assert [await StoreUpkeep(db).prune(NOW + KEEP_MS, SLICE) for _ in range(2)] == [0, 0]
    assert await StoreUpkeep(db).prune(NOW + KEEP_MS + 6, SLICE) == 0, "only the last one was looked at"
    assert await StoreUpkeep(db).prune(NOW + KEEP_MS + 6, SLICE) == 3
    assert db.write_now(left) == names[3:]
    assert [await StoreUpkeep(db).prune(NOW + KEEP_MS + 6, SLICE) for _ in range(3)] == [3, 0, 0]
    assert db.write_now(left) == names[6:]


async def test_what_belongs_to_messages_of_long_ago_goes(db: Database) -> None:
    def fill(tx: StoreTransaction) -> None:
        tx.keys.save_room_key(replace(key("old"), source=Source.OWN))
        tx.keys.save_room_key(replace(key("used"), source=Source.OWN))
        tx.keys.save_room_key(replace(key("young", at=NOW + DAY), source=Source.OWN))
        tx.keys.save_own_session(OwnRoomSession(ROOM, "used", "pickle", NOW))
        for session_id in ("old", "used", "young", "unknown"):
            tx.keys.note_shared(session_id, [(ANN, "PHONE"), (BOB, "TABLET")], 0)
        for at in (NOW, NOW + DAY):
            tx.keys.note_withheld(ROOM, f"w{at}", "m.unverified", at)
            tx.keys.save_request(KeyRequest(ROOM, f"r{at}", "id", ANN, at))
            row = (f"${at}", ROOM, at, "{}", "new", 0, 0)
            tx.inbox.accept_unread([(row, "S")])

    db.write_now(fill)

    def left(tx: StoreTransaction) -> dict[str, object]:
        return {
            "shared": [name for name in ("old", "used", "young", "unknown") if tx.keys.shared_with(name)],
            "withheld": [at for at in (NOW, NOW + DAY) if tx.keys.withheld(f"w{at}")],
            "requests": sorted(request.asked_at for request in tx.keys.requests().values()),
            "unread": sorted(tx.inbox.unread_ids()),
        }

    assert await pruned(db, NOW + UNREAD_MS) == [1], "shared keys of which nobody knows the session"
    both = [NOW, NOW + DAY]
    unread = [f"${at}" for at in both]
    known = {"shared": ["old", "used", "young"], "withheld": both, "requests": both, "unread": unread}
    assert db.write_now(left) == known
    await pruned(db, NOW + UNREAD_MS + 1)
    expected = known | {"withheld": both[1:], "requests": both[1:], "unread": unread[1:]}
    assert db.write_now(left) == db.read_now(left) == expected
    await pruned(db, NOW + KEEP_MS + 1)
    assert db.write_now(left) == {"shared": ["used", "young"], "withheld": [], "requests": [], "unread": []}


def test_a_key_that_got_better_while_it_was_backed_up_is_backed_up_again(db: Database) -> None:
    first, second = replace(key("1"), first_index=5), replace(key("2"), first_index=5)
    save(db, first, second)
    taken = db.write_now(lambda tx: tx.keys.not_backed_up(9))
    assert taken == [first, second]
    better = replace(second, first_index=2, pickle="better")
    save(db, better)
    db.write_now(lambda tx: tx.keys.backed_up(taken))
    assert db.write_now(lambda tx: tx.keys.not_backed_up(9)) == [better]
    assert db.write_now(lambda tx: tx.keys.room_key("1")) == replace(first, backed_up=True)
