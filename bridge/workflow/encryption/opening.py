"""Events of encrypted rooms, opened (Client-Server API, `m.megolm.v1.aes-sha2`)."""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from bridge.crypto.errors import an_object
from bridge.crypto.ratchets import TooEarly
from bridge.workflow.effects import LearnRoom
from bridge.workflow.encryption.records import ENCRYPTED, MEGOLM, Source, Unread
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

SIGNED = frozenset({Source.OWN, Source.ROOM_KEY})
NEVER_SEALED = frozenset({"m.room.redaction"})
"""What nobody may say without the homeserver seeing that they are allowed to."""
LARGEST_KEPT = 4_000
"""How many bytes of a message are worth keeping in memory between door and inbox."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The event as it would be in a plain room, and which message of which session it was; `plain` as it was sealed."""

    event: JsonObject
    session_id: str
    index: int
    plain: bytes = field(repr=False)


def is_sealed(event: JsonObject) -> bool:
    return event.get("type") == ENCRYPTED and "state_key" not in event


def open_event(event: JsonObject, tx: Transaction) -> Opened | Unread:
    """An `m.room.encrypted` of a room. Relations are taken from outside, as the spec has it, where they stand there.

    For which room it was meant is the word of who sealed it; of the key's room there is only that of who gave it.
    """
    content = event.get("content")
    if not isinstance(content, dict) or content.get("algorithm") != MEGOLM:
        return Unread("algorithm")
    session_id, ciphertext = content.get("session_id"), content.get("ciphertext")
    if not isinstance(session_id, str) or not isinstance(ciphertext, str) or not 0 < len(session_id) <= 255:
        return Unread("malformed")
    found = tx.keys.group(session_id)
    if found is None:
        return Unread("no_key", session_id)
    key, group = found
    if key.user_id not in (None, event.get("sender")):
        # Somebody may have passed this session off as theirs: the key of the sender puts that right.
        return Unread("not_theirs", session_id)
    try:
        plain, index = tx.keys.read_before(session_id, ciphertext) or group.decrypt(ciphertext)
        said = an_object(json.loads(plain), "Megolm plaintext")
    except TooEarly:
        return Unread("no_key", session_id)
    except (ValueError, RecursionError):
        # What nobody signed may be no key of this session at all; then its own may still come.
        return Unread("malformed", "" if key.source in SIGNED else session_id)
    if said.get("room_id") != event.get("room_id"):
        return Unread("not_theirs")
    return Opened(_as_plain(event, content, said), session_id, index, plain)


def opens_again(event: JsonObject, opened: Opened, tx: Transaction) -> None:
    """The event is opened once more in a moment: that need not cost as much."""
    if len(opened.plain) <= LARGEST_KEPT:
        tx.keys.will_read(opened.session_id, event["content"]["ciphertext"], (opened.plain, opened.index))


def _as_plain(event: JsonObject, outside: JsonObject, said: JsonObject) -> JsonObject:
    inside = said.get("content")
    content = dict(inside) if isinstance(inside, dict) else {}
    if "m.relates_to" in outside:
        content["m.relates_to"] = outside["m.relates_to"]
    kind = said.get("type")
    return {**event, "type": kind if isinstance(kind, str) and kind not in NEVER_SEALED else "", "content": content}


def open_in(room: Room | None, event: JsonObject, tx: Transaction, now: int) -> Opened | Unread:
    """The same for an event of a room at hand. While we do not know the room to be encrypted it is not read, since what
    may be kept of it depends on that: it waits for the room's state, which is read anew.
    """
    if room is not None and room.encrypted:
        return open_event(event, tx)
    room_id = str(event.get("room_id"))
    minute = sha256(f"{room_id} {now // 60_000}".encode()).hexdigest()[:24]
    tx.outbox.add(f"sealed.{minute}", LearnRoom(room_id=room_id), now)
    return Unread("state", state_of(room_id))


def state_of(room_id: str) -> str:
    """What events wait for instead of a session, where it is the room's state that they need."""
    return f"state {sha256(room_id.encode()).hexdigest()}"


def open_fetched(event: JsonObject, tx: Transaction) -> JsonObject:
    """An event that was asked from the homeserver, with the latest edit that is bundled with it; {} where it cannot be
    opened.
    """
    if is_sealed(event):
        opened = open_event(event, tx)
        if isinstance(opened, Unread):
            return {}
        event = opened.event
    latest = _bundled_edit(event)
    if latest is None or not is_sealed(latest):
        return event
    edit = open_event({"room_id": event.get("room_id"), **latest}, tx)
    unsigned = dict(event["unsigned"])
    relations = dict(unsigned["m.relations"])
    del relations["m.replace"]
    if isinstance(edit, Opened):
        relations["m.replace"] = edit.event
    return {**event, "unsigned": unsigned | {"m.relations": relations}}


def _bundled_edit(event: JsonObject) -> JsonObject | None:
    found: object = event
    for name in ("unsigned", "m.relations", "m.replace"):
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None
