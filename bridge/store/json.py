"""JSON columns: text in, text out."""

from typing import Any

import orjson


def dump(value: Any) -> str:
    """Tuples become lists, dataclasses and mappings become objects."""
    return orjson.dumps(value, default=dict).decode()


def load(text: str) -> Any:
    return orjson.loads(text)


def clean(text: str) -> str:
    """What a database can hold: PostgreSQL takes no NUL, and no encoding takes half of a surrogate pair."""
    if text.isascii():
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in text else text
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
