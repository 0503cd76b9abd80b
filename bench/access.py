"""Keeping the doors of many big rooms: `python -m bench.access`, see --help.

The homeserver is a stub in this process, so that what is measured of askbridge's process is askbridge's alone.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, perf_counter

import yaml

from bench.bots import BotFailed, BotProcess, askbridge
from bench.crowd import PARTNERS, Change, Crowd, Person, partner, staff
from bench.crowded import CrowdedHomeserver
from bench.machine import cpu_ms, machine, peak_mb
from bench.speed import tell
from bench.stub import BOT
from bench.table import at_share, markdown
from bridge.domain.grants import Grant
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction

ASK_EVERY = 1.0
"""Seconds between questions while rooms are read for the first time."""
WITHIN = 300.0
DONE_WITHIN = 120.0
_JOINED = "SELECT count(*) FROM members WHERE membership = 'join' AND room_id NOT LIKE '!direct%'"
Rows = list[tuple[str, str]]
Place = tuple[str, str]


@dataclass(slots=True)
class Figures:
    """What was measured, in the order of the table; `wrong` says what must not be."""

    rows: Rows = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, value: str) -> None:
        self.rows.append((what, value))
        tell(f"  {what}: {value}")

    def expect(self, what: str, found: object, wanted: object) -> None:
        if found != wanted:
            self.wrong[f"{what}: {found} instead of {wanted}"] += 1


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with a config, a database and grants of partners, and the homeserver for it."""

    crowd: Crowd
    stub: CrowdedHomeserver
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "askbridge.db"

    @property
    def process(self) -> BotProcess:
        return BotProcess(askbridge(self.folder / "config.yaml"), self.folder)

    def prepare(self, enforce: str) -> None:
        crowd, rooms = self.crowd, range(self.crowd.rooms)
        spaces = {
            name: {"level": name, "rooms": [crowd.room_id(n) for n in rooms if crowd.space(n) == name]}
            for name in ("internal", "extranet")
        }
        config = {
            "homeserver": {"url": self.stub.url},
            "bot": {"user_id": BOT, "access_token": "token"},
            "database": f"sqlite:///{self.database}",
            "encryption": {"enabled": False},
            "people": {"staff": ["@*:localhost"]},
            "spaces": {name: space | {"enforce": enforce} for name, space in spaces.items()},
            "log": {"format": "json", "level": "info"},
        }
        (self.folder / "config.yaml").write_text(yaml.safe_dump(config))
        with self._opened() as database:
            database.write_now(_let_partners_in)

    def end_grant(self, number: int) -> None:
        """While nobody watches."""

        def end(tx: StoreTransaction) -> None:
            found = tx.grants.get(number + 1)
            if found is not None:
                tx.grants.save(replace(found, ends_at=found.created_at + 1))

        with self._opened() as database:
            database.write_now(end)

    def asked(self, question: str) -> list[tuple[object, ...]]:
        """What the database says, read beside askbridge."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(question).fetchall()

    def joined(self) -> int:
        return int(str(self.asked(_JOINED)[0][0]))

    def handled(self) -> int:
        return int(str(self.asked("SELECT count(*) FROM inbox WHERE state <> 'new'")[0][0]))

    @property
    def megabytes(self) -> float:
        return sum(file.stat().st_size for file in self.folder.glob("askbridge.db*")) / 2**20

    @contextmanager
    def _opened(self) -> Iterator[Database]:
        database = Database.open(f"sqlite:///{self.database}")
        try:
            yield database
        finally:
            database.close()


def _let_partners_in(tx: StoreTransaction) -> None:
    for number in range(PARTNERS):
        tx.grants.save(_grant(number))


def _grant(number: int) -> Grant:
    return Grant(
        number=number + 1,
        person=partner(number).user_id,
        space="extranet",
        room_id=None,
        sponsor=staff(number % 50).user_id,
        reason="works with us",
        created_at=1_700_000_000_000,
        ends_at=4_000_000_000_000,
        approved_by=staff(number % 50).user_id,
        terms_accepted="",
    )


async def first_start(site: Site, figures: Figures, step: str) -> None:
    """Every room is read and everybody looked at; meanwhile questions are answered."""
    began = perf_counter()
    async with site.process as process:
        asking = asyncio.create_task(_keep_asking(site))
        await process.ready(WITHIN)
        took, used, peak = perf_counter() - began, cpu_ms(process.pid) or 0, peak_mb(process.pid) or 0
        asking.cancel()
        await asyncio.wait_for(site.stub.ledger.all_replied.wait(), DONE_WITHIN)
    figures.add("first start: seconds until all was looked at", f"{took:.1f} ({used / 1000:.1f} of CPU)")
    figures.add("first start: peak memory, MB", f"{peak:.0f}")
    figures.add("first start: questions meanwhile, card after ms p50 / most", _waits(site))
    figures.add("database, MB", f"{site.megabytes:.0f}")
    _check(site, figures, step)


async def _keep_asking(site: Site) -> None:
    """In rooms in which nobody is who has to go first, from when the bot listens."""
    await site.stub.listened_to.wait()
    rooms = [room for room in range(site.crowd.rooms) if not site.crowd.strays(room)]
    for number in range(100_000):
        await asyncio.sleep(ASK_EVERY)
        site.stub.ask(rooms[number % len(rooms)])


def _waits(site: Site) -> str:
    asked = site.stub.ledger.asked.values()
    waits = [((one.replied_at or perf_counter()) - one.at) * 1000 for one in asked]
    return f"{at_share(waits, 0.5):.0f} / {max(waits):.0f} ({len(waits)} asked)" if waits else "none"


def _check(site: Site, figures: Figures, step: str) -> None:
    crowd = site.crowd
    strays = {(crowd.room_id(n), stray.user_id) for n in range(crowd.rooms) for stray in crowd.strays(n)}
    found = site.asked("SELECT room_id, user_id, step FROM violations WHERE ended_at IS NULL")
    figures.expect("violations", {(room, who) for room, who, _ in found}, strays)
    figures.expect("their steps", {at for _, _, at in found}, {step})
    figures.expect("members", site.joined(), crowd.rooms * crowd.members)
    figures.wrong += site.stub.ledger.wrong()


async def second_start(site: Site, figures: Figures) -> None:
    """All is known already, but a grant has ended while the bot was down."""
    site.end_grant(0)
    gone = partner(0)
    rooms = range(site.crowd.rooms)
    places = {(site.crowd.room_id(n), gone.user_id) for n in rooms if gone in site.crowd.partners(n)}
    began = perf_counter()
    async with site.process as process:
        removed = await site.stub.until_kicked(places, WITHIN) - began
        await process.ready(WITHIN)
        took, used = perf_counter() - began, cpu_ms(process.pid) or 0
        peak = peak_mb(process.pid) or 0
    said = f"{removed:.1f} (out of {len(places)} rooms)"
    figures.add("second start: seconds until whose grant had ended is out", said)
    figures.add("second start: seconds until all was looked at", f"{took:.1f} ({used / 1000:.1f} of CPU)")
    figures.add("second start: peak memory, MB", f"{peak:.0f}")
    figures.add("database, MB, after that", f"{site.megabytes:.0f}")


async def steady_work(site: Site, process: BotProcess, figures: Figures, events: int) -> float:
    """Membership events one after the other; CPU milliseconds for each."""
    changes = list(site.crowd.changes(events))
    already, joined = site.handled(), site.joined()
    before, began = cpu_ms(process.pid) or 0, perf_counter()
    for change in changes:
        site.stub.happens(change)
    await _handled(site, process, already + events)
    took, used = perf_counter() - began, (cpu_ms(process.pid) or 0) - before
    now = joined + _growth(changes)
    figures.expect("members after that", site.joined(), now)
    each = f"{used / events:.2f} ({events / took:.0f} in a second)"
    figures.add(f"{events} membership events: CPU ms for each", each)
    return used / events


def _growth(changes: Sequence[Change]) -> int:
    return sum({"join": 1, "leave": -1}[change.membership] for change in changes if not change.renames)


async def _handled(site: Site, process: BotProcess, rows: int) -> None:
    deadline = monotonic() + WITHIN
    while site.handled() < rows:
        process.check(deadline)
        await asyncio.sleep(0.05)


async def confirmation(site: Site, figures: Figures) -> None:
    """A moderator's word sets off all removals that wait."""
    crowd, began = site.crowd, perf_counter()
    strays = {(crowd.room_id(n), stray.user_id) for n in range(crowd.rooms) for stray in crowd.strays(n)}
    # Who moderates both the first room and the second looks after both spaces.
    site.stub.says(crowd.room_id(2), crowd.moderators(0)[1], "!enforce confirm")
    last = await site.stub.until_kicked(strays, WITHIN) - began
    figures.add("removals after `!enforce confirm`: seconds", f"{last:.1f} ({len(strays)})")


async def forbidden_joins(site: Site, figures: Figures, count: int) -> None:
    """One after the other: from the event's way out of the homeserver to the request that puts them out."""
    waits = []
    for number in range(count):
        room = number * 2 % site.crowd.rooms
        intruder = Person(f"@intruder{number}:elsewhere.example", f"Intruder {number}")
        began = perf_counter()
        place = site.stub.happens(Change(room, intruder.user_id, "join", intruder.name))
        waits.append((await site.stub.until_kicked({place}, DONE_WITHIN) - began) * 1000)
        await asyncio.sleep(0.02)
    took = f"{at_share(waits, 0.5):.0f} / {at_share(waits, 0.99):.0f}"
    figures.add("forbidden join until its removal, ms p50 / p99", took)
    figures.expect("removals asked for twice", [place for place, times in site.stub.kicks.items() if times > 1], [])


async def whole(site: Site, size: argparse.Namespace, figures: Figures) -> float:
    """Everything, with doors that are kept; CPU milliseconds for a membership event."""
    site.prepare("on")
    await first_start(site, figures, "waiting")
    await second_start(site, figures)
    async with site.process as process:
        await process.ready(WITHIN)
        await asyncio.sleep(1)
        each = await steady_work(site, process, figures, size.events)
        await confirmation(site, figures)
        await asyncio.sleep(2)
        await forbidden_joins(site, figures, size.joins)
        figures.expect("complaints in the log", process.complaints(), [])
        figures.add("peak memory after that, MB", f"{peak_mb(process.pid) or 0:.0f}")
    return each


async def dry_run(site: Site, figures: Figures) -> None:
    site.prepare("report")
    await first_start(site, figures, "report")
    figures.expect("removals of a dry run", dict(site.stub.kicks), {})


async def measure(size: argparse.Namespace) -> list[Figures]:
    """Few rooms, many rooms, and many rooms with `enforce: report`."""
    few, many, dry = Figures(), Figures(), Figures()
    async with site_of(Crowd(size.few, size.members)) as site:
        at_few = await whole(site, size, few)
    async with site_of(Crowd(size.rooms, size.members)) as site:
        at_many = await whole(site, size, many)
    many.add("membership event, times that of few rooms", f"{at_many / at_few:.2f}")
    if not size.no_report:
        async with site_of(Crowd(size.rooms, size.members)) as site:
            await dry_run(site, dry)
    return [few, many, dry]


@asynccontextmanager
async def site_of(crowd: Crowd) -> AsyncIterator[Site]:
    """A site in a folder of its own, its homeserver listening."""
    tell(f"{crowd.rooms} rooms of {crowd.members} people …")
    with tempfile.TemporaryDirectory() as folder:
        site = Site(crowd, CrowdedHomeserver(crowd), Path(folder))
        await site.stub.start()
        try:
            yield site
        finally:
            await site.stub.stop()


def table(size: argparse.Namespace, found: Sequence[Figures]) -> str:
    columns = [dict(figures.rows) for figures in found]
    names = list(dict.fromkeys(what for column in (columns[1], *columns) for what in column))
    head = ("", f"{size.few} rooms", f"{size.rooms} rooms", f"{size.rooms} rooms, `enforce: report`")
    return markdown(head, [[what, *(column.get(what, "") for column in columns)] for what in names])


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench access", description="Keeping the doors of many big rooms.")
    parser.add_argument("--rooms", type=int, default=1000)
    parser.add_argument("--few", type=int, default=10, help="rooms to compare membership events with")
    parser.add_argument("--members", type=int, default=1000, help="in each room")
    parser.add_argument("--events", type=int, default=5000, help="membership events")
    parser.add_argument("--joins", type=int, default=200, help="forbidden joins")
    parser.add_argument("--no-report", action="store_true", help="leave out the dry run")
    return parser.parse_args(arguments)


def main() -> int:
    size, said = options(), machine()
    try:
        found = asyncio.run(measure(size))
    except BotFailed as error:
        tell(str(error))
        return 1
    wrong = sum((figures.wrong for figures in found), Counter[str]())
    sys.stdout.write(f"{table(size, found)}\n\n{size.members} people in each room. {said}.\n")
    for what in wrong:
        tell(f"wrong: {what[:400]}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
