"""Keys that a config may hold already and that this version does not act on. Building one means taking its line out."""

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bridge.config.model import Config
from bridge.config.schema import Path, dotted, fields_of

PENDING: frozenset[tuple[str, ...]] = frozenset(
    {
        ("web", "public_url"),
    }
)


def is_pending(path: Path) -> bool:
    """Whether a key, or a section that it is in, is not acted on yet. Names are given as `NAME`."""
    return any(path[: len(pattern)] == pattern for pattern in PENDING)


def in_vain(config: Config, base: FilePath) -> Iterator[str]:
    """A notice for each key that asks for something which this version does not do."""
    asked = [found for pattern in sorted(PENDING) for found in _at(config, pattern, ())]
    for path, value, field in asked:
        if value != _default(value, field, base):
            yield f"{dotted(path)}: accepted, not acted on by this version"


def _default(value: Any, field: FieldInfo, base: FilePath) -> Any:
    """What asks for nothing. A section by its own defaults, which may depend on the folder of the config."""
    if field.default is not None and isinstance(value, BaseModel):
        return type(value).model_validate({}, context={"base": base})
    return field.default


Found = tuple[Path, Any, FieldInfo]


def _at(value: Any, pattern: tuple[str, ...], path: Path) -> Iterator[Found]:
    """Where a pattern leads, with what stands there and how it is declared."""
    first, *rest = pattern
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _at(inner, (*rest,), (*path, name))
    elif isinstance(value, BaseModel):
        yield from _in_section(value, first, (*rest,), (*path, first))


def _in_section(section: BaseModel, key: str, rest: tuple[str, ...], path: Path) -> Iterator[Found]:
    value = getattr(section, key)
    if rest:
        yield from _at(value, rest, path)
    elif key in section.model_fields_set:
        yield path, value, fields_of(type(section))[key][1]
