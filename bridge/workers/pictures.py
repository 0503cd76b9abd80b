"""Has pictures drawn and puts them on the homeserver, before the message that shows them is sent."""

import asyncio
from collections.abc import Callable

import structlog

from bridge.charts.drawing import Drawing, DrawingFailed
from bridge.crypto.attachments import sealed
from bridge.workflow.effects import Effect
from bridge.workflow.picturing import Picture, Trend
from bridge.workflow.ports import GiveUp, Homeserver, RetryLater
from bridge.workflow.records import Room

log = structlog.get_logger(__name__)

TRIES = 2
LONGEST_WAIT = 10.0
"""Seconds until the second try."""


class Pictures:
    """A picture that cannot be had is left out: what it shows was said in words. One that was uploaded and then not
    sent lies there unused, and harms nobody.
    """

    def __init__(self, homeserver: Homeserver, drawing: Drawing, room: Callable[[str], Room | None]) -> None:
        self._homeserver = homeserver
        self._drawing = drawing
        self._room = room

    async def finish(self, effect: Effect, found: object) -> object:
        """What was looked up, with its picture, where it is to have one."""
        if not isinstance(found, Trend) or found.chart is None:
            return found
        try:
            png = await self._drawing.draw(found.chart)
            return found.shown_by(await self._upload(png, effect.room_id))
        except (DrawingFailed, GiveUp, RetryLater, OSError) as error:
            log.warning("picture_left_out", kind=effect.kind, reason=str(error))
            return found

    async def _upload(self, png: bytes, room_id: str) -> Picture:
        room = self._room(room_id)
        if room is None or not room.encrypted:
            return Picture(await self._put(png, "image/png"), len(png))
        hidden = sealed(png)
        url = await self._put(hidden.data, "application/octet-stream")
        return Picture(url, len(png), {**hidden.file, "url": url})

    async def _put(self, data: bytes, kind: str) -> str:
        for _ in range(TRIES - 1):
            try:
                return await self._homeserver.upload(data, kind, "statistics.png")
            except RetryLater as error:
                await asyncio.sleep(min(error.after, LONGEST_WAIT))
        return await self._homeserver.upload(data, kind, "statistics.png")
