"""The picture of a trend: what is drawn, and the message that shows it. `workers.pictures` draws and uploads it."""

from dataclasses import dataclass, replace
from typing import Any

from bridge.charts.chart import Chart
from bridge.chat.render import statistics as show
from bridge.chat.render.content import Content, image
from bridge.chat.words import Words, words
from bridge.domain.reports import Report
from bridge.workflow import reporting
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import place_of
from bridge.workflow.effects import ShowTrend
from bridge.workflow.materials import Materials


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG on the homeserver. `file`: an EncryptedFile (Client-Server API, "Sending encrypted attachments"), with the
    address in it, where it was uploaded for an encrypted room; `size` in bytes.
    """

    url: str
    size: int
    file: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """`picture`: None before it is drawn, and where it could not be. `chart`: None where there is nothing to show."""

    report: Report
    chart: Chart | None
    picture: Picture | None = None

    def shown_by(self, picture: Picture) -> "Trend":
        return replace(self, picture=picture)


WIDTH, HEIGHT = 1600, 1000
"""Pixels; clients show it at no more than half of that."""


def gather(effect: ShowTrend, around: Circumstances) -> Trend:
    report = reporting.gather(effect, around)
    return Trend(report, None if report.empty else show.chart(report, _language(effect, around)))


def _language(effect: ShowTrend, around: Circumstances) -> Words:
    own = around.tx.persons.get(effect.reader).language
    place = place_of(around.tx.rooms.get(effect.room_id), around.tx, around.policy)
    return words(own or (place.space.language if place else around.policy.language))


def outdated(effect: ShowTrend, trend: Trend, around: Circumstances) -> bool:
    """Also where the room was encrypted meanwhile."""
    room = around.tx.rooms.get(effect.room_id)
    encrypted = room is not None and room.encrypted
    if trend.picture is not None and encrypted and trend.picture.file is None:
        return True
    return reporting.outdated(effect, trend.report, around)


def rendered(effect: ShowTrend, materials: Materials) -> Content | None:
    """Nothing where there is no picture: the text has said it all."""
    trend: Trend = materials.found
    if trend.picture is None:
        return None
    described = show.described(trend.report, materials.words_of(effect.room_id, effect.reader))
    picture = trend.picture
    source = {"url": picture.url} if picture.file is None else {"file": picture.file}
    return image(described, source, "image/png", picture.size, WIDTH, HEIGHT)
