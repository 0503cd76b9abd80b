"""Rules of the config: what they do when a question is asked, and when it has waited."""

import dataclasses
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bridge.config.patterns import SafePattern
from bridge.domain.calendar import Calendar
from bridge.domain.people import PersonClass
from bridge.domain.questions import Priority
from bridge.domain.rules import Actions, Assignment, Conditions, Rule
from bridge.domain.teams import By, Caps
from tests.flow.pocket import POLICY, pocket, user_id

HOUR = 3_600_000
TEAM = {"network": (user_id("nina"), user_id("omar"), user_id("pia"))}
VPN = Rule(
    "vpn",
    Conditions(text=SafePattern("vpn|wireguard"), classes=(PersonClass.STAFF,)),
    Actions(tags=("network",), priority=Priority.HIGH, assign=Assignment("network"), say="{number}: thanks, {asker}!"),
)


def policy(*rules: Rule, **changed: object) -> object:
    return replace(POLICY, rules=rules, teams=TEAM, **changed)  # type: ignore[arg-type]


def test_a_rule_tags_assigns_and_answers_in_the_thread_and_why_says_so(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "nina", "omar", "pia", policy=policy(VPN)) as room:
        said = room.answers("amy", "!ask My VPN is down")
        assert any("Q1: thanks, Amy!" in text for text in said)
        assert room.hears("amy", "!why 1") == (
            "Rules that matched Q1:\n- “vpn”, because: the text has vpn|wireguard; the asker is one of our staff."
            " Done: given to Nina; high priority."
        )
        room.passes(0.001)
        assert any("Q1" in text for text in room.told("nina"))
        room.says("omar", "!ask Lunch?")
        assert room.hears("amy", "!why 2") == "No rule matched Q2."
        room.says("amy", "!ask vpn again")
        assert "Omar" in room.hears("amy", "!show 3")
