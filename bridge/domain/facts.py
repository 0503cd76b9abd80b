"""Past-tense records of what happened: the audit log and the source of statistics, digests, webhooks and the board.

A fact never holds what people wrote, so that forgetting a text never means rewriting history.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`at` is in milliseconds since the epoch, UTC; `number` is 0 where the fact is about no question."""

    at: int
    actor: str
    room_id: str
    space: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Fact):
    asker: str
    assignee: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEdited(Fact):
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWithdrawn(Fact):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionClaimed(Fact):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReleased(Fact):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionClosed(Fact):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReopened(Fact):
    """`cause` is `asked` (somebody reopened it), `unaccepted` or `answer_withdrawn`."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven(Fact):
    answer: str
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEdited(Fact):
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWithdrawn(Fact):
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProposed(Fact):
    answer: str
    author: str
    asker: str
    nudge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAccepted(Fact):
    """`settles` is true where this acceptance turned the question to answered."""

    answer: str
    author: str
    settles: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceWithdrawn(Fact):
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFollowed(Fact):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionUnfollowed(Fact):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChosen(Fact):
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomReplaced(Fact):
    """A room was upgraded: `room_id` gave way to `successor` (`m.room.tombstone`)."""

    successor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventParked(Fact):
    """An event could not be handled; `reference` finds the stack in the log."""

    event_id: str
    reference: str
