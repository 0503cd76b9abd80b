"""Statistics in words, and what a picture of them says."""

from collections.abc import Iterator

from bridge.charts.chart import Chart
from bridge.chat import numbers
from bridge.chat.render.content import Line, Strong, clean_name, clean_text, item, line
from bridge.chat.words import Words
from bridge.domain.reports import Report
from bridge.domain.results import Argument
from bridge.domain.statistics import Figures, Times

BREAKDOWN = 8
"""How many spaces are named at most."""


def text(report: Report, words: Words) -> list[Line]:
    """Short lines, for phones; what there is none of is left out."""
    period = words.duration_days(report.days)
    lines = [line(Strong(words.say("stats-title", {"period": period})))]
    if report.counted < 1:
        lines.append(line(words.say("stats-counting", {"share": _part(report.counted, words)})))
    if report.empty:
        return [*lines, line(words.say("stats-empty"))]
    if report.part > 1:
        lines.append(line(words.say("stats-part", {"count": report.part})))
    return lines + [item(shown) for shown in _items(report, words)]


def _items(report: Report, words: Words) -> Iterator[str]:
    yield from _counts(report, words)
    yield from _times(report, words)
    yield from _when_and_what(report, words)
    yield from _parts(report, words)
    if report.worth:
        count, worth = report.worth
        yield words.say("stats-worth", {"value": numbers.money(worth, words.language), "amount": _amount(count, words)})


def _counts(report: Report, words: Words) -> Iterator[str]:
    now, before = report.now, report.before
    yield _compared("stats-asked", now.asked, before.asked, words)
    yield _compared("stats-answered", now.answered, before.answered, words)
    if now.closed or before.closed:
        yield _compared("stats-closed", now.closed, before.closed, words)
    if now.deflected or before.deflected:
        yield _compared("stats-deflected", now.deflected, before.deflected, words)
    yield _compared("stats-waiting", report.waiting, report.waited, words)
    if now.asked:
        told = numbers.share(before.answered_of_asked, before.asked, words.language)
        rate = {"share": _part(now.answered_of_asked / now.asked, words), "before": told}
        yield words.say("stats-rate", rate)
    if now.asked and now.deflected:
        yield words.say("stats-deflection-rate", {"share": _part(now.deflected / now.asked, words)})


def _compared(key: str, now: int, before: int, words: Words) -> str:
    return words.say(key, {"amount": _amount(now, words), "before": _amount(before, words)})


def _times(report: Report, words: Words) -> Iterator[str]:
    now, before = report.now, report.before
    if now.response.count:
        yield words.say("stats-response", _took(now.response, before.response, words))
        if _differs(now.response, now.response_at_work):
            yield words.say("stats-at-work", _took(now.response_at_work, before.response_at_work, words))
    if now.answer.count:
        yield words.say("stats-answer", _took(now.answer, before.answer, words))
        if _differs(now.answer, now.answer_at_work):
            yield words.say("stats-at-work", _took(now.answer_at_work, before.answer_at_work, words))


def _differs(wall: Times, at_work: Times) -> bool:
    """Whether there are business hours."""
    return wall.median != at_work.median or wall.most != at_work.most


def _took(now: Times, before: Times, words: Words) -> dict[str, Argument]:
    return {
        "median": numbers.lasting(now.median, words.language),
        "most": numbers.lasting(now.most, words.language),
        "before": numbers.lasting(before.median, words.language) if before.count else "–",
    }


def _when_and_what(report: Report, words: Words) -> Iterator[str]:
    hours = report.now.hours
    if report.now.asked:
        best = max(range(len(hours)), key=lambda hour: hours[hour])
        span = f"{best:02}:00–{(best + 1) % 24:02}:00"
        yield words.say("stats-hours", {"hours": span, "share": _part(hours[best] / report.now.asked, words)})
    if report.tags:
        yield _listed("stats-tags", [f"#{clean_text(tag)} {_part(part, words)}" for tag, part in report.tags], words)
    if report.helpers:
        helpers = [f"{clean_name(h.name, h.person)} {_amount(h.count, words)}" for h in report.helpers]
        yield _listed("stats-helpers", helpers, words)


def _listed(key: str, parts: list[str], words: Words) -> str:
    return words.say(key, {"list": ", ".join(parts)})


def _parts(report: Report, words: Words) -> Iterator[str]:
    """By space where there are several, by where the asker comes from where there are both."""
    if len(report.spaces) > 1:
        for name, figures in list(report.spaces.items())[:BREAKDOWN]:
            yield words.say("stats-space", {"space": clean_text(name), **_in_short(figures, words)})
    if all(report.sides[side].asked for side in report.sides) and len(report.sides) > 1:
        yield words.say("stats-inside", _in_short(report.sides[False], words))
        yield words.say("stats-outside", _in_short(report.sides[True], words))


def _in_short(figures: Figures, words: Words) -> dict[str, Argument]:
    response = figures.response
    return {
        "asked": _amount(figures.asked, words),
        "answered": _amount(figures.answered, words),
        "median": numbers.lasting(response.median, words.language) if response.count else "–",
    }


def _amount(count: int, words: Words) -> str:
    return numbers.amount(count, words.language)


def _part(part: float, words: Words) -> str:
    return numbers.share(part, 1, words.language)


def chart(report: Report, words: Words) -> Chart:
    trend = report.trend
    return Chart(
        title=words.say("chart-title", {"period": words.duration_days(report.days)}),
        labels=[numbers.on_day(point.day, words.language) for point in trend],
        asked=[point.asked for point in trend],
        answered=[point.answered for point in trend],
        waiting=[max(0, point.waiting) for point in trend],
        asked_name=words.say("chart-asked"),
        answered_name=words.say("chart-answered"),
        waiting_name=words.say("chart-waiting"),
    )


def described(report: Report, words: Words) -> str:
    """The picture in words, for who does not see it."""
    shown: dict[str, Argument] = {
        "since": numbers.on_day(report.first, words.language),
        "until": numbers.on_day(report.last, words.language),
        "asked": _amount(report.now.asked, words),
        "answered": _amount(report.now.answered, words),
        "first": _amount(report.waited, words),
        "most": _amount(max((point.waiting for point in report.trend), default=0), words),
        "waiting": _amount(report.waiting, words),
    }
    return words.say("chart-described", shown)
