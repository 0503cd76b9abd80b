"""Raw Matrix events as clients send them, and the setting they are read in."""

from typing import Any

from bridge.chat.command import Invocation, Setting, invoked
from bridge.chat.events import Ignored, Reading, Said, read
from bridge.chat.intents import Intent
from bridge.chat.understand import Known, understand
from bridge.workflow.commands import commands

ROOM, ME, ANN, BOB = "!room:example.org", "@qa:example.org", "@ann:example.org", "@bob:example.org"
SETTING = Setting(ME, "!", commands(), names=("Question Bot",))
Raw = dict[str, Any]


def event(content: Raw, kind: str = "m.room.message", *, sender: str = ANN, event_id: str = "$1", **more: Any) -> Raw:
    return {
        "type": kind,
        "room_id": ROOM,
        "event_id": event_id,
        "sender": sender,
        "origin_server_ts": 1,
        "content": content,
        **more,
    }


def text(body: str, html: str = "", *, mentions: list[str] | None = None) -> Raw:
    """The content of a text message."""
    formatted = {"format": "org.matrix.custom.html", "formatted_body": html} if html else {}
    named = {"m.mentions": {"user_ids": mentions}} if mentions is not None else {}
    return {"msgtype": "m.text", "body": body, **formatted, **named}


def file(body: str, kind: str = "m.file", **content: Any) -> Raw:
    return {"msgtype": kind, "body": body, "url": "mxc://example.org/abc", **content}


def reply(content: Raw, to: str) -> Raw:
    return content | {"m.relates_to": {"m.in_reply_to": {"event_id": to}}}


def threaded(content: Raw, root: str, reply_to: str | None = None) -> Raw:
    """In a thread; the reply is the fallback of clients with threads unless `reply_to` is given."""
    fallback = {"is_falling_back": reply_to is None, "m.in_reply_to": {"event_id": reply_to or "$latest"}}
    return content | {"m.relates_to": {"rel_type": "m.thread", "event_id": root, **fallback}}


def edited(content: Raw, target: str) -> Raw:
    return {
        "msgtype": "m.text",
        "body": f"* {content.get('body')}",
        "m.new_content": content,
        "m.relates_to": {"rel_type": "m.replace", "event_id": target},
    }


def reaction(key: str, target: str = "$target", *, sender: str = ANN) -> Raw:
    content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": key}}
    return event(content, "m.reaction", sender=sender, event_id="$reaction")


def pill(user_id: str, shown: str) -> str:
    return f'<a href="https://matrix.to/#/{user_id}">{shown}</a>'


def heard(content: Raw, **more: Any) -> Reading:
    return read(event(content, **more), ME)


def said(body: str, html: str = "") -> Said:
    reading = heard(text(body, html))
    assert isinstance(reading, Said)
    return reading


def invocation(body: str, html: str = "") -> Invocation | None:
    return invoked(said(body, html), SETTING)


def meaning(raw: Raw, *fetched: Raw, tracked: tuple[str, ...] = (), private: bool = False) -> Intent | Ignored:
    """What an event asks of us, given the messages that the homeserver has and the events that we track."""
    known = Known(lambda event_id: event_id in tracked, private, {f["event_id"]: f for f in fetched})
    return understand(read(raw, ME), SETTING, known)
