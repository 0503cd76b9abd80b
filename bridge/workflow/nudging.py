"""The asker is asked once whether an answer is it, when it has been there for a while and they said nothing more."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bridge.domain.calendar import ALWAYS
from bridge.domain.facts import AnswerGiven
from bridge.domain.profile import Notify, Profile
from bridge.domain.questions import Question
from bridge.domain.queue_facts import AskerNudged
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done
from bridge.workflow.notices import tell, zone_of
from bridge.workflow.storage import Transaction
from bridge.workflow.telling import by_bot
from bridge.workflow.timers import Timer

KIND = "nudge"


def await_word(fact: AnswerGiven, question: Question, around: Circumstances) -> Done:
    """The first answer since the asker last wrote starts the time."""
    space = around.policy.spaces.get(question.space)
    if space is None or not space.nudge_after or fact.actor == question.asker:
        return Done()
    if question.unanswered and not question.nudged:
        due = space.calendar.later(around.now, space.nudge_after)
        around.tx.timers.begin(Timer(_name(question), KIND, due, question.number))
    return Done()


def asker_wrote(question: Question, tx: Transaction) -> None:
    """They know of the answers before that; the next one starts the time anew."""
    if not question.nudged:
        tx.timers.drop(_name(question))


def ring(timer: Timer, around: Circumstances) -> Done:
    question = around.tx.questions.get(timer.number)
    if question is None or question.withdrawn or question.nudged or not question.unanswered:
        return Done()
    profile = around.tx.persons.get(question.asker).profile
    answers = around.tx.questions.discussion(question.number).answers
    if profile.notify is Notify.OFF or not any(a.author != question.asker and not a.withdrawn for a in answers):
        return Done()
    later = _sensible(profile, zone_of(profile, question, around), question, around)
    if later > around.now:
        around.tx.timers.set(replace(timer, due_at=later))
        return Done()
    return _nudge(question, around)


def _sensible(profile: Profile, zone: ZoneInfo, question: Question, around: Circumstances) -> int:
    """The first moment from now on that is in the hours of their space and their own; they are back by then."""
    moment = max(around.now, profile.away_until or 0)
    if profile.hours:
        return profile.hours.opens(moment, zone)
    space = around.policy.spaces.get(question.space)
    return (space.calendar if space else ALWAYS).opens(moment)


def _nudge(question: Question, around: Circumstances) -> Done:
    around.tx.questions.save(replace(question, nudged=True))
    tell(question.asker, question.number, "told-nudge", around, named=True)
    return Done((by_bot(AskerNudged, question, around, asker=question.asker),))


def _name(question: Question) -> str:
    return f"{KIND} {question.number}"
