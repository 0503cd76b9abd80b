"""Which rules matched a question: their names and conditions for people of ours, their number for others."""

from dataclasses import dataclass, replace

from bridge.chat.intents import Intent, Ref
from bridge.domain.people import is_ours
from bridge.domain.queue_facts import RuleMatched
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.advising import reply
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.discreet import in_private
from bridge.workflow.rule_words import EXPLAINED, READER


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRules(Intent):
    ref: Ref


def explain_rules(intent: ExplainRules, desk: Desk) -> Outcome:
    """Names go nowhere but where people of ours alone read along."""
    question = guard.find(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    number = question.number
    matched = len({fact.rule for fact in desk.tx.facts.of(number, RuleMatched)})
    if not matched or not is_ours(desk.sender, desk.policy.people):
        counted = reply(desk, "rules-counted", {"number": number, "count": matched})
        return Done(effects=(replace(counted, about=number),))
    if desk.secluded:
        named = reply(desk, "rules-named", {"number": number, EXPLAINED: number})
        return Done(effects=(replace(named, about=number, secluded=True),))
    named = reply(desk, "rules-named", {"number": number, EXPLAINED: number, READER: desk.sender})
    return in_private(Done(effects=(named,)), desk)
