"""What was asked and what came back: nothing may be lost, doubled, or stand in the wrong place."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from secrets import token_urlsafe
from time import perf_counter
from typing import Any

JsonObject = dict[str, Any]

CARD_KEY = "org.askbridge.card"
EFFECT_KEY = "org.askbridge.effect"


@dataclass(slots=True)
class Asked:
    """A question with the first reply to it; times are of `perf_counter`."""

    event_id: str
    room_id: str
    text: str
    at: float
    replied_at: float | None = None
    reply_id: str | None = None


def invent_event_id() -> str:
    return f"${token_urlsafe(32)}"


class Ledger:
    """Knows a card by its thread's root, and a peer's reply by the words that it repeats."""

    def __init__(self) -> None:
        self.asked: dict[str, Asked] = {}
        self.resent = 0
        self.all_replied = asyncio.Event()
        self.all_replied.set()
        self._by_text: dict[str, Asked] = {}
        self._open: set[str] = set()
        self._sent: dict[tuple[str, str], str] = {}
        self._effects: set[str] = set()
        self._wrong: Counter[str] = Counter()

    def ask(self, room_id: str, text: str) -> Asked:
        asked = Asked(invent_event_id(), room_id, text, perf_counter())
        self.asked[asked.event_id] = self._by_text[text] = asked
        self._open.add(asked.event_id)
        self.all_replied.clear()
        return asked

    def reply(self, room_id: str, txn_id: str, content: JsonObject) -> tuple[str, bool]:
        """Note what the bot sent; returns the event id, and whether the event is new: a transaction id counts once."""
        at = perf_counter()
        known = self._sent.get((room_id, txn_id))
        if known:
            self.resent += 1
            return known, False
        event_id = self._sent[room_id, txn_id] = invent_event_id()
        asked = self._answered(content)
        if asked is None:
            self._wrong["replies to nothing"] += 1
        else:
            self._settle(asked, room_id, event_id, at)
        if CARD_KEY in content:
            self._check_effect(content.get(EFFECT_KEY), txn_id)
        return event_id, True

    def wrong(self) -> Counter[str]:
        """What must not be, and how often it was; empty where all is well."""
        return +(self._wrong + Counter({"lost": len(self._open)}))

    def _answered(self, content: JsonObject) -> Asked | None:
        if CARD_KEY in content:
            relation = content.get("m.relates_to", {})
            return self.asked.get(relation.get("event_id", "")) if relation.get("rel_type") == "m.thread" else None
        return self._by_text.get(str(content.get("body", "")).removeprefix("noted: "))

    def _settle(self, asked: Asked, room_id: str, event_id: str, at: float) -> None:
        if asked.room_id != room_id:
            self._wrong["in the wrong room"] += 1
        if asked.replied_at is not None:
            self._wrong["doubled"] += 1
            return
        asked.replied_at, asked.reply_id = at, event_id
        self._open.discard(asked.event_id)
        if not self._open:
            self.all_replied.set()

    def _check_effect(self, effect: object, txn_id: str) -> None:
        if effect != txn_id:
            self._wrong["effect id other than the transaction id"] += 1
        if not isinstance(effect, str) or effect in self._effects:
            self._wrong["effect id not unique"] += 1
        else:
            self._effects.add(effect)
