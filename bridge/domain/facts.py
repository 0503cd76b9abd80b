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
    """`answer` is accepted or proposed no longer, by these people (facts of before version 0.2 do not say whom)."""

    answer: str
    by: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFact(Fact):
    """What facts about somebody's access have in common: `grant` is the number of the grant (0: none)."""

    person: str
    grant: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequested(AccessFact):
    """The actor asked for a grant, or for a later end, that a moderator has to approve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRefused(AccessFact):
    """A moderator turned the request down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGranted(AccessFact):
    """The actor let the person in; `ends_at` in milliseconds, None without an end."""

    sponsor: str
    ends_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessExtended(AccessFact):
    """The grant ends later, or earlier, from now on."""

    ends_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRevoked(AccessFact):
    """The actor ended the grant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessExpired(AccessFact):
    """The grant came to its end; the actor is the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAccepted(AccessFact):
    """The person accepted the terms; `version` is a digest of their text."""

    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorLost(AccessFact):
    """The sponsor is no longer one of ours; moderators are asked to take over."""

    sponsor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorChanged(AccessFact):
    """The actor vouches for the person from now on."""

    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationFound(AccessFact):
    """The person is where they have no place. `step` is what is done about it: off, report, due, waiting, stuck."""

    reason: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemoved(AccessFact):
    """The bot put the person out of the room, took back an invite, or turned down a knock (`membership`)."""

    reason: str
    membership: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalFailed(AccessFact):
    """The bot could not put the person out; `problem` is the obstacle or what the homeserver said."""

    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalsHalted(Fact):
    """More removals than `enforcement.max_removals` came due at once: they wait for a moderator's word."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalsConfirmed(Fact):
    """A moderator let removals that waited be carried out."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpersonationSuspected(AccessFact):
    """Somebody who is not one of ours goes by a name that looks like that of `resembles`."""

    resembles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteTakenBack(Fact):
    """An invite of somebody unknown by mail or phone (`m.room.third_party_invite`) was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftFound(Fact):
    """Something in the room differs from the policy of its space: `what` says of which kind it is, `drift` is its
    number. The actor is who changed it, as far as that is known.
    """

    drift: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftMended(Fact):
    """The bot put it right."""

    drift: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftAccepted(Fact):
    """A moderator says that it is meant to be so."""

    drift: int
    what: str
