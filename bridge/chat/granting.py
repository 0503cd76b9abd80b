"""The words behind `!invite`, `!extend` and `!revoke`: who, where, until when, and last of all why.

Keywords of all languages are understood at any time. What is not understood is a Problem, never left out: a mistyped
"untl" must not give somebody access without end.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial

from bridge.chat import grammar
from bridge.chat.dates import folded, parse_term
from bridge.chat.grammar import Problem, Speaker
from bridge.domain.until import Term

_Phrases = Mapping[tuple[str, ...], str]
"""Keywords as they are compared, word by word, and as they are written."""


def _phrases(*written: str) -> _Phrases:
    """Longest first, so that "bis zum" is taken whole."""
    split = {tuple(folded(word) for word in phrase.split()): phrase for phrase in written}
    return dict(sorted(split.items(), key=lambda pair: -len(pair[0])))


_END = _phrases(
    *("for", "until", "till", "til", "'til", "up to", "through"),
    *("pour", "pendant", "durant", "jusqu'au", "jusqu'à", "jusqu'en", "jusque"),
    *("voor", "tot", "t/m", "tot en met", "gedurende"),
    *("на", "до", "по", "в течение"),
    *("für", "fuer", "bis", "bis zum", "bis zur", "bis einschließlich"),
)
_BECAUSE = _phrases(
    *("because", "because of", "parce que", "parce qu'", "car", "omdat", "want", "wegens", "vanwege"),
    *("потому что", "так как", "из-за", "weil", "wegen", "da", "denn"),
)
_HERE = _phrases("here", "ici", "hier", "здесь", "тут")
_EVERYWHERE = _phrases("everywhere", "partout", "overal", "везде", "überall")
_LONGEST_TERM = 8
"""Words in it; "am 31. Dezember 2026" has four."""
_PUNCTUATION = ",;:."
_USER_ID = re.compile(
    r"(?P<local>@[!-)+-9;->@-~]+):(?P<server>(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(?::[0-9]{1,5})?)"
)
_LONGEST_ID = 255


@dataclass(frozen=True, slots=True)
class InviteWords:
    """`here` asks for the room alone. Without `space` nothing was said of one, without `term` no end was given."""

    person: str
    here: bool
    space: str | None
    term: Term | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExtendWords:
    person: str
    space: str | None
    term: Term | None
    reason: str


@dataclass(frozen=True, slots=True)
class RevokeWords:
    person: str
    everywhere: bool
    space: str | None
    reason: str


def read_invite(rest: str, speaker: Speaker, language: str) -> InviteWords | Problem:
    """`@ann:acme.com [here] [space:acme] [for 30d | until 2026-12-31] [because …]`."""
    read = _read(rest, speaker, (_here, _space, partial(_term, language=language)), {**_END, **_HERE})
    if isinstance(read, Problem):
        return read
    return InviteWords(read.person, read.here, read.space, read.term, read.reason)


def read_extend(rest: str, speaker: Speaker, language: str) -> ExtendWords | Problem:
    """`@ann:acme.com [space:acme] [for 30d | until 2026-12-31] [because …]`."""
    read = _read(rest, speaker, (_space, partial(_term, language=language)), _END)
    if isinstance(read, Problem):
        return read
    return ExtendWords(read.person, read.space, read.term, read.reason)


def read_revoke(rest: str, speaker: Speaker) -> RevokeWords | Problem:
    """`@ann:acme.com [everywhere] [space:acme] [because …]`."""
    read = _read(rest, speaker, (_everywhere, _space), _EVERYWHERE)
    if isinstance(read, Problem):
        return read
    return RevokeWords(read.person, read.everywhere, read.space, read.reason)


def read_person(rest: str, speaker: Speaker) -> str | Problem:
    """`@ann:acme.com`, or the name of a pill."""
    read = _read(rest, speaker, (), {})
    return read if isinstance(read, Problem) else read.person


def read_end(rest: str, speaker: Speaker, language: str) -> Term | Problem:
    """`[for] 30d`, `[until] friday`: a term that stands alone."""
    text = _text(rest, speaker)
    keyword = _phrase(text, 0, _END)
    if len(text.words) <= keyword:
        return Problem("usage-date", {"word": rest.strip()[:64]})
    return parse_term(text.written[text.words[keyword].start :].rstrip(_PUNCTUATION), language)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written and as it is compared; `person` where it is the name of a pill."""

    written: str
    plain: str
    start: int
    end: int
    person: str | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    written: str
    words: tuple[_Word, ...]

    def between(self, at: int, behind: int) -> str:
        return self.written[self.words[at].start : self.words[behind - 1].end]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read so far."""

    person: str = ""
    here: bool = False
    everywhere: bool = False
    space: str | None = None
    term: Term | None = None
    reason: str = ""


_Step = tuple[_Found, int]
"""What is known now, and the next word to read."""
_Reader = Callable[[_Text, int, _Found], _Step | Problem | None]
"""Takes the words from a place on, or leaves them to another (None)."""


def _read(rest: str, speaker: Speaker, readers: tuple[_Reader, ...], keywords: _Phrases) -> _Found | Problem:
    text, found, at = _text(rest, speaker), _Found(), 0
    everyone: tuple[_Reader, ...] = (_reason, partial(_person, speaker=speaker), *readers)
    while at < len(text.words):
        step = next((taken for reader in everyone if (taken := reader(text, at, found))), None)
        if step is None:
            return _not_understood(text, at, {**keywords, **_BECAUSE})
        if isinstance(step, Problem):
            return step
        found, at = step
    return found if found.person else Problem("usage", {})


def _text(rest: str, speaker: Speaker) -> _Text:
    """Names of pills are one word, whatever they contain: "Hanna Weil" gives no reason."""
    people = {name.lstrip("@"): user_id for name, user_id in speaker.names.items() if name.strip("@")}
    names = "|".join(re.escape(name) for name in sorted(people, key=len, reverse=True)) or "(?!)"
    marks = f"[{_PUNCTUATION}]*"
    words = [
        _Word(m[0], folded(m[0]).rstrip(_PUNCTUATION), m.start(), m.end(), people.get(m[1] or ""))
        for m in re.finditer(rf"@?({names}){marks}(?!\S)|\S+", rest)
    ]
    return _Text(rest, tuple(words))


def _phrase(text: _Text, at: int, phrases: _Phrases) -> int:
    """How many words from here on are one of the phrases; 0 where none is."""
    plain = tuple("" if word.person else word.plain for word in text.words[at : at + 3])
    return next((len(phrase) for phrase in phrases if plain[: len(phrase)] == phrase), 0)


def _reason(text: _Text, at: int, found: _Found) -> _Step | None:
    if taken := _phrase(text, at, _BECAUSE):
        behind = text.words[at + taken - 1].end
    elif elided := re.match(r"parce\s+qu['’‘‛](?=\S)", text.written[text.words[at].start :], re.IGNORECASE):
        behind = text.words[at].start + elided.end()
    else:
        return None
    return replace(found, reason=text.written[behind:].strip()), len(text.words)


def _person(text: _Text, at: int, found: _Found, speaker: Speaker) -> _Step | Problem | None:
    word = text.words[at]
    if found.person or not _is_person(word):
        return None
    named = word.person or grammar.person(word.written.rstrip(_PUNCTUATION), replace(speaker, names={}))
    user_id = _user_id(named or "")
    return (replace(found, person=user_id), at + 1) if user_id else _nobody(word)


def _is_person(word: _Word) -> bool:
    return bool(word.person) or word.written.startswith("@")


def _user_id(written: str) -> str | None:
    """A valid user id with its server in small letters, as servers are compared."""
    match = _USER_ID.fullmatch(written)
    return f"{match['local']}:{match['server'].lower()}" if match and len(written) <= _LONGEST_ID else None


def _here(text: _Text, at: int, found: _Found) -> _Step | None:
    taken = _phrase(text, at, _HERE)
    return (replace(found, here=True), at + taken) if taken and not found.here else None


def _everywhere(text: _Text, at: int, found: _Found) -> _Step | None:
    taken = _phrase(text, at, _EVERYWHERE)
    return (replace(found, everywhere=True), at + taken) if taken and not found.everywhere else None


def _space(text: _Text, at: int, found: _Found) -> _Step | None:
    key, _, name = text.words[at].written.rstrip(_PUNCTUATION).lower().partition(":")
    if found.space is not None or key != "space" or not name:
        return None
    return replace(found, space=name), at + 1


def _term(text: _Text, at: int, found: _Found, language: str) -> _Step | Problem | None:
    """The longest words that are a term, behind "for" or "until"; a number may stand without either."""
    keyword = _phrase(text, at, _END)
    if found.term is not None or not (keyword or text.words[at].plain[:1].isdecimal()):
        return None
    start, problem = at + keyword, None
    end = _end_of_term(text, start)
    for behind in range(end, start, -1):
        term = parse_term(text.between(start, behind).rstrip(",;:"), language)
        if not isinstance(term, Problem):
            return replace(found, term=term), behind
        problem = term if problem is None or term.key != "usage-date" else problem
    return problem or Problem("usage-date", {"word": text.words[at].written[:64]})


def _end_of_term(text: _Text, start: int) -> int:
    """Where the next part of the command begins."""
    limit = min(len(text.words), start + _LONGEST_TERM)
    return next((at for at in range(start, limit) if _begins_a_part(text, at)), limit)


def _begins_a_part(text: _Text, at: int) -> bool:
    word = text.words[at]
    keyword = any(_phrase(text, at, phrases) for phrases in (_END, _BECAUSE, _HERE, _EVERYWHERE))
    return keyword or _is_person(word) or word.plain.startswith(("space:", "parce"))


def _not_understood(text: _Text, at: int, keywords: _Phrases) -> Problem:
    word = text.words[at]
    if not any(map(_is_person, text.words)):
        return _nobody(word)
    hints = {" ".join(plain): written for plain, written in keywords.items()}
    close = get_close_matches(word.plain[:64], hints, n=1, cutoff=0.75) if len(word.plain) > 2 else []
    near = [keyword for keyword in close if keyword != word.plain]
    return Problem("usage-granting-word", {"word": word.written[:64], "hint": hints[near[0]] if near else "none"})


def _nobody(word: _Word) -> Problem:
    return Problem("usage-person", {"word": word.written[:64]})
