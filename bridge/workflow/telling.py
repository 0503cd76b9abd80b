"""Facts about a question, with the columns they all share filled in."""

from typing import Any, TypeVar

from bridge.domain.facts import Fact
from bridge.domain.questions import Question
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk

F = TypeVar("F", bound=Fact)


def about(kind: type[F], question: Question, desk: Desk, **more: Any) -> F:
    """A fact that happened to a question now, by the sender."""
    return kind(
        at=desk.now,
        actor=desk.sender,
        room_id=question.room_id,
        space=question.space,
        number=question.number,
        **more,
    )


def by_bot(kind: type[F], question: Question, around: Circumstances, **more: Any) -> F:
    """A fact about a question that no message brought, but a rule or time."""
    me = around.policy.setting.me
    return kind(at=around.now, actor=me, room_id=question.room_id, space=question.space, number=question.number, **more)
