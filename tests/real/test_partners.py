"""People from a partner's homeserver: let into exactly the rooms they were invited to, and out again."""

import asyncio
import statistics
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from bridge.demo.homeserver import LocalHomeserver, synapse_python
from tests.real.client import JsonObject, MatrixError, Person
from tests.real.partners import Extranet, Partners, accepts_invites
from tests.real.postgres import needed_on_ci
from tests.real.synapse import Appservice, Mode, SynapseWithRegistrations, build_town
from tests.real.village import body

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def partners(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Partners]:
    """Two Synapses that federate; they serve all stories of this file."""
    if not synapse_python().exists():
        needed_on_ci("Synapse is not installed: scripts/test installs it")
    directory = tmp_path_factory.mktemp("partners")
    appservices = [Appservice.invent(number) for number in range(4)]
    files = [appservice.write(directory) for appservice in appservices]
    ours = LocalHomeserver(directory / "ours", appservices=files, federation=True)
    theirs = LocalHomeserver(directory / "theirs", federation=True)
    async with ours, theirs, aiohttp.ClientSession() as session:
        yield Partners(SynapseWithRegistrations(ours, appservices), theirs, session)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sync", "push"])
async def extranet(
    partners: Partners, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AsyncIterator[Extranet]:
    mode: Mode = request.param
    town = await build_town(partners.ours, tmp_path_factory.mktemp(mode), partners.session, mode)
    try:
        yield await Extranet.build(partners, town, externals={"servers": [partners.theirs.server_name]})
    finally:
        await town.ends()


async def membership(witness: Person, room: str, person: str, wanted: set[str], within: float = 10) -> JsonObject:
    """The member event by which somebody came into one of these states, as the witness's homeserver has it."""
    return await witness.waits_for(
        room, lambda e: e.get("state_key") == person and e["content"].get("membership") in wanted, within
    )


async def test_whom_a_careless_colleague_lets_in_is_out_at_once_and_reads_nothing(extranet: Extranet) -> None:
    amy, room = extranet.amy, extranet.inside
    asked = await amy.says(room, "!ask What does nobody outside know?")
    await amy.waits_for_card(room, asked)
    out: list[float] = []
    joined = 0
    for number in range(5):
        eve = await extranet.partners.outsider(f"eve{number}")
        hurry = asyncio.create_task(joins_as_soon_as_invited(eve))
        await amy.invites(room, eve.user_id)
        gone = await membership(amy, room, eve.user_id, {"leave"})
        came = [e for e in await amy.messages(room) if is_about(e, eve) and e["content"]["membership"] == "join"]
        hurry.cancel()
        assert gone["sender"] == extranet.town.bot_user_id
        assert "reason" in gone["content"]
        if came:
            joined += 1
            gone = await membership(amy, room, eve.user_id, {"leave"})
            out.append((gone["origin_server_ts"] - came[-1]["origin_server_ts"]) / 1000)
        assert eve.user_id not in await amy.members(room)
    assert not out or statistics.median(out) < 1


def is_about(event: JsonObject, person: Person) -> bool:
    return event.get("type") == "m.room.member" and event.get("state_key") == person.user_id


async def joins_as_soon_as_invited(person: Person) -> None:
    room = await person.waits_for_invite()
    try:
        await person.joins(room)
    except MatrixError:
        return


async def test_a_guest_is_invited_asks_is_answered_and_leaves_when_it_ends(extranet: Extranet) -> None:
    amy, (room, other) = extranet.amy, extranet.rooms
    ann = await extranet.partners.outsider("ann")
    invited = await amy.says(room, f"!invite {ann.user_id} for 30d because of the audit")
    assert set(await accepts_invites(ann, 2)) == set(extranet.rooms)
    told = await extranet.chat_of(amy)
    confirmation = await amy.waits_for(told, lambda e: ann.user_id in str(e["content"].get("body")))
    assert "acme" in body(confirmation)
    assert invited

    asked = await ann.says(room, "!ask How do I log in?")
    card = await ann_sees_card(ann, room, asked, extranet)
    assert "How do I" not in body(card)
    bob = extranet.lead
    answer = await bob.says(room, "With your badge.", thread=asked)
    await ann.waits_for(room, lambda e: e["event_id"] == answer)
    await ann.reacts(room, answer, "✅")
    await amy.waits_for_card(room, asked, state="answered")

    secret = await amy.says(extranet.inside, "!ask marker-inside?")
    hidden = await amy.waits_for_card(extranet.inside, secret)
    await ann.says(room, "!questions")
    listed = await ann.waits_for(room, lambda e: from_bot(e, extranet) and "1 question" in body(e))
    assert "marker-inside" not in body(listed)
    gone = await reply_to(ann, room, f"!show {hidden.number}", extranet)
    never = await reply_to(ann, room, "!show 99999", extranet)
    assert gone.replace(str(hidden.number), "N") == never.replace("99999", "N")
    refused = {
        (await reply_to(ann, room, text, extranet))
        for text in ("!who @amy", "!who nobody", "!externals", f"!invite @eve:{extranet.partners.theirs.server_name}")
    }
    assert len(refused) == 1
    assert "!invite" not in await reply_to(ann, room, "!help", extranet)

    await amy.says(other, f"!revoke {ann.user_id}")
    for place in extranet.rooms:
        gone_event = await membership(amy, place, ann.user_id, {"leave"})
        assert gone_event["sender"] == extranet.town.bot_user_id
    report = await amy.waits_for(told, lambda e: "2" in body(e) and ann.user_id in body(e) and e is not confirmation)
    assert report


def from_bot(event: JsonObject, extranet: Extranet) -> bool:
    return bool(event["sender"] == extranet.town.bot_user_id)


async def ann_sees_card(ann: Person, room: str, asked: str, extranet: Extranet) -> JsonObject:
    return await ann.waits_for(room, lambda e: from_bot(e, extranet) and "org.askbridge.card" in e["content"])


async def reply_to(person: Person, room: str, text: str, extranet: Extranet) -> str:
    said = await person.says(room, text)
    reply = await person.waits_for(room, lambda e: from_bot(e, extranet) and said in str(e["content"]))
    return body(reply)
