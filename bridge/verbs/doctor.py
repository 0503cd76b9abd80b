"""`askbridge doctor`: rights and facts of every room, and the state of the database, beside a running askbridge."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from bridge.config.model import Config
from bridge.matrix.account import AccountError
from bridge.store.database import Database
from bridge.store.errors import StoreError
from bridge.store.survey import Survey, survey
from bridge.verbs.data import reading, size
from bridge.verbs.ending import Refused, hidden, loaded, say
from bridge.verbs.findings import Finding, Mark, fine, is_wrong, note, wrong
from bridge.verbs.homeserver import visiting
from bridge.verbs.roomfacts import HEADINGS, RoomFacts
from bridge.verbs.rounds import Rounds
from bridge.verbs.sealed import encryption
from bridge.verbs.table import show
from bridge.workflow.ports import GiveUp, RetryLater
from bridge.workflow.records import Room

LATE_MS = 5 * 60_000
RECENT_MS = 24 * 3_600_000
"""Parked rows older than this stay in the list and no longer count as something wrong."""

_DOORS = (
    ("due", Mark.OK, "about to be removed", ""),
    ("report", Mark.NOTE, "whom `enforce: on` would remove", ""),
    ("waiting", Mark.WRONG, "whose removal waits for a moderator", "`!enforce` shows who, `!enforce confirm` does it"),
    ("stuck", Mark.WRONG, "who cannot be removed", "`!enforce` shows who; the bot needs more power than they have"),
)


def doctor(path: Path) -> int:
    """Print a table of rooms and what was found; the exit code."""
    config = loaded(path).config
    findings, known = _database(config, time.time_ns() // 1_000_000)
    away, rooms = asyncio.run(_rooms(config, known))
    show(HEADINGS, [facts.row(config.bot.user_id) for facts in rooms], hidden.text)
    say()
    of_rooms = [finding for facts in rooms for finding in facts.findings(config.bot.user_id)]
    findings = [*away, *of_rooms, *encryption(config), *findings]
    for finding in findings:
        say(str(finding))
    if not is_wrong(findings):
        say(str(fine("all", "nothing wrong was found")))
    return int(is_wrong(findings))


async def _rooms(config: Config, known: dict[str, tuple[Room, int]]) -> tuple[list[Finding], list[RoomFacts]]:
    """Every room; by what the database remembers where the homeserver cannot be asked."""
    rounds = Rounds(config, known)
    async with visiting(config) as visit:
        try:
            await visit.sign_in()
            return [], await rounds.asked(visit.client)
        except (AccountError, GiveUp, RetryLater) as error:
            away = wrong("homeserver", str(error), "`askbridge check --online` says more; below is what was so last")
    return [away], rounds.remembered()


def _database(config: Config, now: int) -> tuple[list[Finding], dict[str, tuple[Room, int]]]:
    """What is to be said of it, and the rooms it remembers."""
    try:
        with reading(config.database) as database:
            return _findings(survey(database), now), _remembered(database)
    except Refused as error:
        return [note("database", str(error))], {}
    except StoreError as error:
        return [wrong("database", str(error))], {}


def _remembered(database: Database) -> dict[str, tuple[Room, int]]:
    return database.read_now(
        lambda tx: {
            room_id: (room, sum(membership == "join" for membership in tx.rooms.members(room_id).values()))
            for room_id, room in tx.rooms.all().items()
        }
    )


def _findings(found: Survey, now: int) -> list[Finding]:
    line = f"{found.name}: {found.questions} questions, {size(found.size)}, revision {found.revision}"
    findings = [wrong("database", found.damage) if found.damage else fine("database", f"{line}, no damage found")]
    waiting = (
        ("inbox", found.depths.inbox, found.depths.inbox_oldest),
        ("outbox", found.depths.outbox, found.depths.outbox_oldest),
    )
    findings += [_queue(name, depth, oldest, now) for name, depth, oldest in waiting]
    findings += _doors(found)
    for row in found.parked:
        told = wrong if now - row.at < RECENT_MS else note
        said = f"{row.queue}: {row.what} in {row.room_id}, {_age(now - row.at)} ago: {row.why}"
        findings.append(told("parked", said, "the log says more under the reference" if row.queue == "inbox" else ""))
    if found.parked_count > len(found.parked):
        findings.append(note("parked", f"and {found.parked_count - len(found.parked)} older"))
    return findings


def _doors(found: Survey) -> Iterator[Finding]:
    """People from outside: how many are let in, and who is where they have no place."""
    if found.grants or found.requests:
        yield fine("grants", f"{found.grants} live, {found.requests} to be approved")
    for step, mark, said, remedy in _DOORS:
        if count := found.violations.get(step, 0):
            yield Finding(mark, "doors", f"people where they have no place, {said}: {count}", remedy)


def _queue(name: str, depth: int, oldest: int | None, now: int) -> Finding:
    if not depth or oldest is None:
        return fine(name, "empty")
    said = f"{depth} waiting, the oldest for {_age(now - oldest)}"
    return wrong(name, said, "is `askbridge run` running?") if now - oldest > LATE_MS else fine(name, said)


def _age(milliseconds: int) -> str:
    seconds = max(0, milliseconds // 1000)
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
