"""A question is brought before moderators: said by a person or by a rule."""

from bridge.domain import lifecycle
from bridge.domain.people import is_ours
from bridge.domain.questions import Question
from bridge.domain.queue_facts import QuestionEscalated
from bridge.domain.results import Argument
from bridge.domain.spaces import DAY
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done
from bridge.workflow.effects import SayInTriage
from bridge.workflow.notices import tell
from bridge.workflow.stewards import moderators_of
from bridge.workflow.timers import Timer
from bridge.workflow.triaging import triage_room

CALM = "escalation_over"
"""The kind of timer that is there while moderators are not called for the same question again."""
CALM_FOR = DAY


def is_fresh(question: Question, around: Circumstances) -> bool:
    """Whether moderators were called for it a short while ago."""
    return question.escalated and around.tx.timers.get(_name(question)) is not None


def _name(question: Question) -> str:
    return f"escalated {question.number}"


def escalate(question: Question, around: Circumstances, *, actor: str, rule: str = "", note: str = "") -> Done:
    """Moderators are called, and it goes before others; nothing where they were just now, or it is settled.

    `rule`: the name of the rule that said so; `note`: the event id of a note that says why.
    """
    escalated = lifecycle.escalate(question)
    if not isinstance(escalated, Question) or is_fresh(question, around):
        return Done()
    around.tx.questions.save(escalated)
    around.tx.timers.set(Timer(_name(question), CALM, around.now + CALM_FOR, question.number))
    fact = QuestionEscalated(
        at=around.now,
        actor=actor,
        room_id=question.room_id,
        space=question.space,
        number=question.number,
        rule=rule,
    )
    return Done((fact,), _call(question, around, actor, note))


def over(_timer: Timer, _around: Circumstances) -> Done:
    """From now on they may be called again."""
    return Done()


def _call(question: Question, around: Circumstances, actor: str, note: str) -> tuple[SayInTriage, ...]:
    """Under the card in the triage room, which pings those of them who are there; else each in their direct chat."""
    by_bot = actor == around.policy.setting.me
    room = triage_room(question.space, around.tx, around.policy)
    moderators = [who for who in moderators_of(question.space, around.tx, around.policy) if who != actor]
    if room is None:
        arguments: dict[str, Argument] = {} if by_bot else {"person": actor, "note": note}
        for moderator in moderators:
            key = "told-escalated-by-rule" if by_bot else "told-escalated"
            tell(moderator, question.number, key, around, named=True, arguments=arguments)
        return ()
    members = around.tx.rooms.members(room.room_id)
    there = tuple(who for who in moderators if members.get(who) == "join" and is_ours(who, around.policy.people))
    said = SayInTriage(
        room_id=room.room_id,
        number=question.number,
        key="triage-escalated-by-rule" if by_bot else "triage-escalated",
        arguments={} if by_bot else {"person": actor},
        mentions=there,
        note=note,
    )
    return (said,)
