"""Whoever is to answer and stays silent: reminded once, then the next in line is asked."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bridge.domain.calendar import Calendar
from bridge.domain.spaces import Assignment
from bridge.workflow.desk import Policy
from tests.flow.triage import HELPDESK, HOUR, cards_in, policy, town

DAY_PARTS = ((9 * 60, 17 * 60),)
WEEK = (DAY_PARTS,) * 5 + ((), ())


def hours(count: float) -> float:
    return count / 24


def test_silence_is_met_with_one_reminder_and_then_the_next_is_asked(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", "!ask How?", room=HELPDESK)
        place.says("amy", "!assign 1 @bob", room=HELPDESK)
        place.passes(hours(3.9))
        assert len(place.told("bob")) == 1
        for _ in range(3):
            place.passes(hours(1))
        assert [text.split(".")[0] for text in place.told("bob")[1:]] == ["Q1 still waits for your answer"]
        place.passes(hours(2))
        assert "Q1 · open, for Eve" in cards_in(place)[0]["body"]
        place.passes(hours(0.1))
        assert place.told("eve")[0].startswith("It is your turn to answer Q1: How?")
        place.passes(hours(9))
        place.passes(hours(9))
        assert "Q1 · open, for Dan" in cards_in(place)[0]["body"]
        place.passes(hours(9))
        place.passes(hours(9))
        assert "Q1 · open · asked" in cards_in(place)[0]["body"]
        place.passes(30)
        assert [len(place.told(who)) for who in ("bob", "eve", "dan")] == [2, 2, 2]
        assert [text.split(".")[0] for text in place.told("lead")] == [
            "Q1 is for the team desk, and nobody on it can be reached"
        ]


def test_a_question_that_goes_from_one_to_the_next_is_one_edit_of_its_card(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", "!ask How?", room=HELPDESK)
        place.says("amy", "!assign 1 @bob", room=HELPDESK)
        place.passes(hours(4))
        seen = len(place.seen_in(HELPDESK))
        place.passes(hours(4))
        assert "for Eve" in place.seen_in(HELPDESK)[-1]
        assert len(place.seen_in(HELPDESK)) == seen + 1


def test_whoever_says_something_is_left_alone(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        asked = place.says("amy", "!ask How?", room=HELPDESK)
        place.reacts("bob", asked, "🙋", room=HELPDESK)
        place.passes(hours(3))
        place.says("bob", "Wait, I look it up.", thread=asked, room=HELPDESK)
        place.passes(20)
        assert place.told("bob") == []
        place.says("bob", "!unclaim 1", room=HELPDESK)
        place.says("bob", "!claim 1", room=HELPDESK)
        place.passes(hours(5))
        assert len(place.told("bob")) == 1
        place.says("amy", "!close 1", room=HELPDESK)
        place.passes(20)
        assert len(place.told("bob")) == 1
        assert "Q1 · closed" in cards_in(place)[0]["body"]


def test_business_hours_count_and_downtime_takes_nobodys_time_away(tmp_path: Path) -> None:
    with town(tmp_path, rules=with_hours()) as place:
        place.now = 1_800_288_000_000 - 60_000  # Monday, 18 January 2027, 16:00
        place.says("amy", "!ask @bob:example.org How?", room=HELPDESK)
        place.passes(hours(16))
        assert place.told("bob") == []
        place.passes(hours(5))
        assert len(place.told("bob")) == 1
        place.passes(3)
        assert "Q1 · open · asked" in cards_in(place)[0]["body"] or "for Eve" in cards_in(place)[0]["body"]


def with_hours() -> Policy:
    rules = policy(Assignment(4 * HOUR, 8 * HOUR))
    calendar = Calendar(WEEK, ZoneInfo("UTC"))
    return replace(rules, spaces={name: replace(s, calendar=calendar) for name, s in rules.spaces.items()})


def test_switched_off_nobody_is_reminded(tmp_path: Path) -> None:
    with town(tmp_path, rules=policy(Assignment(None, None))) as place:
        place.says("amy", "!ask @bob:example.org How?", room=HELPDESK)
        place.passes(40)
        assert place.told("bob") == []
        place.reloads(policy(Assignment(None, 2 * HOUR)))
        place.says("amy", "!assign 1 @eve", room=HELPDESK)
        place.passes(hours(3))
        assert "Q1 · open, for Bob" in cards_in(place)[0]["body"]
        assert not [text for text in place.told("eve") if "still waits" in text]
