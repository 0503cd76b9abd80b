"""What follows when a grant is approved, or ends later: rooms are opened, and those concerned are told."""

from dataclasses import replace

from bridge.domain.facts import AccessExtended, AccessGranted, Fact, SponsorChanged
from bridge.domain.grants import Grant, Standing, standing
from bridge.domain.people import is_ours
from bridge.domain.results import Argument
from bridge.workflow import agreeing
from bridge.workflow.desk import Done, Policy
from bridge.workflow.doors import admit, plus
from bridge.workflow.effects import Effect, Inform
from bridge.workflow.phrasing import in_short
from bridge.workflow.scoping import NAMED, rooms_opened
from bridge.workflow.storage import Transaction


def about(grant: Grant, tx: Transaction) -> dict[str, Argument]:
    """Who, where, until when, why: what a message about a grant may say."""
    rooms = rooms_opened(grant, tx)
    return {
        "person": grant.person,
        "space": grant.space,
        "scope": "room" if grant.room_id else "space",
        "rooms": tuple(room.room_id for room in rooms[:NAMED]),
        "count": len(rooms),
        "until": grant.ends_at or 0,
        "reason": in_short(grant.reason),
        "sponsor": grant.sponsor,
    }


def opened(grant: Grant, actor: str, tx: Transaction, policy: Policy, now: int) -> Done:
    """A grant is approved: its rooms are opened, or the terms shown first."""
    tx.grants.save(grant)
    space = policy.spaces[grant.space]
    waits = standing(grant, space.externals, now) is Standing.TERMS
    fact = AccessGranted(
        at=now,
        actor=actor,
        room_id=grant.room_id or "",
        space=grant.space,
        person=grant.person,
        grant=grant.number,
        sponsor=grant.sponsor,
        ends_at=grant.ends_at,
    )
    arguments = about(grant, tx) | {"then": "terms" if waits else "invite"}
    told = Inform(person=grant.sponsor, key="told-granted", arguments=arguments, space=grant.space)
    follows = agreeing.ask(grant.person, space, tx, now) if waits else admit(grant, tx, policy, now)
    return plus(Done((fact,), (told,)), follows)


def extended(grant: Grant, end: int | None, actor: str, tx: Transaction, policy: Policy, now: int) -> Done:
    """A grant ends then. Whoever extends one whose sponsor has left vouches for it from now on."""
    sponsor = grant.sponsor if is_ours(grant.sponsor, policy.people) else actor
    changed = replace(
        grant,
        ends_at=end,
        renewed_at=now,
        warned=0,
        wanted_end=None,
        wanted_by=None,
        sponsor=sponsor,
        orphaned=False,
    )
    tx.grants.save(changed)
    facts: list[Fact] = [
        AccessExtended(
            at=now,
            actor=actor,
            room_id=grant.room_id or "",
            space=grant.space,
            person=grant.person,
            grant=grant.number,
            ends_at=end,
        )
    ]
    facts += _handed_over(grant, changed, now)
    return Done(tuple(facts), tuple(_told_of_end(grant, changed, actor, tx)))


def _told_of_end(before: Grant, grant: Grant, actor: str, tx: Transaction) -> list[Effect]:
    """The sponsor, who asked for it, who did it; and the person, if they were warned already."""
    arguments = about(grant, tx) | {"by": actor}
    readers = dict.fromkeys(who for who in (grant.sponsor, before.wanted_by, actor) if who)
    told: list[Effect] = [
        Inform(person=who, key="told-extended", arguments=arguments, space=grant.space) for who in readers
    ]
    if before.warned:
        about_you: dict[str, Argument] = {"space": grant.space, "until": grant.ends_at or 0}
        told.append(
            Inform(
                person=grant.person, key="told-extended-you", arguments=about_you, space=grant.space, for_staff=False
            )
        )
    return told


def adopted(grant: Grant, actor: str, tx: Transaction, now: int) -> Done:
    """Somebody vouches for a person in place of a sponsor who has left."""
    changed = replace(grant, sponsor=actor, orphaned=False)
    tx.grants.save(changed)
    tx.prompts.forget(grant.number)
    told = Inform(person=actor, key="told-adopted", arguments=about(changed, tx), space=grant.space)
    return Done(tuple(_handed_over(grant, changed, now)), (told,))


def _handed_over(before: Grant, grant: Grant, now: int) -> list[Fact]:
    if before.sponsor == grant.sponsor:
        return []
    return [
        SponsorChanged(
            at=now,
            actor=grant.sponsor,
            room_id=grant.room_id or "",
            space=grant.space,
            person=grant.person,
            grant=grant.number,
            before=before.sponsor,
        )
    ]
