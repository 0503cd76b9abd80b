"""The terms that an external accepts first: a text in a file of its own, taken in when the config is loaded."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from bridge.config.files import Unreadable, read_bytes
from bridge.config.values import Says, file_path, wrong

MOST_CHARACTERS = 32_000
_MOST_BYTES = 256 * 1024
_EXPECTED = f"a readable file of 1 to {MOST_CHARACTERS} characters in UTF-8"


@dataclass(frozen=True)
class Terms:
    """`text` is what stood in the file when the config was loaded."""

    path: Path
    text: str = field(repr=False)


def _terms(value: Any, info: ValidationInfo) -> Terms:
    if isinstance(value, Terms):
        return value
    path = file_path(value, info)
    try:
        return Terms(path, _text(path))
    except Unreadable as error:
        raise wrong(str(error), _EXPECTED, "paths begin at the folder of this file") from None


def _text(path: Path) -> str:
    try:
        text = read_bytes(path, _MOST_BYTES).decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise Unreadable("a file that is no UTF-8 text") from None
    if "\0" in text:
        raise Unreadable("a file that is no text")
    if not text:
        raise Unreadable("an empty file")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"a text of {len(text)} characters")
    return text


TermsFile = Annotated[Terms, BeforeValidator(_terms), Says("path, from the folder of this file")]
