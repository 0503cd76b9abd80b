"""The recovery key, and secrets stored under it (spec "Secret storage", m.secret_storage.v1.aes-hmac-sha2).

The spec leaves the `iv` out of what the `mac` protects: who may write account data can garble a secret by it. So a
restored key counts only where its public half is the one that /keys/query, or the backup, shows.
"""

import hashlib
import hmac
import secrets
from functools import reduce
from operator import xor

from Crypto.Cipher import AES
from Crypto.Hash import SHA256
from Crypto.Protocol.KDF import HKDF

from bridge.crypto.errors import CryptoError, JsonObject, a_text, an_object, object_of, refusing, text_of
from bridge.crypto.signing import b64, unb64

ALGORITHM = "m.secret_storage.v1.aes-hmac-sha2"
DEFAULT_KEY = "m.secret_storage.default_key"
KEY_PREFIX = "m.secret_storage.key."
"""Types of account data: which key is the default, and the description of a key, followed by its id."""

MASTER_SECRET = "m.cross_signing.master"
SELF_SIGNING_SECRET = "m.cross_signing.self_signing"
USER_SIGNING_SECRET = "m.cross_signing.user_signing"
BACKUP_SECRET = "m.megolm_backup.v1"
IDENTITY_SECRETS = {
    "master": MASTER_SECRET,
    "self_signing": SELF_SIGNING_SECRET,
    "user_signing": USER_SIGNING_SECRET,
}
"""Where each of `Identity.seeds()` is kept. What is encrypted is the base64 text, not the bytes behind it."""

_KEY_BYTES, _IV_BYTES = 32, 16
_PREFIX = b"\x8b\x01"
_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LENGTH = 48
_MOST_ITERATIONS = 10_000_000
"""Whoever writes the account data says how often to iterate: some seconds are enough."""


def new_recovery_key() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)


def encode_recovery_key(key: bytes) -> str:
    """As people write it down: base58 in groups of four (spec appendices, "Cryptographic key representation")."""
    data = _PREFIX + _checked(key)
    number, text = int.from_bytes(data + bytes([reduce(xor, data)])), ""
    while number:
        number, rest = divmod(number, len(_LETTERS))
        text = _LETTERS[rest] + text
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def decode_recovery_key(text: str) -> bytes:
    """The key that somebody typed; the CryptoError says in plain words what is wrong with it."""
    letters = "".join(a_text(text, "the recovery key").split())
    if unknown := sorted(set(letters) - set(_LETTERS)):
        raise CryptoError(f"this is no recovery key: {unknown[0]!r} does not occur in one (nor do 0, O, I and l)")
    if len(letters) != _LENGTH:
        raise CryptoError(f"this is no recovery key: it has {len(letters)} letters and digits instead of {_LENGTH}")
    number = reduce(lambda sum_, letter: sum_ * len(_LETTERS) + _LETTERS.index(letter), letters, 0)
    data = number.to_bytes(_LENGTH)[-len(_PREFIX) - _KEY_BYTES - 1 :]
    if number >> (8 * len(data)) or reduce(xor, data):
        raise CryptoError("the recovery key has a typing error: its letters do not fit together")
    if not data.startswith(_PREFIX):
        raise CryptoError("this is no recovery key of Matrix: it begins otherwise")
    return data[len(_PREFIX) : -1]


def key_from_passphrase(passphrase: str, description: JsonObject) -> bytes:
    """The key that a passphrase stands for, by `m.pbkdf2` in the description of the key; takes up to some seconds."""
    how = object_of(an_object(description, "description of the key"), "passphrase")
    rounds, bits = how.get("iterations"), how.get("bits", 8 * _KEY_BYTES)
    if how.get("algorithm") != "m.pbkdf2" or bits != 8 * _KEY_BYTES:
        raise CryptoError("the passphrase is used in a way that is not known here: give the recovery key instead")
    if type(rounds) is not int or not 0 < rounds <= _MOST_ITERATIONS:
        raise CryptoError("the passphrase is to be iterated an unreasonable number of times")
    with refusing("passphrase"):
        salt = text_of(how, "salt").encode()
        return hashlib.pbkdf2_hmac("sha512", a_text(passphrase, "passphrase").encode(), salt, rounds, _KEY_BYTES)


def encrypt_secret(key: bytes, name: str, plain: bytes) -> JsonObject:
    """What stands in account data of type `name` under `encrypted`, key id."""
    iv = bytearray(secrets.token_bytes(_IV_BYTES))
    iv[8] &= 0x7F  # bit 63: implementations of AES-CTR differ in the overflow of the counter
    with refusing(name):
        return _encrypted(key, name, plain, bytes(iv))


def decrypt_secret(key: bytes, name: str, given: JsonObject) -> bytes:
    aes, mac_key = _keys(key, name)
    with refusing(name):
        secret = an_object(given, name)
        cipher, iv = unb64(text_of(secret, "ciphertext")), unb64(text_of(secret, "iv"))
        if not hmac.compare_digest(_mac(mac_key, cipher), unb64(text_of(secret, "mac"))):
            raise CryptoError(f"{name}: encrypted with another key, or damaged")
        return _aes_ctr(aes, iv, cipher)


def key_description(key: bytes) -> JsonObject:
    """The content of `m.secret_storage.key.ID`; its mac lets a key that was typed in be checked."""
    made = encrypt_secret(key, "", bytes(_KEY_BYTES))
    return {"algorithm": ALGORITHM, "iv": made["iv"], "mac": made["mac"]}


def fits(key: bytes, description: JsonObject) -> bool:
    """Whether this is the described key; true also where the description has nothing to check by, says the spec."""
    try:
        given = an_object(description, "description of the key")
        if given.get("algorithm") != ALGORITHM:
            return False
        if given.get("iv") is None or given.get("mac") is None:
            return True
        made = _encrypted(key, "", bytes(_KEY_BYTES), unb64(text_of(given, "iv")))
        return hmac.compare_digest(unb64(made["mac"]), unb64(text_of(given, "mac")))
    except CryptoError:
        return False


def _encrypted(key: bytes, name: str, plain: bytes, iv: bytes) -> JsonObject:
    aes, mac_key = _keys(key, name)
    cipher = _aes_ctr(aes, iv, plain)
    return {"iv": b64(iv), "ciphertext": b64(cipher), "mac": b64(_mac(mac_key, cipher))}


def _keys(key: bytes, name: str) -> tuple[bytes, bytes]:
    both = bytes(HKDF(_checked(key), 2 * _KEY_BYTES, bytes(32), SHA256, context=a_text(name, "name").encode()))
    return both[:_KEY_BYTES], both[_KEY_BYTES:]


def _mac(key: bytes, cipher: bytes) -> bytes:
    return hmac.digest(key, cipher, "sha256")


def _aes_ctr(key: bytes, iv: bytes, data: bytes) -> bytes:
    """Encrypts, and decrypts what it encrypted."""
    if len(iv) != _IV_BYTES:
        raise CryptoError(f"an iv has {_IV_BYTES} bytes")
    return bytes(AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=iv).encrypt(data))


def _checked(key: bytes) -> bytes:
    if not isinstance(key, bytes) or len(key) != _KEY_BYTES:
        raise CryptoError(f"a key of secret storage has {_KEY_BYTES} bytes")
    return key
