"""!search: questions by words, the best first. Looked up beside the writer, and shown as `finding` shows lists."""

from collections.abc import Collection, Sequence

from bridge.chat.intents import SearchQuestions
from bridge.domain.filters import PAGE_SIZE, Filter, spelled
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.effects import ShowSearch
from bridge.workflow.finding import Listed, filter_of, rooms_searched
from bridge.workflow.fulltext import MOST_HITS, Hit
from bridge.workflow.meaning import with_meaning
from bridge.workflow.records import Page


def search(intent: SearchQuestions, desk: Desk) -> Outcome:
    origin = desk.origin
    shown = ShowSearch(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        words=intent.words,
        wanted=spelled(intent.wanted),
    )
    return Done(effects=(shown,))


def gather(effect: ShowSearch, around: Circumstances) -> Listed:
    wanted = filter_of(effect.wanted, effect.reader, Filter())
    rooms = rooms_searched(effect, wanted, around)
    return paged(ranked(effect.words, rooms, wanted, around), wanted.page, rooms)


def ranked(words: str, rooms: Collection[str], wanted: Filter, around: Circumstances) -> list[Hit]:
    """What is found in these rooms, the best first."""
    hits = around.tx.search.ranked(words, rooms, wanted, around.policy.people, around.now)
    return with_meaning(hits, words, rooms, wanted, around)


def paged(hits: Sequence[Hit], page: int, rooms: Collection[str]) -> Listed:
    """A page of what was found; a page behind the last one is the last one."""
    pages = max(1, -(-len(hits) // PAGE_SIZE))
    page = min(page, pages)
    shown = hits[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    numbers = tuple(hit.number for hit in shown)
    more = len(hits) >= MOST_HITS
    page_found = Page(numbers, len(hits), page, pages, more)
    return Listed(page_found, frozenset(rooms), {hit.number: hit.terms for hit in shown})
