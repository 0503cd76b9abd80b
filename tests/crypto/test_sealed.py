"""Sealed texts: they come back with the same key, and in no other way."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.crypto.errors import CryptoError
from bridge.crypto.sealed import Sealer
from tests.crypto.samples import Damage, damaged, damages, hostile

SEALER = Sealer(b"secret")
texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts)
def test_a_text_comes_back_and_never_looks_the_same_twice(text: str) -> None:
    sealed = SEALER.seal(text)
    assert sealed != SEALER.seal(text)
    assert Sealer(b"secret").open(sealed) == text
    with pytest.raises(CryptoError, match="another key"):
        Sealer(b"Secret").open(sealed)


@given(damages, texts)
def test_one_changed_character_yields_no_other_text(damage: Damage, text: str) -> None:
    changed = damaged(SEALER.seal(text), damage)
    with suppress(CryptoError):
        assert SEALER.open(changed) == text


@given(hostile)
def test_what_was_never_sealed_is_refused(given_: Any) -> None:
    with pytest.raises(CryptoError):
        SEALER.open(given_)


@pytest.mark.parametrize("text", ["\ud800", None, b"bytes", 5])
def test_only_texts_are_sealed(text: Any) -> None:
    with pytest.raises(CryptoError):
        SEALER.seal(text)


def test_an_empty_pickle_key_is_refused() -> None:
    with pytest.raises(CryptoError):
        Sealer(b"")
