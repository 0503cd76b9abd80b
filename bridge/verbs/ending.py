"""How a verb ends: in a line that an operator can act on, or in a reference to a bug; never in a traceback."""

import os
import tempfile
import traceback
from collections.abc import Iterable
from pathlib import Path

import typer

from bridge import __version__
from bridge.config.load import LoadedConfig, load
from bridge.config.model import Config
from bridge.config.problems import ConfigErrors, nearest
from bridge.ops import log as logging
from bridge.ops.log import Redactor
from bridge.ops.supervise import reference_id
from bridge.store.errors import StoreError
from bridge.workflow.ports import GiveUp, RetryLater

hidden = Redactor()
"""Knows the secrets of the config in use; everything that verbs print passes it."""


class Refused(Exception):
    """What an operator asked for cannot be done; the message says why, and what to do."""


def loaded(path: Path) -> LoadedConfig:
    """The config, with its secrets hidden from now on. Raises ConfigErrors."""
    found = load(path)
    hidden.forget()
    hidden.add(*found.config.secrets())
    logging.configure("console", "critical", secrets=found.config.secrets())
    return found


def no_space(name: str, config: Config, where: str = " in the config") -> Refused:
    """Why nothing can be done for a space of that name."""
    hint = nearest(name, list(config.spaces)) or f"the config has {', '.join(config.spaces)}"
    return Refused(f"no space {name}{where}; {hint}")


NOWHERE = ", neither in the config nor in the database"


def say(text: str = "", *, err: bool = False) -> None:
    typer.echo(hidden.text(text), err=err)


def say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def end(error: Exception) -> int:
    """Tell on standard error what ended a verb; the exit code."""
    expected = words_of(error)
    say(expected if expected is not None else _bug(error), err=True)
    return 1


def words_of(error: Exception) -> str | None:
    """What an error says to an operator; None where it is a bug."""
    if isinstance(error, ConfigErrors):
        return "\n".join(str(problem) for problem in error.problems)
    if isinstance(error, Refused | StoreError | GiveUp | RetryLater):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return _words_of_account(error)


def _words_of_account(error: Exception) -> str | None:
    from bridge.matrix.account import AccountError

    return str(error) if isinstance(error, AccountError) else None


def _bug(error: Exception) -> str:
    reference = reference_id()
    kept = _keep(reference, error)
    where = f"; please report it with {kept}" if kept else ""
    return f"askbridge {__version__} has a bug here (reference {reference}, {type(error).__name__}){where}"


def _keep(reference: str, error: Exception) -> str | None:
    """Write the stack to a file of its own, for the operator's eyes; its name, or None where nothing can be written."""
    stack = "".join(traceback.format_exception(error))
    try:
        number, name = tempfile.mkstemp(prefix=f"askbridge-{reference}-", suffix=".txt")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(hidden.text(f"askbridge {__version__}\n{stack}"))
    except OSError:
        return None
    return name
