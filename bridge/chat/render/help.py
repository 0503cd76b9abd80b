"""Help, made from the command declarations."""

from collections.abc import Sequence

from bridge.chat.command import Command, Group
from bridge.chat.render.content import Content, Line, Strong, item, line, notice
from bridge.chat.words import Words


def overview(commands: Sequence[Command], words: Words, prefix: str) -> Content:
    """All commands that the reader may use here, by group."""
    lines = [line(words.say("help-intro", {"prefix": prefix}))]
    for group in Group:
        members = [c for c in commands if c.group is group]
        if members:
            lines.append(line(Strong(words.say(f"group-{group.value}"))))
            lines += [item(Strong(words.usage(c.usage(prefix))), f" – {_summary(c, words, prefix)}") for c in members]
    lines.append(line(words.say("help-more", {"prefix": prefix})))
    return notice(lines)


def topic(command: Command, words: Words, prefix: str) -> Content:
    """One command in detail."""
    lines: list[Line] = [line(Strong(words.usage(command.usage(prefix)))), line(_summary(command, words, prefix))]
    lines.append(line(words.say(f"help-{command.name}.details", {"prefix": prefix})))
    lines += [item(prefix + example) for example in command.examples]
    if command.aliases:
        lines.append(line(words.say("help-aliases", {"names": " ".join(prefix + a for a in command.aliases)})))
    return notice(lines)


def _summary(command: Command, words: Words, prefix: str) -> str:
    return words.say(f"help-{command.name}", {"prefix": prefix})
