"""Terms that may be meant by a word that finds little: it begins them, is inside them, or is nearly one of them.

In how many questions a term is plays no part in this: most of those may be none that somebody may be told of.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, func, select

from bridge.domain.terms import distance, is_unspaced
from bridge.store.search_tables import search_terms
from bridge.store.session import Session
from bridge.store.statement import Prepared

LOOKED_AT = 300
_BEGUN, _INSIDE, _ONE_OFF, _TWO_OFF = 0.8, 0.6, 0.6, 0.4
_SHORTEST_BEGINNING, _SHORTEST_INSIDE, _SHORTEST_MISSPELT, _LONG = 3, 5, 4, 8
_READ = 20_000
_END = "\U0010ffff"

_t = search_terms.c.term
_begun = Prepared(
    select(_t).where(_t > bindparam("begin"), _t < bindparam("end")).order_by(func.length(_t), _t).limit(LOOKED_AT),
    "begin",
    "end",
)
_inside = Prepared(
    select(_t).where(_t.like(bindparam("inside"))).order_by(func.length(_t), _t).limit(LOOKED_AT),
    "inside",
)
_alike = Prepared(
    select(_t)
    .where(_t >= bindparam("begin"), _t < bindparam("end"))
    .where(func.length(_t) >= bindparam("least"), func.length(_t) <= bindparam("most"))
    .limit(_READ),
    "begin",
    "end",
    "least",
    "most",
)


def longer(session: Session, term: str, fresh: Collection[str]) -> dict[str, float]:
    """Terms that begin like this one, or have it inside, with how well they stand for it (0 to 1), the best first; at
    most `LOOKED_AT`.

    `fresh`: terms that no table has.
    """
    found: dict[str, float] = {}
    if len(term) >= (1 if is_unspaced(term) else _SHORTEST_BEGINNING):
        found = _begun_by(session, term, fresh)
    if len(term) >= _SHORTEST_INSIDE:
        found = _with_inside(session, term, fresh) | found
    return _best(found, term)


def _best(found: dict[str, float], term: str) -> dict[str, float]:
    found.pop(term, None)
    return dict(sorted(found.items(), key=lambda each: (-each[1], len(each[0]), each[0]))[:LOOKED_AT])


def _begun_by(session: Session, term: str, fresh: Iterable[str]) -> dict[str, float]:
    rows = [found for (found,) in _begun(session, term, term + _END)]
    return dict.fromkeys((*rows, *(each for each in fresh if each.startswith(term))), _BEGUN)


def _with_inside(session: Session, term: str, fresh: Iterable[str]) -> dict[str, float]:
    rows = [found for (found,) in _inside(session, f"%{term}%")] if term.isalnum() else []
    return dict.fromkeys((*rows, *(each for each in fresh if term in each)), _INSIDE)


def misspelt(session: Session, term: str, fresh: Iterable[str]) -> dict[str, float]:
    """Terms that are nearly this one; as `longer`.

    They begin with one of its first two letters: few people miss both, and so few terms need to be read.
    """
    if len(term) < _SHORTEST_MISSPELT or not term.isalpha() or is_unspaced(term):
        return {}
    most = 2 if len(term) >= _LONG else 1
    near: dict[str, float] = {}
    for letter in dict.fromkeys(term[:2]):
        read = _alike(session, letter, letter + _END, len(term) - most, len(term) + most)
        for other in (*(found for (found,) in read), *(each for each in fresh if each.startswith(letter))):
            steps = distance(term, other, most)
            if steps <= most:
                near[other] = _ONE_OFF if steps == 1 else _TWO_OFF
    return _best(near, term)
