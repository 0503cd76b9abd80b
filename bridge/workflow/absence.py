"""Who is away: gets no question from a team meanwhile."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bridge.chat.dates import folded
from bridge.chat.grammar import Problem, Speaker
from bridge.chat.granting import read_end
from bridge.chat.intents import Intent
from bridge.domain.queue_facts import AbsenceChosen
from bridge.domain.results import Refused
from bridge.domain.until import ends_at
from bridge.workflow.advising import reply
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.scoping import language_of, not_understood

OFF = frozenset(map(folded, ("off", "back", "non", "retour", "terug", "uit", "нет", "назад", "aus", "zurück")))


@dataclass(frozen=True, slots=True, kw_only=True)
class StayAway(Intent):
    """`rest`: until when, as it was written; nothing: how it stands."""

    rest: str
    speaker: Speaker


def stay_away(intent: StayAway, desk: Desk) -> Outcome:
    if not intent.rest:
        profile = desk.tx.persons.get(desk.sender).profile
        return _said(profile.away_until if profile.away(desk.now) else None, desk)
    until = None if folded(intent.rest) in OFF else _until(intent, desk)
    if isinstance(until, Problem):
        return not_understood("away", until, desk)
    if until is not None and until <= desk.now:
        return Refused("away-past")
    person = desk.tx.persons.get(desk.sender)
    desk.tx.persons.save(replace(person, profile=replace(person.profile, away_until=until)))
    fact = AbsenceChosen(at=desk.now, actor=desk.sender, room_id="", space="", until=until)
    said = _said(until, desk)
    return Done((fact,), said.effects)


def _until(intent: StayAway, desk: Desk) -> int | Problem:
    """When somebody is back, in milliseconds, by their own clock."""
    term = read_end(intent.rest, intent.speaker, language_of(desk))
    return term if isinstance(term, Problem) else ends_at(term, desk.now, _zone(desk))


def _zone(desk: Desk) -> ZoneInfo:
    place = desk.place
    own = desk.tx.persons.get(desk.sender).profile.zone
    return ZoneInfo(own or (place.space.zone if place else desk.policy.zone))


def _said(until: int | None, desk: Desk) -> Done:
    """A time of less than a day is shown to the day all the same: nobody has to come back to the minute."""
    place = desk.place
    return Done(effects=(reply(desk, "away-now", {"until": until or 0, "space": place.space.name if place else ""}),))
