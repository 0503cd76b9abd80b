"""A question in words: its card, its line in a list, and in full."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bridge.chat.events import CARD_KEY
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
from bridge.domain.questions import Answer, Discussion, Priority, Question, Standing, State

EXCERPT = 600


@dataclass(frozen=True, slots=True)
class Scene:
    """What rendering needs besides the question; `name` gives somebody's name in a room, `via` a server for links.

    `from_outside` says whether a question was asked by somebody whom a grant let in.
    """

    words: Words
    name: Callable[[str, str], str]
    via: str
    prefix: str
    now: int
    from_outside: Callable[[Question], bool] = lambda _: False

    def link(self, question: Question) -> str:
        return permalink(question.room_id, question.event_id, self.via)


def card(question: Question, discussion: Discussion, scene: Scene) -> Content:
    """The bot's one message in a question's thread."""
    head: list[Piece] = [Strong(f"Q{question.number}"), f" · {_state(question, scene)} · {_asked_by(question, scene)}"]
    if question.tags:
        head.append(" · " + _tags(question))
    lines = [Line(head), *(Line(x) for x in _answers_line(question, discussion, scene)), *_hint(question, scene)]
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


def _state(question: Question, scene: Scene) -> str:
    if question.forgotten:
        return scene.words.say("state-forgotten", {"state": scene.words.say(f"state-{question.state.value}")})
    assignee = scene.name(question.room_id, question.assignee) if question.assignee else ""
    if question.state is State.CLAIMED:
        return scene.words.say("state-claimed-by", {"person": assignee})
    if question.state is State.OPEN and assignee:
        return scene.words.say("state-open-for", {"person": assignee})
    if question.state is State.CLOSED and question.reason:
        return scene.words.say("state-closed-because", {"reason": _reason(question, scene)})
    return scene.words.say(f"state-{question.state.value}")


def _reason(question: Question, scene: Scene) -> str:
    return scene.words.say("reason-withdrawn") if question.withdrawn else clean_text(question.reason)


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


def listing(heading: str, questions: Sequence[Question], total: int, page: int, pages: int, scene: Scene) -> Content:
    """A page of a list; `heading` is a key of the catalogues that takes `count`."""
    lines = [line(Strong(scene.words.say(heading, {"count": total})))]
    lines += [item(*entry(question, scene)) for question in questions]
    if page < pages:
        lines.append(line(scene.words.say("list-more", {"page": page, "pages": pages, "next": page + 1})))
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
    ]


def full(question: Question, discussion: Discussion, scene: Scene, votes: Mapping[str, int] | None = None) -> Content:
    """One question with its text, its files and its answers; `votes` maps answers to 👍 less 👎."""
    when = scene.words.ago(scene.now - question.created_at)
    head: list[Piece] = [
        Link(f"Q{question.number}", scene.link(question)),
        f" · {_state(question, scene)} · {_asked_by(question, scene)} · {when}",
    ]
    if question.tags:
        head.append(" · " + _tags(question))
    if question.held:
        head.append(" · " + scene.words.say("held"))
    return notice([Line(head), *_words(question, scene), *_answers(discussion, votes or {}, scene)])


def _words(question: Question, scene: Scene) -> list[Line]:
    """What was asked, with its files; or where to read it."""
    if question.withdrawn:
        return [line(scene.words.say("show-forgotten"))] if question.forgotten else []
    if question.untold:
        return [line(scene.words.say("show-untold"))]
    lines = [line(Strong(excerpt(question.text.strip().partition("\n")[0])))]
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
