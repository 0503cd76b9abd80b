"""What is wrong with a config: as many problems as there are, each with its place and its remedy."""

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. Line and column count from 1; 0 where the place is no line of a file."""

    file: str
    line: int
    column: int
    path: str
    message: str
    expected: str = ""
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        wanted = f"expected {self.expected}" if self.expected else ""
        said = "; ".join(part for part in (self.message, wanted, self.hint) if part)
        return ": ".join(part for part in (place, self.path, said) if part)


class ConfigErrors(Exception):
    """The config cannot be used; `problems` holds everything found, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.column, problem.path)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: list[str]) -> str:
    """The question that names the nearest spelling; empty where nothing is near."""
    found = get_close_matches(word, known, 1, 0.6) or get_close_matches(word.lower(), known, 1, 0.6)
    return f'did you mean "{found[0]}"?' if found else ""
