"""Small secrets and texts that must not lie in clear in the database."""

import secrets

from Crypto.Cipher import AES
from Crypto.Hash import SHA256
from Crypto.Protocol.KDF import HKDF

from bridge.crypto.errors import CryptoError, a_text, refusing
from bridge.crypto.signing import b64, unb64

KEY_BYTES = 32
_NONCE, _TAG = 12, 16


def derived_key(pickle_key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose from the operator's secret, which may be of any length but none."""
    if not isinstance(pickle_key, bytes) or not pickle_key:
        raise CryptoError("the pickle key is empty")
    return bytes(HKDF(pickle_key, KEY_BYTES, b"", SHA256, context=purpose.encode()))


class Sealer:
    """AES-256-GCM under a key of its own, derived from the pickle key. What is sealed is unpadded base64."""

    def __init__(self, pickle_key: bytes) -> None:
        self._key = derived_key(pickle_key, "askbridge sealed texts")

    def seal(self, text: str) -> str:
        with refusing("sealing"):
            nonce = secrets.token_bytes(_NONCE)
            cipher, tag = AES.new(self._key, AES.MODE_GCM, nonce=nonce).encrypt_and_digest(
                a_text(text, "text").encode()
            )
            return b64(nonce + cipher + tag)

    def open(self, sealed: str) -> str:
        """The text; CryptoError where it was sealed with another key, or was changed."""
        with refusing("sealed text: another key, or damaged"):
            data = unb64(sealed)
            nonce, cipher, tag = data[:_NONCE], data[_NONCE:-_TAG], data[-_TAG:]
            return bytes(AES.new(self._key, AES.MODE_GCM, nonce=nonce).decrypt_and_verify(cipher, tag)).decode()
