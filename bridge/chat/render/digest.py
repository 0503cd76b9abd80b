"""A summary in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bridge.chat.render.content import Content, Strong, item, line, notice
from bridge.chat.render.question import Scene, entry
from bridge.domain.questions import Question


@dataclass(frozen=True, slots=True)
class Section:
    """`heading` is a key of the catalogues that takes `count`: how many there are, of which `questions` are some."""

    heading: str
    count: int
    questions: Sequence[Question]


def digest(sections: Sequence[Section], span: int, scene: Scene) -> Content:
    """Of so much time, in milliseconds."""
    lines = [line(scene.words.say("digest-title", {"age": scene.words.age(span)}))]
    for section in sections:
        lines.append(line(Strong(scene.words.say(section.heading, {"count": section.count}))))
        lines += [item(*entry(question, scene)) for question in section.questions]
    if any(section.count > len(section.questions) for section in sections):
        lines.append(line(scene.words.say("digest-more", {"prefix": scene.prefix})))
    return notice(lines)
