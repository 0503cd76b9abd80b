"""What words are found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.terms import distance, spots, terms


@pytest.mark.parametrize(
    "alike",
    [
        "printer printers Printer PRINTING",
        "Drucker Druckers Druckern",
        "imprimante imprimantes",
        "réseau Réseaux reseau",
        "wachtwoord wachtwoorden",
        "принтер принтера принтерами",
        "пароль пароля паролей",
        "ещё еще",
        "Straße STRASSE",
        "Żółć zolc",
        "ＶＰＮ vpn",
        "œuvre oeuvre",
    ],
)
def test_forms_of_a_word_are_found_by_one_term(alike: str) -> None:
    assert len(set(terms(alike))) == 1


def test_terms_of_a_text() -> None:
    assert terms("The e-mail: error 0x80070005 at 10.0.1!") == ["e", "mail", "error", "0x80070005", "10", "0", "1"]
    assert terms("印刷 VPN接続") == ["印刷", "vpn", "接続"]
    assert terms("印") == ["印"]
    assert terms("the of und это") == terms("") == terms("!? \u0301") == []
    assert len(terms("o" * 5000)[0]) == 40


@given(st.text(max_size=200))
def test_places_are_those_of_the_terms(text: str) -> None:
    found = list(spots(text))
    assert [spot.term for spot in found] == terms(text)
    assert all(terms(text[spot.start : spot.end]) == [spot.term] for spot in found)
    assert all(" " not in spot.term and "\n" not in spot.term and spot.term for spot in found)


def _reference(one: str, other: str) -> int:
    """By the definition (restricted Damerau-Levenshtein), without a limit."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        _reference(one[1:], other) + 1,
        _reference(one, other[1:]) + 1,
        _reference(one[1:], other[1:]) + (one[0] != other[0]),
    )
    swapped = len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]
    return min(best, _reference(one[2:], other[2:]) + 1) if swapped else best


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 3))
def test_distance(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(_reference(one, other), most + 1)
