"""What a question, an answer and an acceptance are. Times are milliseconds since the epoch, UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

TITLE_LENGTH = 120
TEXT_LIMIT = 20_000
MOST_TAGS = 10
NO_ANSWER = "no_answer"
"""The reason of a question that was closed since none is needed, or to be had."""


DUPLICATE = "duplicate"
"""The reason of a question that was asked before; `duplicate_of` says as which."""
FORGOTTEN = "forgotten"
"""The reason of a question whose text went because of the rights of who asked it."""
EXPIRED = "expired"
"""The reason of one whose time is over: nothing that anybody wrote about it is left."""


class State(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


UNANSWERED = frozenset({State.OPEN, State.CLAIMED})


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Standing(StrEnum):
    """How far an answer has come. Computed from its acceptances, never stored."""

    GIVEN = "given"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ENDORSED = "endorsed"


class Voice(StrEnum):
    """As what somebody accepted an answer."""

    ASKER = "asker"
    MODERATOR = "moderator"
    STAFF = "staff"
    HELPER = "helper"


DECIDING = frozenset({Voice.ASKER, Voice.MODERATOR, Voice.STAFF})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a question. `source` is its mxc URI, or an EncryptedFile as JSON."""

    event_id: str
    kind: str
    name: str
    source: str
    mimetype: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A tracked question; `text` is "" once withdrawn, and `reason` says why a closed one is closed.

    One that is forgotten counts as withdrawn, too, and keeps its state.

    `held`: retention leaves it alone. `escalated`: moderators were called.
    `duplicate_of` is the question that it was closed as the same as; `suggested` are answered ones like it.
    """

    number: int
    space: str
    room_id: str
    event_id: str
    thread_root: str
    asker: str
    text: str
    created_at: int
    tags: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    directed_to: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL
    state: State = State.OPEN
    reason: str = ""
    assignee: str | None = None
    card_event_id: str | None = None
    first_response_at: int | None = None
    answered_at: int | None = None
    closed_at: int | None = None
    withdrawn: bool = False
    nudged: bool = False
    duplicate_of: int | None = None
    held: bool = False
    escalated: bool = False
    suggested: tuple[int, ...] = ()

    @property
    def first_line(self) -> str:
        """The title, whole."""
        return first_line_of(self.text)

    @property
    def title(self) -> str:
        return title_of(self.text)

    @property
    def body(self) -> str:
        return self.text.strip().partition("\n")[2].strip()

    @property
    def unanswered(self) -> bool:
        return self.state in UNANSWERED

    @property
    def forgotten(self) -> bool:
        return self.withdrawn and self.reason in {FORGOTTEN, EXPIRED}

    @property
    def untold(self) -> bool:
        """Whether it has no words here, since it was asked in an encrypted room: every question begins with some."""
        return not self.text and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Answer:
    event_id: str
    number: int
    author: str
    text: str
    created_at: int
    room_id: str
    withdrawn: bool = False

    @property
    def untold(self) -> bool:
        """As of a question."""
        return not self.text and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One person's word that an answer is it; `reaction` is the event id of the reaction that said so, if one did."""

    answer: str
    number: int
    by: str
    voice: Voice
    at: int
    reaction: str | None = None


@dataclass(frozen=True, slots=True)
class Discussion:
    """What was said about one question: answers in the order they came, and who accepted which."""

    answers: tuple[Answer, ...] = ()
    acceptances: tuple[Acceptance, ...] = field(default=())

    def ranked(self, votes: Mapping[str, int]) -> list[Answer]:
        """Accepted answers first, the primary one before all, then the others by votes, then as they came."""
        accepted = self.accepted
        place = {event_id: rank - len(accepted) for rank, event_id in enumerate(accepted)}
        left = [a for a in self.answers if not a.withdrawn]
        return sorted(left, key=lambda a: (place.get(a.event_id, 0), -votes.get(a.event_id, 0)))

    def answer(self, event_id: str) -> Answer | None:
        return next((a for a in self.answers if a.event_id == event_id and not a.withdrawn), None)

    def newest_for(self, person: str) -> Answer | None:
        """The answer that somebody means who points at none: the newest by another, else their own newest."""
        newest_first = [a for a in reversed(self.answers) if not a.withdrawn]
        return next((a for a in newest_first if a.author != person), next(iter(newest_first), None))

    @property
    def newest_proposed(self) -> Answer | None:
        answers = (a for a in reversed(self.answers) if not a.withdrawn)
        return next((a for a in answers if self.standing(a.event_id) is Standing.PROPOSED), None)

    def standing(self, answer: str) -> Standing:
        voices = {a.voice for a in self.acceptances if a.answer == answer}
        if {Voice.ASKER, Voice.MODERATOR} <= voices:
            return Standing.ENDORSED
        if voices & DECIDING:
            return Standing.ACCEPTED
        return Standing.PROPOSED if voices else Standing.GIVEN

    @property
    def accepted(self) -> tuple[str, ...]:
        """Accepted answers, the primary one first: the asker's latest choice, else the earliest acceptance."""
        deciding = sorted((a for a in self.acceptances if a.voice in DECIDING), key=lambda a: a.at)
        by_asker = [a.answer for a in reversed(deciding) if a.voice is Voice.ASKER]
        return tuple(dict.fromkeys(by_asker[:1] + [a.answer for a in deciding]))


def first_line_of(text: str) -> str:
    return text.strip().partition("\n")[0].strip()


def title_of(text: str) -> str:
    """The first line, cut at 120 characters for lists."""
    first = first_line_of(text)
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1].rstrip() + "…"


def trusted_time(claimed: object, received: int) -> int:
    """When something was said: the sender's clock where it is plausible (the 30 days before receipt), else our own."""
    month = 30 * 86_400_000
    if isinstance(claimed, int) and not isinstance(claimed, bool) and received - month <= claimed <= received:
        return claimed
    return received
