"""Answering a homeserver that asks before it lets an invite, a join, a knock or a state change happen.

`bridge.synapse_module` asks here; docs/synapse-module.md tells of both.
"""

import hmac
from typing import Any, get_args

import orjson
import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bridge.ops.supervise import reference_id
from bridge.web.matrix_json import BodyTooLarge, limited_body, matrix_error, no_such_endpoint
from bridge.workflow.asked import AccessDecision, AccessRequest, Act, Decide

log = structlog.get_logger(__name__)

PATH = "/_askbridge/decide"

MAX_BODY = 1024 * 1024
"""An event holds 64 KiB; this leaves room for whatever escapes a JSON writer chooses."""


def decision_route(decide: Decide, secret: str) -> Route:
    """POST /_askbridge/decide, to be put beside other routes; only who presents the secret is heard."""
    if not secret:
        raise ValueError("without a secret, anybody could ask who may go where")
    return Route(PATH, _Decisions(decide, secret).answer, methods=["POST"])


def decision_app(decide: Decide, secret: str) -> ASGIApp:
    """The route as an app of its own."""
    return Starlette(routes=[decision_route(decide, secret)], exception_handlers={HTTPException: no_such_endpoint})


class _Decisions:
    def __init__(self, decide: Decide, secret: str) -> None:
        self._decide = decide
        self._secret = secret.encode()

    async def answer(self, request: Request) -> Response:
        if not hmac.compare_digest(_presented(request), self._secret):
            return matrix_error(401, "M_UNKNOWN_TOKEN", "wrong secret")
        try:
            asked = _read(orjson.loads(await limited_body(request, MAX_BODY)))
        except ClientDisconnect:
            return matrix_error(400, "M_NOT_JSON", "the body broke off")
        except BodyTooLarge:
            return matrix_error(413, "M_TOO_LARGE", f"more than {MAX_BODY} bytes")
        except orjson.JSONDecodeError:
            return matrix_error(400, "M_NOT_JSON", "the body is no JSON")
        except _Malformed as error:
            return matrix_error(400, "M_BAD_JSON", str(error))
        return await self._decided(asked)

    async def _decided(self, asked: AccessRequest) -> Response:
        try:
            decision = await self._decide(asked)
        except Exception:
            reference = reference_id()
            log.exception("decision failed", reference=reference, act=asked.act, room=asked.room_id)
            return matrix_error(500, "M_UNKNOWN", f"a bug in askbridge (reference {reference})")
        return Response(orjson.dumps(_told(decision)), media_type="application/json")


class _Malformed(Exception):
    """The body is not what the contract says; the text names the key."""


def _presented(request: Request) -> bytes:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip().encode("latin-1") if scheme.lower() == "bearer" else b""


def _told(decision: AccessDecision) -> dict[str, Any]:
    return {"allow": True} if decision.allow else {"allow": False, "reason": decision.reason}


def _read(body: Any) -> AccessRequest:
    if not isinstance(body, dict):
        raise _Malformed("the body is no object")
    act: Act = body.get("act")  # type: ignore[assignment]
    if act not in get_args(Act):
        raise _Malformed("unknown act")
    room_id, sender = _text(body, "room_id"), _text(body, "sender")
    if act == "invite":
        return AccessRequest(act, room_id, sender, target=_text(body, "target"))
    if act != "state":
        return AccessRequest(act, room_id, sender)
    content = body.get("content")
    if not isinstance(content, dict):
        raise _Malformed("content is no object")
    kind, state_key = _text(body, "event_type"), _text(body, "state_key", may_be_empty=True)
    return AccessRequest(act, room_id, sender, None, kind, state_key, content)


def _text(body: dict[str, Any], key: str, *, may_be_empty: bool = False) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not (value or may_be_empty):
        raise _Malformed(f"{key} is no text")
    return value
