"""The first config, made from a few answers: what `askbridge init` writes."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bridge.config.values import Level

FOLDER = "secrets"


@dataclass(frozen=True)
class Answers:
    """What an operator was asked. Mode `sync` needs a token or a password; the tokens of `appservice` are made here."""

    homeserver_url: str
    user_id: str
    mode: Literal["sync", "appservice"]
    space: str
    level: Level
    room: str
    staff: str
    database: str = "sqlite:///askbridge.db"
    access_token: str | None = None
    password: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class SecretFile:
    """A file for one secret, by its path from the folder of the config."""

    name: str
    content: str
    mode: int = 0o600

    def __repr__(self) -> str:
        return f"SecretFile({self.name!r})"


@dataclass(frozen=True)
class Initial:
    """The text of a config, and the secret files that it names."""

    text: str
    files: tuple[SecretFile, ...]


def _token() -> str:
    return secrets.token_urlsafe(32)


def initial(answers: Answers, token: Callable[[], str] = _token) -> Initial:
    """A config that loads once its files are written. Raises ValueError where `sync` has no way to log in."""
    files = _files(answers, token)
    parts = [
        _HEAD,
        _homeserver(answers, files),
        _APPSERVICE if answers.mode == "appservice" else _NO_APPSERVICE,
        _rest(answers),
    ]
    return Initial("\n".join(parts), files)


def _files(answers: Answers, token: Callable[[], str]) -> tuple[SecretFile, ...]:
    if answers.mode == "appservice":
        return tuple(SecretFile(f"{FOLDER}/{name}", token() + "\n") for name in ("as_token", "hs_token"))
    for name, secret in (("access_token", answers.access_token), ("password", answers.password)):
        if secret:
            return (SecretFile(f"{FOLDER}/{name}", secret + "\n"),)
    raise ValueError("a bot that syncs needs an access token or a password")


def _quoted(text: str) -> str:
    """A YAML scalar that means this text, whatever is in it."""
    return json.dumps(text, ensure_ascii=True)


_HEAD = """\
# askbridge: `askbridge check` says whether this is right; config.example.yaml shows everything that may stand here.
"""

_APPSERVICE = """\
# The homeserver pushes events to us. `askbridge registration` writes the file that it must be given.
appservice:
  id: askbridge
  url: http://127.0.0.1:9100      # where the homeserver reaches us
  listen: 127.0.0.1:9100
  as_token_file: secrets/as_token
  hs_token_file: secrets/hs_token
"""

_NO_APPSERVICE = """\
# Without a section `appservice` the bot syncs like any client.
"""


def _homeserver(answers: Answers, files: tuple[SecretFile, ...]) -> str:
    lines = [
        "homeserver:",
        f"  url: {_quoted(answers.homeserver_url)}",
        "",
        "# The bot's own account.",
        "bot:",
        f"  user_id: {_quoted(answers.user_id)}",
    ]
    if answers.mode == "sync":
        lines.append(f"  {Path(files[0].name).name}_file: {files[0].name}")
    return "\n".join(lines) + "\n"


def _rest(answers: Answers) -> str:
    return f"""\
# Where questions are kept: a file beside this one, or postgresql://user@host/name.
database: {_quoted(answers.database)}

# The bot's language; a space and a person may choose their own.
language: {_quoted(answers.language)}

# Who belongs to the organisation: globs over user ids.
people:
  staff: [{_quoted(answers.staff)}]
  moderators: []

# Each space has a level (internal, extranet, community, public) and rooms. Invite the bot to them.
spaces:
  {_quoted(answers.space)}:
    level: {answers.level}
    rooms: [{_quoted(answers.room)}]

# Health and metrics for operators: /health/live, /health/ready, /metrics.
web:
  listen: 127.0.0.1:8090

log:
  format: json                    # json | console
  level: info
"""


def write(made: Initial, config: Path) -> None:
    """Write the config and its secret files. Raises FileExistsError rather than overwrite any of them."""
    targets = [config, *(config.parent / file.name for file in made.files)]
    for target in targets:
        if target.exists():
            raise FileExistsError(f"{target} exists")
    for file in made.files:
        path = config.parent / file.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(path, file.content, file.mode)
    _write_new(config, made.text, 0o644)


def _write_new(path: Path, text: str, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
