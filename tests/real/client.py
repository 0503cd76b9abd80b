"""People of a test story: each is a Matrix client over plain HTTP, so that a test reads as what they do and see."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import quote as _percent
from uuid import uuid4

import aiohttp
from yarl import URL

JsonObject = dict[str, Any]
Predicate = Callable[[JsonObject], object]

CARD_KEY = "org.askbridge.card"


class MatrixError(RuntimeError):
    """The homeserver refused what a person tried."""

    def __init__(self, status: int, body: JsonObject) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.errcode = str(body.get("errcode", ""))
        self.body = body


class NothingCame(AssertionError):
    """What a person waited for did not happen; names what was said in the room instead."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as a client shows it: the newest edit applied. `edits` counts them."""

    event_id: str
    room_id: str
    sender: str
    content: JsonObject
    edits: int

    @property
    def body(self) -> str:
        return str(self.content.get("body", ""))

    @property
    def html(self) -> str:
        return str(self.content.get("formatted_body", ""))

    @property
    def facts(self) -> JsonObject:
        """What the card tells other programs: question, state, space, assignee, accepted, tags."""
        return dict(self.content[CARD_KEY])

    @property
    def number(self) -> int:
        return int(self.facts["question"])

    @property
    def state(self) -> str:
        return str(self.facts["state"])

    @property
    def accepted(self) -> list[str]:
        return list(self.facts.get("accepted") or [])


@dataclass(slots=True)
class Person:
    """One signed-in client. `bot` is the only sender whose cards it believes, where it is given."""

    url: str
    user_id: str
    access_token: str
    session: aiohttp.ClientSession
    bot: str | None = None
    page: int = 1000
    _transactions: Iterator[int] = field(default_factory=count, repr=False)
    _id: str = field(default_factory=lambda: uuid4().hex[:8], repr=False)

    # --- doing

    async def says(
        self,
        room: str,
        body: str,
        *,
        thread: str | None = None,
        reply_to: str | None = None,
        mentions: Sequence[str] = (),
        html: str | None = None,
        content_extra: JsonObject | None = None,
    ) -> str:
        """Send a text message; returns its event id. `thread` is the root's event id."""
        content: JsonObject = {"msgtype": "m.text", "body": body}
        if html is not None:
            content |= {"format": "org.matrix.custom.html", "formatted_body": html}
        if mentions:
            content["m.mentions"] = {"user_ids": list(mentions)}
        content |= _relation(thread, reply_to) | (content_extra or {})
        return await self.sends(room, "m.room.message", content)

    async def sends(self, room: str, event_type: str, content: JsonObject) -> str:
        """Send any event; returns its event id."""
        path = f"rooms/{_q(room)}/send/{event_type}/{self._id}.{next(self._transactions)}"
        return str((await self.asks_server("PUT", path, content))["event_id"])

    async def reacts(self, room: str, event_id: str, key: str) -> str:
        """Returns the event id of the reaction, which a redaction takes back."""
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.sends(room, "m.reaction", {"m.relates_to": relation})

    async def edits(self, room: str, event_id: str, body: str, *, mentions: Sequence[str] = ()) -> str:
        new: JsonObject = {"msgtype": "m.text", "body": body}
        if mentions:
            new["m.mentions"] = {"user_ids": list(mentions)}
        relation = {"rel_type": "m.replace", "event_id": event_id}
        content = {"msgtype": "m.text", "body": f"* {body}", "m.new_content": new, "m.relates_to": relation}
        return await self.sends(room, "m.room.message", content)

    async def redacts(self, room: str, event_id: str, reason: str | None = None) -> str:
        path = f"rooms/{_q(room)}/redact/{_q(event_id)}/{self._id}.{next(self._transactions)}"
        return str((await self.asks_server("PUT", path, {"reason": reason} if reason else {}))["event_id"])

    async def creates_room(
        self,
        name: str,
        *,
        version: str | None = None,
        alias: str | None = None,
        preset: str = "private_chat",
        space: bool = False,
        invite: Sequence[str] = (),
        **extra: Any,
    ) -> str:
        """Make a room, or with `space` a Matrix space; `alias` is the local part. Returns the room id."""
        body: JsonObject = {"name": name, "preset": preset, "invite": list(invite)} | extra
        if version is not None:
            body["room_version"] = version
        if alias is not None:
            body["room_alias_name"] = alias
        if space:
            body["creation_content"] = {"type": "m.space"}
        return str((await self.asks_server("POST", "createRoom", body))["room_id"])

    async def upgrades_room(self, room: str, version: str) -> str:
        """Returns the id of the room that replaces it."""
        body = {"new_version": version}
        return str((await self.asks_server("POST", f"rooms/{_q(room)}/upgrade", body))["replacement_room"])

    async def sets_state(self, room: str, event_type: str, content: JsonObject, state_key: str = "") -> str:
        path = f"rooms/{_q(room)}/state/{event_type}/{_q(state_key)}"
        return str((await self.asks_server("PUT", path, content))["event_id"])

    async def joins(self, room: str) -> str:
        """Join by id or alias; returns the room id."""
        return str((await self.asks_server("POST", f"join/{_q(room)}", {}))["room_id"])

    async def leaves(self, room: str) -> None:
        await self.asks_server("POST", f"rooms/{_q(room)}/leave", {})

    async def invites(self, room: str, user_id: str) -> None:
        await self.asks_server("POST", f"rooms/{_q(room)}/invite", {"user_id": user_id})

    async def kicks(self, room: str, user_id: str, reason: str = "") -> None:
        await self.asks_server("POST", f"rooms/{_q(room)}/kick", {"user_id": user_id, "reason": reason})

    # --- seeing

    async def state(self, room: str, event_type: str, state_key: str = "") -> JsonObject:
        return await self.asks_server("GET", f"rooms/{_q(room)}/state/{event_type}/{_q(state_key)}")

    async def members(self, room: str) -> set[str]:
        """Who is joined now."""
        return set((await self.asks_server("GET", f"rooms/{_q(room)}/joined_members"))["joined"])

    async def messages(self, room: str) -> list[JsonObject]:
        """All events of the room that this person may see, oldest first."""
        events: list[JsonObject] = []
        start: str | None = None
        while True:
            query = {"dir": "f", "limit": str(self.page)} | ({"from": start} if start else {})
            page = await self.asks_server("GET", f"rooms/{_q(room)}/messages", query=query)
            events += page["chunk"]
            start = page.get("end")
            if not start or not page["chunk"]:
                return events

    async def thread(self, room: str, root: str) -> list[JsonObject]:
        """The events of a thread without its root, oldest first; edits are not among them."""
        return [event for event in await self.messages(room) if _thread_root(event) == root]

    async def card(self, room: str, question: int | str) -> Card | None:
        """The card of a question, given by number or by the event that asked it; None where there is none."""
        return _find_card(await self.messages(room), room, question, self.bot)

    # --- waiting

    async def waits_for(self, room: str, predicate: Predicate, within: float = 10) -> JsonObject:
        """The first event of the room that fits, whether it came before or comes within that many seconds."""
        deadline = time.monotonic() + within
        since = await self._position(room)
        events = await self.messages(room)
        while True:
            for event in events:
                if predicate(event):
                    return event
            if time.monotonic() >= deadline:
                raise NothingCame(f"Nothing like it within {within} s in {room}. {_recent(await self.messages(room))}")
            since, events = await self._next_events(room, since, deadline - time.monotonic())

    async def waits_for_card(
        self, room: str, question: int | str, *, state: str | None = None, within: float = 10
    ) -> Card:
        """The card, once it is there and, where `state` is given, shows that state."""
        deadline = time.monotonic() + within
        since = await self._position(room)
        while True:
            events = await self.messages(room)
            card = _find_card(events, room, question, self.bot)
            if card is not None and state in (None, card.state):
                return card
            if time.monotonic() >= deadline:
                shown = card.state if card else "no card"
                raise NothingCame(f"{question} is {shown}, not {state or 'there'}, in {room}. {_recent(events)}")
            since, _ = await self._next_events(room, since, deadline - time.monotonic())

    async def waits_for_reply(self, room: str, event_id: str, within: float = 10) -> JsonObject:
        """The bot's message that replies to this event or was sent into its thread, and is no edit."""

        def is_reply(event: JsonObject) -> bool:
            return event["sender"] == self.bot and event_id in _relates_to(event)

        return await self.waits_for(room, is_reply, within)

    async def waits_for_invite(self, sender: str | None = None, within: float = 10) -> str:
        """The room that this person is invited to now (by `sender`)."""
        deadline = time.monotonic() + within
        since: str | None = None
        while time.monotonic() < deadline:
            answer = await self._sync(since, deadline - time.monotonic(), {"room": {"timeline": {"limit": 0}}})
            since = answer["next_batch"]
            for room, invite in answer.get("rooms", {}).get("invite", {}).items():
                if sender is None or _invited_by(invite, self.user_id, sender):
                    return str(room)
        raise NothingCame(f"{self.user_id} was not invited within {within} s")

    async def asks_server(
        self, method: str, path: str, body: JsonObject | None = None, *, query: dict[str, str] | None = None
    ) -> JsonObject:
        """Any request of the client-server API, with the path after `/_matrix/client/v3/`."""
        url = f"{self.url}/_matrix/client/v3/{path}"
        headers = {"Authorization": f"Bearer {self.access_token}"}
        async with self.session.request(
            method, URL(url, encoded=True), json=body, params=query, headers=headers
        ) as response:
            answer: JsonObject = await response.json(content_type=None)
            if response.status != 200:
                raise MatrixError(response.status, answer)
            return answer

    async def downloads(self, address: str) -> bytes:
        """A file by its `mxc:` address."""
        url = f"{self.url}/_matrix/client/v1/media/download/{address.removeprefix('mxc://')}"
        headers = {"Authorization": f"Bearer {self.access_token}"}
        async with self.session.get(URL(url, encoded=True), headers=headers) as response:
            assert response.status == 200, await response.text()
            return await response.read()

    async def _position(self, room: str) -> str:
        return str((await self._sync(None, 0, _only(room, 1)))["next_batch"])

    async def _next_events(self, room: str, since: str, wait: float) -> tuple[str, list[JsonObject]]:
        answer = await self._sync(since, max(wait, 0), _only(room, 100))
        timeline = answer.get("rooms", {}).get("join", {}).get(room, {}).get("timeline", {})
        events = await self.messages(room) if timeline.get("limited") else timeline.get("events", [])
        return answer["next_batch"], events

    async def _sync(self, since: str | None, wait: float, only: JsonObject) -> JsonObject:
        query = {"timeout": str(int(min(wait, 30) * 1000)), "filter": json.dumps(only)}
        return await self.asks_server("GET", "sync", query=query | ({"since": since} if since else {}))


def _q(text: str) -> str:
    return _percent(text, safe="")


def _only(room: str, limit: int) -> JsonObject:
    return {"room": {"rooms": [room], "timeline": {"limit": limit}, "ephemeral": {"not_types": ["*"]}}}


def _relation(thread: str | None, reply_to: str | None) -> JsonObject:
    if thread is None:
        return {"m.relates_to": {"m.in_reply_to": {"event_id": reply_to}}} if reply_to else {}
    falling_back = {"is_falling_back": reply_to is None, "m.in_reply_to": {"event_id": reply_to or thread}}
    return {"m.relates_to": {"rel_type": "m.thread", "event_id": thread} | falling_back}


def _relation_of(event: JsonObject) -> JsonObject:
    relation = event["content"].get("m.relates_to")
    return relation if isinstance(relation, dict) else {}


def _thread_root(event: JsonObject) -> str | None:
    relation = _relation_of(event)
    return relation.get("event_id") if relation.get("rel_type") == "m.thread" else None


def _replaced(event: JsonObject) -> str | None:
    relation = _relation_of(event)
    return relation.get("event_id") if relation.get("rel_type") == "m.replace" else None


def _relates_to(event: JsonObject) -> set[object]:
    """The events that this one answers: thread root and replied-to event; none for an edit."""
    if _replaced(event):
        return set()
    relation = _relation_of(event)
    reply = relation.get("m.in_reply_to")
    return {relation.get("event_id"), reply.get("event_id") if isinstance(reply, dict) else None} - {None}


def _find_card(events: list[JsonObject], room: str, question: int | str, bot: str | None) -> Card | None:
    for event in events:
        if _is_card_of(event, question) and bot in (None, event["sender"]):
            return _as_shown(event, room, events)
    return None


def _is_card_of(event: JsonObject, question: int | str) -> bool:
    facts = event["content"].get(CARD_KEY)
    if not isinstance(facts, dict) or _replaced(event):
        return False
    return facts.get("question") == question if isinstance(question, int) else question in _relates_to(event)


def _as_shown(card: JsonObject, room: str, events: list[JsonObject]) -> Card:
    edits = [e for e in events if _replaced(e) == card["event_id"] and e["sender"] == card["sender"]]
    content = edits[-1]["content"]["m.new_content"] if edits else card["content"]
    return Card(card["event_id"], room, card["sender"], content, len(edits))


def _invited_by(invite: JsonObject, invited: str, sender: str) -> bool:
    events = invite.get("invite_state", {}).get("events", [])
    return any(
        event["type"] == "m.room.member" and event["state_key"] == invited and event["sender"] == sender
        for event in events
    )


def _recent(events: list[JsonObject]) -> str:
    said = [f"{e['sender']}: {e['content'].get('body', e['type'])}"[:200] for e in events[-8:]]
    return "\n".join(["Said last:", *said])
