"""Everything as plain objects, one after the other, for JSON Lines. Walks in slices and so holds few at a time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, or_, select

from bridge.domain.questions import Acceptance, Discussion, Question, Voice
from bridge.store.database import Database
from bridge.store.json import load
from bridge.store.questions import from_row
from bridge.store.tables import acceptances, answers, facts, follows, grants, persons, questions

Object = dict[str, Any]
_SLICE = 500


def export(db: Database, space: str | None = None, person: str | None = None) -> Iterator[Object]:
    """All objects of one snapshot; of one space, or what concerns one person, where these are given.

    What concerns a person: what they asked, answered, accepted, follow, did and chose; grants for them or by them.
    """
    with db.snapshot() as conn:
        yield from _questions(conn, space, person)
        yield from _simple(conn, answers, answers.c.seq, answers.c.author, space, person, _answer)
        yield from _simple(conn, acceptances, acceptances.c.seq, acceptances.c.person, space, person, _acceptance)
        yield from _follows(conn, space, person)
        yield from _grants(conn, space, person)
        yield from _facts(conn, space, person)
        if space is None:
            yield from _persons(conn, person)


def iso(milliseconds: int | None) -> str | None:
    """ISO 8601 in UTC, to the millisecond."""
    if milliseconds is None:
        return None
    seconds, rest = divmod(milliseconds, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def _slices(conn: Connection, statement: Select[Any], key: Column[Any]) -> Iterator[list[Any]]:
    """Rows in the order of `key`, which is their first column."""
    rows = conn.execute(statement.order_by(key).limit(_SLICE)).fetchall()
    while rows:
        yield list(rows)
        last = rows[-1][0]
        rows = conn.execute(statement.where(key > last).order_by(key).limit(_SLICE)).fetchall() if _full(rows) else []


def _full(rows: Any) -> bool:
    return len(rows) == _SLICE


def _questions(conn: Connection, space: str | None, person: str | None) -> Iterator[Object]:
    statement = select(*questions.c)
    if space is not None:
        statement = statement.where(questions.c.space == space)
    if person is not None:
        statement = statement.where(questions.c.asker == person)
    for rows in _slices(conn, statement, questions.c.number):
        accepted = _accepted(conn, rows[0][0], rows[-1][0])
        for row in rows:
            yield _question(from_row(row), Discussion((), tuple(accepted.get(row[0], ()))).accepted)


def _accepted(conn: Connection, first: int, last: int) -> dict[int, list[Acceptance]]:
    columns = [acceptances.c[c] for c in ("answer", "number", "person", "voice", "at", "reaction")]
    among = acceptances.c.number.between(first, last)
    found: dict[int, list[Acceptance]] = {}
    for answer, number, by, voice, at, reaction in conn.execute(
        select(*columns).where(among).order_by(acceptances.c.number, acceptances.c.seq)
    ):
        found.setdefault(number, []).append(Acceptance(answer, number, by, Voice(voice), at, reaction))
    return found


def _question(question: Question, accepted: tuple[str, ...]) -> Object:
    """With the first line whole as the title: lists cut it, an export must not lose it."""
    return {
        "type": "question",
        "number": question.number,
        "space": question.space,
        "room_id": question.room_id,
        "event_id": question.event_id,
        "thread_root": question.thread_root,
        "card_event_id": question.card_event_id,
        "title": question.text.strip().partition("\n")[0].strip(),
        "body": question.body,
        "asker": question.asker,
        "state": question.state.value,
        "reason": question.reason,
        "assignee": question.assignee,
        "tags": list(question.tags),
        "priority": question.priority.value,
        "created_at": iso(question.created_at),
        "first_response_at": iso(question.first_response_at),
        "answered_at": iso(question.answered_at),
        "accepted": list(accepted),
    }


def _simple(
    conn: Connection,
    table: Table,
    key: Column[Any],
    who: Column[Any],
    space: str | None,
    person: str | None,
    to_object: Callable[[Any], Object],
) -> Iterator[Object]:
    """Rows that belong to a question and to a person."""
    statement = select(*table.c)
    if space is not None:
        statement = statement.join(questions, questions.c.number == table.c.number).where(questions.c.space == space)
    if person is not None:
        statement = statement.where(who == person)
    for rows in _slices(conn, statement, key):
        yield from map(to_object, rows)


def _answer(row: Any) -> Object:
    _, event_id, number, author, text, created_at, room_id, withdrawn = row
    return {
        "type": "answer",
        "event_id": event_id,
        "number": number,
        "author": author,
        "text": text,
        "created_at": iso(created_at),
        "room_id": room_id,
        "withdrawn": bool(withdrawn),
    }


def _acceptance(row: Any) -> Object:
    _, answer, number, by, voice, at, reaction = row
    return {
        "type": "acceptance",
        "answer": answer,
        "number": number,
        "by": by,
        "voice": voice,
        "at": iso(at),
        "reaction": reaction,
    }


def _follows(conn: Connection, space: str | None, person: str | None) -> Iterator[Object]:
    """Question by question: there are as many as people follow one, which is a handful."""
    numbers = select(follows.c.number).distinct()
    if space is not None:
        numbers = numbers.join(questions, questions.c.number == follows.c.number).where(questions.c.space == space)
    if person is not None:
        numbers = numbers.where(follows.c.user_id == person)
    for rows in _slices(conn, numbers, follows.c.number):
        among = follows.c.number.in_([row[0] for row in rows])
        wanted = select(follows.c.number, follows.c.user_id).where(among).order_by(follows.c.number, follows.c.user_id)
        for number, user_id in conn.execute(wanted if person is None else wanted.where(follows.c.user_id == person)):
            yield {"type": "follow", "number": number, "user_id": user_id}


_GRANT = ("number", "person", "space", "room_id", "sponsor", "reason")


def _grants(conn: Connection, space: str | None, person: str | None) -> Iterator[Object]:
    statement = select(*grants.c)
    if space is not None:
        statement = statement.where(grants.c.space == space)
    if person is not None:
        statement = statement.where(or_(grants.c.person == person, grants.c.sponsor == person))
    for rows in _slices(conn, statement, grants.c.number):
        yield from map(_grant, rows)


def _grant(row: Any) -> Object:
    return {
        "type": "grant",
        **{name: getattr(row, name) for name in _GRANT},
        "created_at": iso(row.created_at),
        "ends_at": iso(row.ends_at),
        "approved_by": row.approved_by,
        "ended_at": iso(row.ended_at),
        "ended_by": row.ended_by,
    }


def _facts(conn: Connection, space: str | None, person: str | None) -> Iterator[Object]:
    statement = select(*facts.c)
    if space is not None:
        statement = statement.where(facts.c.space == space)
    if person is not None:
        statement = statement.where(or_(facts.c.actor == person, facts.c.data.contains(f'"{person}"', autoescape=True)))
    for rows in _slices(conn, statement, facts.c.seq):
        for _, at, kind, actor, room_id, where, number, data in rows:
            common = {"actor": actor, "room_id": room_id, "space": where, "number": number}
            yield {"type": "fact", "kind": kind, "at": iso(at), **common, **load(data)}


def _persons(conn: Connection, person: str | None) -> Iterator[Object]:
    statement = select(*persons.c)
    if person is not None:
        statement = statement.where(persons.c.user_id == person)
    for rows in _slices(conn, statement, persons.c.user_id):
        for user_id, language, direct_room, profile in rows:
            kept = {"language": language, "direct_room": direct_room, "profile": load(profile)}
            yield {"type": "person", "user_id": user_id, **kept}
