"""Seeing what happens in the rooms, in order, and waiting for what ought to happen."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bridge.chat.events import CARD_KEY
from bridge.demo.person import Person
from bridge.matrix.client import V3
from bridge.workflow.ports import GiveUp, JsonObject, RetryLater

PATIENCE = 20.0
"""Seconds to wait for what the bot does within a fraction of one."""
PAUSE = 2.0
"""Seconds until a homeserver that is away is asked again."""


class NotAsTold(Exception):
    """A step of the story did not come; the message says which."""


@dataclass(frozen=True, slots=True)
class Card:
    """The bot's one message in a question's thread."""

    event_id: str
    number: int


class Eyes:
    """One person's view of the rooms they are in. Each event is given to `tell` when its turn comes."""

    def __init__(self, person: Person, rooms: Iterable[str], bot: str, tell: Callable[[JsonObject], None]) -> None:
        self._person = person
        self._rooms = list(rooms)
        self._bot = bot
        self._tell = tell
        self._since = ""
        self._waiting: deque[JsonObject] = deque()

    async def open(self) -> None:
        """From now on. What was said before is not told."""
        self._since = (await self._sync(0, 0))["next_batch"]

    async def until(self, fits: Callable[[JsonObject], bool], what: str, within: float = PATIENCE) -> JsonObject:
        """The next event that fits. NotAsTold with `what` where it does not come in time."""
        deadline = asyncio.get_running_loop().time() + within
        while True:
            while self._waiting:
                event = self._waiting.popleft()
                self._tell(event)
                if fits(event):
                    return event
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                raise NotAsTold(f"{what}: it did not come within {within:g} seconds.")
            await self._look(left)

    async def seen(self, event_id: str) -> None:
        """Until this event was told."""
        await self.until(lambda event: event["event_id"] == event_id, "the homeserver shows what was said")

    async def card(self, question: str) -> Card:
        """The card of the question that this event asks, new and open."""

        def fits(event: JsonObject) -> bool:
            return self._by_bot(event) and CARD_KEY in event["content"] and question in _answered_by(event)

        event = await self.until(fits, "askbridge posts a card for the question")
        facts = event["content"][CARD_KEY]
        expect(facts["state"] == "open", f"the card of a new question is open, not {facts['state']}")
        return Card(event["event_id"], int(facts["question"]))

    async def card_shows(self, card: Card, **facts: object) -> None:
        """Until the card was edited to hold these facts (`state`, `assignee`, `accepted`, `tags`)."""

        def fits(event: JsonObject) -> bool:
            shown = event["content"].get("m.new_content", {}).get(CARD_KEY, {})
            edits = _relation(event).get("event_id") == card.event_id
            return self._by_bot(event) and edits and all(shown.get(k) == v for k, v in facts.items())

        told = ", ".join(f"{key} {value}" for key, value in facts.items())
        await self.until(fits, f"the card of Q{card.number} changes to {told}")

    async def reply(self, event_id: str) -> str:
        """The text of the bot's answer to this event."""

        def fits(event: JsonObject) -> bool:
            said = event["type"] == "m.room.message" and CARD_KEY not in event["content"]
            return self._by_bot(event) and said and event_id in _answered_by(event)

        return str((await self.until(fits, "askbridge answers"))["content"]["body"])

    async def sign(self, event_id: str) -> None:
        """The bot's silent sign on a command that it has carried out."""

        def fits(event: JsonObject) -> bool:
            return (
                self._by_bot(event) and event["type"] == "m.reaction" and _relation(event).get("event_id") == event_id
            )

        await self.until(fits, "askbridge signs that it has done it")

    async def watch(self, going_on: Callable[[], bool]) -> None:
        """Tell what happens while `going_on`; a homeserver that does not answer is asked again."""
        while going_on():
            while self._waiting:
                self._tell(self._waiting.popleft())
            try:
                await self._look(30)
            except (RetryLater, GiveUp):
                await asyncio.sleep(PAUSE)

    def _by_bot(self, event: JsonObject) -> bool:
        return bool(event["sender"] == self._bot)

    async def _look(self, wait: float) -> None:
        answer = await self._sync(100, min(wait, 30))
        self._since = answer["next_batch"]
        for room_id, room in answer.get("rooms", {}).get("join", {}).items():
            events = room.get("timeline", {}).get("events", [])
            self._waiting += [event | {"room_id": room_id} for event in events]

    async def _sync(self, limit: int, wait: float) -> JsonObject:
        only = {"rooms": self._rooms, "timeline": {"limit": limit}, "ephemeral": {"not_types": ["*"]}}
        query = {"timeout": str(int(wait * 1000)), "filter": json.dumps({"room": only})}
        query |= {"since": self._since} if self._since else {}
        answer: JsonObject = await self._person.client.request("GET", f"{V3}/sync", query=query, name="sync")
        return answer


def expect(true: bool, told: str) -> None:
    """NotAsTold where it is not true."""
    if not true:
        raise NotAsTold(f"{told}.")


def _relation(event: JsonObject) -> JsonObject:
    relation = event["content"].get("m.relates_to")
    return relation if isinstance(relation, dict) else {}


def _answered_by(event: JsonObject) -> set[object]:
    """The events that this one answers, by reply or in a thread; none for an edit."""
    relation = _relation(event)
    if relation.get("rel_type") == "m.replace":
        return set()
    reply = relation.get("m.in_reply_to")
    return {relation.get("event_id"), reply.get("event_id") if isinstance(reply, dict) else None} - {None}
