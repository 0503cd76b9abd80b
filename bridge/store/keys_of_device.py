"""Our own device, its Olm sessions with others, and our secrets."""

from collections.abc import Collection
from dataclasses import fields
from operator import attrgetter

from sqlalchemy import Integer, bindparam, delete, select, tuple_

from bridge.crypto.errors import CryptoError
from bridge.store.errors import StoreError
from bridge.store.held_keys import OTHER_SECRET, HeldKeys
from bridge.store.json import clean
from bridge.store.key_part import KeyPart
from bridge.store.key_tables import devices, key_secrets, olm_sessions, own_device
from bridge.store.session import Session
from bridge.store.statement import AnyRow, ByKeys, Prepared, bulk_insert
from bridge.workflow.encryption.records import OlmPickle, OwnDevice

_own_columns = tuple(field.name for field in fields(OwnDevice))
_to_own_row = attrgetter(*_own_columns)
_save_own = bulk_insert(own_device, ("row", *_own_columns), conflict=("row",), replace=_own_columns)
_own = Prepared(select(*[own_device.c[c] for c in _own_columns]))
_drop_own = Prepared(delete(own_device))

_olm_columns = tuple(field.name for field in fields(OlmPickle))
_to_olm_row = attrgetter(*_olm_columns)
_used_at = attrgetter("used_at")
_save_olm = bulk_insert(olm_sessions, _olm_columns, conflict=("session_id",), replace=_olm_columns[1:])
_olm = ByKeys(lambda keys: select(*[olm_sessions.c[c] for c in _olm_columns]).where(olm_sessions.c.curve.in_(keys)))
_drop_all_olm = Prepared(delete(olm_sessions))
_drop_olm = ByKeys(lambda keys: delete(olm_sessions).where(olm_sessions.c.session_id.in_(keys)))
_strangers = tuple_(olm_sessions.c.user_id, olm_sessions.c.curve).not_in(select(devices.c.user_id, devices.c.curve))
_unused = (
    select(olm_sessions.c.session_id)
    .where(_strangers, olm_sessions.c.used_at < bindparam("before"))
    .limit(bindparam("most", type_=Integer))
)
_drop_unused = Prepared(delete(olm_sessions).where(olm_sessions.c.session_id.in_(_unused)), "before", "most")
_beyond = (
    select(olm_sessions.c.session_id)
    .where(_strangers)
    .order_by(olm_sessions.c.used_at.desc(), olm_sessions.c.session_id)
    .limit(bindparam("most", type_=Integer))
    .offset(bindparam("kept", type_=Integer))
)
_drop_beyond = Prepared(delete(olm_sessions).where(olm_sessions.c.session_id.in_(_beyond)), "most", "kept")

A_DEVICE = 5
"""How many Olm sessions with one device are kept: those used last."""
STRANGERS = 10_000
"""How many are kept with devices that we do not know: anybody can make those up."""
UNUSED_MS = 30 * 86_400_000
"""After how many milliseconds without use those go."""

_save_secret = bulk_insert(key_secrets, ("name", "sealed"), conflict=("name",), replace=("sealed",))
_secret = Prepared(select(key_secrets.c.sealed).where(key_secrets.c.name == bindparam("which")), "which")
_drop_secret = Prepared(delete(key_secrets).where(key_secrets.c.name == bindparam("which")), "which")


class DeviceKeys(KeyPart):
    """Our device is held in memory; Olm sessions are read once in a transaction, for many devices at a time."""

    def __init__(self, session: Session, held: HeldKeys) -> None:
        super().__init__(session, held)
        self._own = held.own
        self._own_unwritten = False
        self._olm: dict[tuple[str, str], dict[str, OlmPickle]] = {}
        self._olm_unwritten: dict[str, OlmPickle] = {}
        self._olm_gone: set[str] = set()

    def own(self) -> OwnDevice | None:
        return self._own

    def save_own(self, own: OwnDevice) -> None:
        self._own_unwritten = self._own_unwritten or own != self._own
        self._own = own

    def olm(self, user_id: str, curve: str) -> list[OlmPickle]:
        name = (clean(user_id), clean(curve))
        self._load_olm([name])
        return sorted(self._olm[name].values(), key=_used_at, reverse=True)

    def save_olm(self, session: OlmPickle) -> None:
        name = (session.user_id, session.curve)
        self._load_olm([name])
        theirs = self._olm[name]
        theirs[session.session_id] = self._olm_unwritten[session.session_id] = session
        if len(theirs) > A_DEVICE:
            oldest = min((one for one in theirs.values() if one is not session), key=_used_at).session_id
            del theirs[oldest]
            self._olm_unwritten.pop(oldest, None)
            self._olm_gone.add(oldest)

    def with_olm(self, devices: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        self._load_olm(devices)
        return {name for name in devices if self._olm[name]}

    def _load_olm(self, names: Collection[tuple[str, str]]) -> None:
        missing: dict[tuple[str, str], dict[str, OlmPickle]] = {name: {} for name in names if name not in self._olm}
        for row in _olm(self._session, sorted({curve for _, curve in missing})):
            found = OlmPickle(*row)
            if (found.user_id, found.curve) in missing:
                missing[found.user_id, found.curve][found.session_id] = found
        self._olm.update(missing)

    def secret(self, name: str) -> str | None:
        sealed = _secret.value(self._session, name)
        if sealed is None:
            return None
        try:
            return self._held.seals().open(sealed)
        except CryptoError as error:
            raise StoreError("keys", OTHER_SECRET) from error

    def save_secret(self, name: str, value: str | None) -> None:
        if value is None:
            _drop_secret(self._session, name)
        else:
            _save_secret(self._session, [(name, self._held.seals().seal(value))])

    def start_anew(self) -> None:
        self.forget_sessions()
        self._own, self._own_unwritten = None, False
        _drop_own(self._session)

    def forget_sessions(self) -> None:
        super().forget_sessions()
        self._olm.clear()
        self._olm_unwritten.clear()
        self._olm_gone.clear()
        _drop_all_olm(self._session)

    def prune(self, now: int, limit: int) -> int:
        unused = int(_drop_unused(self._session, now - UNUSED_MS, limit).rowcount)
        beyond = int(_drop_beyond(self._session, limit, STRANGERS).rowcount)
        return max(super().prune(now, limit), unused, beyond)

    def flush(self) -> None:
        super().flush()
        if self._own_unwritten and self._own is not None:
            self._own_unwritten = False
            _save_own(self._session, [(1, *_to_own_row(self._own))])
        if self._olm_unwritten:
            unwritten, self._olm_unwritten = self._olm_unwritten, {}
            _save_olm(self._session, [_to_olm_row(session) for session in unwritten.values()])
        if self._olm_gone:
            gone, self._olm_gone = self._olm_gone, set()
            _drop_olm(self._session, gone)

    def publish(self) -> None:
        super().publish()
        self._held.own = self._own


def own_device_of(session: Session) -> OwnDevice | None:
    row: AnyRow | None = _own(session).fetchone()
    if row is None:
        return None
    user_id, device_id, pickle, published, one_time_keys, fallback_wanted, signed = row
    return OwnDevice(user_id, device_id, pickle, bool(published), one_time_keys, bool(fallback_wanted), bool(signed))
