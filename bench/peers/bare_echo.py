"""The least that answers: aiohttp, orjson and uvloop, no Matrix library. What it takes, the stub and the sockets take.

Arguments: the homeserver and, to be pushed instead of syncing, the port to listen on.
"""

import asyncio
import sys
from collections.abc import Iterable
from itertools import count
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
import uvloop
from aiohttp import web
from yarl import URL

JsonObject = dict[str, Any]
HEADERS = {"Authorization": "Bearer token", "Content-Type": "application/json"}


class Echo:
    def __init__(self, homeserver: str, session: aiohttp.ClientSession) -> None:
        self._api = f"{homeserver}/_matrix/client/v3"
        self._session = session
        self._transactions = count()

    async def answers(self, events: Iterable[JsonObject]) -> None:
        asked = [event for event in events if str(event["content"].get("body")).startswith("!ask ")]
        await asyncio.gather(*map(self._answer, asked))

    async def _answer(self, event: JsonObject) -> None:
        room = quote(event["room_id"], safe="")
        url = URL(f"{self._api}/rooms/{room}/send/m.room.message/{next(self._transactions)}", encoded=True)
        body = {"msgtype": "m.notice", "body": f"noted: {event['content']['body'][5:]}"}
        async with self._session.put(url, data=orjson.dumps(body), headers=HEADERS) as response:
            await response.read()

    async def syncs(self) -> None:
        since = await self._sync("")
        while True:
            since = await self._sync(f"?since={since}&timeout=30000")

    async def _sync(self, query: str) -> str:
        async with self._session.get(URL(f"{self._api}/sync{query}", encoded=True), headers=HEADERS) as response:
            answer = orjson.loads(await response.read())
        rooms = answer["rooms"]["join"].items()
        await self.answers(event | {"room_id": room} for room, news in rooms for event in news["timeline"]["events"])
        return str(answer["next_batch"])

    async def is_pushed(self, port: int) -> None:
        tasks: set[asyncio.Task[None]] = set()

        async def take(request: web.BaseRequest) -> web.Response:
            task = asyncio.create_task(self.answers(orjson.loads(await request.read()).get("events", ())))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            return web.Response(body=b"{}", content_type="application/json")

        runner = web.ServerRunner(web.Server(take))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()


async def main(homeserver: str, port: int | None) -> None:
    async with aiohttp.ClientSession() as session:
        echo = Echo(homeserver, session)
        await (echo.syncs() if port is None else echo.is_pushed(port))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None))
