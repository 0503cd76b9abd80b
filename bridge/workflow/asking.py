"""A message becomes a question."""

from bridge.chat.intents import Ask
from bridge.domain.access import Place
from bridge.domain.facts import QuestionAsked
from bridge.domain.people import is_ours
from bridge.domain.questions import TEXT_LIMIT, Question, trusted_time
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.records import Role
from bridge.workflow.telling import about


def ask(intent: Ask, desk: Desk) -> Outcome:
    place = desk.place
    if place is None:
        return Refused("ask-in-a-room")
    if place.space.triages:
        return Refused("ask-elsewhere")
    if intent.quiet and not is_ours(desk.sender, desk.policy.people):
        return Disregarded("not staff")
    if intent.by == desk.policy.setting.me:
        return Refused("own-message")
    refused = _known(intent, desk)
    if refused:
        return refused
    if len(intent.text) > TEXT_LIMIT:
        return Refused("too-long", {"count": len(intent.text), "limit": TEXT_LIMIT})
    question = _question(intent, place, desk)
    desk.tx.questions.add(question)
    desk.tx.questions.track(question.event_id, question.number, Role.QUESTION)
    if question.thread_root != question.event_id:
        desk.tx.questions.track(question.thread_root, question.number, Role.THREAD)
    return Done((about(QuestionAsked, question, desk, asker=question.asker, assignee=question.assignee),))


def _known(intent: Ask, desk: Desk) -> Refused | None:
    """A message can be one question only, and a thread belong to one; threads of other rooms do not count."""
    for event_id in (intent.event_id, intent.thread_root):
        tracked = desk.tx.questions.tracked(event_id)
        if tracked and guard.said_here(event_id, desk):
            code = (
                "already-a-question" if tracked.role is Role.QUESTION and event_id == intent.event_id else "in-a-thread"
            )
            return Refused(code, {"number": tracked.number})
    return None


def _question(intent: Ask, place: Place, desk: Desk) -> Question:
    directed = _present(intent, desk)
    return Question(
        number=desk.tx.questions.next_number(),
        space=place.space.name,
        room_id=place.room_id,
        event_id=intent.event_id,
        thread_root=intent.thread_root,
        asker=intent.by,
        text=intent.text.strip(),
        created_at=trusted_time(intent.said_at, desk.received_at),
        tags=intent.tags,
        attachments=intent.attachments,
        directed_to=directed,
        assignee=directed[0] if directed else None,
    )


def _present(intent: Ask, desk: Desk) -> tuple[str, ...]:
    """Those of the people it is directed to who are in the room and can see it."""
    if not intent.directed_to:
        return ()
    members = desk.tx.rooms.members(desk.origin.room_id)
    return tuple(p for p in intent.directed_to if members.get(p) == "join")
