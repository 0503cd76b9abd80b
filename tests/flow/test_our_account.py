"""Our Olm account and outbound sessions stay awake between uses; a transaction that is rolled back leaves no trace."""

import json
from pathlib import Path

import pytest

from bridge.crypto.ratchets import Account, Ratchets
from bridge.crypto.sealed import Sealer
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.encryption import devices, olm
from bridge.workflow.encryption.records import ENCRYPTED, OLM, Keyring, OwnRoomSession
from bridge.workflow.encryption.sealing import Sealing
from bridge.workflow.ports import JsonObject

BOT, SECRET = "@qa:example.org", b"a secret of sixteen bytes or more"
KEYRING = Keyring(BOT, "DEVICE", Ratchets(SECRET), Sealer(SECRET))


def greeting(sender: str, theirs: Account, ours: Account, one_time_key: str) -> JsonObject:
    """What begins a session."""
    said = {
        "type": "m.dummy",
        "content": {},
        "sender": sender,
        "recipient": BOT,
        "recipient_keys": {"ed25519": ours.ed},
        "keys": {"ed25519": theirs.ed},
    }
    part = theirs.outbound_session(ours.curve, one_time_key).encrypt(json.dumps(said).encode())
    content = {"algorithm": OLM, "sender_key": theirs.curve, "ciphertext": {ours.curve: part}}
    return {"type": ENCRYPTED, "sender": sender, "content": content}


def test_a_rolled_back_transaction_uses_no_key_up_and_a_committed_one_does(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'keys.db'}")
    database.use_keys(KEYRING.ratchets, KEYRING.sealer)

    def begin(tx: StoreTransaction) -> tuple[Account, list[str]]:
        devices.own(tx, KEYRING.ratchets, BOT, "DEVICE")
        body = devices.upload(tx, KEYRING, lambda keys: keys)
        assert body is not None
        return olm.account_of(olm.own_device(tx), KEYRING), [key["key"] for key in body["one_time_keys"].values()]

    def hear(event: JsonObject) -> str:
        return database.write_now(lambda tx: olm.opened(event, tx, KEYRING, 1).sender)

    def hear_in_vain(event: JsonObject) -> None:
        def fail(tx: StoreTransaction) -> None:
            olm.opened(event, tx, KEYRING, 1)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            database.write_now(fail)

    try:
        ours, keys = database.write_now(begin)
        people = [(f"@person{n}:example.org", KEYRING.ratchets.new_account()) for n in range(3)]
        ann, bea, cid = [greeting(name, account, ours, key) for (name, account), key in zip(people, keys, strict=False)]
        hear_in_vain(ann)
        hear_in_vain(bea)
        assert [hear(ann), hear(bea), hear(cid)] == [name for name, _ in people]
        with pytest.raises(olm.NoSession):
            hear(greeting("@again:example.org", KEYRING.ratchets.new_account(), ours, keys[0]))

        database.write_now(lambda tx: tx.keys.start_anew())
        database.write_now(begin)
        with pytest.raises(ValueError, match="for our device"):
            hear(ann)
        assert database.write_now(lambda tx: olm.own_names(tx, KEYRING)) != (ours.curve, ours.ed)

    finally:
        database.close()


def test_what_was_sealed_in_vain_leaves_its_index_to_what_is_sealed_next(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'keys.db'}")
    database.use_keys(KEYRING.ratchets, KEYRING.sealer)
    sealing, room = Sealing(KEYRING), "!room:example.org"
    group = KEYRING.ratchets.new_outbound()
    reader = KEYRING.ratchets.inbound(group.session_key)

    def begin(tx: StoreTransaction) -> None:
        devices.own(tx, KEYRING.ratchets, BOT, "DEVICE")
        tx.keys.save_own_session(OwnRoomSession(room, group.id, group.pickle(), 1))

    def say(body: str) -> int:
        sealed = database.write_now(lambda tx: sealing.seal(room, "m.room.message", {"body": body}, tx))
        plain, index = reader.decrypt(sealed["ciphertext"])
        assert json.loads(plain)["content"] == {"body": body}
        return index

    def say_in_vain(tx: StoreTransaction) -> None:
        sealing.seal(room, "m.room.message", {"body": "never sent"}, tx)
        sealing.seal(room, "m.room.message", {"body": "nor this"}, tx)
        raise ZeroDivisionError

    try:
        database.write_now(begin)
        assert [say("one"), say("two")] == [0, 1]
        with pytest.raises(ZeroDivisionError):
            database.write_now(say_in_vain)
        assert [say("three"), say("four")] == [2, 3]
        assert database.write_now(lambda tx: tx.keys.own_session(room)).messages == 4  # type: ignore[union-attr]
    finally:
        database.close()
