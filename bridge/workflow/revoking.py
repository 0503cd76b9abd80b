"""Ending somebody's access: `!revoke`."""

from dataclasses import replace

from bridge.chat.grammar import Problem
from bridge.chat.granting import read_revoke
from bridge.chat.intents import RevokeGrant
from bridge.domain.enforcement import PRESENT
from bridge.domain.facts import AccessRevoked
from bridge.domain.grants import Grant
from bridge.domain.people import is_ours
from bridge.domain.results import Argument, Refused
from bridge.domain.spaces import Space
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.doors import plus, shut, why_not
from bridge.workflow.effects import Effect, Inform
from bridge.workflow.extending import no_grant
from bridge.workflow.phrasing import in_short
from bridge.workflow.scoping import not_understood, signed, space_meant
from bridge.workflow.stewards import may_moderate


def revoke(intent: RevokeGrant, desk: Desk) -> Outcome:
    said = read_revoke(intent.rest, intent.speaker)
    if isinstance(said, Problem):
        return not_understood("revoke", said, desk)
    if is_ours(said.person, desk.policy.people):
        return Refused("one-of-ours-stays", {"who": said.person})
    space = None if said.everywhere else space_meant(said.space, desk, said.person)
    if isinstance(space, Refused):
        return space
    return _revoked(said.person, desk.kept(said.reason), space, desk)


def _revoked(person: str, reason: str, space: Space | None, desk: Desk) -> Outcome:
    theirs = [grant for grant in desk.tx.grants.of(person) if space is None or grant.space == space.name]
    ended = [grant for grant in theirs if _may_end(grant, desk, everywhere=space is None)]
    if theirs and not ended:
        return Refused("may-not-revoke", {"who": person, "sponsor": theirs[0].sponsor})
    if not theirs and not _intrudes(person, space, desk):
        return no_grant(person, space, desk) if space else Refused("no-grant-anywhere", {"who": person})
    done = signed(desk)
    for grant in ended:
        done = plus(done, _end(grant, reason, desk))
    done = plus(done, _kept([grant for grant in theirs if grant not in ended], desk))
    name = space.name if space else ""
    return plus(done, shut(person, name, desk.sender, desk.tx, desk.policy, desk.now, revoked=True))


def _may_end(grant: Grant, desk: Desk, *, everywhere: bool) -> bool:
    """The sponsor, moderators, and where staff grant, all staff; everywhere also who moderates the space here."""
    if grant.sponsor == desk.sender or may_moderate(desk.sender, grant.space, desk.tx, desk.policy):
        return True
    space, place = desk.policy.spaces.get(grant.space), desk.place
    if space is not None and not space.externals.by_moderators and not everywhere:
        return True
    return everywhere and place is not None and may_moderate(desk.sender, place.space.name, desk.tx, desk.policy)


def _intrudes(person: str, space: Space | None, desk: Desk) -> bool:
    """Whether they are somewhere without a place."""
    for room_id, membership in desk.tx.rooms.memberships_of(person).items():
        room = desk.tx.rooms.get(room_id)
        if room is None or membership not in PRESENT or (space is not None and room.space != space.name):
            continue
        if why_not(person, room, desk.tx, desk.policy, desk.now) is not None:
            return True
    return False


def _end(grant: Grant, reason: str, desk: Desk) -> Done:
    desk.tx.grants.save(replace(grant, ended_at=desk.now, ended_by=desk.sender))
    desk.tx.prompts.forget(grant.number)
    fact = AccessRevoked(
        at=desk.now,
        actor=desk.sender,
        room_id=grant.room_id or "",
        space=grant.space,
        person=grant.person,
        grant=grant.number,
    )
    return Done((fact,), _told(grant, reason, desk))


def _told(grant: Grant, reason: str, desk: Desk) -> tuple[Effect, ...]:
    """The sponsor, where it was somebody else."""
    if grant.sponsor == desk.sender:
        return ()
    arguments: dict[str, Argument] = {
        "person": grant.person,
        "by": desk.sender,
        "space": grant.space,
        "reason": in_short(reason),
    }
    return (Inform(person=grant.sponsor, key="told-revoked-by", arguments=arguments, space=grant.space),)


def _kept(grants: list[Grant], desk: Desk) -> Done:
    """What the sender could not end, and who can."""
    told = [
        Inform(
            person=desk.sender,
            key="told-kept",
            arguments={"person": grant.person, "space": grant.space, "sponsor": grant.sponsor},
            space=grant.space,
        )
        for grant in grants
    ]
    return Done(effects=tuple(told))
