"""Encrypted rooms, as people see them whose client is Element's: matrix-js-sdk with its Rust crypto.

It takes and gives keys only to devices that their owners have signed.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
import pytest_asyncio

from bridge.demo.homeserver import LocalHomeserver, synapse_python
from tests.element.client import Element, SealedCard
from tests.element.process import ElementError
from tests.real import ledger
from tests.real.client import JsonObject
from tests.real.postgres import needed_on_ci
from tests.real.synapse import Appservice, AskbridgeProcess, Mode, SynapseWithRegistrations, Town, build_town

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def signs_in(stack: AsyncExitStack, server: LocalHomeserver, name: str) -> Element:
    made = await server.register(f"{name}-{uuid4().hex[:6]}")
    return await stack.enter_async_context(Element.signs_in(server.url, made.user_id, made.password))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(synapse: SynapseWithRegistrations) -> AsyncIterator[tuple[Element, Element]]:
    """Ann and Bob, for all towns of this file."""
    async with AsyncExitStack() as stack:
        yield await signs_in(stack, synapse.server, "ann"), await signs_in(stack, synapse.server, "bob")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sync", "push"])
async def town(
    synapse: SynapseWithRegistrations, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AsyncIterator[Town]:
    mode: Mode = request.param
    async with aiohttp.ClientSession() as session:
        town = await build_town(synapse, tmp_path_factory.mktemp(f"encrypted-{mode}"), session, mode)
        town.measured = mode == "push"
        try:
            yield town
        finally:
            await town.ends()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rooms(town: Town, pair: tuple[Element, Element]) -> list[str]:
    ann, bob = pair
    rooms = [await sealed_room(ann, bob.user_id, town.bot_user_id) for _ in range(2)]
    for room in rooms:
        await joins_when_invited(bob, room)
    town.rooms.extend(rooms)
    return rooms


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(town: Town, pair: tuple[Element, Element], rooms: list[str]) -> AskbridgeProcess:
    """It runs, and both know that it is in the rooms."""
    bot = await town.starts_bot(encryption=with_keys_in(town))
    for person in pair:
        for room in rooms:
            await person.members(room, town.bot_user_id)
    return bot


def with_keys_in(town: Town) -> JsonObject:
    return {"enabled": True, "store": str(town.directory / "crypto")}


async def sealed_room(creator: Element, *invited: str, bot: str | None = None) -> str:
    """An encrypted room; `bot`, where given, has the power to remove people."""
    powers = {"users": {creator.user_id: 100, bot: 100}}
    extra: JsonObject = {"room_version": "11", "power_level_content_override": powers} if bot else {}
    return await creator.creates_room("room", invite=[*invited, *([bot] if bot else [])], **extra)


async def joins_when_invited(person: Element, room: str, within: float = 10) -> None:
    """An invite may be seen abroad before our homeserver has it itself."""
    await person.waits_for_invite(room, within)
    async with asyncio.timeout(within):
        while True:
            try:
                await person.joins(room)
                return
            except ElementError as error:
                if error.errcode != "M_FORBIDDEN":
                    raise
                await asyncio.sleep(0.05)


async def is_signed(witness: Element, bot: str) -> None:
    """All devices of the bot that have keys are signed by its identity, as this client sees it."""
    devices = (await witness.trust(bot, "-", until="has_identity"))["devices"]
    assert devices
    for device in devices:
        assert (await witness.trust(bot, device, until="signed_by_owner"))["signed_by_owner"]


def is_sealed_well(card: SealedCard) -> bool:
    return (card.wire_type, card.shield) == ("m.room.encrypted", None)


async def said_by(bot: str, witness: Element, room: str) -> list[JsonObject]:
    return [event for event in await witness.timeline(room) if event["sender"] == bot]


async def answer_to(person: Element, room: str, bot: str, text: str) -> str:
    """What the bot says to a command."""
    said = await person.says(room, text)
    return str((await person.sees(room, relates=said, sender=bot))["content"]["body"])


async def test_a_question_lives_in_an_encrypted_room(
    town: Town, pair: tuple[Element, Element], rooms: list[str], bot: AskbridgeProcess
) -> None:
    (ann, bob), room, me = pair, rooms[0], town.bot_user_id
    for person in pair:
        await is_signed(person, me)
    asked = await ann.says(room, "!ask Where is the key of the shed? #shed")
    for person in pair:
        card = await person.waits_for_card(room, asked, state="open", sender=me)
        assert is_sealed_well(card)
        assert card.facts["tags"] == ["shed"]
    shown = await ann.sees(room, relates=asked, sender=me)
    assert shown["wire_content"]["m.relates_to"]["rel_type"] == "m.thread"
    assert not {"body", "org.askbridge.card", "org.askbridge.effect"} & set(shown["wire_content"])

    answer = await bob.answers_in_thread(room, asked, "Under the mat.")
    await ann.edits(room, asked, "!ask Where is the key of the old shed? #garden")
    await ann.sees(room, body="Under the mat.")
    await ann.reacts(room, answer, "✅")
    card = await bob.waits_for_card(room, asked, state="answered", sender=me)
    assert is_sealed_well(card)
    assert (card.accepted, card.facts["tags"]) == ([answer], ["garden"])
    listed = await answer_to(bob, room, me, f"!show {card.number}")
    assert "the old shed" in listed
    assert "Under the mat." in listed
    await ann.redacts(room, asked)
    gone = await bob.waits_for_card(room, asked, state="closed", sender=me)
    assert gone.facts["tags"] == []
    assert await answer_to(bob, room, me, f"!show {card.number}") == f"Q{card.number} was withdrawn."


async def test_what_was_said_before_becomes_a_question(
    town: Town, pair: tuple[Element, Element], rooms: list[str], bot: AskbridgeProcess
) -> None:
    """By `!ask` as a reply and by ❓: the message itself, which meant nothing when it came, is read then."""
    (ann, bob), room, me = pair, rooms[0], town.bot_user_id
    beamer = await bob.says(room, "Who has the beamer? #beamer")
    await ann.sees(room, body="Who has the beamer?")
    await ann.replies(room, beamer, "!ask")
    card = await ann.waits_for_card(room, beamer, sender=me)
    assert card.facts["tags"] == ["beamer"]
    assert exported(town, card.number)["asker"] == bob.user_id

    coffee = await ann.says(room, "Is there coffee?")
    await bob.sees(room, body="Is there coffee?")
    await bob.reacts(room, coffee, "❓")
    card = await bob.waits_for_card(room, coffee, sender=me)
    question = exported(town, card.number)
    assert (question["title"], question["asker"]) == ("Is there coffee?", ann.user_id)


async def test_files_and_voice_messages_are_asked_about(
    town: Town, pair: tuple[Element, Element], rooms: list[str], bot: AskbridgeProcess
) -> None:
    (ann, bob), room, me = pair, rooms[0], town.bot_user_id
    contract = await ann.sends_file(room, "contract.pdf", b"%PDF", body="!ask Who signs this?")
    card = await ann.waits_for_card(room, contract, sender=me)
    shown = await answer_to(bob, room, me, f"!show {card.number}")
    assert "Who signs this?" in shown
    assert "- contract.pdf" in shown.splitlines()

    plan = await bob.sends_file(room, "plan.ods", b"PK")
    about = await ann.replies(room, plan, "!ask Is this the newest plan?")
    card = await ann.waits_for_card(room, about, sender=me)
    assert "- plan.ods" in (await answer_to(bob, room, me, f"!show {card.number}")).splitlines()

    voice = await ann.sends_voice(room, b"OggS")
    await bob.sees(room, body="Voice message")
    await bob.replies(room, voice, "!ask")
    card = await bob.waits_for_card(room, voice, sender=me)
    question = exported(town, card.number)
    assert (question["title"], question["asker"]) == ("Voice message.ogg", ann.user_id)


KILLS, QUESTIONS = 10, 100


async def test_killed_again_and_again(
    town: Town, pair: tuple[Element, Element], rooms: list[str], bot: AskbridgeProcess
) -> None:
    """100 of 100 questions are asked, each has one card, and Ann and Bob can read all that the bot says."""
    chance = random.Random(f"encrypted kills {town.mode}")
    asking = asyncio.create_task(asks_much(pair, rooms, chance))
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.2, 2.2))
        await bot.kill()
        await bot.start(ready_within=None)
    asked = await asking
    await bot.kill()
    await bot.start()

    for person in pair:
        for room, event in asked:
            card = await person.waits_for_card(room, event, sender=town.bot_user_id, within=60)
            assert is_sealed_well(card)
    database = town.directory / "askbridge.db"
    await ledger.settled(database)
    assert ledger.balance(database, [event for _, event in asked]) == {"lost": 0, "doubled": 0}
    for person in pair:
        for room in rooms:
            assert wrongs(await said_by(town.bot_user_id, person, room), [e for r, e in asked if r == room]) == []


async def asks_much(people: tuple[Element, Element], rooms: list[str], chance: random.Random) -> list[tuple[str, str]]:
    """Both ask in both rooms. Returns (room, event id)."""
    asked = []
    for number in range(QUESTIONS):
        room = rooms[number % 2]
        asked.append((room, await people[number // 2 % 2].says(room, f"!ask Question {number}?")))
        await asyncio.sleep(chance.uniform(0, 0.22))
    return asked


def wrongs(events: list[JsonObject], asked: list[str]) -> list[str]:
    """Whatever is unreadable, in clear, doubted, there twice or not there."""
    messages = [e for e in events if e["type"] in ("m.room.message", "m.room.encrypted") or e["failure"]]
    found = [f"{e['event_id']} cannot be read: {e['failure']}" for e in messages if e["failure"]]
    found += [f"{e['event_id']} is in clear" for e in messages if e["wire_type"] != "m.room.encrypted"]
    found += [f"{e['event_id']} is doubted: {e['shield']}" for e in messages if e["shield"]]
    effects = Counter(e["content"][ledger.EFFECT_KEY] for e in messages if ledger.EFFECT_KEY in e["content"])
    found += [f"{effect} came {times} times" for effect, times in effects.items() if times > 1]
    cards = {event: len(ledger.cards(messages, event)) for event in asked}
    return found + [f"{event} has {count} cards" for event, count in cards.items() if count != 1]


def exported(town: Town, number: int) -> JsonObject:
    questions = ledger.exported(town.directory / "askbridge.db", "question")
    return next(question for question in questions if question["number"] == number)


# --- two homeservers


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def servers(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[SynapseWithRegistrations, LocalHomeserver]]:
    """Ours and a partner's, which federate."""
    if not synapse_python().exists():
        needed_on_ci("Synapse is not installed: scripts/test installs it")
    directory = tmp_path_factory.mktemp("encrypted-partners")
    appservices = [Appservice.invent(number) for number in range(2)]
    files = [appservice.write(directory) for appservice in appservices]
    ours = LocalHomeserver(directory / "ours", appservices=files, federation=True)
    async with ours, LocalHomeserver(directory / "theirs", federation=True) as theirs:
        yield SynapseWithRegistrations(ours, appservices), theirs


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def neighbours(
    servers: tuple[SynapseWithRegistrations, LocalHomeserver],
) -> AsyncIterator[tuple[Element, Element]]:
    """Amy of our staff, and Eve from the partner."""
    async with AsyncExitStack() as stack:
        yield await signs_in(stack, servers[0].server, "amy"), await signs_in(stack, servers[1], "eve")


@pytest.mark.parametrize("mode", ["sync", "push"])
async def test_a_partner_asks_is_answered_and_accepts(
    servers: tuple[SynapseWithRegistrations, LocalHomeserver],
    neighbours: tuple[Element, Element],
    mode: Mode,
    tmp_path: Path,
) -> None:
    """And sees the bot's device as signed by its owner, as everybody on our homeserver does."""
    (ours, theirs), (amy, eve) = servers, neighbours
    async with aiohttp.ClientSession() as session:
        town = await build_town(ours, tmp_path, session, mode)
        try:
            await partner_asks(town, amy, eve, theirs)
        finally:
            await town.ends()


async def partner_asks(town: Town, amy: Element, eve: Element, theirs: LocalHomeserver) -> None:
    me = town.bot_user_id
    room = await sealed_room(amy, bot=me)
    acme = {"level": "extranet", "rooms": [room], "enforce": "on", "externals": {"servers": [theirs.server_name]}}
    await town.starts_bot(spaces={"acme": acme}, encryption=with_keys_in(town))
    await amy.members(room, me)
    await amy.says(room, f"!invite {eve.user_id} for 30d because of the audit")
    await joins_when_invited(eve, room)
    await amy.members(room, eve.user_id)
    await eve.members(room, me)
    for person in (amy, eve):
        await is_signed(person, me)

    asked = await eve.says(room, "!ask How do I log in?")
    for person in (amy, eve):
        assert is_sealed_well(await person.waits_for_card(room, asked, state="open", sender=me))
    answer = await amy.answers_in_thread(room, asked, "With your badge.")
    await eve.sees(room, body="With your badge.")
    await eve.reacts(room, answer, "✅")
    for person in (amy, eve):
        card = await person.waits_for_card(room, asked, state="answered", sender=me)
        assert is_sealed_well(card)
        assert card.accepted == [answer]
        assert wrongs(await said_by(me, person, room), [asked]) == []
