"""Small values to store."""

from typing import Any

from bridge.domain.admission import NoPlace
from bridge.domain.enforcement import Cause, Step
from bridge.domain.grants import Grant
from bridge.domain.questions import Acceptance, Answer, Question, Voice
from bridge.store.transaction import StoreTransaction
from bridge.workflow.cases import Violation
from bridge.workflow.effects import Acknowledge

ANN, BOB = "@ann:acme.com", "@bob:example.org"
ROOM = "!room:example.org"
NOW = 1_800_000_000_000
DAY = 86_400_000


def question(number: int = 1, **changed: Any) -> Question:
    given: dict[str, Any] = {
        "number": number,
        "space": "helpdesk",
        "room_id": ROOM,
        "event_id": f"$question{number}",
        "thread_root": f"$question{number}",
        "asker": ANN,
        "text": f"How do I do {number}?\nI tried.",
        "created_at": NOW + number,
    }
    return Question(**{**given, **changed})


def answer(event_id: str, number: int = 1, **changed: Any) -> Answer:
    given: dict[str, Any] = {"author": BOB, "text": "Like this.", "created_at": NOW + 50, "room_id": ROOM}
    return Answer(event_id, number, **{**given, **changed})


def acceptance(event_id: str, number: int = 1, by: str = ANN, **changed: Any) -> Acceptance:
    given: dict[str, Any] = {"voice": Voice.ASKER, "at": NOW + 60}
    return Acceptance(event_id, number, by, **{**given, **changed})


def grant(number: int = 1, **changed: Any) -> Grant:
    """Ann's, for the whole space acme, approved."""
    given: dict[str, Any] = {
        "person": ANN,
        "space": "acme",
        "room_id": None,
        "sponsor": BOB,
        "reason": "the tender",
        "created_at": NOW,
        "ends_at": None,
        "approved_by": BOB,
    }
    return Grant(number, **{**given, **changed})


def violation(room_id: str = ROOM, user_id: str = ANN, **changed: Any) -> Violation:
    """They came, and are to go."""
    given: dict[str, Any] = {
        "membership": "join",
        "reason": NoPlace.UNGRANTED,
        "step": Step.DUE,
        "cause": Cause.CAME,
        "since": NOW,
    }
    return Violation(room_id, user_id, **{**given, **changed})


def sign(event_id: str = "$target", room_id: str = ROOM) -> Acknowledge:
    return Acknowledge(room_id=room_id, event_id=event_id)


def ask(tx: StoreTransaction, **changed: Any) -> Question:
    asked = question(tx.questions.next_number(), **changed)
    tx.questions.add(asked)
    return asked


def message(event_id: str, room_id: str = ROOM, **changed: Any) -> dict[str, Any]:
    return {"event_id": event_id, "room_id": room_id, "type": "m.room.message", "content": {}, **changed}
