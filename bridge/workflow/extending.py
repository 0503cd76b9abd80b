"""Letting somebody's access end later: `!extend`, and the sponsor's ✅ on a warning."""

from dataclasses import replace

from bridge.chat.grammar import Problem
from bridge.chat.granting import read_extend
from bridge.chat.intents import ExtendGrant
from bridge.domain.grants import Grant, covers
from bridge.domain.results import Refused
from bridge.domain.spaces import Space
from bridge.domain.until import Term
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.doors import plus
from bridge.workflow.requesting import ask, needs_approval
from bridge.workflow.scoping import (
    as_long_again,
    end_meant,
    going_on,
    here,
    language_of,
    not_understood,
    signed,
    space_meant,
    unfit,
)
from bridge.workflow.vouching import extended


def extend(intent: ExtendGrant, desk: Desk) -> Outcome:
    said = read_extend(intent.rest, intent.speaker, language_of(desk))
    if isinstance(said, Problem):
        return not_understood("extend", said, desk)
    space = space_meant(said.space, desk, said.person)
    if isinstance(space, Refused):
        return space
    refusal = unfit(said.person, space, desk.policy)
    found = _meant(said.person, space, desk)
    if refusal or not found:
        return refusal or _nothing(said.person, space, desk)
    outcomes = [prolong(grant, said.term, space, desk) for grant in found]
    done = signed(desk)
    for outcome in outcomes:
        done = plus(done, outcome) if isinstance(outcome, Done) else done
    return done if any(isinstance(outcome, Done) for outcome in outcomes) else outcomes[0]


def _meant(person: str, space: Space, desk: Desk) -> list[Grant]:
    """Approved grants: all of the space, or those about the room that it was written in."""
    grants = [grant for grant in going_on(person, space, desk.tx, desk.now) if grant.approved_by]
    place = desk.place
    if place is None or place.space.name != space.name:
        return grants
    return [grant for grant in grants if covers(grant, space.name, here(desk))]


def _nothing(person: str, space: Space, desk: Desk) -> Refused:
    requested = [grant for grant in going_on(person, space, desk.tx, desk.now) if not grant.approved_by]
    if requested:
        return Refused("requested-already", {"who": person, "sponsor": requested[0].sponsor, "space": space.name})
    return no_grant(person, space, desk)


def no_grant(person: str, space: Space, desk: Desk) -> Refused:
    """They have none here; where they have one is said."""
    elsewhere = sorted({grant.space for grant in desk.tx.grants.of(person)} - {space.name})
    found = ", ".join(elsewhere) or "none"
    return Refused("no-grant", {"who": person, "space": space.name, "elsewhere": found})


def prolong(grant: Grant, term: Term | None, space: Space, desk: Desk) -> Outcome:
    """A grant ends then from now on, or once a moderator says so."""
    if term is None and grant.ends_at is None:
        return Refused("no-end", {"who": grant.person})
    end = as_long_again(grant, space, desk.now) if term is None else end_meant(term, space, desk.now)
    if isinstance(end, Refused):
        return end
    if end == grant.ends_at:
        return Refused("ends-then-already", {"who": grant.person, "until": end or 0, "space": space.name})
    if _may_decide(grant, end, space, desk):
        return extended(grant, end, desk.sender, desk.tx, desk.policy, desk.now)
    return ask(replace(grant, wanted_end=end or 0, wanted_by=desk.sender), desk.sender, desk)


def _may_decide(grant: Grant, end: int | None, space: Space, desk: Desk) -> bool:
    """Sponsors may always let it end earlier."""
    if not needs_approval(space, desk.sender, desk.tx, desk.policy):
        return True
    earlier = end is not None and (grant.ends_at is None or end < grant.ends_at)
    return earlier and grant.sponsor == desk.sender
