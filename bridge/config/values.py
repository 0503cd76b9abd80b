"""The kinds of value that a config holds: how each is written, what it becomes, and what to say when it is wrong.

No message here repeats the value: it may be a secret in the wrong place, and the position says where to look.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

from bridge.config.patterns import EXPECTED, BadPattern, SafePattern

WRONG = "askbridge_value"
"""The pydantic error type of every refusal made here; its context holds `expected` and `hint`."""


@dataclass(frozen=True)
class Says:
    """How a kind of value is described to people, in reference pages and in errors."""

    text: str


def wrong(message: str, expected: str, hint: str = "") -> PydanticCustomError:
    """The refusal of a value, to be raised in a validator."""
    context = {"message": message, "expected": expected, "hint": hint}
    return PydanticCustomError(WRONG, "{message}", context)


def _shape(pattern: str, message: str, expected: str, longest: int = 255) -> BeforeValidator:
    """A validator for text of one shape."""
    shape = re.compile(pattern)

    def check(value: Any) -> Any:
        if isinstance(value, str) and (len(value) > longest or not shape.fullmatch(value)):
            raise wrong(message, expected)
        return value

    return BeforeValidator(check)


SERVER = r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?"

_USER = "a Matrix user id such as @ann:example.org"
_GLOB = "a user id or glob such as @*:example.org"
_ROOM = "#alias:server or !id"
_SERVER = "a server name such as example.org"
_NAME = "a name of small letters, digits, - and _, such as helpdesk"


def _small(server: str) -> None:
    if re.search(r"[A-Z]", server):
        raise wrong("capital letters in a server's name", "small letters", "written so, it would match nobody")


def _user_glob(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value.isascii():
        hint = "type it anew: letters of other scripts that look the same match nobody"
        raise wrong("letters that no user id may hold", f"{_GLOB}, in ASCII", hint)
    if len(value) > 255 or not re.fullmatch(r"@[!-9;-~]+:[][A-Za-z0-9.:*?-]+", value):
        raise wrong("not a user id or glob", _GLOB)
    _small(value.partition(":")[2])
    return value


def _server_name(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if len(value) > 255 or not re.fullmatch(SERVER, value):
        raise wrong("not a server name", _SERVER)
    _small(value)
    return value


UserId = Annotated[str, _shape(rf"@[!-)+-9;->@-~]+:{SERVER}", "not a Matrix user id", _USER), Says(_USER)]
UserGlob = Annotated[str, BeforeValidator(_user_glob), Says(_GLOB)]
RoomRef = Annotated[str, _shape(rf"#[^\s:][^\s]*:{SERVER}|![^\s]+", "not a room", _ROOM), Says(_ROOM)]
ServerName = Annotated[str, BeforeValidator(_server_name), Says(_SERVER)]
Name = Annotated[str, _shape(r"[a-z0-9][a-z0-9_-]{0,63}", "not a usable name", _NAME), Says(_NAME)]

_PREFIX = "1 to 3 characters without spaces, such as !"
Prefix = Annotated[str, _shape(r"\S{1,3}", "not a usable prefix", _PREFIX), Says(_PREFIX)]

Language = Literal["en", "fr", "nl", "ru", "de"]
Level = Literal["internal", "extranet", "community", "public"]
PersonClass = Literal["staff", "trusted", "external", "outsider"]
Priority = Literal["low", "normal", "high", "urgent"]


def as_flag(value: Any) -> Any:
    """What on and off become, however they are written; anything else as it is."""
    words = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
    return words.get(value.lower(), value) if isinstance(value, str) else value


Flag = Annotated[bool, BeforeValidator(as_flag), Says("on or off")]


def _switch(value: Any) -> Any:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else value


Switch = Annotated[Literal["off", "report", "on"], BeforeValidator(_switch), Says("off, report or on")]
"""YAML 1.1 hands the bare words on and off over as booleans."""


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else _as_tuple(value)


LISTED = BeforeValidator(_as_tuple)
ONE_OR_MANY = BeforeValidator(_one_or_many)

_SECRET = "text without spaces or line breaks"


def _secret(value: Any) -> Any:
    if isinstance(value, str) and (not value or re.search(r"[\x00-\x1f\x7f]", value) or value != value.strip()):
        raise wrong("empty, or with spaces around it or line breaks in it", _SECRET)
    return value


Secret = Annotated[SecretStr, BeforeValidator(_secret), Says("text (secret)")]


def file_path(value: Any, info: ValidationInfo) -> Path:
    """A path, taken from the folder of the config file where validation knows it."""
    if isinstance(value, Path):
        return value
    if not isinstance(value, str) or not value or "\0" in value:
        raise wrong("not a path", "a path, absolute or from the folder of this file")
    base = info.context.get("base") if info.context else None
    return Path(base or ".") / value


FilePath = Annotated[Path, BeforeValidator(file_path), Says("path, from the folder of this file")]


def _pattern(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return SafePattern(value)
        except BadPattern as error:
            raise wrong("not a regular expression that can be used", EXPECTED, error.hint) from None
    return value


Regex = Annotated[SafePattern, BeforeValidator(_pattern), Says("regular expression (RE2), in any case")]

_TAG = "a tag of small letters, digits and -, without #, such as vpn"


def _tag(value: Any) -> Any:
    if isinstance(value, str) and (not re.fullmatch(r"[^\W_][\w-]{0,39}", value) or value != value.lower()):
        raise wrong("not a tag", _TAG)
    if isinstance(value, str) and (value.isdecimal() or value.endswith("-")):
        raise wrong("not a tag that anybody could write", _TAG)
    return value


Tag = Annotated[str, BeforeValidator(_tag), Says(_TAG)]

PLACEHOLDERS = ("number", "asker", "title")
_SAID = "text, in which {number} (such as Q42), {asker} and {title} are filled in"


def _said(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value.strip():
        raise wrong("nothing to say", _SAID)
    for name in re.findall(r"\{(\w+)\}", value):
        if name not in PLACEHOLDERS:
            near = next(iter(get_close_matches(name, PLACEHOLDERS, 1, 0.5)), "")
            hint = f"did you mean {{{near}}}?" if near else "write other words without braces"
            raise wrong("nothing is known to fill in between the braces", _SAID, hint)
    if re.search(r"\bQ\{number\}", value):
        raise wrong("{number} brings its own Q", _SAID, "leave out the Q before it")
    return value


Template = Annotated[str, BeforeValidator(_said), Says(_SAID)]
