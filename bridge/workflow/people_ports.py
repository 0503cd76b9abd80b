"""What is kept about who is told what: the values, and what is asked of the store."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bridge.domain.expertise import Credit
from bridge.domain.interests import Interest
from bridge.domain.results import Argument


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person is to be told about a question; never what somebody wrote.

    `key` of the catalogues, with `arguments`; `named`: it is about them, not about something that they follow.
    `at` in milliseconds; `seq` is 0 until it is stored.
    """

    person: str
    number: int
    key: str
    named: bool
    at: int
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    seq: int = 0


class Notices(Protocol):
    def add(self, notice: Notice) -> None: ...

    def waiting(self, person: str, limit: int) -> list[Notice]:
        """What they were not told yet, the oldest first."""

    def drop(self, notices: Collection[Notice]) -> None: ...


@dataclass(frozen=True, slots=True)
class Score:
    """What somebody's answers in a room earned under a tag (see `domain.expertise.today`), and how many those are."""

    person: str
    room_id: str
    stored: float
    count: int


class Experts(Protocol):
    def credit(self, number: int, credits: Collection[Credit]) -> None:
        """What the answers to a question earn from now on, in place of what they earned before."""

    def best(self, tag: str, rooms: Collection[str], limit: int) -> list[Score]:
        """Who earned the most under a tag in one of these rooms, the best first."""

    def leading(self, tag: str, room_id: str, limit: int) -> set[Score]:
        """Who earned the most under a tag anywhere, and everybody who earned something in a room."""

    def asked(self, rooms: Collection[str], since: int) -> list[tuple[str, str, int]]:
        """How often questions with a tag were asked in one of these rooms since a time (ms): (tag, room id, count).

        Slow: reads all those questions.
        """

    def request(self, person: str, number: int, now: int) -> None:
        """They were asked about a question as a likely expert."""

    def requests(self, person: str, since: int) -> int:
        """How often they were, since a time (ms) of the last days."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What a person follows; `room_id` is where they said so, since its words may not be repeated everywhere."""

    person: str
    interest: Interest
    room_id: str


class Interests(Protocol):
    """Those of everybody are held in memory."""

    def add(self, followed: Followed) -> bool:
        """False where they follow that already."""

    def drop(self, person: str, interest: Interest) -> bool:
        """False where they do not follow that."""

    def of(self, person: str) -> list[Followed]:
        """In the order in which they were added."""

    def forget(self, person: str) -> None:
        """What they follow, and who follows them."""

    def under(self, keys: Collection[str]) -> list[Followed]:
        """Those that have one of these keys (`Interest.keys`); from memory, without a query."""
