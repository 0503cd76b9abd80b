"""`askbridge rules test`: what the rules would do with a question, and why. The very code decides that applies them."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from bridge.chat.text import tags
from bridge.config.model import Config
from bridge.config.values import PersonClass as ClassName
from bridge.domain.people import PersonClass
from bridge.domain.questions import Question
from bridge.domain.rules import Look, Outcome, Rule, Situation, after_waiting, at_asking, waits
from bridge.domain.spaces import Space
from bridge.policy import policy_of
from bridge.store.database import Database
from bridge.verbs.data import reading
from bridge.verbs.ending import Refused, loaded, no_space, say_all
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.ruling import Rehearsal, rehearse, situation
from bridge.workflow.storage import Transaction

SOMEBODY = "@somebody:example.invalid"
"""Who asks where only their class is known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, as far as the command line says so."""

    text: str
    space: str | None
    by: str | None
    room: str | None
    at: str | None
    language: str | None


def test(path: Path, asked: Asked) -> None:
    """Print what would happen; nothing is changed, and `run` may go on meanwhile."""
    config = loaded(path).config
    with _database(config) as database:
        say_all(database.read_now(lambda tx: list(_told(asked, config, tx))))


@contextmanager
def _database(config: Config) -> Iterator[Database]:
    """That of the config, for who is where; before the first start, an empty one."""
    if config.database.path is None or config.database.path.exists():
        with reading(config.database) as database:
            yield database
        return
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/empty.db")
        try:
            yield database
        finally:
            database.close()


def _told(asked: Asked, config: Config, tx: Transaction) -> Iterator[str]:
    policy = policy_of(config)
    space = policy.spaces[_space_meant(asked.space, config)]
    around = Circumstances(tx, policy, _moment(asked.at, space.calendar.zone))
    question = _question(asked, space, around)
    seen = _seen(asked, question, around)
    yield from _heading(question, seen, space, around)
    if not policy.rules:
        yield "The config has no rules."
    rules = at_asking(policy.rules)
    done = rehearse(rules, seen, question, around)
    if rules:
        yield from ("", "When it is asked:", *_rehearsed(done))
    yield from _later(seen, done.question, space, around)


def _later(seen: Situation, question: Question, space: Space, around: Circumstances) -> Iterator[str]:
    """The same at each time that rules wait for, if nobody does anything until then."""
    for waited in waits(around.policy.rules, space.name):
        due = replace(around, now=space.calendar.later(around.now, waited))
        now = situation(question, due, waited, detect=False)
        now = replace(now, asker=seen.asker, language=seen.language, rooms=seen.rooms)
        done = rehearse(after_waiting(around.policy.rules, waited), now, question, due)
        question = done.question
        yield from ("", f"If it is unanswered on {_clock(due.now, space)}:", *_rehearsed(done))


def _space_meant(name: str | None, config: Config) -> str:
    names = list(config.spaces)
    if name is None and len(names) == 1:
        return names[0]
    if name is None:
        raise Refused(f"in which space is it asked? say --space, one of {', '.join(names)}")
    if name not in names:
        raise no_space(name, config)
    return name


def _moment(at: str | None, zone: ZoneInfo) -> int:
    if at is None:
        return time.time_ns() // 1_000_000
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise Refused(f"{at} is no time; write it as 2026-12-31T09:30, by the clock of the space") from None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp() * 1000)


def _question(asked: Asked, space: Space, around: Circumstances) -> Question:
    by = asked.by if asked.by and asked.by.startswith("@") else SOMEBODY
    return Question(
        number=0,
        space=space.name,
        room_id=_room(asked.room, space, around.tx),
        event_id="",
        thread_root="",
        asker=by,
        text=asked.text.strip(),
        created_at=around.now,
        tags=tags(asked.text),
    )


def _room(named: str | None, space: Space, tx: Transaction) -> str:
    """The one named, else any of the space that the bot is in; "" where it is in none."""
    rooms = [room for room in tx.rooms.all().values() if room.space == space.name and room.joined]
    if named is None:
        return min((room.room_id for room in rooms), default="")
    alias = "m.room.canonical_alias"
    found = [r.room_id for r in rooms if named in {r.room_id, r.content(alias).get("alias")}]
    return found[0] if found else named


def _seen(asked: Asked, question: Question, around: Circumstances) -> Situation:
    seen = situation(question, around)
    if asked.room:
        seen = replace(seen, rooms=seen.rooms | {asked.room})
    if question.asker == SOMEBODY:
        seen = replace(seen, asker=_class_meant(asked.by))
    return replace(seen, language=asked.language or seen.language)


def _class_meant(by: str | None) -> PersonClass:
    names = list(get_args(ClassName))
    if by is not None and by not in names:
        raise Refused(f"--from {by}: expected a Matrix id such as @ann:example.org, or one of {', '.join(names)}")
    return PersonClass(by or "staff")


def _clock(moment: int, space: Space) -> str:
    here = datetime.fromtimestamp(moment / 1000, UTC).astimezone(space.calendar.zone)
    return f"{here:%a %Y-%m-%d %H:%M} ({space.calendar.zone.key})"


def _heading(question: Question, seen: Situation, space: Space, around: Circumstances) -> Iterator[str]:
    hours = "within business hours" if seen.open else "outside of business hours"
    yield f"Asked in {space.name}, room {question.room_id or 'unknown: nobody can be given the question'}"
    yield f"by {'somebody' if question.asker == SOMEBODY else question.asker} ({seen.asker.value})"
    yield f"on {_clock(around.now, space)}, {hours}; language: {seen.language or 'unknown'}"


def _rehearsed(done: Rehearsal) -> Iterator[str]:
    for look in done.verdict.looks:
        yield from _look(look)
        if look.outcome is Outcome.MATCHED:
            yield f"      then: {'; '.join(_actions(look.rule, done))}"


_MARKS = {Outcome.MATCHED: "✓", Outcome.FAILED: "✗", Outcome.UNREACHED: "–", Outcome.BEFORE: "–"}


def _look(look: Look) -> Iterator[str]:
    reason = ": not looked at, one before it matched" if look.outcome is Outcome.UNREACHED else ""
    yield f"  {_MARKS[look.outcome]} {look.rule.name}{reason}"
    checks = "  ".join(f"{'✓' if check.holds else '✗'} {check.key}" for check in look.checks)
    yield f"      when: {checks or 'always'}"


def _actions(rule: Rule, done: Rehearsal) -> Iterator[str]:
    then = rule.then
    if then.tags:
        yield f"tags {', '.join(then.tags)}"
    if then.priority:
        yield f"priority {then.priority.value}"
    if then.assign and rule.name in done.given:
        person, team = done.given[rule.name], then.assign.team
        nobody = f"nobody of team {team} is there and free: who of it can be reached is told, else moderators"
        yield f"goes to {person} (team {team}, {then.assign.by.value})" if person else nobody
    elif then.assign:
        yield f"stays with {done.question.assignee} instead of going to team {then.assign.team}"
    if then.notify:
        yield f"tells {', '.join(then.notify)}"
    if then.say:
        yield f"says {then.say!r}"
    if then.escalate:
        yield "calls moderators"
