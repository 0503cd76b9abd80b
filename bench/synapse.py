"""How long a question's card takes on a real Synapse, seen by another person: `python -m bench.synapse`."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import perf_counter
from urllib.parse import quote

import aiohttp
from yarl import URL

from bench.bots import WAYS, BotProcess, Way, askbridge, askbridge_config
from bench.ledger import CARD_KEY, JsonObject
from bench.machine import machine
from bench.speed import tell
from bench.table import at_share, markdown
from bridge.config.load import load
from bridge.config.registration import registration_yaml
from bridge.demo.homeserver import Account, LocalHomeserver, free_port

WARM_UP = 5
BETWEEN = 0.2
"""Seconds between two questions: the homeserver finishes what a message leaves it to do."""
WITHIN = 20.0


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds from the moment a question began to be sent: until Synapse answered, and until somebody else saw it,
    and saw its card."""

    sent: float
    seen: float
    card: float


@dataclass(slots=True)
class Client:
    """A person at a Matrix client."""

    url: str
    account: Account
    session: aiohttp.ClientSession
    _transactions: Iterator[int] = field(default_factory=count)

    async def asks(
        self, method: str, path: str, body: JsonObject | None = None, query: Mapping[str, str] | None = None
    ) -> JsonObject:
        url = URL(f"{self.url}/_matrix/client/v3/{path}", encoded=True)
        headers = {"Authorization": f"Bearer {self.account.access_token}"}
        async with self.session.request(method, url, json=body, params=query, headers=headers) as response:
            answer: JsonObject = await response.json()
            if response.status != 200:
                raise RuntimeError(f"{method} {path}: {response.status} {answer}")
            return answer

    async def says(self, room: str, body: str) -> str:
        path = f"rooms/{quote(room, safe='')}/send/m.room.message/{next(self._transactions)}"
        return str((await self.asks("PUT", path, {"msgtype": "m.text", "body": body}))["event_id"])

    async def creates_room(self, *invited: str) -> str:
        body = {"preset": "private_chat", "name": "Helpdesk", "invite": list(invited)}
        return str((await self.asks("POST", "createRoom", body))["room_id"])

    async def joins(self, room: str) -> None:
        await self.asks("POST", f"join/{quote(room, safe='')}", {})


class Onlooker:
    """Somebody else in the room, with a client that syncs: notes when a message came, and when its card did."""

    def __init__(self, client: Client, room: str) -> None:
        self._client = client
        self._room = room
        self._seen: dict[str, asyncio.Future[float]] = {}
        self._cards: dict[str, asyncio.Future[float]] = {}

    async def watch(self) -> None:
        """Until cancelled."""
        since, timeout = "", 0
        only = json.dumps({"room": {"rooms": [self._room], "ephemeral": {"not_types": ["*"]}}})
        while True:
            query = {"timeout": str(timeout), "filter": only} | ({"since": since} if since else {})
            answer = await self._client.asks("GET", "sync", query=query)
            at, since, timeout = perf_counter(), answer["next_batch"], 30_000
            for event in answer.get("rooms", {}).get("join", {}).get(self._room, {}).get("timeline", {})["events"]:
                self._note(event, at)

    async def seen(self, event_id: str) -> float:
        return await asyncio.wait_for(_kept(self._seen, event_id), WITHIN)

    async def card_of(self, event_id: str) -> float:
        return await asyncio.wait_for(_kept(self._cards, event_id), WITHIN)

    def _note(self, event: JsonObject, at: float) -> None:
        content = event["content"]
        if CARD_KEY in content:
            _settle(self._cards, content["m.relates_to"]["event_id"], at)
        _settle(self._seen, event["event_id"], at)


def _kept(times: dict[str, asyncio.Future[float]], event_id: str) -> asyncio.Future[float]:
    return times.setdefault(event_id, asyncio.get_running_loop().create_future())


def _settle(times: dict[str, asyncio.Future[float]], event_id: str, at: float) -> None:
    """The first time counts."""
    future = _kept(times, event_id)
    if not future.done():
        future.set_result(at)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run happens: the homeserver, and askbridge's account and port."""

    way: Way
    folder: Path
    server: LocalHomeserver
    bot: str
    port: int

    @classmethod
    def prepare(cls, way: Way, folder: Path) -> "Place":
        """A Synapse that is not started yet; pushing, it knows askbridge by the registration that we write for it."""
        port, name = free_port(), f"localhost:{free_port()}"
        bot = f"@qa:{name}"
        config = askbridge_config(folder, way, "http://127.0.0.1:1", bot, ["!later:localhost"], port=port)
        registrations = []
        if way == "push":
            registrations.append(folder / "registration.yaml")
            registrations[0].write_text(registration_yaml(load(config).config))
        return cls(way, folder, LocalHomeserver(folder, server_name=name, appservices=registrations), bot, port)

    def config(self, room: str, access_token: str) -> Path:
        return askbridge_config(
            self.folder, self.way, self.server.url, self.bot, [room], port=self.port, access_token=access_token
        )


async def measure(place: Place, questions: int) -> list[Waits]:
    """Let two people into a room with askbridge, and ask one question after the other."""
    server = place.server
    async with aiohttp.ClientSession() as session, server:
        ann, bea = [Client(server.url, await server.register(name), session) for name in ("ann", "bea")]
        token = (await server.register("qa")).access_token if place.way == "sync" else ""
        room = await ann.creates_room(bea.account.user_id, place.bot)
        await bea.joins(room)
        async with BotProcess(askbridge(place.config(room, token)), place.folder) as process:
            await process.ready()
            return await _ask_all(ann, Onlooker(bea, room), room, questions)


async def _ask_all(ann: Client, bea: Onlooker, room: str, questions: int) -> list[Waits]:
    watching = asyncio.create_task(bea.watch())
    try:
        waits = [await _ask(ann, bea, room, number) for number in range(WARM_UP + questions)]
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    return waits[WARM_UP:]


async def _ask(ann: Client, bea: Onlooker, room: str, number: int) -> Waits:
    await asyncio.sleep(BETWEEN)
    began = perf_counter()
    event_id = await ann.says(room, f"!ask how do I reset the VPN password number {number}?")
    sent = perf_counter()
    seen, card = await bea.seen(event_id), await bea.card_of(event_id)
    return Waits((sent - began) * 1000, (seen - began) * 1000, (card - began) * 1000)


def row(way: Way, waits: Sequence[Waits]) -> list[str]:
    columns = [one.card for one in waits], [one.seen for one in waits], [one.sent for one in waits]
    shown = [f"{at_share(c, 0.5):.0f} / {at_share(c, 0.9):.0f} / {at_share(c, 0.99):.0f}" for c in columns]
    return [way, *shown]


HEAD = ("way in", "card seen, ms: p50 / p90 / p99", "question seen by another", "question sent (Synapse's answer)")


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench synapse")
    parser.add_argument("--questions", type=int, default=100)
    questions = parser.parse_args().questions
    said = f"{questions} questions one at a time on Synapse (SQLite), from the moment of sending. {machine()}."
    rows = []
    for way in WAYS:
        with tempfile.TemporaryDirectory() as folder:
            tell(f"{way}: {questions} questions on a Synapse of its own …")
            rows.append(row(way, asyncio.run(measure(Place.prepare(way, Path(folder)), questions))))
    sys.stdout.write(f"{markdown(HEAD, rows)}\n\n{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
