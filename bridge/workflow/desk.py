"""What a use case has before it: one intent's surroundings, and the answers it may give."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bridge.chat.command import Setting
from bridge.chat.events import Origin
from bridge.domain.access import InPrivate, InRoom, Place, Viewer, is_secluded
from bridge.domain.facts import Fact
from bridge.domain.lifecycle import Actor
from bridge.domain.people import People, is_denied, is_moderator, is_ours
from bridge.domain.questions import Question
from bridge.domain.results import Refused
from bridge.domain.rules import Rule
from bridge.domain.similarity import Similarity
from bridge.domain.spaces import Space
from bridge.domain.teams import NO_CAPS, Caps
from bridge.domain.tracking import may_quote
from bridge.workflow.effects import Acknowledge, Effect
from bridge.workflow.pacing import Pacing
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

UNREAD = "invite"
"""The membership under which the bot stands in a direct chat that it was invited to, until it has read the room."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the config says that use cases need. `language` and `zone` are for rooms whose space, and people who,
    chose none.

    `max_removals`: with more due at once than this, moderators are asked first. `trusted`: the newest config file could
    be loaded; while it could not, nobody is removed by its rules. `encryption`: whether we can encrypt; while we
    cannot, nothing is said in encrypted rooms. `experts_asked` likely experts of a question are asked at most, nobody
    more often than `experts_a_day`.
    `similarity`: None where meanings are not compared.
    """

    setting: Setting
    people: People
    spaces: Mapping[str, Space]
    language: str = "en"
    zone: str = "UTC"
    pacing: Pacing = field(default_factory=lambda: Pacing(None))
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    caps: Caps = NO_CAPS
    rules: tuple[Rule, ...] = ()
    max_removals: int = 5
    experts_asked: int = 2
    experts_a_day: int = 3
    trusted: bool = True
    encryption: bool = True
    similarity: Similarity | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What happened, and what else is to be done besides the consequences of these facts."""

    facts: tuple[Fact, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Disregarded:
    """Not for us; `reason` is one of few words, for the metrics."""

    reason: str


Outcome = Done | Refused | Disregarded


@dataclass(frozen=True, slots=True)
class Desk:
    """`now` and `received_at` in milliseconds; `room` is None where the event's room is unknown to us."""

    tx: Transaction
    policy: Policy
    origin: Origin
    room: Room | None
    now: int
    received_at: int

    @property
    def sender(self) -> str:
        return self.origin.sender

    @property
    def private(self) -> bool:
        return self.room is not None and self.room.direct_with is not None

    @property
    def place(self) -> Place | None:
        return place_of(self.room, self.tx, self.policy)

    @property
    def secluded(self) -> bool:
        """Whether nobody but people of ours reads what is said here."""
        if self.private:
            return alone_with(self.room, self.tx, self.policy) is not None
        place = self.place
        return place is not None and is_secluded(place)

    def viewer(self) -> Viewer | None:
        """Who reads what is said here; None in a room that is not ours, or where somebody else reads along."""
        if self.private:
            owner = alone_with(self.room, self.tx, self.policy)
            return private_view(owner, self.tx, self.policy) if owner == self.sender else None
        place = self.place
        return InRoom(place) if place else None

    def actor(self, question: Question) -> Actor:
        """The sender, with the standing they have in the question's room."""
        room = self.tx.rooms.get(question.room_id)
        moderator = room is not None and is_moderator(self.sender, self.policy.people, room.powers)
        return Actor(self.sender, moderator, is_ours(self.sender, self.policy.people))

    def kept(self, words: str) -> str:
        """What somebody wrote here, as far as it may be written down."""
        return "" if self.tx.rooms.keeps_no_text(self.origin.room_id) else words

    def carried(self, words: str, room_id: str) -> str:
        """What somebody wrote here, as far as it may be written down to be repeated in a room."""
        return self.kept(words) if quotable(self.tx, self.origin.room_id, room_id) else ""

    def done(self, question: Question, *facts: Fact) -> Done:
        """Done, with a silent sign where the question's card is not in sight of who wrote the command."""
        root = self.tx.questions.tracked(self.origin.thread_root) if self.origin.thread_root else None
        in_sight = self.origin.thread_root == question.thread_root or (root and root.number == question.number)
        sign = Acknowledge(room_id=self.origin.room_id, event_id=self.origin.event_id)
        return Done(facts, () if in_sight else (sign,))


def with_replaced(room_id: str, tx: Transaction) -> set[str]:
    """A room and those that it replaced."""
    rooms: set[str] = set()
    room = tx.rooms.get(room_id)
    while room and room.room_id not in rooms:
        rooms.add(room.room_id)
        room = tx.rooms.get(room.predecessor) if room.predecessor else None
    return rooms


def rooms_of(user_id: str, tx: Transaction) -> frozenset[str]:
    """The rooms that somebody rightly is in at this moment, and those that these replaced."""
    intruding = {violation.room_id for violation in tx.violations.of_person(user_id) if violation.held}
    joined = tx.rooms.joined_by(user_id) - intruding
    return frozenset(joined.union(*(with_replaced(room_id, tx) for room_id in joined)))


def private_view(user_id: str | None, tx: Transaction, policy: Policy) -> InPrivate | None:
    """What somebody looks at in their direct chat; nobody denied looks at anything."""
    if user_id is None or is_denied(user_id, policy.people):
        return None
    return InPrivate(user_id, rooms_of(user_id, tx))


def is_unread(room: Room | None, tx: Transaction, policy: Policy) -> bool:
    """Whether somebody made this direct chat, and it is not known yet who is in it."""
    if room is None or room.direct_with is None:
        return False
    return tx.rooms.members(room.room_id).get(policy.setting.me) == UNREAD


def alone_with(room: Room | None, tx: Transaction, policy: Policy) -> str | None:
    """Whose direct chat a room is; None where it is nobody's, or others are in it, too."""
    if room is None or room.direct_with is None:
        return None
    members = tx.rooms.members(room.room_id)
    present = {who for who, membership in members.items() if membership == "join"}
    if members.get(policy.setting.me) == UNREAD:
        return None
    return room.direct_with if present <= {room.direct_with, policy.setting.me} else None


def quotable(tx: Transaction, source: str, target: str) -> bool:
    """Whether what was said in one room may be repeated in another; where a room is not known, the stricter holds."""
    asked, shown = tx.rooms.get(source), tx.rooms.get(target)
    return may_quote(asked is None or asked.encrypted, shown is not None and shown.encrypted)


def place_of(room: Room | None, tx: Transaction, policy: Policy) -> Place | None:
    """Where a room stands among the spaces; None where it belongs to none. Costs no query."""
    space = policy.spaces.get(room.space) if room and room.space else None
    if room is None or space is None:
        return None
    return Place(room.room_id, space, _granted_alone(room, tx), _exposed(room, tx))


def _granted_alone(room: Room, tx: Transaction) -> bool:
    if room.predecessor is None:
        return tx.grants.alone_in(room.room_id)
    return any(tx.grants.alone_in(room_id) for room_id in with_replaced(room.room_id, tx))


def _exposed(room: Room, tx: Transaction) -> bool:
    """Whether others read along than the room is for."""
    if room.content("m.room.history_visibility").get("history_visibility") == "world_readable":
        return True
    return any(violation.membership == "join" for violation in tx.violations.of_room(room.room_id))
