"""With `tracking: metadata`, no word of an encrypted room is on the disk; and those of before go."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from bridge.crypto.sealed import Sealer
from bridge.domain.filters import Filter
from bridge.domain.interests import Interest
from bridge.domain.questions import Attachment, State
from bridge.domain.schedule import Schedule
from bridge.store.database import Database
from bridge.store.erasing import erase_text, follow_tracking
from bridge.store.errors import StoreError
from bridge.store.export import export
from bridge.store.forgetting_keys import forget_keys
from bridge.store.sealing import WORDLESS
from bridge.store.transaction import StoreTransaction
from bridge.workflow.digests import Digest
from bridge.workflow.effects import EFFECTS, EditCard, Inform, Reply
from bridge.workflow.people_ports import Followed
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import OutboxRow, Room
from bridge.workflow.triage_ports import Note
from tests.store.samples import BOB, NOW, answer, ask, grant, message

SECRET, PLAIN_WORDS = "marker-of-secrets", "marker-for-everybody"
CLOSET, HALL, CHAT = "!closet:example.org", "!hall:example.org", "!chat:example.org"
ALGORITHM: JsonObject = {"content": {"algorithm": "m.megolm.v1.aes-sha2"}}
ENCRYPTION: Mapping[str, Mapping[str, JsonObject]] = {"m.room.encryption": {"": ALGORITHM}}
SEALER = Sealer(b"the operator's secret")


def furnish(tx: StoreTransaction, state: Mapping[str, Mapping[str, JsonObject]] = ENCRYPTION) -> None:
    tx.rooms.save(Room(CLOSET, space="closet", joined=True, state=state))
    tx.rooms.save(Room(HALL, space="hall", joined=True))
    tx.rooms.save(Room(CHAT, joined=True, direct_with=BOB, state=state))


def talk(tx: StoreTransaction, count: int = 3) -> None:
    for _ in range(count):
        _ask(tx, CLOSET, SECRET)
    _ask(tx, HALL, PLAIN_WORDS)
    said_in_chat = tx.questions.next_number()
    tx.questions.add_answer(answer("$chat", said_in_chat - 1, text=SECRET, room_id=CHAT))
    for room_id, words, name in ((CLOSET, SECRET, "closet"), (HALL, PLAIN_WORDS, "hall")):
        said = {"command": words, "near": "!help"}
        effect = Reply(room_id=room_id, reader=BOB, reply_to=None, key="unknown-command", arguments=said)
        tx.outbox.add(f"reply-{name}", effect, NOW)
    tx.outbox.add("told", Inform(person=BOB, key="told-revoked-by", arguments={"reason": SECRET}), NOW)
    tx.outbox.add("card", EditCard(room_id=CLOSET, number=1), NOW)


def begin(tx: StoreTransaction) -> None:
    furnish(tx)
    talk(tx)


def _ask(tx: StoreTransaction, room_id: str, words: str) -> None:
    asked = ask(
        tx,
        room_id=room_id,
        text=f"{words}?\nmore {words}",
        tags=(words,),
        attachments=(Attachment("$file", "file", words, f"mxc://example.org/{words}"),),
        directed_to=(BOB,),
    )
    tx.questions.add_answer(answer(f"$a{asked.number}", asked.number, text=words, room_id=room_id))
    tx.questions.save(replace(asked, state=State.CLOSED, reason=f"because of {words}", closed_at=NOW))


def grants_given(tx: StoreTransaction) -> None:
    tx.grants.save(grant(1, space="closet", sponsor="@eve:example.org", reason=SECRET))
    tx.grants.save(grant(2, space="closet", ended_at=NOW, reason=SECRET))
    tx.grants.save(grant(3, space="hall", reason=SECRET))
    tx.grants.save(grant(4, space="hall", sponsor="@eve:example.org", reason=PLAIN_WORDS))


def troubles(tx: StoreTransaction) -> None:
    """Events that were given up."""
    for number, (room_id, words) in enumerate(((CLOSET, SECRET), (HALL, PLAIN_WORDS))):
        event = message(f"$parked{number}", room_id, content={"body": words})
        tx.inbox.accept([(event["event_id"], room_id, NOW, json.dumps(event), "new", 0, 0)])
    sealed = message("$sealed", CLOSET, type="m.room.encrypted", content={"ciphertext": "sealed-words"})
    tx.inbox.accept([("$sealed", CLOSET, NOW, json.dumps(sealed), "new", 0, 0)])
    for row in tx.inbox.pending(NOW):
        tx.inbox.park(row, "reference")


Raw = Callable[[], bytes]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Raw]]:
    """The URL of a database, and all bytes that it has on the disk."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}", lambda: _bytes_in(tmp_path, "store.db*")
        return
    url: str = request.getfixturevalue("postgres_database")
    yield url, lambda: _bytes_of_postgres(url)


def _bytes_in(folder: Path, pattern: str) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob(pattern)))


def _bytes_of_postgres(url: str) -> bytes:
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("CHECKPOINT")
        query = "SELECT setting, (SELECT oid FROM pg_database WHERE datname = current_database()) FROM pg_settings"
        found = conn.execute(query + " WHERE name = 'data_directory'").fetchone()
    assert found is not None
    return _bytes_in(Path(found[0]) / "base" / str(found[1]), "*")


def fill(tx: StoreTransaction) -> None:
    begin(tx)
    grants_given(tx)
    troubles(tx)
    for room_id, words in ((CLOSET, SECRET), (HALL, PLAIN_WORDS)):
        tx.interests.add(Followed(BOB, Interest("", Filter(tags=frozenset({words}))), room_id))
        tx.notes.save(Note(f"$note-{room_id}", 1 if words == SECRET else 4, BOB, words, NOW, room_id))
        tx.digests.save(Digest(room_id, False, Schedule(540, None, "UTC"), f"tag:{words}", BOB, NOW, room_id))


def test_nothing_written_in_encrypted_rooms_reaches_the_disk(store: tuple[str, Raw]) -> None:
    url, raw = store
    with closing(Database.open(url, textless=True, sealer=SEALER)) as database:
        follow_tracking(database)
        database.write_now(begin)
        assert SECRET.encode() not in raw()
        assert PLAIN_WORDS.encode() in raw()
        asked, elsewhere = database.write_now(lambda tx: (tx.questions.get(1), tx.questions.get(4)))
        assert asked is not None
        assert elsewhere is not None
        assert (asked.untold, asked.tags, asked.attachments, asked.reason) == (True, (), (), "")
        assert (asked.state, asked.asker, asked.directed_to) == (State.CLOSED, "@ann:acme.com", (BOB,))
        assert (elsewhere.untold, elsewhere.tags, elsewhere.reason) == (
            False,
            (PLAIN_WORDS,),
            f"because of {PLAIN_WORDS}",
        )
        assert [(a.untold, a.text) for a in database.read_now(lambda tx: tx.questions.discussion(1)).answers] == [
            (True, "")
        ]
        told = {a.event_id: a.text for a in database.read_now(lambda tx: tx.questions.discussion(4)).answers}
        assert told == {"$a4": PLAIN_WORDS, "$chat": ""}
        rows = database.write_now(lambda tx: tx.outbox.pending(NOW))
        assert [row.payload["arguments"] for row in rows if row.kind == "inform"] == [{"reason": SECRET}]
    assert SECRET.encode() not in raw()


def test_what_is_read_back_in_the_same_transaction_is_what_is_kept(tmp_path: Path) -> None:
    def look(tx: StoreTransaction) -> list[str]:
        furnish(tx)
        talk(tx, 1)
        question = tx.questions.get(1)
        assert question is not None
        tx.questions.save(replace(question, text=SECRET, tags=(SECRET,)))
        tx.questions.save_answer(replace(tx.questions.discussion(1).answers[0], text=SECRET))
        found = tx.questions.several([1])[1]
        return [found.text, *found.tags, found.reason, *(a.text for a in tx.questions.discussion(1).answers)]

    with closing(Database.open(f"sqlite:///{tmp_path / 'store.db'}", textless=True, sealer=SEALER)) as database:
        assert database.write_now(look) == ["", "", ""]


def test_switching_to_metadata_erases_and_switching_back_does_not(store: tuple[str, Raw]) -> None:
    url, raw = store
    with closing(Database.open(url)) as database:
        assert follow_tracking(database) == 0
        database.write_now(fill)
        assert SECRET.encode() in raw()
    looked_at: list[int] = []
    with closing(Database.open(url, textless=True, sealer=SEALER)) as database:
        assert follow_tracking(database, looked_at.append) == 3 + 3 + 1 + 3 + 3 + 1 + 3
        assert database.read_now(lambda tx: (tx.digests.get(CLOSET), tx.digests.get(HALL) is None)) == (None, False)
        assert looked_at
        assert SECRET.encode() not in raw()
        assert b"sealed-words" in raw()
        _is_whole_without_its_words(database)
        assert follow_tracking(database) == 0
    with closing(Database.open(url, sealer=SEALER)) as database:
        assert follow_tracking(database) == 0
        database.write_now(lambda tx: _ask(tx, CLOSET, SECRET))
        assert SECRET.encode() in raw()
        rows = database.write_now(lambda tx: tx.outbox.pending(NOW))
        assert {str(row.payload.get("arguments", {}).get("command")) for row in rows} == {SECRET, PLAIN_WORDS, "None"}
    with closing(Database.open(url, textless=True, sealer=SEALER)) as database:
        assert follow_tracking(database) == 2
    assert SECRET.encode() not in raw()


def _is_whole_without_its_words(database: Database) -> None:
    objects = list(export(database))
    asked = [o for o in objects if o["type"] == "question"]
    words = [(o["title"], o["body"], o["tags"], o["reason"]) for o in asked]
    kept = (f"{PLAIN_WORDS}?", f"more {PLAIN_WORDS}", [PLAIN_WORDS], f"because of {PLAIN_WORDS}")
    assert words == [("", "", [], "")] * 3 + [kept]
    assert {frozenset(o) for o in asked} == {frozenset(asked[0])}
    assert [o["text"] for o in objects if o["type"] == "answer"] == ["", "", "", PLAIN_WORDS, ""]
    assert [o["reason"] for o in objects if o["type"] == "grant"] == ["", "", "", PLAIN_WORDS]
    held = database.write_now(lambda tx: sorted(grant.reason for grant in tx.grants.all()))
    assert held == ["", "", PLAIN_WORDS]


def test_erasing_that_was_cut_short_is_done_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with closing(Database.open(url)) as database:
        database.write_now(fill)

    class Killed(BaseException):
        pass

    def kill(_rows: int) -> None:
        raise Killed

    with closing(Database.open(url, textless=True, sealer=SEALER)) as database:
        with pytest.raises(Killed):
            erase_text(database, kill)
        assert follow_tracking(database) > 0
        assert SECRET.encode() not in _bytes_in(tmp_path, "store.db*")
        assert follow_tracking(database) == 0


def test_a_room_that_becomes_encrypted_loses_what_it_held(store: tuple[str, Raw]) -> None:
    url, raw = store

    def said_in_plain_rooms(tx: StoreTransaction) -> None:
        furnish(tx, {})
        _ask(tx, CLOSET, SECRET)
        _ask(tx, HALL, PLAIN_WORDS)

    def said_and_encrypted_at_once(tx: StoreTransaction) -> None:
        _ask(tx, CLOSET, SECRET)
        furnish(tx)

    with closing(Database.open(url, textless=True, sealer=SEALER)) as database:
        follow_tracking(database)
        database.write_now(said_in_plain_rooms)
        database.write_now(lambda tx: tx.questions.get(1))
        assert SECRET.encode() in raw()
        database.write_now(said_and_encrypted_at_once)
        found = database.write_now(lambda tx: tx.questions.several([1, 2, 3]))
        assert [question.untold for question in found.values()] == [True, False, True]
        if url.startswith("sqlite"):
            assert SECRET.encode() not in raw()
            assert PLAIN_WORDS.encode() in raw()


def test_what_is_sealed_needs_its_key(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with pytest.raises(StoreError, match=r"needs encryption\.pickle_key"):
        Database.open(url, textless=True)
    with closing(Database.open(url, textless=True, sealer=SEALER)) as database:
        database.write_now(begin)
    for sealer, words in ((None, "cannot be read without"), (Sealer(b"another"), "another encryption.pickle_key")):
        with closing(Database.open(url, sealer=sealer)) as database:
            with pytest.raises(StoreError, match=words):
                database.write_now(lambda tx: tx.outbox.pending(NOW))
            assert len(list(export(database))) == 14


def test_only_effects_without_words_are_left_in_clear() -> None:
    """What is new is sealed, unless somebody says that nobody's words can be in it."""
    assert set(EFFECTS) - {effect.kind for effect in WORDLESS} == {
        *("reply", "show_help", "show_list", "show_search", "inform", "show_experts", "show_statistics", "show_trend")
    }


def test_pending_rows_of_both_kinds_come_back_alike(tmp_path: Path) -> None:
    def payloads(database: Database) -> list[OutboxRow]:
        database.write_now(begin)
        return [replace(row, seq=0) for row in database.write_now(lambda tx: tx.outbox.pending(NOW))]

    with (
        closing(Database.open(f"sqlite:///{tmp_path / 'clear.db'}")) as clear,
        closing(Database.open(f"sqlite:///{tmp_path / 'sealed.db'}", textless=True, sealer=SEALER)) as sealed,
    ):
        assert payloads(clear) == payloads(sealed)


def test_what_waits_to_be_handled_is_hidden_by_the_switch_and_still_read(store: tuple[str, Raw]) -> None:
    url, raw = store
    waiting = message("$waiting", CLOSET, content={"body": SECRET})
    with closing(Database.open(url)) as db:
        db.write_now(furnish)
        db.write_now(lambda tx: tx.inbox.accept([("$waiting", CLOSET, NOW, json.dumps(waiting), "new", 0, 0)]))
    assert SECRET.encode() in raw()
    with closing(Database.open(url, textless=True, sealer=SEALER)) as db:
        assert follow_tracking(db) == 1
        assert [row.event for row in db.read_now(lambda tx: tx.inbox.pending(NOW))] == [waiting]
        db.write_now(forget_keys)
        assert db.read_now(lambda tx: tx.inbox.pending(NOW)) == []
    assert SECRET.encode() not in raw()
