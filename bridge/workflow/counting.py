"""What happens to questions is counted for statistics."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bridge.domain.calendar import Calendar
from bridge.domain.facts import AnswerGiven, Fact
from bridge.domain.people import is_ours
from bridge.domain.questions import Question
from bridge.domain.spaces import Space
from bridge.domain.statistics import Terms
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, Policy
from bridge.workflow.experts import credit_all

AT_ONCE = 100
"""How many questions of before are counted in one transaction."""
_YEARS = (2025, 2029)
"""Between these, calendars are told apart by their holidays."""


def count(fact: Fact, question: Question, around: Circumstances) -> Done:
    if isinstance(fact, AnswerGiven) and not fact.first:
        return Done()
    around.tx.tallies.touch(question, terms_of(question, around.policy), basis_of(around.policy))
    return Done()


def terms_of(question: Question, policy: Policy) -> Terms:
    space = policy.spaces.get(question.space)
    outside = not is_ours(question.asker, policy.people)
    return Terms(zone_of(space.zone), space.calendar, outside) if space else Terms(zone_of("UTC"), outside=outside)


def catch_up(around: Circumstances, at_once: int = AT_ONCE) -> int:
    """Count questions that are not counted yet, or not by the config of now; returns how many.

    Who answered them well is learned with that: after an upgrade, too.
    """
    tallies = around.tx.tallies
    tallies.align(basis_of(around.policy))
    waiting = tallies.uncounted(at_once)
    if waiting:
        tallies.catch_up([(question, terms_of(question, around.policy)) for question in waiting])
        credit_all(waiting, around)
    return len(waiting)


def basis_of(policy: Policy) -> str:
    """A digest of what of the config decides how questions are counted."""
    if _last.policy is not policy:
        _last.policy, _last.basis = policy, _digest(policy)
    return _last.basis


@dataclass(slots=True)
class _Last:
    policy: Policy | None = None
    basis: str = ""


_last = _Last()
"""Policies are few, and each is asked about with every fact."""


def _digest(policy: Policy) -> str:
    spaces = sorted((name, space.zone, _of_calendar(space)) for name, space in policy.spaces.items())
    return hashlib.blake2s(repr((policy.people, spaces)).encode(), digest_size=8).hexdigest()


def _of_calendar(space: Space) -> tuple[object, ...]:
    calendar: Calendar = space.calendar
    first, last = (date(year, 1, 1) for year in _YEARS)
    days = (first + timedelta(day) for day in range((last - first).days))
    return calendar.week, str(calendar.zone), [day.toordinal() for day in days if day in calendar.holidays]


@cache
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)
