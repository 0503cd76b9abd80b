"""What people are to be told is told, whatever is killed: nothing lost, nothing twice, one message a minute."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.profile import Hours
from bridge.domain.questions import State
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.notices import PAUSE, bundled, tell
from bridge.workflow.people_ports import Notice
from bridge.workflow.records import Delivery, Room
from bridge.workflow.ringing import ring
from tests.flow.pocket import EPOCH, POLICY, ROOM
from tests.store.samples import ask
from tests.workflow.examples import tried

PEOPLE = ("@amy:example.org", "@bob:example.org")
HOUR = 3_600_000
QUIET = Hours(9 * 60, 10 * 60)
"""Of Bob, in UTC; it begins an hour after the beginning."""

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("tell"), st.sampled_from(PEOPLE), st.integers(1, 30), st.booleans(), st.booleans()),
        st.tuples(st.just("wait"), st.sampled_from([0, 1_000, 30_000, 59_999, 60_000, HOUR, 4 * HOUR])),
        st.tuples(st.just("ring"), st.booleans()),
        st.tuples(st.just("send"), st.booleans()),
        st.tuples(st.just("kill")),
    ),
    max_size=40,
)


class Killed(Exception):
    """The process dies before it commits."""


class Town:
    """`sent`: what the homeserver took, by transaction id; `wanted`: what was committed to be told, and when."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.database = Database.open(url)
        self.database.write_now(_settle_in)
        self.now = EPOCH
        self.sent: dict[str, tuple[str, tuple[int, ...], int]] = {}
        self.wanted: list[tuple[str, int, int]] = []

    def begin(self) -> None:
        self.now += 1000 * 24 * HOUR
        self.sent, self.wanted = {}, []

        def be_quiet(tx: StoreTransaction) -> None:
            bob = tx.persons.get(PEOPLE[1])
            tx.persons.save(replace(bob, profile=replace(bob.profile, quiet=QUIET, zone="UTC")))

        self.database.write_now(be_quiet)

    def kill(self) -> None:
        self.database.close()
        self.database = Database.open(self._url)

    def tell(self, person: str, number: int, named: bool, dies: bool) -> None:
        def write(tx: StoreTransaction) -> None:
            tell(person, number, "told-closed", self._around(tx), named=named)
            if dies:
                raise Killed

        if self._survives(write):
            self.wanted.append((person, number, self.now))

    def ring(self, dies: bool) -> None:
        def write(tx: StoreTransaction) -> None:
            for timer in tx.timers.due(self.now):
                ring(timer, self._around(tx))
            if dies:
                raise Killed

        self._survives(write)

    def send(self, dies: bool) -> None:
        rows = self.database.write_now(lambda tx: tx.outbox.pending(self.now))
        for row in rows:
            told = tuple(number for number, _, _ in row.payload["told"])
            self.sent.setdefault(row.effect_id, (row.payload["person"], told, row.created_at))
        if dies:
            self.kill()
            return
        done = [Delivery(row.seq, row.effect_id, f"${row.effect_id}") for row in rows]
        self.database.write_now(lambda tx: tx.outbox.delivered(done))

    def _survives(self, write) -> bool:  # type: ignore[no-untyped-def]
        try:
            self.database.write_now(write)
        except Killed:
            self.kill()
            return False
        return True

    def _around(self, tx: StoreTransaction) -> Circumstances:
        return Circumstances(tx, POLICY, self.now)


def _settle_in(tx: StoreTransaction) -> None:
    """A room with everybody in it, in which everything was asked and is closed by now."""
    tx.rooms.save(Room(ROOM, space="helpdesk", joined=True))
    for person in PEOPLE:
        tx.rooms.set_member(ROOM, person, "join", "")
    for number in range(1, 31):
        ask(tx, event_id=f"$q{number}", thread_root=f"$q{number}", room_id=ROOM, state=State.CLOSED)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(f"sqlite:///{tmp_path_factory.mktemp('notices')}/ask.db")


@tried("notices", 200)
@given(steps=STEPS)
def test_everything_is_told_once_whatever_is_killed(town: Town, steps: list[tuple]) -> None:  # type: ignore[type-arg]
    town.begin()
    for kind, *given_ in steps:
        if kind == "wait":
            town.now += given_[0]
        else:
            getattr(town, kind)(*given_)
    for _ in range(30):
        town.ring(False)
        town.send(False)
        town.now += PAUSE
    town.now += 2 * HOUR
    town.ring(False)
    town.send(False)
    _nothing_lost(town)
    _nothing_too_often(town)


def _nothing_lost(town: Town) -> None:
    """Of each question there is a line as late as what was last to be told, and never more lines than that."""
    asked, told = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    last: dict[tuple[str, int], int] = {}
    for person, number, at in town.wanted:
        asked[person, number] += 1
        last[person, number] = at
    latest: dict[tuple[str, int], int] = {}
    for person, numbers, at in town.sent.values():
        for number in numbers:
            told[person, number] += 1
            latest[person, number] = max(at, latest.get((person, number), 0))
    assert set(told) == set(asked)
    assert all(told[key] <= asked[key] for key in asked)
    assert all(latest[key] >= at for key, at in last.items())


def _nothing_too_often(town: Town) -> None:
    times: dict[str, list[int]] = defaultdict(list)
    for person, numbers, at in town.sent.values():
        times[person].append(at)
        assert len(numbers) == len(set(numbers))
        assert person != PEOPLE[1] or not QUIET.start <= at // 60_000 % 1440 < QUIET.end
    for moments in times.values():
        moments.sort()
        assert all(after - before >= PAUSE for before, after in pairwise(moments))


def test_a_question_is_one_line_and_what_names_somebody_wins() -> None:
    def notice(number: int, key: str, *, named: bool = False) -> Notice:
        return Notice("@amy:example.org", number, key, named, EPOCH)

    waiting = [notice(1, "a"), notice(2, "b", named=True), notice(1, "c"), notice(2, "d"), notice(3, "e", named=True)]
    assert [(n.number, n.key) for n in bundled([*waiting, notice(3, "f", named=True)])] == [
        (1, "c"),
        (2, "b"),
        (3, "f"),
    ]


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        (Hours(22 * 60, 7 * 60), "2027-01-15T21:59", None),
        (Hours(22 * 60, 7 * 60), "2027-01-15T22:00", "2027-01-16T07:00"),
        (Hours(22 * 60, 7 * 60), "2027-01-16T06:59", "2027-01-16T07:00"),
        (Hours(60, 150), "2027-03-28T01:30", "2027-03-28T03:30"),
        (Hours(60, 150), "2027-10-31T02:10", "2027-10-31T02:30"),
        (Hours(12 * 60, 24 * 60), "2027-01-15T12:00", "2027-01-16T00:00"),
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(hours: Hours, at: str, until: str | None) -> None:
    paris = ZoneInfo("Europe/Paris")

    def moment(text: str) -> int:
        return int(datetime.fromisoformat(text).replace(tzinfo=paris).timestamp()) * 1000

    assert hours.until(moment(at), paris) == (moment(until) if until else None)
