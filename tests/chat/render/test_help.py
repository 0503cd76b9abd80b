"""Help, made from the declarations."""

import pytest

from bridge.chat.render.help import overview, topic
from bridge.chat.words import LANGUAGES, words
from bridge.workflow.commands import commands
from tests.chat.render.reading import says_the_same

BY_NAME = commands().by_name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_names_every_usable_command_once_in_its_group(language: str) -> None:
    content = overview(commands().declared, words(language), "!")
    lines = content["body"].splitlines()
    for command in commands().declared:
        assert sum(row.startswith(f"- !{command.name} ") for row in lines) == 1
    assert says_the_same(content)
    groups = {words(language).say(f"group-{command.group}") for command in commands().declared}
    assert groups <= set(lines)


def test_what_may_not_be_used_here_is_not_shown() -> None:
    body = overview([BY_NAME["show"]], words("en"), "!")["body"]
    assert body.splitlines()[1:3] == ["Find", "- !show [42] – Show a question with its answers."]
    assert "\nAsk\n" not in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", commands().declared, ids=lambda command: command.name)
def test_a_topic_tells_usage_details_and_examples(command: object, language: str) -> None:
    declared = BY_NAME[command.name]  # type: ignore[attr-defined]
    content = topic(declared, words(language), "?")
    lines = content["body"].splitlines()
    assert lines[0] == words(language).usage(declared.usage("?"))
    assert all(f"- ?{example}" in lines for example in declared.examples)
    assert "!" not in "".join(lines)
    assert says_the_same(content)


def test_aliases_are_named() -> None:
    assert topic(BY_NAME["answered"], words("en"), "!")["body"].endswith("Also: !accept !solved")
    assert "Also:" not in topic(BY_NAME["ask"], words("en"), "!")["body"]
