"""Mentions, pills and tags in what people write."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.chat.text import pills, plain_ids, tags, without_mention
from tests.chat.raw import ANN, BOB, ME, pill


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (pill(ME, "Bot") + " how?", {ME: "Bot"}),
        ('<a href="https://matrix.to/#/%40qa%3Aexample.org">Bot</a>', {ME: "Bot"}),
        ('<a href="https://matrix.to/#/@qa:example.org?via=x"><b>Bo</b>t</a>', {ME: "Bot"}),
        (pill(ANN, "Ann") + pill(BOB, "Bob"), {ANN: "Ann", BOB: "Bob"}),
        ('<mx-reply><a href="https://matrix.to/#/@qa:example.org">Bot</a></mx-reply> thanks', {}),
        ("</mx-reply>" + pill(ME, "Bot"), {ME: "Bot"}),
        ('<a href="https://matrix.to/#/!room:example.org/$event">link</a>', {}),
        ('<a href="https://matrix.to/#/#room:example.org">link</a>', {}),
        ('<a href="https://matrix.to.evil.com/#/@qa:example.org">Bot</a>', {}),
        ('<a>matrix.to</a><a href>matrix.to</a><b href="https://matrix.to/#/@qa:example.org">x</b>', {}),
        ("plain", {}),
        (pill(ME, "Bot") + "<![evil[" + pill(ANN, "Ann"), {ME: "Bot"}),
    ],
)
def test_pills(html: str, found: dict[str, str]) -> None:
    assert pills(html) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ask @ann:example.org or @bob:example.org.", (ANN, BOB)),
        ("@ann:example.org @ann:example.org", (ANN,)),
        ("@ann:example.org: hello", (ANN,)),
        ("(@ann:example.org)", (ANN,)),
        ("@ann:localhost:8448!", ("@ann:localhost:8448",)),
        ("@ann:[2001:db8::1]:8448", ("@ann:[2001:db8::1]:8448",)),
        ("@ann:example.org.evil.com", ("@ann:example.org.evil.com",)),
        ("mail ann@example.org or ann@qa:example.org", ()),
        ("@ann @room", ()),
        ("nobody", ()),
    ],
)
def test_plain_ids(text: str, found: tuple[str, ...]) -> None:
    assert plain_ids(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("VPN down #vpn #Network", ("vpn", "network")),
        ("#vpn, #lan; (#wifi)", ("vpn", "lan", "wifi")),
        ("#vpn #VPN", ("vpn",)),
        ("#vpn: still down", ("vpn",)),
        ("#vpn,#lan", ("vpn", "lan")),
        ("#e-mail- and #two_words", ("e-mail", "two_words")),
        ("#café #cafe\u0301 #почта", ("café", "почта")),
        ("see #help:example.org", ()),
        ("see #my-room:example.org, #dev.ops:example.org", ()),
        ("#vpn, see #help:example.org", ("vpn",)),
        ("https://example.org/page#part https://example.org/#part", ()),
        ("https://example.org/?q=#part http://example.org/a-#b", ()),
        ("https://example.org/x #vpn", ("vpn",)),
        ("#42 and #2024 but #42nd", ("42nd",)),
        ("a#b ##c &#39; #", ()),
        ("#" + "x" * 41, ()),
        ("nothing", ()),
        (" ".join(f"#t{n}" for n in range(20)), tuple(f"t{n}" for n in range(10))),
    ],
)
def test_tags(text: str, found: tuple[str, ...]) -> None:
    assert tags(text) == found


@given(st.text("#ab-_:. \n/é1", max_size=60))
def test_tags_are_few_short_and_lower_case(text: str) -> None:
    found = tags(text)
    assert len(found) <= 10
    assert all(0 < len(t) <= 40 and t == t.lower() and not t.isdecimal() and ":" not in t for t in found)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@qa:example.org how do I?", "how do I?"),
        ("@qa:example.org: how do I?", "how do I?"),
        ("Question Bot: how do I?", "how do I?"),
        ("question bot, how do I?", "how do I?"),
        ("@Question Bot how do I?", "how do I?"),
        ("how do I? @qa:example.org", "how do I?"),
        ("how do I? Question Bot:", "how do I?"),
        ("how does the Question Bot work?", "how does the Question Bot work?"),
        ("Question Bots are fine", "Question Bots are fine"),
        ("my@qa:example.org", "my@qa:example.org"),
        ("  @qa:example.org  ", ""),
        ("@qa:example.org\nline", "line"),
        ("", ""),
    ],
)
def test_the_bots_name_at_either_end_is_no_part_of_the_question(text: str, left: str) -> None:
    assert without_mention(text, (ME, "", "Question Bot")) == left


@given(st.text(max_size=40), st.text(max_size=5), st.text(max_size=5))
def test_without_mention_takes_any_name(text: str, one: str, two: str) -> None:
    assert without_mention(text, (one, two)) in text


@pytest.mark.parametrize(
    "text",
    [
        "x" + " " * 64_000 + "y",
        "qa " * 20_000,
        "@" + "a" * 64_000,
        "@a:" * 20_000,
        "#a-" * 20_000,
        "#" + "a-" * 32_000 + "!",
        "<a href='matrix.to" * 3_500,
        "matrix.to<mx-reply>" * 3_000,
        "matrix.to <!" + "[" * 64_000,
    ],
    ids=lambda text: text[:12],
)
def test_64_kilobytes_are_read_at_once(text: str) -> None:
    began = process_time()
    tags(text), plain_ids(text), pills(text), without_mention(text, ("qa", "Question Bot"))
    assert process_time() - began < 1
