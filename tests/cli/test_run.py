"""How `askbridge run` ends where it cannot go on; that it runs is told in tests/real."""

import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bridge.ops import log as logging
from bridge.ops.supervise import FatalTask
from bridge.store.database import Database
from bridge.verbs import run
from tests.cli.conftest import SECRET, SYNC, Askbridge, Result


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """`run` sets up the log and the signals of a whole process."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)
    structlog.reset_defaults()
    logging.configure("console", "critical")


def told(result: Result) -> list[dict[str, str]]:
    assert result.out == ""
    assert SECRET not in result.err
    return [json.loads(line) for line in result.err.splitlines()]


def test_a_database_that_another_askbridge_has(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC + "teams: {net: ['@nina:example.org']}\n")
    other = Database.open(f"sqlite:///{tmp_path / 'askbridge.db'}")
    try:
        result = askbridge("run")
    finally:
        other.close()
    notice, last = told(result)
    assert result.code == 1
    assert notice["notice"].startswith("teams.net[0]: no staff of yours")
    assert last["event"] == "cannot_run"
    assert "is in use by process" in last["reason"]


def test_a_port_that_is_taken(askbridge: Askbridge, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = "127.0.0.1:" + str(taken.getsockname()[1])
        (tmp_path / "config.yaml").write_text(SYNC + f"web: {{listen: '{address}'}}\n")
        result = askbridge("run")
    assert result.code == 1
    last = told(result)[-1]
    assert last["reason"].startswith(f"cannot listen on {address}: ")
    assert "exception" not in result.err


def test_a_bug_ends_it_with_a_reference(askbridge: Askbridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def bug(*_: object) -> None:
        raise LookupError(f"{SECRET}-access")

    async def dead_task(*_: object) -> None:
        raise FatalTask("sync", "ABC234") from LookupError("lost")

    (tmp_path / "config.yaml").write_text(SYNC)
    monkeypatch.setattr(run, "_until_ended", bug)
    result = askbridge("run")
    assert result.code == 1
    assert len(told(result)[-1]["reference"]) == 6
    assert "LookupError: [hidden]" in told(result)[-1]["exception"]
    monkeypatch.setattr(run, "_until_ended", dead_task)
    result = askbridge("run")
    assert result.code == 1
    assert told(result)[-1]["reason"] == "sync has died (reference ABC234)"


def test_told_to_end_before_it_began(askbridge: Askbridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load_slowly(_: Path) -> None:
        signal.raise_signal(signal.SIGTERM)
        raise AssertionError("the signal was not heard")

    monkeypatch.setattr(run, "load", load_slowly)
    result = askbridge("run")
    assert (result.code, result.all) == (0, "")
