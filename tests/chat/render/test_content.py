"""Message content: plain text and HTML agree, nothing that people wrote becomes markup, links lead somewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.chat.render.content import (
    Line,
    Link,
    Strong,
    as_edit,
    as_reply,
    clean_name,
    clean_text,
    in_thread,
    item,
    line,
    notice,
    permalink,
    reaction,
    signed,
)
from tests.chat.render.reading import read_html, says_the_same

HOSTILE = '<script>alert("x")</script> & <a href="https://evil.example">'
written = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("<>&\"' \n"), max_size=20)
pieces = st.lists(
    written | st.builds(Strong, written) | st.builds(Link, written, st.just("https://e.org/?a=1&b")), max_size=3
)
lines = st.lists(st.builds(Line, pieces, item=st.booleans()), max_size=5)


def test_a_notice() -> None:
    content = notice([line("Hello ", Strong("Ann")), item("one"), item(Link("two", "https://e.org/2")), line("End")])
    assert content == {
        "msgtype": "m.notice",
        "body": "Hello Ann\n- one\n- two (https://e.org/2)\nEnd",
        "format": "org.matrix.custom.html",
        "formatted_body": 'Hello <strong>Ann</strong><ul><li>one</li><li><a href="https://e.org/2">two</a></li></ul>End',
        "m.mentions": {},
    }


def test_lines_are_broken_and_lists_closed() -> None:
    assert notice([line("a"), line("b")])["formatted_body"] == "a<br>b"
    assert notice([item("a"), item("b")])["formatted_body"] == "<ul><li>a</li><li>b</li></ul>"
    assert notice([line("a\nb")])["formatted_body"] == "a<br>b"


def test_a_bare_link_is_its_address_in_plain_text() -> None:
    content = notice([line(Link("here", "https://e.org", bare=True))])
    assert (content["body"], content["formatted_body"]) == ("https://e.org", '<a href="https://e.org">here</a>')


@given(lines)
def test_plain_text_and_html_say_the_same(parts: list[Line]) -> None:
    assert says_the_same(notice(parts))


@given(lines)
def test_only_our_own_markup_reaches_the_html(parts: list[Line]) -> None:
    read = read_html(notice(parts)["formatted_body"])
    assert read.tags <= {"br", "ul", "li", "a", "strong"}
    assert set(read.links) <= {"https://e.org/?a=1&b"}


@pytest.mark.parametrize("piece", [HOSTILE, Strong(HOSTILE), Link(HOSTILE, "https://e.org")])
def test_markup_that_people_write_is_shown_not_followed(piece: str | Strong | Link) -> None:
    content = notice([line(piece), item(piece)])
    assert HOSTILE in content["body"]
    assert "<script" not in content["formatted_body"]
    assert "evil.example" not in "".join(read_html(content["formatted_body"]).links)


def test_an_address_cannot_leave_its_attribute() -> None:
    content = notice([line(Link("x", 'https://e.org/" onclick="evil'))])
    assert read_html(content["formatted_body"]).links == ['https://e.org/" onclick="evil']


def test_a_notice_pings_whom_it_names_only() -> None:
    assert notice([line("@room @ann:example.org")])["m.mentions"] == {}
    assert notice([line("x")], ["@ann:example.org"])["m.mentions"] == {"user_ids": ["@ann:example.org"]}


def test_in_a_thread() -> None:
    content = in_thread(notice([line("x")]), "$root", "$last")
    assert content["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$last"},
    }


def test_as_a_reply() -> None:
    assert as_reply({"body": "x"}, "$a") == {"body": "x", "m.relates_to": {"m.in_reply_to": {"event_id": "$a"}}}


def test_an_edit_replaces_everything_but_the_place_and_pings_nobody_anew() -> None:
    first = in_thread(notice([line("x")], ["@ann:example.org"]) | {"org.askbridge.card": {"question": 1}}, "$q", "$q")
    edit = as_edit(first, "$card")
    assert edit["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$card"}
    assert edit["m.mentions"] == {}
    assert (edit["body"], edit["formatted_body"]) == ("* x", "* x")
    assert edit["org.askbridge.card"] == {"question": 1}
    assert edit["m.new_content"] == {k: v for k, v in first.items() if k != "m.relates_to"}


def test_every_message_is_signed_with_its_effect() -> None:
    assert signed({"body": "x"}, "e1") == {"body": "x", "org.askbridge.effect": "e1"}


def test_a_reaction() -> None:
    assert reaction("$a", "✅") == {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$a", "key": "✅"}}


@pytest.mark.parametrize(
    ("room", "event", "via", "link"),
    [
        ("!r:example.org", "$e", "example.org", "https://matrix.to/#/!r:example.org/$e?via=example.org"),
        ("!opaque", "$a/b?c", "localhost:8448", "https://matrix.to/#/!opaque/$a%2Fb%3Fc?via=localhost:8448"),
        ("!r:x", '$"><b>', "x", "https://matrix.to/#/!r:x/$%22%3E%3Cb%3E?via=x"),
    ],
)
def test_permalinks(room: str, event: str, via: str, link: str) -> None:
    assert permalink(room, event, via) == link


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann Stone", "Ann Stone"),
        ("  Ann  ", "Ann"),
        ("Ann\nStone", "Ann Stone"),
        ("Ann\u202eenotS", "AnnenotS"),
        ("\u2067Ann\u2069\u200b", "Ann"),
        ("Zoë\u00a0  O’Hara", "Zoë O’Hara"),
        ("x" * 59 + " y", "x" * 59),
        ("Анна", "Анна"),
        ("\u200b\u202e\u0007", "@ann:example.org"),
        ("", "@ann:example.org"),
        ("x" * 99, "x" * 60),
    ],
)
def test_names_cannot_break_or_turn_a_line(name: str, shown: str) -> None:
    assert clean_name(name, "@ann:example.org") == shown


@given(st.text())
def test_a_name_is_short_visible_and_on_one_line(name: str) -> None:
    shown = clean_name(name, "@ann:example.org")
    assert 0 < len(shown) <= 60
    assert len(shown.splitlines()) == 1
    assert shown == shown.strip()
    assert not set("\u200e\u200f\u202a\u202e\u2066\u2069\u200b\0\x1b") & set(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("turned \u202eround\u202c", "turned round"),
        ("bell\x07 \x1b[31m", "bell [31m"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),
    ],
)
def test_text_loses_what_turns_the_words_behind_it(text: str, shown: str) -> None:
    assert clean_text(text) == shown
