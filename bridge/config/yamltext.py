"""YAML text to plain values, with the place of every key and value, and never a traceback whatever the text holds.

The nodes that PyYAML composes are read here instead of by its constructor, because they carry marks, because duplicate
keys would be lost, and because aliases would be expanded without a limit.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.reader import ReaderError

from bridge.config.schema import Path

MOST_VALUES = 50_000
MOST_DEPTH = 40

Place = tuple[int, int]
"""Line and column, from 1."""

Complain = Callable[[Place, Path, str, str, str], None]
"""Called with place, path, message, what was expected, and a hint."""


@dataclass
class Document:
    """Values of a YAML text. `places` holds, for each path, where its key stands and where its value."""

    value: Any = None
    places: dict[Path, tuple[Place, Place]] = field(default_factory=dict)


class _Refused(Exception):
    """The text goes beyond a limit; already complained about."""


def parse(text: str, complain: Complain) -> Document:
    """The values of a text; what cannot be read is complained about, and left out where the rest can be read."""
    document = Document()
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is not None:
            document.value = _Reader(document, complain).value(node, (), _place(node.start_mark))
    except yaml.MarkedYAMLError as error:
        complain(_mark(error), (), *_said(error))
    except ReaderError as error:
        complain(_position(text, int(error.position)), (), "a character that YAML does not allow", "printable text", "")
    except RecursionError:
        complain((1, 1), (), "nested too deeply", f"at most {MOST_DEPTH} levels", "")
    except _Refused:
        pass
    return document


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def _position(text: str, index: int) -> Place:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


_NO_COLON = "could not find expected ':'"


def _mark(error: yaml.MarkedYAMLError) -> Place:
    """Where the mistake is: for a key without its colon where the key began, not where PyYAML noticed."""
    first = error.context_mark if error.problem == _NO_COLON else error.problem_mark
    mark = first or error.problem_mark or error.context_mark
    return _place(mark) if mark else (0, 0)


def _said(error: yaml.MarkedYAMLError) -> tuple[str, str, str]:
    """What PyYAML says, without quoting the text: it may be a secret."""
    problem = error.problem or "cannot be read"
    if r"'\t'" in problem:
        return "a tab where YAML wants spaces", "indentation by spaces", "replace the tab by spaces"
    if problem == _NO_COLON:
        return "a key without a colon", "key: value", "put a colon and a space after the key, and check quotes"
    if "expected a single document" in (error.context or ""):
        return "a second document", "one YAML document", "remove the line ---"
    if "mapping values are not allowed" in problem:
        return (
            "a colon where there can be no key",
            "",
            "check the indentation, and quote text that holds a colon and a space",
        )
    said = re.sub(r"'(?!<)[^']{2,}'", "…", problem)
    return f"not valid YAML: {said}", "", "check indentation, quotes and brackets here and on the line before"


class _Reader:
    def __init__(self, document: Document, complain: Complain) -> None:
        self._document = document
        self._complain = complain
        self._scalars = yaml.constructor.SafeConstructor()
        self._count = 0
        self._open: list[yaml.Node] = []

    def value(self, node: yaml.Node, path: Path, key_place: Place) -> Any:
        self._check_limits(node, path)
        self._document.places[path] = key_place, _place(node.start_mark)
        self._open.append(node)
        try:
            return self._content(node, path)
        finally:
            self._open.pop()

    def _check_limits(self, node: yaml.Node, path: Path) -> None:
        self._count += 1
        if self._count > MOST_VALUES:
            self._refuse(node, (), "too many values", f"at most {MOST_VALUES}", "aliases count each time they are used")
        if len(self._open) > MOST_DEPTH:
            self._refuse(node, path[:3], "nested too deeply", f"at most {MOST_DEPTH} levels")
        if any(node is other for other in self._open):
            self._refuse(node, path, "an alias that holds itself", "a plain value")

    def _refuse(self, node: yaml.Node, path: Path, message: str, expected: str, hint: str = "") -> None:
        self._complain(_place(node.start_mark), path, message, expected, hint)
        raise _Refused

    def _content(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, path)
        return self._mapping(node, path)

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        if node.tag in ("tag:yaml.org,2002:value", "tag:yaml.org,2002:merge"):
            return node.value
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError, KeyError, IndexError, OverflowError):
            self._complain(
                _place(node.start_mark), path, "a value that YAML cannot read", "plain text", "put it in quotes"
            )
            return None

    def _sequence(self, node: yaml.SequenceNode, path: Path) -> list[Any]:
        self._check_tag(node, path, "tag:yaml.org,2002:seq")
        return [self.value(item, (*path, i), _place(item.start_mark)) for i, item in enumerate(node.value)]

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        self._check_tag(node, path, "tag:yaml.org,2002:map")
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        merged: list[yaml.Node] = []
        for key_node, value_node in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                merged.append(value_node)
                continue
            key = self._key(key_node, path, lines)
            if key is not None:
                values[key] = self.value(value_node, (*path, key), _place(key_node.start_mark))
        return self._merge(values, merged, path)

    def _check_tag(self, node: yaml.Node, path: Path, usual: str) -> None:
        if node.tag != usual:
            self._complain(
                _place(node.start_mark), path, "a YAML tag", "a plain value", "remove the word that begins with !"
            )

    def _key(self, node: yaml.Node, path: Path, lines: dict[str, int]) -> str | None:
        """The text of a key, as it was written; None where it cannot be one, or was there before."""
        place = _place(node.start_mark)
        if not isinstance(node, yaml.ScalarNode):
            self._complain(place, path, "a key that is no text", "a word and a colon", "")
            return None
        key = str(node.value)
        if key in lines:
            said = f"duplicate key, on line {lines[key]} and again on line {place[0]}"
            self._complain(place, (*path, key), said, "each key once", "remove one of them")
            return None
        lines[key] = place[0]
        return key

    def _merge(self, values: dict[str, Any], merged: list[yaml.Node], path: Path) -> dict[str, Any]:
        """Put in what `<<` brings, behind what is written."""
        for source in _sources(merged):
            if not isinstance(source, yaml.MappingNode):
                self._complain(_place(source.start_mark), path, "nothing to merge", "a mapping after <<", "")
                continue
            for key_node, value_node in source.value:
                key = self._key(key_node, path, {})
                if key is not None and key not in values:
                    values[key] = self.value(value_node, (*path, key), _place(key_node.start_mark))
        return values


def _sources(merged: list[yaml.Node]) -> Iterator[yaml.Node]:
    for node in merged:
        yield from node.value if isinstance(node, yaml.SequenceNode) else [node]
