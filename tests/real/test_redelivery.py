"""The same thing handed over more than once, by other ways, or too late: handled once all the same."""

import asyncio
import re
import sqlite3
from pathlib import Path

from bridge.demo.homeserver import free_port
from tests.real import dying, ledger
from tests.real.client import Person
from tests.real.faults import FaultProxy
from tests.real.pushing import an_event, pushes, text
from tests.real.synapse import Town


async def each_once(amy: Person, room: str, database: Path, asked: list[str]) -> None:
    """Every message that asked is one question with one card, and nothing was sent twice."""
    await ledger.settled(database)
    assert ledger.balance(database, asked) == {"lost": 0, "doubled": 0}
    assert len(ledger.exported(database, "question")) == len(asked)
    events = await ledger.sent_by_bot(amy, room)
    assert [len(ledger.cards(events, event_id)) for event_id in asked] == [1] * len(asked)
    assert await ledger.doubled_effects(amy, room) == []


async def test_a_transaction_three_times_and_its_events_in_another(push_town: Town) -> None:
    amy = await push_town.person("amy")
    room = await push_town.room("help", amy)
    await push_town.starts_bot()
    asked = await amy.says(room, "!ask Once?")
    event = await amy.waits_for(room, lambda e: e["event_id"] == asked) | {"room_id": room}

    statuses = [await pushes(push_town, [event], "thrice") for _ in range(3)]
    statuses += await asyncio.gather(*(pushes(push_town, [event, event]) for _ in range(4)))
    assert set(statuses) == {200}
    await amy.waits_for_card(room, asked)
    await each_once(amy, room, push_town.directory / "askbridge.db", [asked])


async def test_both_transports_at_once(push_town: Town, proxy: FaultProxy) -> None:
    """Synapse pushes what it also tells by /sync; the test pushes it once more, whichever of the two came first."""
    town = push_town
    amy = await town.person("amy")
    room = await town.room("help", amy)
    town.homeserver_url = proxy.url
    bot = await town.starts_bot(appservice=town.config()["appservice"] | {"sync": True})
    asked = []
    for n in range(10):
        asked.append(await amy.says(room, f"!ask Question {n}?"))
        pushed = an_event(room, amy.user_id, text(f"!ask Question {n}?"), event_id=asked[-1])
        assert await pushes(town, [pushed]) == 200
        if n == 5:
            await bot.kill()
            await bot.start()
    await amy.waits_for_card(room, asked[-1])
    await each_once(amy, room, town.directory / "askbridge.db", asked)
    by_sync = [r for r in proxy.seen(path="/sync$") if r.status == 200]
    assert len(by_sync) > 2


async def test_what_the_homeserver_swallowed_is_found(push_town: Town) -> None:
    """Synapse may shelve a transaction in the moment in which it finds us again; see `bridge.matrix.missed`."""
    assert push_town.appservice is not None
    push_town.appservice_listen = free_port()
    amy = await push_town.person("amy")
    room = await push_town.room("help", amy)
    upstream = f"http://127.0.0.1:{push_town.appservice_listen}"
    async with FaultProxy(upstream, push_town.appservice.port) as between:
        await push_town.starts_bot()
        await amy.waits_for_card(room, await amy.says(room, "!ask Heard?"))
        between.answers(200, {}, method="PUT", path="/transactions/")
        asked = await amy.says(room, "!ask Swallowed?")
        await amy.waits_for_card(room, asked, within=15)
        assert [r.fault for r in between.seen(path="/transactions/")].count("answer 200") == 1


MESSAGES = 250
GAP = ["chat"] * 20 + ["!ask In between?"] + ["chat"] * 29


async def test_a_long_gap_with_commands_inside(town: Town) -> None:
    """More was said while the bot was away than a /sync answer holds (longer gaps: `tests.matrix.test_sync`)."""
    amy = await town.person("amy")
    room = await town.room("help", amy)
    bot = await town.starts_bot()
    first = await amy.says(room, "!ask Before?")
    await amy.waits_for_card(room, first)
    await bot.kill()

    async def chatters() -> str:
        said = [await amy.says(room, words) for words in GAP]
        return said[GAP.index("!ask In between?")]

    asked = [first, *await asyncio.gather(*(chatters() for _ in range(MESSAGES // len(GAP))))]
    await bot.start()
    await amy.waits_for_card(room, await amy.says(room, "!ask Behind?"), within=20)
    await ledger.settled(town.directory / "askbridge.db")
    assert ledger.balance(town.directory / "askbridge.db", asked) == {"lost": 0, "doubled": 0}
    events = await ledger.sent_by_bot(amy, room)
    assert [len(ledger.cards(events, question)) for question in asked] == [1] * (1 + MESSAGES // len(GAP))


async def test_an_echo_settles_what_got_no_answer(any_town: Town, proxy: FaultProxy) -> None:
    """The send arrived and its answer was lost: the message comes back before the next try is due."""
    any_town.homeserver_url = proxy.url
    amy = await any_town.person("amy")
    room = await any_town.room("help", amy)
    await any_town.starts_bot()
    proxy.loses_answers(times=2, method="PUT", path="/send/m.room.message")
    asked = await amy.says(room, "!ask Answered?")
    card = await amy.waits_for_card(room, asked)
    await each_once(amy, room, any_town.directory / "askbridge.db", [asked])
    await amy.waits_for_card(room, await amy.says(room, "!ask And this?"))
    sent = proxy.seen(method="PUT", path=f"/{re.escape(card.content[ledger.EFFECT_KEY])}$")
    assert [r.fault for r in sent][:2] == ["lose answer", "lose answer"], "a third try may come before the echo does"


async def test_a_forgotten_transaction_id_is_looked_for_in_the_room(town: Town) -> None:
    """The bot died with an answer outstanding and comes back an hour later, to a homeserver that knows it no more.

    A new device is as good as an hour: Synapse keeps transaction ids by device.
    """
    amy = await town.person("amy")
    room = await town.room("help", amy)
    bot = town.process(command=dying.COMMAND, environment=dying.ENVIRONMENT)
    await bot.start()
    dying.arm(town.directory, "after-send")
    asked = await amy.says(room, "!ask Sent?")
    await bot.exits()
    await amy.waits_for_card(room, asked)
    an_hour_passes(town.directory / "askbridge.db")
    town.bot_token = await new_device(town)

    await town.starts_bot()
    later = await amy.says(room, "!ask And later?")
    await amy.waits_for_card(room, later)
    await each_once(amy, room, town.directory / "askbridge.db", [asked, later])


def an_hour_passes(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        changed = connection.execute("UPDATE outbox SET created_at = created_at - 3600000 WHERE state = 'new'")
        assert changed.rowcount == 1
    connection.close()


async def new_device(town: Town) -> str:
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": town.bot_user_id},
        "password": "secret",
    }
    url = f"{town.server.url}/_matrix/client/v3/login"
    async with town.session.post(url, json=body) as response:
        return str((await response.json())["access_token"])


async def test_a_stranger_may_not_push(push_town: Town) -> None:
    amy = await push_town.person("amy")
    room = await push_town.room("help", amy)
    await push_town.starts_bot()
    assert push_town.appservice is not None
    url = f"http://127.0.0.1:{push_town.appservice.port}/_matrix/app/v1/transactions/x"
    body = {"events": [an_event(room, amy.user_id, text("!ask Forged?"))]}
    for headers, status in (({}, 401), ({"Authorization": "Bearer wrong"}, 403)):
        async with push_town.session.put(url, json=body, headers=headers) as response:
            assert response.status == status
    asked = await amy.says(room, "!ask True?")
    await amy.waits_for_card(room, asked)
    await each_once(amy, room, push_town.directory / "askbridge.db", [asked])
