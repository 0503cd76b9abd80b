"""What the doctor finds in a database and in the state of rooms; the rest is told in tests/real."""

import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bridge import cli_reference
from bridge.domain.drift import RoomView
from bridge.domain.enforcement import Step
from bridge.domain.people import People
from bridge.domain.spaces import Enforce, Level, Space
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.verbs import table
from bridge.verbs.findings import Finding, Mark
from bridge.verbs.roomfacts import HEADINGS, RoomFacts, children, room_from
from tests.cli.conftest import SYNC, Askbridge
from tests.store.samples import ROOM, grant, sign, violation

ME = "@qa:example.org"
DAY = 86_400_000


def state(kind: str, content: Any, key: Any = "", sender: str = "@amy:example.org") -> dict[str, Any]:
    return {"type": kind, "state_key": key, "content": content, "sender": sender}


def facts(*events: dict[str, Any], space: Space | None = None, known: frozenset[str] = frozenset()) -> RoomFacts:
    room, members = room_from("!r", events)
    view = RoomView(room.state, room.powers, None, space, People(), ME) if space else None
    return RoomFacts("!r", "helpdesk", joined=True, room=room, members=members, known_rooms=known, view=view)


def said(found: list[Finding]) -> list[tuple[Mark, str]]:
    return [(finding.mark, finding.said) for finding in found]


def test_rights_of_an_ordinary_member_and_of_a_creator() -> None:
    levels = state("m.room.power_levels", {"events": {"m.reaction": 10}, "users": {}, "events_default": "high"})
    (found,) = facts(levels).findings(ME)
    assert found.said == f"{ME} has power level 0 and may not react (needs 10)"
    create = state("m.room.create", {"room_version": "12"}, sender=ME)
    own = facts(create, levels)
    assert own.findings(ME) == []
    assert own.row(ME)[HEADINGS.index("power")] == "creator"
    assert own.row(ME)[HEADINGS.index("sends")] == "10"


def test_a_replaced_room() -> None:
    tombstone = state("m.room.tombstone", {"replacement_room": "!next"})
    assert said(facts(tombstone).findings(ME)) == [(Mark.WRONG, "replaced by !next, where the bot is not")]
    followed = facts(tombstone, known=frozenset({"!next"})).findings(ME)
    assert said(followed) == [(Mark.NOTE, "replaced by !next, which askbridge follows")]
    assert facts(state("m.room.tombstone", {"replacement_room": 7})).findings(ME) == []


def test_a_closed_space_with_an_open_door() -> None:
    open_door = (
        state("m.room.join_rules", {"join_rule": "public"}),
        state("m.room.history_visibility", {"history_visibility": "world_readable"}),
    )
    acme = Space("acme", Level.EXTRANET)
    assert said(facts(*open_door, space=acme).findings(ME)) == [
        (Mark.NOTE, "who may join is public, ought to be invite"),
        (Mark.NOTE, "who may read what was said before is world_readable, ought to be shared"),
    ]
    assert facts(*open_door, space=replace(acme, level=Level.PUBLIC)).findings(ME) == []


def test_power_from_outside_and_rights_that_are_missing() -> None:
    levels = state("m.room.power_levels", {"users": {ME: 60, "@ann:acme.com": 60}, "kick": 70})
    found = facts(levels, space=Space("acme", Level.EXTRANET, enforce=Enforce.ON)).findings(ME)
    power, label, rights = found
    assert power.said == "power level of @ann:acme.com is 60, ought to be ≤ 49"
    assert power.remedy.startswith("They stand as high as I do")
    assert label.said.startswith("the event for other programs is –, ought to be")
    assert (rights.said, rights.remedy) == (
        "the bot may not set: kick (needs 70, has 60)",
        f"give {ME} power level 70",
    )


def test_hostile_state_is_shown_as_far_as_it_can_be_read() -> None:
    hostile = (
        state("m.room.name", {"name": "\x1b[2Jgone\n"}),
        state("m.room.join_rules", {"join_rule": ["public"]}),
        state("m.room.power_levels", {"events": [], "state_default": None, "users": {ME: "100"}}),
        state("m.room.member", {"membership": "join"}, key=7),
        state("m.room.member", "joined", key="@a:b"),
        {"type": "m.room.member"},
        state("m.space.child", {"via": "example.org"}, key="!no"),
        state("m.space.child", {"via": ["example.org"]}, key="!yes"),
    )
    found = facts(*hostile)
    assert found.row(ME)[:4] == ("helpdesk", " [2Jgone", "yes", "0")
    assert "\x1b" not in "".join(found.row(ME))
    assert found.room is not None
    assert children(found.room) == ["!yes"]


def test_what_was_set_aside_is_listed_and_counts_while_it_is_new(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    now = time.time_ns() // 1_000_000
    database = Database.open(f"sqlite:///{tmp_path / 'askbridge.db'}")
    database.write_now(lambda tx: set_aside(tx, now))
    try:
        out = askbridge("doctor").out
    finally:
        database.close()
    assert f"wrong  parked: inbox: $poison in {ROOM}, 2 h ago: ABC234" in out
    assert f"note   parked: outbox: acknowledge in {ROOM}, 3 d ago: M_FORBIDDEN: no" in out
    assert "note   parked: and 5 older" in out
    assert "wrong  inbox: 1 waiting, the oldest for 10 min\n       -> is `askbridge run` running?" in out
    assert re.search(r"^ok     outbox: 1 waiting, the oldest for \d+ s$", out, re.MULTILINE)


def set_aside(tx: StoreTransaction, now: int) -> None:
    tx.inbox.accept([(f"$old{n}", ROOM, now - 9 * DAY, "{}", "new", 0, 0) for n in range(13)])
    tx.inbox.accept([("$poison", ROOM, now - 2 * 3_600_000, "{}", "new", 0, 0)])
    for row in tx.inbox.pending(now):
        tx.inbox.park(row, "ABC234" if row.event_id == "$poison" else "OLD")
    tx.inbox.accept([("$late", ROOM, now - 600_000, "{}", "new", 0, 0)])
    tx.outbox.add("given-up", sign(), now - 3 * DAY)
    (effect,) = tx.outbox.pending(now)
    tx.outbox.park(effect, "M_FORBIDDEN: no")
    tx.outbox.add("fresh", sign(), now)


def test_who_is_let_in_and_who_has_no_place(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    database = Database.open(f"sqlite:///{tmp_path / 'askbridge.db'}")
    try:
        assert "grants" not in askbridge("doctor").out
        database.write_now(people_from_outside)
        result = askbridge("doctor")
    finally:
        database.close()
    assert "ok     grants: 2 live, 1 to be approved" in result.out
    assert "note   doors: people where they have no place, whom `enforce: on` would remove: 1" in result.out
    assert "wrong  doors: people where they have no place, whose removal waits for a moderator: 2" in result.out
    assert "who cannot be removed: 1\n       -> `!enforce` shows who" in result.out
    assert "about to be removed" not in result.out
    assert result.code == 1


def people_from_outside(tx: StoreTransaction) -> None:
    for each in (grant(1), grant(2), grant(3, approved_by=None), grant(4, ended_at=1)):
        tx.grants.save(each)
    for number, step in enumerate((Step.REPORT, Step.WAITING, Step.WAITING, Step.STUCK, Step.DUE)):
        tx.violations.save(violation(user_id=f"@p{number}:acme.com", step=step))
    tx.violations.end(ROOM, "@p4:acme.com", 1, removed=True)


def test_a_damaged_database(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    assert askbridge("migrate").code == 0
    file = tmp_path / "askbridge.db"
    content = bytearray(file.read_bytes())
    for page in range(40, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file.write_bytes(content)
    result = askbridge("doctor")
    assert result.code == 1
    assert "restore a backup" in result.out
    assert "Traceback" not in result.all


def test_the_table_is_ruled_only_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("a" * 200, "s3same")]
    table.show(("one", "two"), rows, lambda cell: cell.replace("s3same", "[hidden]"))
    plain = capsys.readouterr().out
    assert plain.splitlines()[1].split() == ["a" * 200, "[hidden]"]
    monkeypatch.setattr(table, "Console", lambda **options: Console(force_terminal=True, width=60, **options))
    table.show(("one", "two"), rows, str)
    assert "───" in capsys.readouterr().out


def test_the_page_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli_reference.main(["--check"]) == 1
    assert cli_reference.main(["--write"]) == 0
    assert cli_reference.main(["--check"]) == 0
    assert cli_reference.main([]) == 2
    page = Path("docs/reference/cli.md").read_text()
    assert "## doctor" in page
    assert "| `-o, --output FILE` | Write it there. |" in page
