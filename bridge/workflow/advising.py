"""What concerns the reader alone: help, language, and words that were not understood."""

from collections.abc import Mapping
from dataclasses import replace

from bridge.chat.intents import ChooseLanguage, Help, Misunderstood
from bridge.chat.words import LANGUAGES
from bridge.domain.facts import LanguageChosen
from bridge.domain.results import Argument, Refused
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.effects import Reply, ShowHelp
from bridge.workflow.permission import may_use, usable


def help_reader(intent: Help, desk: Desk) -> Outcome:
    commands = desk.policy.setting.commands
    prefix = desk.policy.setting.prefix
    topic = intent.topic.lower().removeprefix(prefix)
    command = commands.by_name.get(topic)
    if topic and (command is None or not may_use(command, desk)):
        near = commands.nearest(topic, _known_to(desk))
        return Refused("no-such-command", {"command": topic[:64], "near": prefix + (near or "help")})
    origin = desk.origin
    shown = ShowHelp(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        topic=command.name if command else "",
        commands=usable(desk),
    )
    return Done(effects=(shown,))


def choose_language(intent: ChooseLanguage, desk: Desk) -> Outcome:
    person = desk.tx.persons.get(desk.sender)
    languages = ", ".join(LANGUAGES)
    if not intent.language:
        return Done(
            effects=(reply(desk, "language-now", {"language": person.language or "none", "languages": languages}),)
        )
    chosen = None if intent.language == "default" else intent.language
    if chosen is not None and chosen not in LANGUAGES:
        return Refused("no-such-language", {"language": chosen[:64], "languages": languages})
    desk.tx.persons.save(replace(person, language=chosen))
    fact = LanguageChosen(
        at=desk.now, actor=desk.sender, room_id=desk.origin.room_id, space="", language=intent.language
    )
    return Done((fact,), (reply(desk, "language-chosen", {"language": chosen or "none"}),))


def _known_to(desk: Desk) -> set[str]:
    """The commands that the writer may know of, also those that are for elsewhere."""
    return {command.name for command in desk.policy.setting.commands.declared if may_use(command, desk)}


def misunderstood(intent: Misunderstood, desk: Desk) -> Outcome:
    near = str(intent.arguments.get("near", ""))
    setting = desk.policy.setting
    if near and near.removeprefix(setting.prefix) not in _known_to(desk):
        word = str(intent.arguments.get("command", "")).removeprefix(setting.prefix)
        other = setting.commands.nearest(word, _known_to(desk))
        if other is None and not desk.private:
            return Disregarded("unknown command")
        intent = replace(intent, arguments=intent.arguments | {"near": setting.prefix + (other or "help")})
    return Done(effects=(reply(desk, intent.key, intent.arguments),))


def reply(desk: Desk, key: str, arguments: Mapping[str, Argument]) -> Reply:
    """A message to the sender, where they wrote."""
    origin = desk.origin
    return Reply(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        key=key,
        arguments=dict(arguments),
    )
