"""A question that nobody of its team can be given: the team is told, else moderators, so that somebody knows of it."""

from bridge.domain.questions import Question
from bridge.domain.queue_facts import NobodyFree
from bridge.workflow.choosing import reachable
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done
from bridge.workflow.notices import tell
from bridge.workflow.stewards import moderators_of
from bridge.workflow.telling import by_bot

_NOBODY: frozenset[str] = frozenset()


def nobody_free(
    team: str, question: Question, around: Circumstances, *, rule: str = "", without: frozenset[str] = _NOBODY
) -> Done:
    """`rule` is the name of the rule that wanted somebody of the team; `without` had their turn and said nothing."""
    people, key = [p for p in reachable(team, question, around) if p not in without], "told-team-busy"
    if not people:
        people, key = moderators_of(question.space, around.tx, around.policy, question.room_id), "told-team-away"
    for person in people:
        tell(person, question.number, key, around, named=True, arguments={"team": team})
    return Done((by_bot(NobodyFree, question, around, rule=rule, team=team, told=len(people)),))
