"""Files for encrypted rooms (Client-Server API, "Sending encrypted attachments", EncryptedFile version 2)."""

import secrets
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from Crypto.Cipher import AES

_KEY_BYTES = 32
_NONCE_BYTES = 8
"""The other half of the 16 bytes counts blocks, from 0."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """`data` is what is uploaded, `file` an EncryptedFile that lacks only the `url`."""

    data: bytes
    file: dict[str, Any]


def sealed(data: bytes) -> SealedFile:
    key, nonce = secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_NONCE_BYTES)
    hidden = AES.new(key, AES.MODE_CTR, nonce=nonce, initial_value=0).encrypt(data)
    web_key = {"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "k": _for_web(key), "ext": True}
    iv = nonce + bytes(16 - _NONCE_BYTES)
    return SealedFile(
        hidden, {"v": "v2", "key": web_key, "iv": _plain(iv), "hashes": {"sha256": _plain(sha256(hidden).digest())}}
    )


def _plain(value: bytes) -> str:
    """Unpadded Base64."""
    return b64encode(value).decode().rstrip("=")


def _for_web(value: bytes) -> str:
    """Of a JSON Web Key: unpadded and safe in URLs."""
    return urlsafe_b64encode(value).decode().rstrip("=")
