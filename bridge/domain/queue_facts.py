"""Facts about keeping the queue moving: who is to answer, what was found already, what time brought."""

from dataclasses import dataclass

from bridge.domain.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAssigned(Fact):
    """`person` is to answer; `before` was to. `rule` is the name of the rule that said so, "" where somebody did."""

    person: str
    before: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssigneeReminded(Fact):
    """`person` was reminded that the question waits for them."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReturned(Fact):
    """`person` stayed silent: the question is open again."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTagged(Fact):
    """How many tags were added and removed."""

    added: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPrioritized(Fact):
    """`priority` is its new priority."""

    priority: str
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEscalated(Fact):
    """Somebody, or a rule, called for moderators."""

    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionNoted(Fact):
    """A note for the triage room was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDuplicated(Fact):
    """It was asked before, as question `of`. `deflected`: the asker took a suggestion, and nobody had to answer."""

    of: int
    deflected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSeparated(Fact):
    """It is open again, and no longer a duplicate of question `of`."""

    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsFound(Fact):
    """The card shows so many answered questions like it from now on."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMatched(Fact):
    """A rule of the config held; `because` are its conditions, as keys of what `!why` says."""

    rule: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyFree(Fact):
    """A rule wanted somebody of `team` to answer, and nobody could; `told` people were told so."""

    rule: str
    team: str
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceChosen(Fact):
    """The actor gets no question from a team until a time (milliseconds), or, with None, gets some again."""

    until: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertAsked(Fact):
    """`person` was asked, as a likely expert."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestFollowed(Fact):
    """The actor follows what is asked of a tag, in a space, or by `person` ("": by anybody)."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestDropped(Fact):
    """They no longer do."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChanged(Fact):
    """The actor told us something about themselves; `what` says which part of it."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskerNudged(Fact):
    """The asker was asked, once, whether an answer settles it."""

    asker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionHeld(Fact):
    """Whether retention leaves it alone from now on."""

    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionForgotten(Fact):
    """Its text went, by retention (`cause` "retention") or because of the rights of a person ("person")."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestChosen(Fact):
    """For a room, or for the actor where `room_id` is "": `daily`, `weekly` or `off`."""

    every: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForgotten(Fact):
    """What `person` wrote is gone: in so many questions and answers of theirs, and not in so many that are held."""

    person: str
    questions: int
    answers: int
    held: int
