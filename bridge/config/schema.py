"""What keys the config has, read off the model: for errors, variables, the example and the reference page."""

import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from bridge.config.model import Config
from bridge.config.values import Says

Path = tuple[str | int, ...]
"""Where something stands: keys and positions in lists."""

ANY_NAME = "NAME"
"""Stands in the path of a key for a name that the operator chooses."""

EACH = 0
"""Stands in the path of a key for every position of a list."""


@dataclass(frozen=True)
class Key:
    """A key of the model; `hint` is its annotation."""

    path: Path
    hint: Any
    field: FieldInfo

    @property
    def model(self) -> type[BaseModel] | None:
        return model_of(self.hint)

    @property
    def secret(self) -> bool:
        return bare(self.hint) is SecretStr


def dotted(path: Path) -> str:
    """`("rules", 0, "when")` -> `rules[0].when`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _layers(hint: Any) -> Iterator[tuple[Any, Sequence[Any]]]:
    """The annotation and what is wrapped in it by Annotated and by `| None`, with the metadata of each."""
    while True:
        if get_origin(hint) is Annotated:
            hint, *metadata = get_args(hint)
            yield hint, metadata
        elif get_origin(hint) in (Union, types.UnionType):
            hint = next(part for part in get_args(hint) if part is not type(None))
            yield hint, ()
        else:
            return


def bare(hint: Any) -> Any:
    """The type that is left when Annotated and `| None` are taken off."""
    for inner, _ in _layers(hint):
        hint = inner
    return hint


def describe(hint: Any) -> str:
    """A type in words, for people who write YAML."""
    for _, metadata in _layers(hint):
        for said in metadata:
            if isinstance(said, Says):
                return said.text
    inner = bare(hint)
    if get_origin(inner) is Literal:
        return "one of " + ", ".join(get_args(inner))
    if get_origin(inner) is tuple:
        return f"list: {describe(get_args(inner)[0])}"
    if get_origin(inner) is dict:
        return f"mapping: {describe(get_args(inner)[0])} to {describe(get_args(inner)[1])}"
    if model_of(inner):
        return "a section with the keys " + ", ".join(fields_of(inner))
    return {str: "text", int: "whole number", float: "number"}.get(inner, "value")


def model_of(hint: Any) -> type[BaseModel] | None:
    inner = bare(hint)
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def item_of(hint: Any) -> Any | None:
    """What a mapping or a list holds; None where the type is neither."""
    inner = bare(hint)
    if get_origin(inner) is dict:
        return get_args(inner)[1]
    return get_args(inner)[0] if get_origin(inner) is tuple else None


def is_mapping(hint: Any) -> bool:
    """Whether the operator chooses the keys here."""
    return get_origin(bare(hint)) is dict


def is_text(hint: Any) -> bool:
    """Whether the value is written as text, so that an environment variable is taken to the letter."""
    inner = bare(hint)
    return inner not in (bool, int, float) and get_origin(inner) not in (tuple, dict, Literal)


def fields_of(model: type[BaseModel]) -> dict[str, tuple[Any, FieldInfo]]:
    """The keys of a section as they are written in YAML."""
    hints = get_type_hints(model, include_extras=True)
    return {field.alias or name: (hints[name], field) for name, field in model.model_fields.items()}


def hint_at(path: Path) -> Any | None:
    """The annotation of what stands at a path; None where the model has no such place."""
    hint: Any = Config
    for part in path:
        section = model_of(hint)
        hint = fields_of(section).get(str(part), (None, None))[0] if section else item_of(hint)
        if hint is None:
            return None
    return hint


def keys(model: type[BaseModel] = Config, above: Path = ()) -> Iterator[Key]:
    """Every key there is, sections before their own keys."""
    for name, (hint, field) in fields_of(model).items():
        key = Key((*above, name), hint, field)
        yield key
        if key.model:
            yield from keys(key.model, key.path)
        item = item_of(hint)
        inner = model_of(item) if item is not None else None
        if inner:
            yield from keys(inner, (*key.path, ANY_NAME if is_mapping(hint) else EACH))


def secret_files() -> Iterator[tuple[Path, Path]]:
    """The keys that may also be given by a file, each with the key that names the file."""
    known = {key.path for key in keys()}
    for path in sorted(known, key=str):
        file = (*path[:-1], f"{path[-1]}_file")
        if file in known:
            yield path, file
