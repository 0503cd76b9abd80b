"""People whose devices we keep in sight, and those devices."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from heapq import nsmallest
from operator import attrgetter

from sqlalchemy import delete, select

from bridge.store.held_keys import HeldKeys
from bridge.store.json import clean
from bridge.store.key_part import KeyPart
from bridge.store.key_tables import devices, key_owners
from bridge.store.session import Session
from bridge.store.statement import AnyRow, ByKeys, Prepared, bulk_insert
from bridge.workflow.encryption.records import Device, KeyOwner

_owner_columns = tuple(field.name for field in fields(KeyOwner))
_to_owner_row = attrgetter(*_owner_columns)
_asked_at = attrgetter("asked_at")
_save_owners = bulk_insert(key_owners, _owner_columns, conflict=("user_id",), replace=_owner_columns[1:])
_all_owners = Prepared(select(*[key_owners.c[c] for c in _owner_columns]).order_by(key_owners.c.user_id))
_drop_owners = ByKeys(lambda keys: delete(key_owners).where(key_owners.c.user_id.in_(keys)))

_device_columns = tuple(field.name for field in fields(Device))
_to_device_row = attrgetter(*_device_columns)
_device_id = attrgetter("device_id")
_add_devices = bulk_insert(devices, _device_columns)
_devices = ByKeys(lambda keys: select(*[devices.c[c] for c in _device_columns]).where(devices.c.user_id.in_(keys)))
_drop_devices = ByKeys(lambda keys: delete(devices).where(devices.c.user_id.in_(keys)))


class PeopleKeys(KeyPart):
    """Owners are held in memory, all of them; of devices those that were asked for lately."""

    def __init__(self, session: Session, held: HeldKeys) -> None:
        super().__init__(session, held)
        self._owners: dict[str, KeyOwner | None] = {}
        self._owners_unwritten: set[str] = set()
        self._devices: dict[str, tuple[Device, ...]] = {}
        self._devices_unwritten: set[str] = set()
        self._revision: int | None = None

    def owners(self, user_ids: Collection[str]) -> dict[str, KeyOwner]:
        return {user_id: owner for user_id in user_ids if (owner := self._owner(user_id))}

    def _owner(self, user_id: str) -> KeyOwner | None:
        return self._owners[user_id] if user_id in self._owners else self._held.owners.get(user_id)

    def save_owner(self, owner: KeyOwner) -> None:
        if owner != self._owner(owner.user_id):
            self._set_owner(owner.user_id, owner)

    def outdate(self, user_ids: Collection[str]) -> None:
        for owner in self.owners(user_ids).values():
            self.save_owner(replace(owner, outdated=True))

    def outdate_all(self) -> None:
        self.outdate({*tuple(self._held.owners), *self._owners})

    def forget_owners(self, user_ids: Collection[str]) -> None:
        for user_id in self.owners(user_ids):
            self._set_owner(user_id, None)
            self._set_devices(user_id, ())

    def outdated(self, limit: int) -> list[KeyOwner]:
        """Those whose homeserver failed to answer come last, the latest failure at the end."""
        names = dict.fromkeys((*tuple(self._held.outdated), *self._owners))
        found = (owner for user_id in names if (owner := self._owner(user_id)) and owner.outdated)
        return nsmallest(limit, found, key=_asked_at)

    def devices(self, user_ids: Collection[str]) -> dict[str, list[Device]]:
        self._load([user_id for user_id in user_ids if not self._is_held(user_id)])
        return {user_id: list(self._devices[user_id]) for user_id in user_ids}

    def replace_devices(self, user_id: str, devices: Sequence[Device]) -> None:
        """Left out: names that no database can hold, which no client of good will gives its device."""
        possible = (device for device in devices if clean(device.device_id) == device.device_id)
        changed = tuple(sorted({device.device_id: device for device in possible}.values(), key=_device_id))
        if not self._is_held(user_id) or self._devices[user_id] != changed:
            self._set_devices(user_id, changed)

    def revision(self) -> int:
        return self._held.revision if self._revision is None else self._revision

    def _is_held(self, user_id: str) -> bool:
        """Whether `_devices` has theirs now, be it from this transaction or from memory."""
        if user_id not in self._devices and (held := self._held.devices.get(user_id)) is not None:
            self._devices[user_id] = held
        return user_id in self._devices

    def _load(self, user_ids: Collection[str]) -> None:
        found: dict[str, list[Device]] = {user_id: [] for user_id in user_ids}
        for user_id, device_id, curve, ed, signed in _devices(self._session, list(found)):
            found[user_id].append(Device(user_id, device_id, curve, ed, bool(signed)))
        for user_id, theirs in found.items():
            self._devices[user_id] = tuple(sorted(theirs, key=_device_id))

    def _set_owner(self, user_id: str, owner: KeyOwner | None) -> None:
        self._owners[user_id] = owner
        self._owners_unwritten.add(user_id)
        self._revision = next(self._held.tickets)

    def _set_devices(self, user_id: str, changed: tuple[Device, ...]) -> None:
        self._devices[user_id] = changed
        self._devices_unwritten.add(user_id)
        self._revision = next(self._held.tickets)

    def flush(self) -> None:
        super().flush()
        if self._owners_unwritten:
            unwritten, self._owners_unwritten = sorted(self._owners_unwritten), set()
            _save_owners(self._session, [_to_owner_row(owner) for who in unwritten if (owner := self._owners[who])])
            _drop_owners(self._session, [who for who in unwritten if self._owners[who] is None])
        if self._devices_unwritten:
            people, self._devices_unwritten = sorted(self._devices_unwritten), set()
            _drop_devices(self._session, people)
            _add_devices(self._session, [_to_device_row(one) for who in people for one in self._devices[who]])

    def publish(self) -> None:
        super().publish()
        for user_id, owner in self._owners.items():
            if owner is None:
                self._held.drop_owner(user_id)
            else:
                self._held.put_owner(owner)
        for user_id, theirs in self._devices.items():
            self._held.devices.put(user_id, theirs)
        if self._revision is not None:
            self._held.revision = self._revision


def all_owners(session: Session) -> list[KeyOwner]:
    return [_owner_from(row) for row in _all_owners(session)]


def _owner_from(row: AnyRow) -> KeyOwner:
    owner = KeyOwner(*row)
    return replace(owner, outdated=bool(owner.outdated))
