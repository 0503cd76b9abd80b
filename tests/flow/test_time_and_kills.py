"""What time brings is neither lost nor doubled by kills: reminders, returns, escalations, digests."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from bridge.domain.queue_facts import AssigneeReminded, QuestionEscalated, QuestionReturned, RuleMatched
from bridge.domain.schedule import Schedule, next_time
from bridge.store.database import Database
from bridge.store.export import export
from bridge.store.json import load
from bridge.store.tables import outbox
from tests.flow.clockwork import CLOCKWORK, DAY, FASTER
from tests.flow.pocket import EPOCH, ROOM, Pocket

KILLS = 4
QUESTIONS = 15
DAYS = 40


def test_once_each_whatever_is_killed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'clock.db'}"
    _prepare(url)
    began = time.time()
    dice = random.Random(5)
    for _ in range(KILLS):
        _run(url, began, EPOCH + 10_000 * DAY, killed_after=dice.uniform(0.01, 0.25))
    _run(url, began, EPOCH + max(DAYS * DAY, int((time.time() - began + 6) * 1000 * FASTER)), killed_after=None)
    _look(url)


def _prepare(url: str) -> None:
    database = Database.open(url)
    town = Pocket(database, "amy", "bob", "lead", policy=CLOCKWORK)
    town.says("lead", "!digest daily 09:00")
    for number in range(1, QUESTIONS + 1):
        town.says("amy", f"!ask question {number}?")
        town.says("amy", f"!assign {number} @bob:example.org")
    database.close()


def _run(url: str, began: float, end: int, killed_after: float | None) -> None:
    command = [sys.executable, "-m", "tests.flow.clockwork", url, str(began), str(end)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "going\n"
        if killed_after is None:
            assert process.wait(60) == 0
            return
        time.sleep(killed_after)
        process.send_signal(signal.SIGKILL)
        process.wait()


def _look(url: str) -> None:
    database = Database.open(url, read_only=True)
    try:
        happened = Counter((fact["kind"], fact["number"]) for fact in export(database) if fact["type"] == "fact")
        with database.snapshot() as conn:
            rows = conn.execute(outbox.select().where(outbox.c.kind == "digest_to_room").order_by(outbox.c.seq)).all()
    finally:
        database.close()
    for kind in (AssigneeReminded, QuestionReturned, RuleMatched, QuestionEscalated):
        assert [happened[kind.__name__, number] for number in range(1, QUESTIONS + 1)] == [1] * QUESTIONS, kind
    windows = [load(row.payload) for row in rows if row.payload]
    assert len(windows) >= 2, "the slower the machine, the more days one digest catches up with"
    assert {window["room_id"] for window in windows} == {ROOM}
    assert all(before["until"] == after["since"] < after["until"] for before, after in pairwise(windows))
    assert all(next_time(Schedule(9 * 60), before["until"]) <= after["until"] for before, after in pairwise(windows))
