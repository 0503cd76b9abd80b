"""Lists: filters, order and pages, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.filters import Filter, Order, matches
from bridge.domain.people import People
from bridge.domain.questions import Priority, State
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Page
from tests.store.samples import BOB, DAY, NOW, ROOM, ask
from tests.workflow.examples import tried

CARLA = "@carla:contractor.example"
OTHER = "!other:example.org"
PEOPLE = People(staff=("@*:example.org",), trusted=(CARLA,))


def fill(tx: StoreTransaction) -> None:
    ask(tx, created_at=NOW - 5 * DAY, tags=("vpn",), asker=BOB)
    ask(tx, created_at=NOW - 4 * DAY, tags=("vpn", "lan"), state=State.CLAIMED, assignee=BOB)
    ask(
        tx,
        created_at=NOW - 3 * DAY,
        state=State.ANSWERED,
        room_id=OTHER,
        space="acme",
        asker=CARLA,
        answered_at=NOW - DAY,
    )
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
        ({"answered": DAY}, (3,)),
        ({"answered": DAY - 1}, ()),
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
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two hundred questions of all kinds."""
    path: Path = tmp_path_factory.mktemp("filters") / "filters.db"
    if request.param == "postgres":
        cluster = request.getfixturevalue("postgres_cluster")
        cluster.run("CREATE DATABASE filters")
    database = Database.open(f"sqlite:///{path}" if request.param == "sqlite" else cluster.url("filters"))
    database.write_now(_crowd)
    yield database
    database.close()
    if request.param == "postgres":
        cluster.run("DROP DATABASE filters")


USERS = (BOB, CARLA, "@dan:example.org", "@Dan:Example.org", "@x:a:1", "@x:a", "@%_:b\\c", "@é[.]:example.org")
GLOBS = ("@*:example.org", "@?:a", "@*:*", CARLA, "@%_:b\\c", "@d*:*.org", "*", "@é[.]:*", "@x:a:?")


def _crowd(tx: StoreTransaction) -> None:
    chance = Random(5)
    for _ in range(200):
        ask(
            tx,
            asker=chance.choice(USERS),
            assignee=chance.choice((None, *USERS[:3])),
            room_id=chance.choice((ROOM, OTHER)),
            space=chance.choice(("acme", "helpdesk")),
            tags=tuple(chance.sample(("vpn", "lan", "été"), chance.randrange(3))),
            state=chance.choice(list(State)),
            priority=chance.choice(list(Priority)),
            created_at=NOW - chance.randrange(5) * DAY,
            answered_at=chance.choice((None, NOW - chance.randrange(5) * DAY)),
            withdrawn=chance.random() < 0.1,
        )


_some_globs = st.lists(st.sampled_from(GLOBS), max_size=2).map(tuple)
_people = st.builds(
    People, _some_globs, _some_globs, st.lists(st.sampled_from(USERS), max_size=1).map(tuple), _some_globs
)
_person = st.none() | st.sampled_from(USERS)
_age = st.none() | st.integers(0, 6).map(lambda days: days * DAY)
_filters = st.builds(
    Filter,
    states=st.frozensets(st.sampled_from(State)),
    spaces=st.frozensets(st.sampled_from(("acme", "helpdesk", "other"))),
    tags=st.frozensets(st.sampled_from(("vpn", "lan", "été", "none")), max_size=2),
    by=_person,
    assigned=_person | st.just("none"),
    involves=_person,
    older=_age,
    since=_age,
    answered=_age,
    from_ours=st.none() | st.booleans(),
    priority=st.none() | st.sampled_from(Priority),
    order=st.sampled_from(Order),
)


@tried("filters in sql and in python", 400)
@given(wanted=_filters, people=_people)
def test_filters_mean_the_same_in_sql(crowded: Database, wanted: Filter, people: People) -> None:
    def both(tx: StoreTransaction) -> tuple[Page, list[tuple[int, int]]]:
        there = tx.questions.several(range(1, 201)).values()
        held = [(q.created_at, q.number) for q in there if matches(wanted, q, people, NOW)]
        return tx.questions.find(wanted, (ROOM, OTHER), people, NOW), sorted(held)

    page, held = crowded.read_now(both)
    assert page.total == len(held)
    in_order = held if wanted.order is Order.OLDEST_FIRST else held[::-1]
    assert page.numbers == tuple(number for _, number in in_order[:10])
