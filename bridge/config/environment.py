"""Values from environment variables: `ASKBRIDGE_BOT__ACCESS_TOKEN` is `bot.access_token`."""

from collections.abc import Iterator, Mapping
from typing import Any

from bridge.config.draft import NOWHERE, Draft
from bridge.config.problems import Problem, nearest
from bridge.config.schema import ANY_NAME, Key, Path, dotted, hint_at, is_text, keys, secret_files
from bridge.config.yamltext import parse

PREFIX = "ASKBRIDGE_"

NOT_OURS = frozenset({"ASKBRIDGE_CONFIG", "ASKBRIDGE_SYNAPSE_PYTHON"})
"""Variables of the scripts and tests around the program, which are no config. So is `ASKBRIDGE_TEST_…`."""


def variable(path: Path) -> str:
    """The name of the variable that sets a key."""
    return PREFIX + "__".join(str(part).upper().replace("-", "_") for part in path)


def apply(draft: Draft, environ: Mapping[str, str]) -> None:
    """Put what the environment says over what the file says."""
    known = {variable(path): path for path in _settable(draft)}
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in NOT_OURS or name.startswith("ASKBRIDGE_TEST_"):
            continue
        if name in known:
            _set(draft, known[name], name, environ[name])
        else:
            where = f"environment variable {name}"
            draft.problems.append(_unknown(where, name, list(known)))


def _unknown(where: str, name: str, known: list[str]) -> Problem:
    expected = f"{PREFIX}SECTION__KEY, with two underscores between the parts of a path"
    hint = nearest(name, known) or "unset it"
    return Problem(where, *NOWHERE, "", "names no key of the config", expected, hint)


def _settable(draft: Draft) -> Iterator[Path]:
    """The paths that a variable may set: all keys but sections and what stands in lists."""
    for key in keys():
        if not key.model:
            yield from _with_names(draft, key)


def _with_names(draft: Draft, key: Key) -> Iterator[Path]:
    if any(isinstance(part, int) for part in key.path):
        return
    if ANY_NAME not in key.path:
        yield key.path
        return
    at = key.path.index(ANY_NAME)
    for name in draft.section(*key.path[:at]):
        yield (*key.path[:at], name, *key.path[at + 1 :])


def _set(draft: Draft, path: Path, name: str, text: str) -> None:
    draft.put(path, _value(draft, path, name, text))
    draft.variables[path] = name
    for pair in secret_files():
        if path in pair:
            (other,) = set(pair) - {path}
            if other not in draft.variables:
                draft.drop(other)


def _value(draft: Draft, path: Path, name: str, text: str) -> Any:
    """Text as it is where the key holds text, else as YAML: `off`, `[a, b]`."""
    if is_text(hint_at(path)):
        return text

    def complain(_place: tuple[int, int], inside: Path, message: str, expected: str, hint: str) -> None:
        where = f"environment variable {name}"
        draft.problems.append(Problem(where, *NOWHERE, dotted((*path, *inside)), message, expected, hint))

    return parse(text, complain).value
