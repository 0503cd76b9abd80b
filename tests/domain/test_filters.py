"""A filter that says nothing narrows nothing."""

from bridge.domain.filters import PAGE_SIZE, Filter, Order


def test_an_empty_filter_is_the_first_page_of_everything_newest_first() -> None:
    empty = Filter()
    assert (empty.page, empty.order, PAGE_SIZE) == (1, Order.NEWEST_FIRST, 10)
    narrowing = (empty.states, empty.spaces, empty.tags, empty.by, empty.assigned, empty.involves, empty.here)
    assert not any((*narrowing, empty.older, empty.since, empty.from_ours, empty.priority))
