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
    """A message became a question. `asker` is its author; the actor may be somebody else, who made it one."""

    asker: str
    assignee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEdited(Fact):
    """Its author edited the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWithdrawn(Fact):
    """The message was redacted; its text is gone, its number stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionClaimed(Fact):
    """The actor takes care of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReleased(Fact):
    """Whoever took care of it does so no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionClosed(Fact):
    """No answer is needed any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReopened(Fact):
    """`cause` is `asked` (somebody reopened it), `unaccepted` or `answer_withdrawn`."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven(Fact):
    """`answer` is the event id of the message; `first` is true for the first response by anybody but the asker."""

    answer: str
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEdited(Fact):
    """Its author edited the message."""

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWithdrawn(Fact):
    """The message was redacted; its text is gone."""

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProposed(Fact):
    """Somebody who may not accept `answer` says that it is right. `nudge`: the `asker` is asked about it."""

    answer: str
    author: str
    asker: str
    nudge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAccepted(Fact):
    """`answer`, by `author`, counts. `settles` is true where this turned the question to answered."""

    answer: str
    author: str
    settles: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceWithdrawn(Fact):
    """`answer` is accepted or proposed no longer."""

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFollowed(Fact):
    """The actor is told what becomes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionUnfollowed(Fact):
    """The actor is told no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChosen(Fact):
    """The bot speaks `language` to the actor from now on; `default` is the language of the room."""

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
