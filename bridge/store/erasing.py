"""From `tracking: full` to `metadata`: what was kept of encrypted rooms goes, and nothing of it stays in the files."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import partial

from sqlalchemy import false, func, literal_column, null, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from bridge.store.database import Database
from bridge.store.erasing_people import erase_people_words
from bridge.store.holdings import HOLDINGS
from bridge.store.json import load
from bridge.store.people_tables import digests, interests
from bridge.store.sealing import MARK, WORDLESS_KINDS
from bridge.store.tables import grants, inbox, outbox, persons, questions
from bridge.store.transaction import StoreTransaction
from bridge.workflow.encryption.records import ENCRYPTED
from bridge.workflow.records import Room

TEXT_ERASED = "text_erased"
SLICE = 1000
_WITH_WORDS = tuple(
    {
        **dict.fromkeys(name for name, holding in HOLDINGS.items() if holding.words),
        **dict.fromkeys(table.name for table in (inbox, outbox, persons, interests, digests)),
    }
)

Progress = Callable[[int], None]


def follow_tracking(database: Database, progress: Progress = lambda _: None) -> int:
    """Bring what is kept in line with `tracking`, before anything is handled; how many rows lost their words.

    Costs one read where it is in line already. Where text is kept from now on, nothing is done but to remember that.
    """
    erased = database.read_now(lambda tx: tx.settings.get(TEXT_ERASED)) is not None
    if database.keeping.textless:
        return 0 if erased else erase_text(database, progress)
    if erased:
        database.write_now(lambda tx: tx.settings.drop(TEXT_ERASED))
    return 0


def erase_text(database: Database, progress: Progress = lambda _: None) -> int:
    """Take all that people wrote in encrypted rooms; how many rows lost their words.

    In slices, each a transaction, in any order and as often as one likes: after a kill it is done again.
    `progress` learns how many rows were looked at since the last time.
    """
    rooms = database.read_now(lambda tx: [room for room in tx.rooms.all().values() if room.encrypted])
    erased = _questions(database, sorted(room.room_id for room in rooms), progress)
    _as_long_as_there_are(lambda: database.write_now(_without_vectors), lambda _: None)
    erased += database.write_now(partial(erase_people_words, {room.room_id for room in rooms}))
    erased += _reasons(database, rooms, progress)
    erased += _effects(database, progress)
    erased += _events(database, sorted(room.room_id for room in rooms), progress)
    database.compact_now(_WITH_WORDS)
    database.write_now(lambda tx: tx.settings.set(TEXT_ERASED, "metadata"), durable=True)
    return erased


def _questions(database: Database, rooms: Collection[str], progress: Progress) -> int:
    erased = 0
    for start in range(0, _last_number(database) + 1, SLICE):
        which = questions.c.number.between(start, start + SLICE - 1) & questions.c.room_id.in_(rooms)
        erased += database.write_now(partial(_erase, which, ()))
        progress(SLICE)
    return erased + database.write_now(partial(_erase, false(), rooms))


def _erase(which: ColumnElement[bool], answered_in: Collection[str], tx: StoreTransaction) -> int:
    return tx.questions.erase(which, *answered_in)


def _without_vectors(tx: StoreTransaction) -> int:
    """A vector tells what was said, if vaguely."""
    numbers = tx.vectors.wordless(SLICE)
    tx.vectors.drop(numbers)
    return len(numbers)


def _last_number(database: Database) -> int:
    with database.snapshot() as conn:
        return int(conn.execute(select(func.max(questions.c.number))).scalar() or 0)


def _reasons(database: Database, rooms: Iterable[Room], progress: Progress) -> int:
    """It is not known where somebody wrote why a grant is given: perhaps in an encrypted room of the space, perhaps in
    the sponsor's encrypted direct chat.
    """
    spaces = {room.space for room in rooms if room.space}
    people = {room.direct_with for room in rooms if room.direct_with}
    perhaps = or_(grants.c.space.in_(spaces), grants.c.sponsor.in_(people))
    with database.snapshot() as conn:
        found = conn.execute(select(grants.c.number).where(grants.c.reason != "", perhaps).order_by(grants.c.number))
        numbers = list(found.scalars())
    for start in range(0, len(numbers), SLICE):
        part = numbers[start : start + SLICE]
        database.write_now(partial(_without_reasons, part))
        progress(len(part))
    return len(numbers)


def _without_reasons(numbers: Iterable[int], tx: StoreTransaction) -> None:
    for number in numbers:
        grant = tx.grants.get(number)
        if grant is not None:
            tx.grants.save(replace(grant, reason=""))


def _effects(database: Database, progress: Progress) -> int:
    """What waits to be sent, or was given up, is sealed."""
    clear = (outbox.c.payload.is_not(None), ~outbox.c.payload.startswith(MARK), outbox.c.kind.not_in(WORDLESS_KINDS))
    some = select(outbox.c.seq, outbox.c.kind, outbox.c.payload).where(*clear).order_by(outbox.c.seq).limit(SLICE)

    def seal(tx: StoreTransaction) -> int:
        rows = tx.session.conn.execute(some).fetchall()
        for seq, kind, payload in rows:
            sealed = database.keeping.seal(kind, payload)
            tx.session.conn.execute(update(outbox).where(outbox.c.seq == seq).values(payload=sealed))
        return len(rows)

    return _as_long_as_there_are(lambda: database.write_now(seal), progress)


def _events(database: Database, rooms: Collection[str], progress: Progress) -> int:
    """What came in clear is hidden while it waits, and dropped where it could not be handled; ciphertext may stay."""
    kept = (inbox.c.payload.is_not(None), ~inbox.c.payload.startswith(MARK), inbox.c.room_id.in_(rooms))
    with database.snapshot() as conn:
        found = conn.execute(select(inbox.c.seq, inbox.c.state, inbox.c.payload).where(*kept)).fetchall()
    clear = [(seq, state, payload) for seq, state, payload in found if load(payload).get("type") != ENCRYPTED]
    given_up = [seq for seq, state, _ in clear if state == "parked"]
    for start in range(0, len(given_up), SLICE):
        database.write_now(partial(_drop, given_up[start : start + SLICE]))
    for seq, state, payload in clear:
        if state != "parked":
            database.write_now(partial(_hide, seq, database.keeping.hide(payload)))
    progress(len(clear))
    return len(clear)


def _hide(seq: int, payload: str, tx: StoreTransaction) -> None:
    tx.session.conn.execute(update(inbox).where(inbox.c.seq == seq).values(payload=payload))


def _drop(seqs: Collection[int], tx: StoreTransaction) -> None:
    dropped = update(inbox).where(inbox.c.seq.in_(seqs)).values(payload=null(), state=literal_column("'done'"))
    tx.session.conn.execute(dropped)


def _as_long_as_there_are(do: Callable[[], int], progress: Progress) -> int:
    done = 0
    while count := do():
        done += count
        progress(count)
    return done
