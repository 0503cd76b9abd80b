"""What is nobody else's business is said in the direct chat instead of the room."""

from bridge.domain.results import Refused
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.effects import Acknowledge, Effect, Inform, Reply

IN_PRIVATE = "✉️"
"""The reaction that says: I have written to you."""


def in_private(outcome: Outcome, desk: Desk) -> Outcome:
    """The same outcome, with what is said to the writer moved out of a room where others read along.

    What anybody may know who may use the command (that it is not for them) stays where it was.
    """
    if desk.secluded or isinstance(outcome, Disregarded):
        return outcome
    if isinstance(outcome, Refused):
        if outcome.code == "for-staff":
            return outcome
        told = Inform(person=desk.sender, key=f"refused-{outcome.code}", arguments=dict(outcome.arguments))
        return Done(effects=(told, _sign(desk)))
    moved = [_moved(effect) for effect in outcome.effects]
    signs = (_sign(desk),) if any(isinstance(effect, Reply) for effect in outcome.effects) else ()
    return Done(outcome.facts, (*moved, *signs))


def _moved(effect: Effect) -> Effect:
    if not isinstance(effect, Reply):
        return effect
    return Inform(person=effect.reader, key=effect.key, arguments=effect.arguments)


def _sign(desk: Desk) -> Acknowledge:
    return Acknowledge(room_id=desk.origin.room_id, event_id=desk.origin.event_id, sign=IN_PRIVATE)
