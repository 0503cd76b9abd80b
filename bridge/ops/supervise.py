"""Keeps the program's loops alive: what dies of a bug is logged once and started again, and all stop in good order."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bridge.ops.health import Health

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are taken for one another when read aloud."""

log = structlog.get_logger()


def reference_id() -> str:
    """A short random id under which a bug stands in the log, fit to be told to a user."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


class FatalTask(Exception):
    """A task that the program cannot do without has died; its error stands in the log under the reference."""

    def __init__(self, name: str, reference: str) -> None:
        super().__init__(f"{name} has died (reference {reference})")
        self.name = name
        self.reference = reference


@dataclass(frozen=True)
class Backoff:
    """How long a task waits before it is started again: twice as long each time, anew after it ran well for a while."""

    first: float = 0.5
    most: float = 30.0
    well_after: float = 30.0

    def after(self, deaths: int) -> float:
        return min(self.first * 2.0 ** min(deaths - 1, 30), self.most)


@dataclass
class _Task:
    name: str
    make: Callable[[], Awaitable[None]]
    fatal: bool
    drains: bool
    running: asyncio.Task[None] | None = None


class Supervisor:
    """Named tasks of the program.

    `stopping` is set when it is time to end; tasks that drain watch it and return. Errors of the `expected` classes,
    which an operator can mend, are logged by their message instead of a stack.
    """

    def __init__(
        self,
        health: Health | None = None,
        backoff: Backoff | None = None,
        expected: tuple[type[Exception], ...] = (),
    ) -> None:
        self.stopping = asyncio.Event()
        self._health = health
        self._expected = expected
        self._backoff = backoff or Backoff()
        self._tasks: list[_Task] = []
        self._ended = asyncio.Event()
        self._fatal: FatalTask | None = None

    def start(
        self, name: str, make: Callable[[], Awaitable[None]], *, fatal: bool = False, drains: bool = False
    ) -> None:
        """Run what `make` gives, and again whenever it dies of an unexpected error; returning is no error.

        `fatal` ends the program instead. `drains` gives the task until the deadline of `stop` to return by itself;
        others are cancelled at once.
        """
        task = _Task(name, make, fatal, drains)
        self._tasks.append(task)
        task.running = asyncio.create_task(self._keep(task), name=name)

    async def wait(self) -> None:
        """Return when stopping was asked for. Raises FatalTask where a fatal task died."""
        await self._ended.wait()
        if self._fatal:
            raise self._fatal

    def end(self) -> None:
        """Ask for the end; `wait` returns, and whoever waits calls `stop`."""
        self._ended.set()

    async def stop(self, deadline: float = 10.0) -> None:
        """End every task within the deadline, in seconds: sources first, then those that finish what they have."""
        self.stopping.set()
        self._ended.set()
        until = asyncio.get_running_loop().time() + deadline * 0.9
        await self._cancel([task for task in self._tasks if not task.drains])
        late = await self._drain(until)
        for task in late:
            log.warning("task_did_not_finish", task=task.name, deadline=deadline)
        await self._cancel(late)

    async def _drain(self, until: float) -> list[_Task]:
        """Wait for the tasks that finish by themselves; those that did not."""
        draining = [task for task in self._tasks if task.drains and task.running and not task.running.done()]
        running = [task.running for task in draining if task.running]
        if running:
            await asyncio.wait(running, timeout=max(0.0, until - asyncio.get_running_loop().time()))
        return [task for task in draining if task.running and not task.running.done()]

    async def _cancel(self, tasks: list[_Task]) -> None:
        running = [task.running for task in tasks if task.running]
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=1.0)

    async def _keep(self, task: _Task) -> None:
        """Run a task until it returns, it is cancelled, or it was fatal."""
        deaths = 0
        clock = asyncio.get_running_loop().time
        while not self.stopping.is_set():
            began = clock()
            recovery = asyncio.get_running_loop().call_later(self._backoff.well_after, self._recovered, task)
            try:
                error = await self._run(task)
            finally:
                recovery.cancel()
            if error is None:
                self._recovered(task)
                return
            deaths = 1 if clock() - began >= self._backoff.well_after else deaths + 1
            if self._died(task, error, deaths):
                return
            await self._pause(self._backoff.after(deaths))

    async def _run(self, task: _Task) -> BaseException | None:
        """The unexpected error that ended a run; None where it returned. A cancellation that is not ours is one too."""
        try:
            await task.make()
        except asyncio.CancelledError as error:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            return error
        except Exception as error:
            return error
        return None

    def _died(self, task: _Task, error: BaseException, deaths: int) -> bool:
        """Log a death, once, and say whether that was the end."""
        reference = reference_id()
        known = isinstance(error, self._expected)
        told = {"reason": str(error)} if known else {"exc_info": error}
        log.error("task_died", task=task.name, reference=reference, deaths=deaths, fatal=task.fatal, **told)
        if self._health:
            self._health.set(_part(task), f"died of a bug and is started again (reference {reference})")
        if task.fatal:
            self._fatal = FatalTask(task.name, reference)
            self._fatal.__cause__ = error
            self._ended.set()
        return task.fatal

    def _recovered(self, task: _Task) -> None:
        if self._health:
            self._health.set(_part(task), None)

    async def _pause(self, seconds: float) -> None:
        """Wait, but no longer than until the program stops."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return


def _part(task: _Task) -> str:
    """What the health page calls it, apart from what the task itself reports there."""
    return f"task {task.name}"
