"""What devices send to ours, and what a homeserver says of keys."""

from dataclasses import replace

import structlog

from bridge.crypto.errors import CryptoError, object_of, text_of
from bridge.crypto.ratchets import InboundGroup
from bridge.workflow.encryption import devices, olm, requests
from bridge.workflow.encryption.olm import FromDevice, NoSession
from bridge.workflow.encryption.records import ENCRYPTED, ID_LENGTH, MEGOLM, Keyring, Received, RoomKey, Source
from bridge.workflow.ports import JsonObject, KeyNews
from bridge.workflow.storage import Transaction

log = structlog.get_logger(__name__)

VERIFYING = "m.key.verification."
SECRETS = ("m.secret.send", "m.secret.request")
_CODE_LENGTH = 64


def receive(news: KeyNews, tx: Transaction, keyring: Keyring, now: int) -> Received:
    """Take in what a `/sync` brought, within the transaction that keeps its cursor. One bad event harms no other."""
    received = Received()
    for event in news.to_device:
        try:
            _event(event, received, tx, keyring, now)
        except CryptoError as error:
            log.info("to_device_refused", sender=_shown(event.get("sender")), reason=_shown(str(error)))
    _counts(news, tx)
    devices.changed(news.changed, news.left, tx)
    received.changed.extend(news.changed)
    return received


def _shown(said: object) -> str:
    """As it may stand in the log."""
    return said[:200].encode("utf-8", "replace").decode() if isinstance(said, str) else ""


def _counts(news: KeyNews, tx: Transaction) -> None:
    own = tx.keys.own()
    if own is None:
        return
    count = own.one_time_keys if news.one_time_keys is None else news.one_time_keys
    wanted = own.fallback_wanted if news.unused_fallback is None else not news.unused_fallback
    if (count, wanted) != (own.one_time_keys, own.fallback_wanted):
        tx.keys.save_own(replace(own, one_time_keys=count, fallback_wanted=wanted))


def _event(event: JsonObject, received: Received, tx: Transaction, keyring: Keyring, now: int) -> None:
    kind, content, sender = text_of(event, "type"), object_of(event, "content"), text_of(event, "sender")
    if len(sender) > ID_LENGTH or not sender.isprintable():
        raise CryptoError("a sender that nobody is")
    if kind == ENCRYPTED:
        _sealed(event, received, tx, keyring, now)
    elif kind == "m.room_key.withheld":
        _withheld(content, received, sender, tx, now)
    elif kind == "m.room_key_request":
        requests.answer(content, sender, tx, keyring, now)
    elif kind.startswith(VERIFYING) or kind in SECRETS:
        received.others.append((kind, sender, "", content))


def _sealed(event: JsonObject, received: Received, tx: Transaction, keyring: Keyring, now: int) -> None:
    try:
        said = olm.opened(event, tx, keyring, now)
    except NoSession:
        received.broken.append((text_of(event, "sender"), text_of(object_of(event, "content"), "sender_key")))
        raise
    if said.event_type == "m.room_key":
        _room_key(said, received, tx, keyring, now)
    elif said.event_type == "m.forwarded_room_key":
        _forwarded(said, received, tx, keyring, now)
    elif said.event_type == "m.room_key.withheld":
        _withheld(said.content, received, said.sender, tx, now)
    elif said.event_type.startswith(VERIFYING) or said.event_type in SECRETS:
        received.others.append((said.event_type, said.sender, said.curve, said.content))


def _room_key(said: FromDevice, received: Received, tx: Transaction, keyring: Keyring, now: int) -> None:
    content = said.content
    group = keyring.ratchets.inbound(text_of(content, "session_key"))
    room_id = _names(content, group)
    if said.curve not in {d.curve for d in tx.keys.devices([said.sender]).get(said.sender, ())}:
        tx.keys.outdate([said.sender])
    room = tx.rooms.get(room_id)
    key = _made(group, room_id, said.curve, said.ed, said.sender, Source.ROOM_KEY)
    homeless = room is None or not room.joined
    _keep(replace(key, added_at=now, homeless=homeless), group, received, tx)


def _forwarded(said: FromDevice, received: Received, tx: Transaction, keyring: Keyring, now: int) -> None:
    """Only what we asked for, and only from the device that made the key: it alone cannot lie about it."""
    content = said.content
    asked = tx.keys.requests().get(text_of(content, "session_id"))
    made_it = content.get("sender_key") == said.curve and asked is not None and said.sender in asked.people
    if asked is None or not (made_it or devices.is_our_own(said, tx, keyring)):
        raise CryptoError("a room key that was not asked for, or not of who gives it")
    group = keyring.ratchets.imported(text_of(content, "session_key"))
    room_id = _names(content, group)
    ed = text_of(content, "sender_claimed_ed25519_key")
    curve = text_of(content, "sender_key")
    key = _made(group, room_id, curve, ed, said.sender if made_it else None, Source.FORWARDED)
    _keep(replace(key, added_at=now), group, received, tx)


def _names(content: JsonObject, group: InboundGroup) -> str:
    """The room of a key, once it is certain that it is what it calls itself."""
    if content.get("algorithm") != MEGOLM or text_of(content, "session_id") != group.id:
        raise CryptoError("a room key under a name that is not its own")
    return text_of(content, "room_id")


def _made(group: InboundGroup, room_id: str, curve: str, ed: str, user_id: str | None, source: Source) -> RoomKey:
    return RoomKey(room_id, group.id, curve, ed, user_id, group.pickle(), group.first_index, source)


def _keep(key: RoomKey, group: InboundGroup, received: Received, tx: Transaction) -> None:
    """What is worse than what we have is left."""
    known = tx.keys.group(group.id)
    better = _better(key, group, *known) if known else key
    if better is not None:
        tx.keys.save_room_key(better)
        tx.keys.drop_request(group.id)
        received.sessions.append(group.id)


def _better(key: RoomKey, group: InboundGroup, before: RoomKey, kept: InboundGroup) -> RoomKey | None:
    """What two keys of a session amount to; None where the one of before is as good.

    Who gets somebody's key can pass it off as their own before it reaches us. They cannot seal with it, so then it is
    nobody's in particular: who sent a message is the homeserver's word. A forwarded key is signed by nobody and may be
    made up altogether; the session's own prevails over that.
    """
    if before.source is Source.OWN:
        return None
    if not group.connected_with(kept):
        return key if key.source is Source.ROOM_KEY and before.source is not Source.ROOM_KEY else None
    user_id = key.user_id if key.user_id == before.user_id else None
    housed = key if before.homeless else before
    if group.first_index < kept.first_index:
        return replace(key, user_id=user_id, room_id=housed.room_id, homeless=housed.homeless)
    found = replace(before, user_id=user_id, room_id=housed.room_id, homeless=housed.homeless)
    return found if found != before else None


def _withheld(content: JsonObject, received: Received, sender: str, tx: Transaction, now: int) -> None:
    code = text_of(content, "code")[:_CODE_LENGTH]
    if code == "m.no_olm":
        received.broken.append((sender, text_of(content, "sender_key")))
        return
    if content.get("algorithm") == MEGOLM:
        tx.keys.note_withheld(text_of(content, "room_id"), text_of(content, "session_id"), code, now)
