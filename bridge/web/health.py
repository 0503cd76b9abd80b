"""Telling the outside whether we live, whether we are ready, and how we are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

Live = Callable[[], bool]
"""Whether the program makes progress at all; false asks for a restart."""

Ready = Callable[[], tuple[bool, Mapping[str, Any]]]
"""Whether every part is well, and a JSON object that says how each is."""

Metrics = Callable[[], tuple[bytes, str]]
"""The exposition and its content type."""


def health_app(live: Live, ready: Ready, metrics: Metrics | None = None, others: Sequence[Route] = ()) -> ASGIApp:
    """`/health/live`, `/health/ready` and, unless it is None, `/metrics`; `others` stand beside them."""

    async def get_live(_request: Request) -> Response:
        alive = live()
        return JSONResponse({"live": alive}, status_code=200 if alive else 503)

    async def get_ready(_request: Request) -> Response:
        well, told = ready()
        return JSONResponse(told, status_code=200 if well else 503)

    async def get_metrics(_request: Request) -> Response:
        assert metrics is not None
        body, content_type = metrics()
        return Response(body, headers={"Content-Type": content_type})

    routes = [Route("/health/live", get_live), Route("/health/ready", get_ready), *others]
    return Starlette(routes=[*routes, Route("/metrics", get_metrics)] if metrics else routes)
