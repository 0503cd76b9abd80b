import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.matrix.wire import MAX_DEPTH, read_json

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


def depth_of(value: Any) -> int:
    depth = 0
    while isinstance(value, dict):
        value, depth = value["a"], depth + 1
    return depth


@given(values)
def test_ordinary_json_is_read_as_it_is(value: Any) -> None:
    body = json.dumps(value).encode()
    assert read_json(body) == json.loads(body)


@given(values)
def test_a_hostile_neighbour_changes_nothing_else(value: Any) -> None:
    body = b'{"good":%s,"bad":[%s,"\\ud800",1e999]}' % (json.dumps(value).encode(), nested(2000))
    found = read_json(body)
    assert found["good"] == value
    assert found["bad"][1:] == ["\ufffd", None]
    assert orjson.dumps(found)


@pytest.mark.parametrize(("depth", "kept"), [(MAX_DEPTH, MAX_DEPTH), (200, 200), (300, MAX_DEPTH), (50_000, MAX_DEPTH)])
def test_only_what_could_not_be_written_again_is_cut(depth: int, kept: int) -> None:
    assert depth_of(read_json(nested(depth))) == kept


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb'"\ud83d\ude00 \ude00\ud83d \\ud800 \ud800A"', "\U0001f600 \ufffd\ufffd \\ud800 \ufffdA"),
        (b'"\xff"', "\ufffd"),
        (b"[NaN, -Infinity, 1e999, -1e999]", [None] * 4),
        (b"[1e999, 123456789012345678901234567890, 18446744073709551616]", [None, 1.2345678901234568e29, 2.0**64]),
        (b"[1e999, %s, 5]" % (b"9" * 5000), [None, None, 5]),
        (b'["a\nb", NaN]', ["a\nb", None]),
        (b'[NaN, "[[{\\"]"]', [None, '[[{"]']),
    ],
)
def test_oddities_are_mended(body: bytes, expected: object) -> None:
    assert read_json(body) == expected


@pytest.mark.parametrize("body", [b"", b"nope", b"{", b'{"a":', b"<html>", b"[" * 5000, b'"', b"\\"])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):
        read_json(body)
