"""Somebody is to answer: said by a person, by a rule, or because the one before stayed silent."""

from bridge.domain import lifecycle
from bridge.domain.questions import Question
from bridge.domain.queue_facts import QuestionAssigned
from bridge.domain.results import Argument
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, private_view
from bridge.workflow.notices import tell


def may_take(person: str, question: Question, around: Circumstances) -> bool:
    """Whether somebody is in a question's room and may see it; the bot answers nothing."""
    tx, policy = around.tx, around.policy
    view = None if person == policy.setting.me else private_view(person, tx, policy)
    return view is not None and question.room_id in view.joined and guard.visible(tx, policy, question, view)


def may_be_asked(person: str, question: Question, around: Circumstances) -> bool:
    """Whether somebody else than the asker may take a question, and is not away."""
    if person == question.asker or around.tx.persons.get(person).profile.away(around.now):
        return False
    return may_take(person, question, around)


def assign(
    question: Question, person: str, around: Circumstances, *, actor: str, rule: str = "", note: str = ""
) -> Done:
    """From now on `person` is to answer, whoever was to before; nothing where that is so already, or settled.

    They are told, unless they did it themselves. Whether they may see the question is for the caller to ask. `rule`:
    the name of the rule that said so; `note`: the event id of a note that goes with it.
    """
    if not question.unanswered or question.assignee == person:
        return Done()
    around.tx.questions.save(lifecycle.assigned(question, person))
    fact = QuestionAssigned(
        at=around.now,
        actor=actor,
        room_id=question.room_id,
        space=question.space,
        number=question.number,
        person=person,
        before=question.assignee,
        rule=rule,
    )
    if actor != person:
        _tell(question, person, around, actor, note)
    return Done((fact,))


def _tell(question: Question, person: str, around: Circumstances, actor: str, note: str) -> None:
    """By whom is said where that was somebody; a rule is the bot's own word."""
    if actor == around.policy.setting.me:
        tell(person, question.number, "told-your-turn", around, named=True)
        return
    arguments: dict[str, Argument] = {"person": actor, "note": note}
    tell(person, question.number, "told-assigned", around, named=True, arguments=arguments)
