"""Room keys on request (Client-Server API, "Key sharing"): ours to others, theirs to us."""

import hashlib

from bridge.crypto.errors import JsonObject, object_of, text_of
from bridge.workflow.encryption import devices, olm
from bridge.workflow.encryption.records import ENCRYPTED, MEGOLM, Device, KeyRequest, Keyring, Source
from bridge.workflow.storage import Transaction

ANSWER_AGAIN_MS = 60_000
MOST_ANSWERED = 10_000
"""How many answers are remembered for that long."""
MOST_ASKED = 5
"""How many people are asked for one session."""


def answer(content: JsonObject, sender: str, tx: Transaction, keyring: Keyring, now: int) -> None:
    """Give a key of our own making to a device that had it before, from the same message on; nobody else gets any.

    A device is its key: another one may come under the id of one that is gone.
    """
    if content.get("action") != "request":
        return
    body = object_of(content, "body")
    session_id, device_id = text_of(body, "session_id"), text_of(content, "requesting_device_id")
    found = tx.keys.group(session_id)
    device = next((d for d in tx.keys.devices([sender]).get(sender, ()) if d.device_id == device_id), None)
    owner = tx.keys.owners([sender]).get(sender)
    if found is None or device is None or owner is None or found[0].source is not Source.OWN:
        return
    index = tx.keys.shared_with(session_id).get((sender, device.curve), -1)
    if index < 0 or not devices.may_have_keys(device, owner, keyring) or _was_given(device, session_id, keyring, now):
        return
    key, group = found
    given = {
        "algorithm": MEGOLM,
        "room_id": key.room_id,
        "session_id": session_id,
        "session_key": group.export(max(index, group.first_index)),
        "sender_key": key.curve,
        "sender_claimed_ed25519_key": key.ed,
        "forwarding_curve25519_key_chain": [],
    }
    _send("m.forwarded_room_key", given, device, tx, keyring, now)


def _was_given(device: Device, session_id: str, keyring: Keyring, now: int) -> bool:
    """Whether the device was answered lately: who asks without end is not answered without end."""
    before = keyring.answered.get((device.user_id, device.curve, session_id))
    if before is not None and 0 <= now - before < ANSWER_AGAIN_MS:
        return True
    if len(keyring.answered) >= MOST_ANSWERED:
        keyring.answered.clear()
    keyring.answered[device.user_id, device.curve, session_id] = now
    return False


def _send(event_type: str, content: JsonObject, device: Device, tx: Transaction, keyring: Keyring, now: int) -> None:
    sealed = olm.sealed(event_type, content, device, tx, keyring, now)
    if sealed is not None:
        tx.keys.queue(ENCRYPTED, {device.user_id: {device.device_id: sealed}})


def ask(event: JsonObject, tx: Transaction, keyring: Keyring, now: int) -> bool:
    """Ask the sender's devices for the key of an event that cannot be read, once; False where that was done before.

    Anybody may name a session that is not theirs: that keeps nobody from being asked.
    """
    content = object_of(event, "content")
    session_id, sender, room_id = (
        text_of(content, "session_id"),
        text_of(event, "sender"),
        text_of(event, "room_id"),
    )
    before = tx.keys.requests().get(session_id)
    if before is not None and (sender in before.people or len(before.people) >= MOST_ASKED):
        return False
    request_id = hashlib.sha256(f"{keyring.device_id} {session_id}".encode()).hexdigest()[:32]
    asked_of = f"{before.asked_of} {sender}" if before else sender
    tx.keys.save_request(KeyRequest(room_id, session_id, request_id, asked_of, now))
    body = {"algorithm": MEGOLM, "room_id": room_id, "session_id": session_id}
    sender_key = content.get("sender_key")
    if isinstance(sender_key, str):
        body["sender_key"] = sender_key
    asked = {
        "action": "request",
        "body": body,
        "request_id": request_id,
        "requesting_device_id": keyring.device_id,
    }
    tx.keys.queue("m.room_key_request", {sender: {"*": asked}})
    return True
