"""Telling the outside whether we live, whether we are ready, and how we are."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Live = Callable[[], bool]
"""Whether the program makes progress at all; false asks for a restart."""

Parts = Callable[[], Mapping[str, str | None]]
"""Each part by name, with what is wrong with it, or None."""

Metrics = Callable[[], tuple[bytes, str]]
"""The exposition and its content type."""


def health_routes(live: Live, parts: Parts, metrics: Metrics | None = None) -> list[Route]:
    """`/health/live`, `/health/ready` and, unless it is None, `/metrics`, to be mounted in any app."""

    async def get_live(_request: Request) -> Response:
        alive = live()
        return JSONResponse({"live": alive}, status_code=200 if alive else 503)

    async def get_ready(_request: Request) -> Response:
        found = parts()
        ready = not any(found.values())
        told = {name: {"ok": not problem, "problem": problem} for name, problem in found.items()}
        return JSONResponse({"ready": ready, "parts": told}, status_code=200 if ready else 503)

    async def get_metrics(_request: Request) -> Response:
        assert metrics is not None
        body, content_type = metrics()
        return Response(body, headers={"Content-Type": content_type})

    routes = [Route("/health/live", get_live), Route("/health/ready", get_ready)]
    return [*routes, Route("/metrics", get_metrics)] if metrics is not None else routes
