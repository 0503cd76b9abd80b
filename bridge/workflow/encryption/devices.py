"""Our own device, and those of the people whom we share encrypted rooms with."""

import secrets
import string
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from bridge.crypto.errors import CryptoError, JsonObject, an_object, object_of, text_of
from bridge.crypto.ratchets import Ratchets
from bridge.crypto.signing import is_signed, unb64
from bridge.workflow.encryption import olm
from bridge.workflow.encryption.olm import FromDevice
from bridge.workflow.encryption.records import ID_LENGTH, Device, KeyOwner, Keyring, OwnDevice
from bridge.workflow.storage import Transaction

FEW = 25
"""With fewer one-time keys than this left, more are made."""
ENOUGH = 50
MOST_DEVICES = 200
"""Of one person; who says to have more is not believed."""


def own(tx: Transaction, ratchets: Ratchets, user_id: str, device_id: str | None) -> OwnDevice:
    """Our device; made where there is none, or where the account uses another by now. `device_id` None: any will do."""
    kept = tx.keys.own()
    if kept is not None and (kept.user_id, device_id or kept.device_id) == (user_id, kept.device_id):
        return kept
    if kept is not None:
        tx.keys.start_anew()
    made = OwnDevice(user_id, device_id or new_device_id(), ratchets.new_account().pickle())
    tx.keys.save_own(made)
    return made


def new_device_id() -> str:
    return "".join(secrets.choice(string.ascii_uppercase) for _ in range(10))


def upload(tx: Transaction, keyring: Keyring, sign: Callable[[JsonObject], JsonObject]) -> JsonObject | None:
    """The body of POST /keys/upload; None where the homeserver has all it needs. To be committed before it is sent:
    private halves that are lost make messages unreadable. Asked for again it gives the same keys.
    """
    own = olm.own_device(tx)
    account = olm.account_of(own, keyring)
    if own.one_time_keys < FEW and not account.one_time_keys():
        account.generate(ENOUGH - own.one_time_keys)
    if own.fallback_wanted and not account.fallback_key():
        account.generate_fallback()
    body: JsonObject = {}
    if not own.published:
        body["device_keys"] = sign(account.device_keys(own.user_id, own.device_id))
    if own.one_time_keys < FEW:
        body["one_time_keys"] = account.signed_one_time_keys(own.user_id, own.device_id)
    if own.fallback_wanted:
        body["fallback_keys"] = account.signed_fallback_keys(own.user_id, own.device_id)
    tx.keys.save_own(replace(own, pickle=account.pickle()))
    return body or None


def uploaded(body: JsonObject, count: int, tx: Transaction, keyring: Keyring) -> None:
    """The homeserver has it."""
    own = olm.own_device(tx)
    account = olm.account_of(own, keyring)
    account.mark_published()
    signed = len(object_of(body, "device_keys")["signatures"][own.user_id]) > 1 if "device_keys" in body else own.signed
    tx.keys.save_own(
        replace(
            own,
            pickle=account.pickle(),
            published=True,
            one_time_keys=count,
            fallback_wanted=own.fallback_wanted and "fallback_keys" not in body,
            signed=signed,
        )
    )


def refused(tx: Transaction, keyring: Keyring) -> None:
    """The homeserver has other keys under these ids: a copy of our database went on elsewhere, or we are that copy.

    So use none of them, and no session either: it may have gone on there, too.
    """
    tx.keys.forget_sessions()
    own = olm.own_device(tx)
    account = olm.account_of(own, keyring)
    account.mark_published()
    tx.keys.save_own(replace(own, pickle=account.pickle()))


def changed(people: Collection[str], left: Collection[str], tx: Transaction) -> None:
    """What `device_lists` of a `/sync` says; whom we do share a room with is not forgotten on anybody's word."""
    gone = {who for who in left if not _shares_room(who, tx)}
    tx.keys.outdate([*people, *(who for who in left if who not in gone)])
    if gone:
        tx.keys.forget_owners(gone)


def joined_room(user_id: str, room_id: str, tx: Transaction) -> None:
    """Before it is noted: who was only invited until now may have other devices, which nobody reported."""
    if tx.keys.owners([user_id]) and tx.rooms.memberships_of(user_id).get(room_id) != "join":
        tx.keys.outdate([user_id])


def left_room(user_id: str, tx: Transaction) -> None:
    """Of people with whom we share no encrypted room the homeserver reports no changes: what we know grows stale."""
    if not _shares_room(user_id, tx):
        tx.keys.forget_owners([user_id])


def _shares_room(user_id: str, tx: Transaction) -> bool:
    rooms = (tx.rooms.get(room_id) for room_id in tx.rooms.joined_by(user_id))
    return any(room is not None and room.joined and room.encrypted for room in rooms)


def keep(answer: JsonObject, asked: Collection[str], tx: Transaction, now: int) -> None:
    """What POST /keys/query answered about people; of servers that did not answer we go on with what we know."""
    failed = answer.get("failures")
    away = set(failed) if isinstance(failed, dict) else set()
    known = tx.keys.owners(asked)
    for user_id in asked:
        before = known.get(user_id) or KeyOwner(user_id)
        if user_id.partition(":")[2] in away:
            tx.keys.save_owner(replace(before, outdated=True, asked_at=now))
            continue
        owner = _owner(answer, before)
        tx.keys.save_owner(owner)
        tx.keys.replace_devices(user_id, _devices(answer, owner, tx))


def _owner(answer: JsonObject, before: KeyOwner) -> KeyOwner:
    user_id = before.user_id
    master = _public(answer, "master_keys", user_id)
    self_signing = _public(answer, "self_signing_keys", user_id)
    signed = False
    if master and self_signing:
        signed = is_signed(answer["self_signing_keys"][user_id], user_id, master, master)
    return KeyOwner(
        user_id,
        outdated=False,
        master=master,
        self_signing=self_signing if signed else "",
        first_master=before.first_master or master,
    )


def _public(answer: JsonObject, section: str, user_id: str) -> str:
    """The one public key of a cross-signing key; "" where there is none, or it is not what it says."""
    try:
        keys = object_of(object_of(object_of(answer, section), user_id), "keys")
        [(name, public)] = keys.items()
        return public if name == f"ed25519:{public}" and _is_key(public) else ""
    except (CryptoError, ValueError):
        return ""


def _is_key(text: str) -> bool:
    """Whether it may be a Curve25519 or Ed25519 key, so that nothing else is stored as one."""
    return len(text) in (43, 44) and len(unb64(text)) == 32


def _devices(answer: JsonObject, owner: KeyOwner, tx: Transaction) -> list[Device]:
    """Devices whose keys are signed by themselves. One that changed its keys is another's, and not believed."""
    given = answer.get("device_keys")
    of_user = given.get(owner.user_id) if isinstance(given, dict) else None
    before = {d.device_id: d for d in tx.keys.devices([owner.user_id]).get(owner.user_id, ())}
    found: list[Device] = []
    for device_id, keys in list((of_user if isinstance(of_user, Mapping) else {}).items())[:MOST_DEVICES]:
        try:
            device = _device(device_id, an_object(keys, "device keys"), owner)
        except CryptoError:
            continue
        same = before.get(device_id, device)
        found.append(device if (same.curve, same.ed) == (device.curve, device.ed) else same)
    return found


def _device(device_id: str, keys: JsonObject, owner: KeyOwner) -> Device:
    ed, curve = (text_of(object_of(keys, "keys"), f"{kind}:{device_id}") for kind in ("ed25519", "curve25519"))
    if (keys.get("user_id"), keys.get("device_id")) != (owner.user_id, device_id):
        raise CryptoError("device keys of another device")
    if len(device_id) > ID_LENGTH or not device_id.isprintable() or not _is_key(curve):
        raise CryptoError("a device id or a key that cannot be one")
    if not is_signed(keys, owner.user_id, device_id, ed):
        raise CryptoError("device keys that the device did not sign")
    signed = bool(owner.self_signing) and is_signed(keys, owner.user_id, owner.self_signing, owner.self_signing)
    return Device(owner.user_id, device_id, curve, ed, signed)


def may_have_keys(device: Device, owner: KeyOwner, keyring: Keyring) -> bool:
    """Of people with an identity only devices that they signed, unless all are trusted; of us only signed ones."""
    if device.user_id == keyring.user_id:
        return device.signed and device.device_id != keyring.device_id
    return keyring.trust_all or not owner.master or device.signed


def is_our_own(said: FromDevice, tx: Transaction, keyring: Keyring) -> bool:
    """Whether another device of ours said it, one that our identity signed."""
    if said.sender != keyring.user_id:
        return False
    return any(d.signed and d.curve == said.curve for d in tx.keys.devices([keyring.user_id]).get(keyring.user_id, ()))
