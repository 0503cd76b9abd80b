"""A question that no rule gave to anybody is shown to its likely experts: few of them, and nobody too often."""

from bridge.domain.expertise import PESTERED
from bridge.domain.facts import QuestionAsked
from bridge.domain.profile import Notify
from bridge.domain.questions import Question
from bridge.domain.queue_facts import ExpertAsked, RuleMatched
from bridge.domain.spaces import DAY
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done
from bridge.workflow.experts import likely
from bridge.workflow.notices import tell
from bridge.workflow.telling import by_bot
from bridge.workflow.timers import Timer

KIND = "experts"


def look_for_experts(_fact: QuestionAsked, question: Question, around: Circumstances) -> Done:
    """A moment later: by then it is written down what rules did."""
    space = around.policy.spaces.get(question.space)
    if space and space.ask_experts and question.assignee is None:
        around.tx.timers.begin(Timer(f"{KIND} {question.number}", KIND, around.now, question.number))
    return Done()


def ring(timer: Timer, around: Circumstances) -> Done:
    question = around.tx.questions.get(timer.number)
    if question is None or question.withdrawn or _is_seen_to(question, around):
        return Done()
    limit = around.policy.experts_asked
    found = likely(question, around, None, 2 * limit + PESTERED)
    asked = [who for who in found if _may_be_bothered(who, around)][:limit]
    return Done(tuple(_ask(who, question, around) for who in asked))


def _is_seen_to(question: Question, around: Circumstances) -> bool:
    """Answered, taken, or somebody was told by a rule."""
    if not question.unanswered or question.assignee or question.first_response_at is not None:
        return True
    matched = {fact.rule for fact in around.tx.facts.of(question.number, RuleMatched)}
    acts = (rule.then for rule in around.policy.rules if rule.name in matched)
    return any(then.assign or then.notify or then.escalate for then in acts)


def _may_be_bothered(person: str, around: Circumstances) -> bool:
    if around.tx.persons.get(person).profile.notify is Notify.OFF:
        return False
    return around.tx.experts.requests(person, around.now - DAY) < around.policy.experts_a_day


def _ask(person: str, question: Question, around: Circumstances) -> ExpertAsked:
    around.tx.experts.request(person, question.number, around.now)
    tell(person, question.number, "told-expert", around, named=True)
    return by_bot(ExpertAsked, question, around, person=person)
