"""Commands as people write them: case, quotes, numbers, near misses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.chat.command import Argument, Command, Commands, Group, Setting, invoked, understand_command
from bridge.chat.intents import (
    Accept,
    Claim,
    Close,
    GiveAnswer,
    Help,
    Intent,
    ListQuestions,
    Misunderstood,
    Ref,
    ShowOne,
    Unclaim,
)
from bridge.domain.filters import Filter, Order
from bridge.domain.questions import UNANSWERED, Priority, State
from bridge.workflow.commands import commands
from tests.chat.raw import ANN, BOB, ME, SETTING, heard, invocation, pill, reply, said, text, threaded


def intent(body: str, html: str = "", *, private: bool = False) -> Intent | None:
    written = invocation(body, html)
    assert written
    return understand_command(written, SETTING, private=private)


def problem(body: str) -> tuple[str, dict[str, Any]]:
    misunderstood = intent(body)
    assert isinstance(misunderstood, Misunderstood)
    return misunderstood.key, misunderstood.arguments


@pytest.mark.parametrize(
    "body",
    ["!claim 42", "!CLAIM 42", "  !Claim\t42", "!claim: 42", "!claim Q42", "!claim #42", "！claim 42", "!claim 42."],
)
def test_a_command_forgives_how_it_is_written(body: str) -> None:
    claim = intent(body)
    assert isinstance(claim, Claim)
    assert claim.ref == Ref(42)


@pytest.mark.parametrize(
    "body", ["claim 42", "! claim 42", "!", "!!", "!42", "!?", "say !claim", "", "!!claim", "...!claim"]
)
def test_what_does_not_start_like_a_command_is_none(body: str) -> None:
    assert body == "" or invocation(body) is None


def test_another_prefix() -> None:
    setting = Setting(ME, "qa ", commands())
    written = invoked(said("qa claim 42"), setting)
    assert written
    assert (written.name, written.number) == ("claim", 42)
    assert invoked(said("！claim 42"), setting) is None


def test_only_the_prefix_may_be_a_wide_one() -> None:
    written = invocation("!close 42 完成！")
    assert written
    assert written.rest == "完成！"


@pytest.mark.parametrize(
    ("body", "near"),
    [
        ("!clam 42", "!claim"),
        ("!unanswerd", "!unanswered"),
        ("!answer42", "!answer"),
        ("!solve 42", "!answered"),
        ("!halp", "!help"),
    ],
)
def test_a_near_miss_names_the_command_meant(body: str, near: str) -> None:
    assert problem(body) == ("unknown-command", {"command": body.split()[0], "near": near})


def test_an_exclamation_is_nobodys_command() -> None:
    assert intent("!wow that was quick") is None


def test_in_private_every_unknown_command_is_answered() -> None:
    misunderstood = intent("!xyzzy", private=True)
    assert isinstance(misunderstood, Misunderstood)
    assert misunderstood.arguments == {"command": "!xyzzy", "near": "!help"}


def test_a_very_long_word_is_cut_where_it_is_quoted() -> None:
    misunderstood = intent("!" + "x" * 5000, private=True)
    assert isinstance(misunderstood, Misunderstood)
    assert len(str(misunderstood.arguments["command"])) == 64


@pytest.mark.parametrize(
    ("body", "number", "answer"),
    [
        ("!answered", None, ""),
        ("!answered 42", 42, ""),
        ("!accept 42", 42, ""),
        ("!solved Q42 It was the firewall.", 42, "It was the firewall."),
        ("!answered 42\nFirst.\nSecond.", 42, "First.\nSecond."),
        ("!answered It was the firewall 42.", None, "It was the firewall 42."),
        ("!answered\n42 x\ny", 42, "x\ny"),
    ],
)
def test_a_number_may_stand_before_a_text(body: str, number: int | None, answer: str) -> None:
    accepted = intent(body)
    assert isinstance(accepted, Accept)
    assert (accepted.ref.number, accepted.text) == (number, answer)


def test_an_answer_needs_words() -> None:
    given = intent("!answer 42 Restart it.")
    assert isinstance(given, GiveAnswer)
    assert (given.ref, given.text) == (Ref(42), "Restart it.")
    assert problem("!answer 42") == ("usage", {"usage": "!answer [42] text…"})
    assert problem("!answer") == ("usage", {"usage": "!answer [42] text…"})


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("!claim please", "please"),
        ("!claim 42 please", "please"),
        ("!claim please 42", "please"),
        ("!claim 42 43", "43"),
    ],
)
def test_words_that_a_command_cannot_use_are_named(body: str, word: str) -> None:
    assert problem(body) == ("usage-unexpected", {"word": word, "usage": "!claim [42]"})


def test_a_filter_that_cannot_be_used_comes_with_the_usage() -> None:
    key, arguments = problem("!unanswered tags:vpn")
    assert key == "usage-filter-unknown"
    assert arguments == {"word": "tags:vpn", "hint": "tag:", "usage": "!unanswered [filters…]"}


@pytest.mark.parametrize(
    ("body", "heading", "wanted"),
    [
        ("!unanswered", "list-unanswered", Filter(states=UNANSWERED, order=Order.OLDEST_FIRST)),
        (
            "!unanswered assigned:“none” here",
            "list-unanswered",
            Filter(states=UNANSWERED, order=Order.OLDEST_FIRST, here=True, assigned="none"),
        ),
        ("!questions is:closed", "list-questions", Filter(states=frozenset({State.CLOSED}))),
        ("!mine priority:high", "list-mine", Filter(involves=ANN, priority=Priority.HIGH)),
    ],
)
def test_lists(body: str, heading: str, wanted: Filter) -> None:
    listed = intent(body)
    assert isinstance(listed, ListQuestions)
    assert (listed.heading, listed.wanted) == (heading, wanted)


@pytest.mark.parametrize("command", ["mine", "questions", "unanswered"])
def test_every_list_names_a_filter_it_does_not_know(command: str) -> None:
    assert problem(f"!{command} nonsense")[0] == "usage-filter-unknown"


def test_a_person_may_be_named_by_a_pill() -> None:
    listed = intent("!questions by:Bob Stone", f"!questions by:{pill(BOB, 'Bob Stone')}")
    assert isinstance(listed, ListQuestions)
    assert listed.wanted.by == BOB


def test_reasons_are_one_line() -> None:
    closed = intent("!close 42 solved\n by   phone " + "x" * 300)
    assert isinstance(closed, Close)
    assert closed.reason.startswith("solved by phone xx")
    assert len(closed.reason) == 200


def test_without_a_number_the_reply_or_the_thread_tells_the_question() -> None:
    for content, ref in (
        (reply(text("!show"), "$answer"), Ref(None, "$answer", None)),
        (threaded(text("!show"), "$root"), Ref(None, None, "$root")),
        (threaded(text("!show"), "$root", "$answer"), Ref(None, "$answer", "$root")),
        (threaded(text("!show 42"), "$root"), Ref(42)),
    ):
        written = invoked(heard(content), SETTING)  # type: ignore[arg-type]
        assert written
        shown = understand_command(written, SETTING, private=False)
        assert isinstance(shown, ShowOne)
        assert shown.ref == ref


def test_help_and_other_commands_carry_what_was_written() -> None:
    asked = intent("!help ask")
    assert isinstance(asked, Help)
    assert asked.topic == "ask"
    assert isinstance(intent("!unclaim"), Unclaim)


def test_every_example_of_every_command_is_understood() -> None:
    for command in commands().declared:
        for example in command.examples:
            written = invocation(f"!{example}")
            assert written
            assert written.name in {command.name, *command.aliases}
            meant = understand_command(written, SETTING, private=False)
            assert command.name == "ask" or not isinstance(meant, Misunderstood), example


def test_ask_without_words_is_a_problem_of_its_own() -> None:
    assert problem("!ask")[0] == "usage-ask"


def test_two_commands_cannot_share_a_name() -> None:
    def build(_: object) -> Intent:
        raise AssertionError

    one = Command("one", Group.SELF, build, Help, print, (Argument.TEXT,))
    two = Command("two", Group.SELF, build, Help, print, aliases=("one",))
    with pytest.raises(ValueError, match="share a name"):
        Commands((one, two))


@given(
    st.text(max_size=80).map(lambda body: f"!{body}")
    | st.sampled_from(sorted(commands().by_name)).flatmap(
        lambda name: st.text(max_size=40).map(lambda rest: f"!{name} {rest}")
    )
)
def test_no_command_line_raises(body: str) -> None:
    reading = heard(text(body))
    written = invoked(reading, SETTING) if hasattr(reading, "body") else None  # type: ignore[arg-type]
    meant = understand_command(written, SETTING, private=True) if written else None
    assert written is None or meant is not None
