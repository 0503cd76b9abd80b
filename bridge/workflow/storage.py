"""What the workflow asks of the store, as Protocols. One `Transaction` serves a batch of events.

All methods are synchronous: a transaction runs whole in the store's thread, so none waits for the network.
Reads see the transaction's own writes. Writes may be buffered; they are flushed set-based before commit.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from bridge.domain.drift import Kind
from bridge.domain.enforcement import Step
from bridge.domain.facts import Fact
from bridge.domain.filters import Filter
from bridge.domain.grants import Grant
from bridge.domain.people import People
from bridge.domain.questions import Acceptance, Answer, Discussion, Question
from bridge.workflow.cases import Cascade, DriftCase, Prompt, Violation
from bridge.workflow.digests import Digests
from bridge.workflow.effects import Effect
from bridge.workflow.fulltext import Search
from bridge.workflow.keystore import Keys
from bridge.workflow.people_ports import Experts, Interests, Notices
from bridge.workflow.records import Delivery, OutboxRow, Page, Pending, Person, Reaction, Role, Room, SetAside, Tracked
from bridge.workflow.rights import Rights
from bridge.workflow.rotations import Rotations
from bridge.workflow.tallies import Tallies
from bridge.workflow.timers import Timers
from bridge.workflow.triage_ports import Notes, TriageCards
from bridge.workflow.vectors import Merges, Vectors

F = TypeVar("F", bound=Fact)


class Questions(Protocol):
    def next_number(self) -> int:
        """A number that was never used and never will be again, once committed."""

    def add(self, question: Question) -> None: ...

    def save(self, question: Question) -> None: ...

    def get(self, number: int) -> Question | None: ...

    def several(self, numbers: Collection[int]) -> dict[int, Question]: ...

    def discussion(self, number: int) -> Discussion: ...

    def discussions(self, numbers: Collection[int]) -> dict[int, Discussion]: ...

    def add_answer(self, answer: Answer) -> None: ...

    def save_answer(self, answer: Answer) -> None: ...

    def add_acceptance(self, acceptance: Acceptance) -> None:
        """Replaces an earlier word of the same person on the same answer."""

    def drop_acceptances(self, acceptances: Iterable[Acceptance]) -> None: ...

    def track(self, event_id: str, number: int, role: Role) -> None:
        """Say that an event belongs to a question. What is tracked already stays as it is."""

    def tracked(self, event_id: str) -> Tracked | None:
        """Answers from what `prefetch` loaded and what this transaction tracked, without a query."""

    def add_reaction(self, reaction: Reaction) -> None: ...

    def reaction(self, event_id: str) -> Reaction | None:
        """Like `tracked`, from what `prefetch` loaded."""

    def drop_reaction(self, event_id: str) -> None: ...

    def votes(self, number: int) -> dict[str, int]:
        """Answer -> 👍 less 👎, each person counted once a key; answers without votes are left out."""

    def prefetch(self, events: Collection[str], numbers: Collection[int]) -> None:
        """Load in a few set-based queries what is tracked under these event ids, and the questions behind them.

        No query at all where both are empty.
        """

    def find(self, wanted: Filter, rooms: Collection[str], people: People, now: int) -> Page:
        """Questions asked in one of `rooms`. Withdrawn ones are left out."""

    def follow(self, user_id: str, number: int) -> bool:
        """False where they follow it already."""

    def unfollow(self, user_id: str, number: int) -> bool: ...

    def followers(self, number: int) -> list[str]: ...

    def followed_by(self, user_id: str, limit: int) -> list[int]:
        """The numbers of the newest questions that somebody follows, the newest first."""

    def shown(self, number: int) -> str | None:
        """The digest of what the card shows (see `Outbox.card_shown`)."""


class Rooms(Protocol):
    def get(self, room_id: str) -> Room | None: ...

    def all(self) -> Mapping[str, Room]:
        """Every known room; from memory, without a query."""

    def of_space(self, space: str) -> list[Room]:
        """The rooms of a space; from memory, without going through all."""

    def save(self, room: Room) -> None: ...

    def keeps_no_text(self, room_id: str) -> bool:
        """Whether nothing that people write there is written down: encrypted, with `encryption.tracking: metadata`.

        Questions and answers see to it themselves; whoever writes words down elsewhere asks. From memory.
        """

    def revision(self, room_id: str) -> int:
        """Grows, within this process, with every change of the room or its members; from memory."""

    def set_member(self, room_id: str, user_id: str, membership: str, display_name: str) -> None: ...

    def replace_members(self, room_id: str, members: Mapping[str, tuple[str, str]]) -> None:
        """All members of a room at once: user id -> (membership, display name)."""

    def members(self, room_id: str) -> dict[str, str]:
        """User id -> membership."""

    def joined_by(self, user_id: str) -> set[str]: ...

    def in_company(self, room_id: str, one: str, other: str) -> bool:
        """Whether anybody but these two has joined the room."""

    def memberships_of(self, user_id: str) -> dict[str, str]:
        """Room id -> membership, also of rooms that they left."""

    def names_in(self, room_id: str) -> dict[str, str]:
        """User id -> display name of who is joined and has one."""

    def display_names(self, people: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """(room id, user id) -> display name, where there is one."""


class Persons(Protocol):
    def get(self, user_id: str) -> Person:
        """Somebody unknown is a Person without choices."""

    def several(self, user_ids: Collection[str]) -> dict[str, Person]: ...

    def save(self, person: Person) -> None: ...

    def declaring(self, tag: str) -> Collection[str]:
        """Who says of themselves that they know about it; from memory."""


class Inbox(Protocol):
    def pending(self, now: int, limit: int = 100) -> list[Pending]:
        """Rows to be handled, oldest first; a room whose first row waits is left out whole."""

    def done(self, rows: Iterable[Pending]) -> None:
        """Handled: the payload goes, the event id stays for deduplication."""

    def retry(self, row: Pending, not_before: int) -> None: ...

    def park(self, row: Pending, reference: str) -> None: ...

    def forget(self, event_id: str) -> None:
        """Drop the payload of an event that was redacted, be it parked, set aside or still to be handled."""

    def set_aside(self, row: Pending, session_id: str) -> None:
        """It cannot be read before the key of a room session comes; its room goes on without it."""

    def accept_unread(self, rows: Sequence[tuple[tuple[str, str, int, str, str, int, int], str]]) -> int:
        """Add rows (as the door makes them) that wait for a room session's key; those that are there stay as they are.

        Returns how many were added.
        """

    def revive(self, session_ids: Collection[str]) -> int:
        """Their keys came: what waits for them is to be handled, in its old place. Returns how many rows those are."""

    def unread(self, limit: int, older_than: int, *, newest: bool = False) -> list[SetAside]:
        """Rows set aside that came at that time (ms) or before and were not `told`, oldest or newest first."""

    def told(self, rows: Collection[SetAside]) -> None:
        """Somebody was told that these cannot be read; nothing waits for them any more."""

    def release(self, session_ids: Collection[str]) -> int:
        """What is about messages that were told of is to be handled without them. Returns how many rows those are."""

    def unread_ids(self) -> Mapping[str, str]:
        """Event id -> the room session it waits for, of the newest 10,000 rows set aside, not `told`; from memory."""

    def unread_count(self) -> int: ...

    def forget_unread(self, before: int, limit: int) -> int:
        """Delete up to `limit` rows set aside that came before a time; return how many."""


class Outbox(Protocol):
    def add(self, effect_id: str, effect: Effect, now: int) -> None: ...

    def pending(self, now: int, limit: int = 500, busy: Collection[int] = ()) -> list[OutboxRow]:
        """Rows to be sent, oldest first, without those in `busy`; a lane whose first row waits is left out whole."""

    def delivered(self, deliveries: Sequence[Delivery]) -> None:
        """Settle rows. The payload goes; effect id and event id stay."""

    def card_shown(self, number: int, card_event_id: str | None, digest: str) -> None:
        """The card of a question shows this now; `card_event_id` on its first delivery."""

    def retry(self, row: OutboxRow, not_before: int) -> None: ...

    def park(self, row: OutboxRow, reason: str) -> None: ...

    def waits(self, effect_id: str) -> bool:
        """Whether an effect is still to be carried out; from memory, without a query."""

    def known(self, effect_id: str) -> bool:
        """Whether such an effect was ever added, delivered or not, within the time that they are kept."""

    def settle(self, effect_id: str, event_id: str) -> OutboxRow | None:
        """An echo from the homeserver: the row, if it was still pending; the caller records the delivery."""


class Grants(Protocol):
    """Those that are not over (`ended_at` is None) are held in memory."""

    def next_number(self) -> int: ...

    def save(self, grant: Grant) -> None:
        """Add or change a grant."""

    def get(self, number: int) -> Grant | None: ...

    def of(self, user_id: str) -> tuple[Grant, ...]:
        """A person's grants that are not over; from memory, without a query."""

    def all(self) -> Iterable[Grant]:
        """Every grant that is not over; from memory, without a query."""

    def alone_in(self, room_id: str) -> bool:
        """Whether somebody holds an approved grant for this room alone; from memory, without a query."""

    def ended_of(self, user_id: str, limit: int = 5) -> list[Grant]:
        """A person's grants that are over, the latest first."""


class Violations(Protocol):
    """Those that go on are held in memory, so none of these but `end`, `ended` and `removed_at` costs a query."""

    def get(self, room_id: str, user_id: str) -> Violation | None: ...

    def of_room(self, room_id: str) -> tuple[Violation, ...]: ...

    def of_person(self, user_id: str) -> tuple[Violation, ...]: ...

    def at(self, step: Step) -> tuple[Violation, ...]: ...

    def count(self, step: Step) -> int:
        """How many are at a step, without going through them."""

    def all(self) -> Iterable[Violation]: ...

    def save(self, violation: Violation) -> None: ...

    def end(self, room_id: str, user_id: str, now: int, *, removed: bool) -> None:
        """They are gone, or have a place now. `removed`: it was the bot that put them out."""

    def removed_at(self, room_id: str, user_id: str) -> int | None:
        """When the bot last put them out of the room, in milliseconds."""

    def ended(self, room_id: str, user_id: str) -> tuple[Step, int] | None:
        """The last step of what was wrong there before and is over, and when that ended, in milliseconds."""


class Cascades(Protocol):
    def next_number(self) -> int: ...

    def save(self, cascade: Cascade) -> None: ...

    def get(self, number: int) -> Cascade | None: ...


class Prompts(Protocol):
    """Held in memory."""

    def add(self, prompt: Prompt) -> None: ...

    def get(self, event_id: str) -> Prompt | None: ...

    def drop(self, event_id: str) -> None:
        """It is settled by itself."""

    def forget(self, grant: int) -> None:
        """Its questions are settled: a later ✅ on them means nothing."""


class Drifts(Protocol):
    """Those that go on, and those that nobody was told of yet, are held in memory."""

    def next_number(self) -> int: ...

    def save(self, case: DriftCase) -> None:
        """Add or change a case."""

    def get(self, number: int) -> DriftCase | None: ...

    def of_room(self, room_id: str) -> list[DriftCase]:
        """Those that go on; from memory, without a query."""

    def all(self) -> list[DriftCase]:
        """Every one that goes on; from memory, without a query."""

    def untold(self) -> list[DriftCase]:
        """Those that moderators are yet to be told of, be they over or not; from memory, without a query."""

    def mended_since(self, room_id: str, kind: Kind, about: str, since: int) -> list[str]:
        """What the bot found there each time that it put it right since a time (milliseconds)."""


class Facts(Protocol):
    def add(self, fact: Fact) -> None: ...

    def of(self, number: int, kind: type[F]) -> list[F]:
        """Those of a kind about a question, the oldest first."""


class Transaction(Protocol):
    @property
    def questions(self) -> Questions: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def persons(self) -> Persons: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def grants(self) -> Grants: ...
    @property
    def violations(self) -> Violations: ...
    @property
    def cascades(self) -> Cascades: ...
    @property
    def prompts(self) -> Prompts: ...
    @property
    def drifts(self) -> Drifts: ...
    @property
    def keys(self) -> Keys: ...
    @property
    def rights(self) -> Rights: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def search(self) -> Search: ...
    @property
    def tallies(self) -> Tallies: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def experts(self) -> Experts: ...
    @property
    def interests(self) -> Interests: ...
    @property
    def rotations(self) -> Rotations: ...
    @property
    def triage_cards(self) -> TriageCards: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def vectors(self) -> Vectors: ...
    @property
    def merges(self) -> Merges: ...
