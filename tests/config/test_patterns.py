"""Regular expressions that cannot be stalled."""

import time

import pytest

from bridge.config.patterns import BadPattern, SafePattern


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("vpn|wireguard", "My VPN is down", True),
        ("сеть", "Где СЕТЬ?", True),
        ("^printer", "The printer", False),
        ("a\\.b", "a.b \ud800", True),
        ("", "anything", True),
    ],
)
def test_a_pattern_is_found_anywhere_and_in_any_case(source: str, text: str, found: bool) -> None:
    assert SafePattern(source).found_in(text) is found


def test_nothing_that_somebody_writes_takes_long() -> None:
    """Python's own engine would be at it for longer than the sun will shine."""
    began = time.monotonic()
    assert not SafePattern(r"^(a+)+$").found_in("a" * 20_000 + "!")
    assert not SafePattern(r"(x*x*)*y").found_in("x" * 20_000)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "source", ["(?=a)b", r"(a)\1", "a++", "(", "*", "[z-a]", r"a\Z", "((((a{99}){99}){99}){99})", "\ud800"]
)
def test_what_cannot_be_used_is_refused_with_a_hint(source: str) -> None:
    with pytest.raises(BadPattern) as refused:
        SafePattern(source)
    assert refused.value.hint
