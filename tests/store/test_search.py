"""The full text, on both databases: it holds what questions hold, whatever happens to them, and finds it."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bridge.domain.filters import Filter
from bridge.domain.people import People
from bridge.domain.questions import Answer, State
from bridge.store import backfill, finding, search
from bridge.store.backfill import StoreIndexing, _read
from bridge.store.database import Database
from bridge.store.indexing import document, parsed
from bridge.store.postings import Maps, newest_first
from bridge.store.search_tables import search_postings, search_tail, search_terms
from bridge.store.transaction import StoreTransaction
from bridge.workflow.fulltext import Hit
from tests.store.samples import BOB, NOW, ROOM, ask
from tests.workflow.examples import tried

OTHER = "!other:example.org"
PEOPLE = People(staff=("@*:example.org",))


def found(db: Database, words: str, rooms: Any = (ROOM, OTHER), **wanted: Any) -> list[int]:
    return [hit.number for hit in hits(db, words, rooms, **wanted)]


def hits(db: Database, words: str, rooms: Any = (ROOM, OTHER), **wanted: Any) -> list[Hit]:
    return db.read_now(lambda tx: tx.search.ranked(words, rooms, Filter(**wanted), PEOPLE, NOW))


def answer(number: int, text: str, room_id: str = ROOM) -> Answer:
    return Answer(f"$a{number}", number, BOB, text, NOW, room_id)


def fill(tx: StoreTransaction) -> None:
    ask(tx, text="The printer on the second floor is jammed\nIt shows error 4711 again and again.", tags=("printer",))
    ask(tx, text="L’imprimante du réseau ne répond pas", room_id=OTHER)
    ask(tx, text="Drucker druckt nicht\nDer Druckertreiber für Straße 5 fehlt.")
    ask(tx, text="Не работает принтер\nПароль не принимают.")
    ask(tx, text="プリンターが動かない\n印刷できません")
    ask(tx, text="How do I reset the VPN password?", state=State.ANSWERED)
    ask(tx, text="My password for the VPN is refused")
    tx.questions.add_answer(answer(6, "Use the self-service portal, then restart the laptop."))


def test_words_find_questions_answers_and_tags_in_every_script(db: Database) -> None:
    def look() -> None:
        assert found(db, "printer jammed") == [1]
        assert found(db, "4711") == [1]
        assert found(db, "imprimante reseau") == [2]
        assert found(db, "IMPRIMANTES RÉSEAU") == [2]
        assert found(db, "druckern strasse") == [3]
        assert found(db, "принтеры пароля") == [4]
        assert found(db, "プリンター") == [5]
        assert found(db, "印刷") == found(db, "印") == [5]
        assert found(db, "portal laptop") == [6]
        assert found(db, "vpn password") == [6, 7]
        assert found(db, "quite unheard of") == found(db, "") == found(db, "the of") == []

    db.write_now(fill)
    look()
    assert db.write_now(lambda tx: tx.index.fold()) == 0
    look()


def test_nearly_right_words_find_what_exact_ones_do_not(db: Database) -> None:
    db.write_now(fill)
    for fold in (False, True):
        if fold:
            db.write_now(lambda tx: tx.index.fold())
        assert found(db, "prnter jamed") == [1]
        assert found(db, "passwrod")[:2] == [6, 7]
        assert found(db, "treiber") == [3]
        assert found(db, "lapt") == [6]
        assert found(db, "reset the vpn password on a submarine")[0] == 6


def test_the_best_come_first_and_filters_hold(db: Database) -> None:
    def more(tx: StoreTransaction) -> None:
        ask(tx, text="Something else\nwith certificate in the body")
        ask(tx, text="Where is the certificate?", state=State.CLOSED, tags=("vpn",))
        ask(tx, text="Certificate please", withdrawn=True)
        ask(tx, text="Certificate elsewhere", room_id="!hidden:example.org")

    db.write_now(fill)
    db.write_now(more)
    assert found(db, "certificate") == [9, 8]
    assert found(db, "certificates", states=frozenset({State.OPEN})) == [8]
    assert found(db, "certificate", tags=frozenset({"vpn"})) == [9]
    assert found(db, "certificate", rooms=[OTHER]) == found(db, "certificate", rooms=[]) == []
    assert hits(db, "certificate")[0].terms == {"certificat"}


def test_common_words_with_a_rare_filter_still_find_what_there_is(db: Database) -> None:
    def fill_up(tx: StoreTransaction) -> None:
        ask(tx, text="laptop one", room_id=OTHER)
        for _ in range(11_000):
            ask(tx, text="laptop")

    db.write_now(fill_up)
    while db.write_now(lambda tx: tx.index.fold(2000)):
        pass
    assert found(db, "laptop", rooms=[OTHER]) == [1]
    assert len(found(db, "laptop")) == 100


def test_an_older_database_is_taken_in_slice_by_slice(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what came since is folded in first."""

    def forget(tx: StoreTransaction) -> None:
        tx.flush()
        for table in (search_tail, search_postings, search_terms):
            tx.session.conn.execute(table.delete())

    def step() -> bool:
        return asyncio.run(StoreIndexing(db).step())

    monkeypatch.setattr(backfill, "SLICE", 4)
    monkeypatch.setattr(backfill, "LONGEST", 1)
    db.write_now(fill)
    db.write_now(forget)
    assert found(db, "vpn password") == []
    assert step()
    assert found(db, "vpn password") == [6, 7]
    assert found(db, "jammed") == []
    db.write_now(lambda tx: [ask(tx, text="A zeppelin"), ask(tx, text="The hangar")])
    assert step()
    assert found(db, "zeppelin") == [8]
    assert db.read_now(lambda tx: tx.index.waiting()) == 0
    assert found(db, "jammed") == []
    assert step()
    assert found(db, "jammed") == [1]
    assert not step()


def test_what_is_read_beside_a_withdrawal_is_not_taken_in(db: Database) -> None:
    db.write_now(fill)
    stripped = db.write_now(lambda tx: tx.index.stripped)
    read = db.read_now(lambda tx: _read(tx, 1, 7))
    db.write_now(lambda tx: tx.questions.save(replace(tx.questions.several([1])[1], text="", tags=(), withdrawn=True)))
    db.write_now(lambda tx: tx.index.take_in(read, stripped, 0))
    held = db.read_now(held_by)
    assert 1 not in held


def held_by(tx: StoreTransaction) -> dict[int, set[str]]:
    """The terms that each question is found by, from the tables themselves."""
    there: defaultdict[int, set[str]] = defaultdict(set)
    for part, term, places in tx.session.conn.execute(select(search_postings)):
        maps = Maps(part + 1)
        maps.add(part, places)
        for number in newest_first(maps.whole()[1]):
            there[number].add(term)
    for number, written in tx.session.conn.execute(select(search_tail.c.number, search_tail.c.terms)):
        for _, terms in parsed(written):
            there[number].update(terms)
    return dict(there)


_texts = st.lists(st.sampled_from(["apple", "banana", "cherry", "plum", "grape", "fig"]), min_size=1, max_size=4).map(
    " ".join
)
_acts = st.lists(
    st.tuples(
        st.sampled_from(("ask", "edit", "answer", "edit answer", "withdraw", "withdraw answer", "erase", "fold")),
        st.integers(1, 6),
        _texts,
    ),
    max_size=25,
)


@tried("the full text follows", 150)
@given(acts=_acts, together=st.booleans())
def test_the_full_text_holds_what_questions_hold(
    db: Database, acts: list[tuple[str, int, str]], together: bool
) -> None:
    db.write_now(_empty)
    steps = [acts] if together else [[act] for act in acts]
    for step in steps:
        db.write_now(partial(_act_all, step))

    def compare(tx: StoreTransaction) -> None:
        there = tx.questions.documents(range(1, 30))
        wanted = {q.number: set(document(q, answers, tx.rooms).terms) for q, answers in there}
        assert held_by(tx) == {number: terms for number, terms in wanted.items() if terms}

    def count(tx: StoreTransaction) -> None:
        while tx.index.fold():
            pass
        compare(tx)
        held = held_by(tx)
        counts: dict[str, int] = dict(tx.session.conn.execute(select(search_terms)).fetchall())
        assert counts == {term: sum(term in terms for terms in held.values()) for term in set().union(*held.values())}

    db.read_now(compare)
    db.write_now(count)


def _empty(tx: StoreTransaction) -> None:
    for name in ("search_tail", "search_postings", "search_terms", "answers", "question_tags", "questions", "settings"):
        tx.session.run(f"DELETE FROM {name}", ())


def _act_all(acts: list[tuple[str, int, str]], tx: StoreTransaction) -> None:
    for act in acts:
        _act(tx, *act)


def _act(tx: StoreTransaction, act: str, number: int, text: str) -> None:
    question = tx.questions.get(number)
    if act == "ask":
        ask(tx, text=text, room_id=OTHER if number > 3 else ROOM, tags=(text.split()[0],))
    if act == "fold":
        tx.flush()
        tx.index.fold(number)
    if act == "erase" and number == 6:
        tx.questions.erase_room(OTHER)
    if question is None:
        return
    answers = tx.questions.discussion(number).answers
    if act == "edit":
        tx.questions.save(replace(question, text=text))
    if act == "withdraw":
        tx.questions.save(replace(question, text="", tags=(), withdrawn=True, state=State.CLOSED))
    if act == "answer":
        given = replace(answer(number, text, question.room_id), event_id=f"$a{number}-{len(answers)}")
        tx.questions.add_answer(given)
    if act == "edit answer" and answers:
        tx.questions.save_answer(replace(answers[-1], text=text))
    if act == "withdraw answer" and answers:
        tx.questions.save_answer(replace(answers[0], text="", withdrawn=True))


def test_however_much_is_hidden_what_is_old_is_found(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a database so big that its rooms are not gone through whole."""
    for module, name, value in ((finding, "FEW", 0), (finding, "_ROOMS", 0), (search, "_WALKED", 1)):
        monkeypatch.setattr(module, name, value)

    def write(tx: StoreTransaction) -> None:
        ask(tx, text="the old printer")
        for _ in range(search.ENOUGH + 2 * search._BATCH):
            ask(tx, text="printer", room_id=OTHER)
        ask(tx, text="about nothing of the kind")

    db.write_now(write)
    assert found(db, "printer", [ROOM]) == [1]


WORDS = ("merger", "mergers", "xyzzyq", "projectxy", *(f"projectxyz{n:02}" for n in range(35)), "zeppelin", "zepelin")
SOUGHT = ("merger xyzzyq", "xyzzyq merger zeppelin", "projectx", "projectxy", "rojectxyz", "projectxyy34", "zeppelim")


@tried("what may not be found", 60)
@given(hidden=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), min_size=1, max_size=4))
def test_what_may_not_be_found_changes_nothing_of_what_is(db: Database, hidden: list[list[str]]) -> None:
    """Not even the order, or which spellings are thought of: else anybody could learn what is written there."""

    def write(unseen: list[str], tx: StoreTransaction) -> int:
        _empty(tx)
        for text in unseen:
            ask(tx, text=text, room_id=OTHER)
        last = [ask(tx, text=text) for text in ("xyzzyq", "merger zeppelin", f"a list\n{' '.join(WORDS[4:-2])}")][-1]
        tx.flush()
        tx.index.fold(len(hidden[0]))
        return last.number

    def ranked(unseen: list[str]) -> list[list[tuple[int, float, frozenset[str]]]]:
        last = db.write_now(partial(write, unseen))
        found = [hits(db, words, [ROOM]) for words in SOUGHT]
        return [[(last - hit.number, hit.score, hit.terms) for hit in each] for each in found]

    assert ranked([" ".join(words) for words in hidden]) == ranked(["nothing"] * len(hidden))
