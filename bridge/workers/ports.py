"""What the loops need of the store's engine and of the rooms' keeper."""

from collections.abc import Callable, Mapping
from typing import Literal, Protocol, TypeVar

from bridge.workflow.effects import Effect
from bridge.workflow.encryption.sealing import Sealing
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

T = TypeVar("T")


class Store(Protocol):
    async def write(self, fn: Callable[[Transaction], T], durable: bool = False) -> T:
        """Run a function as one transaction in the store's thread; committed when this returns."""

    async def read(self, fn: Callable[[Transaction], T]) -> T:
        """Run a function that only reads, beside the writer, on one snapshot."""

    def hushed(self, room_id: str) -> bool:
        """Whether nothing may be said in a room until somebody is gone; from memory."""

    def held(self, room_id: str) -> frozenset[str]:
        """Who is to be treated as if they were gone from a room already; from memory."""

    def room(self, room_id: str) -> Room | None:
        """What is known of a room in this moment; from memory."""


class Speech(Protocol):
    """Makes it possible to speak in encrypted rooms."""

    @property
    def sealing(self) -> Sealing: ...

    async def make_ready(self, room_id: str) -> None:
        """Give our key to the devices in a room. Raises RetryLater and GiveUp."""


class Gatherer(Protocol):
    """Looks up what effects show whose reads are slow."""

    async def gather(self, effect: Effect) -> object:
        """Raises RetryLater and GiveUp."""


class Errands(Protocol):
    """Effects that are no messages. They raise only RetryLater and GiveUp."""

    async def join(self, room_id: str, via: tuple[str, ...]) -> None: ...

    async def learn(self, room_id: str) -> None: ...


class Indexing(Protocol):
    async def step(self) -> bool:
        """Do a little for the full text; whether there is more to do."""


class Upkeep(Protocol):
    def doors(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Approved grants that are not over, by space, and violations that go on, by step; from memory."""

    async def depth(self, queue: Literal["inbox", "outbox"]) -> tuple[int, int | None]:
        """How many rows wait in "inbox" or "outbox", and the time (ms) of the oldest."""

    async def prune(self, now: int, limit: int) -> int:
        """Forget up to `limit` rows of each kind that are of no use any more; return the most of any kind."""
