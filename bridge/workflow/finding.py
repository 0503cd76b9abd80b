"""Lists and single questions, shown to those who may see them."""

from dataclasses import replace

from bridge.chat.intents import ListQuestions, ShowOne
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.desk import Desk, Done, Outcome, quotable, with_replaced
from bridge.workflow.effects import ShowList, ShowQuestion


def list_questions(intent: ListQuestions, desk: Desk) -> Outcome:
    """A page of the questions that may be shown here; a page behind the last one is the last one."""
    rooms = guard.rooms_shown(desk)
    if intent.wanted.here:
        rooms &= with_replaced(desk.origin.room_id, desk.tx)
    if intent.wanted.tags:
        # Whoever finds a question by a word knows that the word is in it.
        rooms = {room_id for room_id in rooms if quotable(desk.tx, room_id, desk.origin.room_id)}
    people, now = desk.policy.people, desk.now
    page = desk.tx.questions.find(intent.wanted, rooms, people, now)
    if page.total and intent.wanted.page > page.pages:
        page = desk.tx.questions.find(replace(intent.wanted, page=page.pages), rooms, people, now)
    origin = desk.origin
    shown = ShowList(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        heading=intent.heading,
        numbers=page.numbers,
        total=page.total,
        page=page.page,
        pages=page.pages,
    )
    return Done(effects=(shown,))


def show(intent: ShowOne, desk: Desk) -> Outcome:
    question = guard.find(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    if question.withdrawn and not question.forgotten:
        return Refused("withdrawn", {"number": question.number})
    origin = desk.origin
    shown = ShowQuestion(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        number=question.number,
    )
    return Done(effects=(shown,))
