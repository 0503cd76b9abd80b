"""Questions, answers and acceptances to test with; every field that a test does not name is plausible."""

from typing import Any

from bridge.domain.questions import Acceptance, Answer, Question, Voice

ROOM = "!room:example.org"
ANN, BOB, MOD = "@ann:example.org", "@bob:example.org", "@mod:example.org"
DAY = 86_400_000


def question(**fields: Any) -> Question:
    """Q1, asked by Ann; `fields` differ."""
    plain: dict[str, Any] = {
        "number": 1,
        "space": "helpdesk",
        "room_id": ROOM,
        "event_id": "$question",
        "thread_root": "$question",
        "asker": ANN,
        "text": "Why is the VPN down?",
        "created_at": 0,
    }
    return Question(**plain | fields)


def answer(event_id: str = "$answer", author: str = BOB, *, withdrawn: bool = False) -> Answer:
    return Answer(event_id, 1, author, "Restart it.", 0, ROOM, withdrawn)


def acceptance(by: str, voice: Voice, at: int = 0, answer: str = "$answer") -> Acceptance:
    return Acceptance(answer, 1, by, voice, at)
