"""A ✅ on a message by which the bot asked somebody something about a grant."""

from collections.abc import Callable

from bridge.chat.intents import Consent
from bridge.domain.grants import Grant
from bridge.domain.people import is_ours
from bridge.domain.spaces import Space
from bridge.workflow import agreeing, forgetting
from bridge.workflow.cases import Asking, Prompt
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.doors import plus
from bridge.workflow.effects import Acknowledge
from bridge.workflow.extending import prolong
from bridge.workflow.requesting import approve, matter
from bridge.workflow.stewards import may_moderate
from bridge.workflow.vouching import adopted

Answer = Callable[[Prompt, Grant, Space, Desk], Outcome]
OVER = Disregarded("settled already")


def consent(intent: Consent, desk: Desk) -> Outcome:
    """By the person whom the bot asked, where it asked them, while it is still to be decided."""
    prompt = desk.tx.prompts.get(intent.target)
    if prompt is None or prompt.person != desk.sender or desk.room is None or desk.room.direct_with != desk.sender:
        return Disregarded("not asked")
    if prompt.asking is Asking.FORGET:
        return forgetting.consented(prompt, desk)
    grant = desk.tx.grants.get(prompt.grant)
    space = desk.policy.spaces.get(grant.space) if grant else None
    if grant is None or space is None or grant.ended_at is not None:
        return OVER
    outcome = ANSWERS[prompt.asking](prompt, grant, space, desk)
    if not isinstance(outcome, Done):
        return outcome
    return plus(outcome, Done(effects=(Acknowledge(room_id=desk.origin.room_id, event_id=intent.target),)))


def _approve(prompt: Prompt, grant: Grant, _space: Space, desk: Desk) -> Outcome:
    if prompt.detail != matter(grant):
        return OVER
    return approve(grant, desk.sender, desk.tx, desk.policy, desk.now)


def _renew(prompt: Prompt, grant: Grant, space: Space, desk: Desk) -> Outcome:
    if grant.sponsor != desk.sender or prompt.detail != str(grant.ends_at):
        return OVER
    return prolong(grant, None, space, desk) if is_ours(desk.sender, desk.policy.people) else OVER


def _accept_terms(prompt: Prompt, grant: Grant, space: Space, desk: Desk) -> Outcome:
    """Only the text that they were shown; where there is a newer one, that is shown."""
    terms = space.externals.terms
    if grant.person != desk.sender or terms is None:
        return OVER
    if terms.version != prompt.detail:
        return agreeing.ask(grant.person, space, desk.tx, desk.now)
    done = agreeing.accept(grant.person, space, desk.tx, desk.policy, desk.now)
    return done if done.facts else OVER


def _adopt(_prompt: Prompt, grant: Grant, space: Space, desk: Desk) -> Outcome:
    if not grant.orphaned or not may_moderate(desk.sender, space.name, desk.tx, desk.policy):
        return OVER
    return adopted(grant, desk.sender, desk.tx, desk.now)


ANSWERS: dict[Asking, Answer] = {
    Asking.APPROVE: _approve,
    Asking.RENEW: _renew,
    Asking.TERMS: _accept_terms,
    Asking.ADOPT: _adopt,
}
