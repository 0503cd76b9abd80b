"""Canonical JSON, base64 and signatures: the spec's own examples, and what strangers may send."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.crypto.errors import CryptoError
from bridge.crypto.signing import SigningKey, b64, canonical, is_signed, sign, unb64
from tests.crypto.samples import OURS, RATCHETS, hostile

EXAMPLES: list[tuple[Any, str]] = [
    ({}, "{}"),
    ({"one": 1, "two": "Two"}, '{"one":1,"two":"Two"}'),
    ({"b": "2", "a": "1"}, '{"a":"1","b":"2"}'),
    (
        {"auth": {"success": True, "mxid": "@john.doe:example.com", "profile": {"display_name": "John Doe"}}},
        '{"auth":{"mxid":"@john.doe:example.com","profile":{"display_name":"John Doe"},"success":true}}',
    ),
    ({"a": "日本語"}, '{"a":"日本語"}'),
    ({"本": 2, "日": 1}, '{"日":1,"本":2}'),
    ({"a": "\u65e5"}, '{"a":"日"}'),
    ({"a": None}, '{"a":null}'),
    ({"a": -0, "b": 10_000_000_000}, '{"a":0,"b":10000000000}'),
    ({"a": '"\\\b\f\n\r\t\x01\x7f/'}, '{"a":"\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7f/"}'),
]
SPEC_KEY = SigningKey(unb64("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1"))


@pytest.mark.parametrize(("value", "wanted"), EXAMPLES)
def test_canonical_json_as_in_the_spec(value: object, wanted: str) -> None:
    assert canonical(value) == wanted.encode()


@pytest.mark.parametrize(
    "value", [1.5, math.nan, 2**53, [-(2**53)], {"a": {1: "number"}}, {"a": "\ud800"}, {"a": b"bytes"}, object()]
)
def test_what_canonical_json_has_no_form_for(value: object) -> None:
    with pytest.raises(CryptoError):
        canonical(value)


def test_a_bottomless_pit_is_refused() -> None:
    pit: list[Any] = []
    for _ in range(100_000):
        pit = [pit]
    with pytest.raises(CryptoError):
        canonical(pit)
    assert not is_signed({"pit": pit, "signatures": {OURS: {"ed25519:1": "x"}}}, OURS, "1", SPEC_KEY.public)


@given(st.binary())
def test_base64_comes_back(data: bytes) -> None:
    text = b64(data)
    assert "=" not in text
    assert unb64(text) == unb64(text + "=" * (-len(text) % 4)) == data


@pytest.mark.parametrize("text", ["A", "AAAA\n", "A A=", "AA=A", "-_AA", "é", None, b"AAAA", 5])
def test_what_is_no_base64(text: Any) -> None:
    with pytest.raises(CryptoError):
        unb64(text)


def test_signatures_as_in_the_spec() -> None:
    empty = sign({}, "domain", "1", SPEC_KEY.sign)
    assert empty["signatures"]["domain"]["ed25519:1"] == (
        "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ"
    )
    data = sign({"one": 1, "two": "Two"}, "domain", "1", SPEC_KEY.sign)
    assert data["signatures"]["domain"]["ed25519:1"] == (
        "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw"
    )


def test_signatures_add_up_and_leave_unsigned_alone() -> None:
    account = RATCHETS.new_account()
    thing = {"key": "value", "unsigned": {"age": 1}}
    both = sign(sign(thing, OURS, "KEY", SPEC_KEY.sign), OURS, "DEVICE", account.sign)
    aged = both | {"unsigned": {"age": 1.5}}
    assert "signatures" not in thing and both["unsigned"] == {"age": 1}
    for signed in (both, aged, json.loads(json.dumps(aged))):
        assert is_signed(signed, OURS, "KEY", SPEC_KEY.public)
        assert is_signed(signed, OURS, "DEVICE", account.ed)
    assert not is_signed(both, OURS, "KEY", account.ed)
    assert not is_signed(both, "@other:example.org", "KEY", SPEC_KEY.public)
    assert not is_signed(both | {"key": "other"}, OURS, "KEY", SPEC_KEY.public)
    assert not is_signed(both | {"more": "x"}, OURS, "KEY", SPEC_KEY.public)


@given(hostile, hostile, hostile)
def test_nothing_malformed_counts_as_signed(thing: Any, signature: Any, public: Any) -> None:
    assert not is_signed(thing, OURS, "1", SPEC_KEY.public)
    assert not is_signed({"signatures": thing}, OURS, "1", SPEC_KEY.public)
    assert not is_signed({"signatures": {OURS: signature}}, OURS, "1", SPEC_KEY.public)
    assert not is_signed({"signatures": {OURS: {"ed25519:1": signature}}}, OURS, "1", SPEC_KEY.public)
    assert not is_signed(sign({}, OURS, "1", SPEC_KEY.sign), OURS, "1", public)


@pytest.mark.parametrize("signatures", [None, [], "x", {OURS: None}, {OURS: ["a"]}])
def test_what_cannot_be_signed_is_refused(signatures: Any) -> None:
    with pytest.raises(CryptoError):
        sign({"signatures": signatures}, "@else:example.org", "1", SPEC_KEY.sign)


@pytest.mark.parametrize("seed", [b"", b"x" * 31, b"x" * 33, "x" * 32, None])
def test_a_seed_has_32_bytes(seed: Any) -> None:
    with pytest.raises(CryptoError):
        SigningKey(seed)
