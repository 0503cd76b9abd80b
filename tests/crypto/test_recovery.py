"""Recovery key and secret storage, against what matrix-js-sdk makes of the same keys."""

from functools import reduce
from operator import xor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.crypto.errors import CryptoError
from bridge.crypto.recovery import (
    ALGORITHM,
    BACKUP_SECRET,
    MASTER_SECRET,
    decode_recovery_key,
    decrypt_secret,
    encode_recovery_key,
    encrypt_secret,
    fits,
    key_description,
    key_from_passphrase,
    new_recovery_key,
)
from tests.crypto.samples import Damage, damaged, damages, hostile

KNOWN = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
WRITTEN = "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d"

COUNTING = bytes(range(32))
THEIR_SECRET = {  # by encryptAESSecretStorageItem of matrix-js-sdk 43, with padding
    "iv": "YtoS/2H0H11ChbbIwB7zOA==",
    "ciphertext": "Sq/qiHLjJveeUpdk",
    "mac": "7kdHrT2tbLx50HD+uMWeFX2wHmrZ5is4ICEAquPcK4I=",
}
THEIR_KEY = {
    "algorithm": ALGORITHM,
    "iv": "HrHKFdRo23YUsRdMlRfIrg==",
    "mac": "9OqKdunbl2QQz+cqTDTbWmDbY3r6Dn/c4Y4qWEyXQH4=",
}
PASSPHRASE = {"algorithm": "m.pbkdf2", "salt": "MmMsAlty", "iterations": 1000, "bits": 256}

keys = st.binary(min_size=32, max_size=32)


def test_the_recovery_key_as_others_write_it() -> None:
    assert encode_recovery_key(KNOWN) == WRITTEN
    for typed in (WRITTEN, WRITTEN.replace(" ", ""), f"  {WRITTEN}\r\n", WRITTEN.replace(" ", "\n  ")):
        assert decode_recovery_key(typed) == KNOWN


@given(keys)
def test_every_key_comes_back(key: bytes) -> None:
    written = encode_recovery_key(key)
    assert len(written.replace(" ", "")) == 48
    assert decode_recovery_key(written) == key


@given(damages, keys)
def test_one_wrong_letter_never_gives_the_key_and_never_crashes(damage: Damage, key: bytes) -> None:
    """One in 256 passes the parity, as with every client; `fits` finds those."""
    written = encode_recovery_key(key)
    typed = damaged(written, damage)
    try:
        assert (decode_recovery_key(typed) == key) == (typed.split() == written.split())
    except CryptoError as error:
        assert "recovery key" in str(error)


def test_the_key_of_something_else_is_not_taken_for_ours() -> None:
    data = b"\x8b\x02" + KNOWN
    number, written = int.from_bytes(data + bytes([reduce(xor, data)])), ""
    while number:
        number, rest = divmod(number, 58)
        written = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[rest] + written
    with pytest.raises(CryptoError, match="begins otherwise"):
        decode_recovery_key(written)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (WRITTEN[:-1] + "e", "typing error"),
        (WRITTEN.replace("E", "F", 1), "typing error"),
        ("z" * 48, "typing error"),
        (WRITTEN[:-5], "44 letters and digits instead of 48"),
        (WRITTEN.replace("3As5", "OAs5"), "'O' does not occur"),
        ("", "has 0 letters"),
        ("my passphrase", "12 letters"),
    ],
)
def test_a_typing_error_is_named_in_plain_words(typed: str, words: str) -> None:
    with pytest.raises(CryptoError, match=words):
        decode_recovery_key(typed)


def test_secrets_of_other_clients_are_read() -> None:
    assert decrypt_secret(COUNTING, MASTER_SECRET, THEIR_SECRET) == "a secret, ä".encode()
    assert fits(COUNTING, THEIR_KEY) and not fits(KNOWN, THEIR_KEY)


@given(keys, st.sampled_from([MASTER_SECRET, BACKUP_SECRET]), st.binary())
def test_a_secret_opens_with_its_own_key_and_name_alone(key: bytes, name: str, plain: bytes) -> None:
    stored = encrypt_secret(key, name, plain)
    assert decrypt_secret(key, name, stored) == plain
    assert stored["iv"] != encrypt_secret(key, name, plain)["iv"]
    for wrong in ((new_recovery_key(), name), (key, "m.other")):
        with pytest.raises(CryptoError, match="another key"):
            decrypt_secret(*wrong, stored)


@given(damages, st.binary(), st.sampled_from(["ciphertext", "mac"]))
def test_one_changed_character_yields_no_other_secret(damage: Damage, plain: bytes, part: str) -> None:
    stored = encrypt_secret(KNOWN, MASTER_SECRET, b"key" + plain)
    changed = stored | {part: damaged(stored[part], damage)}
    try:
        assert decrypt_secret(KNOWN, MASTER_SECRET, changed) == b"key" + plain
    except CryptoError:
        assert decrypt_secret(KNOWN, MASTER_SECRET, stored) == b"key" + plain


@given(keys)
def test_a_description_tells_its_key_from_others(key: bytes) -> None:
    description = key_description(key)
    assert fits(key, description) and fits(key, description | {"name": "x", "mac": description["mac"] + "="})
    assert not fits(new_recovery_key(), description)
    assert fits(new_recovery_key(), {"algorithm": ALGORITHM})
    assert not fits(key, description | {"algorithm": "m.other"})


def test_a_passphrase_stands_for_the_key_that_others_derive() -> None:
    derived = key_from_passphrase("correct horse", {"passphrase": PASSPHRASE})
    assert derived.hex() == "279f2ed89e4b65c8428fb2ed9a48fa41aedd1ebabb98428f5c693e5abfa20fc0"
    without_bits = {name: value for name, value in PASSPHRASE.items() if name != "bits"}
    assert key_from_passphrase("correct horse", {"passphrase": without_bits}) == derived
    assert key_from_passphrase("correct Horse", {"passphrase": PASSPHRASE}) != derived


@pytest.mark.parametrize(
    "changed",
    [
        {"algorithm": "m.other"},
        {"bits": 128},
        {"bits": None},
        {"salt": None},
        {"salt": "\ud800"},
        *({"iterations": number} for number in (0, -1, True, 1.5, "1000", None, 10**9, 2**80)),
    ],
)
def test_a_strange_way_to_use_a_passphrase_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(CryptoError):
        key_from_passphrase("x", {"passphrase": PASSPHRASE | changed})


@given(hostile, hostile)
def test_anything_at_all_is_refused_as_a_crypto_error(one: Any, two: Any) -> None:
    for part in ("iv", "ciphertext", "mac"):
        with pytest.raises(CryptoError):
            decrypt_secret(KNOWN, MASTER_SECRET, encrypt_secret(KNOWN, MASTER_SECRET, b"x") | {part: one})
    with pytest.raises(CryptoError):
        decrypt_secret(KNOWN, MASTER_SECRET, one)
    with pytest.raises(CryptoError):
        decrypt_secret(one, MASTER_SECRET, THEIR_SECRET)
    with pytest.raises(CryptoError):
        key_from_passphrase("x", one)
    with pytest.raises(CryptoError):
        key_from_passphrase("x", {"passphrase": one})
    with pytest.raises(CryptoError):
        decode_recovery_key(one)
    with pytest.raises(CryptoError):
        encode_recovery_key(one)
    assert not fits(KNOWN, one)
    assert not fits(KNOWN, THEIR_KEY | {"mac": str(one)}) and not fits(KNOWN, THEIR_KEY | {"iv": str(two)})
