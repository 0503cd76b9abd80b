"""Olm accounts and outbound sessions between two uses: to wake one from its pickle costs more than to use it.

Waking an account computes all its one-time keys anew, which takes milliseconds.
"""

from typing import Generic, TypeVar

T = TypeVar("T")


class Awake(Generic[T]):
    """Holds a value as one pickle describes it. Who takes it may change it; it is kept again with its new pickle.

    A transaction that is rolled back leaves nothing: the pickle of before finds no value here, and wakes its own.
    """

    def __init__(self) -> None:
        self._last: tuple[str, T] | None = None

    def take(self, pickle: str) -> T | None:
        last, self._last = self._last, None
        return last[1] if last is not None and last[0] == pickle else None

    def keep(self, pickle: str, value: T) -> None:
        self._last = (pickle, value)
