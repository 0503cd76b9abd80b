"""From a raw Matrix event to what was said. Pure, and afraid of nothing: any key may be missing, any type wrong.

Sources: Client-Server API, "Instant messaging", "Threading", "Rich replies", "Event replacements", "Reactions".
"""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from bridge.domain.questions import Attachment

EFFECT_KEY = "org.askbridge.effect"
CARD_KEY = "org.askbridge.card"
TRIAGE_KEY = "org.askbridge.triage"
LATE_KEY = "org.askbridge.late"
"""Set by our own way in, where the homeserver did not hand over an event in its turn."""
WATCHED_STATE = frozenset(
    {
        "m.room.create",
        "m.room.power_levels",
        "m.room.join_rules",
        "m.room.history_visibility",
        "m.room.guest_access",
        "m.room.encryption",
        "m.room.name",
        "m.room.topic",
        "m.room.canonical_alias",
        "m.room.tombstone",
        "m.room.server_acl",
        "m.room.third_party_invite",
        "m.space.child",
        "m.space.parent",
        "im.vector.modular.widgets",
        "m.widget",
        "m.bridge",
        "uk.half-shot.bridge",
        "org.askbridge.space",
    }
)
MEMBERSHIPS = frozenset({"join", "invite", "knock", "leave", "ban"})
MEDIA = {"m.image": "image", "m.file": "file", "m.audio": "audio", "m.video": "video"}
_ID_LENGTH = 255
"""No Matrix identifier is longer; relations hold whatever a user likes."""
_FILE_KEYS = ("url", "key", "iv", "hashes", "v")
_FILE_LENGTH = 2000
"""An EncryptedFile takes some 400 characters; what is longer is none."""
_VARIATION = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[♀♂]")
"""Skin tone, presentation and gender of an emoji."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and by whom something was said. `at` is the sender's word for when, checked by nobody yet.

    `late`: what came after it may be known already.
    """

    room_id: str
    event_id: str
    sender: str
    at: object = None
    thread_root: str | None = None
    reply_to: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    origin: Origin
    body: str
    html: str = ""
    mentions: tuple[str, ...] | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """`said` is the message as it reads now, under the id of the edited event."""

    origin: Origin
    target: str
    said: Said


@dataclass(frozen=True, slots=True)
class Reacted:
    origin: Origin
    target: str
    key: str


@dataclass(frozen=True, slots=True)
class Redacted:
    origin: Origin
    target: str


@dataclass(frozen=True, slots=True)
class MemberChanged:
    origin: Origin
    user_id: str
    membership: str
    display_name: str
    is_direct: bool


@dataclass(frozen=True, slots=True)
class StateChanged:
    origin: Origin
    event_type: str
    state_key: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Echoed:
    """Our own message came back; it settles the delivery of `effect_id`."""

    origin: Origin
    effect_id: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """`reason` is one of few words, for the metrics."""

    reason: str


Reading = Said | Edited | Reacted | Redacted | MemberChanged | StateChanged | Echoed | Ignored


def read(event: dict[str, Any], me: str) -> Reading:
    """What a raw client-format event says to the bot `me`."""
    content = _object(event.get("content"))
    relation = _object(content.get("m.relates_to"))
    origin = _origin(event, relation)
    if origin is None:
        return Ignored("malformed")
    if "state_key" in event:
        return _state(event, origin, content)
    if origin.sender == me:
        return _own(origin, content)
    kind = event.get("type")
    if kind == "m.room.message":
        return _message(origin, content, relation)
    if kind == "m.reaction":
        return _reaction(origin, relation)
    if kind == "m.room.redaction":
        target = _id(event.get("redacts")) or _id(content.get("redacts"))
        return Redacted(origin, target) if target else Ignored("malformed")
    return Ignored("type")


def read_member(event: dict[str, Any]) -> tuple[str, str, str] | None:
    """Who is in a room, how, and under which name: of an `m.room.member`, in a fraction of the time that `read` takes.

    The state of a big room is a thousand of them. None for other events, and where it says nothing.
    """
    if event.get("type") != "m.room.member":
        return None
    user_id, content = _id(event.get("state_key")), _object(event.get("content"))
    membership = _text(content.get("membership"))
    if not user_id or membership not in MEMBERSHIPS:
        return None
    return user_id, membership, _text(content.get("displayname"))[:256]


def read_fetched(event: dict[str, Any], me: str) -> Reading:
    """What a message asked from the homeserver says now, with the latest edit that is bundled with it."""
    reading = read(event, me)
    latest = _object(_object(_object(event.get("unsigned")).get("m.relations")).get("m.replace"))
    if not isinstance(reading, Said) or not latest:
        return reading
    edit = read({"room_id": reading.origin.room_id, **latest}, me)
    theirs = isinstance(edit, Edited) and edit.origin.sender == reading.origin.sender
    return replace(edit.said, origin=reading.origin) if isinstance(edit, Edited) and theirs else reading


def _origin(event: dict[str, Any], relation: dict[str, Any]) -> Origin | None:
    room_id, event_id, sender = (_id(event.get(k)) for k in ("room_id", "event_id", "sender"))
    if not (room_id and event_id and sender) or not isinstance(event.get("content"), dict):
        return None
    in_thread = relation.get("rel_type") == "m.thread"
    reply = _id(_object(relation.get("m.in_reply_to")).get("event_id"))
    fallback = in_thread and relation.get("is_falling_back") is True
    return Origin(
        room_id=room_id,
        event_id=event_id,
        sender=sender,
        at=event.get("origin_server_ts"),
        thread_root=(_id(relation.get("event_id")) or None) if in_thread else None,
        reply_to=None if fallback else reply or None,
        late=event.get(LATE_KEY) is True,
    )


def _state(event: dict[str, Any], origin: Origin, content: dict[str, Any]) -> Reading:
    kind, key = event.get("type"), event.get("state_key")
    if not isinstance(kind, str) or not isinstance(key, str):
        return Ignored("malformed")
    if kind == "m.room.member":
        member = read_member(event)
        return MemberChanged(origin, *member, content.get("is_direct") is True) if member else Ignored("malformed")
    return StateChanged(origin, kind, key, content) if kind in WATCHED_STATE else Ignored("type")


def _own(origin: Origin, content: dict[str, Any]) -> Reading:
    effect_id = _text(content.get(EFFECT_KEY))
    return Echoed(origin, effect_id) if effect_id else Ignored("own")


def _message(origin: Origin, content: dict[str, Any], relation: dict[str, Any]) -> Reading:
    if relation.get("rel_type") == "m.replace":
        target, new = _id(relation.get("event_id")), _object(content.get("m.new_content"))
        said = _said(replace(origin, event_id=target), new) if target else None
        return Edited(origin, target, said) if said else Ignored("malformed")
    return _said(origin, content) or Ignored("no text")


def _said(origin: Origin, content: dict[str, Any]) -> Said | None:
    msgtype = _text(content.get("msgtype"))
    body = _text(content.get("body"))
    if msgtype in MEDIA:
        return _media(origin, content, MEDIA[msgtype])
    if msgtype not in {"m.text", "m.emote"} or not body.strip():
        return None
    html = _text(content.get("formatted_body")) if content.get("format") == "org.matrix.custom.html" else ""
    return Said(origin, without_reply_fallback(body) if origin.reply_to else body, html, _mentions(content))


def _media(origin: Origin, content: dict[str, Any], kind: str) -> Said:
    """A file; its body is a caption where `filename` differs from it (spec 1.10)."""
    body, filename = _text(content.get("body")), _text(content.get("filename"))
    info = _object(content.get("info"))
    size = info.get("size")
    attachment = Attachment(
        event_id=origin.event_id,
        kind="voice" if "org.matrix.msc3245.voice" in content else kind,
        name=(filename or body)[:256],
        source=_encrypted_file(content.get("file")) or _text(content.get("url")),
        mimetype=_text(info.get("mimetype"))[:128],
        size=size if isinstance(size, int) and not isinstance(size, bool) and 0 <= size < 2**53 else 0,
    )
    caption = body if filename and filename != body else ""
    html = _text(content.get("formatted_body")) if caption else ""
    return Said(origin, caption, html, _mentions(content), attachment)


def _encrypted_file(value: Any) -> str:
    """An EncryptedFile (Client-Server API, "Sending encrypted attachments") as JSON; "" where it is none."""
    file = _object(value)
    if not _id(file.get("url")):
        return ""
    try:
        source = json.dumps({name: file[name] for name in _FILE_KEYS if name in file}, sort_keys=True)
    except RecursionError:
        return ""
    return source if len(source) <= _FILE_LENGTH else ""


def _mentions(content: dict[str, Any]) -> tuple[str, ...] | None:
    """The people of `m.mentions`; None where the client does not send it."""
    mentions = content.get("m.mentions")
    if not isinstance(mentions, dict):
        return None
    people = mentions.get("user_ids")
    named = (p for p in people[:50] if isinstance(p, str) and p.startswith("@")) if isinstance(people, list) else ()
    return tuple(dict.fromkeys(named))


def _reaction(origin: Origin, relation: dict[str, Any]) -> Reading:
    target, key = _id(relation.get("event_id")), _text(relation.get("key"))
    if relation.get("rel_type") != "m.annotation" or not target or not key:
        return Ignored("malformed")
    return Reacted(origin, target, _VARIATION.sub("", key)[:32])


def without_reply_fallback(body: str) -> str:
    """The text without the quoted lines that older clients put before a reply."""
    lines = body.split("\n")
    quoted = next((i for i, line in enumerate(lines) if not line.startswith("> ")), len(lines))
    return "\n".join(lines[quoted:]).lstrip("\n") if quoted else body


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(value: Any) -> str:
    text = _text(value)
    return text if len(text) <= _ID_LENGTH else ""


def _text(value: Any) -> str:
    """A string without NUL bytes and lone surrogates, which neither database can keep."""
    if not isinstance(value, str):
        return ""
    if "\0" in value or not value.isascii():
        return value.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    return value
