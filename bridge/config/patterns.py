"""Regular expressions of rules, by RE2: they take time in proportion to the text, whatever somebody writes."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import re2

EXPECTED = "a regular expression of RE2, such as vpn|wireguard"
_MEMORY = 4 * 1024 * 1024
_LACKS = (
    (re.compile(r"\(\?<?[=!]"), "RE2 has no look-around"),
    (re.compile(r"\\[1-9]|\(\?P="), "RE2 has no references back to a group"),
    (re.compile(r"\(\?>|[*+?}]\+"), "RE2 has no possessive or atomic groups; it needs none"),
    (re.compile(r"\\Z"), r"write \z for the end of the text"),
    (re.compile(r"\(\?#"), "RE2 has no comments"),
)


class BadPattern(ValueError):
    """Not a pattern that can be used; `hint` says what to do about it, if anything is known."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.hint = hint


@dataclass(frozen=True)
class SafePattern:
    """A regular expression that pays no regard to capitals, found anywhere in a text. Raises BadPattern."""

    source: str
    _compiled: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_compiled", _compile(self.source))

    def found_in(self, text: str) -> bool:
        return self._compiled.search(_encoded(text)) is not None

    @cached_property
    def knows_only_ascii(self) -> bool:
        """Whether it asks for the bounds of words that hold other letters than a to z, which RE2 does not see."""
        return not self.source.isascii() and re.search(r"(?<!\\)(?:\\\\)*\\[bBwW]", self.source) is not None


@lru_cache(maxsize=2)
def _encoded(text: str) -> bytes:
    """What RE2 works on, once for all rules: three quarters of a short search are spent on this."""
    return text.encode("utf-8", "replace")


def _compile(source: str) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(source, options)
    except re2.error as error:
        said = error.args[0]
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        hint = next((hint for shape, hint in _LACKS if shape.search(source)), reason)
        raise BadPattern(reason, hint) from None
    except UnicodeError:
        raise BadPattern("letters that do not exist", "type it anew") from None
