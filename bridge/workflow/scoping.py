"""Whom, where and until when a grant is meant to be, and what speaks against it."""

from zoneinfo import ZoneInfo

from bridge.chat.grammar import Problem
from bridge.domain.grants import Grant, Standing, covers, may_come_from, standing
from bridge.domain.people import is_denied, is_ours
from bridge.domain.results import Refused
from bridge.domain.spaces import DAY, OPEN_LEVELS, Level, Space
from bridge.domain.until import For, Term, days_between, ends_at
from bridge.workflow.advising import reply
from bridge.workflow.desk import Desk, Done, Policy, with_replaced
from bridge.workflow.effects import Acknowledge
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

NAMED = 10
"""How many rooms one message names."""


def language_of(desk: Desk) -> str:
    """In which dates of the sender are read."""
    place = desk.place
    return desk.tx.persons.get(desk.sender).language or (place.space.language if place else desk.policy.language)


def not_understood(name: str, problem: Problem, desk: Desk) -> Done:
    setting = desk.policy.setting
    usage = setting.commands.by_name[name].usage(setting.prefix)
    return Done(effects=(reply(desk, problem.key, {"usage": usage, **problem.arguments}),))


def signed(desk: Desk) -> Done:
    """A silent sign that a command was carried out."""
    return Done(effects=(Acknowledge(room_id=desk.origin.room_id, event_id=desk.origin.event_id),))


def space_meant(named: str | None, desk: Desk, person: str = "") -> Space | Refused:
    """The one named, else that of the room; in a direct chat the only one that comes into question.

    `person`: somebody whose grants say which that is.
    """
    spaces = desk.policy.spaces
    if named:
        found = next((space for name, space in spaces.items() if name.casefold() == named.casefold()), None)
        return found or Refused("no-such-space", {"word": named[:64], "list": nameable(desk.policy)})
    place = desk.place
    if place:
        return place.space
    theirs = {grant.space for grant in desk.tx.grants.of(person)} & spaces.keys() if person else set()
    possible = theirs or {name for name, space in spaces.items() if space.level is Level.EXTRANET}
    if len(possible) == 1:
        return spaces[possible.pop()]
    return Refused("which-space", {"list": tuple(sorted(possible))}) if possible else Refused("no-extranet")


def nameable(policy: Policy) -> tuple[str, ...]:
    """The spaces that somebody can name; a triage room's is none."""
    return tuple(sorted(name for name, space in policy.spaces.items() if not space.triages))


def unfit(person: str, space: Space, policy: Policy) -> Refused | None:
    """Why there can be no grant for somebody in a space."""
    about = {"who": person, "space": space.name}
    if person == policy.setting.me:
        return Refused("that-is-me")
    if is_ours(person, policy.people):
        return Refused("one-of-ours", about)
    if space.level is Level.INTERNAL:
        return Refused("space-internal", about)
    if space.level in OPEN_LEVELS:
        return Refused("space-open", about)
    if is_denied(person, policy.people):
        return Refused("person-denied", about)
    if not may_come_from(person, space.externals):
        return Refused("server-not-allowed", {**about, "list": tuple(sorted(space.externals.servers))})
    return None


def latest_end(space: Space, now: int) -> int | None:
    days = space.externals.max_days
    return ends_at(For(days * DAY), now, ZoneInfo(space.zone)) if days else None


def end_meant(term: Term | None, space: Space, now: int) -> int | Refused | None:
    """When it is to end; None: never. As late as the space allows where nothing was said."""
    latest = latest_end(space, now)
    if term is None:
        return latest
    end = ends_at(term, now, ZoneInfo(space.zone))
    if end <= now:
        return Refused("end-past", {"until": end, "space": space.name})
    if latest is not None and end > latest:
        return Refused("end-too-late", {"until": latest, "space": space.name})
    return end


def as_long_again(grant: Grant, space: Space, now: int) -> int | None:
    """The end of a grant that is given once more from now on, as long as it was and as late as the space allows."""
    if grant.ends_at is None:
        return None
    zone = ZoneInfo(space.zone)
    length = grant.ends_at - grant.runs_from
    days = max(1, days_between(grant.runs_from, grant.ends_at, zone))
    end = ends_at(For(length if length < DAY else days * DAY), now, zone)
    latest = latest_end(space, now)
    return end if latest is None else min(end, latest)


def going_on(person: str, space: Space, tx: Transaction, now: int) -> list[Grant]:
    """Somebody's grants in a space that are not over, be they approved or not."""
    grants = (grant for grant in tx.grants.of(person) if grant.space == space.name)
    return [grant for grant in grants if standing(grant, space.externals, now) is not Standing.ENDED]


def here(desk: Desk) -> set[str]:
    """The room that was written in, and those that it replaced."""
    return with_replaced(desk.origin.room_id, desk.tx)


def rooms_opened(grant: Grant, tx: Transaction) -> list[Room]:
    """The rooms that a grant is about, as far as the bot is in them."""
    rooms = (r for r in tx.rooms.all().values() if r.space == grant.space and r.joined and not r.successor)
    return [room for room in rooms if covers(grant, grant.space, with_replaced(room.room_id, tx))]
