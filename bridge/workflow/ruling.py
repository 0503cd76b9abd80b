"""Rules of the config, applied: which of them match a question, and what they do. `judged` is the dry run, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bridge.chat.languages import language_of
from bridge.domain import lifecycle
from bridge.domain.admission import class_in
from bridge.domain.calendar import ALWAYS
from bridge.domain.facts import Fact, QuestionAsked, QuestionEdited
from bridge.domain.people import PersonClass, class_of
from bridge.domain.questions import Question, State
from bridge.domain.queue_facts import QuestionPrioritized, QuestionTagged, RuleMatched
from bridge.domain.rules import Look, Outcome, Rule, Situation, Verdict, at_asking, decide
from bridge.workflow.assigning import assign
from bridge.workflow.choosing import Choice, choose, take_turn
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, with_replaced
from bridge.workflow.effects import Effect, SayByRule
from bridge.workflow.escalating import escalate, is_fresh
from bridge.workflow.fallback import nobody_free
from bridge.workflow.notices import tell
from bridge.workflow.telling import by_bot


def on_asked(_fact: QuestionAsked, question: Question, around: Circumstances) -> Done:
    rules = at_asking(around.policy.rules)
    return carried_out(judged(rules, question, around), question, around) if rules else Done()


def on_edited(_fact: QuestionEdited, question: Question, around: Circumstances) -> Done:
    """What matches now and did not before is done; what was done is never undone."""
    rules = at_asking(around.policy.rules)
    if not rules or not question.unanswered:
        return Done()
    return carried_out(judged(rules, question, around, before=matched_before(question, around)), question, around)


def matched_before(question: Question, around: Circumstances) -> frozenset[str]:
    return frozenset(fact.rule for fact in around.tx.facts.of(question.number, RuleMatched))


def judged(
    rules: Sequence[Rule],
    question: Question,
    around: Circumstances,
    *,
    waited: int = 0,
    before: frozenset[str] = frozenset(),
) -> Verdict:
    """What becomes of each rule. `waited`: so much business time, in milliseconds; `before`: names of those done."""
    return decide(rules, situation(question, around, waited, detect=_ask_for_language(rules)), before)


def _ask_for_language(rules: Sequence[Rule]) -> bool:
    return any(rule.when.languages for rule in rules)


def situation(question: Question, around: Circumstances, waited: int = 0, *, detect: bool = True) -> Situation:
    """A question as rules see it now."""
    space = around.policy.spaces.get(question.space)
    return Situation(
        space=question.space,
        rooms=_names_of(question.room_id, around),
        text=question.text,
        asker=_asker_class(question, around),
        language=language_of(question.text) if detect else None,
        tags=frozenset(question.tags),
        priority=question.priority,
        assigned=question.assignee is not None,
        open=(space.calendar if space else ALWAYS).is_open(around.now),
        waited=waited,
    )


def _names_of(room_id: str, around: Circumstances) -> frozenset[str]:
    """Its id and aliases, and the ids of the rooms that it replaced."""
    room = around.tx.rooms.get(room_id)
    known = room.content("m.room.canonical_alias") if room else {}
    others = known.get("alt_aliases")
    aliases = [known.get("alias"), *(others if isinstance(others, list) else ())]
    return frozenset({room_id, *with_replaced(room_id, around.tx), *(a for a in aliases if isinstance(a, str))})


def _asker_class(question: Question, around: Circumstances) -> PersonClass:
    people, space = around.policy.people, around.policy.spaces.get(question.space)
    if space is None:
        return class_of(question.asker, people)
    return class_in(question.asker, space, people, around.tx.grants.of(question.asker), around.now)


# --- what matching rules do ----------------------------------------------------------------------------------------


def carried_out(verdict: Verdict, question: Question, around: Circumstances) -> Done:
    """Everything that the rules that matched do, in their order."""
    facts, effects = list[Fact](), list[Effect]()
    for look in verdict.looks:
        if look.outcome is Outcome.MATCHED:
            done = _carry_out(look, question.number, around)
            facts += done.facts
            effects += done.effects
    return Done(tuple(facts), tuple(effects))


def _carry_out(look: Look, number: int, around: Circumstances) -> Done:
    facts, effects = list[Fact](), list[Effect]()
    for act in (_matched, _tag, _prioritize, _assign, _notify, _say, _escalate):
        question = around.tx.questions.get(number)
        done = act(look, question, around) if question else Done()
        facts += done.facts
        effects += done.effects
    return Done(tuple(facts), tuple(effects))


def _matched(look: Look, question: Question, around: Circumstances) -> Done:
    because = tuple(check.key for check in look.checks)
    return Done((by_bot(RuleMatched, question, around, rule=look.rule.name, because=because),))


def _tag(look: Look, question: Question, around: Circumstances) -> Done:
    new = [tag for tag in look.rule.then.tags if tag not in question.tags]
    tagged = lifecycle.tag(question, new, ()) if new else None
    if not isinstance(tagged, Question):
        return Done()
    around.tx.questions.save(tagged)
    return Done((by_bot(QuestionTagged, question, around, added=len(new), removed=0),))


def _prioritize(look: Look, question: Question, around: Circumstances) -> Done:
    wanted = look.rule.then.priority
    changed = lifecycle.prioritize(question, wanted) if wanted else None
    if wanted is None or not isinstance(changed, Question):
        return Done()
    around.tx.questions.save(changed)
    return Done((by_bot(QuestionPrioritized, question, around, priority=wanted.value, rule=look.rule.name),))


def _assign(look: Look, question: Question, around: Circumstances) -> Done:
    rule, line = look.rule, look.rule.then.assign
    if line is None or not may_assign(rule, question, around):
        return Done()
    choice = would_get(rule, question, around)
    if choice is None:
        return nobody_free(line.team, question, around, rule=rule.name)
    take_turn(choice, around)
    return assign(question, choice.person, around, actor=around.policy.setting.me, rule=rule.name)


def may_assign(rule: Rule, question: Question, around: Circumstances) -> bool:
    """Whether a rule gives the question to somebody: not from whoever took it, or has just got it.

    Once it has waited, it goes from who stayed silent to another team.
    """
    if question.assignee is None:
        return question.unanswered
    team = around.policy.teams.get(rule.then.assign.team, ()) if rule.then.assign else ()
    return rule.timed and question.state is State.OPEN and question.assignee not in team


def would_get(rule: Rule, question: Question, around: Circumstances) -> Choice | None:
    """To whom a rule would give a question at this moment; nothing is changed by asking."""
    if rule.then.assign is None or not may_assign(rule, question, around):
        return None
    return choose(question, rule.then.assign, around, frozenset({question.assignee or ""}))


def _notify(look: Look, question: Question, around: Circumstances) -> Done:
    for person in look.rule.then.notify:
        if person != question.asker:
            tell(person, question.number, "told-by-rule", around, named=True)
    return Done()


def _say(look: Look, question: Question, _around: Circumstances) -> Done:
    said = SayByRule(room_id=question.room_id, number=question.number, text=look.rule.then.say)
    return Done(effects=(said,) if said.text else ())


def _escalate(look: Look, question: Question, around: Circumstances) -> Done:
    if not look.rule.then.escalate:
        return Done()
    return escalate(question, around, actor=around.policy.setting.me, rule=look.rule.name)


# --- a dry run -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would become of each rule; who would get the question by which (None: nobody is free); how it is then."""

    verdict: Verdict
    given: Mapping[str, str | None]
    question: Question


def rehearse(rules: Sequence[Rule], seen: Situation, question: Question, around: Circumstances) -> Rehearsal:
    """What rules would do with a question that looks like `seen`; nothing is changed."""
    verdict = decide(rules, seen)
    given: dict[str, str | None] = {}
    called = is_fresh(question, around)
    for rule in verdict.matched:
        tagged = lifecycle.tag(question, rule.then.tags, ())
        question = tagged if isinstance(tagged, Question) else question
        question = replace(question, priority=rule.then.priority or question.priority)
        if rule.then.assign and may_assign(rule, question, around):
            choice = would_get(rule, question, around)
            given[rule.name] = choice.person if choice else None
            question = replace(question, assignee=choice.person) if choice else question
        if rule.then.escalate and not called:
            escalated = lifecycle.escalate(question)
            question, called = escalated if isinstance(escalated, Question) else question, True
    return Rehearsal(verdict, given, question)
