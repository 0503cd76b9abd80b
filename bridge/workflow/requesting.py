"""Grants, and later ends, that a moderator has to approve: by a ✅ on the bot's message, or by `!requests`."""

from dataclasses import replace
from math import ceil

from bridge.chat.intents import ListRequests
from bridge.domain.facts import AccessRefused, AccessRequested
from bridge.domain.filters import PAGE_SIZE
from bridge.domain.grants import Grant, Standing, standing
from bridge.domain.results import Argument, Refused
from bridge.domain.spaces import Space
from bridge.workflow import agreeing
from bridge.workflow.advising import reply
from bridge.workflow.cases import Asking
from bridge.workflow.desk import Desk, Done, Outcome, Policy
from bridge.workflow.doors import plus
from bridge.workflow.effects import Effect, Inform
from bridge.workflow.scoping import signed, unfit
from bridge.workflow.stewards import may_moderate, moderators_of
from bridge.workflow.storage import Transaction
from bridge.workflow.vouching import about, extended, opened


def needs_approval(space: Space, actor: str, tx: Transaction, policy: Policy) -> bool:
    return space.externals.by_moderators and not may_moderate(actor, space.name, tx, policy)


def is_waiting(grant: Grant, space: Space, now: int) -> bool:
    """Whether a moderator has something to approve."""
    state = standing(grant, space.externals, now)
    return state is Standing.REQUESTED or (state is not Standing.ENDED and grant.wanted_end is not None)


def matter(grant: Grant) -> str:
    """What is asked for, so that a ✅ on an old message approves nothing else."""
    return "grant" if grant.approved_by is None else f"end {grant.wanted_end}"


def ask(grant: Grant, actor: str, desk: Desk) -> Outcome:
    """Each moderator is asked; whoever wants it is told that it waits."""
    moderators = moderators_of(grant.space, desk.tx, desk.policy)
    if not moderators:
        return Refused("no-moderators", {"space": grant.space})
    desk.tx.grants.save(grant)
    fact = AccessRequested(
        at=desk.now,
        actor=actor,
        room_id=grant.room_id or "",
        space=grant.space,
        person=grant.person,
        grant=grant.number,
    )
    later = grant.approved_by is not None
    arguments = about(grant, desk.tx) | {"number": grant.number, "by": actor}
    if later:
        arguments["until"] = grant.wanted_end or 0
    asked: list[Effect] = [
        Inform(
            person=who,
            key="told-approve-end" if later else "told-approve",
            arguments=arguments,
            space=grant.space,
            asking=Asking.APPROVE.value,
            grant=grant.number,
            detail=matter(grant),
        )
        for who in moderators
    ]
    told = Inform(person=actor, key="told-requested", arguments=arguments, space=grant.space)
    return Done((fact,), (told, *asked))


def approve(grant: Grant, actor: str, tx: Transaction, policy: Policy, now: int) -> Outcome:
    """A moderator approves what is asked for, the first word counts."""
    space = _decidable(grant, actor, tx, policy, now)
    if isinstance(space, Refused):
        return space
    refusal = unfit(grant.person, space, policy)
    if refusal:
        return refusal
    if grant.approved_by is not None:
        return extended(grant, grant.wanted_end or None, actor, tx, policy, now)
    accepted = agreeing.accepted_before(grant.person, space, tx, now)
    return opened(replace(grant, approved_by=actor, terms_accepted=accepted), actor, tx, policy, now)


def refuse(grant: Grant, actor: str, tx: Transaction, policy: Policy, now: int) -> Outcome:
    space = _decidable(grant, actor, tx, policy, now)
    if isinstance(space, Refused):
        return space
    later = grant.approved_by is not None
    ended = grant if later else replace(grant, ended_at=now, ended_by=actor)
    tx.grants.save(replace(ended, wanted_end=None, wanted_by=None))
    tx.prompts.forget(grant.number)
    fact = AccessRefused(
        at=now, actor=actor, room_id=grant.room_id or "", space=grant.space, person=grant.person, grant=grant.number
    )
    told = Inform(
        person=grant.wanted_by or grant.sponsor,
        key="told-refused-end" if later else "told-refused",
        arguments=about(grant, tx) | {"by": actor},
        space=grant.space,
    )
    return Done((fact,), (told,))


def _decidable(grant: Grant, actor: str, tx: Transaction, policy: Policy, now: int) -> Space | Refused:
    space = policy.spaces.get(grant.space)
    if space is None or not is_waiting(grant, space, now):
        return Refused("no-such-request", {"number": grant.number})
    if not may_moderate(actor, space.name, tx, policy):
        return Refused("moderators-only", {"list": tuple(moderators_of(space.name, tx, policy))})
    return space


def requests(intent: ListRequests, desk: Desk) -> Outcome:
    if not intent.number:
        return _listed(intent, desk)
    grant = desk.tx.grants.get(intent.number)
    if grant is None:
        return Refused("no-such-request", {"number": intent.number})
    decide = approve if intent.approve else refuse
    outcome = decide(grant, desk.sender, desk.tx, desk.policy, desk.now)
    return plus(outcome, signed(desk)) if isinstance(outcome, Done) else outcome


def _listed(intent: ListRequests, desk: Desk) -> Done:
    spaces = desk.policy.spaces
    waiting = [g for g in desk.tx.grants.all() if g.space in spaces and is_waiting(g, spaces[g.space], desk.now)]
    return Done(effects=(reply(desk, "requests-list", paged("requests", waiting, intent.page)),))


def paged(name: str, grants: list[Grant], page: int) -> dict[str, Argument]:
    """One page of grants, as arguments; a page behind the last one is the last one."""
    pages = max(1, ceil(len(grants) / PAGE_SIZE))
    page = min(page, pages)
    shown = sorted(grants, key=lambda grant: grant.number)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return {
        "count": len(grants),
        "page": page,
        "pages": pages,
        name: tuple(str(grant.number) for grant in shown),
    }
