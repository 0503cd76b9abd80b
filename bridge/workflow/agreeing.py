"""Terms: shown to somebody from outside in their direct chat, accepted there, asked anew when the text changes."""

from collections.abc import Iterable
from dataclasses import replace

from bridge.chat.intents import ReadTerms
from bridge.domain.facts import TermsAccepted
from bridge.domain.grants import Grant, Standing, standing
from bridge.domain.people import is_ours
from bridge.domain.results import Argument, Refused
from bridge.domain.spaces import Level, Space, Terms
from bridge.workflow.cases import Asking
from bridge.workflow.desk import Desk, Done, Outcome, Policy
from bridge.workflow.doors import admit, plus
from bridge.workflow.effects import Effect, Inform
from bridge.workflow.scoping import going_on, signed, space_meant
from bridge.workflow.storage import Transaction

PART = 6000
"""How many characters of terms one message holds."""


def accepted_before(person: str, space: Space, tx: Transaction, now: int) -> str | None:
    """What a new grant starts with: "" where there is nothing to accept, else what they accepted for another one."""
    terms = space.externals.terms
    if terms is None:
        return ""
    others = going_on(person, space, tx, now)
    return terms.version if any(grant.terms_accepted == terms.version for grant in others) else None


def ask(person: str, space: Space, tx: Transaction, now: int) -> Done:
    """Show the terms as they are now to somebody who has not accepted them; once for all their grants in a space.

    What they accepted before counts until the grace is over.
    """
    terms = space.externals.terms
    grants = [grant for grant in going_on(person, space, tx, now) if _has_to_accept(grant, terms)]
    if terms is None or not grants:
        return Done()
    anew = None
    for grant in grants:
        due = _due(grant, terms, now + space.externals.terms_grace)
        anew = anew or due
        tx.grants.save(replace(grant, terms_asked=terms.version, terms_due=due))
    return Done(effects=tuple(_shown(grants[0], space, terms, anew)))


def _due(grant: Grant, terms: Terms, end_of_grace: int) -> int | None:
    """Being shown the same text again gives nobody more time."""
    if grant.terms_accepted is None or grant.terms_asked == terms.version:
        return grant.terms_due
    return end_of_grace


def _has_to_accept(grant: Grant, terms: Terms | None) -> bool:
    return grant.approved_by is not None and terms is not None and grant.terms_accepted != terms.version


def _shown(grant: Grant, space: Space, terms: Terms, due: int | None) -> list[Effect]:
    """In as many messages as it takes; a ✅ on the last one accepts."""
    about: dict[str, Argument] = {"space": space.name, "sponsor": grant.sponsor, "until": due or 0}
    *first, last = parts(terms.text)
    told: list[Effect] = [_to(grant, "terms-anew" if due else "terms-first", about)]
    told += [_to(grant, "", {"text": part}) for part in first]
    ask = _to(grant, "terms-ask", {**about, "text": last})
    return [*told, replace(ask, asking=Asking.TERMS.value, grant=grant.number, detail=terms.version)]


def _to(grant: Grant, key: str, arguments: dict[str, Argument]) -> Inform:
    return Inform(person=grant.person, key=key, arguments=arguments, space=grant.space, for_staff=False)


def parts(text: str) -> list[str]:
    """A long text in pieces of a message's length: whole paragraphs where they fit, else whole lines, else cut."""
    found = [""]
    for paragraph in text.strip().split("\n\n"):
        for piece in _pieces(paragraph):
            joined = f"{found[-1]}\n\n{piece}" if found[-1] else piece
            if len(joined) <= PART:
                found[-1] = joined
            else:
                found.append(piece)
    return found


def _pieces(paragraph: str) -> Iterable[str]:
    while len(paragraph) > PART:
        cut = max(paragraph.rfind("\n", 1, PART), paragraph.rfind(" ", 1, PART))
        cut = cut if cut > 0 else PART
        yield paragraph[:cut]
        paragraph = paragraph[cut:].lstrip()
    yield paragraph


def accept(person: str, space: Space, tx: Transaction, policy: Policy, now: int) -> Done:
    """Somebody accepts the terms of a space as they are now; what their grants open is opened."""
    terms = space.externals.terms
    done = Done()
    for grant in going_on(person, space, tx, now):
        if terms is not None and _has_to_accept(grant, terms):
            done = plus(done, _accepted(grant, terms, tx, policy, now))
    return done


def _accepted(grant: Grant, terms: Terms, tx: Transaction, policy: Policy, now: int) -> Done:
    accepted = replace(grant, terms_accepted=terms.version, terms_asked=terms.version, terms_due=None)
    tx.grants.save(accepted)
    fact = TermsAccepted(
        at=now,
        actor=grant.person,
        room_id=grant.room_id or "",
        space=grant.space,
        person=grant.person,
        grant=grant.number,
        version=terms.version,
    )
    about: dict[str, Argument] = {"person": grant.person, "space": grant.space}
    told = Inform(person=grant.sponsor, key="told-terms-accepted", arguments=about, space=grant.space)
    first = (told,) if grant.terms_accepted is None else ()
    return plus(Done((fact,), first), admit(accepted, tx, policy, now))


def terms(intent: ReadTerms, desk: Desk) -> Outcome:
    if is_ours(desk.sender, desk.policy.people):
        return _read(desk)
    waiting = _spaces_with_terms(desk)
    if intent.accept:
        return _accept_all(waiting, desk)
    shown = [_shown(grant, space, text, grant.terms_due) for grant, space, text in waiting]
    if not shown:
        return Refused("no-terms")
    return plus(Done(effects=tuple(effect for told in shown for effect in told)), _sign(desk))


def _accept_all(waiting: list[tuple[Grant, Space, Terms]], desk: Desk) -> Outcome:
    done = Done()
    for _, space, _text in waiting:
        done = plus(done, accept(desk.sender, space, desk.tx, desk.policy, desk.now))
    return plus(done, signed(desk)) if done.facts else Refused("no-terms")


def _sign(desk: Desk) -> Done:
    return Done() if desk.private else signed(desk)


def _spaces_with_terms(desk: Desk) -> list[tuple[Grant, Space, Terms]]:
    """One grant of the sender's for each space that has terms."""
    found: dict[str, tuple[Grant, Space, Terms]] = {}
    for grant in desk.tx.grants.of(desk.sender):
        space = desk.policy.spaces.get(grant.space)
        if space is None or space.level is not Level.EXTRANET or space.externals.terms is None:
            continue
        if standing(grant, space.externals, desk.now) in {Standing.TERMS, Standing.LIVE}:
            found.setdefault(space.name, (grant, space, space.externals.terms))
    return list(found.values())


def _read(desk: Desk) -> Outcome:
    """One of ours looks at what others accept."""
    space = space_meant(None, desk)
    if isinstance(space, Refused):
        return space
    if space.externals.terms is None:
        return Refused("no-terms")
    told = [
        Inform(person=desk.sender, key="", arguments={"text": part}, space=space.name)
        for part in parts(space.externals.terms.text)
    ]
    return plus(Done(effects=tuple(told)), _sign(desk))
