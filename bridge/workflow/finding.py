"""Lists and single questions, shown to those who may see them. Lists are looked up beside the writer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bridge.chat import grammar
from bridge.chat.grammar import Problem, Speaker
from bridge.chat.intents import ListQuestions, ShowOne
from bridge.domain.filters import PAGE_SIZE, Filter, Order, spelled
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Done, Outcome, quotable, with_replaced
from bridge.workflow.effects import ShowList, ShowQuestion, ShowSearch
from bridge.workflow.records import Page


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of what was found in `rooms`; of a search, also the terms that each question was found by."""

    page: Page
    rooms: frozenset[str]
    terms: Mapping[int, frozenset[str]] = field(default_factory=dict)


def list_questions(intent: ListQuestions, desk: Desk) -> Outcome:
    origin = desk.origin
    shown = ShowList(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        heading=intent.heading,
        wanted=spelled(intent.wanted),
        involves=intent.wanted.involves,
        order=intent.wanted.order.value,
    )
    return Done(effects=(shown,))


def gather_list(effect: ShowList, around: Circumstances) -> Listed:
    """A page of the questions that may be shown there; a page behind the last one is the last one."""
    if effect.numbers:
        return _named(effect, around)
    wanted = _wanted(effect)
    rooms = rooms_searched(effect, wanted, around)
    people, now = around.policy.people, around.now
    page = around.tx.questions.find(wanted, rooms, people, now)
    if page.total and wanted.page > page.pages:
        page = around.tx.questions.find(replace(wanted, page=page.pages), rooms, people, now)
    return Listed(page, frozenset(rooms))


def _named(effect: ShowList, around: Circumstances) -> Listed:
    """Of certain questions, those that may be shown there."""
    viewer = guard.viewer_in(effect.room_id, around.tx, around.policy)
    questions = around.tx.questions.several(effect.numbers).values()
    shown = [q for q in questions if not q.withdrawn and guard.visible(around.tx, around.policy, q, viewer)]
    page = Page(tuple(q.number for q in shown)[:PAGE_SIZE], len(shown), 1, 1)
    return Listed(page, frozenset(q.room_id for q in shown))


def is_outdated(effect: ShowList | ShowSearch, listed: Listed, around: Circumstances) -> bool:
    """Whether it is from rooms that may be shown there no longer: how many there are was counted with them."""
    return not listed.rooms <= rooms_searched(effect, _wanted(effect), around)


def _wanted(effect: ShowList | ShowSearch) -> Filter:
    if isinstance(effect, ShowSearch):
        return filter_of(effect.wanted, effect.reader, Filter())
    return filter_of(effect.wanted, effect.reader, Filter(involves=effect.involves, order=Order(effect.order)))


def filter_of(written: str, reader: str, start: Filter) -> Filter:
    """A filter from the words that an effect carries it in."""
    wanted = grammar.filters(written, start, Speaker(reader, "", {}))
    return start if isinstance(wanted, Problem) else wanted


def rooms_searched(effect: ShowList | ShowSearch, wanted: Filter, around: Circumstances) -> set[str]:
    """The rooms whose questions may be shown where an effect goes.

    Whoever finds a question by a word knows that the word is in it, so it must be fit to be told there.
    """
    tx, policy = around.tx, around.policy
    viewer = guard.viewer_in(effect.room_id, tx, policy)
    rooms = guard.rooms_for(viewer, tx, policy)
    if wanted.here:
        rooms &= with_replaced(effect.room_id, tx)
    by_words = isinstance(effect, ShowSearch) or bool(wanted.tags)
    return {room_id for room_id in rooms if quotable(tx, room_id, effect.room_id)} if by_words else rooms


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
