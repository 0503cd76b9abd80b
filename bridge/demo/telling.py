"""What is said in the rooms, told on a terminal: who and where, threads indented, cards as they change in place.

Nothing is said by colour alone: the same lines are right in a file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import ndiff

from rich.console import Console
from rich.text import Text

from bridge.chat.render.content import clean_name, clean_text
from bridge.workflow.ports import JsonObject

NAME_WIDTH = 10
_COLOURS = ("cyan", "yellow", "green", "blue")
_BOT = "bold magenta"
_PERMALINK = re.compile(r" ?\(https://matrix\.to/[^)\s]*\)")
_BULLET = re.compile(r"^- ", re.MULTILINE)
_ITEM = re.compile(r"[-+•] ")
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Message:
    """Something that was said, as later events may point at it. `thread` is the root's event id."""

    event_id: str
    sender: str
    text: str
    thread: str = ""


@dataclass(slots=True)
class Telling:
    """Tells events one by one. `names` maps user ids to names, `rooms` room ids to names; `bot` is a user id."""

    console: Console
    names: Mapping[str, str]
    rooms: Mapping[str, str]
    bot: str
    _said: dict[str, Message] = field(default_factory=dict)
    _room: str = ""
    _thread: str = ""

    def scene(self, number: int, title: str) -> None:
        """The heading of a part of the story."""
        self._room = self._thread = ""
        heading(self.console, f"{number} · {title}")

    def event(self, event: JsonObject) -> None:
        """Messages, edits and reactions; anything else is passed over."""
        content, relation = event["content"], _relation(event)
        target = self._said.get(str(relation.get("event_id", "")))
        if event["type"] == "m.reaction" and target:
            self._reaction(event, target, str(relation.get("key", "")))
        elif event["type"] == "m.room.message" and relation.get("rel_type") == "m.replace":
            if target and isinstance(content.get("m.new_content"), dict):
                self._edit(event, target, _text(content["m.new_content"]))
        elif event["type"] == "m.room.message" and content.get("body"):
            self._message(event, relation)

    def _message(self, event: JsonObject, relation: JsonObject) -> None:
        thread = str(relation.get("event_id", "")) if relation.get("rel_type") == "m.thread" else ""
        message = Message(event["event_id"], event["sender"], _text(event["content"]), thread)
        self._said[message.event_id] = message
        words = Text.assemble(self._replied_to(relation), self._words(message.sender, message.text))
        self._tell(event["room_id"], message, self._name(message.sender), words)

    def _replied_to(self, relation: JsonObject) -> Text:
        """Whom a rich reply answers; a reply that only falls back for clients without threads answers nobody."""
        reply = relation.get("m.in_reply_to")
        target = self._said.get(str(reply.get("event_id", ""))) if isinstance(reply, dict) else None
        shown = target is not None and relation.get("is_falling_back") is not True and target.sender != self.bot
        return Text(f"↳ {self._plain_name(target.sender)} · ", "dim") if target and shown else Text()

    def _reaction(self, event: JsonObject, target: Message, key: str) -> None:
        whose = self._plain_name(target.sender)
        words = Text(f"reacts {clean_text(key)} to {whose}: “{_start(target.text)}”", "italic")
        self._tell(event["room_id"], target, self._name(event["sender"]), words)

    def _edit(self, event: JsonObject, target: Message, now: str) -> None:
        before = target.text
        self._said[target.event_id] = Message(target.event_id, target.sender, now, target.thread)
        if event["sender"] == self.bot:
            self._card_changes(event["room_id"], target, before, now)
        else:
            words = Text.assemble(("edits: ", "italic"), self._words(target.sender, now))
            self._tell(event["room_id"], target, self._name(event["sender"]), words)

    def _card_changes(self, room: str, card: Message, before: str, now: str) -> None:
        self._tell(room, card, self._name(self.bot), Text("edits its card:", "italic"))
        for mark, line in _changes(before, now):
            style = "dim" if mark == "-" else ""
            words = Text.assemble((f"{mark} ", "bold"), self._words(self.bot, line))
            words.stylize(style)
            self._lines(Text(" " * NAME_WIDTH), words, bool(card.thread))

    def _words(self, sender: str, text: str) -> Text:
        words = Text(text)
        words.highlight_regex(r"\bQ\d+\b|(?<!\S)![a-z]+", "bold")
        words.highlight_regex(r"(?<!\S)#\w+", "cyan")
        if sender == self.bot:
            words.highlight_regex(r"(?<= · )(?:open|claimed by [^·]*\w|closed)(?= · |$)", "yellow")
            words.highlight_regex(r"(?<= · )answered(?= · |$)", "green")
        return words

    def _plain_name(self, user_id: str) -> str:
        return clean_name(self.names.get(user_id, ""), clean_text(user_id))

    def _name(self, user_id: str) -> Text:
        people = [person for person in self.names if person != self.bot]
        colour = _COLOURS[people.index(user_id) % len(_COLOURS)] if user_id in people else ""
        return Text(self._plain_name(user_id).ljust(NAME_WIDTH), _BOT if user_id == self.bot else f"bold {colour}")

    def _tell(self, room: str, place: Message, name: Text, words: Text) -> None:
        """Words in a room, in the thread of `place` or beside it; says where they are when that changes."""
        if room != self._room:
            self._room, self._thread = room, ""
            self.console.print()
            self.console.print(Text(f"  {self.rooms.get(room, room)}", "bold underline"))
        if place.thread and place.thread != self._thread:
            root = self._said.get(place.thread)
            about = f" “{_start(root.text)}”" if root else ""
            self._print(Text(f"    ┌ in the thread{about}", "dim"))
        self._thread = place.thread or place.event_id
        self._lines(name, words, bool(place.thread))

    def _lines(self, name: Text, words: Text, in_thread: bool) -> None:
        """Words beside a name, wrapped to the terminal."""
        margin = Text("    │ ", "dim") if in_thread else Text("  ")
        width = max(20, self.console.width - margin.cell_len - NAME_WIDTH)
        for line in self._wrapped(words, width):
            gap = "" if name.plain.endswith(" ") else " "
            self._print(Text.assemble(margin, name, gap, line))
            name = Text(" " * NAME_WIDTH)

    def _wrapped(self, words: Text, width: int) -> Iterator[Text]:
        """The lines of a text; those of a list keep clear of their mark."""
        for part in words.split("\n"):
            hang = " " * 2 if _ITEM.match(part.plain) else ""
            first, *others = part.wrap(self.console, width - len(hang)) or [Text()]
            yield first
            yield from (Text.assemble(hang, line) for line in others)

    def _print(self, line: Text) -> None:
        line.rstrip()
        self.console.print(line, soft_wrap=True, highlight=False)


def heading(console: Console, title: str) -> None:
    """A rule across the terminal with a title in it."""
    console.print()
    line = Text(f"━━ {title} ")
    line.append("━" * max(0, console.width - line.cell_len))
    console.print(line, style="bold", soft_wrap=True, highlight=False)


def _relation(event: JsonObject) -> JsonObject:
    relation = event["content"].get("m.relates_to")
    return relation if isinstance(relation, dict) else {}


def _text(content: JsonObject) -> str:
    """A message's text; links to messages are only hinted at, and nothing in it can steer the terminal."""
    body = _PERMALINK.sub(" ↗", str(content.get("body", "")))
    if content.get("msgtype") == "m.image":
        body = f"[a picture] {body}"
    return _BULLET.sub("• ", clean_text(body))


def _start(text: str) -> str:
    first = text.split("\n", 1)[0]
    return first if len(first) <= _QUOTED else first[: _QUOTED - 1].rstrip() + "…"


def _changes(before: str, now: str) -> Iterator[tuple[str, str]]:
    """The lines that went (`-`) and came (`+`)."""
    for line in ndiff(before.split("\n"), now.split("\n")):
        if line[0] in "-+":
            yield line[0], line[2:]
