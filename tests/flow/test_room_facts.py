"""Rooms that differ from the policy of their space: put right, told of once, accepted, or left to people."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.domain.drift import Kind, Remedy
from bridge.domain.spaces import Enforce, Level, Mark, RoomPolicy
from bridge.workers.roomwatch import in_clear
from bridge.workflow.cases import DriftStep
from bridge.workflow.conforming import stand
from tests.flow.registry import ANN, BOB, BOT, LEAD, LEVELS, OTHER, ROOM, SPACE, Registry, registry

JOE = "@joe:example.org"
OPEN = {"join_rule": "public"}
WEAK = LEVELS | {"users": LEVELS["users"] | {BOT: 0}}
LABEL = "org.askbridge.space"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Registry]:
    """One room that conforms and carries what the bot puts there."""
    with registry(tmp_path) as town:
        town.room()
        town.learns()
        town.set.clear()
        yield town


def test_a_careless_change_is_put_back_and_told_once(town: Registry) -> None:
    town.changes(BOB, "m.room.join_rules", OPEN)
    assert town.content("m.room.join_rules") == {"join_rule": "invite"}
    assert len(town.set) == 1
    assert [*town.told] == [BOB, LEAD]
    assert town.told[BOB] == town.told[LEAD]
    assert "who may join was public. I put it back to invite" in town.told[BOB][0]
    assert "!audit accept 2" in town.told[BOB][0]
    assert town.facts()[-2:] == ["DriftFound", "DriftMended"]
    town.learns()
    assert len(town.set) == 1
    assert len(town.told[BOB]) == 1


def test_what_an_outsider_changed_only_moderators_learn(town: Registry) -> None:
    town.changes(ANN, "m.room.history_visibility", {"history_visibility": "world_readable"})
    assert [*town.told] == [LEAD]


@pytest.mark.parametrize("enforce", [Enforce.REPORT, Enforce.OFF])
def test_without_enforcement_nothing_is_changed(town: Registry, enforce: Enforce) -> None:
    town.reloads(enforce=enforce)
    town.changes(BOB, "m.room.join_rules", OPEN)
    assert town.content("m.room.join_rules") == OPEN
    assert town.set == []
    said = "who may join is public and ought to be invite. I only report this."
    assert [said in line for line in town.told.get(LEAD, [])] == [True] * (enforce is Enforce.REPORT)
    assert said.split(". I")[0] in town.asks(BOB, "!audit")
    town.reloads(enforce=Enforce.ON)
    assert town.content("m.room.join_rules") == {"join_rule": "invite"}
    town.changes(BOB, "m.room.join_rules", OPEN)
    assert town.content("m.room.join_rules") == {"join_rule": "invite"}


def test_a_mend_that_is_on_its_way_is_not_done_once_the_policy_says_otherwise(town: Registry) -> None:
    town.away = True
    town.changes(BOB, "m.room.join_rules", OPEN)
    town.space = replace(town.space, enforce=Enforce.REPORT)
    town.away = False
    town.deliver()
    assert town.set == []
    assert [case.step for case in town.cases()] == [DriftStep.OPEN]


def test_without_the_right_the_remedy_is_named_and_the_right_is_used_once_it_is_there(town: Registry) -> None:
    town.changes(LEAD, "m.room.power_levels", WEAK)
    town.changes(BOB, "m.room.join_rules", OPEN)
    (said,) = town.told[LEAD]
    assert "I may not change m.room.join_rules: it needs power level 50, I have 0. Give @qa:example.org" in said
    assert town.set == []
    listed = town.asks(BOB, "!audit acme")
    assert "I lack the power level for that." in listed
    assert "!acme: I may not change kick (50), m.room.join_rules (50)" in listed
    town.changes(LEAD, "m.room.power_levels", LEVELS)
    assert town.content("m.room.join_rules") == {"join_rule": "invite"}
    assert town.asks(BOB, "!audit") == "Nothing differs from the policy."


def test_the_bot_does_not_fight(town: Registry) -> None:
    for _ in range(5):
        town.changes(BOB, "m.room.join_rules", OPEN)
    assert len(town.set) == 4
    assert town.content("m.room.join_rules") == OPEN
    assert "It was changed again and again, so I leave it to you." in town.told[LEAD][-1]
    assert [(case.step, case.remedy) for case in town.cases()] == [(DriftStep.STUCK, Remedy.REVERTED)]
    told = len(town.told[LEAD])
    town.learns()
    assert len(town.told[LEAD]) == told
    town.changes(BOB, "m.room.join_rules", {"join_rule": "invite"})
    town.now += 3_600_000
    town.changes(BOB, "m.room.join_rules", OPEN)
    assert town.content("m.room.join_rules") == {"join_rule": "invite"}


def test_what_is_meant_so_is_restored_and_left_alone_until_it_changes(town: Registry) -> None:
    visible = {"history_visibility": "world_readable", "note": "kept"}
    town.changes(BOB, "m.room.history_visibility", visible)
    assert town.content("m.room.history_visibility") == {"history_visibility": "shared"}
    for person in (ANN, JOE):
        town.asks(person, "!audit accept 2")
        assert town.content("m.room.history_visibility") == {"history_visibility": "shared"}
    assert "I set who may read what was said before in !acme back to world_readable" in town.asks(
        LEAD, "!audit accept 2"
    )
    assert town.content("m.room.history_visibility") == visible
    assert [case.step for case in town.cases()] == [DriftStep.ACCEPTED]
    assert "A moderator has accepted it." in town.asks(LEAD, "!audit")
    town.learns()
    assert town.content("m.room.history_visibility") == visible
    assert town.facts().count("DriftAccepted") == 1
    town.changes(BOB, "m.room.history_visibility", {"history_visibility": "joined"})
    town.changes(BOB, "m.room.history_visibility", visible)
    assert town.content("m.room.history_visibility") == {"history_visibility": "shared"}


def test_one_persons_power_is_put_back_into_what_the_room_has_by_then(town: Registry) -> None:
    town.changes(LEAD, "m.room.power_levels", LEVELS | {"users": LEVELS["users"] | {ANN: 50}})
    assert town.content("m.room.power_levels") == LEVELS
    later = LEVELS | {"users": LEVELS["users"] | {"@new:example.org": 75}, "ban": 60}
    town.changes(LEAD, "m.room.power_levels", later)
    town.asks(LEAD, "!audit accept 2")
    assert town.content("m.room.power_levels") == later | {"users": later["users"] | {ANN: 50}}


def test_what_cannot_be_accepted(town: Registry) -> None:
    assert "There is no difference 99." in town.asks(LEAD, "!audit accept 99")
    town.reloads(enforce=Enforce.REPORT)
    town.changes(BOB, "m.room.join_rules", OPEN)
    town.changes(BOB, "m.room.join_rules", {"join_rule": "invite"})
    assert "2 is gone already." in town.asks(LEAD, "!audit accept 2")
    assert "Write: !audit" in town.asks(LEAD, "!audit accept two")
    assert "!audit" in town.asks(LEAD, "!audit acme elsewhere")


def test_accepting_before_anything_was_done(town: Registry) -> None:
    town.reloads(enforce=Enforce.REPORT)
    town.changes(BOB, "m.room.join_rules", OPEN)
    assert "who may join in !acme may stay public" in town.asks(LEAD, "!audit accept 2")
    town.reloads(enforce=Enforce.ON)
    assert town.set == []
    assert town.asks(LEAD, "!audit accept 2").startswith("Accepted.")
    assert town.facts().count("DriftAccepted") == 1


def test_what_was_so_before_the_bot_came_is_told_in_one_message(tmp_path: Path) -> None:
    with registry(tmp_path) as town:
        town.room(ROOM, join_rules=OPEN, history_visibility={"history_visibility": "world_readable"})
        town.room(OTHER, power_levels=WEAK, guest_access={"guest_access": "can_join"})
        town.listed[ROOM] = True
        town.learns(ROOM, OTHER)
        assert [*town.told] == [LEAD]
        (said,) = town.told[LEAD]
        assert "Differences: 4, of which I put right: 3, and only you can put right: 1. Rooms: !acme, !second." in said
        assert town.content("m.room.join_rules") == {"join_rule": "invite"}
        assert town.listed[ROOM] is False
        town.learns(ROOM, OTHER)
        assert len(town.told[LEAD]) == 1
        town.changes(BOB, "m.room.guest_access", {"guest_access": "forbidden"}, room_id=OTHER)
        assert [case.kind for case in town.cases()] == [Kind.LABEL]


def test_several_holders_of_power_lose_it_one_after_the_other_and_it_is_told_at_once(town: Registry) -> None:
    outside = {f"@p{number}:acme.com": 60 for number in range(5)}
    town.changes(BOB, "m.room.power_levels", LEVELS | {"users": LEVELS["users"] | outside})
    assert town.content("m.room.power_levels") == LEVELS
    assert len(town.set) == 5
    assert [len(lines) for lines in town.told.values()] == [1]


def test_the_mark_follows_renames_and_nobody_is_scolded(town: Registry) -> None:
    town.reloads(mark=Mark.NAME)
    assert town.content("m.room.name") == {"name": "open to people from outside"}
    for name in ("Acme", "Acme & Co", "Acme & Co · open to people from outside"):
        town.changes(BOB, "m.room.name", {"name": name})
    assert town.content("m.room.name") == {"name": "Acme & Co · open to people from outside"}
    town.reloads(language="fr")
    assert town.content("m.room.name") == {"name": "Acme & Co · ouvert aux personnes extérieures"}
    town.reloads(level=Level.INTERNAL)
    assert town.content("m.room.name") == {"name": "Acme & Co"}
    assert town.content(LABEL)["level"] == "internal"
    assert town.told == {}


def test_what_the_homeserver_refuses_is_told_and_not_tried_again(town: Registry) -> None:
    town.refuses = "M_FORBIDDEN: not you"
    town.changes(BOB, "m.room.join_rules", OPEN)
    assert "The homeserver did not let me change it: M_FORBIDDEN: not you." in town.told[LEAD][0]
    assert "The homeserver did not let me. (M_FORBIDDEN: not you)" in town.asks(LEAD, "!audit")
    town.learns()
    assert len(town.told[LEAD]) == 1


def test_a_restored_value_that_is_refused_is_over(town: Registry) -> None:
    town.changes(BOB, "m.room.join_rules", OPEN)
    town.refuses = "M_FORBIDDEN: no"
    town.asks(LEAD, "!audit accept 2")
    assert "The homeserver did not let me" in town.told[LEAD][-1]
    assert town.cases() == []


def test_a_room_that_leaves_its_space_is_nobodys_business(town: Registry) -> None:
    town.reloads(enforce=Enforce.REPORT)
    town.changes(BOB, "m.room.join_rules", OPEN)
    assert len(town.cases()) == 1
    town.leaves_space(ROOM)
    town.reloads()
    assert town.cases() == []


def test_how_rooms_stand(town: Registry) -> None:
    town.reloads(enforce=Enforce.REPORT, room=RoomPolicy(encrypted=True, servers=frozenset({"acme.com"})))
    town.changes(LEAD, "m.room.power_levels", WEAK)
    standing = town.database.read_now(lambda tx: stand(tx, town.policy))
    assert standing.counts == {("acme", "encryption"): 1, ("acme", "servers"): 1, ("acme", "label"): 1}
    assert "m.room.server_acl" in {lack.what for lack in standing.lacks[ROOM]}
    assert standing.in_clear == (ROOM,)
    assert in_clear(standing.in_clear) == f"not encrypted, as their space wants it: {ROOM}; `!audit` says what to do"
    assert " and 3 more;" in str(in_clear([ROOM] * 13))
    town.asks(LEAD, f"!audit accept {next(c.number for c in town.cases() if c.kind is Kind.ENCRYPTION)}")
    standing = town.database.read_now(lambda tx: stand(tx, town.policy))
    assert ("acme", "encryption") not in standing.counts
    assert in_clear(standing.in_clear) is None
    assert SPACE.name in {space for space, _ in standing.counts}
