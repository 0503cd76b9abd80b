"""What a use case answers: done, or refused with a code that is shown and translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Argument = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A polite no. `code` is the key `refused-<code>` of the catalogues, `arguments` its variables."""

    code: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
