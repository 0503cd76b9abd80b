"""Facts are written once and outlive every text."""

from dataclasses import FrozenInstanceError, fields

import pytest

from bridge.domain.facts import AccessFact, AccessGranted, Fact, QuestionAsked
from bridge.workflow.reference import kinds

PEOPLE = {"actor", "asker", "assignee", "author", "by", "person", "sponsor", "before", "resembles"}
IDS_AND_COUNTS = {
    "at",
    "room_id",
    "space",
    "number",
    "answer",
    "event_id",
    "grant",
    "ends_at",
    "count",
    "version",
    "drift",
}
WORDS_OF_OUR_OWN = {"tags", "cause", "language", "first", "nudge", "settles", "successor", "reference"}
WORDS_ABOUT_DOORS = {"reason", "step", "membership", "problem", "what"}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_fact_has_no_place_for_what_people_wrote(kind: type[Fact]) -> None:
    named = {field.name for field in fields(kind)}
    assert named <= PEOPLE | IDS_AND_COUNTS | WORDS_OF_OUR_OWN | WORDS_ABOUT_DOORS


def test_what_facts_are_built_on_is_no_kind_of_fact() -> None:
    assert {Fact, AccessFact}.isdisjoint(kinds())
    assert {QuestionAsked, AccessGranted} <= set(kinds())


def test_a_fact_is_never_changed() -> None:
    fact = QuestionAsked(at=1, actor="@a:x", room_id="!r", space="s", number=1, asker="@a:x")
    with pytest.raises(FrozenInstanceError):
        fact.number = 2  # type: ignore[misc]
