"""Pictures are drawn elsewhere, within bounds, whatever there is to show."""

import struct
import sys
from dataclasses import replace

import pytest

from bridge.charts.chart import Chart
from bridge.charts.drawing import Drawing, DrawingFailed
from bridge.workflow.picturing import HEIGHT, WIDTH


def chart(points: int, highest: int) -> Chart:
    values = [place * highest // max(1, points - 1) for place in range(points)]
    return Chart(
        title="Вопросы, 30 дней",
        labels=[f"{place + 1} нояб." for place in range(points)],
        asked=values,
        answered=values[::-1],
        waiting=values,
        asked_name="Новые",
        answered_name="С ответом",
        waiting_name="Ждут",
    )


async def test_a_picture_of_much_and_of_nothing() -> None:
    drawing = Drawing()
    for points, highest in ((0, 0), (31, 1_000_000)):
        png = await drawing.draw(chart(points, highest))
        assert struct.unpack(">II", png[16:24]) == (WIDTH, HEIGHT)
        assert len(png) < 300_000
    assert "matplotlib" not in sys.modules, "what draws is not in this process"


async def test_a_drawing_that_takes_too_long_or_fails_is_given_up() -> None:
    with pytest.raises(DrawingFailed, match="took longer"):
        await Drawing(patience=0.01).draw(chart(1, 1))
    broken = chart(3, 1)
    with pytest.raises(DrawingFailed):
        await Drawing().draw(replace(broken, asked=[1, 2]))
