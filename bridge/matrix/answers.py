"""What an answer promises, or else `malformed`: checked reading of parsed bodies."""

from collections.abc import Mapping
from typing import Any

from bridge.matrix import errors
from bridge.matrix.wire import read_json
from bridge.workflow.ports import JsonObject


def read_answer(status: int, headers: Mapping[str, str], body: bytes) -> Any:
    """The parsed body of a success; any other status raises RetryLater or GiveUp."""
    if not 200 <= status < 300:
        raise errors.from_answer(status, headers, body)
    try:
        return read_json(body)
    except ValueError as error:
        raise errors.malformed("no JSON") from error


def an_object(answer: object) -> JsonObject:
    if not isinstance(answer, dict):
        raise errors.malformed("no object")
    return answer


def a_string(answer: object, key: str) -> str:
    value = an_object(answer).get(key)
    if not isinstance(value, str) or not value:
        raise errors.malformed(f"no {key}")
    return value


def a_list(answer: object, key: str) -> list[Any]:
    value = an_object(answer).get(key)
    if not isinstance(value, list):
        raise errors.malformed(f"no list of {key}")
    return value


def a_part(answer: object, key: str) -> JsonObject:
    value = an_object(answer).get(key)
    if not isinstance(value, dict):
        raise errors.malformed(f"no object {key}")
    return value


def strings(values: object) -> list[str]:
    """The strings among `values`, whatever it is."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
