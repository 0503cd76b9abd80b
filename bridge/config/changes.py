"""What differs between two configs, and what of it a running program can take over."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from bridge.config.model import Config
from bridge.config.schema import Path, dotted, fields_of

AT_START_ONLY = (
    "homeserver",
    "bot",
    "appservice",
    "database",
    "database_file",
    "database_password",
    "database_password_file",
    "encryption",
    "web",
    "synapse_module",
    "metrics",
    "log",
)
"""What the program is built upon: a change of it needs a restart."""


def changes(before: Config, after: Config) -> tuple[str, ...]:
    """The dotted paths of all that differs; a space that came or went, or a list, as a whole."""
    return tuple(sorted(dotted(path) for path in _differing(before, after, ())))


def needs_restart(path: str) -> bool:
    return path.partition(".")[0] in AT_START_ONLY


def taken_over(before: Config, after: Config) -> Config:
    """The config that holds once a running program was given `after`: what needs a restart is as it was."""
    return after.model_copy(update={key: getattr(before, key) for key in AT_START_ONLY})


def _differing(before: Any, after: Any, path: Path) -> Iterator[Path]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            if name in before and name in after:
                yield from _differing(before[name], after[name], (*path, name))
            else:
                yield (*path, name)
    elif isinstance(before, BaseModel) and type(before) is type(after):
        for name, (key, _) in zip(type(before).model_fields, fields_of(type(before)).items(), strict=True):
            yield from _differing(getattr(before, name), getattr(after, name), (*path, key))
    else:
        yield path
