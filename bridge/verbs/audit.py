"""`audit`: the log of facts, as lines to read."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import typer

from bridge.config.problems import nearest
from bridge.config.times import parse_duration
from bridge.store.audit import Wanted, facts_of, known_kinds
from bridge.store.export import total
from bridge.verbs.arguments import refuse_no_person
from bridge.verbs.data import reading
from bridge.verbs.ending import NOWHERE, Refused, hidden, loaded, no_space

COMMON = ("type", "kind", "at", "actor", "space", "room_id", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """As it was written on the command line."""

    person: str | None
    question: int | None
    space: str | None
    kind: str | None
    since: str | None


def audit(config: Path, asked: Asked, *, as_json: bool) -> None:
    """Beside a running bot; the oldest first."""
    found = loaded(config).config
    wanted = _wanted(asked)
    out = typer.get_binary_stream("stdout")
    with reading(found.database) as database:
        if asked.kind is not None:
            _refuse_unknown(asked.kind, known_kinds(database))
        told = False
        for fact in facts_of(database, wanted):
            line = orjson.dumps(fact) if as_json else hidden.text(_line(fact)).encode()
            out.write(line + b"\n")
            told = True
        out.flush()
        if asked.space and not told and asked.space not in found.spaces and not total(database, asked.space):
            raise no_space(asked.space, found, NOWHERE)


def _wanted(asked: Asked) -> Wanted:
    refuse_no_person(asked.person, "--person")
    return Wanted(asked.person, asked.question, asked.space, asked.kind, _since(asked.since))


def _since(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        age = parse_duration(text)
    except ValueError:
        raise typer.BadParameter("expected a duration such as 30d, 12h or 1w", param_hint="--since") from None
    return int((time.time() - age.total_seconds()) * 1000)


def _refuse_unknown(kind: str, known: Mapping[str, object]) -> None:
    if kind not in known:
        hint = nearest(kind, list(known)) or f"there are {', '.join(sorted(known))}"
        raise Refused(f"no kind of fact is called {kind}; {hint}")


def _line(fact: Mapping[str, Any]) -> str:
    """When, what, who, about which question, where; then what the fact says besides."""
    number = f"Q{fact['number']}" if fact["number"] else "-"
    parts = [fact["at"], fact["kind"], fact["actor"] or "-", number, fact["space"] or "-", fact["room_id"] or "-"]
    return " ".join([*parts, *_own(fact)])


def _own(fact: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fact.items():
        if name not in COMMON and value not in (None, ""):
            yield f"{name}={value if isinstance(value, str) else orjson.dumps(value).decode()}"
