"""The way in by push: the homeserver's side of the Application Service API.

A transaction is acknowledged only after the intake has it; whatever goes wrong before makes the homeserver send it
again.
"""

import asyncio
import hmac
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bridge.web.matrix_json import BodyTooLarge, limited_body, matrix_error, matrix_ok, no_such_endpoint
from bridge.web.server import WebServer
from bridge.workflow.ports import Batch, Intake, JsonObject

log = structlog.get_logger(__name__)

MAX_BODY = 64 * 1024 * 1024

ReadJson = Callable[[bytes], Any]
"""Parses a body or raises ValueError. One hostile event must not make it refuse a transaction, which would come again
for ever: `bridge.matrix.wire.read_json` is meant."""


def appservice_app(intake: Intake, hs_token: str, bot_user_id: str, read_json: ReadJson) -> ASGIApp:
    """The app that the registration's `url` leads to."""
    return _TokenCheck(_routes(_Appservice(intake, bot_user_id, read_json)), hs_token)


class PushTransport:
    """Fills the Transport port by serving the appservice app; started once it listens."""

    name = "push"

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self.started = False
        self.listening = asyncio.Event()
        self.server = WebServer(app, host, port)

    async def run(self) -> None:
        """Serve until cancelled, then finish the transaction at hand; ListenError where the address is taken."""
        await self.server.start()
        self.started = True
        self.listening.set()
        try:
            await self.server.wait()
        finally:
            await self.server.stop()


class _Appservice:
    def __init__(self, intake: Intake, bot_user_id: str, read_json: ReadJson) -> None:
        self._intake = intake
        self._bot = bot_user_id
        self._read_json = read_json
        # asyncio's lock is fair: transactions pass in the order of their arrival.
        self._one_at_a_time = asyncio.Lock()

    async def transaction(self, request: Request) -> Response:
        try:
            body = self._read_json(await limited_body(request, MAX_BODY))
        except ClientDisconnect:
            return matrix_error(400, "M_NOT_JSON", "the body broke off")
        except BodyTooLarge:
            return matrix_error(413, "M_TOO_LARGE", f"more than {MAX_BODY} bytes")
        except ValueError:
            return matrix_error(400, "M_NOT_JSON", "the body is no JSON")
        entries = body.get("events") if isinstance(body, dict) else None
        if not isinstance(entries, list):
            return matrix_error(400, "M_BAD_JSON", "no list of events")
        return await self._accept(request.path_params["txn_id"], entries)

    async def _accept(self, txn_id: str, entries: list[Any]) -> Response:
        events = _events(entries, txn_id)
        name = _name(txn_id, events)
        async with self._one_at_a_time:
            try:
                if not await self._intake.has_transaction(name):
                    await self._intake.accept(Batch("push", events, name))
            except Exception:
                log.exception("transaction could not be accepted and will come again", transaction=txn_id)
                return matrix_error(500, "M_UNKNOWN", "the transaction could not be stored")
        return matrix_ok()

    async def user(self, request: Request) -> Response:
        return matrix_ok() if request.path_params["user_id"] == self._bot else _not_found()

    async def room(self, _request: Request) -> Response:
        return _not_found()

    async def ping(self, _request: Request) -> Response:
        return matrix_ok()


class _TokenCheck:
    """Lets through only who knows the hs_token, before anything of a body is read."""

    def __init__(self, app: ASGIApp, hs_token: str) -> None:
        self._app = app
        self._expected = hs_token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self._app
        if scope["type"] == "http":
            app = self._refusal(_presented_token(Request(scope))) or app
        await app(scope, receive, send)

    def _refusal(self, token: bytes | None) -> Response | None:
        if token is None:
            return matrix_error(401, "M_MISSING_TOKEN", "no token")
        if not hmac.compare_digest(token, self._expected):
            return matrix_error(403, "M_FORBIDDEN", "wrong token")
        return None


def _routes(service: _Appservice) -> Starlette:
    # A `path` takes in ids with an encoded slash.
    routes = [
        Route(prefix + path, endpoint, methods=[method])
        for method, path, endpoint in (
            ("PUT", "/transactions/{txn_id:path}", service.transaction),
            ("GET", "/users/{user_id:path}", service.user),
            ("GET", "/rooms/{alias:path}", service.room),
        )
        for prefix in ("/_matrix/app/v1", "")
    ]
    routes.append(Route("/_matrix/app/v1/ping", service.ping, methods=["POST"]))
    return Starlette(routes=routes, exception_handlers={HTTPException: no_such_endpoint})


def _presented_token(request: Request) -> bytes | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip().encode("latin-1")
    legacy = request.query_params.get("access_token")
    return None if legacy is None else legacy.encode("utf-8", "replace")


def _events(entries: list[Any], txn_id: str) -> list[JsonObject]:
    events = [entry for entry in entries if isinstance(entry, dict)]
    if len(events) < len(entries):
        log.warning("entries that are no events left out", transaction=txn_id, count=len(entries) - len(events))
    return events


def _name(txn_id: str, events: list[JsonObject]) -> str:
    """What a transaction is known by. Its id alone would make us pass over other events: Synapse on SQLite counts its
    transactions from 1 again after a restart.
    """
    event_ids = "\n".join(str(event.get("event_id")) for event in events)
    return f"{txn_id} {sha256(event_ids.encode('utf-8', 'replace')).hexdigest()[:24]}"


def _not_found() -> Response:
    return matrix_error(404, "M_NOT_FOUND", "not ours")
