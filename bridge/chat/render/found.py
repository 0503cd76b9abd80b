"""What a search found, in words: each question as in a list, and where it was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bridge.chat.render.content import Content, Link, Piece
from bridge.chat.render.question import Extent, Scene, entry, listed
from bridge.chat.render.snippet import marked, snippet
from bridge.domain.questions import Discussion, Question


@dataclass(frozen=True, slots=True)
class Match:
    """A question that was found, and the terms that it was found by."""

    question: Question
    discussion: Discussion
    terms: frozenset[str]


def matches(found: Sequence[Match], extent: Extent, scene: Scene) -> Content:
    """A page of what a search found; what was sought is marked."""
    return listed("search-found", [_match(match, scene) for match in found], extent, scene)


def _match(match: Match, scene: Scene) -> list[Piece]:
    question, discussion = match.question, match.discussion
    accepted = discussion.accepted
    answers = sorted((a for a in discussion.answers if not a.withdrawn), key=lambda a: a.event_id not in accepted)
    said = snippet([question.body, *(answer.text for answer in answers)], match.terms)
    shown = [_titled(piece, match.terms) for piece in entry(question, scene)]
    return [*shown, "\n", *said] if said else shown


def _titled(piece: Piece, terms: frozenset[str]) -> Piece:
    return replace(piece, parts=tuple(marked(piece.text, terms))) if isinstance(piece, Link) else piece
