"""The door to the config: a file and the environment in, a checked config or all its problems out."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from bridge.config import environment, openness, schema, secretfiles
from bridge.config.checks import check
from bridge.config.draft import NOWHERE, Draft, kind
from bridge.config.explain import explain
from bridge.config.files import Unreadable, read_bytes
from bridge.config.model import Config
from bridge.config.notices import notices
from bridge.config.problems import ConfigErrors, Problem
from bridge.config.yamltext import Place, parse

MOST_BYTES = 1024 * 1024

__all__ = ["ConfigErrors", "LoadedConfig", "Problem", "load"]


@dataclass(frozen=True)
class LoadedConfig:
    """A config that passed every check; `notices` say what an operator ought to know all the same."""

    config: Config
    notices: tuple[str, ...]
    path: Path
    places: Mapping[str, str] = field(default_factory=dict)
    """Dotted path -> `file:line:column` of what was written in the file."""

    def place_of(self, notice: str) -> str:
        """Where what a notice is about, or the nearest part above it, was written; "" where it was not in the file."""
        path = notice.partition(": ")[0]
        while path and path not in self.places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.places.get(path, "")


def load(path: Path, environ: Mapping[str, str] = os.environ) -> LoadedConfig:
    """Read a config file, put the environment over it, take in secrets, and check it all.

    Raises ConfigErrors with every problem there is, and nothing else whatever the file holds.
    """
    draft = _read(path)
    environment.apply(draft, environ)
    secretfiles.resolve(draft)
    check(draft)
    openness.check(draft)
    config = _validated(draft)
    if config is None or draft.problems:
        raise ConfigErrors(draft.problems)
    places = {schema.dotted(at): f"{draft.file}:{line}:{column}" for at, (_, (line, column)) in draft.places.items()}
    return LoadedConfig(config, notices(config, draft.base), path, places)


def _validated(draft: Draft) -> Config | None:
    try:
        return _with_store(Config.model_validate(draft.data, context={"base": draft.base}))
    except ValidationError as error:
        explain(error, draft)
        return None


def _with_store(config: Config) -> Config:
    """An SQLite database is where we may write; beside the config file we often may not."""
    if config.database.path is None or "store" in config.encryption.model_fields_set:
        return config
    encryption = config.encryption.model_copy(update={"store": config.database.path.parent / "crypto"})
    return config.model_copy(update={"encryption": encryption})


def _read(path: Path) -> Draft:
    """The file as plain data. Raises ConfigErrors where there is nothing to go on with."""
    draft = Draft(str(path), path.absolute().parent)
    text = _text(draft, path)

    def complain(place: Place, at: schema.Path, message: str, expected: str, hint: str) -> None:
        draft.problems.append(Problem(draft.file, *place, schema.dotted(at), message, expected, hint))

    document = parse(text, complain)
    draft.places = document.places
    if isinstance(document.value, dict):
        draft.data = document.value
    elif not draft.problems:
        _complain_of_shape(draft, document.value)
    if not isinstance(document.value, dict):
        raise ConfigErrors(draft.problems)
    return draft


def _complain_of_shape(draft: Draft, value: object) -> None:
    hint = "askbridge init writes a first config"
    found = "the file holds no config" if value is None else f"found {kind(value)}"
    draft.blame((), found, "the sections homeserver, bot and spaces", hint)


def _text(draft: Draft, path: Path) -> str:
    try:
        content = read_bytes(path, MOST_BYTES)
    except Unreadable as error:
        hint = "askbridge init writes a first config" if "no such file" in str(error) else ""
        raise _refusal(draft, NOWHERE, str(error), "a YAML file of at most 1 MiB", hint) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise _refusal(draft, place, "not UTF-8 text", "a YAML file in UTF-8", "save the file as UTF-8") from None


def _refusal(draft: Draft, place: Place, message: str, expected: str, hint: str) -> ConfigErrors:
    return ConfigErrors([Problem(draft.file, *place, "", message, expected, hint)])
