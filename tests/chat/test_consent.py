"""A ✅ on a message by which the bot asked somebody something."""

import pytest

from bridge.chat.events import Ignored, read
from bridge.chat.intents import Accept, Consent, WhoIs
from bridge.chat.understand import Known, understand, wanted
from tests.chat.raw import ANN, ME, SETTING, Raw, event, meaning, reaction, text


@pytest.mark.parametrize("key", ["✅", "✔️", "☑️"])
def test_a_tick_on_what_was_asked_says_yes(key: str) -> None:
    raw = reaction(key, "$asked")
    assert wanted(raw, SETTING)
    known = Known(tracked=lambda _: False, private=True, prompted=lambda event_id: event_id == "$asked")
    intent = understand(read(raw, ME), SETTING, known)
    assert isinstance(intent, Consent)
    assert (intent.target, intent.quiet) == ("$asked", True)


@pytest.mark.parametrize(
    ("raw", "private"),
    [(reaction("👍", "$asked"), True), (reaction("✅", "$other"), True), (reaction("✅", "$asked"), False)],
    ids=["no tick", "another message", "in a room"],
)
def test_nothing_else_does(raw: Raw, private: bool) -> None:
    known = Known(tracked=lambda _: False, private=private, prompted=lambda event_id: event_id == "$asked")
    assert isinstance(understand(read(raw, ME), SETTING, known), Ignored)


def test_a_tick_on_an_answer_accepts_it_as_before() -> None:
    known = Known(tracked=lambda _: True, private=True)
    assert isinstance(understand(read(reaction("✅", "$answer"), ME), SETTING, known), Accept)


def test_one_may_ask_who_one_is() -> None:
    intent = meaning(event(text("!who ME")))
    assert isinstance(intent, WhoIs)
    assert intent.person == ANN
