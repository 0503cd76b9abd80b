"""Vectors of questions within one transaction, and the blocks of codes that are read at the start."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, delete, select

from bridge.semantic.layout import BLOCK, CODE_BYTES, PLACE_BYTES, place_of
from bridge.store.known import Known
from bridge.store.question_row import last_number
from bridge.store.session import Session
from bridge.store.similar_tables import vector_blocks, vector_queue, vectors
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.tables import questions
from bridge.workflow.vectors import Vector, Wanted

_want = bulk_insert(vector_queue, ("number", "at"), conflict=("number",), replace=("at",))
_wanted = Prepared(
    select(vector_queue.c.number, vector_queue.c.at).order_by(vector_queue.c.number.desc()).limit(bindparam("most")),
    "most",
)
_settle = Prepared(
    delete(vector_queue).where(vector_queue.c.number == bindparam("question"), vector_queue.c.at <= bindparam("until")),
    "question",
    "until",
)
_forget = ByKeys(lambda keys: delete(vector_queue).where(vector_queue.c.number.in_(keys)))
_put = bulk_insert(vectors, ("number", "vector"), conflict=("number",), replace=("vector",))
_drop = ByKeys(lambda keys: delete(vectors).where(vectors.c.number.in_(keys)))
_several = ByKeys(lambda keys: select(vectors.c.number, vectors.c.vector).where(vectors.c.number.in_(keys)))
_blocks = ByKeys(lambda keys: select(vector_blocks).where(vector_blocks.c.block.in_(keys)))
_put_blocks = bulk_insert(vector_blocks, ("block", "places", "codes"), conflict=("block",), replace=("places", "codes"))
_next_blocks = Prepared(
    select(vector_blocks)
    .where(vector_blocks.c.block > bindparam("after"))
    .order_by(vector_blocks.c.block)
    .limit(bindparam("most")),
    "after",
    "most",
)
_with_vector = questions.c.number == vectors.c.number
_wordless = Prepared(
    select(vectors.c.number).join(questions, _with_vector).where(questions.c.text == "").limit(bindparam("most")),
    "most",
)
_in_room = Prepared(
    select(vectors.c.number).join(questions, _with_vector).where(questions.c.room_id == bindparam("room")), "room"
)
_worded = ByKeys(lambda keys: select(questions.c.number).where(questions.c.number.in_(keys), questions.c.text != ""))


@dataclass(slots=True)
class Block:
    """The codes of consecutive questions, from number `first` on; zeros for those without."""

    number: int
    places: bytearray = field(default_factory=lambda: bytearray(BLOCK * PLACE_BYTES))
    codes: bytearray = field(default_factory=lambda: bytearray(BLOCK * CODE_BYTES))

    @property
    def first(self) -> int:
        return self.number * BLOCK

    def put(self, number: int, place: bytes, code: bytes) -> None:
        at = number % BLOCK
        self.places[at * PLACE_BYTES : (at + 1) * PLACE_BYTES] = place
        self.codes[at * CODE_BYTES : (at + 1) * CODE_BYTES] = code


class VectorRows:
    """Fills `workflow.vectors.Vectors`."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._new: dict[int, int] = {}
        self._gone: set[int] = set()
        self._dropped: list[int] = []
        self._came = False

    def want(self, number: int, now: int) -> None:
        self._new[number] = now
        self._gone.discard(number)

    def wanted(self, limit: int) -> list[Wanted]:
        return [Wanted(*row) for row in _wanted(self._session, limit)]

    def made(self, vectors: Sequence[Vector], settled: Collection[Wanted]) -> None:
        self._gone.difference_update(vector.number for vector in vectors)
        if vectors:
            _put(self._session, [(vector.number, vector.vector) for vector in vectors])
            self._patch((v.number, place_of(v.room_id), v.code) for v in vectors)
        for wanted in settled:
            _settle(self._session, wanted.number, wanted.at)

    def drop(self, numbers: Collection[int]) -> None:
        self._gone.update(numbers)
        for number in numbers:
            self._new.pop(number, None)

    def several(self, numbers: Collection[int]) -> dict[int, bytes]:
        found = {number: bytes(vector) for number, vector in _several(self._session, numbers)}
        return {number: found[number] for number in numbers if number in found and number not in self._gone}

    def last_question(self) -> int:
        return last_number(self._session)

    def worded(self, numbers: Collection[int]) -> list[int]:
        return sorted({number for (number,) in _worded(self._session, numbers)})

    def want_all(self, numbers: Collection[int]) -> None:
        self._new |= dict.fromkeys(numbers, 0)

    def wordless(self, limit: int) -> list[int]:
        """Some that have a vector, and no text any more."""
        return [number for (number,) in _wordless(self._session, limit)]

    def in_room(self, room_id: str) -> list[int]:
        return [number for (number,) in _in_room(self._session, room_id)]

    def blocks_after(self, block: int, limit: int) -> list[Block]:
        return [_block(row) for row in _next_blocks(self._session, block, limit)]

    def _patch(self, entries: Iterator[tuple[int, bytes, bytes]]) -> None:
        ordered = sorted(entries)
        wanted = sorted({number // BLOCK for number, _, _ in ordered})
        blocks = {number: Block(number) for number in wanted}
        blocks |= {row[0]: _block(row) for row in _blocks(self._session, wanted)}
        for number, place, code in ordered:
            blocks[number // BLOCK].put(number, place, code)
        _put_blocks(self._session, [(b.number, bytes(b.places), bytes(b.codes)) for b in blocks.values()])

    def flush(self) -> None:
        if self._gone:
            gone, self._gone = self._gone, set()
            self._take_away(gone)
        if self._new:
            new, self._new = self._new, {}
            _want(self._session, list(new.items()))
            self._came = True

    def _take_away(self, gone: set[int]) -> None:
        _forget(self._session, gone)
        held = [number for number, _ in _several(self._session, gone)]
        if held:
            _drop(self._session, held)
            self._patch((number, bytes(PLACE_BYTES), bytes(CODE_BYTES)) for number in held)
        self._dropped += gone

    def publish(self) -> None:
        held = self._known.vectors
        held.waiting = held.waiting or self._came
        held.dropped.extend(self._dropped)


def _block(row: tuple[int, bytes, bytes]) -> Block:
    number, places, codes = row
    return Block(number, bytearray(places), bytearray(codes))
