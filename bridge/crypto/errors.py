"""The one error that leaves this package, and the checks of JSON from strangers that raise it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

JsonObject = dict[str, Any]


class CryptoError(ValueError):
    """A key, message, signature or secret that does not fit, is damaged, or has the wrong form."""


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Whatever goes wrong with `what` is a CryptoError: vodozemac answers wrong types and sizes with other errors."""
    try:
        yield
    except CryptoError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise CryptoError(f"{what}: {error}") from error


def an_object(given: object, what: str) -> JsonObject:
    if not isinstance(given, dict):
        raise CryptoError(f"{what}: no object")
    return given


def a_text(given: object, what: str) -> str:
    if not isinstance(given, str):
        raise CryptoError(f"{what}: no text")
    return given


def text_of(given: JsonObject, name: str) -> str:
    return a_text(given.get(name), name)


def object_of(given: JsonObject, name: str) -> JsonObject:
    return an_object(given.get(name), name)
