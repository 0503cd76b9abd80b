"""What is nobody else's business is said in the direct chat instead of the room."""

from collections.abc import Mapping
from dataclasses import replace

from bridge.domain.results import Argument, Refused
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome, quotable
from bridge.workflow.effects import Acknowledge, Effect, Inform, Reply

IN_PRIVATE = "✉️"
"""The reaction that says: I have written to you."""


def in_private(outcome: Outcome, desk: Desk) -> Outcome:
    """The same outcome, with what is said to the writer moved out of a room where others read along.

    What anybody may know who may use the command (that it is not for them) stays where it was.
    """
    if isinstance(outcome, Disregarded):
        return outcome
    if desk.secluded:
        return _kept(outcome)
    if isinstance(outcome, Refused):
        if outcome.code == "for-staff":
            return outcome
        told = _to(desk.sender, f"refused-{outcome.code}", outcome.arguments, desk)
        return Done(effects=(told, _sign(desk)))
    moved = [_moved(effect, desk) for effect in outcome.effects]
    signs = (_sign(desk),) if any(isinstance(effect, Reply) for effect in outcome.effects) else ()
    return Done(outcome.facts, (*moved, *signs))


def _kept(outcome: Outcome) -> Outcome:
    """Said here, unless others read along by then."""
    if not isinstance(outcome, Done):
        return outcome
    effects = [replace(effect, secluded=True) if isinstance(effect, Reply) else effect for effect in outcome.effects]
    return Done(outcome.facts, tuple(effects))


def _moved(effect: Effect, desk: Desk) -> Effect:
    return _to(effect.reader, effect.key, effect.arguments, desk) if isinstance(effect, Reply) else effect


def _to(person: str, key: str, arguments: Mapping[str, Argument], desk: Desk) -> Inform:
    """The word that was not understood stays behind in an encrypted room, where the direct chat is not."""
    told = dict(arguments)
    if "word" in told and not quotable(desk.tx, desk.origin.room_id, desk.tx.persons.get(person).direct_room or ""):
        told["word"] = "…"
    return Inform(person=person, key=key, arguments=told, space=str(arguments.get("space", "")))


def _sign(desk: Desk) -> Acknowledge:
    return Acknowledge(room_id=desk.origin.room_id, event_id=desk.origin.event_id, sign=IN_PRIVATE)
