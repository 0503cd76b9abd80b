"""Who from outside may come in, and what somebody is to us: for people of ours only."""

from bridge.chat.intents import ListExternals, WhoIs
from bridge.domain.admission import class_in
from bridge.domain.grants import Grant, Standing, standing
from bridge.domain.people import PersonClass, class_of, is_ours
from bridge.domain.results import Argument, Refused
from bridge.domain.spaces import Level, Space
from bridge.workflow.advising import reply
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.requesting import paged
from bridge.workflow.scoping import NAMED, going_on, space_meant


def list_externals(intent: ListExternals, desk: Desk) -> Outcome:
    """Of the space named or written in; in a direct chat of all."""
    spaces = _spaces(intent, desk)
    if isinstance(spaces, Refused):
        return spaces
    named = {space.name: space.externals for space in spaces}
    held = (grant for grant in desk.tx.grants.all() if grant.space in named)
    grants = [grant for grant in held if standing(grant, named[grant.space], desk.now) is not Standing.ENDED]
    shown = paged("grants", grants, intent.page) | {"space": spaces[0].name if len(spaces) == 1 else "none"}
    return Done(effects=(reply(desk, "externals-list", shown),))


def _spaces(intent: ListExternals, desk: Desk) -> list[Space] | Refused:
    if desk.private and not intent.space:
        return [space for space in desk.policy.spaces.values() if space.level is Level.EXTRANET]
    space = space_meant(intent.space, desk)
    return space if isinstance(space, Refused) else [space]


def who_is(intent: WhoIs, desk: Desk) -> Outcome:
    """Of one of ours only that they are; of others the grants they hold, and the rooms they are in among ours."""
    person = intent.person
    if is_ours(person, desk.policy.people):
        known = class_of(person, desk.policy.people)
        return Done(effects=(reply(desk, "who-ours", {"who": person, "class": known.value}),))
    grants = _grants(person, desk)
    joined = (desk.tx.rooms.get(room_id) for room_id in sorted(desk.tx.rooms.joined_by(person)))
    rooms = [room.room_id for room in joined if room and room.space in desk.policy.spaces]
    arguments: dict[str, Argument] = {
        "who": person,
        "class": _class(person, grants, desk).value,
        "rooms": tuple(rooms[:NAMED]),
        "count": len(rooms),
        "grants": tuple(str(grant.number) for grant in grants[:NAMED]),
    }
    return Done(effects=(reply(desk, "who-is", arguments),))


def _grants(person: str, desk: Desk) -> list[Grant]:
    spaces = desk.policy.spaces.values()
    return [grant for space in spaces for grant in going_on(person, space, desk.tx, desk.now)]


def _class(person: str, grants: list[Grant], desk: Desk) -> PersonClass:
    """In this space; in a direct chat, in any."""
    place = desk.place
    spaces = [place.space] if place else list(desk.policy.spaces.values())
    found = {class_in(person, space, desk.policy.people, grants, desk.now) for space in spaces}
    return PersonClass.EXTERNAL if PersonClass.EXTERNAL in found else PersonClass.OUTSIDER
