"""Effects on their way out."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, literal_column, null, select, update

from bridge.store.json import clean, dump, load
from bridge.store.known import Known
from bridge.store.lanes import Depth, Lanes
from bridge.store.questions import QuestionRows
from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert, bulk_update
from bridge.store.tables import outbox, outbox_pending
from bridge.workflow.effects import Effect
from bridge.workflow.records import Delivery, OutboxRow

_columns = ("effect_id", "lane", "kind", "payload", "created_at", "state", "tries", "not_before")
_insert = bulk_insert(outbox, _columns, conflict=("effect_id",))
_fields = ("effect_id", "kind", "payload", "created_at", "tries")
AHEAD = 50
"""How many effects of one lane are made ready at once; a room with thousands must not keep all others waiting."""
_lanes = Lanes(outbox, "lane", "created_at", _fields, AHEAD)
_delivered = bulk_update(
    outbox,
    ("seq", "event_id"),
    lambda given: {"state": literal_column("'done'"), "payload": null(), "event_id": given.c.event_id},
)
_park = Prepared(
    update(outbox)
    .where(outbox.c.seq == bindparam("number"))
    .values(state=literal_column("'parked'"), reason=bindparam("why")),
    "why",
    "number",
)
_forget = Prepared(
    update(outbox)
    .where(outbox.c.effect_id == bindparam("effect"))
    .values(state=literal_column("'done'"), payload=null()),
    "effect",
)
_by_effect = Prepared(
    select(outbox.c.seq, outbox.c.lane, outbox.c.not_before, *[outbox.c[c] for c in _fields]).where(
        outbox.c.effect_id == bindparam("effect"), outbox_pending
    ),
    "effect",
)
_known = Prepared(select(outbox.c.seq).where(outbox.c.effect_id == bindparam("effect")), "effect")
_all_pending = Prepared(select(outbox.c.effect_id).where(outbox_pending))


class OutboxRows:
    """The outbox within one transaction."""

    def __init__(self, session: Session, known: Known, questions: QuestionRows) -> None:
        self._session = session
        self._known = known
        self._questions = questions
        self._added: dict[str, tuple[Any, ...]] = {}
        self._delivered: dict[int, str | None] = {}
        self._come: set[str] = set()
        self._gone: set[str] = set()

    def add(self, effect_id: str, effect: Effect, now: int) -> None:
        """What may hold somebody's words is sealed where no words of encrypted rooms are to be kept."""
        payload = self._known.keeping.seal(effect.kind, dump(effect))
        row = (effect_id, effect.lane, effect.kind, payload, now, "new", 0, 0)
        self._added.setdefault(effect_id, row)
        self._come.add(effect_id)

    def pending(self, now: int, limit: int = 500, busy: Collection[int] = ()) -> list[OutboxRow]:
        """Without what is to be said in rooms that are hushed: it must not stand before the removals it waits for."""
        self.flush()
        shut = {lane for room_id in self._known.violations.hushed for lane in (room_id, f"{room_id} aside")}
        return [self._row(row) for row in _lanes.pending(self._session, now, limit, busy, shut)]

    def delivered(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            self._delivered[delivery.seq] = delivery.event_id
            self._gone.add(delivery.effect_id)

    def card_shown(self, number: int, card_event_id: str | None, digest: str) -> None:
        self._questions.card_shown(number, card_event_id, digest)

    def retry(self, row: OutboxRow, not_before: int) -> None:
        _lanes.retry(self._session, row.seq, not_before)

    def park(self, row: OutboxRow, reason: str) -> None:
        _park(self._session, clean(reason), row.seq)
        self._gone.add(row.effect_id)

    def forget(self, effect_id: str) -> None:
        """Neither send it any more nor keep what it says."""
        self.flush()
        _forget(self._session, effect_id)
        self._gone.add(effect_id)

    def settle(self, effect_id: str, event_id: str) -> OutboxRow | None:  # noqa: ARG002 (the caller records the delivery)
        """Answers from memory for what is not pending, so that an echo of what was settled costs no query."""
        if not self.waits(effect_id):
            return None
        self.flush()
        rows = _by_effect(self._session, effect_id).fetchall()
        return self._row(rows[0]) if rows else None

    def waits(self, effect_id: str) -> bool:
        known = effect_id in self._come or effect_id in self._known.undelivered
        return known and effect_id not in self._gone

    def known(self, effect_id: str) -> bool:
        return effect_id in self._added or _known.value(self._session, effect_id) is not None

    def depth(self) -> Depth:
        self.flush()
        return _lanes.depth(self._session)

    def prune(self, before: int, limit: int = 1000) -> int:
        """Delete up to `limit` delivered rows from before a time."""
        return _lanes.prune(self._session, before, limit)

    def _row(self, row: Any) -> OutboxRow:
        seq, lane, _, effect_id, kind, payload, created_at, tries = row
        return OutboxRow(seq, effect_id, lane, kind, load(self._known.keeping.open(payload)), created_at, tries)

    def flush(self) -> None:
        added, self._added = self._added, {}
        delivered, self._delivered = self._delivered, {}
        if added:
            _insert(self._session, list(added.values()))
        if delivered:
            _delivered(self._session, list(delivered.items()))

    def publish(self) -> None:
        """After the commit: remember what is pending now."""
        self._known.undelivered |= self._come
        self._known.undelivered -= self._gone


def undelivered(session: Session) -> set[str]:
    """The ids of all pending effects."""
    return {effect_id for (effect_id,) in _all_pending(session)}
