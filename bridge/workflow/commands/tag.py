"""!tag: what a question is about."""

from dataclasses import dataclass

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.grammar import Problem
from bridge.chat.intents import Intent, Ref
from bridge.chat.profile_words import tag as read_tag
from bridge.domain import lifecycle
from bridge.domain.queue_facts import QuestionTagged
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.desk import Desk, Outcome, quotable
from bridge.workflow.telling import about


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Intent):
    """Tags to add and to take away, in lower case."""

    ref: Ref
    add: tuple[str, ...]
    remove: tuple[str, ...]


def build(invocation: Invocation) -> Tag | Problem:
    words = invocation.rest.replace(",", " ").split()
    add: list[str] = []
    remove: list[str] = []
    for word in words:
        found = read_tag(word.lstrip("+-−–"))
        if found is None:
            return Problem("usage-tag", {"word": word[:64]})
        (remove if word[0] in "-−–" else add).append(found)
    if not words:
        return Problem("usage", {})
    return Tag(origin=invocation.said.origin, ref=invocation.ref, add=tuple(add), remove=tuple(remove))


def tag(intent: Tag, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    here = desk.origin.room_id
    if desk.tx.rooms.keeps_no_text(question.room_id) or not quotable(desk.tx, here, question.room_id):
        return Refused("words-stay", {"number": question.number})
    tagged = lifecycle.tag(question, intent.add, intent.remove)
    if isinstance(tagged, Refused):
        return tagged
    desk.tx.questions.save(tagged)
    before, after = set(question.tags), set(tagged.tags)
    fact = about(QuestionTagged, tagged, desk, added=len(after - before), removed=len(before - after))
    return desk.done(tagged, fact)


COMMAND = Command(
    name="tag",
    group=Group.WORK,
    arguments=(Argument.QUESTION, Argument.TAGS),
    examples=("tag vpn", "tag 42 +vpn -lan"),
    build=build,
    intent=Tag,
    handle=tag,
    users=Users.HELPERS,
)
