"""What somebody wants. The REST API, the board and the CLI enter the workflow with the same values as the chat does."""

from dataclasses import dataclass

from bridge.chat.events import MemberChanged, Origin, StateChanged
from bridge.chat.grammar import Speaker
from bridge.domain.filters import Filter
from bridge.domain.interests import Interest
from bridge.domain.questions import Attachment


@dataclass(frozen=True, slots=True)
class Ref:
    """Points to a question: by number, else by an event that belongs to it, else by the thread it was said in."""

    number: int | None = None
    event_id: str | None = None
    thread_root: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """`origin` is who, where, and in which event. `quiet` is true for reactions: a refusal is not worth a message."""

    origin: Origin
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Intent):
    """`event_id` is the message that holds the question, `by` its author; `origin` who made it a question."""

    event_id: str
    by: str
    said_at: object
    thread_root: str
    text: str
    tags: tuple[str, ...] = ()
    directed_to: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePart(Intent):
    """A message among the others about a question: an answer, or the asker's comment."""

    ref: Ref
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAnswer(Intent):
    ref: Ref
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Intent):
    """`answer` is the event id of what was pointed at; `text`, where there is one, becomes the answer."""

    ref: Ref
    answer: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSuggestion(Intent):
    """`place` among those that the card shows, from 0 on."""

    ref: Ref
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Intent):
    ref: Ref
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Intent):
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclaim(Intent):
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Intent):
    ref: Ref
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseUnanswered(Close):
    """No answer is needed, or there is none to be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Intent):
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Intent):
    """With an `interest`, that in place of a question."""

    ref: Ref
    interest: Interest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollow(Intent):
    """As `Follow`."""

    ref: Ref
    interest: Interest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(Intent):
    """A tracked message reads differently now: `text` without command and names, `plain` without command."""

    target: str
    text: str
    plain: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Intent):
    """An event was redacted."""

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestions(Intent):
    heading: str
    wanted: Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuestions(Intent):
    words: str
    wanted: Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOne(Intent):
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Help(Intent):
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLanguage(Intent):
    """`language` is a code, "default" to follow the space again, or "" to be told."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutSomebody(Intent):
    """What is said of somebody's access, as written: dates in it are read in the writer's language."""

    rest: str
    speaker: Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePerson(AboutSomebody):
    """Let somebody from outside in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendGrant(AboutSomebody):
    """Let somebody's access end later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeGrant(AboutSomebody):
    """End somebody's access."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExternals(Intent):
    """`space` is None where none was named."""

    space: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIs(Intent):
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequests(Intent):
    """What waits for a moderator's word; with a `number`, that word: `approve` or not."""

    number: int = 0
    approve: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTerms(Intent):
    """Show the terms again, or `accept` them."""

    accept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Intent):
    """A ✅ on a message by which the bot asked somebody something about a grant."""

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstood(Intent):
    """What was written is no valid command; `key` and `arguments` say what was wrong and what would be right."""

    key: str
    arguments: dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChanged(Intent):
    change: StateChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChanged(Intent):
    change: MemberChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Intent):
    """Our own message came back."""

    effect_id: str
