"""`purge`: retention at once, or everything that somebody wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import typer

from bridge.config.model import Config
from bridge.encrypting import open_database
from bridge.policy import policy_of
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.verbs.arguments import refuse_no_person
from bridge.verbs.data import existing, reading
from bridge.verbs.ending import loaded, no_space, say
from bridge.verbs.progress import Advance, progress
from bridge.wiring import clock
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Policy
from bridge.workflow.enacting import enact
from bridge.workflow.forgetting import Progress, begun, step
from bridge.workflow.retaining import OPERATOR, Slice, forget_overdue, times
from bridge.workflow.rights import BEGINNING, WHOLE, Place

AT_ONCE = 100
"""How many questions in one transaction: nobody else waits."""
HELD = "{count} of theirs are held by moderators and stay: !hold NUMBER off lets them go"


def purge(config: Path, space: str | None, person: str | None, *, dry_run: bool) -> None:
    """`run` must not be running, unless this is only to say what would be done."""
    found = loaded(config).config
    if person is not None:
        _refuse_others(person, space)
        _person(found, person, dry_run)
    else:
        _overdue(found, space, dry_run)


def _refuse_others(person: str, space: str | None) -> None:
    if space is not None:
        raise typer.BadParameter("somebody is forgotten in all spaces; leave --space out", param_hint="--space")
    refuse_no_person(person, "--user")


@contextmanager
def _writing(config: Config) -> Iterator[Database]:
    existing(config.database)
    database, _ = open_database(config)
    try:
        yield database
    finally:
        database.close()


# --- retention -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Sweep:
    """One go through the questions of some spaces, a slice a transaction."""

    database: Database
    policy: Policy
    before: dict[str, int]
    now: int

    def forget(self, advance: Advance) -> int:
        count, after = 0, BEGINNING
        while True:
            slice_ = self.database.write_now(partial(self._slice, after))
            count += slice_.count
            advance(slice_.count)
            if slice_.next is None:
                return count
            after = slice_.next

    def _slice(self, after: Place, tx: StoreTransaction) -> Slice:
        around = Circumstances(tx, self.policy, self.now)
        slice_ = forget_overdue(self.before, after, around, OPERATOR, AT_ONCE)
        enact(slice_.done, f"purge.{self.now}.{after[0]}.{after[1]}", around)
        tx.erased = slice_.next is None
        return slice_

    def count(self) -> dict[str, int]:
        """How many there are, by space; nothing is changed."""
        counts, after = dict.fromkeys(self.before, 0), BEGINNING
        while True:
            numbers, following = self.database.read_now(partial(self._look, after))
            for space in numbers:
                counts[space] += 1
            if following is None:
                return counts
            after = following

    def _look(self, after: Place, tx: StoreTransaction) -> tuple[list[str], Place | None]:
        found = tx.rights.overdue(self.before, after, 10_000, 1_000)
        return [question.space for question in tx.questions.several(found.numbers).values()], found.next


def _overdue(config: Config, space: str | None, dry_run: bool) -> None:
    policy, now = policy_of(config), clock()
    before = _times(config, policy, space, now)
    if not before:
        say("no space has retention.closed_after: nothing is ever deleted because of its age")
        return
    with reading(config.database) as database:
        counts = Sweep(database, policy, before, now).count()
    for name, count in sorted(counts.items()):
        until = datetime.fromtimestamp(before[name] / 1000, UTC).date()
        would = "would be forgotten" if dry_run else "to forget"
        say(f"{name}: {count} {'question' if count == 1 else 'questions'} {would}, settled before {until}")
    if dry_run or not sum(counts.values()):
        return
    with _writing(config) as database, progress("forgetting", lambda: sum(counts.values())) as advance:
        gone = Sweep(database, policy, before, now).forget(advance)
    say(f"forgotten: {gone}. The bot edits their cards when it runs; what people see in rooms is the homeserver's.")


def _times(config: Config, policy: Policy, space: str | None, now: int) -> dict[str, int]:
    before = times(policy, now)
    if space is None:
        return before
    if space not in config.spaces:
        raise no_space(space, config)
    return {name: time for name, time in before.items() if name == space}


# --- somebody ------------------------------------------------------------------------------------------------------


def _person(config: Config, person: str, dry_run: bool) -> None:
    if dry_run:
        with reading(config.database) as database:
            _foretell(database, person)
        return
    policy, now = policy_of(config), clock()
    with _writing(config) as database:
        start = database.write_now(lambda tx: begun(person, OPERATOR, Circumstances(tx, policy, now)))
        with progress("forgetting", lambda: start.last) as advance:
            end = _forget(database, policy, now, start, advance)
    say(f"forgotten: {end.questions} questions and {end.answers} answers of {person}, who is {end.pseudonym} now")
    if end.held:
        say(HELD.format(count=end.held))
    say("The log of facts names them for good; what they wrote in rooms is the homeserver's.")


def _forget(database: Database, policy: Policy, now: int, start: Progress, advance: Advance) -> Progress:
    """A slice a transaction. After a kill it is begun again, and finds what is left."""
    current, count = start, 0
    while True:
        name = f"purge.{now}.{count}"

        def slice_(tx: StoreTransaction, current: Progress = current, name: str = name) -> Progress | None:
            around = Circumstances(tx, policy, now)
            done, after = step(current, around)
            enact(done, name, around)
            return after

        following = database.write_now(slice_)
        if following is None:
            return current
        advance(following.place - current.place)
        current, count = following, count + 1


def _foretell(database: Database, person: str) -> None:
    """What would go; nothing is changed."""
    questions: set[int] = set()
    answered: set[int] = set()
    held, first = 0, 1
    last = database.read_now(lambda tx: tx.rights.last_number())
    while first <= last:
        until = first + WHOLE - 1
        share = database.read_now(partial(_share, person, first, until))
        questions.update(share[0])
        answered.update(share[1])
        held += share[2]
        first = until + 1
    say(f"would be forgotten of {person}: {len(questions)} questions, answers in {len(answered)} questions")
    if held:
        say(HELD.format(count=held))


def _share(person: str, first: int, last: int, tx: StoreTransaction) -> tuple[list[int], tuple[int, ...], int]:
    share = tx.rights.share(person, first, last, WHOLE)
    asked = [q.number for q in tx.questions.several(share.concerned).values() if q.asker == person]
    return asked, share.answered, share.held
