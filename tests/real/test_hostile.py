"""Events that nobody should send. None is more than ignored or refused, and nothing behind them waits."""

import json
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.real import dying, ledger, poisoned
from tests.real.client import CARD_KEY, MatrixError, Person
from tests.real.pushing import an_event, pushes, pushes_body, text
from tests.real.synapse import SynapseWithRegistrations, Town, build_town

module_loop = pytest.mark.asyncio(loop_scope="module")
JsonObject = dict[str, Any]
PROMPT = 5.0
DEEP = "[" * 3000 + "]" * 3000
LONG = "x" * 65_000
YEARS = 3_153_600_000_000
CLOCKS: list[Any] = [0, -1, -(2**62), 2**63 - 1, 2**70, 1.5, 1e300, "yesterday", True, [], YEARS, 4 * YEARS]


def nested(depth: int) -> Any:
    value: Any = "bottom"
    for _ in range(depth):
        value = {"m.relates_to": value}
    return value


def related(**relation: Any) -> JsonObject:
    return text("!ask about this?", **{"m.relates_to": relation})


MALFORMED: dict[str, list[JsonObject]] = {
    "missing fields": [
        {"content": {}},
        {"sender": None},
        {"type": None},
        {"content": None},
        {"origin_server_ts": None},
    ],
    "wrong types": [
        {"content": []},
        {"content": "text"},
        {"sender": 5},
        {"sender": "nobody"},
        {"type": ["m.room.message"]},
        {"event_id": 7},
        {"event_id": ""},
        {"room_id": {"a": 1}},
        {"state_key": 5},
        {"unsigned": "none"},
        {"content": text(["!ask"])},
        {"content": text({"a": "!ask"})},
        {"content": {"msgtype": 3, "body": "!ask"}},
        {"content": text("!unanswered", **{"m.mentions": {"user_ids": "all"}})},
        {"content": text("!unanswered", **{"m.mentions": [1]})},
        {"content": text("!unanswered", format="org.matrix.custom.html", formatted_body={"a": 1})},
        {"content": {"msgtype": "m.image", "body": None, "info": {"size": 1e300, "mimetype": 5}, "url": []}},
    ],
    "relations to nowhere": [
        {"content": related(rel_type="m.thread", event_id=5)},
        {"content": related(rel_type="m.thread")},
        {"content": related(rel_type=["m.thread"], event_id="$x")},
        {"content": related(**{"m.in_reply_to": "none"})},
        {"content": related(**{"m.in_reply_to": {"event_id": "$" + "x" * 5000}})},
        {"content": text("!answered", **{"m.relates_to": {"m.in_reply_to": {"event_id": "$nothing"}}})},
        {"content": text("* x", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$nothing"}})},
        {
            "type": "m.reaction",
            "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$no", "key": "✅"}},
        },
        {"type": "m.reaction", "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$no", "key": 5}}},
        {
            "type": "m.reaction",
            "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$no", "key": "❓"}},
        },
        {"type": "m.room.redaction", "redacts": "$nothing", "content": {}},
        {"type": "m.room.redaction", "redacts": ["$nothing"], "content": {"redacts": 5}},
    ],
    "clocks": [{"content": text(f"!ask When is {at}?"), "origin_server_ts": at} for at in CLOCKS],
    "characters": [
        {"content": text("!ask NUL \0 here?")},
        {"content": text("!ask lone \ud800 surrogate?")},
        {"content": text("!ask \u202eturned\u202c \u200b?")},
        {"content": text("!" + "é" * 10_000)},
    ],
    "sizes": [
        {"content": text("!ask " + "y" * 20_001)},
        {"content": text("!show 999999999999")},
        {"content": text("!show " + "9" * 5000)},
        {"content": text("!unanswered page:99999999999999999999 older:99999999999d")},
        {"content": text("!ask many?", **{"m.mentions": {"user_ids": [f"@p{n}:x" for n in range(5000)]}})},
        {"content": text("!ask " + " ".join(f"@p{n}:example.org" for n in range(900)))},
        {"content": text("!ask " + "#tag" * 4000)},
        {"content": text("!ask " + "#" * 19_000)},
        {"content": text("!ask " + "@" * 19_000)},
        {
            "content": text(
                "!ask pills?",
                format="org.matrix.custom.html",
                formatted_body='<a href="https://matrix.to/#/@p:x">' * 1500,
            )
        },
        {"content": text("@" + "a" * 30_000 + ":" + "b" * 30_000)},
        {"content": text(LONG)},
        {"content": text("!ask deep?", **nested(90))},
        {"content": text("!ask a?", extra=[LONG])},
    ],
    "state": [
        {"type": "m.room.power_levels", "state_key": "", "content": {"users": [1], "users_default": "a"}},
        {"type": "m.room.power_levels", "state_key": "", "content": []},
        {"type": "m.room.create", "state_key": "", "sender": None, "content": {"predecessor": 5, "room_version": []}},
        {"type": "m.room.create", "state_key": "", "content": {"additional_creators": {"a": 1}, "room_version": 12}},
        {"type": "m.room.tombstone", "state_key": "", "content": {"replacement_room": 5}},
        {"type": "m.room.tombstone", "state_key": "", "content": {"replacement_room": "!nowhere:invalid"}},
        {"type": "m.space.child", "state_key": "!x:y", "content": {"via": "none"}},
        {"type": "m.space.child", "state_key": "", "content": {"via": [5, {}]}},
        {"type": "m.room.name", "state_key": "", "content": {"name": LONG}},
        {
            "type": "m.room.member",
            "state_key": "@long:x",
            "content": {"membership": "join", "displayname": "n" * 10_240},
        },
        {"type": "m.room.member", "state_key": "@odd:x", "content": {"membership": ["join"], "displayname": {}}},
        {"type": "m.room.member", "state_key": "", "content": {"membership": "join"}},
        {"type": "m.room.member", "state_key": "@nul:x", "content": {"membership": "join", "displayname": "a\0\ud800"}},
    ],
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_town(
    synapse: SynapseWithRegistrations, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    async with aiohttp.ClientSession() as session:
        town = await build_town(synapse, tmp_path_factory.mktemp("hostile"), session, "push")
        try:
            yield town
        finally:
            await town.ends()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def people(shared_town: Town) -> tuple[Person, Person, str]:
    amy, mallory = await shared_town.person("amy"), await shared_town.person("mallory")
    room = await shared_town.room("help", amy, mallory)
    await shared_town.starts_bot()
    return amy, mallory, room


async def still_answers(amy: Person, room: str) -> None:
    """An ordinary question gets its card, soon."""
    began = time.monotonic()
    await amy.waits_for_card(room, await amy.says(room, "!ask Is anybody there?"), within=PROMPT)
    assert time.monotonic() - began < PROMPT


@module_loop
@pytest.mark.parametrize("kind", MALFORMED)
async def test_what_no_homeserver_should_push(shared_town: Town, people: tuple[Person, Person, str], kind: str) -> None:
    amy, mallory, room = people
    events = [an_event(room, mallory.user_id, text("!ask")) | bad for bad in MALFORMED[kind]]
    events = [{k: v for k, v in event.items() if v is not None} for event in events]
    assert await pushes(shared_town, events) == 200
    await still_answers(amy, room)
    await ledger.settled(shared_town.directory / "askbridge.db")
    assert "event_parked" not in shared_town.processes[-1].log()
    assert "effect_failed" not in shared_town.processes[-1].log()


@module_loop
async def test_bodies_that_no_strict_parser_takes(shared_town: Town, people: tuple[Person, Person, str]) -> None:
    """Nested thousands deep, numbers past all bounds, no objects at all: one event must not stop a transaction."""
    amy, mallory, room = people
    good = json.dumps(an_event(room, mallory.user_id, text("!ask Between hostile neighbours?"), event_id="$between"))
    bad = '{"type":"m.room.message","content":{"body":"!ask x","n":%s}}'
    entries = [bad % DEEP, bad % ("9" * 400), bad % "1e999", bad % r'"\ud800"', "null", "5", "[]", good]
    assert await pushes_body(shared_town, f'{{"events":[{",".join(entries)}]}}'.encode()) == 200
    await still_answers(amy, room)
    found = ledger.exported(shared_town.directory / "askbridge.db", "question")
    assert [q["title"] for q in found if q["event_id"] == "$between"] == ["Between hostile neighbours?"]
    for hopeless in (b"", b"[]", b'{"events": 5}', b"\xff\xfe"):
        assert await pushes_body(shared_town, hopeless) == 400
    await still_answers(amy, room)


@module_loop
async def test_loops_and_the_words_of_others(shared_town: Town, people: tuple[Person, Person, str]) -> None:
    """Replies in a circle, tombstones in a circle, edits and redactions of what is another's."""
    amy, mallory, room = people
    asked = await amy.says(room, "!ask Whose words are these?")
    card = await amy.waits_for_card(room, asked)
    ring = [f"$ring{n}" for n in range(3)]
    replies = [
        an_event(room, mallory.user_id, related(**{"m.in_reply_to": {"event_id": ring[n - 1]}}), event_id=ring[n])
        for n in range(3)
    ]
    circle = {"type": "m.room.tombstone", "state_key": ""}
    tombs = [an_event(room, mallory.user_id, {"replacement_room": room}, **circle)]
    words = [
        an_event(room, mallory.user_id, edit_of(asked, "!ask Something else?")),
        an_event(room, mallory.user_id, edit_of(card.event_id, "Q1 · closed")),
        an_event(room, mallory.user_id, {}, type="m.room.redaction", redacts="$unknown"),
    ]
    assert await pushes(shared_town, [*replies, *tombs, *words]) == 200
    await still_answers(amy, room)
    stored = ledger.exported(shared_town.directory / "askbridge.db", "question")
    assert [q["title"] for q in stored if q["event_id"] == asked] == ["Whose words are these?"]
    shown = await amy.card(room, asked)
    assert shown is not None
    assert (shown.state, shown.body) == ("open", card.body)


def edit_of(event_id: str, body: str) -> JsonObject:
    relation = {"rel_type": "m.replace", "event_id": event_id}
    return text(f"* {body}", **{"m.new_content": text(body), "m.relates_to": relation})


async def test_signs_of_the_bot_from_others_settle_nothing(any_town: Town) -> None:
    """Mallory copies what the bot signs its events with, before the bot could send the event itself."""
    amy, mallory = await any_town.person("amy"), await any_town.person("mallory")
    room = await any_town.room("help", amy, mallory)
    bot = any_town.process(command=dying.COMMAND, environment=dying.ENVIRONMENT)
    await bot.start()
    first = await amy.waits_for_card(room, await amy.says(room, "!ask First?"))

    dying.arm(any_town.directory, "before-send")
    asked = await amy.says(room, "!ask Second?")
    await bot.exits()
    fakes = {CARD_KEY: first.facts | {"question": 2}, ledger.EFFECT_KEY: pending_effect(any_town)}
    for fake in ([CARD_KEY], [ledger.EFFECT_KEY], [CARD_KEY, ledger.EFFECT_KEY]):
        await mallory.says(room, "Q2 · closed", thread=asked, content_extra={key: fakes[key] for key in fake})
    await mallory.sends(room, "m.room.message", {"msgtype": "m.notice", "body": "!ask from another bot?"})
    await bot.start()

    card = await amy.waits_for_card(room, asked, state="open")
    assert card.sender == any_town.bot_user_id
    await still_answers(amy, room)
    assert len(ledger.exported(any_town.directory / "askbridge.db", "question")) == 3


def pending_effect(town: Town) -> str:
    """The id of the effect that the dead bot still has to carry out."""
    with sqlite3.connect(town.directory / "askbridge.db") as database:
        [(effect,)] = database.execute("SELECT effect_id FROM outbox WHERE state = 'new'").fetchall()
    database.close()
    return str(effect)


async def test_a_flood_by_one_person_stalls_nobody(push_town: Town) -> None:
    """Mallory asks for a hundred lists and more; Amy, behind all of that in the same room, has her card long before."""
    amy, mallory = await push_town.person("amy"), await push_town.person("mallory")
    room = await push_town.room("help", amy, mallory)
    await push_town.starts_bot(commands={"flood": {"burst": 20}})
    flood = [an_event(room, mallory.user_id, text("!mine")) for _ in range(120)]
    assert await pushes(push_town, flood) == 200
    await amy.waits_for_card(room, await amy.says(room, "!ask Behind the flood?"), within=15)
    meanwhile = len(await ledger.sent_by_bot(amy, room))

    await ledger.settled(push_town.directory / "askbridge.db", within=40)
    sent = await ledger.sent_by_bot(amy, room)
    slowed = [e for e in sent if "a lot at once" in e["content"]["body"]]
    assert (len(sent), len(slowed)) == (122, 1)
    assert meanwhile < 100
    assert await ledger.doubled_effects(amy, room) == []


ACCEPTED_BY_SYNAPSE: list[tuple[str, JsonObject]] = [
    ("m.room.message", {}),
    ("m.room.message", {"msgtype": "m.text"}),
    ("m.room.message", text("!ask " + "y" * 20_001)),
    ("m.room.message", text("!ask " + "\0")),
    ("m.room.message", text("!ask \u202e" + "é" * 9000)),
    ("m.room.message", text(LONG[:60_000])),
    ("m.room.message", text("!show 999999999999")),
    ("m.room.message", text("!ask deep?", deep=nested(60))),
    ("m.room.message", text("!ask all?", **{"m.mentions": {"room": True, "user_ids": ["@a:b"] * 900}})),
    ("m.room.message", related(**{"m.in_reply_to": {"event_id": "$nothing"}})),
    ("m.room.message", related(rel_type="m.thread", event_id="$nothing", is_falling_back="yes")),
    ("m.room.message", edit_of("$nothing", "!ask From an edit of nothing?")),
    ("m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$nothing", "key": "❓"}}),
    ("m.reaction", {}),
    ("org.askbridge.card", {"question": 1, "state": "closed"}),
]


async def test_what_people_can_send_through_a_true_homeserver(town: Town) -> None:
    amy, mallory = await town.person("amy"), await town.person("mallory")
    room = await town.room("help", amy, mallory)
    bot = await town.starts_bot()
    for event_type, content in ACCEPTED_BY_SYNAPSE:
        try:
            await mallory.sends(room, event_type, content)
        except MatrixError as refusal:
            assert refusal.status < 500, (event_type, content)
    await mallory.redacts(room, await mallory.says(room, "!ask Taken back at once?"))
    await mallory.sets_state(room, "m.room.member", {"membership": "join", "displayname": "n" * 200}, mallory.user_id)
    await amy.sets_state(room, "m.room.tombstone", {"body": "x", "replacement_room": "!nowhere:invalid"})
    await still_answers(amy, room)
    assert "event_parked" not in bot.log()
    assert "effect_failed" not in bot.log()


async def test_what_a_bug_breaks_is_parked_and_what_is_behind_goes_on(any_town: Town) -> None:
    """Bugs in reading an event, in handling it, and in wording what follows from it; see `poisoned`."""
    amy, bob = await any_town.person("amy"), await any_town.person("bob")
    room = await any_town.room("help", amy, bob)
    bot = any_town.process(command=poisoned.COMMAND, environment=dying.ENVIRONMENT)
    await bot.start()
    broken = {w: await bob.says(room, f"!ask {w}?") for w in (poisoned.READING, poisoned.HANDLING, poisoned.WORDING)}
    behind = await amy.says(room, "!ask Is anything behind it?")
    await amy.waits_for_card(room, behind)

    unread = json.loads(await bot.says(f"event_parked.*{re.escape(broken[poisoned.READING])}"))
    unhandled = json.loads(await bot.says(f"event_parked.*{re.escape(broken[poisoned.HANDLING])}"))
    assert unread["reference"] != unhandled["reference"]
    reply = await bob.waits_for_reply(room, broken[poisoned.HANDLING])
    assert unhandled["reference"] in reply["content"]["body"]
    assert json.loads(await bot.says("effect_failed"))["kind"] == "post_card"
    await ledger.settled(any_town.directory / "askbridge.db")
    await still_answers(amy, room)
    assert "task_died" not in bot.log()
