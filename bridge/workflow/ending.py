"""What time brings to grants: warnings, ends, requests that nobody answered, new terms, sponsors who leave."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from bridge.domain.facts import AccessExpired, SponsorLost
from bridge.domain.grants import Grant, Standing, may_come_from, standing, warning_due
from bridge.domain.people import is_denied, is_ours
from bridge.domain.results import Argument
from bridge.domain.spaces import DAY, Level, Space
from bridge.workflow import agreeing
from bridge.workflow.cases import Asking
from bridge.workflow.desk import Done, Policy
from bridge.workflow.doors import admit, plus, shut
from bridge.workflow.effects import Effect, Inform
from bridge.workflow.stewards import moderators_of
from bridge.workflow.storage import Transaction
from bridge.workflow.vouching import about

REQUESTS_LAPSE = 30 * DAY
MOST = 200
"""How many grants are dealt with at once; the others follow a second later."""

Step = Callable[[Grant, Transaction, Policy, int], Done]


def tick(tx: Transaction, policy: Policy, now: int) -> Done:
    """Deal with what is due. Costs no query where nothing is."""
    done = Done()
    for number, step in list(islice(_due(tx, policy, now), MOST)):
        grant = tx.grants.get(number)
        if grant is not None and grant.ended_at is None:
            done = plus(done, step(grant, tx, policy, now))
    return done


def _due(tx: Transaction, policy: Policy, now: int) -> Iterator[tuple[int, Step]]:
    ours: dict[str, bool] = {}
    for grant in tx.grants.all():
        if grant.sponsor not in ours:
            ours[grant.sponsor] = is_ours(grant.sponsor, policy.people)
        step = _step(grant, policy.spaces.get(grant.space), ours[grant.sponsor], policy, now)
        if step is not None:
            yield grant.number, step


def _step(grant: Grant, space: Space | None, vouched: bool, policy: Policy, now: int) -> Step | None:
    """The one thing that is due for a grant; another one may be a second later."""
    if grant.ends_at is not None and now >= grant.ends_at:
        return _end if grant.approved_by is not None else _lapse
    if grant.approved_by is None:
        return None if vouched and now - grant.created_at < REQUESTS_LAPSE else _lapse
    if grant.orphaned == vouched:
        return _return if vouched else _orphan
    if space is None or space.level is not Level.EXTRANET or not may_come_from(grant.person, space.externals):
        return None
    step = _terms_step(grant, space, now) or _warning_step(grant, space, now)
    return None if step is None or is_denied(grant.person, policy.people) else step


def _terms_step(grant: Grant, space: Space, now: int) -> Step | None:
    terms = space.externals.terms
    if terms is None:
        return _without_terms if grant.terms_accepted is None or grant.terms_due is not None else None
    if grant.terms_accepted == terms.version:
        return _agreed if grant.terms_due is not None else None
    if grant.terms_asked != terms.version:
        return _ask
    overdue = grant.terms_accepted is not None and grant.terms_due is not None and now >= grant.terms_due
    return _overdue if overdue else None


def _warning_step(grant: Grant, space: Space, now: int) -> Step | None:
    due = warning_due(grant, now)
    return _warn if due is not None and standing(grant, space.externals, now) is Standing.LIVE else None


def _end(grant: Grant, tx: Transaction, policy: Policy, now: int) -> Done:
    ended = _over(grant, tx, policy, now)
    return plus(ended, shut(grant.person, grant.space, grant.sponsor, tx, policy, now, revoked=False))


def _over(grant: Grant, tx: Transaction, policy: Policy, now: int) -> Done:
    me = policy.setting.me
    tx.grants.save(replace(grant, ended_at=now, ended_by=me))
    tx.prompts.forget(grant.number)
    room_id = grant.room_id or ""
    fact = AccessExpired(at=now, actor=me, room_id=room_id, space=grant.space, person=grant.person, grant=grant.number)
    return Done((fact,))


def _lapse(grant: Grant, tx: Transaction, policy: Policy, now: int) -> Done:
    arguments: dict[str, Argument] = {"person": grant.person, "space": grant.space}
    told = Inform(person=grant.sponsor, key="told-lapsed", arguments=arguments, space=grant.space)
    return plus(_over(grant, tx, policy, now), Done(effects=(told,)))


def _warn(grant: Grant, tx: Transaction, _policy: Policy, now: int) -> Done:
    days = warning_due(grant, now)
    tx.grants.save(replace(grant, warned=days or 0))
    told: list[Effect] = [
        Inform(
            person=grant.sponsor,
            key="told-warning",
            arguments=about(grant, tx),
            space=grant.space,
            asking=Asking.RENEW.value,
            grant=grant.number,
            detail=str(grant.ends_at),
        ),
        Inform(
            person=grant.person,
            key="told-warning-you",
            arguments={"space": grant.space, "sponsor": grant.sponsor, "until": grant.ends_at or 0},
            space=grant.space,
            for_staff=False,
        ),
    ]
    return Done(effects=tuple(told))


def _orphan(grant: Grant, tx: Transaction, policy: Policy, now: int) -> Done:
    """The sponsor has left: moderators are asked to vouch for the person, or to end it."""
    tx.grants.save(replace(grant, orphaned=True))
    fact = SponsorLost(
        at=now,
        actor=policy.setting.me,
        room_id=grant.room_id or "",
        space=grant.space,
        person=grant.person,
        grant=grant.number,
        sponsor=grant.sponsor,
    )
    told = [
        Inform(
            person=who,
            key="told-orphaned",
            arguments=about(grant, tx),
            space=grant.space,
            asking=Asking.ADOPT.value,
            grant=grant.number,
        )
        for who in moderators_of(grant.space, tx, policy)
    ]
    return Done((fact,), tuple(told))


def _return(grant: Grant, tx: Transaction, _policy: Policy, _now: int) -> Done:
    tx.grants.save(replace(grant, orphaned=False))
    return Done()


def _ask(grant: Grant, tx: Transaction, policy: Policy, now: int) -> Done:
    return agreeing.ask(grant.person, policy.spaces[grant.space], tx, now)


def _agreed(grant: Grant, tx: Transaction, _policy: Policy, _now: int) -> Done:
    """The text is again the one that they accepted."""
    tx.grants.save(replace(grant, terms_asked=grant.terms_accepted, terms_due=None))
    return Done()


def _without_terms(grant: Grant, tx: Transaction, policy: Policy, now: int) -> Done:
    """There is nothing to accept any more."""
    freed = replace(grant, terms_accepted=grant.terms_accepted or "", terms_asked=None, terms_due=None)
    tx.grants.save(freed)
    return admit(freed, tx, policy, now)


def _overdue(grant: Grant, tx: Transaction, policy: Policy, now: int) -> Done:
    """They did not accept the new terms in time: out until they do."""
    tx.grants.save(replace(grant, terms_accepted=None, terms_due=None))
    arguments: dict[str, Argument] = {"person": grant.person, "space": grant.space}
    told = Inform(person=grant.sponsor, key="told-terms-overdue", arguments=arguments, space=grant.space)
    shutting = shut(grant.person, grant.space, grant.sponsor, tx, policy, now, revoked=False)
    return plus(Done(effects=(told,)), shutting)
