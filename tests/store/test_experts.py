"""What accepted answers earned, kept as sums that are right after every change."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.expertise import HALF_LIFE, Credit, today
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from tests.store.samples import ANN, BOB, NOW, ROOM, question
from tests.workflow.examples import tried

LATER = NOW + HALF_LIFE
TAGS, PEOPLE, ROOMS = ("vpn", "lan"), (ANN, BOB), (ROOM, "!other:example.org")

CREDITS = st.builds(
    Credit,
    st.sampled_from(["$a1", "$a2", "$a3"]),
    st.sampled_from(TAGS),
    st.sampled_from(ROOMS),
    st.sampled_from(PEOPLE),
    st.integers(NOW - 10 * HALF_LIFE, NOW),
)
STEPS = st.lists(
    st.lists(
        st.tuples(st.integers(1, 3), st.lists(CREDITS, max_size=4, unique_by=lambda c: (c.answer, c.tag))), max_size=3
    ),
    max_size=6,
)


def earned(answer: str, person: str = ANN, at: int = NOW, tag: str = "vpn", room: str = ROOM) -> Credit:
    return Credit(answer, tag, room, person, at)


def best(db: Database, *rooms: str) -> list[tuple[str, float, int]]:
    found = db.read_now(lambda tx: tx.experts.best("vpn", rooms or (ROOM,), 9))
    return [(score.person, round(today(score.stored, NOW), 6), score.count) for score in found]


def test_what_is_long_ago_counts_half(db: Database) -> None:
    db.write_now(lambda tx: tx.experts.credit(1, [earned("$a1", at=NOW - HALF_LIFE), earned("$a2", BOB)]))
    assert best(db) == [(BOB, 1.0, 1), (ANN, 0.5, 1)]
    assert best(db, "!elsewhere") == []
    db.write_now(lambda tx: tx.experts.credit(2, [earned("$b1"), earned("$b2"), earned("$b3", tag="lan")]))
    assert best(db) == [(ANN, 2.5, 3), (BOB, 1.0, 1)]
    assert today(Credit("$a", "vpn", ROOM, ANN, NOW).worth, LATER) == pytest.approx(0.5)


def test_what_is_taken_back_leaves_nothing(db: Database) -> None:
    old, new = earned("$a1", at=NOW - 20 * HALF_LIFE), earned("$b1")
    db.write_now(lambda tx: tx.experts.credit(1, [old]))
    db.write_now(lambda tx: tx.experts.credit(2, [new]))
    db.write_now(lambda tx: tx.experts.credit(2, []))
    [(_, _, count)] = best(db)
    assert count == 1
    db.write_now(lambda tx: tx.experts.credit(1, []))
    assert best(db) == []


def test_what_is_asked_most_comes_first(db: Database) -> None:
    def ask(tx: StoreTransaction) -> None:
        for number, tags in enumerate([("vpn",), ("vpn", "lan"), ("old",)], 1):
            at = NOW if number < 3 else NOW - HALF_LIFE
            tx.questions.add(question(number, tags=tags, created_at=at))

    db.write_now(ask)
    assert sorted(db.read_now(lambda tx: tx.experts.asked([ROOM], NOW))) == [("lan", ROOM, 1), ("vpn", ROOM, 2)]
    assert db.read_now(lambda tx: tx.experts.asked([], NOW)) == []
    assert db.read_now(lambda tx: tx.experts.asked(["!elsewhere"], 0)) == []


def write(db: Database, given: list[tuple[int, list[Credit]]]) -> None:
    def credit(tx: StoreTransaction) -> None:
        for number, credits in given:
            tx.experts.credit(number, credits)

    db.write_now(credit)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(Database.open(f"sqlite:///{tmp_path_factory.mktemp('experts')}/ask.db")) as database:
        yield database


@tried("sums of credits", 150)
@given(steps=STEPS)
def test_sums_are_those_of_what_counts_now(kept: Database, steps: list[list[tuple[int, list[Credit]]]]) -> None:
    """Whatever earns and is taken back, in whatever order, in one transaction or in several."""
    db = kept
    write(db, [(number, []) for number in (1, 2, 3)])
    now: dict[int, list[Credit]] = {}
    for step in steps:
        given = [
            (number, [Credit(f"{c.answer}.{number}", c.tag, c.room_id, c.person, c.at) for c in credits])
            for number, credits in step
        ]
        now |= dict(given)
        write(db, given)
    sums: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for credit in (c for credits in now.values() for c in credits):
        sums[credit.tag, credit.person, credit.room_id].append(credit.worth)
    for tag in TAGS:
        found = db.read_now(lambda tx, tag=tag: tx.experts.best(tag, ROOMS, 99))  # type: ignore[misc]
        sums_kept = {(tag, s.person, s.room_id): (s.stored, s.count) for s in found}
        assert sums_kept == {
            key: (pytest.approx(sum(worths)), len(worths)) for key, worths in sums.items() if key[0] == tag
        }
        assert found == sorted(found, key=lambda s: -s.stored)
