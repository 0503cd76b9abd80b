"""The program's log: structlog for our own words, everything of the standard library through the same door.

Secrets do not pass: values under a key that sounds secret, and every text registered as one, are blotted out, also in
the stacks of errors.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TextIO, cast
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

BLOT = "[hidden]"
SHORTEST_SECRET = 4
"""Shorter texts are not blotted out wherever they stand: they would take half of every word with them."""

_SECRET_KEY = re.compile(r"token|password|passwd|secret|authorization|cookie|recovery_key", re.IGNORECASE)
_IN_TEXT = re.compile(r"((?:access_token=|Bearer\s+|as_token:\s*|hs_token:\s*))[^\s&\"',}]+", re.IGNORECASE)
_PLAIN = re.compile(r"[\w./:@!#$+,-]+", re.ASCII)
_QUIET = ("sqlalchemy", "aiohttp", "uvicorn.access", "asyncio", "alembic.runtime.plugins")
"""Libraries that say too much below a warning."""


class Redactor:
    """A processor that hides secrets. `add` makes more of them known while the program runs."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self.add(*secrets)

    def forget(self) -> None:
        """Those of another config mean nothing any more."""
        self._known, self._pattern = set(), None

    def add(self, *secrets: str) -> None:
        for secret in secrets:
            if len(secret) >= SHORTEST_SECRET:
                self._known |= {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}
        longest_first = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def text(self, text: str) -> str:
        """A text without the secrets in it."""
        if self._pattern:
            text = self._pattern.sub(BLOT, text)
        return _IN_TEXT.sub(rf"\1{BLOT}", text)

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: self._value(key, value) for key, value in event.items()}

    def _value(self, key: object, value: Any) -> Any:
        if isinstance(key, str) and _SECRET_KEY.search(key):
            return BLOT
        if isinstance(value, str):
            return self.text(value)
        if value is None or isinstance(value, int | float):
            return value
        if isinstance(value, Mapping):
            return {self.text(str(inner)): self._value(inner, item) for inner, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._value(None, item) for item in value]
        return self.text(str(value))


def _error_in(event: EventDict) -> BaseException | None:
    """Takes it out of what is said."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    return error if isinstance(error, BaseException) else None


def _with_stack(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put the stack of an error in as text, before secrets are hidden."""
    error = _error_in(event)
    if error is not None:
        event["exception"] = "".join(traceback.format_exception(error)).rstrip()
    return event


_OURS = ("bridge.", "sqlite3")
"""Modules of errors that say nothing of what they were given."""


def _without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Errors by their types and stacks: what they say may hold what somebody wrote."""
    error = _error_in(event)
    if error is not None:
        event["exception"] = "\n".join(_bare(error))
    if "error" in event:
        event["error"] = str(event["error"]).partition("(")[0]
    return event


def _bare(error: BaseException, depth: int = 5) -> list[str]:
    """The stack of an error, behind those that led to it."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = _bare(before, depth - 1) if before is not None and depth else []
    kind = type(error)
    said = f": {error}" if kind.__module__.startswith(_OURS) or isinstance(error, OSError) else f": {BLOT}"
    return [
        *lines,
        *map(str.rstrip, traceback.format_tb(error.__traceback__)),
        f"{kind.__module__}.{kind.__qualname__}{said}",
    ]


def _json_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    head = {key: event.pop(key) for key in ("timestamp", "level", "event") if key in event}
    return json.dumps({**head, **event}, ensure_ascii=False, default=str)


def _console_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """`2026-01-02T03:04:05Z info event=ready rooms=3`, and the stack of an error on lines below it."""
    stack = event.pop("exception", None)
    words = [str(event.pop("timestamp", "")), f"{event.pop('level', ''):7}", f"event={_word(event.pop('event', ''))}"]
    words += [f"{key}={_word(value)}" for key, value in event.items()]
    return " ".join(words) + (f"\n{stack}" if stack else "")


def _word(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


class _Writer:
    """Where lines end up. A full disk or a closed pipe must not end the program."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def msg(self, line: str) -> None:
        stream = self._stream or sys.stderr
        try:
            stream.write(line + "\n")
            stream.flush()
        except (OSError, ValueError):
            return

    debug = info = warning = error = critical = log = msg


class _Door(logging.Handler):
    """Hands the records of the standard library to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            said = record.getMessage()
        except Exception:
            said = "a message that cannot be put together"
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)
        structlog.get_logger().log(level, said, logger=record.name, exc_info=record.exc_info or None)


def configure(
    form: Literal["json", "console"] = "json",
    level: str = "info",
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    wordless: bool = False,
) -> Redactor:
    """Set the log up, on standard error unless told otherwise. The redactor takes secrets that are learnt later.

    `wordless`: no line may hold what somebody wrote (`encryption.tracking: metadata`).
    """
    redactor = Redactor(secrets)
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _without_words if wordless else _with_stack,
            redactor,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            cast(Processor, _json_line if form == "json" else _console_line),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=lambda *_: _Writer(stream),
        cache_logger_on_first_use=False,
    )
    _route_standard_library(threshold)
    return redactor


def _route_standard_library(threshold: int) -> None:
    logging.basicConfig(handlers=[_Door()], level=threshold, force=True)
    logging.captureWarnings(True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "alembic"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(threshold, logging.WARNING))
