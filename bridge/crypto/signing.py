"""Canonical JSON, unpadded base64, and Ed25519 signatures of JSON objects (spec appendices, "Signing JSON")."""

import base64
import json
from collections.abc import Callable

import vodozemac
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from bridge.crypto.errors import CryptoError, JsonObject, a_text, an_object, refusing

SignBytes = Callable[[bytes], str]
"""Signs bytes; the signature as unpadded base64."""

SEED_BYTES = 32
_LARGEST = 2**53 - 1
_UNSIGNED = ("signatures", "unsigned")


def b64(data: bytes) -> str:
    """Unpadded base64, as keys, signatures and messages are written."""
    return base64.b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    """The bytes of base64 with or without padding; nothing but its alphabet is let through."""
    with refusing("base64"):
        bare = a_text(text, "base64").rstrip("=")
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)


def canonical(value: object) -> bytes:
    """Canonical JSON. CryptoError for what it has no form for: floats, integers beyond 2^53, keys that are no text."""
    with refusing("canonical JSON"):
        _check_form(value)
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _check_form(value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            a_text(key, "canonical JSON key")
            _check_form(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check_form(inner)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > _LARGEST):
        raise CryptoError("canonical JSON: neither fractions nor numbers beyond 2^53")


def _signable(thing: JsonObject) -> bytes:
    return canonical({key: value for key, value in thing.items() if key not in _UNSIGNED})


class SigningKey:
    """An Ed25519 key made from a seed of 32 bytes that we may keep: vodozemac's Account shows none and takes none."""

    def __init__(self, seed: bytes) -> None:
        if not isinstance(seed, bytes) or len(seed) != SEED_BYTES:
            raise CryptoError(f"a signing key has {SEED_BYTES} bytes")
        self.seed = seed
        self._key = ECC.construct(curve="Ed25519", seed=seed)
        self.public = b64(self._key.public_key().export_key(format="raw"))

    def sign(self, message: bytes) -> str:
        return b64(eddsa.new(self._key, "rfc8032").sign(message))


def sign(thing: JsonObject, user_id: str, key_id: str, sign_bytes: SignBytes) -> JsonObject:
    """A copy of `thing` with one signature more; `key_id` without its `ed25519:`."""
    given = an_object(thing.get("signatures", {}), "signatures")
    signatures = {user: dict(an_object(made, "signatures")) for user, made in given.items()}
    signatures.setdefault(user_id, {})[f"ed25519:{key_id}"] = sign_bytes(_signable(thing))
    return thing | {"signatures": signatures}


def is_signed(thing: JsonObject, user_id: str, key_id: str, public: str) -> bool:
    """Whether `thing` carries a good signature by the key `public`; False for anything malformed."""
    try:
        signature = vodozemac.Ed25519Signature.from_base64(thing["signatures"][user_id][f"ed25519:{key_id}"])
        vodozemac.Ed25519PublicKey.from_base64(public).verify_signature(_signable(thing), signature)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        return False
    return True
