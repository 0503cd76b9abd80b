"""The homeserver's backup of room keys (Client-Server API, "Server-side key backups")."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

import structlog

from bridge.crypto.errors import CryptoError, an_object, object_of, text_of
from bridge.crypto.identity import Identity
from bridge.crypto.keybackup import ALGORITHM, auth_data, decrypt_session, encrypt_session, is_ours, public_of
from bridge.workers.ports import Store
from bridge.workflow.encryption.identity import Kept, kept, make_backup_key, note_backup, own_keys
from bridge.workflow.encryption.records import Keyring, RoomKey, Source
from bridge.workflow.ports import GiveUp, JsonObject, KeyServer
from bridge.workflow.storage import Transaction

log = structlog.get_logger(__name__)

AT_ONCE = 100
"""Room keys that go up in one request, and that are taken in by one transaction."""
GONE = frozenset({"M_WRONG_ROOM_KEYS_VERSION", "M_NOT_FOUND"})

Backup = Literal["off", "none", "ours", "trusted", "foreign", "changed", "unknown"]
"""`trusted`: our identity signed it and we lack its key, so we can write and not read; `changed`: it was deleted, or
replaced while we wrote to it; `unknown`: the homeserver did not answer.
"""
USABLE: frozenset[Backup] = frozenset({"ours", "trusted"})


@dataclass(frozen=True, slots=True)
class Target:
    """The backup that is to be written to. `private` is "" where we do not hold its key."""

    version: str
    public: str
    private: str


def judged(there: JsonObject, have: Kept, identity: Identity) -> Backup:
    """Whose the homeserver's backup is."""
    data = there["auth_data"]
    try:
        public = text_of(data, "public_key")
    except CryptoError:
        return "foreign"
    if there["algorithm"] != ALGORITHM:
        return "foreign"
    if have.backup_key and public == public_of(have.backup_key):
        return "ours"
    return "trusted" if is_ours(data, identity.user_id, identity.master.public) else "foreign"


class KeyBackup:
    """`state` is what was found last. Every method raises RetryLater and GiveUp."""

    def __init__(self, store: Store, server: KeyServer, keyring: Keyring) -> None:
        self._store = store
        self._server = server
        self._keyring = keyring
        self._target: Target | None = None
        self.state: Backup = "none"

    async def find(self, identity: Identity, *, renew: bool = False) -> Backup:
        """Look at the homeserver's backup; made where there never was one, with `renew` also where it was deleted."""
        have = await self._store.write(lambda tx: kept(tx, identity.user_id))
        there = await self._server.backup_version()
        if there is None:
            deleted = bool(have.backup_version) and not renew
            self.state = "changed" if deleted else await self._make(identity)
        else:
            self.state = await self._judge(there, have, identity)
        return self.state

    async def _make(self, identity: Identity) -> Backup:
        """A kill before the version is noted harms nothing: the next look finds our own."""
        user_id = identity.user_id
        have = await self._store.write(lambda tx: make_backup_key(tx, user_id), durable=True)
        found = await self._store.write(lambda tx: own_keys(tx, self._keyring))
        signers = {identity.master.public: identity.master.sign}
        if found is not None:
            device, _ = found
            signers[device.device_id] = self._keyring.ratchets.account(device.pickle).sign
        data = auth_data(have.backup_key, user_id, signers)
        version = await self._server.create_backup(ALGORITHM, data)
        await self._use(Target(version, public_of(have.backup_key), have.backup_key), user_id)
        return "ours"

    async def _judge(self, there: JsonObject, have: Kept, identity: Identity) -> Backup:
        state = judged(there, have, identity)
        if state in USABLE:
            private = have.backup_key if state == "ours" else ""
            target = Target(str(there["version"]), there["auth_data"]["public_key"], private)
            await self._use(target, identity.user_id)
        return state

    async def _use(self, target: Target, user_id: str) -> None:
        await self._store.write(lambda tx: note_backup(tx, user_id, target.version), durable=True)
        self._target = target

    async def upload(self) -> bool:
        """Up to AT_ONCE keys; whether more wait."""
        target = self._target
        if target is None or self.state not in USABLE:
            return False
        rows, rooms = await self._store.write(lambda tx: _next(tx, target))
        if not rows:
            return False
        try:
            await self._server.put_backed_up(target.version, rooms)
        except GiveUp as refusal:
            if refusal.code not in GONE:
                raise
            self.state, self._target = "changed", None
            return False
        await self._store.write(lambda tx: tx.keys.backed_up(rows))
        return len(rows) == AT_ONCE

    async def restore(self) -> int:
        """Take in every room key that we do not have; how many that were."""
        target = self._target
        if target is None or not target.private:
            return 0
        rooms = await self._server.get_backed_up(target.version)
        sessions = _sessions(rooms)
        count = 0
        while some := list(islice(sessions, AT_ONCE)):
            count += await self._store.write(lambda tx, some=some: self._import(some, target.private, tx))  # type: ignore[misc]
        log.info("backup_restored", room_keys=count)
        return count

    def _import(self, some: Sequence[tuple[str, str, object]], private: str, tx: Transaction) -> int:
        taken_in: list[str] = []
        owners = {room_id: _owners(room_id, tx) for room_id in {room_id for room_id, _, _ in some}}
        for room_id, session_id, given in some:
            try:
                key = self._read(room_id, session_id, an_object(given, "backed-up key"), private, tx)
            except CryptoError as error:
                log.info("backup_refused", room=room_id, session=session_id, reason=str(error)[:200])
                continue
            if key is not None:
                tx.keys.save_room_key(replace(key, user_id=key.user_id or owners[room_id].get(key.curve)))
                taken_in.append(session_id)
        if taken_in:
            tx.inbox.revive(taken_in)
        return len(taken_in)

    def _read(self, room_id: str, session_id: str, given: JsonObject, private: str, tx: Transaction) -> RoomKey | None:
        """None where we have it, or a better one. Of one that we have, only how far back it reaches is believed."""
        found = decrypt_session(private, given)
        group = self._keyring.ratchets.imported(found.exported)
        if group.id != session_id:
            raise CryptoError("a room key under a name that is not its own")
        pickle, first = group.pickle(), group.first_index
        have = tx.keys.group(session_id)
        if have is None:
            return RoomKey(room_id, session_id, found.curve, found.ed, None, pickle, first, Source.BACKUP, True)
        known, kept_group = have
        if known.room_id != room_id or not group.better_than(kept_group):
            return None
        return replace(known, pickle=pickle, first_index=first, backed_up=True)


def _owners(room_id: str, tx: Transaction) -> dict[str, str]:
    """Curve25519 key -> whose device it is, of the members whose devices we know."""
    devices = tx.keys.devices(list(tx.rooms.members(room_id)))
    return {device.curve: user_id for user_id, those in devices.items() for device in those}


def _next(tx: Transaction, target: Target) -> tuple[list[RoomKey], JsonObject]:
    """Keys that are to be backed up, and the `rooms` that holds them."""
    rows = tx.keys.not_backed_up(AT_ONCE)
    rooms: JsonObject = {}
    for row in rows:
        found = tx.keys.group(row.session_id)
        if found is None:
            continue
        made = encrypt_session(
            target.public,
            found[1].export(),
            row.first_index,
            row.curve,
            row.ed,
            verified=row.source in {Source.OWN, Source.ROOM_KEY},
        )
        rooms.setdefault(row.room_id, {"sessions": {}})["sessions"][row.session_id] = made
    return rows, rooms


def _sessions(rooms: JsonObject) -> Iterator[tuple[str, str, object]]:
    for room_id in rooms:
        try:
            sessions = object_of(object_of(rooms, room_id), "sessions")
        except CryptoError:
            continue
        yield from ((room_id, session_id, given) for session_id, given in sessions.items())
