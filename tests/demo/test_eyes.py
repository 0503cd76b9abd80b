"""Waiting for what ought to happen, and saying what did not."""

import asyncio
from typing import Any

import pytest

from bridge.chat.events import CARD_KEY, TRIAGE_KEY
from bridge.demo.eyes import Card, Eyes, NotAsTold, expect
from bridge.demo.person import Person
from bridge.workflow.ports import RetryLater

BOT = "@bot:t"
Event = dict[str, Any]


class Scripted:
    """A homeserver's client that answers each sync with the next batch of a script, and then with nothing."""

    bot_user_id = "@dmitri:t"

    def __init__(self, *batches: list[Event] | Exception) -> None:
        self.batches = list(batches)
        self.syncs = 0

    async def request(self, method: str, path: str, *, query: dict[str, str], name: str) -> Event:
        self.syncs += 1
        await asyncio.sleep(0)
        batch = self.batches.pop(0) if self.batches else []
        if isinstance(batch, Exception):
            raise batch
        rooms = {"join": {"!r": {"timeline": {"events": batch}}}} if batch else {}
        return {"next_batch": f"s{self.syncs}", "rooms": rooms}


def eyes(client: Scripted, told: list[str]) -> Eyes:
    person = Person("dmitri", client)  # type: ignore[arg-type]
    return Eyes(person, ["!r"], BOT, lambda event: told.append(event["event_id"]))


def card(event_id: str, state: str, /, **relation: Any) -> Event:
    facts = {CARD_KEY: {"question": 7, "state": state}}
    content: Event = {"body": "Q7", "m.relates_to": relation}
    content |= {"m.new_content": facts} if relation["rel_type"] == "m.replace" else facts
    return {"type": "m.room.message", "event_id": event_id, "sender": BOT, "content": content}


POSTED = card("$card", "open", rel_type="m.thread", event_id="$q")
ANSWERED = card("$edit", "answered", rel_type="m.replace", event_id="$card")
FORGED = ANSWERED | {"event_id": "$forged", "sender": "@eve:t"}


async def test_events_are_told_in_order_each_when_its_turn_comes() -> None:
    told: list[str] = []
    seeing = eyes(Scripted([POSTED, FORGED, ANSWERED]), told)
    found = await seeing.card("$q")
    assert found == Card("$card", 7)
    assert told == ["$card"]
    await seeing.card_shows(found, state="answered")
    assert told == ["$card", "$forged", "$edit"]


async def test_cards_are_waited_for_wherever_they_are_and_in_any_order() -> None:
    facts = {"question": 7, "state": "open"}
    desk = POSTED | {"event_id": "$desk", "content": {"body": "Q7", TRIAGE_KEY: facts}}
    claimed = [
        card(f"${target}-edit", "claimed", rel_type="m.replace", event_id=f"${target}") for target in ("desk", "card")
    ]
    told: list[str] = []
    seeing = eyes(Scripted([desk, POSTED, ANSWERED, *claimed]), told)
    thread = await seeing.card("$q")
    await seeing.card_shows(thread, await seeing.triage_card(7), state="claimed")
    assert told[-1] == "$card-edit"
    with pytest.raises(NotAsTold, match="the card of Q7 changes to state claimed"):
        await eyes(Scripted(claimed[:1]), []).card_shows(thread, Card("$desk", 7), state="claimed", within=0.05)


async def test_what_does_not_come_is_named() -> None:
    told: list[str] = []
    seeing = eyes(Scripted([ANSWERED]), told)
    with pytest.raises(NotAsTold, match=r"^a bird: it did not come within 0.05 seconds\.$"):
        await seeing.until(lambda event: False, "a bird", within=0.05)
    assert told == ["$edit"]


async def test_a_new_question_that_is_not_open_is_not_as_told() -> None:
    settled = card("$card", "answered", rel_type="m.thread", event_id="$q")
    with pytest.raises(NotAsTold, match="open, not answered"):
        await eyes(Scripted([settled]), []).card("$q")


async def test_watching_goes_on_over_a_homeserver_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bridge.demo.eyes.PAUSE", 0.0)
    told: list[str] = []
    client = Scripted([POSTED], RetryLater("gone"), [ANSWERED])
    await eyes(client, told).watch(lambda: client.syncs < 5)
    assert told == ["$card", "$edit"]


def test_expectations() -> None:
    expect(True, "the sun rises")
    with pytest.raises(NotAsTold, match=r"^the sun rises\.$"):
        expect(False, "the sun rises")


async def test_words_and_their_picture_come_in_either_order() -> None:
    def said(kind: str) -> Event:
        relation = {"m.in_reply_to": {"event_id": "$stats"}}
        content = {"msgtype": kind, "body": kind, "m.relates_to": relation}
        return {"type": "m.room.message", "event_id": kind, "sender": BOT, "content": content}

    words, picture = said("m.notice"), said("m.image")
    for order in ([words, picture], [picture, words]):
        assert await eyes(Scripted(order), []).text_and_picture("$stats") == ("m.notice", picture["content"])
