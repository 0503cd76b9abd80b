"""Files for encrypted rooms open as the specification says."""

from base64 import b64decode, urlsafe_b64decode
from hashlib import sha256

from Crypto.Cipher import AES
from hypothesis import given
from hypothesis import strategies as st

from bridge.crypto.attachments import sealed


def padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)


@given(st.binary(max_size=200))
def test_a_sealed_file_opens_with_what_the_message_says(data: bytes) -> None:
    hidden = sealed(data)
    file = hidden.file
    assert (file["v"], file["key"]["alg"], file["key"]["ext"]) == ("v2", "A256CTR", True)
    assert b64decode(padded(file["hashes"]["sha256"])) == sha256(hidden.data).digest()
    iv, key = b64decode(padded(file["iv"])), urlsafe_b64decode(padded(file["key"]["k"]))
    assert iv[8:] == bytes(8), "the counter begins at 0"
    assert AES.new(key, AES.MODE_CTR, nonce=iv[:8], initial_value=0).decrypt(hidden.data) == data


def test_no_two_files_share_a_key() -> None:
    one, other = sealed(b"the same"), sealed(b"the same")
    assert one.data != other.data
    assert one.file["key"]["k"] != other.file["key"]["k"]
