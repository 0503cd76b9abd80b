"""In which questions a term is, as few bytes and as whole numbers whose bits are questions.

A part is 16,384 numbers in a row. A place is a question's number within its part and the fields in which the term is
there, in 16 bits. Few places are written one after the other; many as two bit maps: in the head, and anywhere.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping

PART = 16_384
HEAD, BEHIND = 1, 2
"""Fields: title and tags; the rest of the question and its answers."""
_FIELD_BITS = 2
_FIELDS = (1 << _FIELD_BITS) - 1
_BYTE_BITS = _FIELD_BITS + 3
_BIT_OF = bytes(1 << (entry >> _FIELD_BITS & 7) for entry in range(1 << 16))
"""Which bit of its byte a place is; what is looked up is found sooner than what is worked out."""
_BITS = PART // 8
_MANY = 128
"""From so many places on they are written as bit maps: to go through them one by one takes longer than their bytes."""
_MAPS = 2 * _BITS

Places = dict[int, int]
"""Number within the part -> fields."""


def merged(data: bytes, places: Mapping[int, int]) -> tuple[bytes, int]:
    """With these places, too; and how many of them were not there."""
    if len(data) >= _MAPS:
        return _merged_maps(bytearray(data), places)
    known: Places = {entry >> _FIELD_BITS: entry & _FIELDS for entry in _entries(data)}
    before = len(known)
    for where, fields in places.items():
        known[where] = known.get(where, 0) | fields
    if len(known) < _MANY:
        entries = array("H", (where << _FIELD_BITS | fields for where, fields in sorted(known.items())))
        return _written(entries), len(known) - before
    return _merged_maps(bytearray(_MAPS), known)[0], len(known) - before


def without(data: bytes, wheres: Iterable[int]) -> tuple[bytes, int]:
    """Without these numbers, and how many of them were there; no bytes where nothing is left."""
    gone = frozenset(wheres)
    if len(data) < _MAPS:
        kept = array("H", (entry for entry in _entries(data) if entry >> _FIELD_BITS not in gone))
        return _written(kept), len(data) // 2 - len(kept)
    maps, before = bytearray(data), _count(data)
    for where in gone:
        for place in (where >> 3, _BITS + (where >> 3)):
            maps[place] &= ~(1 << (where & 7))
    left = _count(maps)
    return bytes(maps) if left else b"", before - left


def _merged_maps(maps: bytearray, places: Mapping[int, int]) -> tuple[bytes, int]:
    before = _count(maps)
    for where, fields in places.items():
        bit = 1 << (where & 7)
        maps[_BITS + (where >> 3)] |= bit
        maps[where >> 3] |= bit if fields & HEAD else 0
    return bytes(maps), _count(maps) - before


def _count(maps: bytes | bytearray) -> int:
    return _whole(maps[_BITS:]).bit_count()


class Maps:
    """Two bit maps over all questions, filled part by part."""

    def __init__(self, parts: int) -> None:
        self._head = bytearray(parts * _BITS)
        self._anywhere = bytearray(parts * _BITS)
        self._filled: set[int] = set()

    def add(self, part: int, data: bytes) -> None:
        start = part * _BITS
        if len(data) >= _MAPS:
            self._merge(start, data, fresh=part not in self._filled)
            self._filled.add(part)
            return
        self._filled.add(part)
        head, anywhere, entries = self._head, self._anywhere, _entries(data)
        for entry in entries:
            anywhere[start + (entry >> _BYTE_BITS)] |= _BIT_OF[entry]
        for entry in [entry for entry in entries if entry & HEAD]:
            head[start + (entry >> _BYTE_BITS)] |= _BIT_OF[entry]

    def _merge(self, start: int, data: bytes, *, fresh: bool) -> None:
        end = start + _BITS
        for one, new in ((self._head, data[:_BITS]), (self._anywhere, data[_BITS:])):
            both = new if fresh else (_whole(one[start:end]) | _whole(new)).to_bytes(_BITS, "little")
            one[start:end] = both

    def add_one(self, number: int, fields: int) -> None:
        bit = 1 << (number & 7)
        self._anywhere[number >> 3] |= bit
        if fields & HEAD:
            self._head[number >> 3] |= bit

    def whole(self) -> tuple[int, int]:
        """In the head, anywhere: bit n is question n."""
        return _whole(self._head), _whole(self._anywhere)


def numbers_in(part: int, data: bytes) -> Iterator[int]:
    """The questions of a part, from the highest number down."""
    start = part * PART
    if len(data) >= _MAPS:
        return (start + bit for bit in bits(_whole(data[_BITS:])))
    return (start + (entry >> _FIELD_BITS) for entry in reversed(_entries(data)))


def bits(whole: int) -> Iterator[int]:
    """The bits that are set, the highest first; of a number no wider than a part."""
    while whole:
        top = whole.bit_length() - 1
        yield top
        whole ^= 1 << top


def newest_first(whole: int) -> Iterator[int]:
    """The questions of a bit map over all of them, from the highest number down."""
    data = whole.to_bytes((whole.bit_length() + 7) // 8, "little")
    for start in range((len(data) - 1) // _BITS * _BITS, -1, -_BITS):
        part = data[start : start + _BITS]
        yield from (start * 8 + bit for bit in bits(_whole(part)))


def _entries(data: bytes) -> "array[int]":
    entries = array("H", data)
    if sys.byteorder == "big":
        entries.byteswap()
    return entries


def _written(entries: "array[int]") -> bytes:
    if sys.byteorder == "big":
        entries.byteswap()
    return entries.tobytes()


def _whole(data: bytes | bytearray) -> int:
    return int.from_bytes(data, "little")
