"""An echo on mautrix-python's appservice. Arguments: the homeserver, the port to listen on."""

import asyncio
import sys

from mautrix.appservice import AppService, ASStateStore
from mautrix.client.state_store import MemoryStateStore
from mautrix.types import Event, EventType, MessageType, TextMessageEventContent


class Memory(MemoryStateStore, ASStateStore):  # type: ignore[misc]
    def __init__(self) -> None:
        MemoryStateStore.__init__(self)
        ASStateStore.__init__(self)


async def main(homeserver: str, port: int) -> None:
    service = AppService(
        server=homeserver,
        domain="localhost",
        as_token="as_token",
        hs_token="hs_token",
        bot_localpart="bot",
        id="echo",
        state_store=Memory(),
    )

    async def answer(event: Event) -> None:
        if event.type != EventType.ROOM_MESSAGE or event.sender == service.bot_mxid:
            return
        if event.content.body.startswith("!ask "):
            notice = TextMessageEventContent(msgtype=MessageType.NOTICE, body=f"noted: {event.content.body[5:]}")
            await service.intent.send_message(event.room_id, notice)

    service.matrix_event_handler(answer)
    await service.start("127.0.0.1", port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
