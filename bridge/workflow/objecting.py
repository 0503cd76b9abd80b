"""Why a reaction does nothing is said where silence would mislead: two wanted the same, or it was put on a card of ours
in a triage room. Once to each person.
"""

import hashlib

from bridge.chat.intents import Intent, Ref
from bridge.domain.results import Refused
from bridge.workflow.desk import Desk
from bridge.workflow.effects import Reply
from bridge.workflow.triaging import is_triage

CONFLICT = "already-claimed"


def objection(refused: Refused, intent: Intent, ref: Ref, desk: Desk) -> Refused:
    """The same refusal, said to who reacted. To a command, it is said in any case."""
    if not intent.quiet or ref.event_id is None or not (refused.code == CONFLICT or is_triage(desk)):
        return refused
    name = _name(refused, ref.event_id, desk)
    if not desk.tx.outbox.known(name):
        desk.tx.outbox.add(name, _reply(refused, ref.event_id, desk), desk.now)
    return refused


def _reply(refused: Refused, target: str, desk: Desk) -> Reply:
    tracked = desk.tx.questions.tracked(target)
    question = desk.tx.questions.get(tracked.number) if tracked else None
    here = question is not None and question.room_id == desk.origin.room_id
    return Reply(
        room_id=desk.origin.room_id,
        reader=desk.sender,
        reply_to=target,
        thread_root=question.thread_root if question and here else target,
        key=f"refused-{refused.code}",
        arguments=dict(refused.arguments),
        about=question.number if question else 0,
    )


def _name(refused: Refused, target: str, desk: Desk) -> str:
    """The same as long as it would say the same to the same person."""
    seed = f"{desk.sender} {target} {refused.code} {sorted(refused.arguments.items())}"
    return "no" + hashlib.sha256(seed.encode()).hexdigest()[:24]
