"""What stands out is the same question; what is close to everything is not."""

from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.clearness import CLEAR, clearness

near = st.floats(min_value=-1, max_value=1)


def strangers(one: int, two: int) -> float:
    return 1.0 if one == two else 0.3


def twins(one: int, two: int) -> float:
    """The first two are one question, asked twice."""
    return 0.9 if {one, two} == {0, 1} else strangers(one, two)


def test_what_stands_out_is_clear_and_what_has_a_rival_is_not() -> None:
    standing_out, *rest = clearness([0.7, 0.45, 0.4], strangers)
    assert standing_out > CLEAR > max(rest)
    assert max(clearness([0.7, 0.66, 0.65], strangers)) < CLEAR


def test_the_same_question_asked_twice_is_no_rival_of_itself() -> None:
    first, second, third = clearness([0.74, 0.72, 0.4], twins)
    assert min(first, second) > CLEAR > third
    assert max(clearness([0.74, 0.72, 0.4], strangers)) < CLEAR


def test_a_repeat_to_the_letter_is_clear_even_among_near_ones() -> None:
    assert clearness([1.0, 0.88], strangers)[0] > CLEAR


def test_what_is_alone_has_to_be_as_close_as_the_threshold_says() -> None:
    assert clearness([], strangers) == []
    assert clearness([CLEAR + 0.01], strangers)[0] > CLEAR > clearness([CLEAR - 0.01], strangers)[0]


@given(st.lists(near, min_size=1, max_size=8), st.data())
def test_more_company_never_makes_it_clearer(found: list[float], data: st.DataObject) -> None:
    alone = clearness(found, strangers)
    joined = clearness([*found, data.draw(near)], strangers)
    assert all(before >= after for before, after in zip(alone, joined, strict=False))
    assert all(own >= clear for own, clear in zip(found, alone, strict=True))
