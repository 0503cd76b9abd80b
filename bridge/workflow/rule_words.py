"""What rules say in a question's thread, and how they are explained."""

from collections.abc import Callable, Iterator, Mapping

from bridge.chat.render.content import Content, Line, in_thread, item, line, notice, one_line
from bridge.chat.words import Words
from bridge.domain.queue_facts import NobodyFree, QuestionAssigned, QuestionEscalated, QuestionPrioritized, RuleMatched
from bridge.domain.results import Argument
from bridge.domain.rules import Conditions, Rule, filled
from bridge.workflow.desk import private_view
from bridge.workflow.effects import SayByRule
from bridge.workflow.guard import visible
from bridge.workflow.materials import Materials


def said_by_rule(effect: SayByRule, materials: Materials) -> Content | None:
    """Nothing about a question that was settled or taken back meanwhile."""
    question = materials.visible(effect.number, materials.viewer(effect.room_id))
    if question is None or not question.unanswered:
        return None
    values = {
        "number": f"Q{question.number}",
        "asker": materials.name(question.room_id, question.asker),
        "title": one_line(materials.told(question, effect.room_id).title),
    }
    said = filled(effect.text, values)
    content = notice([line(text) for text in said.splitlines() if text.strip()])
    return in_thread(content, question.thread_root, question.thread_root)


# --- !why ----------------------------------------------------------------------------------------------------------

EXPLAINED = "rules_of"
"""The argument that is the number of the question whose rules are listed behind a message."""
LONGEST = 800
"""Fluent fills in no more than 1000 characters at once."""
READER = "reader"
"""The argument that is who reads them in a direct chat: whether they may see the question is asked again."""


def rule_lines(arguments: Mapping[str, Argument], language: Words, materials: Materials) -> list[Line]:
    """A line for each rule that matched: what it is called, why it matched, what it did."""
    number = arguments.get(EXPLAINED)
    if not isinstance(number, int) or not _may_read(number, arguments.get(READER), materials):
        return []
    rules = {rule.name: rule for rule in materials.policy.rules}
    matched = {fact.rule: fact for fact in materials.tx.facts.of(number, RuleMatched)}
    return [item(_explained(fact, rules.get(name), language, materials)) for name, fact in matched.items()]


def _may_read(number: int, reader: Argument | None, materials: Materials) -> bool:
    if not isinstance(reader, str):
        return True
    question = materials.tx.questions.get(number)
    viewer = private_view(reader, materials.tx, materials.policy)
    return question is not None and visible(materials.tx, materials.policy, question, viewer)


def _explained(fact: RuleMatched, rule: Rule | None, language: Words, materials: Materials) -> str:
    """By the conditions as they are in the config now."""
    because = [_because(key, rule.when, language) for key in fact.because] if rule else [language.say("rule-gone")]
    done = [*_tagged(fact, rule, materials), *_done(fact, language, materials)]
    arguments: dict[str, Argument] = {
        "rule": one_line(fact.rule),
        "because": " · ".join(because)[:LONGEST] or language.say("rule-always"),
        "done": " · ".join(done) or "none",
    }
    return language.say("rule-line", arguments)


def _because(key: str, when: Conditions, language: Words) -> str:
    values = CONDITION_VALUES[key](when, language)
    return language.say(f"rule-because-{key.replace('_', '-')}", {"value": one_line(values)[:200] or "…"})


Worded = Callable[[Conditions, Words], str]
CONDITION_VALUES: dict[str, Worded] = {
    "space": lambda when, _language: ", ".join(when.spaces),
    "room": lambda when, _language: ", ".join(when.rooms),
    "text": lambda when, _language: when.text.source if when.text else "",
    "from": lambda when, language: ", ".join(language.say(f"class-{each.value}") for each in when.classes),
    "language": lambda when, _language: ", ".join(when.languages),
    "tag": lambda when, _language: ", ".join(when.tags),
    "priority": lambda when, language: ", ".join(language.say(f"priority-{each.value}") for each in when.priorities),
    "assigned": lambda when, _language: "yes" if when.assigned else "no",
    "hours": lambda when, _language: "open" if when.open else "closed",
    "unanswered_for": lambda when, language: language.age(when.unanswered_for) if when.unanswered_for else "",
}
"""Condition -> what a rule asks for, in words."""


def _tagged(matched: RuleMatched, rule: Rule | None, materials: Materials) -> Iterator[str]:
    """Those that the question still has."""
    question = materials.tx.questions.get(matched.number)
    added = [tag for tag in rule.then.tags if question and tag in question.tags] if rule else []
    if added:
        yield " ".join(f"#{tag}" for tag in added)


def _done(matched: RuleMatched, language: Words, materials: Materials) -> Iterator[str]:
    facts, number = materials.tx.facts, matched.number
    for given in facts.of(number, QuestionAssigned):
        if given.rule == matched.rule:
            yield language.say("rule-did-assign", {"person": materials.name(given.room_id, given.person)})
    for busy in facts.of(number, NobodyFree):
        if busy.rule == matched.rule:
            yield language.say("rule-did-tell", {"team": busy.team})
    for raised in facts.of(number, QuestionPrioritized):
        if raised.rule == matched.rule:
            yield language.say(f"priority-{raised.priority}")
    if any(called.rule == matched.rule for called in facts.of(number, QuestionEscalated)):
        yield language.say("rule-did-escalate")
