"""Transactions from a homeserver that may send anything: straight to the bot's port, with the true token."""

import json
from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import uuid4

from tests.real.synapse import Town

JsonObject = dict[str, Any]
_numbers = count()


def an_event(room: str, sender: str, content: Any, **more: Any) -> JsonObject:
    """A message as a homeserver pushes it; `more` replaces any part."""
    event = {
        "type": "m.room.message",
        "event_id": f"${uuid4().hex}",
        "room_id": room,
        "sender": sender,
        "origin_server_ts": 1_700_000_000_000,
        "content": content,
    }
    return event | more


def text(body: Any, **more: Any) -> JsonObject:
    return {"msgtype": "m.text", "body": body, **more}


async def pushes(town: Town, events: Sequence[Any], txn_id: str | None = None) -> int:
    """Returns the status of the answer."""
    return await pushes_body(town, json.dumps({"events": events}).encode("utf-8", "surrogatepass"), txn_id)


async def pushes_body(town: Town, body: bytes, txn_id: str | None = None) -> int:
    assert town.appservice is not None
    name = txn_id or f"test-{next(_numbers)}"
    url = f"http://127.0.0.1:{town.appservice.port}/_matrix/app/v1/transactions/{name}"
    headers = {"Authorization": f"Bearer {town.appservice.hs_token}", "Content-Type": "application/json"}
    async with town.session.put(url, data=body, headers=headers) as response:
        return response.status
