"""`askbridge stats` beside a running bot: a table for people, rows for other programs."""

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Room
from tests.cli.conftest import SYNC, Askbridge
from tests.store.samples import DAY, ROOM
from tests.store.test_tallies import answered, asks

NOW = time.time_ns() // 1_000_000
TRIAGE = "!triage:example.org"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "config.yaml").write_text(SYNC.replace("internal,", f"internal, triage_room: '{TRIAGE}',"))
    database = Database.open(f"sqlite:///{tmp_path / 'askbridge.db'}")
    database.write_now(_fill)
    yield tmp_path
    database.close()


def _fill(tx: StoreTransaction) -> None:
    tx.rooms.save(Room(ROOM, space="helpdesk", joined=True))
    tx.rooms.save(Room(TRIAGE, space="helpdesk triage", joined=True))
    asked = NOW - 2 * DAY
    answered(tx, asked + 90 * 60_000, created_at=asked)
    asks(tx, created_at=asked)


def test_a_table_and_rows(folder: Path, askbridge: Askbridge) -> None:
    config = folder / "config.yaml"
    table = askbridge("stats", "-c", config)
    heading, row = (line.split() for line in table.out.strip().splitlines())
    assert heading[:3] == ["SPACE", "NEW", "ANSWERED"]
    assert row[:6] == ["helpdesk", "2", "1", "0", "0", "1"]
    assert "87 mins (90 mins)" in table.out
    rows = list(csv.DictReader(io.StringIO(askbridge("stats", "--csv", "--space", "helpdesk", "-c", config).out)))
    days = {row["day"]: row for row in rows}
    assert sum(int(row["new"]) for row in rows) == 2
    (answering,) = (row for row in rows if row["answered"] == "1")
    assert 84 <= int(answering["acceptance_median_minutes"]) <= 98
    assert answering["waiting"] == "1"
    assert len(days) == len(rows)


def test_what_cannot_be_shown(folder: Path, askbridge: Askbridge) -> None:
    unknown = askbridge("stats", "--space", "helpdsk", "-c", folder / "config.yaml")
    assert unknown.code == 1
    assert "no space helpdsk in the config" in unknown.err
    assert "helpdesk" in unknown.err
    assert askbridge("stats", "--since", "soon", "-c", folder / "config.yaml").code == 2
