"""The bot's own cross-signing identity and its secrets, as we keep them and as the homeserver shows them.

Use cases over `tx.keys`, without network (Client-Server API, "Cross-signing", "Secrets").
"""

import json
import secrets
from dataclasses import dataclass, replace
from typing import Literal

from bridge.crypto.errors import CryptoError, object_of
from bridge.crypto.identity import Identity
from bridge.crypto.keybackup import new_backup_key
from bridge.crypto.recovery import new_recovery_key
from bridge.crypto.signing import b64, is_signed, unb64
from bridge.workflow.encryption.records import Keyring, OwnDevice
from bridge.workflow.ports import JsonObject
from bridge.workflow.storage import Transaction

_IDENTITY, _STORAGE, _BACKUP, _VERIFYING = "identity", "secret_storage", "key_backup", "verifying"

Whose = Literal["none", "ours", "foreign", "incomplete"]
"""Of an identity on the homeserver: `incomplete` is ours as far as it goes, an upload broke off."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What we hold. `storage_id` names the key of secret storage that we made or were given; `recovery_key` is that key
    itself until an operator has seen it. `backup_version` is the backup that we last wrote to.
    """

    identity: Identity | None = None
    storage_id: str = ""
    recovery_key: bytes | None = None
    backup_key: str = ""
    backup_version: str = ""


def kept(tx: Transaction, user_id: str) -> Kept:
    """What belongs to another user id counts as none. CryptoError where it cannot be opened."""
    identity, storage, backup = (_read(tx, name) for name in (_IDENTITY, _STORAGE, _BACKUP))
    if identity.get("user_id") != user_id:
        return Kept()
    return Kept(
        Identity.from_seeds(user_id, object_of(identity, "seeds")),
        storage.get("id", ""),
        unb64(storage["key"]) if storage.get("key") else None,
        backup.get("key", ""),
        backup.get("version", ""),
    )


def keep(tx: Transaction, have: Kept) -> None:
    """To be committed durably before any of it is shown to the homeserver."""
    if have.identity is None:
        return
    _write(tx, _IDENTITY, {"user_id": have.identity.user_id, "seeds": have.identity.seeds()})
    _write(tx, _STORAGE, {"id": have.storage_id, "key": b64(have.recovery_key or b"")})
    _write(tx, _BACKUP, {"key": have.backup_key, "version": have.backup_version})


def make_identity(tx: Transaction, user_id: str) -> Kept:
    """The identity, made where there is none."""
    have = kept(tx, user_id)
    if have.identity is None:
        have = replace(have, identity=Identity.new(user_id))
        keep(tx, have)
    return have


def make_storage_key(tx: Transaction, user_id: str) -> Kept:
    """A recovery key that was never shown goes on; one that was is replaced. The key of the backup is made with it, so
    that it is among the secrets from the first.
    """
    have = kept(tx, user_id)
    if have.identity is not None and have.recovery_key is None:
        have = replace(have, storage_id=secrets.token_hex(16), recovery_key=new_recovery_key())
    have = replace(have, backup_key=have.backup_key or new_backup_key())
    keep(tx, have)
    return have


def make_backup_key(tx: Transaction, user_id: str) -> Kept:
    have = kept(tx, user_id)
    if not have.backup_key:
        have = replace(have, backup_key=new_backup_key())
        keep(tx, have)
    return have


def forget_recovery_key(tx: Transaction, user_id: str) -> None:
    """An operator has it now."""
    keep(tx, replace(kept(tx, user_id), recovery_key=None))


def note_backup(tx: Transaction, user_id: str, version: str) -> None:
    """From now on we write to this version; to another one than before, everything anew."""
    have = kept(tx, user_id)
    if have.backup_version != version:
        tx.keys.forget_backups()
        keep(tx, replace(have, backup_version=version))


def own_keys(tx: Transaction, keyring: Keyring) -> tuple[OwnDevice, JsonObject] | None:
    """Our device and its `device_keys`; None before there is one."""
    own = tx.keys.own()
    if own is None:
        return None
    return own, keyring.ratchets.account(own.pickle).device_keys(own.user_id, own.device_id)


def note_signed(tx: Transaction, signed: bool) -> None:
    own = tx.keys.own()
    if own is not None and own.signed is not signed:
        tx.keys.save_own(replace(own, signed=signed))


def note_unpublished(tx: Transaction) -> None:
    """The homeserver has none of our device's keys any more: somebody deleted the device, and it was made anew."""
    own = tx.keys.own()
    if own is not None:
        tx.keys.save_own(replace(own, published=False, one_time_keys=0, fallback_wanted=True, signed=False))


@dataclass(frozen=True, slots=True)
class Published:
    """What POST /keys/query shows of us: public keys, "" where there is none, and the keys of our device as far as they
    are there. `master_key` is the whole object.
    """

    master: str
    self_signing: str
    user_signing: str
    device: JsonObject

    def whose(self, identity: Identity | None) -> Whose:
        if not self.master:
            return "none"
        if identity is None:
            return "foreign"
        shown = (self.master, self.self_signing, self.user_signing)
        known = identity.public_keys()
        ours = (known["master"], known["self_signing"], known["user_signing"])
        if shown == ours:
            return "ours"
        alike = all(there in ("", here) for there, here in zip(shown, ours, strict=True))
        return "incomplete" if alike else "foreign"

    def shows(self, keys: JsonObject) -> bool | None:
        """Whether our device is there with these keys; None where it is not there at all."""
        return self.device.get("keys") == keys["keys"] if self.device else None

    def is_signed(self) -> bool:
        """Whether the device has the signature of the identity."""
        user_id, key = str(self.device.get("user_id")), self.self_signing
        return bool(key) and is_signed(self.device, user_id, key, key)


def published(answer: JsonObject, user_id: str, device_id: str) -> Published:
    master, self_signing, user_signing = (
        public_key(answer, f"{name}_keys", user_id) for name in ("master", "self_signing", "user_signing")
    )
    return Published(master, self_signing, user_signing, _part(answer, "device_keys", user_id, device_id))


def public_key(answer: JsonObject, section: str, user_id: str) -> str:
    """The one key of a cross-signing key in an answer of POST /keys/query; "" where there is none."""
    named = _part(answer, section, user_id, "keys")
    values = [key for key in named.values() if isinstance(key, str)]
    return values[0] if len(values) == 1 else ""


def _part(answer: JsonObject, *path: str) -> JsonObject:
    found = answer
    for name in path:
        try:
            found = object_of(found, name)
        except CryptoError:
            return {}
    return found


def _read(tx: Transaction, name: str) -> JsonObject:
    text = tx.keys.secret(name)
    found: JsonObject = json.loads(text) if text else {}
    return found


def _write(tx: Transaction, name: str, value: JsonObject) -> None:
    tx.keys.save_secret(name, json.dumps(value))


def vouched(tx: Transaction, keyring: Keyring) -> dict[str, str]:
    """What we vouch for in a verification: our device's key and our master key, by their key ids."""
    found = own_keys(tx, keyring)
    if found is None:
        return {}
    name = f"ed25519:{keyring.device_id}"
    master = kept(tx, keyring.user_id).identity
    ours = {f"ed25519:{master.master.public}": master.master.public} if master else {}
    return {name: str(found[1]["keys"][name])} | ours


def under_way(tx: Transaction) -> list[JsonObject]:
    """The verifications that had begun when the program ended."""
    found: list[JsonObject] = json.loads(tx.keys.secret(_VERIFYING) or "[]")
    return found


def note_under_way(tx: Transaction, those: list[JsonObject]) -> None:
    tx.keys.save_secret(_VERIFYING, json.dumps(those) if those else None)


def signing_keys(answer: JsonObject, user_id: str) -> tuple[dict[str, str], str | None]:
    """A person's Ed25519 keys in an answer of POST /keys/query, by their key ids, and their master key."""
    devices = _part(answer, "device_keys", user_id)
    known: dict[str, str] = {}
    for device_id in devices:
        name = f"ed25519:{device_id}"
        key = _part(devices, device_id, "keys").get(name)
        if isinstance(key, str):
            known[name] = key
    master = public_key(answer, "master_keys", user_id)
    return known | ({f"ed25519:{master}": master} if master else {}), master or None
