"""SIGKILL at every stage and at random moments: nothing is lost, nothing comes twice.

Homeserver, database and process are real. See `dying` for the stages.
"""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.real import dying, ledger
from tests.real.client import Person
from tests.real.synapse import AskbridgeProcess, Mode, SynapseWithRegistrations, Town, build_town

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sync", "push"])
async def shared_town(
    synapse: SynapseWithRegistrations, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AsyncIterator[Town]:
    """One town for all stages, which keep apart by their rooms' questions."""
    mode: Mode = request.param
    async with aiohttp.ClientSession() as session:
        town = await build_town(synapse, tmp_path_factory.mktemp(f"kills-{mode}"), session, mode)
        town.measured = mode == "push"
        try:
            yield town
        finally:
            await town.ends()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def people(shared_town: Town) -> tuple[Person, Person, str]:
    amy, bob = await shared_town.person("amy"), await shared_town.person("bob")
    return amy, bob, await shared_town.room("help", amy, bob)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(shared_town: Town, people: tuple[Person, Person, str]) -> AskbridgeProcess:
    """A bot that dies where it is told to, and can be started again."""
    bot = shared_town.process(command=dying.COMMAND, environment=dying.ENVIRONMENT)
    await bot.start()
    return bot


@pytest.mark.parametrize("stage", dying.STAGES)
async def test_killed_at_a_stage(
    shared_town: Town, people: tuple[Person, Person, str], bot: AskbridgeProcess, stage: str
) -> None:
    """A card, an edit and a list, one of them interrupted and the others behind it: each comes, and once."""
    amy, bob, room = people
    asked = await amy.says(room, f"!ask What about {stage}?")
    card = await amy.waits_for_card(room, asked, state="open")
    answer = await bob.says(room, "This way.", thread=asked)
    await bob.waits_for_reply(room, await bob.says(room, "!mine"))

    acts = [(amy, "!ask And this?", None), (amy, "!answered", asked), (bob, f"!show {card.number}", None)]
    turn = (list(dying.STAGES).index(stage) + (shared_town.mode == "push")) % len(acts)
    dying.arm(shared_town.directory, stage)
    said = {text: await person.says(room, text, thread=thread) for person, text, thread in acts[turn:] + acts[:turn]}
    assert await bot.exits(within=10) == -signal.SIGKILL
    await bot.start()
    behind = await amy.says(room, "!ask Is anything behind it?")
    await amy.waits_for_card(room, behind)

    assert (await amy.waits_for_card(room, asked, state="answered")).accepted == [answer]
    await ledger.settled(shared_town.directory / "askbridge.db")
    events = await ledger.sent_by_bot(amy, room)
    questions = [asked, said["!ask And this?"], behind]
    assert ledger.balance(shared_town.directory / "askbridge.db", questions) == {"lost": 0, "doubled": 0}
    assert [len(ledger.cards(events, question)) for question in questions] == [1, 1, 1]
    assert len(ledger.edits_of(events, card.event_id)) == 1
    assert len(ledger.replies_to(events, said[f"!show {card.number}"])) == 1
    assert await ledger.doubled_effects(amy, room) == []


KILLS, PEOPLE, ROOMS, EACH = 10, 4, 3, 25


async def test_killed_at_random_under_load(shared_town: Town, bot: AskbridgeProcess) -> None:
    """People in several rooms go on asking while the bot dies again and again, even while it starts."""
    await bot.terminate()
    chance = random.Random(f"kills {shared_town.mode}")
    crowd = [await shared_town.person(f"load{n}") for n in range(PEOPLE)]
    rooms = [await shared_town.room(f"load {n}", *crowd) for n in range(ROOMS)]
    bot = shared_town.process()
    await bot.start()

    async def asks(person: Person, number: int) -> list[tuple[str, str]]:
        asked = []
        for count in range(EACH):
            room = rooms[(number + count) % ROOMS]
            asked.append((room, await person.says(room, f"!ask Question {number}.{count}?")))
            await asyncio.sleep(chance.uniform(0, 0.5))
        return asked

    asking = [asyncio.create_task(asks(person, number)) for number, person in enumerate(crowd)]
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.1, 1.0))
        await bot.kill()
        await bot.start(ready_within=None)
    await bot.kill()
    await bot.start()
    asked = [one for each in await asyncio.gather(*asking) for one in each]
    await all_are_settled(crowd[0], asked, shared_town.directory / "askbridge.db")


async def all_are_settled(witness: Person, asked: list[tuple[str, str]], database: Path) -> None:
    """Every question is stored once and has one card."""
    for room in dict.fromkeys(room for room, _ in asked):
        await witness.waits_for_card(room, next(event_id for r, event_id in reversed(asked) if r == room), within=20)
    await ledger.settled(database)
    assert ledger.balance(database, [event_id for _, event_id in asked]) == {"lost": 0, "doubled": 0}
    for room in dict.fromkeys(room for room, _ in asked):
        events = await ledger.sent_by_bot(witness, room)
        wrong = {e: len(ledger.cards(events, e)) for r, e in asked if r == room and len(ledger.cards(events, e)) != 1}
        assert wrong == {}
        assert await ledger.doubled_effects(witness, room) == []
