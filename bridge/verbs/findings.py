"""What a look at the world found, line by line: fine, worth knowing, or wrong and with a remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` names the part, `said` what is so, `remedy` what to do."""

    mark: Mark
    about: str
    said: str
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{self.mark:5}  {self.about}: {self.said}"
        return f"{line}\n       -> {self.remedy}" if self.remedy else line


def fine(about: str, said: str) -> Finding:
    return Finding(Mark.OK, about, printable(said))


def note(about: str, said: str, remedy: str = "") -> Finding:
    return Finding(Mark.NOTE, about, printable(said), remedy)


def wrong(about: str, said: str, remedy: str = "") -> Finding:
    return Finding(Mark.WRONG, about, printable(said), remedy)


def is_wrong(findings: Iterable[Finding]) -> bool:
    return any(finding.mark is Mark.WRONG for finding in findings)


def printable(text: str) -> str:
    """Text of others without what would steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
