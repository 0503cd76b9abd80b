"""Whether the homeserver reaches us as an application service: it is asked to ping us.

Where askbridge runs, it answers. Where it does not, we listen in its place for a moment, and take nothing but pings:
events stay with the homeserver.
"""

import asyncio
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bridge.config.model import AppService, Config
from bridge.matrix.client import HomeserverClient
from bridge.matrix.wire import read_json
from bridge.web.appservice import appservice_app
from bridge.web.server import ListenError, WebServer
from bridge.workflow.ports import Batch, GiveUp, RetryLater


@dataclass(frozen=True, slots=True)
class Answer:
    """`by` is who was reached; `problem` is None where the ping arrived."""

    by: str
    problem: str | None = None
    remedy: str = ""


async def ping(client: HomeserverClient, config: Config, service: AppService) -> Answer:
    door = _Door(config.bot.user_id, service.hs_token.get_secret_value())
    server = WebServer(door, service.listen.host, service.listen.port, stop_within=1)
    try:
        await server.start()
    except ListenError as error:
        if not await _in_use(service):
            return Answer("", str(error), "set appservice.listen to an address of this machine")
        return await _asked(client, service, "the askbridge that listens there", None)
    try:
        return await _asked(client, service, "us", door)
    finally:
        await server.stop()


async def _in_use(service: AppService) -> bool:
    """Whether somebody answers where we may not listen."""
    try:
        _, writer = await asyncio.open_connection(service.listen.host, service.listen.port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def _asked(client: HomeserverClient, service: AppService, by: str, door: "_Door | None") -> Answer:
    path = f"/_matrix/client/v1/appservice/{quote(service.id, safe='')}/ping"
    try:
        await client.request("POST", path, {}, name="ping")
    except (GiveUp, RetryLater) as error:
        return _explained(error, service, by, door)
    return Answer(by)


def _explained(error: GiveUp | RetryLater, service: AppService, by: str, door: "_Door | None") -> Answer:
    said = str(error)
    if "M_FORBIDDEN" in said:
        return Answer(by, f"the homeserver knows another id: {said}", "make appservice.id that of its registration")
    if "M_URL_NOT_SET" in said:
        return Answer(by, "the homeserver has no url to reach us", "install the registration as it is now")
    if "M_BAD_STATUS" in said:
        hint = "its hs_token is not ours" if door and door.refused else "something else answers there"
        return Answer(
            by, f"{service.url} refuses the ping: {hint}", "install the registration as it is now, restart it"
        )
    return Answer(
        by,
        f"the homeserver does not reach {service.url}: {said}",
        f"appservice.url, as in the registration, must lead from the homeserver to {service.listen}",
    )


class _Door:
    """Lets pings in."""

    def __init__(self, user_id: str, hs_token: str) -> None:
        self.refused = False
        self._app: ASGIApp = appservice_app(_Closed(), hs_token, user_id, read_json)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def watched(message: object) -> None:
            if isinstance(message, dict) and message.get("status") in {401, 403}:
                self.refused = True
            await send(message)  # type: ignore[arg-type]

        is_ping = str(scope.get("path", "")).endswith("/ping")
        closed = JSONResponse({"errcode": "M_UNKNOWN", "error": "askbridge is being checked, not run"}, 503)
        await (self._app if is_ping else closed)(scope, receive, watched)


class _Closed:
    """An intake that takes nothing; no ping comes this far."""

    async def accept(self, batch: Batch) -> None:
        raise RetryLater(f"not running, {batch.source} must wait")

    async def sync_token(self, source: Literal["sync", "keys"] = "sync") -> str | None:  # noqa: ARG002 (none was kept)
        return None

    async def has_transaction(self, transaction_id: str) -> bool:  # noqa: ARG002 (none was ever seen)
        return False
