"""Answers as a homeserver expects them, and bodies no longer than agreed."""

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response


class BodyTooLarge(Exception):
    """The body is longer than allowed; the rest of it was not read."""


def matrix_ok() -> Response:
    return Response(b"{}", media_type="application/json")


def matrix_error(status: int, errcode: str, error: str) -> Response:
    return Response(orjson.dumps({"errcode": errcode, "error": error}), status, media_type="application/json")


async def no_such_endpoint(_request: Request, error: Exception) -> Response:
    """Unknown paths (404) and methods (405) in Matrix's terms."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return matrix_error(status, "M_UNRECOGNIZED", "no such endpoint")


async def limited_body(request: Request, limit: int) -> bytes:
    """The whole body, or BodyTooLarge as soon as it is known to be longer than `limit` bytes."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise BodyTooLarge
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise BodyTooLarge
        parts.append(part)
    return b"".join(parts)
