"""Who of a team is next: the order in which its people are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class By(StrEnum):
    """How the next of a team is chosen."""

    ROUND_ROBIN = "round_robin"
    LEAST_LOADED = "least_loaded"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Turn:
    """Who of a team had the last turn, and at which place of the team they stood then."""

    person: str
    place: int


@dataclass(frozen=True, slots=True)
class Caps:
    """How many unanswered questions somebody has at most: their own number, else everyone's; None: any number."""

    everyone: int | None = None
    people: Mapping[str, int] = field(default_factory=dict)

    def leave_room(self, person: str, load: int) -> bool:
        most = self.people.get(person, self.everyone)
        return most is None or load < most


NO_CAPS = Caps()


def in_turn(team: Sequence[str], last: Turn | None) -> list[str]:
    """The team, beginning behind whoever had the last turn; where they left it, at their place."""
    if last is None:
        return list(team)
    first = team.index(last.person) + 1 if last.person in team else min(last.place, len(team))
    return [*team[first:], *team[:first]]


def least_loaded_first(in_turn: Sequence[str], load: Mapping[str, int]) -> list[str]:
    """Those with the fewest questions first; of those with as many, in turn."""
    return sorted(in_turn, key=lambda person: load.get(person, 0))


def experts_first(in_turn: Sequence[str], experts: Sequence[str]) -> list[str]:
    """The likely experts in the order of their likelihood, then the others in turn."""
    known = [person for person in experts if person in in_turn]
    return [*known, *(person for person in in_turn if person not in known)]
