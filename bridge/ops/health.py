"""Whether the program is well: each part says what is wrong with it, rooms that have trouble are warned of."""

import asyncio
from collections.abc import Iterable
from typing import Any

STARTING = "starting"


class Health:
    """What `/health/live` and `/health/ready` answer. Parts named at the start are not ready until they report."""

    def __init__(self, parts: Iterable[str] = ()) -> None:
        self._parts: dict[str, str | None] = dict.fromkeys(parts, STARTING)
        self._warnings: dict[str, str] = {}
        self._dead: str | None = None
        self._well = asyncio.Event()

    def set(self, part: str, problem: str | None) -> None:
        """A part reports what is wrong with it; None says that it is well."""
        self._parts[part] = problem
        if not any(self._parts.values()):
            self._well.set()

    async def well(self) -> None:
        """Until every part has been well at the same time, once."""
        await self._well.wait()

    def warn(self, about: str, problem: str | None) -> None:
        """Something is wrong that does not stop the rest, such as a room that cannot be joined; None takes it back."""
        if problem is None:
            self._warnings.pop(about, None)
        else:
            self._warnings[about] = problem

    def fail(self, problem: str) -> None:
        """The program cannot recover and ought to be started anew."""
        self._dead = problem

    def live(self) -> bool:
        return self._dead is None

    def ready(self) -> tuple[bool, dict[str, Any]]:
        """Whether every part is well, and a JSON object that says how each is."""
        well = self.live() and not any(self._parts.values())
        parts = {name: _said(problem) for name, problem in sorted(self._parts.items())}
        answer: dict[str, Any] = {"ready": well, "parts": parts, "warnings": dict(sorted(self._warnings.items()))}
        if self._dead is not None:
            answer["problem"] = self._dead
        return well, answer


def _said(problem: str | None) -> dict[str, Any]:
    return {"ok": True} if problem is None else {"ok": False, "problem": problem}
