"""What must come out even, whatever was killed and whenever: questions, cards, edits and replies, each once."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bridge.store.database import Database
from bridge.store.export import export
from tests.real.client import CARD_KEY, Person

EFFECT_KEY = "org.askbridge.effect"
JsonObject = dict[str, Any]


async def settled(database: Path, *, within: float = 20) -> None:
    """Wait until nothing waits to be handled or sent; what was parked does not count as waiting."""
    store = Database.open(f"sqlite:///{database}", read_only=True)
    try:
        deadline = time.monotonic() + within
        while (depths := store.depths()) and (depths.inbox or depths.outbox):
            if time.monotonic() > deadline:
                raise AssertionError(f"still waiting after {within} s: {depths}")
            await asyncio.sleep(0.05)
    finally:
        await asyncio.to_thread(store.close)


def exported(database: Path, kind: str) -> list[JsonObject]:
    """The objects of one type, from the database of a bot that may be running."""
    store = Database.open(f"sqlite:///{database}", read_only=True)
    try:
        return [entry for entry in export(store) if entry["type"] == kind]
    finally:
        store.close()


def balance(database: Path, asked: Iterable[str]) -> dict[str, int]:
    """How many of the messages that asked are no question, or more than one."""
    numbers = Counter(question["event_id"] for question in exported(database, "question"))
    found = [numbers[event_id] for event_id in asked]
    return {"lost": found.count(0), "doubled": sum(n > 1 for n in found)}


async def sent_by_bot(witness: Person, room: str) -> list[JsonObject]:
    """Everything that the bot sent into a room and that has content, oldest first."""
    return [e for e in await witness.messages(room) if e["sender"] == witness.bot and EFFECT_KEY in e["content"]]


async def doubled_effects(witness: Person, room: str) -> list[str]:
    """Effects that the room saw more than once."""
    seen = Counter(event["content"][EFFECT_KEY] for event in await sent_by_bot(witness, room))
    return [effect for effect, times in seen.items() if times > 1]


def cards(events: Iterable[JsonObject], question: str) -> list[JsonObject]:
    """The cards (not their edits) that were sent for the message that asked."""
    return [e for e in events if CARD_KEY in e["content"] and question in answered_by(e)]


def edits_of(events: Iterable[JsonObject], card: str) -> list[JsonObject]:
    return [e for e in events if _relation(e).get("rel_type") == "m.replace" and _relation(e)["event_id"] == card]


def replies_to(events: Iterable[JsonObject], command: str) -> list[JsonObject]:
    """What the bot said in reply to one message, without cards."""
    return [e for e in events if CARD_KEY not in e["content"] and command in answered_by(e)]


def answered_by(event: JsonObject) -> set[str]:
    """The messages that an event answers: the replied-to one, the root of its thread, the target of a reaction."""
    relation = _relation(event)
    if relation.get("rel_type") == "m.replace":
        return set()
    return {relation.get("event_id", ""), relation.get("m.in_reply_to", {}).get("event_id", "")} - {""}


def _relation(event: JsonObject) -> JsonObject:
    relation: JsonObject = event["content"].get("m.relates_to") or {}
    return relation
