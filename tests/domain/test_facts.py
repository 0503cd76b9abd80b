"""Facts are written once and outlive every text."""

from dataclasses import FrozenInstanceError, fields

import pytest

from bridge.domain.facts import Fact, QuestionAsked

IDS_AND_COUNTS = {"at", "actor", "room_id", "space", "number", "asker", "assignee", "answer", "author", "event_id"}
WORDS_OF_OUR_OWN = {"tags", "cause", "language", "first", "nudge", "settles", "successor", "reference"}


@pytest.mark.parametrize("kind", Fact.__subclasses__(), ids=lambda kind: kind.__name__)
def test_a_fact_has_no_place_for_what_people_wrote(kind: type[Fact]) -> None:
    assert {field.name for field in fields(kind)} <= IDS_AND_COUNTS | WORDS_OF_OUR_OWN


def test_a_fact_is_never_changed() -> None:
    fact = QuestionAsked(at=1, actor="@a:x", room_id="!r", space="s", number=1, asker="@a:x")
    with pytest.raises(FrozenInstanceError):
        fact.number = 2  # type: ignore[misc]
