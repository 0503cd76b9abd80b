"""Keys: as they went in, from memory where they are asked for often, and never ahead of the commit."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from bridge.crypto.ratchets import InboundGroup, Ratchets
from bridge.crypto.sealed import Sealer
from bridge.store import held_keys
from bridge.store.database import Database
from bridge.store.errors import StoreError
from bridge.store.transaction import StoreTransaction
from bridge.workflow.encryption.records import (
    Device,
    KeyOwner,
    KeyRequest,
    OlmPickle,
    OwnDevice,
    OwnRoomSession,
    RoomKey,
    Source,
)
from bridge.workflow.ports import RetryLater
from tests.store.samples import ANN, BOB, NOW, ROOM

SECRET = b"a secret of the operator"
RATCHETS = Ratchets(SECRET)
OWN = OwnDevice("@bot:acme.com", "BOT", "pickle", published=True, one_time_keys=7, fallback_wanted=False, signed=True)
SESSION = OwnRoomSession(ROOM, "out", "pickle", NOW, 3)
PHONE, LAPTOP = Device(ANN, "PHONE", "c1", "e1", signed=True), Device(ANN, "LAPTOP", "c2", "e2")
OWNER = KeyOwner(ANN, outdated=False, master="m", self_signing="s", first_master="f", asked_at=NOW)
REQUEST = KeyRequest(ROOM, "in", "r1", BOB, NOW)


def made(room_id: str = ROOM) -> tuple[RoomKey, Callable[[str], str]]:
    """A room key, and what encrypts for it."""
    outbound = RATCHETS.new_outbound()
    inbound = RATCHETS.inbound(outbound.session_key)
    key = RoomKey(room_id, inbound.id, "curve", "ed", ANN, inbound.pickle(), 0, Source.ROOM_KEY)
    return key, lambda text: outbound.encrypt(text.encode())


def opened(url: str) -> Database:
    db = Database.open(url)
    db.use_keys(RATCHETS, Sealer(SECRET))
    return db


def save(db: Database, *keys: RoomKey) -> None:
    def work(tx: StoreTransaction) -> None:
        for key in keys:
            tx.keys.save_room_key(key)

    db.write_now(work)


def fill(tx: StoreTransaction) -> None:
    """Something of everything."""
    tx.keys.save_own(OWN)
    tx.keys.save_olm(OlmPickle("o1", ANN, "c1", "first", NOW))
    tx.keys.save_olm(OlmPickle("o2", ANN, "c1", "second", NOW + 1))
    tx.keys.save_room_key(RoomKey(ROOM, "in", "c1", "e1", None, "pickle", 4, Source.BACKUP, backed_up=True))
    tx.keys.save_own_session(SESSION)
    tx.keys.note_shared("out", [(ANN, "PHONE"), (BOB, "TABLET")], 2)
    tx.keys.note_shared("out", [(BOB, "TABLET")], -1)
    tx.keys.save_owner(OWNER)
    tx.keys.save_owner(KeyOwner(BOB))
    tx.keys.replace_devices(ANN, [PHONE, LAPTOP])
    tx.keys.queue("m.room.encrypted", {ANN: {"PHONE": {"body": "\0 é"}}}, "out")
    tx.keys.queue("m.dummy", {})
    tx.keys.save_request(REQUEST)
    tx.keys.note_withheld(ROOM, "refused\0", "m.unverified", NOW)
    tx.keys.save_secret("seed", "recognisable secret")


def seen(tx: StoreTransaction) -> dict[str, object]:
    """All that can be asked, without what opens a pickle."""
    return {
        "own": tx.keys.own(),
        "olm": {curve: tx.keys.olm(ANN, curve) for curve in ("c1", "c2")},
        "with olm": tx.keys.with_olm([(ANN, "c1"), (ANN, "c2"), (BOB, "c1")]),
        "room key": tx.keys.room_key("in"),
        "to back up": tx.keys.not_backed_up(9),
        "count": tx.keys.room_key_count(),
        "own session": tx.keys.own_session(ROOM),
        "shared": tx.keys.shared_with("out"),
        "owners": tx.keys.owners([ANN, BOB, "@else:where"]),
        "outdated": tx.keys.outdated(9),
        "devices": tx.keys.devices([ANN, BOB]),
        "queued": [(one.event_type, one.messages, one.session_id) for one in tx.keys.queued(9)],
        "on its way": [tx.keys.on_its_way("out"), tx.keys.on_its_way("other")],
        "requests": dict(tx.keys.requests()),
        "withheld": [tx.keys.withheld("refused\0"), tx.keys.withheld("other")],
        "secret": tx.keys.secret("seed"),
    }


def fill_and_look(tx: StoreTransaction) -> dict[str, object]:
    fill(tx)
    return seen(tx)


FULL = {
    "own": OWN,
    "olm": {"c1": [OlmPickle("o2", ANN, "c1", "second", NOW + 1), OlmPickle("o1", ANN, "c1", "first", NOW)], "c2": []},
    "with olm": {(ANN, "c1")},
    "room key": RoomKey(ROOM, "in", "c1", "e1", None, "pickle", 4, Source.BACKUP, backed_up=True),
    "to back up": [],
    "count": (1, 0),
    "own session": SESSION,
    "shared": {(ANN, "PHONE"): 2, (BOB, "TABLET"): -1},
    "owners": {ANN: OWNER, BOB: KeyOwner(BOB)},
    "outdated": [KeyOwner(BOB)],
    "devices": {ANN: [LAPTOP, PHONE], BOB: []},
    "queued": [("m.room.encrypted", {ANN: {"PHONE": {"body": "\0 é"}}}, "out"), ("m.dummy", {}, "")],
    "on its way": [True, False],
    "requests": {"in": REQUEST},
    "withheld": ["m.unverified", ""],
    "secret": "recognisable secret",
}


def test_everything_comes_back_as_it_went_in(url: str) -> None:
    db = opened(url)
    empty = db.write_now(seen)
    assert db.write_now(fill_and_look) == FULL
    assert db.write_now(seen) == db.read_now(seen) == FULL
    db.close()
    db = opened(url)
    assert db.read_now(seen) == db.write_now(seen) == FULL
    found = db.write_now(seen)["own"]
    assert isinstance(found, OwnDevice)
    assert (found.published, found.fallback_wanted, found.signed) == (True, False, True)

    def take_back(tx: StoreTransaction) -> None:
        tx.keys.drop_own_session(ROOM)
        tx.keys.forget_owners([ANN, BOB, "@else:where"])
        tx.keys.sent([one.seq for one in tx.keys.queued(9)])
        tx.keys.drop_request("in")
        tx.keys.drop_request("other")
        tx.keys.save_secret("seed", None)

    db.write_now(take_back)
    gone = FULL | {k: empty[k] for k in ("own session", "owners", "outdated", "devices", "queued")}
    gone |= {k: empty[k] for k in ("on its way", "requests", "secret")}
    assert db.write_now(seen) == gone
    db.close()
    db = opened(url)
    assert db.write_now(seen) == gone
    db.close()


def test_what_fails_leaves_no_trace(db: Database) -> None:
    db.use_keys(RATCHETS, Sealer(SECRET))
    key, encrypt = made()
    message = encrypt("hello")
    db.write_now(fill)
    before, revision = db.write_now(seen), db.read_now(lambda tx: tx.keys.revision())

    def fails(tx: StoreTransaction) -> None:
        tx.keys.start_anew()
        tx.keys.save_room_key(key)
        assert tx.keys.group(key.session_id) is not None
        assert tx.keys.first_seen(key.session_id, 0, "$1", NOW)
        tx.keys.outdate([ANN])
        tx.keys.replace_devices(BOB, [replace(PHONE, user_id=BOB)])
        tx.keys.drop_request("in")
        tx.keys.queue("m.dummy", {}, "other")
        tx.keys.forget_backups()
        tx.flush()
        assert tx.keys.revision() > revision
        assert tx.keys.own() is None
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.write_now(fails)
    assert db.write_now(seen) == before
    assert db.write_now(lambda tx: tx.keys.revision()) == revision
    assert db.write_now(lambda tx: tx.keys.group(key.session_id)) is None
    save(db, key)
    found = db.write_now(lambda tx: tx.keys.group(key.session_id))
    assert found is not None
    assert found[1].decrypt(message) == (b"hello", 0)
    assert db.write_now(lambda tx: tx.keys.first_seen(key.session_id, 0, "$2", NOW))


def test_a_new_device_begins_with_nothing_but_room_keys_and_secrets(url: str) -> None:
    db = opened(url)
    db.write_now(fill)
    kept = ("room key", "count", "to back up", "owners", "outdated", "devices", "withheld", "secret")

    def anew(tx: StoreTransaction) -> dict[str, object]:
        tx.keys.queue("m.dummy", {}, "out")
        tx.keys.start_anew()
        return seen(tx)

    found = db.write_now(anew)
    assert {name: found[name] for name in kept} == {name: FULL[name] for name in kept}
    assert (found["own"], found["olm"], found["own session"]) == (None, {"c1": [], "c2": []}, None)
    assert (found["shared"], found["queued"], found["on its way"]) == ({}, [], [False, False])
    assert found["requests"] == {}, "who is asked answers the device that asked"
    assert db.write_now(seen) == db.read_now(seen) == found
    db.close()
    db = opened(url)
    assert db.write_now(seen) == found
    db.write_now(anew)
    assert db.write_now(fill_and_look) == db.write_now(seen) == FULL
    db.close()


def test_messages_that_follow_on_others_cost_no_query(db: Database) -> None:
    db.use_keys(RATCHETS, Sealer(SECRET))
    key, encrypt = made()
    save(db, key)

    def read(tx: StoreTransaction) -> tuple[bytes, InboundGroup]:
        found = tx.keys.group(key.session_id)
        assert found is not None
        text, index = found[1].decrypt(encrypt("hello"))
        assert tx.keys.first_seen(key.session_id, index, f"${index}", NOW)
        assert tx.keys.first_seen(key.session_id, index, f"${index}", NOW)
        assert not tx.keys.first_seen(key.session_id, index, "$replayed", NOW)
        return text, found[1]

    first = db.write_now(read)
    before = db.statements
    again = db.write_now(read)
    assert again == first
    assert db.statements - before == 1
    assert not db.write_now(lambda tx: tx.keys.first_seen(key.session_id, 0, "$other", NOW))
    assert db.write_now(lambda tx: tx.keys.first_seen(key.session_id, 1, "$1", NOW))
    assert db.write_now(lambda tx: tx.keys.first_seen(key.session_id, 9, "$9", NOW))
    assert db.write_now(lambda tx: tx.keys.first_seen(key.session_id, 5, "$5", NOW))
    assert not db.write_now(lambda tx: tx.keys.first_seen(key.session_id, 5, "$9", NOW))


def test_replays_are_known_after_a_restart(url: str) -> None:
    db = opened(url)
    assert db.write_now(lambda tx: tx.keys.first_seen("S", 3, "$1", NOW))
    db.close()
    db = opened(url)
    assert not db.write_now(lambda tx: tx.keys.first_seen("S", 3, "$2", NOW))
    assert db.write_now(lambda tx: tx.keys.first_seen("S", 3, "$1", NOW))
    db.close()


def test_a_better_key_stands_in_for_the_one_in_memory(db: Database) -> None:
    db.use_keys(RATCHETS, Sealer(SECRET))
    key, encrypt = made()
    messages = [encrypt("one"), encrypt("two")]
    whole = RATCHETS.inbound_pickled(key.pickle)
    late = RATCHETS.imported(whole.export(1))
    save(db, replace(key, pickle=late.pickle(), first_index=1))

    def read(tx: StoreTransaction) -> tuple[RoomKey, InboundGroup]:
        found = tx.keys.group(key.session_id)
        assert found is not None
        return found

    assert db.write_now(read)[1].first_index == 1

    def improve(tx: StoreTransaction) -> int:
        tx.keys.save_room_key(key)
        return read(tx)[1].first_index

    assert db.write_now(improve) == 0
    assert [db.write_now(read)[1].decrypt(m)[0] for m in messages] == [b"one", b"two"]
    assert db.write_now(read)[0] == key


def test_what_is_backed_up_is_noted_and_a_new_backup_begins_with_nothing(db: Database) -> None:
    db.use_keys(RATCHETS, Sealer(SECRET))
    keys = sorted((made()[0] for _ in range(3)), key=lambda key: key.session_id)
    names = [key.session_id for key in keys]
    save(db, *keys)

    def flags(tx: StoreTransaction) -> list[bool]:
        held = [tx.keys.group(name) for name in names]
        assert [tx.keys.room_key(name) for name in names] == [each[0] for each in held if each]
        return [each[0].backed_up for each in held if each]

    assert db.write_now(flags) == [False] * 3
    assert db.write_now(lambda tx: tx.keys.not_backed_up(2)) == keys[:2]

    def back_up(tx: StoreTransaction) -> list[bool]:
        tx.keys.backed_up(keys[:2])
        return flags(tx)

    def forget(tx: StoreTransaction) -> list[bool]:
        tx.keys.forget_backups()
        return flags(tx)

    assert db.write_now(back_up) == [True, True, False]
    assert db.write_now(flags) == db.read_now(flags) == [True, True, False]
    assert db.write_now(lambda tx: tx.keys.not_backed_up(9)) == keys[2:]
    assert db.write_now(lambda tx: tx.keys.room_key_count()) == (3, 1)
    assert db.write_now(forget) == [False] * 3
    assert db.write_now(flags) == db.read_now(flags) == [False] * 3
    assert db.write_now(lambda tx: tx.keys.room_key_count()) == (3, 3)


def test_only_what_was_used_lately_is_held_ready(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_keys, "OPENED", 2)
    db = opened(sqlite_url)
    names = []
    for _ in range(3):
        key, _ = made()
        save(db, key)
        names.append(key.session_id)

    def cost(name: str) -> int:
        before = db.statements
        assert db.write_now(lambda tx: tx.keys.group(name)) is not None
        return db.statements - before

    a, b, c = names
    assert [cost(name) for name in (a, b, a, c, a, b)] == [1, 1, 0, 1, 0, 1]
    before = db.statements
    assert db.read_now(lambda tx: tx.keys.group(b)) is not None
    assert db.statements == before
    db.close()


def test_owners_and_their_devices_are_answered_from_memory(db: Database) -> None:
    db.write_now(fill_people)
    revision = db.write_now(lambda tx: tx.keys.revision())

    def look(tx: StoreTransaction) -> dict[str, list[Device]]:
        tx.keys.owners([ANN, BOB])
        tx.keys.outdate(["@else:where"])
        tx.keys.save_owner(OWNER)
        tx.keys.replace_devices(ANN, [LAPTOP, PHONE])
        return tx.keys.devices([ANN])

    before = db.statements
    assert db.write_now(look) == {ANN: [LAPTOP, PHONE]}
    assert db.statements == before
    assert db.write_now(lambda tx: tx.keys.revision()) == revision
    db.write_now(lambda tx: tx.keys.outdate([ANN, "@else:where"]))
    assert [owner.user_id for owner in db.write_now(lambda tx: tx.keys.outdated(9))] == [BOB, ANN]
    assert [owner.user_id for owner in db.write_now(lambda tx: tx.keys.outdated(1))] == [BOB]
    assert db.read_now(lambda tx: tx.keys.revision()) > revision
    odd = [PHONE, replace(LAPTOP, device_id="\0"), replace(LAPTOP, device_id="\ud800"), PHONE]
    db.write_now(lambda tx: tx.keys.replace_devices(ANN, odd))
    assert db.write_now(lambda tx: tx.keys.devices([ANN])) == {ANN: [PHONE]}


def fill_people(tx: StoreTransaction) -> None:
    tx.keys.save_owner(OWNER)
    tx.keys.save_owner(KeyOwner(BOB))
    tx.keys.replace_devices(ANN, [PHONE, LAPTOP])


def test_to_device_messages_go_out_in_order_and_say_when_a_session_is_shared(db: Database) -> None:
    def queue(tx: StoreTransaction) -> None:
        tx.keys.queue("m.dummy", {})
        for n in range(3):
            tx.keys.queue("m.room.encrypted", {ANN: {"PHONE": {"n": n, "half": "\ud83d"}}}, "S")

    db.write_now(queue)
    first, *others, dummy = db.write_now(lambda tx: tx.keys.queued(9))
    assert dummy.event_type == "m.dummy", "for what shares a session a room waits"
    assert [one.messages[ANN]["PHONE"]["n"] for one in (first, *others)] == [0, 1, 2]
    assert len({one.txn_id for one in (first, *others)}) == 3
    assert db.write_now(lambda tx: tx.keys.queued(1)) == [first]
    db.write_now(lambda tx: tx.keys.sent([first.seq, first.seq]))
    assert db.write_now(lambda tx: tx.keys.on_its_way("S"))

    def rest(tx: StoreTransaction) -> bool:
        tx.keys.sent([one.seq for one in (*others, dummy)])
        return tx.keys.on_its_way("S")

    assert not db.write_now(rest)
    assert not db.write_now(lambda tx: tx.keys.on_its_way("S"))
    assert db.write_now(lambda tx: tx.keys.queued(9)) == []


def test_without_the_secret_or_with_another_one_keys_stay_shut(url: str) -> None:
    db = opened(url)
    key, _ = made()
    save(db, key)
    db.write_now(fill)
    db.close()
    asking: list[Callable[[StoreTransaction], object]] = [
        lambda tx: tx.keys.group(key.session_id),
        lambda tx: tx.keys.secret("seed"),
    ]
    db = Database.open(url)
    for ask in asking:
        with pytest.raises(StoreError, match=r"without the secret in encryption\.store") as raised:
            db.write_now(ask)
        assert raised.value.code == "keys"
    assert db.write_now(lambda tx: tx.keys.room_key(key.session_id)) == key
    db.use_keys(Ratchets(b"another"), Sealer(b"another"))
    for ask in asking:
        with pytest.raises(StoreError, match="does not fit the database") as raised:
            db.write_now(ask)
        assert raised.value.code == "keys"
    db.use_keys(RATCHETS, Sealer(SECRET))
    assert all(db.write_now(ask) for ask in asking)
    db.close()


def test_no_secret_lies_readable_in_the_file(tmp_path: Path) -> None:
    db = opened(f"sqlite:///{tmp_path / 'store.db'}")
    key, _ = made()
    exported = RATCHETS.inbound_pickled(key.pickle).export()
    save(db, key)
    db.write_now(fill)
    found = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    db.close()
    found += (tmp_path / "store.db").read_bytes()
    assert key.session_id.encode() in found
    for secret in ("recognisable secret", exported, SECRET.decode()):
        assert secret.encode() not in found


@pytest.mark.postgres
def test_after_a_lost_connection_the_secret_is_still_known_and_the_revision_grew(emptied_postgres: str) -> None:
    db = opened(emptied_postgres)
    db.write_now(fill)
    revision = db.write_now(lambda tx: tx.keys.revision())
    with psycopg.connect(emptied_postgres, autocommit=True) as conn:
        conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'askbridge'")
    with pytest.raises(RetryLater):
        db.write_now(seen)
    assert db.write_now(seen) == FULL
    assert db.write_now(lambda tx: tx.keys.revision()) > revision
    db.close()
