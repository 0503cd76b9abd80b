"""A question in words: its card, its line in a list, and in full."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bridge.chat.events import CARD_KEY, TRIAGE_KEY
from bridge.chat.render.content import (
    Content,
    Line,
    Link,
    Piece,
    Strong,
    clean_text,
    in_thread,
    item,
    line,
    notice,
    permalink,
)
from bridge.chat.words import Words
from bridge.domain.questions import NO_ANSWER, Answer, Discussion, Priority, Question, Standing, State

EXCERPT = 600
_MARKS = ("1️⃣", "2️⃣", "3️⃣")
"""Of suggestions, by their places; `chat.understand` knows the reactions."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What rendering needs besides the question; `name` gives somebody's name in a room, `via` a server for links.

    `from_outside` says whether a question was asked by somebody whom a grant let in, `times` how often it was asked,
    `original` what it is a duplicate of; both as far as it may be told.
    """

    words: Words
    name: Callable[[str, str], str]
    via: str
    prefix: str
    now: int
    from_outside: Callable[[Question], bool] = lambda _: False
    times: Callable[[Question], int] = lambda _: 1
    original: Callable[[Question], Question | None] = lambda _: None

    def link(self, question: Question) -> str:
        return permalink(question.room_id, question.event_id, self.via)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answered question like the one that was asked. `place`, from 0 on, is by what it is taken."""

    place: int
    question: Question
    answer: Answer | None


def card(question: Question, discussion: Discussion, scene: Scene, suggestions: Sequence[Suggestion] = ()) -> Content:
    """The bot's one message in a question's thread."""
    head: list[Piece] = [Strong(f"Q{question.number}"), f" · {_state(question, scene)} · {_asked_by(question, scene)}"]
    if question.tags:
        head.append(" · " + _tags(question))
    head += [*_times(question, scene), *_urgency(question, scene)]
    lines = [Line(head), *(Line(x) for x in _answers_line(question, discussion, scene)), *_original(question, scene)]
    lines += [*_suggested(question, suggestions, scene), *_hint(question, scene)]
    content = notice(lines, question.directed_to if question.unanswered else ())
    content[CARD_KEY] = {
        "question": question.number,
        "state": question.state.value,
        "space": question.space,
        "assignee": question.assignee,
        "accepted": list(discussion.accepted),
        "tags": list(question.tags),
    }
    return in_thread(content, question.thread_root, question.event_id)


def triage_card(question: Question, discussion: Discussion, room: str, scene: Scene) -> Content:
    """The bot's one message about a question in a triage room; `room` is the name of the one where it was asked."""
    head: list[Piece] = [Strong(f"Q{question.number}"), f" · {_state(question, scene)} · {_asked_by(question, scene)}"]
    head.append(" · " + scene.words.say("triage-in", {"room": room}))
    if question.tags:
        head.append(" · " + _tags(question))
    lines = [Line([*head, *_urgency(question, scene)]), Line([linked(question, scene)])]
    if question.body and not question.withdrawn:
        lines.append(line(excerpt(question.body, EXCERPT // 2)))
    lines += [Line(x) for x in _answers_line(question, discussion, scene)]
    if question.unanswered:
        lines.append(line(scene.words.say("triage-hint", {"prefix": scene.prefix})))
    content = notice(lines)
    content[TRIAGE_KEY] = {
        "question": question.number,
        "state": question.state.value,
        "space": question.space,
        "assignee": question.assignee,
        "priority": question.priority.value,
    }
    return content


def _urgency(question: Question, scene: Scene) -> list[Piece]:
    """What makes it go before others, or after them."""
    found = []
    if question.priority is not Priority.NORMAL:
        found.append(scene.words.say(f"priority-{question.priority.value}"))
    if question.escalated and question.unanswered:
        found.append(scene.words.say("escalated"))
    return [f" · {word}" for word in found]


def _state(question: Question, scene: Scene) -> str:
    if question.forgotten:
        return scene.words.say("state-forgotten", {"state": scene.words.say(f"state-{question.state.value}")})
    assignee = scene.name(question.room_id, question.assignee) if question.assignee else ""
    if question.state is State.CLAIMED:
        return scene.words.say("state-claimed-by", {"person": assignee})
    if question.state is State.OPEN and assignee:
        return scene.words.say("state-open-for", {"person": assignee})
    if question.state is State.CLOSED and question.duplicate_of and not question.withdrawn:
        return _duplicate(question, scene)
    if question.state is State.CLOSED and question.reason:
        return scene.words.say("state-closed-because", {"reason": _reason(question, scene)})
    return scene.words.say(f"state-{question.state.value}")


def _duplicate(question: Question, scene: Scene) -> str:
    original = scene.original(question)
    if original is None:
        return scene.words.say("state-duplicate")
    return scene.words.say("state-duplicate-of", {"number": original.number})


def _times(question: Question, scene: Scene) -> list[Piece]:
    times = scene.times(question)
    return [" · " + scene.words.say("asked-times", {"count": times})] if times > 1 else []


def _original(question: Question, scene: Scene) -> list[Line]:
    original = scene.original(question) if question.state is State.CLOSED else None
    return [line(Strong(f"Q{original.number}"), " ", linked(original, scene))] if original else []


def _suggested(question: Question, suggestions: Sequence[Suggestion], scene: Scene) -> list[Line]:
    """Where each leads to its answer; how one is taken stands below them."""
    if not suggestions:
        return []
    marks = " ".join(_MARKS[suggestion.place] for suggestion in suggestions)
    key = "card-take-first" if question.first_response_at is None else "card-take"
    lines = [line(scene.words.say("card-suggestions"))]
    lines += [line(*_suggestion(suggestion, scene)) for suggestion in suggestions]
    return [*lines, line(scene.words.say(key, {"marks": marks, "count": len(suggestions)}))]


def _suggestion(suggestion: Suggestion, scene: Scene) -> list[Piece]:
    question, answer = suggestion.question, suggestion.answer
    url = permalink(answer.room_id, answer.event_id, scene.via) if answer else scene.link(question)
    number = Strong(f"Q{question.number}")
    return [f"{_MARKS[suggestion.place]} ", number, " ", Link(linked(question, scene).text, url)]


def _reason(question: Question, scene: Scene) -> str:
    if question.withdrawn:
        return scene.words.say("reason-withdrawn")
    return scene.words.say("reason-no-answer") if question.reason == NO_ANSWER else clean_text(question.reason)


def _asked_by(question: Question, scene: Scene) -> str:
    person = scene.name(question.room_id, question.asker)
    if scene.from_outside(question):
        return scene.words.say("asked-by-external", {"person": person, "space": question.space})
    return scene.words.say("asked-by", {"person": person})


def _tags(question: Question) -> str:
    return " ".join(f"#{tag}" for tag in question.tags)


def _hint(question: Question, scene: Scene) -> list[Line]:
    if not question.unanswered:
        return []
    return [line(scene.words.say("card-hint", {"prefix": scene.prefix}))]


def _answers_line(question: Question, discussion: Discussion, scene: Scene) -> list[list[Piece]]:
    """Links to the accepted answers, or to the proposed ones while nothing is accepted."""
    if question.state is State.CLOSED:
        return []
    accepted = discussion.accepted
    chosen = accepted or [
        a.event_id for a in discussion.answers if discussion.standing(a.event_id) is Standing.PROPOSED
    ]
    key = "card-accepted" if accepted else "card-proposed"
    found = [a for a in (discussion.answer(event_id) for event_id in chosen) if a]
    return [[_answer_link(answer, scene, key)] for answer in found[:3]]


def _answer_link(answer: Answer, scene: Scene, key: str) -> Piece:
    text = scene.words.say(key, {"person": scene.name(answer.room_id, answer.author)})
    return Link(text, permalink(answer.room_id, answer.event_id, scene.via))


@dataclass(frozen=True, slots=True)
class Extent:
    """Which page of how many is shown, out of how many questions (`more`: of more than that)."""

    total: int
    page: int
    pages: int
    more: bool = False


def listing(heading: str, questions: Sequence[Question], extent: Extent, scene: Scene) -> Content:
    """A page of a list; `heading` is a key of the catalogues that takes `count`, as does the same with `-many`."""
    return listed(heading, [entry(question, scene) for question in questions], extent, scene)


def listed(heading: str, entries: Sequence[Sequence[Piece]], extent: Extent, scene: Scene) -> Content:
    """As `listing`, of what stands there for each question."""
    key = f"{heading}-many" if extent.more else heading
    lines = [line(Strong(scene.words.say(key, {"count": extent.total})))]
    lines += [item(*pieces) for pieces in entries]
    if extent.page < extent.pages:
        where = {"page": extent.page, "pages": extent.pages, "next": extent.page + 1}
        lines.append(line(scene.words.say("list-more", where)))
    return notice(lines)


def linked(question: Question, scene: Scene) -> Link:
    """Its title as a link to it; where there is none, a word on why."""
    if question.withdrawn:
        return Link(f"Q{question.number}", scene.link(question))
    title = scene.words.say("untold") if question.untold else clean_text(question.title)
    return Link(title, scene.link(question))


def entry(question: Question, scene: Scene) -> list[Piece]:
    parts = [scene.words.age(scene.now - question.created_at)]
    if question.state is not State.OPEN or question.assignee:
        parts.append(_state(question, scene))
    if question.priority is not Priority.NORMAL:
        parts.append(scene.words.say(f"priority-{question.priority.value}"))
    if question.tags:
        parts.append(_tags(question))
    return [
        Strong(f"Q{question.number}"),
        " ",
        linked(question, scene),
        " · " + " · ".join(parts),
        *_times(question, scene),
    ]


def full(
    question: Question,
    discussion: Discussion,
    scene: Scene,
    votes: Mapping[str, int] | None = None,
    notes: Sequence[Line] = (),
) -> Content:
    """One question with its text, its files and its answers; `votes` maps answers to 👍 less 👎."""
    when = scene.words.ago(scene.now - question.created_at)
    head: list[Piece] = [
        Link(f"Q{question.number}", scene.link(question)),
        f" · {_state(question, scene)} · {_asked_by(question, scene)} · {when}",
    ]
    if question.tags:
        head.append(" · " + _tags(question))
    head += [*_times(question, scene), *_urgency(question, scene)]
    if question.held:
        head.append(" · " + scene.words.say("held"))
    return notice([Line(head), *_words(question, scene), *_answers(discussion, votes or {}, scene), *notes])


def _words(question: Question, scene: Scene) -> list[Line]:
    """What was asked, with its files; or where to read it."""
    if question.withdrawn:
        return [line(scene.words.say("show-forgotten"))] if question.forgotten else []
    if question.untold:
        return [line(scene.words.say("show-untold"))]
    lines = [line(Strong(excerpt(question.first_line)))]
    if question.body:
        lines.append(line(excerpt(question.body, 2 * EXCERPT)))
    return lines + [item(clean_text(file.name)) for file in question.attachments]


def _answers(discussion: Discussion, votes: Mapping[str, int], scene: Scene) -> list[Line]:
    best = discussion.ranked(votes)
    lines = [line(scene.words.say("show-answers", {"count": len(best)}))]
    return lines + [item(*_answer(a, discussion, votes.get(a.event_id, 0), scene)) for a in best[:5]]


def _answer(answer: Answer, discussion: Discussion, votes: int, scene: Scene) -> list[Piece]:
    standing = discussion.standing(answer.event_id)
    author = Link(scene.name(answer.room_id, answer.author), permalink(answer.room_id, answer.event_id, scene.via))
    marks = [] if standing is Standing.GIVEN else [scene.words.say(f"standing-{standing.value}")]
    marks += [scene.words.say("votes", {"score": f"{votes:+d}"})] if votes else []
    mark = f" ({', '.join(marks)})" if marks else ""
    return [author, mark if answer.untold else f"{mark} – {excerpt(answer.text)}"]


def excerpt(text: str, length: int = EXCERPT) -> str:
    text = clean_text(text)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
