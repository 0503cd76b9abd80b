"""A picture is uploaded before it is shown, sealed where the room is; one that cannot be had is left out."""

from dataclasses import replace

import pytest

from bridge.charts.chart import Chart
from bridge.charts.drawing import Drawing, DrawingFailed
from bridge.domain.reports import Report
from bridge.domain.statistics import figures_of
from bridge.matrix.client import HomeserverClient
from bridge.workers.pictures import Pictures
from bridge.workflow.effects import ShowTrend
from bridge.workflow.picturing import Trend
from bridge.workflow.records import Room
from tests.flow.pocket import ENCRYPTION
from tests.matrix.fake_homeserver import ROOM, FakeHomeserver, Fault

PNG = b"\x89PNG and so on"
NOTHING = figures_of({})
CHART = Chart(
    title="t", labels=(), asked=(), answered=(), waiting=(), asked_name="a", answered_name="b", waiting_name="c"
)
TREND = Trend(Report(frozenset(), frozenset(), 1, 2, NOTHING, NOTHING, 1, 1, ()), CHART)
EFFECT = ShowTrend(room_id=ROOM, reader="@amy:localhost", reply_to=None, filters="", days=2)


class Drawn(Drawing):
    async def draw(self, chart: Chart) -> bytes:
        if chart.title == "impossible":
            raise DrawingFailed("no fonts")
        return PNG


def pictures(client: HomeserverClient, *, encrypted: bool = False) -> Pictures:
    room = Room(ROOM, state=ENCRYPTION if encrypted else {})
    return Pictures(client, Drawn(), lambda _: room)


async def finished(pictures: Pictures, trend: Trend = TREND) -> Trend:
    found = await pictures.finish(EFFECT, trend)
    assert isinstance(found, Trend)
    return found


async def test_in_a_plain_room_as_it_is(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    picture = (await finished(pictures(client))).picture
    assert picture is not None
    assert (picture.url, picture.size, picture.file) == ("mxc://localhost/1", len(PNG), None)
    (asked,) = homeserver.calls("upload")
    assert (asked.body, asked.query["filename"]) == (PNG, "statistics.png")


async def test_in_an_encrypted_room_sealed(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    picture = (await finished(pictures(client, encrypted=True))).picture
    assert picture is not None
    assert picture.file is not None
    assert picture.file["url"] == "mxc://localhost/1"
    (asked,) = homeserver.calls("upload")
    assert len(asked.body) == len(PNG)
    assert asked.body != PNG, "what the homeserver gets says nothing"


@pytest.mark.parametrize("faults", [[Fault(413, {"errcode": "M_TOO_LARGE"})], [Fault(500), Fault(500)]])
async def test_left_out_where_the_homeserver_takes_none(
    client: HomeserverClient, homeserver: FakeHomeserver, faults: list[Fault], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bridge.workers.pictures.LONGEST_WAIT", 0.0)
    homeserver.faults["upload"].extend(faults)
    assert (await finished(pictures(client))).picture is None
    assert (await finished(pictures(client))).picture is not None


async def test_left_out_where_it_cannot_be_drawn(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    impossible = replace(TREND, chart=replace(CHART, title="impossible"))
    assert (await finished(pictures(client), impossible)).picture is None
    assert (await finished(pictures(client), replace(TREND, chart=None))).picture is None
    assert not homeserver.calls("upload")
