"""Somebody is to answer: said by a person, by a rule, or because the one before stayed silent."""

from dataclasses import replace

from bridge.domain.questions import Question, State
from bridge.domain.queue_facts import QuestionAssigned
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done


def assign(question: Question, person: str, around: Circumstances, *, actor: str, rule: str = "") -> Done:
    """From now on `person` is to answer, whoever was to before; nothing where that is so already, or settled.

    Whether they may see the question is for the caller to ask. `rule`: the name of the rule that said so.
    """
    if not question.unanswered or question.assignee == person:
        return Done()
    around.tx.questions.save(replace(question, state=State.OPEN, assignee=person))
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
    return Done((fact,))
