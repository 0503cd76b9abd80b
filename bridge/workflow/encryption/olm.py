"""Olm: what one device says to another (Client-Server API, `m.olm.v1.curve25519-aes-sha2`)."""

import json
from dataclasses import dataclass, replace

from bridge.crypto.errors import CryptoError, JsonObject, a_text, an_object, object_of, text_of
from bridge.crypto.ratchets import PRE_KEY, Account, OlmSession
from bridge.crypto.signing import is_signed
from bridge.workflow.encryption.records import OLM, Device, Keyring, OlmPickle, OwnDevice
from bridge.workflow.storage import Transaction


class NoSession(CryptoError):
    """Nothing that we hold opens the message: the session has to be made anew."""


@dataclass(frozen=True, slots=True)
class FromDevice:
    """What a device said: its keys are proven to be the sender's words for them, no more."""

    event_type: str
    content: JsonObject
    sender: str
    curve: str
    ed: str


def own_device(tx: Transaction) -> OwnDevice:
    """CryptoError where there is none yet."""
    own = tx.keys.own()
    if own is None:
        raise CryptoError("this askbridge has no device yet")
    return own


def account_of(own: OwnDevice, keyring: Keyring) -> Account:
    return keyring.awake.take(own.pickle) or keyring.ratchets.account(own.pickle)


def own_names(tx: Transaction, keyring: Keyring) -> tuple[str, str]:
    """The Curve25519 and the Ed25519 key of our device. CryptoError where there is none yet."""
    own = own_device(tx)
    account = account_of(own, keyring)
    keyring.awake.keep(own.pickle, account)
    return account.curve, account.ed


def opened(event: JsonObject, tx: Transaction, keyring: Keyring, now: int) -> FromDevice:
    """A to-device `m.room.encrypted`. CryptoError where it is not for us, NoSession where its session is lost."""
    content = object_of(event, "content")
    if content.get("algorithm") != OLM:
        raise CryptoError("to-device message of another algorithm")
    own_curve, own_ed = own_names(tx, keyring)
    sender, curve = text_of(event, "sender"), text_of(content, "sender_key")
    part = an_object(object_of(content, "ciphertext").get(own_curve), "a message for our device")
    plain = _decrypted(part, sender, curve, tx, keyring, now)
    return _checked(plain, sender, curve, own_ed, tx, keyring)


def _decrypted(part: JsonObject, sender: str, curve: str, tx: Transaction, keyring: Keyring, now: int) -> bytes:
    kind, body = part.get("type"), text_of(part, "body")
    if type(kind) is not int:
        raise CryptoError("Olm message without a type")
    for kept in tx.keys.olm(sender, curve):
        session = keyring.ratchets.session(kept.pickle)
        try:
            plain = session.decrypt(kind, body)
        except CryptoError:
            if kind == PRE_KEY and session.matches(body):
                raise
            continue
        _keep(session, sender, curve, tx, now)
        return plain
    if kind != PRE_KEY:
        raise NoSession("no session opens this message")
    own = own_device(tx)
    account = account_of(own, keyring)
    try:
        session, plain = account.inbound_session(curve, body)
    except CryptoError as error:
        raise NoSession(str(error)) from error
    pickle = account.pickle()
    tx.keys.save_own(replace(own, pickle=pickle))
    keyring.awake.keep(pickle, account)
    _keep(session, sender, curve, tx, now)
    return plain


def _keep(session: OlmSession, user_id: str, curve: str, tx: Transaction, now: int) -> None:
    tx.keys.save_olm(OlmPickle(session.id, user_id, curve, session.pickle(), now))


def _checked(plain: bytes, sender: str, curve: str, own_ed: str, tx: Transaction, keyring: Keyring) -> FromDevice:
    """That it was meant for us and by whom it says; who lies about that could pass on another's message."""
    try:
        said = an_object(json.loads(plain), "Olm plaintext")
    except (ValueError, RecursionError) as error:
        raise CryptoError("Olm plaintext: no JSON object") from error
    ed = text_of(object_of(said, "keys"), "ed25519")
    meant = (said.get("sender"), said.get("recipient"), object_of(said, "recipient_keys").get("ed25519"))
    if meant != (sender, keyring.user_id, own_ed):
        raise CryptoError("an Olm message for somebody else, or by somebody else")
    known = next((d for d in tx.keys.devices([sender]).get(sender, ()) if d.curve == curve), None)
    if known is not None and known.ed != ed:
        raise CryptoError("the device does not own the key that it claims")
    return FromDevice(text_of(said, "type"), object_of(said, "content"), sender, curve, ed)


def sealed(
    event_type: str, content: JsonObject, device: Device, tx: Transaction, keyring: Keyring, now: int
) -> JsonObject | None:
    """The content of a to-device `m.room.encrypted`; None where there is no session with the device."""
    kept = next(iter(tx.keys.olm(device.user_id, device.curve)), None)
    if kept is None:
        return None
    own_curve, own_ed = own_names(tx, keyring)
    said = {
        "type": event_type,
        "content": content,
        "sender": keyring.user_id,
        "recipient": device.user_id,
        "recipient_keys": {"ed25519": device.ed},
        "keys": {"ed25519": own_ed},
    }
    session = keyring.ratchets.session(kept.pickle)
    part = session.encrypt(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    _keep(session, device.user_id, device.curve, tx, now)
    return {"algorithm": OLM, "sender_key": own_curve, "ciphertext": {device.curve: part}}


def begun(claimed: object, devices: list[Device], tx: Transaction, keyring: Keyring, now: int) -> set[tuple[str, str]]:
    """Sessions with devices from the `one_time_keys` of an answer to POST /keys/claim; those that it worked for."""
    own = own_device(tx)
    account = account_of(own, keyring)
    done: set[tuple[str, str]] = set()
    for device in devices:
        try:
            given = object_of(object_of(an_object(claimed, "claimed keys"), device.user_id), device.device_id)
            key = an_object(next(iter(given.values()), None), "claimed key")
            if not is_signed(key, device.user_id, device.device_id, device.ed):
                raise CryptoError("a one-time key that its device did not sign")
            session = account.outbound_session(device.curve, a_text(key.get("key"), "one-time key"))
        except CryptoError:
            continue
        _keep(session, device.user_id, device.curve, tx, now)
        done.add((device.user_id, device.device_id))
    keyring.awake.keep(own.pickle, account)
    return done
