"""Server-side backup of room keys, m.megolm_backup.v1.curve25519-aes-sha2 (spec "Server-side key backups").

Anybody who knows the public key can put keys into a backup, and its `mac` protects nothing (a known fault of the
algorithm). So what comes out is only a claim: import it, compare its session id with the one it was stored under, and
trust it no more than a forwarded key.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import vodozemac

from bridge.crypto.errors import CryptoError, JsonObject, a_text, an_object, object_of, refusing, text_of
from bridge.crypto.ratchets import MEGOLM
from bridge.crypto.signing import SignBytes, b64, canonical, is_signed, sign, unb64

ALGORITHM = "m.megolm_backup.v1.curve25519-aes-sha2"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A room key from a backup: as exported, and the device that made it, as the backup claims."""

    exported: str
    curve: str
    ed: str


def new_backup_key() -> str:
    """The private key of a new backup, in base64: the secret `m.megolm_backup.v1`."""
    return b64(secrets.token_bytes(_KEY_BYTES))


def public_of(private: str) -> str:
    return _secret(private).public_key().to_base64()


def auth_data(private: str, user_id: str, signers: Mapping[str, SignBytes]) -> JsonObject:
    """`auth_data` of a new backup. `signers`: key id -> function; clients trust it by the master key's signature."""
    data: JsonObject = {"public_key": public_of(private)}
    for key_id, sign_bytes in signers.items():
        data = sign(data, user_id, key_id, sign_bytes)
    return data


def is_ours(auth_data: JsonObject, user_id: str, master_public: str) -> bool:
    """Whether the master key signed this backup; then only may keys be uploaded to its public key."""
    return is_signed(auth_data, user_id, master_public, master_public)


def encrypt_session(
    public: str, exported: str, first_index: int, curve: str, ed: str, *, verified: bool = False
) -> JsonObject:
    """A room key for PUT /room_keys/keys, under its room id and session id.

    `verified`: whether the device that made it was trusted when it came; homeservers prefer such keys to others.
    """
    plain = {
        "algorithm": MEGOLM,
        "forwarding_curve25519_key_chain": [],
        "sender_claimed_keys": {"ed25519": ed},
        "sender_key": curve,
        "session_key": exported,
    }
    with refusing("backup"):
        key = vodozemac.Curve25519PublicKey.from_base64(a_text(public, "public key of the backup"))
        message = vodozemac.PkEncryption.from_key(key).encrypt(canonical(plain))
    parts = {"ciphertext": message.ciphertext, "mac": message.mac, "ephemeral": message.ephemeral_key}
    return {
        "first_message_index": first_index,
        "forwarded_count": 0,
        "is_verified": verified,
        "session_data": {name: b64(part) for name, part in parts.items()},
    }


def decrypt_session(private: str, given: JsonObject) -> BackedUp:
    secret = _secret(private)
    with refusing("backed-up key"):
        data = object_of(an_object(given, "backed-up key"), "session_data")
        parts = (text_of(data, "ciphertext"), text_of(data, "mac"), text_of(data, "ephemeral"))
        message = vodozemac.Message.from_base64(*parts)
        plain = an_object(json.loads(vodozemac.PkDecryption.from_key(secret).decrypt(message)), "backed-up key")
        if plain.get("algorithm") != MEGOLM:
            raise CryptoError("backed-up key: of an unknown algorithm")
        ed = text_of(object_of(plain, "sender_claimed_keys"), "ed25519")
        return BackedUp(text_of(plain, "session_key"), text_of(plain, "sender_key"), ed)


def _secret(private: str) -> vodozemac.Curve25519SecretKey:
    with refusing("private key of the backup"):
        return vodozemac.Curve25519SecretKey.from_bytes(unb64(private))
