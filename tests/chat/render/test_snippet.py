"""The part of a text that was found, with what was sought marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.chat.render.content import Mark
from bridge.chat.render.snippet import WIDTH, marked, snippet
from bridge.domain.terms import terms


def plain(pieces: list[str | Mark]) -> str:
    return "".join(f"*{piece.text}*" if isinstance(piece, Mark) else piece for piece in pieces)


LONG = "We tried all there is. " * 20


@pytest.mark.parametrize(
    ("texts", "sought", "shown"),
    [
        (["Nothing here"], "printer", ""),
        ([], "printer", ""),
        (["The printers are jammed"], "printer", "The *printers* are jammed"),
        (["one printer", "a printer with paper"], "paper printer", "a *printer* with *paper*"),
        (["プリンターが動かない"], "プリンター", "*プリンター*が動かない"),
        (["Straße\n  gesperrt"], "strasse", "*Straße* gesperrt"),
        (["Le réseau  RÉSEAU"], "reseau", "Le *réseau* *RÉSEAU*"),
    ],
)
def test_snippets(texts: list[str], sought: str, shown: str) -> None:
    assert plain(snippet(texts, terms(sought))) == shown


def test_of_a_long_text_the_part_that_says_most_is_shown() -> None:
    shown = plain(snippet([f"{LONG}printer. {LONG}The printer has no paper. {LONG}"], terms("printer paper")))
    assert "The *printer* has no *paper*." in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) < WIDTH + 10


@given(text=st.text(max_size=400), sought=st.text(max_size=20))
def test_nothing_is_added_but_marks_and_dots(text: str, sought: str) -> None:
    assert "".join(p.text if isinstance(p, Mark) else p for p in marked(text, terms(sought))) == text
    shown = snippet([text], [*terms(sought), *terms(text)[3:5]])
    assert all(terms(piece.text) for piece in shown if isinstance(piece, Mark))
    assert sum(len(p.text if isinstance(p, Mark) else p) for p in shown) <= WIDTH + 2
