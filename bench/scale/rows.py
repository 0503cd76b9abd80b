"""A database as after three years of use, written row by row past the product; what the product derives, it makes."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import orjson

from bench.scale.texts import Writer, zipf
from bridge.store.database import Database

DAY = 86_400_000
YEARS = 3
SERVER = "localhost"
BATCH = 5_000
LEVELS = ("internal",) * 5 + ("extranet",) * 3 + ("community", "public")
"""Of the spaces, in turn."""
SPACES = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """How much there is. `now` in milliseconds: the questions are of the three years before."""

    questions: int
    rooms: int = 200
    people: int = 20_000
    now: int = 0


def room(index: int) -> str:
    return f"!room{index}:{SERVER}"


def space_of(index: int) -> str:
    return f"space{index % SPACES}"


def build(folder: Path, plan: Plan) -> float:
    """Make `askbridge.db` in a folder; returns how many seconds it took to write what people did."""
    path = folder / "askbridge.db"
    Database.open(f"sqlite:///{path}").close()
    began = time.monotonic()
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        conn.execute("PRAGMA synchronous=OFF")
        _fill(conn, plan)
    finally:
        conn.close()
    return time.monotonic() - began


def _fill(conn: sqlite3.Connection, plan: Plan) -> None:
    random = Random(plan.questions)
    made = _histories(random, plan)
    while batch := list(islice(made, BATCH)):
        conn.execute("BEGIN")
        for table in ("questions", "question_tags", "tracked", "answers", "acceptances", "facts"):
            _insert(conn, table, [row for history in batch for row in history.get(table, ())])
        conn.execute("COMMIT")
    _insert(conn, "settings", [{"name": "last_number", "value": str(plan.questions)}])


def _insert(conn: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns = list(rows[0])
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 (our names)
        conn.executemany(statement, [tuple(row.values()) for row in rows])


History = dict[str, list[dict[str, Any]]]


def _histories(random: Random, plan: Plan) -> Iterator[History]:
    """One question after the other, each with all that became of it."""
    people = [f"@person{n}:{SERVER if n % 8 else 'partner.example'}" for n in range(plan.people)]
    writer = Writer(random)
    start = plan.now - YEARS * 365 * DAY
    for number in range(1, plan.questions + 1):
        at = start + int((plan.now - start) * number / (plan.questions + 1))
        yield _History(random, writer, people, plan, number, at).rows


class _History:
    def __init__(self, random: Random, writer: Writer, people: list[str], plan: Plan, number: int, at: int) -> None:
        self._random, self._writer, self._people = random, writer, people
        self.number, self.at = number, at
        self._room = int(plan.rooms * random.random() ** 2)
        self._language = writer.language()
        self._tags = writer.tags()
        self._asker = zipf(random, people)
        self.rows: History = {"facts": []}
        self._happen(plan.now)

    def _happen(self, now: int) -> None:
        state = self._random.choices(("answered", "closed", "open", "claimed"), (92, 5, 2, 1))[0]
        answers = self._answers(state, now)
        first = answers[0]["created_at"] if answers else None
        self._fact("QuestionAsked", self.at, self._asker, {"asker": self._asker, "assignee": None})
        for index, answer in enumerate(answers):
            data = {"answer": answer["event_id"], "first": index == 0}
            self._fact("AnswerGiven", answer["created_at"], answer["author"], data)
        settled = (
            min(now, (first or self.at) + int(self._random.expovariate(1 / (DAY / 2)))) if state != "open" else None
        )
        if state == "answered":
            self._accept(answers[0], settled or self.at)
        if state == "closed":
            self._fact("QuestionClosed", settled or self.at, self._asker, {})
        self._question(state, first, settled)
        self._belongings(answers)

    def _answers(self, state: str, now: int) -> list[dict[str, Any]]:
        count = self._random.choices((1, 2, 3), (75, 18, 7))[0] if state == "answered" else self._random.randint(0, 1)
        first = self.at + int(self._random.lognormvariate(15.5, 1.5))
        return [
            {
                "event_id": f"$a{index}_{self.number}",
                "number": self.number,
                "author": zipf(self._random, self._people),
                "text": self._writer.answer(self._language),
                "created_at": min(now, first + index * 600_000),
                "room_id": room(self._room),
                "withdrawn": 0,
            }
            for index in range(count)
        ]

    def _accept(self, answer: dict[str, Any], at: int) -> None:
        said = {"answer": answer["event_id"], "number": self.number, "person": self._asker, "voice": "asker", "at": at}
        self.rows["acceptances"] = [said]
        data = {"answer": answer["event_id"], "author": answer["author"], "settles": True}
        self._fact("AnswerAccepted", at, self._asker, data)

    def _question(self, state: str, first: int | None, settled: int | None) -> None:
        root = f"$q{self.number}"
        question = {
            "number": self.number,
            "space": space_of(self._room),
            "room_id": room(self._room),
            "event_id": root,
            "thread_root": root,
            "asker": self._asker,
            "text": self._writer.question(self._language),
            "created_at": self.at,
            "tags": orjson.dumps(self._tags).decode(),
            "attachments": "[]",
            "directed_to": "[]",
            "priority": self._random.choices(("normal", "high", "urgent", "low"), (90, 6, 1, 3))[0],
            "state": state,
            "reason": "",
            "assignee": zipf(self._random, self._people) if state == "claimed" else None,
            "card_event_id": f"$c{self.number}",
            "first_response_at": first,
            "answered_at": settled if state == "answered" else None,
            "closed_at": settled if state == "closed" else None,
            "withdrawn": 0,
            "nudged": 0,
            "card_digest": "",
        }
        self.rows["questions"] = [question]

    def _belongings(self, answers: list[dict[str, Any]]) -> None:
        self.rows["question_tags"] = [{"tag": tag, "number": self.number} for tag in self._tags]
        events = [(f"$q{self.number}", "question"), (f"$c{self.number}", "card")]
        events += [(answer["event_id"], "answer") for answer in answers]
        self.rows["answers"] = answers
        self.rows["tracked"] = [{"event_id": e, "number": self.number, "role": role} for e, role in events]

    def _fact(self, kind: str, at: int, actor: str, data: dict[str, Any]) -> None:
        fact = {"at": at, "kind": kind, "actor": actor, "room_id": room(self._room), "space": space_of(self._room)}
        self.rows["facts"].append(fact | {"number": self.number, "data": orjson.dumps(data).decode()})
