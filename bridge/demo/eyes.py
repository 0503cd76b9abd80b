"""Seeing what happens in the rooms, in order, and waiting for what ought to happen."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bridge.chat.events import CARD_KEY, TRIAGE_KEY
from bridge.demo.person import Person
from bridge.matrix.client import V3
from bridge.workflow.ports import GiveUp, JsonObject, RetryLater

PATIENCE = 20.0
"""Seconds to wait for what the bot does within a fraction of one."""
PATIENCE_FOR_PICTURES = 45.0
"""The first one that is drawn on a machine takes longer."""
PAUSE = 2.0
"""Seconds until a homeserver that is away is asked again."""


class NotAsTold(Exception):
    """A step of the story did not come; the message says which."""


@dataclass(frozen=True, slots=True)
class Card:
    """The bot's one message in a question's thread, or in a triage room; `facts` as it said them first."""

    event_id: str
    number: int
    facts: JsonObject = field(default_factory=dict, compare=False)


class Eyes:
    """One person's view of the rooms they are in. Each event is given to `tell` when its turn comes."""

    def __init__(self, person: Person, rooms: Iterable[str], bot: str, tell: Callable[[JsonObject], None]) -> None:
        self._person = person
        self._rooms = list(rooms)
        self._bot = bot
        self._tell = tell
        self._since = ""
        self._waiting: deque[JsonObject] = deque()
        self._triaged: dict[int, Card] = {}

    async def open(self) -> None:
        """From now on. What was said before is not told."""
        self._since = (await self._sync(0, 0))["next_batch"]

    def look_into(self, room_id: str) -> None:
        """From now on, see what is said there, too."""
        if room_id not in self._rooms:
            self._rooms.append(room_id)

    async def until(self, fits: Callable[[JsonObject], bool], what: str, within: float = PATIENCE) -> JsonObject:
        """The next event that fits. NotAsTold with `what` where it does not come in time."""
        deadline = asyncio.get_running_loop().time() + within
        while True:
            while self._waiting:
                event = self._waiting.popleft()
                self._tell(event)
                self._remember(event)
                if fits(event):
                    return event
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                raise NotAsTold(f"{what}: it did not come within {within:g} seconds.")
            await self._look(left)

    def _remember(self, event: JsonObject) -> None:
        facts = event["content"].get(TRIAGE_KEY)
        if self._by_bot(event) and facts and _relation(event).get("rel_type") != "m.replace":
            self._triaged[int(facts["question"])] = Card(event["event_id"], int(facts["question"]), facts)

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
        return Card(event["event_id"], int(facts["question"]), facts)

    async def triage_card(self, number: int) -> Card:
        """The card of a question in the triage room, which may have come before the one in its thread."""
        if number not in self._triaged:
            await self.until(lambda _: number in self._triaged, f"Q{number} is in the triage room")
        return self._triaged[number]

    async def card_shows(self, *cards: Card, within: float = PATIENCE, **facts: object) -> None:
        """Until each card was edited to hold these facts (`state`, `assignee`, and `accepted`, `tags` in threads)."""
        left = {card.event_id: card.number for card in cards}

        def fits(event: JsonObject) -> bool:
            shown = _facts(event["content"].get("m.new_content", {}))
            if self._by_bot(event) and all(shown.get(key) == value for key, value in facts.items()):
                left.pop(str(_relation(event).get("event_id")), None)
            return not left

        told = ", ".join(f"{key} {value}" for key, value in facts.items())
        await self.until(fits, f"the card of Q{cards[0].number} changes to {told}", within)

    async def card_says(self, number: int, *words: str) -> str:
        """The text of the question's card, once it was edited to have all these words in it."""

        def fits(event: JsonObject) -> bool:
            new = event["content"].get("m.new_content", {})
            ours = self._by_bot(event) and new.get(CARD_KEY, {}).get("question") == number
            return ours and all(word in new["body"] for word in words)

        event = await self.until(fits, f"the card of Q{number} changes to say: {', '.join(words)}")
        return str(event["content"]["m.new_content"]["body"])

    async def reply(self, event_id: str) -> str:
        """The text of the bot's answer to this event."""
        return str((await self._reply(event_id))["content"]["body"])

    async def marked(self, event_id: str) -> tuple[str, str]:
        """As `reply`, with the same as HTML."""
        content = (await self._reply(event_id))["content"]
        return str(content["body"]), str(content.get("formatted_body", ""))

    async def text_and_picture(self, event_id: str) -> tuple[str, JsonObject]:
        """With what the bot answers this event, in either order: drawing takes a while."""
        came: dict[str, JsonObject] = {}

        def fits(event: JsonObject) -> bool:
            if self._by_bot(event) and event_id in _answered_by(event):
                came[str(event["content"].get("msgtype"))] = event["content"]
            return {"m.notice", "m.image"} <= came.keys()

        await self.until(fits, "askbridge answers in words and with a picture", PATIENCE_FOR_PICTURES)
        return str(came["m.notice"]["body"]), came["m.image"]

    async def _reply(self, event_id: str) -> JsonObject:
        def fits(event: JsonObject) -> bool:
            said = event["content"].get("msgtype") == "m.notice" and CARD_KEY not in event["content"]
            return self._by_bot(event) and said and event_id in _answered_by(event)

        return await self.until(fits, "askbridge answers")

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


def _facts(content: JsonObject) -> JsonObject:
    """What a card says for programs, wherever it is."""
    facts = content.get(CARD_KEY) or content.get(TRIAGE_KEY)
    return facts if isinstance(facts, dict) else {}


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
