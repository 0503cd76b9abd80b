"""How a conversation looks on a terminal, and in a file."""

import io
import re
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from bridge.chat.events import CARD_KEY
from bridge.demo.telling import Telling
from tests.demo.conftest import printed

AMY, BOB, BOT = "@amy:t", "@bob:t", "@bot:t"
NAMES = {AMY: "Amy", BOB: "Bob", BOT: "askbridge"}
ROOMS = {"!h": "#helpdesk", "!n": "#network"}
Event = dict[str, Any]


def telling(console: Console) -> Telling:
    return Telling(console, NAMES, ROOMS, BOT)


def said(event_id: str, sender: str, body: str, /, *, room: str = "!h", **relation: Any) -> Event:
    content: Event = {"msgtype": "m.text", "body": body} | ({"m.relates_to": relation} if relation else {})
    return {"type": "m.room.message", "room_id": room, "event_id": event_id, "sender": sender, "content": content}


def replied(event_id: str, sender: str, body: str, target: str) -> Event:
    event = said(event_id, sender, body)
    event["content"]["m.relates_to"] = {"m.in_reply_to": {"event_id": target}}
    return event


def in_thread(root: str) -> Event:
    return {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": root},
    }


def edited(event_id: str, sender: str, target: str, body: str) -> Event:
    event = said(event_id, sender, f"* {body}", rel_type="m.replace", event_id=target)
    event["content"]["m.new_content"] = {"msgtype": "m.text", "body": body}
    return event


def reacted(event_id: str, sender: str, target: str, key: str) -> Event:
    relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
    content = {"m.relates_to": relation}
    return {"type": "m.reaction", "room_id": "!h", "event_id": event_id, "sender": sender, "content": content}


CONVERSATION = [
    said("$q", AMY, "!ask Where is the coffee? #kitchen"),
    said("$card", BOT, "Q1 · open · asked by Amy\nAnswer in this thread.", **in_thread("$q")),
    said("$a", BOB, "In the second cupboard on the left, behind the tea that nobody drinks.", **in_thread("$q")),
    replied("$r", BOB, "And the milk is gone.", "$q"),
    reacted("$ok", AMY, "$a", "✅"),
    edited(
        "$card2", BOT, "$card", "Q1 · answered · asked by Amy\nAccepted answer by Bob (https://matrix.to/#/!h/$a?via=t)"
    ),
    said("$n", AMY, "!unanswered", room="!n"),
    said("$l", BOT, "1 unanswered question\n- Q2 " + "very " * 14 + "long", room="!n"),
    edited("$q2", AMY, "$q", "!ask Where is the tea?"),
    {**said("$p", BOT, "New questions: 8."), "content": {"msgtype": "m.image", "body": "New questions: 8."}},
]

TOLD = """
  #helpdesk
  Amy       !ask Where is the coffee? #kitchen
    │ askbridge Q1 · open · asked by Amy
    │           Answer in this thread.
    │ Bob       In the second cupboard on the left, behind the tea that nobody
    │           drinks.
  Bob       ↳ Amy · And the milk is gone.
    ┌ in the thread “!ask Where is the coffee? #kitchen”
    │ Amy       reacts ✅ to Bob: “In the second cupboard on the left, beh…”
    │ askbridge edits its card:
    │           - Q1 · open · asked by Amy
    │           + Q1 · answered · asked by Amy
    │           - Answer in this thread.
    │           + Accepted answer by Bob ↗

  #network
  Amy       !unanswered
  askbridge 1 unanswered question
            • Q2 very very very very very very very very very very very very
              very very long

  #helpdesk
  Amy       edits: !ask Where is the tea?
  askbridge [a picture] New questions: 8.
"""


def test_a_conversation_as_it_is_told(page: Console) -> None:
    teller = telling(page)
    for event in CONVERSATION:
        teller.event(event)
    assert printed(page) == TOLD


@pytest.mark.parametrize("width", [60, 80, 120])
def test_colours_add_nothing_and_no_line_is_too_long(width: int) -> None:
    plain, coloured = (
        Console(file=io.StringIO(), width=width),
        Console(file=io.StringIO(), width=width, force_terminal=True, color_system="truecolor", _environ={}),
    )
    for console in (plain, coloured):
        teller = telling(console)
        teller.scene(1, "A scene")
        for event in CONVERSATION:
            teller.event(event)
    assert re.sub(r"\x1b\[[0-9;]*m", "", printed(coloured)) == printed(plain)
    assert "\x1b[" in printed(coloured)
    assert max(cell_len(line) for line in printed(plain).splitlines()) <= width


def test_nothing_that_is_said_steers_the_terminal(page: Console) -> None:
    telling(page).event(said("$1", "@eve:far\x1b]0;x", "\x1b[2Jcleared\x07 \u202eback [bold]not markup[/bold] :smile:"))
    assert "\x1b" not in printed(page)
    assert "\x07" not in printed(page)
    assert "\u202e" not in printed(page)
    assert "[2Jcleared back [bold]not markup[/bold] :smile:" in printed(page)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "m.room.member", "room_id": "!h", "event_id": "$m", "sender": AMY, "content": {"membership": "join"}},
        reacted("$x", AMY, "$never-seen", "✅"),
        edited("$x", AMY, "$never-seen", "words"),
        said("$x", AMY, ""),
        said("$x", AMY, "* words", rel_type="m.replace", event_id="$q"),
        {"type": "m.room.message", "room_id": "!h", "event_id": "$x", "sender": AMY, "content": {}},
        {"type": "m.reaction", "room_id": "!h", "event_id": "$x", "sender": AMY, "content": {"m.relates_to": "?"}},
    ],
)
def test_what_says_nothing_is_passed_over(page: Console, event: Event) -> None:
    teller = telling(page)
    teller.event(CONVERSATION[0])
    before = printed(page)
    teller.event(event)
    assert printed(page) == before


def test_a_thread_whose_beginning_was_not_seen_is_a_thread_all_the_same(page: Console) -> None:
    card = said("$card", BOT, "Q7 · open", **in_thread("$old"))
    card["content"][CARD_KEY] = {"question": 7}
    telling(page).event(card)
    assert printed(page) == "\n  #helpdesk\n    ┌ in the thread\n    │ askbridge Q7 · open\n"
