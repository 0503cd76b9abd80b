"""A command, declared once: from it come parsing, usage, help, permission and the reference page."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from bridge.chat import grammar
from bridge.chat.events import Said
from bridge.chat.grammar import Problem, Speaker
from bridge.chat.intents import Intent, Misunderstood, Ref
from bridge.chat.text import pills, without_mention


class Group(StrEnum):
    """Sections of the help, in this order."""

    ASK = "ask"
    ANSWER = "answer"
    WORK = "work"
    FIND = "find"
    ACCESS = "access"
    SELF = "self"


class Users(StrEnum):
    """Who may use a command. Helpers are people of ours, and in community and public spaces everybody."""

    EVERYONE = "everyone"
    HELPERS = "helpers"
    STAFF = "staff"


class Argument(StrEnum):
    """What a command takes; the value is its place in the usage line."""

    QUESTION = "[42]"
    TEXT = "[text…]"
    NEEDED_TEXT = "text…"
    ORIGINAL = "of 17"
    FILTERS = "[filters…]"
    COMMAND = "[command]"
    TIME = "[30d]"
    CONFIRM = "[confirm]"
    AUDITED = "[acme|accept 12]"
    LANGUAGE = "[en|fr|nl|ru|de|default]"
    PERSON = "@ann:acme.com"
    ASSIGNEE = "@bob|me"
    TAGS = "+vpn -lan"
    PRIORITY = "low|normal|high|urgent"
    HERE = "[here]"
    EVERYWHERE = "[everywhere]"
    SPACE = "[space:acme]"
    TERM = "[for 30d]"
    BECAUSE = "[because …]"
    ACCEPT = "[accept]"
    HELD = "[off]"
    MYSELF = "me [confirm]"
    DIGEST = "[daily 09:00|weekly mon 09:00|off]"
    NOTIFY = "[off|mentions|all]"
    PROFILE = "[@ann:acme.com|languages fr, en|hours 09:00-17:00|region …|zone …|quiet …]"
    TAG = "vpn"
    DECLARED = "[+vpn -lan]"
    ABSENCE = "[until friday|for 2d|off]"
    DECISION = "[approve 7|refuse 7]"


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command as it was written: `rest` is the text behind its name, `number` the question it names, if it does."""

    said: Said
    name: str
    rest: str
    number: int | None
    speaker: Speaker

    @property
    def ref(self) -> Ref:
        origin = self.said.origin
        return Ref(self.number) if self.number else Ref(None, origin.reply_to, origin.thread_root)


Build = Callable[[Invocation], Intent | Problem]


@dataclass(frozen=True, slots=True)
class Command:
    """`summary` and `details` are the Fluent messages `help-<name>` and `help-<name>.details`.

    `handle` carries out the intent that `build` makes; the workflow gives it its desk. What is said to a `confidential`
    command goes to the writer's direct chat where others than people of ours read along.
    """

    name: str
    group: Group
    build: Build
    intent: type[Intent]
    handle: Callable[[Any, Any], Any]
    arguments: tuple[Argument, ...] = ()
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    in_private: bool = True
    users: Users = Users.EVERYONE
    confidential: bool = False

    def usage(self, prefix: str) -> str:
        return " ".join([f"{prefix}{self.name}", *self.arguments])


@dataclass(frozen=True, slots=True)
class Commands:
    """All commands, by name and alias."""

    declared: tuple[Command, ...]
    by_name: Mapping[str, Command] = field(init=False)

    def __post_init__(self) -> None:
        names = {name: c for c in self.declared for name in (c.name, *c.aliases)}
        if len(names) != sum(1 + len(c.aliases) for c in self.declared):
            raise ValueError("two commands share a name")
        object.__setattr__(self, "by_name", names)

    def nearest(self, word: str, among: Collection[str] | None = None) -> str | None:
        """The command whose name or alias is most like a word; `among`: names of commands that come into question."""
        names = [n for n, command in self.by_name.items() if among is None or command.name in among]
        found = get_close_matches(word, names, n=1, cutoff=0.7)
        return self.by_name[found[0]].name if found else None


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading a message depends on: who the bot is, what starts a command, which commands there are."""

    me: str
    prefix: str
    commands: Commands
    names: tuple[str, ...] = ()

    @property
    def server(self) -> str:
        return self.me.partition(":")[2]


def invoked(said: Said, setting: Setting) -> Invocation | None:
    """The command in a message; None where it does not start like one."""
    body = _called(said, setting) or said.body.lstrip()
    if setting.prefix == "!" and body.startswith("！"):
        body = "!" + body[1:]
    if not body.startswith(setting.prefix):
        return None
    head, rest = _head(body[len(setting.prefix) :])
    if not head or not head[0].isalpha():
        return None
    names = {shown.strip(): who for who, shown in pills(said.html).items() if shown.strip()}
    speaker = Speaker(said.origin.sender, setting.server, names)
    command = setting.commands.by_name.get(head)
    found, rest = _number(rest, command.arguments) if command else (None, rest)
    return Invocation(said, head, rest, found, speaker)


def _called(said: Said, setting: Setting) -> str | None:
    """A command that somebody writes behind our name, as in "@qa !unanswered" or "@qa help"."""
    if setting.prefix not in said.body and "help" not in said.body.lower():
        return None
    names = (setting.me, pills(said.html).get(setting.me, ""), *setting.names)
    words = without_mention(said.body, names)
    if words == said.body.strip():
        return None
    if words.lower().rstrip("?!.") == "help":
        return f"{setting.prefix}help"
    head = _head(words.removeprefix(setting.prefix))[0] if words.startswith(setting.prefix) else ""
    ours = head in setting.commands.by_name or setting.commands.nearest(head) is not None
    return words if head and ours else None


def _head(text: str) -> tuple[str, str]:
    """The first word in lower case, and what stands behind it with its line breaks."""
    parts = text.split(maxsplit=1)
    if not parts or text[0].isspace():
        return "", ""
    return parts[0].lower().rstrip(":,.;!?"), parts[1].strip() if len(parts) > 1 else ""


def _number(rest: str, arguments: Iterable[Argument]) -> tuple[int | None, str]:
    """The question's number: the first word; where no text may follow, any word."""
    if Argument.QUESTION not in arguments or not rest:
        return None, rest
    if {Argument.TEXT, Argument.NEEDED_TEXT, Argument.ORIGINAL} & set(arguments):
        first, *behind = rest.split(maxsplit=1)
        found = grammar.number(first)
        return (found, "".join(behind)) if found else (None, rest)
    split = rest.split()
    found = next((n for n in map(grammar.number, split) if n), None)
    return found, " ".join(w for w in split if not found or grammar.number(w) != found)


def understand_command(invocation: Invocation, setting: Setting, *, private: bool) -> Intent | None:
    """The intent of a command; None where it is nobody's command that we know, nor nearly one."""
    origin = invocation.said.origin
    command = setting.commands.by_name.get(invocation.name)
    if command is None:
        near = setting.commands.nearest(invocation.name)
        if not near and not private:
            return None
        written = f"{setting.prefix}{invocation.name}"[:64]
        suggestion = f"{setting.prefix}{near or 'help'}"
        return Misunderstood(origin=origin, key="unknown-command", arguments={"command": written, "near": suggestion})
    problem = _out_of_place(command, private) or _unexpected(command, invocation)
    built = problem or command.build(invocation)
    if isinstance(built, Problem):
        return Misunderstood(
            origin=origin, key=built.key, arguments={"usage": command.usage(setting.prefix), **built.arguments}
        )
    return built


def _out_of_place(command: Command, private: bool) -> Problem | None:
    return Problem("usage-in-a-room", {}) if private and not command.in_private else None


def _unexpected(command: Command, invocation: Invocation) -> Problem | None:
    """Words behind a command that takes none."""
    takes_words = set(command.arguments) - {Argument.QUESTION}
    if invocation.rest and not takes_words:
        return Problem("usage-unexpected", {"word": invocation.rest[:64]})
    return Problem("usage", {}) if Argument.NEEDED_TEXT in command.arguments and not invocation.rest else None
