"""Grants, violations, prompts and drifts in memory, found by what they are asked for. Each change costs the same,
however many are held. One thread changes them; others may look meanwhile.
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TypeVar

from bridge.domain.enforcement import Step
from bridge.domain.grants import Grant
from bridge.workflow.cases import DriftCase, Prompt, Violation

Whereabouts = tuple[str, str]
"""Room id, user id."""

Name = TypeVar("Name", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)
Index = dict[Name, dict[Key, None]]
"""Keys by something they have in common, in the order in which they came."""


@dataclass(slots=True)
class HeldGrants:
    """`counts` says how many of each space were approved and are not over."""

    by_number: dict[int, Grant] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    _of: Index[str, int] = field(default_factory=dict)
    _alone: Index[str, int] = field(default_factory=dict)

    def put(self, grant: Grant) -> None:
        """Add a grant, or replace the one of its number."""
        self.drop(grant.number)
        self.by_number[grant.number] = grant
        _add(self._of, grant.person, grant.number)
        if grant.approved_by is not None and grant.ended_at is None:
            self.counts[grant.space] += 1
            if grant.room_id is not None:
                _add(self._alone, grant.room_id, grant.number)

    def drop(self, number: int) -> None:
        grant = self.by_number.pop(number, None)
        if grant is None:
            return
        _remove(self._of, grant.person, number)
        if grant.approved_by is not None and grant.ended_at is None:
            _lessen(self.counts, grant.space)
            if grant.room_id is not None:
                _remove(self._alone, grant.room_id, number)

    def of(self, user_id: str) -> tuple[int, ...]:
        """The numbers of a person's grants."""
        return tuple(self._of.get(user_id, ()))

    def alone_in(self, room_id: str) -> tuple[int, ...]:
        """The numbers of those that let somebody into this room and not the whole space."""
        return tuple(self._alone.get(room_id, ()))


@dataclass(slots=True)
class HeldViolations:
    """`hushed` counts, for rooms in which the bot is silent until somebody is gone, those who have to go."""

    by_place: dict[Whereabouts, Violation] = field(default_factory=dict)
    hushed: Counter[str] = field(default_factory=Counter)
    _of: Index[str, Whereabouts] = field(default_factory=dict)
    _at: Index[Step, Whereabouts] = field(default_factory=dict)

    def put(self, violation: Violation) -> None:
        """Add a violation, or replace the one of this person in this room."""
        place = violation.place
        self.drop(place)
        self.by_place[place] = violation
        for name in place:
            _add(self._of, name, place)
        _add(self._at, violation.step, place)
        if violation.hushes:
            self.hushed[violation.room_id] += 1

    def drop(self, place: Whereabouts) -> None:
        violation = self.by_place.pop(place, None)
        if violation is None:
            return
        for name in place:
            _remove(self._of, name, place)
        _remove(self._at, violation.step, place)
        if violation.hushes:
            _lessen(self.hushed, violation.room_id)

    def of(self, name: str) -> tuple[Whereabouts, ...]:
        """By room id or user id."""
        return tuple(self._of.get(name, ()))

    def held_in(self, room_id: str) -> frozenset[str]:
        """Who is to be treated as if they were gone from a room already."""
        found = (self.by_place.get(place) for place in self.of(room_id))
        return frozenset(one.user_id for one in found if one is not None and one.held)

    def at(self, step: Step) -> tuple[Whereabouts, ...]:
        return tuple(self._at.get(step, ()))

    def count(self, step: Step) -> int:
        return len(self._at.get(step, ()))


@dataclass(slots=True)
class HeldPrompts:
    by_event: dict[str, Prompt] = field(default_factory=dict)
    _about: Index[int, str] = field(default_factory=dict)

    def put(self, prompt: Prompt) -> None:
        self.by_event[prompt.event_id] = prompt
        _add(self._about, prompt.grant, prompt.event_id)

    def forget(self, grant: int) -> None:
        for event_id in self._about.pop(grant, ()):
            self.by_event.pop(event_id, None)

    def drop(self, event_id: str) -> None:
        self.by_event.pop(event_id, None)


@dataclass(slots=True)
class HeldDrifts:
    by_number: dict[int, DriftCase] = field(default_factory=dict)
    _of: Index[str, int] = field(default_factory=dict)

    def put(self, case: DriftCase) -> None:
        """Add a case, or replace the one of its number."""
        self.drop(case.number)
        self.by_number[case.number] = case
        _add(self._of, case.room_id, case.number)

    def drop(self, number: int) -> None:
        case = self.by_number.pop(number, None)
        if case is not None:
            _remove(self._of, case.room_id, number)

    def of(self, room_id: str) -> tuple[int, ...]:
        return tuple(self._of.get(room_id, ()))


def _add(index: Index[Name, Key], name: Name, key: Key) -> None:
    index.setdefault(name, {})[key] = None


def _remove(index: Index[Name, Key], name: Name, key: Key) -> None:
    keys = index[name]
    del keys[key]
    if not keys:
        del index[name]


def _lessen(counts: Counter[str], name: str) -> None:
    counts[name] -= 1
    if not counts[name]:
        del counts[name]
