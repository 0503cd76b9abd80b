"""Finding questions by words: bit maps choose which come into question, their own texts say how well they fit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

from sqlalchemy import bindparam, select

from bridge.domain.filters import PAGE_SIZE, Filter
from bridge.domain.people import People
from bridge.domain.terms import terms
from bridge.store.askers import AskerRows
from bridge.store.finding import FEW, Among, among
from bridge.store.indexing import parsed
from bridge.store.postings import PART, Maps, newest_first, numbers_in
from bridge.store.question_row import last_number
from bridge.store.questions import QuestionRows
from bridge.store.rooms import RoomRows
from bridge.store.scoring import Sought, scored
from bridge.store.search_tables import search_postings, search_tail
from bridge.store.session import Session
from bridge.store.statement import Prepared
from bridge.store.variants import longer, misspelt
from bridge.workflow.fulltext import MOST_HITS, Hit

MOST_WORDS = 12
ENOUGH = 150
"""So many of the newest that fit come into question."""
READ = MOST_HITS
"""So many of those are read and compared."""
_BATCH = 500
_EXAMINED, _FILTERED = 10_000, 2_000
"""So many are looked at from the side of the words, without and with a filter. If that was not enough, or none of a
batch fits the filter, it goes on from the side of the filter. Rooms alone are no reason to stop early: what is hidden
must not be noticed by what is missing.
"""
_VARIANTS = 30
"""So many other terms may stand for a word."""
_SOME = 50
"""A word that is in so many questions is common."""
_NEWEST = (4, 40, 400)
"""So many of the newest questions with a term are looked at, one after the other, for one that may be shown."""
_COUNTED = (50, 500)
"""And so many more of those with a word, for as many as make it common."""
_WALKED = 2_000
"""So many of the newest that fit the filter are gone through from its side, where it lets more through than few."""

_ALIKE: Mapping[str, float] = {}
_postings = select(search_postings.c.part, search_postings.c.places, search_postings.c.term).where(
    search_postings.c.part.in_(bindparam("parts", expanding=True)),
    search_postings.c.term.in_(bindparam("terms", expanding=True)),
)
_tail = Prepared(select(search_tail.c.number, search_tail.c.terms))


@dataclass(slots=True)
class Found:
    """A word that is sought, and where it is: as bit maps of questions, in the head and anywhere."""

    term: str
    head: int = 0
    anywhere: int = 0
    variants: dict[str, float] = field(default_factory=dict)


class SearchRows:
    """Fills `workflow.fulltext.Search`."""

    def __init__(self, session: Session, rooms: RoomRows, asked: QuestionRows, askers: AskerRows) -> None:
        self._session = session
        self._rooms = rooms
        self._questions = asked
        self._askers = askers

    def ranked(self, words: str, rooms: Collection[str], wanted: Filter, people: People, now: int) -> list[Hit]:
        sought = list(dict.fromkeys(terms(words)))[:MOST_WORDS]
        if not sought or not rooms:
            return []
        self._questions.flush()
        look = _Look(self._session, among(self._session, self._askers, wanted, rooms, people, now))
        return self._hits(sought, look)

    def _hits(self, sought: Sequence[str], look: "_Look") -> list[Hit]:
        """How far it goes depends on what may be shown alone: what may not must not be noticed."""
        found = [look.up(term, {term: 1.0}) for term in sought]
        hits = self._fitting(found, look.all_of(found))
        if len(hits) >= PAGE_SIZE:
            return hits
        found = [look.more(f, look.longer(f.term)) for f in found]
        hits = self._fitting(found, look.all_of(found))
        if hits:
            return hits
        found = [look.more(f, look.misspelt(f.term)) for f in found]
        hits = self._fitting(found, look.all_of(found))
        return hits or self._most(found, look)

    def _most(self, found: Sequence[Found], look: "_Look") -> list[Hit]:
        """No question has all of the words: the more of them it has and the rarer these are, the better."""
        common = look.common(found)
        rarest = sorted((f for f in found if common[f.term]), key=lambda f: common[f.term])
        return self._fitting(found, look.most_of(rarest), common)

    def _fitting(
        self, found: Sequence[Found], numbers: Collection[int], common: Mapping[str, float] = _ALIKE
    ) -> list[Hit]:
        """Where all of them have all words, it does not matter how common these are."""
        sought = [Sought(f.variants, common.get(f.term, 0.0)) for f in found]
        asked = self._questions.several(numbers)
        discussions = self._questions.discussions(numbers) if numbers else {}
        hits = (scored(asked[n], discussions[n], sought, self._rooms) for n in numbers if n in asked)
        return sorted((hit for hit in hits if hit), key=lambda hit: (-hit.score, -hit.number))


class _Look:
    """One search: what was read for it. `allowed`: the questions that may be found."""

    def __init__(self, session: Session, allowed: Among) -> None:
        self._session = session
        self._allowed = allowed
        self._tail = [(number, parsed(written)) for number, written in _tail(session)]
        highest = max((number for number, _ in self._tail), default=0)
        self._last = max(last_number(session), highest)

    def up(self, term: str, alike: Mapping[str, float]) -> Found:
        if not alike:
            return Found(term)
        parts = self._last // PART + 1
        maps = Maps(parts)
        rows = self._session.conn.execute(_postings, {"parts": range(parts), "terms": list(alike)})
        for part, data, _ in rows.fetchall():
            maps.add(part, data)
        for number, fields in self._tail:
            there = sum(held for held, terms_there in fields if any(each in terms_there for each in alike))
            if there:
                maps.add_one(number, there)
        return Found(term, *maps.whole(), dict(alike))

    def more(self, found: Found, alike: Mapping[str, float]) -> Found:
        """With other terms that stand for the word, too."""
        new = self.up(found.term, {term: quality for term, quality in alike.items() if term not in found.variants})
        return Found(found.term, found.head | new.head, found.anywhere | new.anywhere, new.variants | found.variants)

    def longer(self, term: str) -> dict[str, float]:
        return self._shown(longer(self._session, term, self._fresh))

    def misspelt(self, term: str) -> dict[str, float]:
        return self._shown(misspelt(self._session, term, self._fresh))

    def _shown(self, alike: Mapping[str, float]) -> dict[str, float]:
        """The first of these that are in a question which may be shown: no other takes the place of one."""
        terms = iter(alike)
        shown: list[str] = []
        while len(shown) < _VARIANTS and (some := list(islice(terms, _VARIANTS))):
            there = self._there(some)
            shown += [term for term in some if term in there]
        return {term: alike[term] for term in shown[:_VARIANTS]}

    def _there(self, terms: Collection[str]) -> set[str]:
        left = self._newest(terms)
        there: set[str] = set()
        before = 0
        for many in _NEWEST:
            numbers = {term: held[before:many] for term, held in left.items() if term not in there}
            allowed = self._allowed.of(sorted({*chain.from_iterable(numbers.values())}))
            there |= {term for term, held in numbers.items() if not allowed.keys().isdisjoint(held)}
            before = many
        return there

    def _newest(self, terms: Collection[str]) -> dict[str, list[int]]:
        """Of each term the newest questions that have it."""
        most = _NEWEST[-1]
        held: dict[str, list[int]] = {term: [] for term in terms}
        for number, fields in reversed(self._tail):
            for term in held.keys() & {*chain.from_iterable(found for _, found in fields)}:
                held[term].append(number)
        parts = {"parts": range(self._last // PART + 1), "terms": list(terms)}
        for part, data, term in sorted(self._session.conn.execute(_postings, parts), reverse=True):
            if len(held[term]) < most:
                held[term] += islice(numbers_in(part, data), most)
        return {term: numbers[:most] for term, numbers in held.items()}

    @cached_property
    def _fresh(self) -> frozenset[str]:
        """Terms that are in no table of terms yet."""
        return frozenset(each for _, fields in self._tail for _, found in fields for each in found)

    def common(self, found: Sequence[Found]) -> dict[str, float]:
        """How common words are, from 0 (in none) to 1 (in many), of the questions that may be shown."""
        newest = {f.term: newest_first(f.anywhere) for f in found}
        shown = dict.fromkeys(newest, 0)
        for many in _COUNTED:
            numbers = {term: list(islice(newest[term], many)) for term, count in shown.items() if count < _SOME}
            allowed = self._allowed.of(sorted({*chain.from_iterable(numbers.values())}))
            for term, held in numbers.items():
                shown[term] += len(allowed.keys() & held)
        return {term: min(count, _SOME) / _SOME for term, count in shown.items()}

    def all_of(self, found: Sequence[Found]) -> list[int]:
        """Questions with all of the words: those that have them in the head first."""
        head, anywhere = found[0].head, found[0].anywhere
        for each in found[1:]:
            head &= each.head
            anywhere &= each.anywhere
        return _best(self._chosen([head, anywhere & ~head]))

    def most_of(self, rarest: Sequence[Found]) -> list[int]:
        """Questions with the rarest of the words; the more of them, the better."""
        tiers: list[int] = []
        whole = -1
        for each in rarest:
            whole &= each.anywhere
            tiers.insert(0, whole)
        seen = 0
        for index, tier in enumerate([*tiers, *(f.anywhere for f in rarest[1:])]):
            tiers[index : index + 1] = [tier & ~seen]
            seen |= tier
        return _best(self._chosen(tiers))

    def _chosen(self, tiers: Iterable[int]) -> dict[int, str]:
        """The newest questions of each tier that may be shown and fit the filter, with their states."""
        wanted = [tier for tier in tiers if tier]
        chosen: dict[int, str] = {}
        whole = not self._allowed.few and all(self._take(tier, chosen) for tier in wanted)
        if wanted and not whole and len(chosen) < ENOUGH:
            self._walk(wanted, chosen)
        return chosen

    def _take(self, tier: int, chosen: dict[int, str]) -> bool:
        """The newest of a tier; false where it was given up, since hardly any fit the filter."""
        numbers, examined, many = newest_first(tier), 0, ENOUGH
        most = _FILTERED if self._allowed.filtered else _EXAMINED
        while len(chosen) < ENOUGH and (batch := list(islice(numbers, many))):
            fit = self._allowed.of(batch)
            chosen |= fit
            examined += len(batch)
            if len(batch) == _BATCH and (examined >= most or (self._allowed.filtered and not fit)):
                return False
            many = _BATCH
        return True

    def _walk(self, tiers: Sequence[int], chosen: dict[int, str]) -> None:
        """From the side of the filter, where that lets few questions through."""
        maps = [tier.to_bytes(self._last // 8 + 1, "little") for tier in tiers]
        found: list[list[tuple[int, str]]] = [[] for _ in tiers]
        for number, state in self._allowed.newest(FEW if self._allowed.few else _WALKED):
            tier = next((n for n, data in enumerate(maps) if data[number >> 3] >> (number & 7) & 1), None)
            if tier is not None:
                found[tier].append((number, state))
            if len(found[0]) >= ENOUGH:
                break
        for number, state in chain.from_iterable(found):
            if len(chosen) < ENOUGH:
                chosen.setdefault(number, state)


def _best(chosen: Mapping[int, str]) -> list[int]:
    """Those that are read: in their order, but answered ones before others."""
    answered = [number for number, state in chosen.items() if state == "answered"]
    others = [number for number, state in chosen.items() if state != "answered"]
    return (answered + others)[:READ] if len(chosen) > READ else [*chosen]
