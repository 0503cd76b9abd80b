"""Drift as the store keeps it: in memory while it goes on, and until moderators were told."""

from dataclasses import replace

from bridge.domain.drift import Kind, Remedy
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.cases import DriftCase, DriftStep
from bridge.workflow.records import Room
from tests.store.samples import NOW, ROOM

CASE = DriftCase(
    number=1,
    room_id=ROOM,
    space="acme",
    kind=Kind.JOIN_RULE,
    about="",
    event_type="m.room.join_rules",
    state_key="",
    found="public",
    wanted="invite",
    before={"join_rule": "public"},
    by="@bob:example.org",
    found_at=NOW,
    step=DriftStep.STUCK,
    remedy=Remedy.RIGHTS,
    told=False,
)


def numbers(cases: list[DriftCase]) -> list[int]:
    return [case.number for case in cases]


def test_drift_comes_back_as_it_was_saved(url: str) -> None:
    listing = replace(CASE, number=2, before=None, by=None, remedy=None, live=True, told=True, problem="no\0way")
    db = Database.open(url)
    for case in (CASE, listing):
        db.write_now(lambda tx, c=case: tx.drifts.save(c))  # type: ignore[misc]
    db.close()
    db = Database.open(url)
    kept = replace(listing, problem="no\N{REPLACEMENT CHARACTER}way")
    assert db.read_now(lambda tx: tx.drifts.of_room(ROOM)) == [CASE, kept]
    assert db.read_now(lambda tx: tx.drifts.get(2)) == kept
    assert db.read_now(lambda tx: tx.drifts.get(3)) is None
    assert db.write_now(lambda tx: [tx.drifts.next_number(), tx.drifts.next_number()]) == [3, 4]
    db.close()


def test_what_is_over_is_forgotten_once_it_was_told(url: str) -> None:
    db = Database.open(url)
    over = replace(CASE, step=DriftStep.OVER, ended_at=NOW)

    def in_one(tx: StoreTransaction) -> None:
        tx.drifts.save(CASE)
        assert numbers(tx.drifts.all()) == numbers(tx.drifts.of_room(ROOM)) == [1]
        tx.drifts.save(over)
        assert tx.drifts.all() == tx.drifts.of_room(ROOM) == []
        assert tx.drifts.untold() == [over]

    db.write_now(in_one)
    db.close()
    db = Database.open(url)
    before = db.statements
    assert db.write_now(lambda tx: (tx.drifts.all(), tx.drifts.of_room(ROOM), tx.drifts.untold())) == ([], [], [over])
    assert db.statements == before
    db.write_now(lambda tx: tx.drifts.save(replace(over, told=True)))
    assert db.write_now(lambda tx: tx.drifts.untold()) == []
    assert db.write_now(lambda tx: tx.drifts.get(1)) == replace(over, told=True)
    db.close()


def test_what_the_bot_put_right_is_counted(url: str) -> None:
    db = Database.open(url)

    def mend(tx: StoreTransaction) -> list[list[str]]:
        for number, at in ((1, NOW - 10), (2, NOW), (3, NOW + 5)):
            tx.drifts.save(replace(CASE, number=number, step=DriftStep.MENDED, ended_at=at))
        tx.drifts.save(replace(CASE, number=4, step=DriftStep.OVER, ended_at=NOW))
        tx.drifts.save(replace(CASE, number=5, about="other", step=DriftStep.MENDED, ended_at=NOW))
        return [tx.drifts.mended_since(ROOM, Kind.JOIN_RULE, "", since) for since in (NOW - 10, NOW, NOW + 6)]

    assert db.write_now(mend) == [["public"] * 3, ["public"] * 2, []]
    db.close()


def test_a_room_remembers_whether_it_is_listed(url: str) -> None:
    db = Database.open(url)
    rooms = [Room(f"!{listed}", listed=listed) for listed in (None, False, True)]
    for room in rooms:
        db.write_now(lambda tx, r=room: tx.rooms.save(r))  # type: ignore[misc]
    db.close()
    db = Database.open(url)
    assert [db.read_now(lambda tx, r=room: tx.rooms.get(r.room_id)) for room in rooms] == rooms  # type: ignore[misc]
    db.close()
