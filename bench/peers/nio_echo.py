"""An echo on matrix-nio, as its documentation shows one: a callback that calls room_send. Argument: the homeserver."""

import asyncio
import sys

from nio import AsyncClient, AsyncClientConfig, MatrixRoom, RoomMessageText

ME = "@bot:localhost"


async def main(homeserver: str) -> None:
    client = AsyncClient(homeserver, ME, config=AsyncClientConfig(encryption_enabled=False))
    client.restore_login(ME, "ECHO", "token")

    async def answer(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != ME and event.body.startswith("!ask "):
            content = {"msgtype": "m.notice", "body": f"noted: {event.body[5:]}"}
            await client.room_send(room.room_id, "m.room.message", content)

    client.add_event_callback(answer, RoomMessageText)
    await client.sync_forever(timeout=30_000, full_state=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
