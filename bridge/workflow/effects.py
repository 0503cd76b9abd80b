"""Things the outside world must be told to do. Values; text is a key with arguments, put into words at delivery."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from bridge.domain.filters import Order
from bridge.domain.results import Argument


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`room_id` is where it happens. Effects of one lane are carried out in order.

    `aside`: somebody asked for too much at once; it goes out beside the room's other effects instead of before them.
    """

    kind: ClassVar[str]
    gathered: ClassVar[bool] = False
    """Whether what it shows takes slow reads: done beside the writer (`workflow.gathering`), just before it is sent."""
    room_id: str
    aside: bool = False

    @property
    def lane(self) -> str:
        return f"{self.room_id} aside" if self.aside else self.room_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCard(Effect):
    """The bot's one message in a question's thread, as the question stands at delivery.

    `triage`: its one message about the question in a triage room.
    """

    kind: ClassVar[str] = "post_card"
    number: int
    triage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCard(Effect):
    """Bring the card up to date with the question as it stands at delivery; nothing if it shows that already."""

    kind: ClassVar[str] = "edit_card"
    number: int
    triage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SayInTriage(Effect):
    """A line under a question's card in a triage room; `note` is the event id of the note whose words it repeats.

    Once a note was repeated, the message is edited.
    """

    kind: ClassVar[str] = "say_in_triage"
    number: int
    key: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayByRule(Effect):
    """What a rule of the config says in a question's thread; `text` is its template (`domain.rules.filled`)."""

    kind: ClassVar[str] = "say_by_rule"
    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(Effect):
    """What it shows takes slow reads."""

    gathered: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Effect):
    """A message to `reader`, in their language, where they wrote: in a thread or as a reply to `reply_to`.

    `about` is the question whose text or existence it gives away (0: none); the audience is asked again at delivery.
    `secluded`: only where nobody but people of ours reads along.
    """

    kind: ClassVar[str] = "reply"
    reader: str
    reply_to: str | None
    thread_root: str | None = None
    key: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    about: int = 0
    secluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowList(Gathered):
    """A page of questions. `wanted` is the filter as `domain.filters.spelled` writes it, with what that leaves out
    beside it; or else `numbers` says which.
    """

    kind: ClassVar[str] = "show_list"
    reader: str
    reply_to: str | None
    thread_root: str | None = None
    heading: str
    wanted: str = ""
    involves: str | None = None
    order: str = Order.NEWEST_FIRST.value
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSearch(Gathered):
    """A page of what words find; `wanted` as in a list."""

    kind: ClassVar[str] = "show_search"
    reader: str
    reply_to: str | None
    thread_root: str | None = None
    words: str
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowQuestion(Effect):
    """One question with its answers."""

    kind: ClassVar[str] = "show_question"
    reader: str
    reply_to: str | None
    thread_root: str | None = None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowExperts(Gathered):
    """Who knows about a tag."""

    kind: ClassVar[str] = "show_experts"
    reader: str
    reply_to: str | None
    thread_root: str | None = None
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowGaps(Gathered):
    """Tags that are asked often, and that nobody is known for."""

    kind: ClassVar[str] = "show_gaps"
    reader: str
    reply_to: str | None
    thread_root: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHelp(Effect):
    """The commands that the reader may use here, or one of them."""

    kind: ClassVar[str] = "show_help"
    reader: str
    reply_to: str | None
    thread_root: str | None = None
    topic: str = ""
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Effect):
    """A silent sign (a reaction) that a command was carried out, where the card is not in sight."""

    kind: ClassVar[str] = "acknowledge"
    event_id: str
    sign: str = "✔️"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPerson(Effect):
    """A message in a person's direct chat; `room_id` is "" until the chat is known."""

    room_id: str = ""
    person: str

    @property
    def lane(self) -> str:
        return self.person


Told = tuple[int, str, Mapping[str, Argument]]
"""The number of a question, what is said about it, and with which arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell(ToPerson):
    """What somebody is told about questions (`workflow.notices`), in one message with a line for each.

    A question that they may not see at delivery is left out.
    """

    kind: ClassVar[str] = "tell"
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestToRoom(Gathered):
    """What happened in a time (milliseconds), and what waits; nothing is sent where there is nothing to tell."""

    kind: ClassVar[str] = "digest_to_room"
    since: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestToPerson(ToPerson):
    """As to a room."""

    kind: ClassVar[str] = "digest_to_person"
    gathered: ClassVar[bool] = True
    since: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inform(ToPerson):
    """Tell a person something in a direct chat.

    `for_staff`: dropped where they are no longer one of ours at delivery. An argument named `room` or `rooms` is ids
    of rooms and is shown as their names, `until` a time (milliseconds, exclusive end) in the time zone of `space`;
    `workflow.phrasing` knows more such names.
    `asking` (see `cases.Asking`), `grant` and `detail`: what their ✅ on the message says yes to.
    """

    kind: ClassVar[str] = "inform"
    key: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    space: str = ""
    for_staff: bool = True
    asking: str = ""
    grant: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDoor(Effect):
    """Something about who may come in, or about the room itself: carried out beside what is said in the room."""

    @property
    def lane(self) -> str:
        return f"{self.room_id} door"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove(AtDoor):
    """Put a person out (or take back an invite, or turn down a knock), unless they have a place by then."""

    kind: ClassVar[str] = "remove"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite(AtDoor):
    """Invite a person, if they have a place and are not there. `sponsor` is told where that cannot be done."""

    kind: ClassVar[str] = "invite"
    person: str
    sponsor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackInvite(AtDoor):
    """Empty an `m.room.third_party_invite`, so that nobody can follow it (Client-Server API, third-party invites)."""

    kind: ClassVar[str] = "take_back_invite"
    state_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MendRoom(AtDoor):
    """Put right what differs from the space's policy, or put back what a moderator accepted; `drift` is its number."""

    kind: ClassVar[str] = "mend_room"
    drift: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRoom(Effect):
    """Accept an invite, or follow an upgrade (`via`: servers to ask)."""

    kind: ClassVar[str] = "join_room"
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnRoom(Effect):
    """Load a room's state and members from the homeserver: we joined it, or it may have changed unseen."""

    kind: ClassVar[str] = "learn_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStatistics(Gathered):
    """Statistics over the last `days`, of what `filters` (as they are written) let through, in words."""

    kind: ClassVar[str] = "show_statistics"
    reader: str
    reply_to: str | None
    thread_root: str | None = None
    filters: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTrend(Gathered):
    """The same as a picture. It takes a while to be drawn, so it goes out beside what else is said in the room."""

    kind: ClassVar[str] = "show_trend"
    reader: str
    reply_to: str | None
    thread_root: str | None = None
    filters: str
    days: int


EFFECTS: dict[str, type[Effect]] = {
    effect.kind: effect
    for effect in (
        *(
            PostCard,
            EditCard,
            SayInTriage,
            SayByRule,
            Reply,
            ShowList,
            ShowSearch,
            ShowQuestion,
            ShowHelp,
            Acknowledge,
            Tell,
        ),
        *(ShowStatistics, ShowTrend, ShowExperts, ShowGaps),
        *(DigestToRoom, DigestToPerson, Inform, Remove, Invite, TakeBackInvite, MendRoom, JoinRoom, LearnRoom),
    )
}

AT_DOORS = frozenset(kind for kind, effect in EFFECTS.items() if issubclass(effect, AtDoor))


def to_payload(effect: Effect) -> dict[str, Any]:
    return asdict(effect)


def from_payload(kind: str, payload: Mapping[str, Any]) -> Effect:
    """The effect that `to_payload` wrote; JSON's lists become tuples again."""
    return EFFECTS[kind](**{k: _tuples(v) for k, v in payload.items()})


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(v) for v in value)
    if isinstance(value, dict):
        return {k: _tuples(v) for k, v in value.items()}
    return value
