"""The bots that are measured, each a process of its own with a fresh folder."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import yaml

from bridge.demo.homeserver import dying_with_parent

Way = Literal["sync", "push"]
WAYS: tuple[Way, ...] = ("sync", "push")

ROOT = Path(__file__).parents[1]
_PEERS = ROOT / "bench/peers"
_PEERS_PYTHON = ROOT / ".venv-bench/bin/python"
_ASKBRIDGE = Path(sys.executable).with_name("askbridge")


class BotFailed(RuntimeError):
    """A bot ended, or did not do what it was started for; carries the end of its log."""


@dataclass(frozen=True, slots=True)
class Bot:
    """`peer` is the program in peers/ with the interpreter to run it by; None is askbridge itself."""

    name: str
    way: Way
    peer: tuple[Path, Path] | None = None


OURS = {way: Bot("**askbridge**", way) for way in ("sync", "push")}
PEERS = {
    "sync": Bot("matrix-nio echo", "sync", (_PEERS_PYTHON, _PEERS / "nio_echo.py")),
    "push": Bot("mautrix echo", "push", (_PEERS_PYTHON, _PEERS / "mautrix_echo.py")),
}
BARE = {
    "sync": Bot("bare aiohttp echo", "sync", (Path(sys.executable), _PEERS / "bare_echo.py")),
    "push": Bot("bare aiohttp echo", "push", (Path(sys.executable), _PEERS / "bare_echo.py")),
}


def askbridge_config(
    folder: Path,
    way: Way,
    homeserver: str,
    bot: str,
    rooms: Sequence[str],
    *,
    port: int,
    access_token: str = "token",
    encryption: bool = False,
) -> Path:
    """A config as an operator would write it: one space, everybody of its server staff, SQLite, the log as it comes; as
    without the extra `semantic`, whose vectors are made behind everything else.
    """
    config: dict[str, object] = {
        "homeserver": {"url": homeserver},
        "bot": {"user_id": bot} | ({"access_token": access_token} if way == "sync" else {}),
        "database": f"sqlite:///{folder / 'askbridge.db'}",
        "encryption": {"enabled": encryption, "store": str(folder / "crypto")},
        "people": {"staff": [f"@*:{bot.partition(':')[2]}"]},
        "spaces": {"helpdesk": {"level": "internal", "rooms": list(rooms)}},
        "search": {"semantic": False},
        "log": {"format": "json", "level": "info"},
    }
    if way == "push":
        address = f"127.0.0.1:{port}"
        tokens = {"as_token": "as_token", "hs_token": "hs_token"}
        config["appservice"] = {"id": "askbridge", "url": f"http://{address}", "listen": address} | tokens
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config))
    return path


def command(bot: Bot, folder: Path, homeserver: str, me: str, rooms: Sequence[str], port: int) -> list[str]:
    """What starts the bot against a stub."""
    if bot.peer is None:
        config = askbridge_config(folder, bot.way, homeserver, me, rooms, port=port)
        return askbridge(config)
    return [*map(str, bot.peer), homeserver, *([str(port)] if bot.way == "push" else [])]


def askbridge(config: Path) -> list[str]:
    """What starts askbridge with a config."""
    return [str(_ASKBRIDGE), "run", "-c", str(config)]


class BotProcess:
    """A running bot; ended with SIGTERM at the end of the block."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._log = folder / "bot.log"
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        self._process = self._launch()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def pid(self) -> int:
        if self._process is None:
            raise BotFailed("the bot was not started")
        return self._process.pid

    async def stop(self) -> int:
        """End it; returns its exit code, also when asked again."""
        if self._process is None:
            raise BotFailed("the bot was not started")
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return await asyncio.to_thread(self._process.wait, 15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    async def ready(self, within: float = 30) -> None:
        """Until askbridge says that it is."""
        deadline = time.monotonic() + within
        while '"ready"' not in self._log.read_text(errors="replace"):
            self.check(deadline)
            await asyncio.sleep(0.02)

    def check(self, deadline: float) -> None:
        """Raises BotFailed where the process ended or the time is over."""
        ended = self._process is None or self._process.poll() is not None
        if ended or time.monotonic() > deadline:
            tail = "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])
            raise BotFailed(f"{'It ended' if ended else 'It took too long'}: {' '.join(self._command)}\n{tail}")

    def _launch(self) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as output:
            return subprocess.Popen(
                dying_with_parent(self._command),
                cwd=self._log.parent,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def complaints(self) -> list[str]:
        """The warnings and errors in askbridge's log."""
        lines = self._log.read_text(errors="replace").splitlines()
        return [line for line in lines if _level(line) in ("warning", "error", "critical")]


def _level(line: str) -> str:
    try:
        return str(json.loads(line).get("level", ""))
    except ValueError:
        return "error"
