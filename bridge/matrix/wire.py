"""Reading JSON that strangers have had a hand in.

One event may be written so that a strict parser refuses the whole answer it stands in: nested a thousand deep, with
half a surrogate pair, a number past all bounds. Refusing would stop everything behind it for ever, so such bodies are
mended first.
"""

import json
import re
from typing import Any

import orjson

MAX_DEPTH = 100
"""Deeper values become null in a mended body; orjson writes nothing deeper than 254."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_ESCAPE = re.compile(rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\.", re.DOTALL)


def read_json(body: bytes) -> Any:
    """The parsed body, certain to be writable again by orjson, also as a part of something that holds it.

    ValueError where it is no JSON at all.
    """
    try:
        value = orjson.loads(body)
        orjson.dumps([[[[value]]]])
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return _read_mended(body)
    return value


def _read_mended(body: bytes) -> Any:
    text = _ESCAPE.sub(_whole_escape, _prune(body)).decode("utf-8", "replace")
    return json.loads(text, strict=False, parse_int=_bounded_int, parse_float=_finite, parse_constant=_no_number)


def _whole_escape(found: re.Match[bytes]) -> bytes:
    escape = found.group()
    return rb"\ufffd" if len(escape) == 6 else escape


def _prune(body: bytes) -> bytes:
    """The body with everything nested deeper than MAX_DEPTH replaced by null."""
    kept: list[bytes] = []
    depth = done = 0
    for token in _TOKEN.finditer(body):
        sign = token.group()
        if sign in b"[{":
            depth += 1
            if depth == MAX_DEPTH + 1:
                kept.append(body[done : token.start()] + b"null")
        elif sign in b"]}":
            depth -= 1
            if depth == MAX_DEPTH:
                done = token.end()
    return b"".join(kept) + body[done:]


def _bounded_int(digits: str) -> int | float | None:
    if len(digits) > 20:
        return _finite(digits)
    number = int(digits)
    return number if -(2**63) <= number < 2**64 else float(number)


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if abs(number) != float("inf") else None


def _no_number(_name: str) -> None:
    return None
