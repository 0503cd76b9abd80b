"""Where a text was found: the part that says most, with what was sought marked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bridge.chat.render.content import Mark, one_line
from bridge.domain.terms import Spot, spots

WIDTH = 160
_BEFORE = 30
"""How much of what stands before the first match is shown."""
_LONGEST_WORD = 20


Text = list[str | Mark]


def snippet(texts: Sequence[str], terms: Collection[str]) -> Text:
    """The part of these texts that has most of the terms, marked; nothing where they have none."""
    best = max((_best_part(one_line(text), terms) for text in texts), key=lambda part: part.worth, default=None)
    return _cut(best) if best and best.worth else []


def marked(text: str, terms: Collection[str]) -> Text:
    """A whole text with the terms marked."""
    return list(_pieces(text, 0, len(text), [spot for spot in spots(text) if spot.term in terms]))


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    matches: Sequence[Spot]
    start: int = 0
    worth: int = 0


def _best_part(text: str, terms: Collection[str]) -> _Part:
    matches = [spot for spot in spots(text) if spot.term in terms]
    parts = (_part(text, matches, index) for index in range(len(matches)))
    return max(parts, key=lambda part: part.worth, default=_Part(text, ()))


def _part(text: str, matches: Sequence[Spot], first: int) -> _Part:
    """The part that begins just before a match; it is worth as much as it has different terms."""
    start = max(0, min(matches[first].start - _BEFORE, len(text) - WIDTH))
    there = {spot.term for spot in matches[first:] if spot.end <= start + WIDTH}
    return _Part(text, matches, start, len(there))


def _cut(part: _Part) -> Text:
    start = _word_begins(part.text, part.start)
    end = _word_ends(part.text, min(len(part.text), part.start + WIDTH))
    before, after = "…" if start else "", "…" if end < len(part.text) else ""
    inside = [spot for spot in part.matches if start <= spot.start and spot.end <= end]
    return [*filter(None, [before]), *_pieces(part.text, start, end, inside), *filter(None, [after])]


def _word_begins(text: str, start: int) -> int:
    blank = text.find(" ", start, start + _LONGEST_WORD) if start else -1
    return blank + 1 if blank >= 0 else start


def _word_ends(text: str, end: int) -> int:
    blank = text.rfind(" ", end - _LONGEST_WORD, end) if end < len(text) else -1
    return blank if blank >= 0 else end


def _pieces(text: str, start: int, end: int, matches: Sequence[Spot]) -> Iterator[str | Mark]:
    """Matches that overlap or touch are one: pairs of signs do."""
    place = start
    index = 0
    while index < len(matches):
        begin, stop = matches[index].start, matches[index].end
        while index + 1 < len(matches) and matches[index + 1].start <= stop:
            index += 1
            stop = max(stop, matches[index].end)
        yield text[place:begin]
        yield Mark(text[begin:stop])
        place = stop
        index += 1
    yield text[place:end]
