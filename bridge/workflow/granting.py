"""Letting somebody from outside in: `!invite`."""

from bridge.chat.grammar import Problem
from bridge.chat.granting import InviteWords, read_invite
from bridge.chat.intents import InvitePerson
from bridge.domain.grants import Grant
from bridge.domain.results import Argument, Refused
from bridge.domain.spaces import Space
from bridge.workflow import agreeing
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.doors import plus
from bridge.workflow.requesting import ask, needs_approval
from bridge.workflow.scoping import (
    end_meant,
    going_on,
    here,
    language_of,
    not_understood,
    signed,
    space_meant,
    unfit,
)
from bridge.workflow.vouching import opened


def invite(intent: InvitePerson, desk: Desk) -> Outcome:
    said = read_invite(intent.rest, intent.speaker, language_of(desk))
    if isinstance(said, Problem):
        return not_understood("invite", said, desk)
    space = space_meant(said.space, desk)
    if isinstance(space, Refused):
        return space
    refusal = unfit(said.person, space, desk.policy) or _not_here(said, space, desk) or _granted(said, space, desk)
    if refusal:
        return refusal
    end = end_meant(said.term, space, desk.now)
    return end if isinstance(end, Refused) else _granting(said, space, end, desk)


def _not_here(said: InviteWords, space: Space, desk: Desk) -> Refused | None:
    """The word "here" is about a room of that very space."""
    place = desk.place
    if said.here and (place is None or place.space.name != space.name):
        return Refused("here-in-a-room", {"space": space.name})
    return None


def _granted(said: InviteWords, space: Space, desk: Desk) -> Refused | None:
    """They have, or are to have, what is asked for."""
    for grant in going_on(said.person, space, desk.tx, desk.now):
        if grant.room_id is None or (said.here and grant.room_id in here(desk)):
            code = "granted-already" if grant.approved_by else "requested-already"
            about: dict[str, Argument] = {
                "who": grant.person,
                "until": grant.ends_at or 0,
                "sponsor": grant.sponsor,
                "space": space.name,
            }
            return Refused(code, about)
    return None


def _granting(said: InviteWords, space: Space, end: int | None, desk: Desk) -> Outcome:
    waits = needs_approval(space, desk.sender, desk.tx, desk.policy)
    grant = Grant(
        number=desk.tx.grants.next_number(),
        person=said.person,
        space=space.name,
        room_id=desk.origin.room_id if said.here else None,
        sponsor=desk.sender,
        reason=desk.kept(said.reason),
        created_at=desk.now,
        ends_at=end,
        approved_by=None if waits else desk.sender,
        terms_accepted=agreeing.accepted_before(said.person, space, desk.tx, desk.now),
    )
    outcome = ask(grant, desk.sender, desk) if waits else opened(grant, desk.sender, desk.tx, desk.policy, desk.now)
    return plus(outcome, signed(desk)) if isinstance(outcome, Done) else outcome
