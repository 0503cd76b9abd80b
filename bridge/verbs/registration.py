"""`askbridge registration`: the file by which the homeserver learns of us."""

import os
import tempfile
from pathlib import Path

import typer

from bridge.config.registration import NoAppService, registration_yaml
from bridge.verbs.ending import Refused, loaded, say

_NEXT = """\
Synapse: name this file in homeserver.yaml, so that Synapse may read it and few others, then restart Synapse:
  app_service_config_files: [{path}]
Then `askbridge check --online` says whether both reach each other."""


def register(config: Path, output: Path | None, force: bool) -> None:
    """Print the registration, or write it where only its owner can read it."""
    try:
        text = registration_yaml(loaded(config).config)
    except NoAppService as error:
        raise Refused(f"{config}: {error}; `askbridge init --mode appservice` shows how one looks") from None
    if output is None:
        typer.echo(text, nl=False)
        say(_NEXT.format(path="registration.yaml"), err=True)
        return
    _write(output, text, force)
    say(f"wrote {output}")
    say(_NEXT.format(path=output.absolute()))


def _write(path: Path, text: str, force: bool) -> None:
    """Whole or not at all; nobody else can read it at any moment."""
    if path.is_dir():
        raise Refused(f"{path} is a directory: name a file, such as {path / 'registration.yaml'}")
    number, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        if force:
            Path(name).replace(path)
        else:
            os.link(name, path)
    except FileExistsError:
        raise Refused(f"{path} exists already: --force replaces it") from None
    finally:
        Path(name).unlink(missing_ok=True)
