"""A database with a row in each table that is exported, and something in every column."""

from typing import Any

from sqlalchemy import Boolean, Column, Float, Text, insert

from bridge.store.exchange import KINDS, is_time
from bridge.store.tables import questions
from bridge.store.transaction import StoreTransaction
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Room
from tests.store.samples import ANN, NOW, ROOM, answer, ask

ENCRYPTED: dict[str, dict[str, JsonObject]] = {"m.room.encryption": {"": {"content": {}}}}
CLOSET = "!closet:example.org"


def everything(tx: StoreTransaction) -> None:
    """A row in each table, with something in every column."""
    tx.rooms.save(Room(ROOM, space="helpdesk", joined=True))
    tx.rooms.save(Room(CLOSET, direct_with=ANN, predecessor=ROOM, state=ENCRYPTED))
    ask(tx, text="  Mär\n\n\nwith room ", tags=("vpn", "lan"), suggested=(1,), held=True, directed_to=(ANN,))
    ask(tx, room_id=CLOSET, text="Of the closet?")
    tx.questions.add_answer(answer("$closet", 2))
    tx.settings.set("last_pseudonym", "7")
    tx.flush()
    for kind in KINDS:
        row = {c.name: _sample(kind.json, c) for c in kind.table.c}
        if kind.table is questions:
            row |= {"number": tx.questions.next_number(), "event_id": "$third", "duplicate_of": 1}
            row |= {"state": "closed", "priority": "high", "withdrawn": False}
        if kind.type == "acceptance":
            row |= {"voice": "asker", "answer": "$closet"}
        if kind.type == "fact":
            row |= {"data": '{"answer":"$a","first":true}'}
        if kind.type == "tracked":
            row |= {"role": "answer"}
        if kind.type == "violation":
            row |= {"reason": "internal", "step": "off", "cause": "came", "obstacle": None}
        if kind.type == "prompt":
            row |= {"asking": "terms"}
        if kind.type == "drift":
            row |= {"kind": "join_rule", "step": "open", "remedy": None}
        tx.questions.flush()
        tx.session.conn.execute(insert(kind.table), [row])


def _sample(json: frozenset[str], column: Column[Any]) -> object:
    if column.name in json:
        return '{"notify":"all"}' if column.name == "profile" else '["vpn"]' if column.name == "tags" else "[]"
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Float):
        return 1 / 3
    if isinstance(column.type, Text):
        return f"ü {column.name}"
    return NOW + 7 if is_time(column) else 3 if column.name in {"number", "seq"} else 1
