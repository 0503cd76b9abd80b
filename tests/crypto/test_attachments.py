"""Encrypted files, against the vectors that all Matrix clients share (matrix-encrypt-attachment)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.crypto.attachments import decrypt, encrypt
from bridge.crypto.errors import CryptoError
from bridge.crypto.signing import unb64
from tests.crypto.samples import hostile

ONES = "__________________________________________8"
LONG = "YWxwaGFudW1lcmljYWxseWFscGhhbnVtZXJpY2FsbHlhbHBoYW51bWVyaWNhbGx5YWxwaGFudW1lcmljYWxseQ"
VECTORS = [
    ("", "A" * 43, "A" * 22, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", ""),
    (
        "5xJZTt5cQicm+9f4",
        ONES,
        "//////////8AAAAAAAAAAA",
        "YzF08lARDdOCzJpzuSwsjTNlQc4pHxpdHcXiD/wpK6k",
        "SGVsbG8sIFdvcmxk",
    ),
    (
        "zhtFStAeFx0s+9L/sSQO+WQMtldqYEHqTxMduJrCIpnkyer09kxJJuA4K+adQE4w+7jZe/vR9kIcqj9rOhDR8Q",
        ONES,
        "//////////8AAAAAAAAAAA",
        "IOq7/dHHB+mfHfxlRY5XMeCWEwTPmlf4cJcgrkf6fVU",
        LONG,
    ),
]


def described(key: str, iv: str, sha256: str) -> dict[str, Any]:
    jwk = {"kty": "oct", "alg": "A256CTR", "ext": True, "key_ops": ["encrypt", "decrypt"], "k": key}
    return {"v": "v2", "key": jwk, "iv": iv, "hashes": {"sha256": sha256}, "url": "mxc://example.org/x"}


@pytest.mark.parametrize(("ciphertext", "key", "iv", "sha256", "plain"), VECTORS)
def test_files_of_other_clients(ciphertext: str, key: str, iv: str, sha256: str, plain: str) -> None:
    assert decrypt(described(key, iv, sha256), unb64(ciphertext)) == unb64(plain)


@given(st.binary())
def test_a_file_comes_back_and_is_never_encrypted_alike(plain: bytes) -> None:
    ciphertext, file = encrypt(plain)
    assert decrypt(file, ciphertext) == plain
    assert file["key"]["k"] != encrypt(plain)[1]["key"]["k"]
    assert unb64(file["iv"])[8:] == bytes(8)
    assert not set(file["key"]["k"]) & set("+/=")


@given(st.binary(min_size=1), st.data())
def test_a_file_that_is_not_the_one_sent_is_refused_before_it_is_opened(plain: bytes, data: st.DataObject) -> None:
    ciphertext, file = encrypt(plain)
    at, flip = data.draw(st.integers(0, len(plain) - 1)), data.draw(st.integers(1, 255))
    changed = ciphertext[:at] + bytes([ciphertext[at] ^ flip]) + ciphertext[at + 1 :]
    for wrong in (changed, ciphertext[:-1], ciphertext + b"\0", b""):
        with pytest.raises(CryptoError, match="not what was sent"):
            decrypt(file, wrong)


@given(hostile)
def test_anything_at_all_is_refused_as_a_crypto_error(given_: Any) -> None:
    ciphertext, file = encrypt(b"x")
    bad = [given_, *(file | {name: given_} for name in ("v", "key", "iv", "hashes"))]
    bad += [file | {"key": file["key"] | {name: given_}} for name in ("k", "alg", "kty")]
    bad += [file | {"hashes": {"sha256": given_}}, file | {"v": "v1"}, file | {"iv": "AAAA"}]
    bad += [file | {"key": file["key"] | {"k": "AAAA"}}]
    for each in bad:
        with pytest.raises(CryptoError):
            decrypt(each, ciphertext)
