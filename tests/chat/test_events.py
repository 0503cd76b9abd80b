"""Reading raw events: what is understood, and that nothing whatever raises."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.chat.events import (
    Echoed,
    Edited,
    Ignored,
    MemberChanged,
    Origin,
    Reacted,
    Redacted,
    Said,
    StateChanged,
    read,
    read_fetched,
    read_member,
    without_reply_fallback,
)
from bridge.chat.understand import target_to_fetch, wanted
from tests.chat.raw import (
    ANN,
    BOB,
    ME,
    ROOM,
    SETTING,
    Raw,
    edited,
    event,
    file,
    heard,
    meaning,
    reaction,
    reply,
    text,
    threaded,
)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
KNOWN_KEYS = [
    "type", "room_id", "event_id", "sender", "content", "state_key", "redacts", "unsigned", "origin_server_ts",
    "msgtype", "body", "format", "formatted_body", "m.relates_to", "m.in_reply_to", "rel_type", "key", "m.new_content",
    "m.mentions", "user_ids", "url", "file", "info", "size", "filename", "membership", "displayname", "is_falling_back",
    "org.askbridge.effect", "m.relations", "m.replace",
]  # fmt: skip
KNOWN_VALUES = [
    "m.room.message", "m.reaction", "m.room.redaction", "m.room.member", "m.room.name", "m.text", "m.image", "m.thread",
    "m.replace", "m.annotation", "org.matrix.custom.html", "join", ROOM, "$1", ANN, ME, "!ask why", "❓", True,
    "<a href='https://matrix.to/#/@qa:example.org'><![x[", "\ud800\0!ask", "x" * 300,
]  # fmt: skip
hostile = st.recursive(
    st.sampled_from(KNOWN_VALUES) | anything,
    lambda inner: st.dictionaries(st.sampled_from(KNOWN_KEYS), inner, max_size=8) | st.lists(inner, max_size=3),
    max_leaves=25,
)
parts = st.dictionaries(st.sampled_from(KNOWN_KEYS), hostile, max_size=8)


@given(st.dictionaries(st.text(max_size=8), anything) | parts)
def test_no_event_raises(raw: Raw) -> None:
    read(raw, ME)
    read_fetched(raw, ME)
    assert wanted(raw, SETTING) in {True, False}


@given(parts, parts, parts, st.sampled_from(["m.room.message", "m.reaction", "m.room.redaction", "m.room.member"]))
def test_no_content_raises_on_the_whole_way(content: Raw, relation: Raw, more: Raw, kind: str) -> None:
    raw = event({"msgtype": "m.text", "body": "!ask", **content, "m.relates_to": relation}, kind) | more
    reading = read(raw, ME)
    target = target_to_fetch(reading, SETTING)
    meaning(raw, {**raw, "event_id": target or "$none"}, tracked=("$1",))


@given(st.sampled_from(["room_id", "event_id", "sender", "content"]), anything.filter(lambda v: not isinstance(v, str)))
def test_an_event_without_origin_is_malformed(key: str, value: Any) -> None:
    raw = event(text("!ask why")) | {key: [value]}
    assert read(raw, ME) == Ignored("malformed")
    del raw[key]
    assert read(raw, ME) == Ignored("malformed")


def test_identifiers_that_matrix_does_not_allow_are_no_identifiers() -> None:
    long = "$" + "x" * 255
    assert read(event(text("!ask"), event_id=long), ME) == Ignored("malformed")
    assert heard(threaded(text("hi"), long)) == Said(Origin(ROOM, "$1", ANN, 1), "hi")
    assert heard(reply(text("hi"), long)) == Said(Origin(ROOM, "$1", ANN, 1), "hi")
    assert read(reaction("❓", long), ME) == Ignored("malformed")


def test_a_message() -> None:
    assert heard(text("hi", "<b>hi</b>", mentions=[BOB])) == Said(Origin(ROOM, "$1", ANN, 1), "hi", "<b>hi</b>", (BOB,))


@pytest.mark.parametrize(
    ("content", "root", "reply_to"),
    [
        (text("x"), None, None),
        (reply(text("x"), "$a"), None, "$a"),
        (threaded(text("x"), "$root"), "$root", None),
        (threaded(text("x"), "$root", "$a"), "$root", "$a"),
        (text("x") | {"m.relates_to": "nonsense"}, None, None),
        (text("x") | {"m.relates_to": {"rel_type": "m.thread", "event_id": 7}}, None, None),
    ],
)
def test_threads_and_replies(content: Raw, root: str | None, reply_to: str | None) -> None:
    reading = heard(content)
    assert isinstance(reading, Said)
    assert (reading.origin.thread_root, reading.origin.reply_to) == (root, reply_to)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("> <@bob:x> old\n> more\n\nnew", "new"),
        ("> <@bob:x> old", ""),
        ("new\n> quoted", "new\n> quoted"),
        ("", ""),
        (">no quote", ">no quote"),
    ],
)
def test_the_quoted_lines_of_old_clients_are_cut(body: str, left: str) -> None:
    assert without_reply_fallback(body) == left


def test_a_quote_is_kept_where_nobody_is_replied_to() -> None:
    assert heard(text("> a\n\nb")) == Said(Origin(ROOM, "$1", ANN, 1), "> a\n\nb")


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"msgtype": "m.notice", "body": "from a bot"},
        {"msgtype": "m.text", "body": "  \n"},
        {"msgtype": "m.text", "body": ["x"]},
        {"msgtype": ["m.text"], "body": "x"},
        {"msgtype": {"a": 1}, "body": "x"},
        {"msgtype": "m.text", "body": "\0\ud800"},
        {"msgtype": "m.location", "body": "here"},
    ],
)
def test_what_is_no_text_is_ignored(content: Raw) -> None:
    assert heard(content) == Ignored("no text")


def test_what_no_database_keeps_is_removed() -> None:
    assert heard(text("a\0b\ud800c é")) == Said(Origin(ROOM, "$1", ANN, 1), "abc é")


@pytest.mark.parametrize(
    ("mentions", "named"),
    [
        ({"user_ids": [BOB, 7, "bob", BOB, None]}, (BOB,)),
        ({"user_ids": "nonsense"}, ()),
        ({}, ()),
        ("nonsense", None),
    ],
)
def test_mentions(mentions: Any, named: tuple[str, ...] | None) -> None:
    reading = heard(text("x") | {"m.mentions": mentions})
    assert isinstance(reading, Said)
    assert reading.mentions == named


@pytest.mark.parametrize(
    ("content", "kind", "name", "caption"),
    [
        (file("plan.pdf"), "file", "plan.pdf", ""),
        (file("plan.pdf", filename="plan.pdf"), "file", "plan.pdf", ""),
        (file("What is this?", "m.image", filename="photo.png"), "image", "photo.png", "What is this?"),
        (file("Voice", "m.audio", **{"org.matrix.msc3245.voice": {}}), "voice", "Voice", ""),
        (file("clip", "m.video"), "video", "clip", ""),
    ],
)
def test_files_and_captions(content: Raw, kind: str, name: str, caption: str) -> None:
    reading = heard(content)
    assert isinstance(reading, Said)
    assert reading.attachment
    assert (reading.attachment.kind, reading.attachment.name, reading.body) == (kind, name, caption)
    assert reading.attachment.source == "mxc://example.org/abc"


@pytest.mark.parametrize(("size", "kept"), [(7, 7), (-1, 0), (2**60, 0), (True, 0), ("7", 0), (None, 0)])
def test_sizes_are_not_believed_blindly(size: Any, kept: int) -> None:
    reading = heard({"msgtype": "m.file", "body": "x", "url": "mxc://e/f", "info": {"size": size}})
    assert isinstance(reading, Said)
    assert reading.attachment
    assert (reading.attachment.size, reading.attachment.source) == (kept, "mxc://e/f")


KEY = {"kty": "oct", "k": "aWF6-32KGYaC3A", "alg": "A256CTR", "ext": True, "key_ops": ["encrypt", "decrypt"]}
ENCRYPTED_FILE = {"url": "mxc://e/f", "key": KEY, "iv": "w+sE15fzSc0AAA", "hashes": {"sha256": "fdSLu/Y"}, "v": "v2"}
DEEP = json.loads("[" * 900 + "]" * 900)


@pytest.mark.parametrize(
    ("file", "source"),
    [
        (ENCRYPTED_FILE, ENCRYPTED_FILE),
        ({**ENCRYPTED_FILE, "more": "things"}, ENCRYPTED_FILE),
        ({**ENCRYPTED_FILE, "iv": "long" * 1000}, None),
        ({**ENCRYPTED_FILE, "key": DEEP}, {**ENCRYPTED_FILE, "key": DEEP}),
        ({"key": KEY}, None),
        ({"url": 7}, None),
        ("no object", None),
    ],
)
def test_an_encrypted_file_keeps_what_opens_it(file: Any, source: Raw | None) -> None:
    reading = heard({"msgtype": "m.image", "body": "x", "file": file})
    assert isinstance(reading, Said)
    assert reading.attachment
    assert (json.loads(reading.attachment.source) if reading.attachment.source else None) == source


def test_an_edit_reads_as_the_message_it_changes() -> None:
    reading = heard(edited(text("new"), "$old"), event_id="$edit")
    assert isinstance(reading, Edited)
    assert (reading.origin.event_id, reading.target) == ("$edit", "$old")
    assert (reading.said.origin.event_id, reading.said.body) == ("$old", "new")


@pytest.mark.parametrize("content", [edited(text(""), "$old"), edited(text("x"), ""), edited({}, "$old")])
def test_an_edit_of_nothing_or_into_nothing_is_malformed(content: Raw) -> None:
    assert heard(content) == Ignored("malformed")


@pytest.mark.parametrize(
    ("key", "plain"),
    [
        ("✅", "✅"),
        ("✔️", "✔"),
        ("❓️", "❓"),
        ("👍🏽", "👍"),
        ("🙋", "🙋"),
        ("🙋🏿", "🙋"),
        ("🙋🏻\u200d♀️", "🙋"),
        ("🙋\u200d♂", "🙋"),
        ("x" * 99, "x" * 32),
    ],
)
def test_reactions_lose_skin_tone_presentation_and_gender(key: str, plain: str) -> None:
    reading = read(reaction(key), ME)
    assert isinstance(reading, Reacted)
    assert (reading.key, reading.target) == (plain, "$target")


@pytest.mark.parametrize(
    "relation", [None, {}, {"rel_type": "m.thread", "event_id": "$a", "key": "❓"}, {"rel_type": "m.annotation"}]
)
def test_other_relations_are_no_reactions(relation: Any) -> None:
    assert heard({"m.relates_to": relation}, kind="m.reaction") == Ignored("malformed")


@pytest.mark.parametrize(
    "raw",
    [
        event({}, "m.room.redaction", redacts="$gone"),
        event({"redacts": "$gone"}, "m.room.redaction"),
    ],
    ids=["up to room version 10", "from room version 11"],
)
def test_redactions(raw: Raw) -> None:
    reading = read(raw, ME)
    assert isinstance(reading, Redacted)
    assert reading.target == "$gone"


def test_a_redaction_of_nothing_is_malformed() -> None:
    assert heard({"redacts": 7}, kind="m.room.redaction") == Ignored("malformed")


def test_our_own_messages_settle_their_delivery_or_are_ignored() -> None:
    assert heard(text("x") | {"org.askbridge.effect": "e1"}, sender=ME) == Echoed(Origin(ROOM, "$1", ME, 1), "e1")
    assert heard(text("!ask me"), sender=ME) == Ignored("own")
    assert heard(text("x") | {"org.askbridge.effect": ["e1"]}, sender=ME) == Ignored("own")


def test_nobody_else_can_settle_a_delivery() -> None:
    forged = text("x") | {"org.askbridge.effect": "e1", "org.askbridge.card": {"question": 1}}
    assert isinstance(heard(forged, sender=BOB), Said)


def test_membership() -> None:
    raw = event({"membership": "invite", "displayname": "B" * 999, "is_direct": True}, "m.room.member", state_key=BOB)
    reading = read(raw, ME)
    assert isinstance(reading, MemberChanged)
    assert (reading.user_id, reading.membership, reading.is_direct) == (BOB, "invite", True)
    assert read_member(raw) == (BOB, "invite", "B" * 256)


@given(parts, parts)
def test_who_is_in_a_room_is_read_alike_alone_and_with_everything_else(content: Raw, more: Raw) -> None:
    raw = event({"membership": "join", **content}, "m.room.member", state_key=BOB) | more
    reading = read(raw, ME)
    if isinstance(reading, MemberChanged):
        assert read_member(raw) == (reading.user_id, reading.membership, reading.display_name)


@pytest.mark.parametrize(
    ("kind", "key", "reason"),
    [("m.room.member", BOB, "malformed"), ("m.room.name", 7, "malformed"), ("org.custom", "", "type")],
)
def test_state_that_does_not_matter(kind: str, key: Any, reason: str) -> None:
    assert heard({"membership": "lurk"}, kind=kind, state_key=key) == Ignored(reason)


def test_state_that_matters() -> None:
    reading = heard({"name": "Help"}, kind="m.room.name", state_key="")
    assert isinstance(reading, StateChanged)
    assert (reading.event_type, reading.content) == ("m.room.name", {"name": "Help"})


def test_other_types_are_ignored() -> None:
    assert heard({}, kind="m.sticker") == Ignored("type")
    assert read({**event({}), "type": ["m.room.message"]}, ME) == Ignored("type")


def with_latest_edit(edit: Any) -> Raw:
    return event(text("old"), event_id="$old", unsigned={"m.relations": {"m.replace": edit}})


@pytest.mark.parametrize(
    ("latest", "body"),
    [
        (event(edited(text("new"), "$old"), event_id="$edit"), "new"),
        (event(edited(text("new"), "$old"), event_id="$edit", sender=BOB), "old"),
        (event(text("no edit"), event_id="$edit"), "old"),
        ({"event_id": "$edit"}, "old"),
        ("nonsense", "old"),
    ],
)
def test_a_fetched_message_reads_as_it_was_last_edited_by_its_author(latest: Any, body: str) -> None:
    reading = read_fetched(with_latest_edit(latest), ME)
    assert isinstance(reading, Said)
    assert (reading.body, reading.origin.event_id, reading.origin.sender) == (body, "$old", ANN)
