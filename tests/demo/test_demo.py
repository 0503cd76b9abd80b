"""The demo as a newcomer starts it: on a true Synapse of its own, by the command line."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len

from bridge.cli import main
from bridge.config.load import load
from bridge.demo import plan
from bridge.demo.homeserver import is_free
from bridge.demo.person import signs_in
from bridge.demo.story import SCENES
from bridge.demo.town import homeserver
from tests.real.synapse import ASKBRIDGE

pytestmark = [pytest.mark.synapse, pytest.mark.usefixtures("needs_synapse")]


@pytest.mark.usefixtures("log_as_before")
def test_the_story_comes_as_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an application service; the town that stays is told it by sync."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--story", "--mode", "push"])
    told = capsys.readouterr().out
    assert ended.value.code == 0, told
    for number, (title, _) in enumerate(SCENES, 1):
        assert f"━━ {number} · {title} ━" in told
    for line in (
        "    │ askbridge Q1 · open · asked by Amy · #vpn",
        "    │           + Q1 · answered · asked by Amy · #vpn",
        "    │           + Q2 · open · asked by Bob · #lan",
        "    │           + Q2 · claimed by Dmitri · asked by Bob · #lan",
        "    │ askbridge Q3 · open · asked by Carla",
        "    │           + Proposed answer by Bob ↗",
        "  askbridge ↳ Dmitri · 2 unanswered questions",
        "  askbridge ↳ Bob · There is no question Q5 here.",
        "    │           + 1️⃣ Q1 How do I reach the VPN from home? #vpn ↗",
        "    │           + Q6 · closed (asked before: Q1) · asked by Carla",
        "    │           + Q1 · answered · asked by Amy · #vpn · asked 2 times",
        "  askbridge ↳ Carla · 1 question trouvée",
        "            Change the yellow *toner*: there are spares in room 12.",
        "    │ askbridge Q7 · open, for Bob · asked by Amy · #wifi · urgent",
        "  askbridge ↳ Dmitri · Rules that matched Q7:",
        "            + Q8 · claimed by Bob · asked by Carla · in Network",
        "            • Settled by an earlier answer: 1 (0)",
        "  askbridge ↳ Amy · I do not know !unansered. Did you mean !unanswered?",
    ):
        assert f"\n{line}\n" in told
    assert "✓ All 12 scenes came as told" in told
    assert "  askbridge ↳ Dmitri · [a picture] Chart from" in told
    assert max(cell_len(line) for line in told.splitlines()) <= 80
    assert list(tmp_path.iterdir()) == []


@contextmanager
def started(directory: Path, output: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`askbridge demo` in that directory, until it is open; killed at the end where it still runs."""
    with output.open("wb") as out:
        process = subprocess.Popen(
            [*ASKBRIDGE, "demo", "--directory", directory],
            env=os.environ | {"COLUMNS": "80"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        says(process, output, "━━ What is said from now on ━")
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def says(process: subprocess.Popen[bytes], output: Path, words: str) -> None:
    deadline = time.monotonic() + 120
    while words not in output.read_text():
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < deadline, output.read_text()
        time.sleep(0.05)


async def somebody_asks(directory: Path) -> None:
    """As a person who logs in with a client."""
    carla = await signs_in(homeserver(load(directory / plan.CONFIG, {}), []), "carla")
    async with carla.client:
        room, _ = await carla.client.resolve(plan.ROOMS[0].alias)
        await carla.says(room, "!ask Does anybody hear me?")


def test_a_town_that_stays_is_found_again(tmp_path: Path) -> None:
    town, first, second = tmp_path / "town", tmp_path / "first", tmp_path / "second"
    with started(town, first) as process:
        asyncio.run(somebody_asks(town))
        says(process, first, "\n    │ askbridge Q9 · open · asked by Carla\n")
        other = subprocess.run([*ASKBRIDGE, "demo", "--directory", town], capture_output=True, text=True, timeout=60)
        assert other.returncode == 1
        assert f"is in use by process {process.pid}" in other.stdout
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert first.read_text().endswith("\nThe town is closed.\n")
    assert "✓ All 12 scenes came as told" in first.read_text()
    assert "Password of each: demo-town" in first.read_text()
    with started(town, second) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert "Welcome back: the town has 9 questions, 5 of them unanswered." in second.read_text()
    assert "Amy asks with a command" not in second.read_text()
    assert is_free(plan.homeserver_port(load(town / plan.CONFIG, {})))
