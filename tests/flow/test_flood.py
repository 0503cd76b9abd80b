"""Somebody asks for far too much at once: all of it is done, they are told once, and others do not wait for it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bridge.domain.flood import FloodLimit
from bridge.store.database import Database
from bridge.store.json import dump
from bridge.workflow import pacing
from bridge.workflow.delivery import Outgoing, Settled, prepare, record
from bridge.workflow.desk import Policy
from bridge.workflow.inbound import handle_batch, read_rows
from bridge.workflow.pacing import Pacing
from bridge.workflow.records import Room
from tests.flow.pocket import BOT, EPOCH, POLICY, ROOM, user_id

ASIDE = f"{ROOM} aside"
_ids = count()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.open(f"sqlite:///{tmp_path / 'flood.db'}")) as database:
        database.write_now(lambda tx: tx.rooms.save(Room(ROOM, space="helpdesk", joined=True)))
        members = {BOT: ("join", "qa")} | {user_id(p): ("join", p) for p in ("amy", "mallory")}
        database.write_now(lambda tx: tx.rooms.replace_members(ROOM, members))
        yield database


@pytest.fixture
def policy() -> Policy:
    return replace(POLICY, pacing=Pacing(FloodLimit(burst=3, per_minute=60)))


def said(person: str, body: str, **more: Any) -> dict[str, Any]:
    content = {"msgtype": "m.text", "body": body, **more}
    common = {"event_id": f"$flood{next(_ids)}", "room_id": ROOM, "sender": user_id(person), "type": "m.room.message"}
    return common | {"content": content, "origin_server_ts": EPOCH}


def handled(database: Database, policy: Policy, *events: dict[str, Any]) -> None:
    rows = [(e["event_id"], ROOM, EPOCH, dump(e), "new", 0, 0) for e in events]
    database.write_now(lambda tx: tx.inbox.accept(rows))
    database.write_now(
        lambda tx: handle_batch(read_rows(tx.inbox.pending(EPOCH, 1000), tx, policy), {}, tx, policy, EPOCH)
    )


def sent(database: Database, policy: Policy) -> list[Outgoing]:
    """One round of the outbox, with everything that is ready delivered."""
    ready = database.write_now(lambda tx: prepare(tx.outbox.pending(EPOCH), tx, policy, EPOCH))
    settled = [Settled(one, f"$sent{next(_ids)}" if one.content else None) for one in ready]
    database.write_now(lambda tx: record(settled, tx, policy, EPOCH))
    return ready


def lanes(outgoing: list[Outgoing]) -> list[tuple[str, str]]:
    return [(one.row.kind, "aside" if one.row.lane == ASIDE else "room") for one in outgoing]


def test_what_is_too_much_goes_aside_and_is_all_done(database: Database, policy: Policy) -> None:
    handled(database, policy, *(said("mallory", f"!ask Question {n}?") for n in range(5)), said("amy", "!ask Mine?"))
    assert lanes(sent(database, policy)) == [
        *[("post_card", "room")] * 3,
        ("post_card", "aside"),
        ("reply", "room"),
        ("post_card", "aside"),
        ("post_card", "room"),
    ]
    assert sent(database, policy) == []


def test_they_are_told_once(database: Database, policy: Policy) -> None:
    handled(database, policy, *(said("mallory", "!mine") for _ in range(9)))
    told = [one for one in sent(database, policy) if one.row.kind == "reply"]
    assert [one.content["body"] for one in told if one.content] == [
        "You are asking for a lot at once. I will do all of it, but others go first."
    ]


def test_where_nobody_else_is_nothing_goes_aside(database: Database, policy: Policy) -> None:
    alone = {who: ("join", who) for who in (BOT, user_id("mallory"))} | {user_id("amy"): ("leave", "amy")}
    database.write_now(lambda tx: tx.rooms.replace_members(ROOM, alone))
    handled(database, policy, *(said("mallory", "!mine") for _ in range(9)))
    assert lanes(sent(database, policy)) == [("show_list", "room")] * 9

    database.write_now(lambda tx: tx.rooms.set_member(ROOM, user_id("amy"), "join", "amy"))
    handled(database, policy, said("mallory", "!mine"))
    assert lanes(sent(database, policy)) == [("show_list", "aside"), ("reply", "room")]


def test_answers_and_chat_never_count(database: Database, policy: Policy) -> None:
    question = said("amy", "!ask How?")
    thread = {"m.relates_to": {"rel_type": "m.thread", "event_id": question["event_id"]}}
    answers = [said("mallory", f"Thus {n}", **thread) for n in range(10)]
    handled(database, policy, question, *answers, said("mallory", "!mine"))
    assert lanes(sent(database, policy)) == [("post_card", "room"), ("show_list", "room")]


def test_edits_of_a_card_that_is_aside_follow_it(database: Database, policy: Policy) -> None:
    last = said("mallory", "!ask The last?")
    handled(database, policy, *(said("mallory", f"!ask {n}?") for n in range(3)), last, said("amy", "!claim 4"))
    first, second = lanes(sent(database, policy)), lanes(sent(database, policy))
    assert (first[-1], second) == (("acknowledge", "room"), [("edit_card", "aside")])
    handled(database, policy, said("amy", "!unclaim 4"))
    assert ("edit_card", "room") in lanes(sent(database, policy))


def test_a_room_with_thousands_of_effects_keeps_no_other_waiting(database: Database) -> None:
    handled(database, POLICY, *(said("mallory", f"!ask {n}?") for n in range(700)))
    ready = database.write_now(lambda tx: prepare(tx.outbox.pending(EPOCH), tx, POLICY, EPOCH))
    assert len(ready) == 50


def test_only_so_many_people_are_kept_count_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MOST", 2)
    counted = Pacing(FloodLimit(burst=1, per_minute=1))
    slow = [counted.count(person, "$1", 0, lambda: True).slow for person in ("a", "b", "a", "c", "b", "a")]
    assert slow == [False, False, True, False, False, False]
