"""A town for a test: people and rooms on the session's Synapse, and askbridge as the process that an operator runs."""

import asyncio
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import aiohttp
import yaml

from bridge.demo.homeserver import LocalHomeserver, dying_with_parent, free_port
from tests.real.client import Person

JsonObject = dict[str, Any]
Mode = Literal["sync", "push"]

ASKBRIDGE = (str(Path(sys.executable).with_name("askbridge")),)
MODERATOR = 50
_READY = re.compile(r"""["']?\bevent["']?\s*[:=]\s*["']?ready\b""")
_COVERAGE = "COVERAGE_PROCESS_CONFIG"
"""What makes coverage look at a process that is started."""


@dataclass(frozen=True, slots=True)
class Appservice:
    """A registration that the session's Synapse was booted with; a town takes one for itself.

    The sender is the bot in registrations as askbridge wrote them before it knew of encryption.
    """

    id: str
    port: int
    as_token: str
    hs_token: str
    bot_localpart: str
    sender_localpart: str

    @classmethod
    def invent(cls, number: int, *, bot_is_sender: bool = False) -> "Appservice":
        tokens = secrets.token_hex(16), secrets.token_hex(16)
        bot = f"qa-push-{number}"
        return cls(f"askbridge-{number}", free_port(), *tokens, bot, bot if bot_is_sender else f"_askbridge_{number}")

    def write(self, directory: Path) -> Path:
        """The registration file, as `askbridge registration` would write it."""
        registration = {
            "id": self.id,
            "url": f"http://127.0.0.1:{self.port}",
            "as_token": self.as_token,
            "hs_token": self.hs_token,
            "sender_localpart": self.sender_localpart,
            "rate_limited": False,
            "namespaces": {
                "users": [{"exclusive": True, "regex": f"@({self.bot_localpart}|{self.sender_localpart}):.*"}],
                "aliases": [{"exclusive": False, "regex": f"#askbridge-direct-{self.bot_localpart}-[0-9a-f]+:.*"}],
            },
        }
        path = directory / f"{self.id}.yaml"
        path.write_text(yaml.safe_dump(registration))
        return path


@dataclass(slots=True)
class SynapseWithRegistrations:
    """The homeserver of the test session with its unused registrations.

    A registration is used once: Synapse waits longer and longer (up to minutes) before it speaks again to one that
    went away, and would hand it what belonged to an earlier test.
    """

    server: LocalHomeserver
    unused: list[Appservice]
    former: Appservice | None = None

    def take(self, *, former: bool = False) -> Appservice:
        if former:
            assert self.former is not None
            return self.former
        if not self.unused:
            raise RuntimeError(
                "more push-mode towns than registrations: raise REGISTRATIONS in tests/real/homeserver.py"
            )
        return self.unused.pop(0)


class AskbridgeProcess:
    """`askbridge run -c FILE` as a child process. What it prints goes to `log_file`, over all its lives.

    `command` replaces the program; `prefix` stands before it, for tests that wrap it. `measured`: whether it is looked
    at by coverage, where that is on; this takes as long again as what it looks at.
    """

    def __init__(
        self,
        config: Path,
        *,
        command: Sequence[str] = ASKBRIDGE,
        prefix: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        measured: bool = True,
    ) -> None:
        self.config = config
        self._measured = measured
        self.log_file = config.with_suffix(".log")
        self._command = [*prefix, *command, "run", "-c", str(config)]
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def log(self) -> str:
        """What it printed since its last start."""
        if not self.log_file.exists():
            return ""
        return self.log_file.read_bytes()[self._log_start :].decode(errors="replace")

    async def start(self, *, ready_within: float | None = 20) -> None:
        """Start it and return when it says `event=ready`; at once, where `ready_within` is None."""
        self._log_start = self.log_file.stat().st_size if self.log_file.exists() else 0
        self._launch()
        if ready_within is not None:
            await self.says(_READY, within=ready_within)

    async def says(self, pattern: str | re.Pattern[str], *, within: float = 10) -> str:
        """The first line of this life's log that matches, as soon as it is there."""
        deadline = time.monotonic() + within
        while True:
            ended = not self.running
            line = next((line for line in self.log().splitlines() if re.search(pattern, line)), None)
            if line is not None:
                return line
            if ended or time.monotonic() > deadline:
                what = f"ended with {self._process and self._process.poll()}" if ended else f"did not within {within} s"
                raise AssertionError(f"askbridge {what}, without a line like {pattern!r}:\n{self.log()[-4000:]}")
            await asyncio.sleep(0.02)

    async def terminate(self, *, within: float = 12) -> int:
        """Ask it to end (SIGTERM); returns its exit code. It has 10 seconds to finish what it does."""
        return await self._end(signal.SIGTERM, within)

    async def kill(self) -> int:
        """SIGKILL, to it and whatever wraps it."""
        return await self._end(signal.SIGKILL, 10)

    async def exits(self, *, within: float = 20) -> int:
        """The exit code of a process that ends by itself (or is killed by what wraps it)."""
        if self._process is None:
            raise RuntimeError("not started")
        return await asyncio.to_thread(self._process.wait, within)

    async def restart(self, *, ready_within: float | None = 20) -> None:
        """End it as an operator does, and start it again."""
        await self.terminate()
        await self.start(ready_within=ready_within)

    def _launch(self) -> None:
        if self.running:
            raise RuntimeError("already running")
        with self.log_file.open("ab") as output:
            self._process = subprocess.Popen(
                dying_with_parent(self._command),
                cwd=self.config.parent,
                env=self._surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def _surroundings(self) -> dict[str, str]:
        here = {name: value for name, value in os.environ.items() if self._measured or name != _COVERAGE}
        return here | self._environment

    async def _end(self, how: signal.Signals, within: float) -> int:
        if self._process is None:
            raise RuntimeError("not started")
        if self._process.poll() is None:
            os.killpg(self._process.pid, how)
        return await asyncio.to_thread(self._process.wait, within)


@dataclass(slots=True)
class Town:
    """People, rooms, a bot account and a config on one homeserver; nothing is shared with other tests.

    `homeserver_url` is what askbridge is told, so that a FaultProxy can stand between; people speak to the server.
    """

    server: LocalHomeserver
    mode: Mode
    directory: Path
    bot_user_id: str
    session: aiohttp.ClientSession
    homeserver_url: str
    bot_token: str | None = None
    appservice: Appservice | None = None
    appservice_listen: int | None = None
    database: str = "sqlite:///askbridge.db"
    web_port: int = field(default_factory=free_port)
    rooms: list[str] = field(default_factory=list)
    processes: list[AskbridgeProcess] = field(default_factory=list)
    measured: bool = True
    """By coverage. Of what is tried by both ways in, one is enough: each has tests of its own."""
    _tag: str = field(default_factory=lambda: uuid4().hex[:6])

    async def person(self, name: str, *, admin: bool = False) -> Person:
        """A new account `@name-xxxxxx:server`, signed in."""
        account = await self.server.register(f"{name}-{self._tag}", admin=admin)
        return Person(self.server.url, account.user_id, account.access_token, self.session, bot=self.bot_user_id)

    async def room(self, name: str, creator: Person, *members: Person, mapped: bool = True, **extra: Any) -> str:
        """A private room made by `creator` with the others joined and the bot invited; `mapped`: the config names it.

        `extra` goes to `Person.creates_room`.
        """
        room = await creator.creates_room(name, **extra)
        for member in members:
            await creator.invites(room, member.user_id)
            await member.joins(room)
        await creator.invites(room, self.bot_user_id)
        if mapped:
            self.rooms.append(room)
        return room

    def config(self, **overrides: Any) -> JsonObject:
        """The config: one internal space `helpdesk` with the rooms made so far. `overrides` replace whole sections."""
        config: JsonObject = {
            "homeserver": {"url": self.homeserver_url},
            "bot": {"user_id": self.bot_user_id},
            "database": self.database,
            "encryption": {"enabled": False},
            "search": {"semantic": False},
            "people": {"staff": [f"@*:{self.server.server_name}"]},
            "spaces": {"helpdesk": {"level": "internal", "rooms": list(self.rooms)}},
            "web": {"listen": f"127.0.0.1:{self.web_port}"},
            "log": {"format": "json", "level": "info"},
        }
        if self.bot_token is not None:
            config["bot"]["access_token"] = self.bot_token
        if self.appservice is not None:
            config["appservice"] = self._appservice_section(self.appservice)
        return config | overrides

    def write_config(self, **overrides: Any) -> Path:
        path = self.directory / "config.yaml"
        path.write_text(yaml.safe_dump(self.config(**overrides), sort_keys=False))
        return path

    async def starts_bot(self, *, ready_within: float | None = 20, **overrides: Any) -> AskbridgeProcess:
        """Write the config and run askbridge with it until the test ends."""
        process = self.process(**overrides)
        await process.start(ready_within=ready_within)
        return process

    def process(
        self,
        *,
        command: Sequence[str] = ASKBRIDGE,
        prefix: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        **overrides: Any,
    ) -> AskbridgeProcess:
        """An askbridge that is not started yet; killed when the town ends."""
        process = AskbridgeProcess(
            self.write_config(**overrides),
            command=command,
            prefix=prefix,
            environment=environment,
            measured=self.measured,
        )
        self.processes.append(process)
        return process

    async def ends(self) -> None:
        """At once; under coverage in good order, since a process that is killed reports nothing."""
        for process in self.processes:
            if process.running:
                await (process.terminate() if self.measured and _COVERAGE in os.environ else process.kill())

    def _appservice_section(self, appservice: Appservice) -> JsonObject:
        return {
            "id": appservice.id,
            "url": f"http://127.0.0.1:{appservice.port}",
            "listen": f"127.0.0.1:{self.appservice_listen or appservice.port}",
            "as_token": appservice.as_token,
            "hs_token": appservice.hs_token,
        }


async def build_town(
    synapse: SynapseWithRegistrations,
    directory: Path,
    session: aiohttp.ClientSession,
    mode: Mode,
    *,
    former: bool = False,
) -> Town:
    """A town whose bot is an ordinary account (`sync`) or that of an application service (`push`).

    The account of the latter is not made here: that is askbridge's to do. `former`: by the one registration whose
    sender is the bot.
    """
    server = synapse.server
    if mode == "sync":
        account = await server.register(f"qa-{uuid4().hex[:8]}")
        return Town(server, mode, directory, account.user_id, session, server.url, bot_token=account.access_token)
    appservice = synapse.take(former=former)
    user_id = f"@{appservice.bot_localpart}:{server.server_name}"
    return Town(server, mode, directory, user_id, session, server.url, appservice=appservice)
