"""The command line as an operator has it: arguments in; exit code, standard output and standard error out."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bridge import cli

PROGRAM = str(Path(sys.executable).with_name("askbridge"))

SYNC = """\
homeserver: {url: http://127.0.0.1:1}
bot: {user_id: "@qa:example.org", access_token: s3same-access}
database: sqlite:///askbridge.db
spaces: {helpdesk: {level: internal, rooms: ["!help:example.org"]}}
"""
PUSH = """\
homeserver: {url: http://127.0.0.1:1}
bot: {user_id: "@qa:example.org"}
appservice: {as_token: s3same-as, hs_token: s3same-hs}
database: postgresql://qa:s3same-db@127.0.0.1:1/qa
spaces: {helpdesk: {level: internal, rooms: ["#help:example.org"]}}
"""
SECRET = "s3same"


@dataclass(frozen=True, slots=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


def program(*arguments: str | Path, cwd: Path, stdin: str = "", environment: Mapping[str, str] | None = None) -> Result:
    """The installed program, in a process of its own."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env=os.environ | dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def in_process(*arguments: str | Path) -> Result:
    """The program's own entry in this process, for when starting one would take longer than what it does."""
    both = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(each, encoding="utf-8", write_through=True) for each in both)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = exit_code_of([str(argument) for argument in arguments])
    return Result(code, *(each.getvalue().decode() for each in both))


Askbridge = Callable[..., Result]


@pytest.fixture
def askbridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Askbridge:
    """`in_process`, in an empty folder: `askbridge("check", "-c", file)`."""
    monkeypatch.chdir(tmp_path)
    return in_process


def exit_code_of(arguments: Sequence[str]) -> int:
    try:
        cli.main(list(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    raise AssertionError("the entry of a program ends by SystemExit")
