"""Lists: filters, order and pages, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import column, literal, select, values
from sqlalchemy.types import Text

from bridge.domain.filters import Filter, Order
from bridge.domain.people import People, matches
from bridge.domain.questions import Priority, State
from bridge.store.database import Database
from bridge.store.finding import named_by
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Page
from tests.store.samples import BOB, DAY, NOW, ROOM, ask

CARLA = "@carla:contractor.example"
OTHER = "!other:example.org"
PEOPLE = People(staff=("@*:example.org",), trusted=(CARLA,))


def fill(tx: StoreTransaction) -> None:
    ask(tx, created_at=NOW - 5 * DAY, tags=("vpn",), asker=BOB)
    ask(tx, created_at=NOW - 4 * DAY, tags=("vpn", "lan"), state=State.CLAIMED, assignee=BOB)
    ask(tx, created_at=NOW - 3 * DAY, state=State.ANSWERED, room_id=OTHER, space="acme", asker=CARLA)
    ask(tx, created_at=NOW - 2 * DAY, state=State.CLOSED, priority=Priority.HIGH)
    ask(tx, created_at=NOW - 1 * DAY, state=State.CLOSED, withdrawn=True)


def numbers(db: Database, rooms: Any = (ROOM, OTHER), **wanted: Any) -> tuple[int, ...]:
    return db.read_now(lambda tx: tx.questions.find(Filter(**wanted), rooms, PEOPLE, NOW)).numbers


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, (4, 3, 2, 1)),
        ({"order": Order.OLDEST_FIRST}, (1, 2, 3, 4)),
        ({"states": frozenset({State.OPEN, State.CLAIMED})}, (2, 1)),
        ({"states": frozenset({State.ANSWERED})}, (3,)),
        ({"spaces": frozenset({"acme"})}, (3,)),
        ({"tags": frozenset({"vpn"})}, (2, 1)),
        ({"tags": frozenset({"vpn", "lan"})}, (2,)),
        ({"by": BOB}, (1,)),
        ({"assigned": BOB}, (2,)),
        ({"assigned": "none"}, (4, 3, 1)),
        ({"involves": BOB}, (2, 1)),
        ({"older": 3 * DAY}, (3, 2, 1)),
        ({"since": 3 * DAY}, (4, 3)),
        ({"from_ours": True}, (3, 1)),
        ({"from_ours": False}, (4, 2)),
        ({"priority": Priority.HIGH}, (4,)),
    ],
)
def test_every_filter_narrows_the_list(db: Database, wanted: dict[str, Any], expected: tuple[int, ...]) -> None:
    db.write_now(fill)
    assert numbers(db, **wanted) == expected


def test_only_the_given_rooms_are_looked_at(db: Database) -> None:
    db.write_now(fill)
    assert numbers(db, rooms=[OTHER]) == (3,)
    assert numbers(db, rooms=[]) == ()
    assert numbers(db, rooms=[OTHER, *(f"!{n}" for n in range(3000))]) == (3,)


def test_a_retagged_question_is_found_by_its_new_tags_only(db: Database) -> None:
    def retag(tx: StoreTransaction) -> None:
        found = tx.questions.get(2)
        assert found is not None
        tx.questions.save(replace(found, tags=("wifi",)))
        assert tx.questions.find(Filter(tags=frozenset({"wifi"})), [ROOM], PEOPLE, NOW).numbers == (2,)

    db.write_now(fill)
    db.write_now(retag)
    assert numbers(db, tags=frozenset({"vpn"})) == (1,)
    assert numbers(db, tags=frozenset({"wifi"})) == (2,)


def test_pages_of_ten(db: Database) -> None:
    db.write_now(lambda tx: [ask(tx) for _ in range(23)])

    def page(n: int) -> Page:
        return db.read_now(lambda tx: tx.questions.find(Filter(page=n), [ROOM], PEOPLE, NOW))

    assert page(1) == Page(tuple(range(23, 13, -1)), 23, 1, 3)
    assert page(3) == Page((3, 2, 1), 23, 3, 3)
    assert page(4) == Page((), 23, 4, 3)


def test_nothing_found_is_one_empty_page(db: Database) -> None:
    assert db.read_now(lambda tx: tx.questions.find(Filter(), [ROOM], PEOPLE, NOW)) == Page((), 0, 1, 1)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("globs") / "globs.db"
    if request.param == "postgres":
        cluster = request.getfixturevalue("postgres_cluster")
        cluster.run("CREATE DATABASE globs")
    database = Database.open(f"sqlite:///{path}" if request.param == "sqlite" else cluster.url("globs"))
    yield database
    database.close()
    if request.param == "postgres":
        cluster.run("DROP DATABASE globs")


_parts = st.text(alphabet=["a", "A", "b", ":", "@", "_", "%", "\\", "é", ".", "[", "-", "\n"], max_size=8)
_globs = st.text(alphabet=["a", "A", "b", ":", "@", "_", "%", "\\", "é", ".", "[", "*", "?", "-", "\n"], max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(users=st.lists(_parts, min_size=1, max_size=12, unique=True), globs=st.lists(_globs, max_size=3))
def test_globs_mean_the_same_in_sql(asked: Database, users: list[str], globs: list[str]) -> None:
    people = values(column("person", Text), name="people").data([(literal(u, Text),) for u in users]).cte("people")
    with asked.snapshot() as conn:
        found = set(conn.execute(select(people.c.person).where(named_by(globs, people.c.person))).scalars())
    assert found == {u for u in users if matches(u, globs)}
