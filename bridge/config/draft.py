"""A config on its way from text to model: plain data, and where each part of it came from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from bridge.config.problems import Problem
from bridge.config.schema import Path, dotted
from bridge.config.yamltext import Place

NOWHERE = (0, 0)


@dataclass
class Draft:
    """What was read so far. `variables` names the environment variable that a value came from."""

    file: str
    base: FilePath
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, tuple[Place, Place]] = field(default_factory=dict)
    variables: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def blame(self, path: Path, message: str, expected: str = "", hint: str = "", *, at_key: bool = False) -> None:
        """Record a problem, at the place of the path or of the nearest part above it that was written."""
        file, (line, column) = self.locate(path, at_key=at_key)
        self.problems.append(Problem(file, line, column, dotted(path), message, expected, hint))

    def locate(self, path: Path, *, at_key: bool = False) -> tuple[str, Place]:
        for length in range(len(path), -1, -1):
            start = path[:length]
            if start in self.variables:
                return f"environment variable {self.variables[start]}", NOWHERE
            if start in self.places:
                key, value = self.places[start]
                return self.file, key if at_key or length < len(path) else value
        return self.file, NOWHERE

    def blamed(self, path: Path) -> bool:
        return any(problem.path == dotted(path) for problem in self.problems)

    def get(self, *path: str | int) -> Any:
        """What stands at a path; None where nothing does, or something of another shape is in the way."""
        value: Any = self.data
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def section(self, *path: str | int) -> dict[str, Any]:
        value = self.get(*path)
        return value if isinstance(value, dict) else {}

    def texts(self, *path: str | int) -> Iterator[tuple[Path, str]]:
        """The texts of a list, or the one text that stands there, with their paths."""
        value = self.get(*path)
        if isinstance(value, str):
            yield path, value
        for i, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str):
                yield (*path, i), item

    def put(self, path: Path, value: Any) -> None:
        """Set a value, making the sections above it; where something else is in the way it stays as it is."""
        *above, last = path
        section = self.data
        for part in above:
            inner = section.get(str(part))
            if inner is None:
                inner = section[str(part)] = {}
            if not isinstance(inner, dict):
                return
            section = inner
        section[str(last)] = value

    def drop(self, path: Path) -> None:
        *above, last = path
        self.section(*above).pop(str(last), None)


def kind(value: Any) -> str:
    """What sort of value this is, in words, without the value."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "on or off"
    if isinstance(value, int | float):
        return "a number"
    for known, words in ((str, "text"), (list, "a list"), (dict, "a section"), (date, "a date")):
        if isinstance(value, known):
            return words
    return "something else"
