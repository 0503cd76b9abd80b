"""Terms in pieces of a message's length."""

from hypothesis import given
from hypothesis import strategies as st

from bridge.workflow.agreeing import PART, parts

PARAGRAPH = st.integers(0, 2 * PART).flatmap(
    lambda n: st.sampled_from(["x" * n, "word " * (n // 5), "line\n" * (n // 5)])
)


@given(st.lists(PARAGRAPH, max_size=6))
def test_nothing_of_a_text_is_lost_and_no_piece_is_too_long(paragraphs: list[str]) -> None:
    written = "\n\n".join(paragraphs)
    found = parts(written)
    assert max(map(len, found)) <= PART
    assert "".join("".join(found).split()) == "".join(written.split())


def test_paragraphs_stay_whole_where_they_fit() -> None:
    assert parts("one\n\ntwo") == ["one\n\ntwo"]
    first, second = "a" * (PART - 10), "b" * 20
    assert parts(f"{first}\n\n{second}") == [first, second]
