"""What differs between rooms and the policy of their space. What goes on is held in memory, by room."""

from dataclasses import fields

from sqlalchemy import bindparam, func, literal_column, select

from bridge.domain.drift import Kind, Remedy
from bridge.store.held import HeldDrifts
from bridge.store.json import clean, dump, load
from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import AnyRow, Prepared, bulk_insert
from bridge.store.tables import drifts
from bridge.workflow.cases import DriftCase, DriftStep

_columns = tuple(field.name for field in fields(DriftCase))
_selected = [drifts.c[c] for c in _columns]
_save = bulk_insert(drifts, _columns, conflict=("number",), replace=_columns[1:])
_last = Prepared(select(func.max(drifts.c.number)))
_one = Prepared(select(*_selected).where(drifts.c.number == bindparam("which")), "which")
_going_on = Prepared(
    select(*_selected).where(drifts.c.ended_at.is_(None) | drifts.c.told.is_(False)).order_by(drifts.c.number)
)
_mended = Prepared(
    select(drifts.c.found).where(
        drifts.c.room_id == bindparam("place"),
        drifts.c.kind == bindparam("kind_"),
        drifts.c.about == bindparam("about_"),
        drifts.c.ended_at >= bindparam("since"),
        drifts.c.step == literal_column("'mended'"),
    ),
    *("place", "kind_", "about_", "since"),
)


class DriftRows:
    """Drift within one transaction; what it changed stands before what is known."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known.drifts
        self._saved = HeldDrifts()
        self._unwritten: dict[int, DriftCase] = {}
        self._last: int | None = None

    def next_number(self) -> int:
        if self._last is None:
            self._last = int(_last.value(self._session) or 0)
        self._last += 1
        return self._last

    def save(self, case: DriftCase) -> None:
        self._unwritten[case.number] = case
        self._saved.put(case)

    def get(self, number: int) -> DriftCase | None:
        found = self._saved.by_number.get(number) or self._known.by_number.get(number)
        if found is None:
            row = _one(self._session, number).fetchone()
            found = _from_row(row) if row else None
        return found

    def of_room(self, room_id: str) -> list[DriftCase]:
        return [case for case in self._held((*self._known.of(room_id), *self._saved.of(room_id))) if not case.ended_at]

    def all(self) -> list[DriftCase]:
        return [case for case in self._held(self._numbers()) if not case.ended_at]

    def untold(self) -> list[DriftCase]:
        return [case for case in self._held(self._numbers()) if not case.told]

    def mended_since(self, room_id: str, kind: Kind, about: str, since: int) -> list[str]:
        self.flush()
        return [row[0] for row in _mended(self._session, room_id, kind.value, about, since)]

    def _numbers(self) -> tuple[int, ...]:
        return (*self._known.by_number, *self._saved.by_number)

    def _held(self, numbers: tuple[int, ...]) -> list[DriftCase]:
        saved, known = self._saved.by_number, self._known.by_number
        found = (saved.get(number) or known.get(number) for number in dict.fromkeys(numbers))
        return [case for case in found if case is not None]

    def flush(self) -> None:
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save(self._session, [_to_row(case) for case in unwritten.values()])

    def publish(self) -> None:
        for case in self._saved.by_number.values():
            if case.ended_at is None or not case.told:
                self._known.put(case)
            else:
                self._known.drop(case.number)


def drifts_going_on(session: Session) -> HeldDrifts:
    held = HeldDrifts()
    for row in _going_on(session):
        held.put(_from_row(row))
    return held


def _to_row(case: DriftCase) -> AnyRow:
    values = {name: getattr(case, name) for name in _columns}
    codes = {
        "kind": case.kind.value,
        "step": case.step.value,
        "remedy": case.remedy.value if case.remedy else None,
        "before": None if case.before is None else dump(case.before),
        "state_key": clean(case.state_key),
        "problem": clean(case.problem),
    }
    return tuple((values | codes).values())


def _from_row(row: AnyRow) -> DriftCase:
    values = dict(zip(_columns, row, strict=True))
    codes = {
        "kind": Kind(values["kind"]),
        "step": DriftStep(values["step"]),
        "remedy": Remedy(values["remedy"]) if values["remedy"] else None,
        "before": None if values["before"] is None else load(values["before"]),
        **{name: bool(values[name]) for name in ("live", "told", "restoring")},
    }
    return DriftCase(**values | codes)
