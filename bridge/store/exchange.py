"""How rows are written in an export, and read back: one declaration for both ways.

A table is a type of objects. Fields are columns by their own name, but for those that say otherwise here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from sqlalchemy import Boolean, Column, Float, Integer, Table, Text

from bridge.store.holdings import HOLDINGS
from bridge.store.json import clean, dump, load
from bridge.store.people_tables import digests, expert_credits, expert_requests, expert_scores, interests, notices
from bridge.store.rule_tables import rotations
from bridge.store.similar_tables import merged_follows
from bridge.store.tables import (
    acceptances,
    answers,
    cascades,
    drifts,
    facts,
    follows,
    grants,
    persons,
    prompts,
    questions,
    reactions,
    timers,
    tracked,
    violations,
)
from bridge.store.triage_tables import notes, triage_cards

Object = dict[str, Any]
Row = dict[str, Any]

VERSION = 1
"""Of what is written here. A reader takes its own and older ones."""
HEAD, ROOM, END = "export", "room", "end"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIMES = frozenset({"at", "since", "told_until", "terms_due", "wanted_end"})


class Wrong(Exception):
    """An object cannot be read; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`names`: column -> field, where they differ. `json`: columns of JSON. `order`: by what rows come.

    `concerns`: the columns by which something is somebody's; those of `holdings` unless said.
    """

    type: str
    table: Table
    order: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    json: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    concerns: tuple[str, ...] = ()

    @property
    def columns(self) -> list[Column[Any]]:
        return [c for c in self.table.c if c.name not in self.left_out]

    @property
    def people(self) -> tuple[str, ...]:
        return self.concerns or tuple(HOLDINGS[self.table.name].people)

    def field(self, column: Column[Any]) -> str:
        return self.names.get(column.name, str(column.name))

    def to_object(self, row: Mapping[str, Any]) -> Object:
        return {"type": self.type} | {self.field(c): self._shown(c, row[c.name]) for c in self.columns}

    def _shown(self, column: Column[Any], value: Any) -> Any:
        if value is None:
            return None
        if is_time(column):
            return iso(value)
        if column.name in self.json:
            return load(value)
        return bool(value) if isinstance(column.type, Boolean) else value

    def to_row(self, given: Object) -> Row:
        """Wrong, where a field is missing, unknown, or not what it should be."""
        known = {self.field(c) for c in self.columns}
        for name in given:
            if name != "type" and name not in known:
                raise Wrong(f'a {self.type} has no "{name}"; it has {", ".join(sorted(known))}')
        return {c.name: self._read(c, given) for c in self.columns}

    def _read(self, column: Column[Any], given: Object) -> Any:
        name = self.field(column)
        if name not in given:
            return self._absent(column, name)
        value = given[name]
        if value is None:
            return None if column.nullable else self._refuse(name, "something, not null")
        if column.name in self.json:
            return dump(value)
        return self._parsed(column, name, value)

    def _absent(self, column: Column[Any], name: str) -> Any:
        """Older exports do not have what came later."""
        if column.nullable:
            return None
        default: Any = column.server_default
        if default is None:
            raise Wrong(f'a {self.type} needs "{name}"')
        text = str(getattr(default.arg, "text", default.arg)).lower()
        return text == "true" if isinstance(column.type, Boolean) else str(default.arg)

    def _parsed(self, column: Column[Any], name: str, value: Any) -> Any:
        if is_time(column):
            return milliseconds(value) if isinstance(value, str) else self._refuse(name, TIME)
        for of_column, of_value, expected in _TYPES:
            if isinstance(column.type, of_column):
                fits = isinstance(value, of_value) and isinstance(value, bool) == (of_column is Boolean)
                found = value if fits else self._refuse(name, expected)
                return clean(found) if isinstance(found, str) else found
        raise TypeError(f"{column} cannot be exported")

    def _refuse(self, name: str, expected: str) -> NoReturn:
        raise Wrong(f'"{name}": expected {expected}')


TIME = "a time such as 2027-01-15T08:00:00.000Z"
_TYPES: tuple[tuple[type[Any], Any, str], ...] = (
    (Boolean, bool, "true or false"),
    (Float, (int, float), "a number"),
    (Integer, int, "a whole number"),
    (Text, str, "text"),
)


def is_time(column: Column[Any]) -> bool:
    return isinstance(column.type, Integer) and (column.name in _TIMES or column.name.endswith("_at"))


def iso(time: int | None) -> str | None:
    """ISO 8601 in UTC, to the millisecond."""
    if time is None:
        return None
    seconds, rest = divmod(time, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def milliseconds(text: str) -> int:
    """What `iso` wrote."""
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        raise Wrong(f"expected {TIME}") from None
    return (moment - _EPOCH) // timedelta(milliseconds=1)


class QuestionKind(Kind):
    """A text is its title and its body, as a reader wants it; `text` besides, where those two do not make it whole."""

    __slots__ = ()

    def to_object(self, row: Mapping[str, Any]) -> Object:
        found = Kind.to_object(self, row)
        text = found.pop("text")
        title, body = text.strip().partition("\n")[0].strip(), text.partition("\n")[2].strip()
        return found | {"title": title, "body": body, "text": None if text == _joined(title, body) else text}

    def to_row(self, given: Object) -> Row:
        title, body, text = (given.get(name) for name in ("title", "body", "text"))
        if not isinstance(title, str) or not isinstance(body, str):
            raise Wrong('a question needs "title" and "body", both text')
        rest = {name: value for name, value in given.items() if name not in {"title", "body", "accepted"}}
        return Kind.to_row(self, rest | {"text": _joined(title, body) if text is None else text})


def _joined(title: str, body: str) -> str:
    return f"{title}\n{body}" if body else title


class FactKind(Kind):
    """Its own fields stand beside those that all facts have."""

    __slots__ = ()

    def to_object(self, row: Mapping[str, Any]) -> Object:
        found = Kind.to_object(self, row)
        own: Object = found.pop("data")
        return found | own

    def to_row(self, given: Object) -> Row:
        common = {self.field(c) for c in self.columns} | {"type"}
        own = {name: value for name, value in given.items() if name not in common}
        return Kind.to_row(self, {name: given[name] for name in given if name in common} | {"data": own})


_SEQ = frozenset({"seq"})

KINDS: tuple[Kind, ...] = (
    QuestionKind(
        "question",
        questions,
        ("number",),
        json=frozenset({"tags", "attachments", "directed_to", "suggested"}),
        left_out=frozenset({"card_digest"}),
        concerns=("asker",),
    ),
    Kind("answer", answers, ("seq",), left_out=_SEQ),
    Kind("acceptance", acceptances, ("seq",), names={"person": "by"}, left_out=_SEQ),
    Kind("tracked", tracked, ("event_id",)),
    Kind("reaction", reactions, ("event_id",)),
    Kind("follow", follows, ("number", "user_id")),
    Kind("merged_follow", merged_follows, ("number", "user_id")),
    Kind("note", notes, ("event_id",)),
    Kind("triage_card", triage_cards, ("number",)),
    Kind("grant", grants, ("number",), concerns=("person", "sponsor")),
    Kind("prompt", prompts, ("event_id",)),
    Kind("violation", violations, ("room_id", "user_id"), concerns=("user_id",)),
    Kind("cascade", cascades, ("number",), concerns=("person",)),
    Kind("drift", drifts, ("number",), json=frozenset({"before"}), concerns=("by",)),
    FactKind("fact", facts, ("seq",), json=frozenset({"data"}), left_out=_SEQ),
    Kind("person", persons, ("user_id",), json=frozenset({"profile"}), concerns=("user_id",)),
    Kind("interest", interests, ("seq",), left_out=_SEQ, concerns=("person",)),
    Kind("notice", notices, ("seq",), json=frozenset({"arguments"}), left_out=_SEQ, concerns=("person",)),
    Kind("digest", digests, ("target",), concerns=("target", "set_by")),
    Kind("expert_credit", expert_credits, ("answer", "tag")),
    Kind("expert_score", expert_scores, ("tag", "room_id", "person")),
    Kind("expert_request", expert_requests, ("person", "at", "number")),
    Kind("rotation", rotations, ("team",)),
    Kind("timer", timers, ("name",), concerns=("target",)),
)
"""In the order in which rows refer to each other."""

BY_TYPE: dict[str, Kind] = {kind.type: kind for kind in KINDS}
