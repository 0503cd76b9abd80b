"""Encrypted files (spec "Sending encrypted attachments", EncryptedFile version v2)."""

import hashlib
import hmac
import secrets

from Crypto.Cipher import AES

from bridge.crypto.errors import CryptoError, JsonObject, an_object, object_of, refusing, text_of
from bridge.crypto.signing import b64, unb64

VERSION = "v2"
_KEY_BYTES, _IV_BYTES, _RANDOM_IV_BYTES = 32, 16, 8


def encrypt(plain: bytes) -> tuple[bytes, JsonObject]:
    """What to upload, and the EncryptedFile that describes it, whose `url` is for the caller to add."""
    key = secrets.token_bytes(_KEY_BYTES)
    iv = secrets.token_bytes(_RANDOM_IV_BYTES) + bytes(_IV_BYTES - _RANDOM_IV_BYTES)
    with refusing("file"):
        ciphertext = AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=iv).encrypt(plain)
    return ciphertext, {
        "v": VERSION,
        "key": {"kty": "oct", "alg": "A256CTR", "ext": True, "key_ops": ["encrypt", "decrypt"], "k": _url_safe(key)},
        "iv": b64(iv),
        "hashes": {"sha256": b64(hashlib.sha256(ciphertext).digest())},
    }


def decrypt(file: JsonObject, ciphertext: bytes) -> bytes:
    """The file; CryptoError where what was downloaded is not what the event describes."""
    with refusing("encrypted file"):
        key, iv, wanted = _described(an_object(file, "encrypted file"))
        if not hmac.compare_digest(hashlib.sha256(ciphertext).digest(), wanted):
            raise CryptoError("encrypted file: not what was sent")
        return bytes(AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=iv).decrypt(ciphertext))


def _described(file: JsonObject) -> tuple[bytes, bytes, bytes]:
    """Key, initial counter and hash."""
    jwk = object_of(file, "key")
    if file.get("v") != VERSION or (jwk.get("kty"), jwk.get("alg")) != ("oct", "A256CTR"):
        raise CryptoError("encrypted file: of an unknown version")
    key = unb64(text_of(jwk, "k").replace("-", "+").replace("_", "/"))
    iv, wanted = unb64(text_of(file, "iv")), unb64(text_of(object_of(file, "hashes"), "sha256"))
    if len(key) != _KEY_BYTES or len(iv) != _IV_BYTES:
        raise CryptoError("encrypted file: key or counter of a wrong size")
    return key, iv, wanted


def _url_safe(data: bytes) -> str:
    return b64(data).replace("+", "-").replace("/", "_")
