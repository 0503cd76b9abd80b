"""With `tracking: metadata`, what is said in encrypted rooms is answered there, and kept nowhere."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.chat.words import LANGUAGES
from bridge.domain.questions import Attachment
from bridge.store.database import Database
from bridge.store.export import export
from tests.flow.extranet import ACME, ANN, DESK, ROOMS, SQUARE, policy
from tests.flow.pocket import Pocket, direct_chat, pocket, user_id

MARKER = "geheimwort"
OPEN_WORDS = "parking"
CHATS = tuple(map(direct_chat, ("amy", "bob", ANN)))
UNTOLD = {
    "en": "in an encrypted room",
    "fr": "dans un salon chiffré",
    "nl": "in een versleutelde kamer",
    "ru": "в зашифрованной комнате",
    "de": "in einem verschlüsselten Raum",
}


@contextmanager
def town(folder: Path, *, textless: bool = True, chats: tuple[str, ...] = CHATS) -> Iterator[Pocket]:
    """The partner's room is encrypted, the desk of our own people is not; Lead's direct chat is not either."""
    people = ("amy", "bob", "lead")
    with pocket(folder, *people, policy=policy(), rooms=ROOMS, encrypted=(ACME, *chats), textless=textless) as place:
        yield place


def on_disk(folder: Path) -> str:
    found = b"".join(path.read_bytes() for path in sorted(folder.glob("pocket.db*")))
    return found.decode("utf-8", "replace")


def in_plain_rooms(place: Pocket) -> list[str]:
    """What the bot said there."""
    sealed = (ACME, *CHATS)
    return [str(event["content"]) for event in place.said if event["room_id"] not in sealed]


def edits(place: Pocket, person: str, target: str, body: str) -> None:
    new = {"msgtype": "m.text", "body": body}
    relation = {"rel_type": "m.replace", "event_id": target}
    content = {"msgtype": "m.text", "body": f"* {body}", "m.new_content": new, "m.relates_to": relation}
    place._happens(person, "m.room.message", content, ACME)


def sends_file(place: Pocket, person: str) -> None:
    file = {"url": f"mxc://example.org/{MARKER}", "key": {"k": MARKER}, "iv": "iv", "hashes": {}, "v": "v2"}
    content = {"msgtype": "m.file", "body": f"!ask {MARKER}", "filename": f"{MARKER}.pdf", "file": file}
    place._happens(person, "m.room.message", content, ACME)


def talks(place: Pocket) -> None:
    """Everything that words can be written in."""
    asked = place.says("amy", f"!ask {MARKER} one? #{MARKER}\nand {MARKER}", room=ACME)
    edits(place, "amy", asked, f"!ask {MARKER} two? #{MARKER}-too")
    answered = place.says("bob", f"{MARKER} is how.", room=ACME, thread=asked)
    edits(place, "bob", answered, f"{MARKER} is better.")
    place.says("lead", f"!answered 1 {MARKER} it is.", room=ACME)
    place.reacts("bob", asked, "👀", room=ACME)
    place.says("amy", f"!reopen 1 {MARKER}", room=ACME)
    place.says("amy", f"!close 1 {MARKER} is done", room=ACME)
    sends_file(place, "bob")
    place.says("amy", f"!ask {OPEN_WORDS} for whom? #{OPEN_WORDS}", room=SQUARE)
    place.says("bob", f"!answer 3 {MARKER}, I believe.", room=ACME)
    place.says("amy", f"!close 3 because {MARKER}", private=True)
    place.says("lead", f"!invite {ANN} for 30d because {MARKER} says so", room=ACME)
    place.says("lead", f"!extend {ANN} for 60d because {MARKER}", room=ACME)
    place.says("amy", f"!revoke {ANN} because {MARKER}", room=ACME)


def stumbles(place: Pocket) -> None:
    """What is not understood is quoted back, where it was said."""
    for line in (f"!{MARKER}", f"!help {MARKER}", f"!questions tag:{MARKER} {MARKER}", f"!show {MARKER}"):
        place.says("amy", line, room=ACME)
        place.says("amy", line, private=True)
    for line in (f"!invite {MARKER}", f"!externals space:{MARKER}", f"!invite {ANN} for {MARKER}", f"!audit {MARKER}"):
        place.says("amy", line, room=ACME)
        place.says("lead", line, room=ACME)


def test_nothing_said_in_an_encrypted_room_is_on_the_disk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with town(tmp_path) as place:
        talks(place)
        stumbles(place)
        assert MARKER not in on_disk(tmp_path)
        said_here = [text for text in place.seen_in(ACME) if MARKER in text]
        assert f"There is no command {MARKER}. Did you mean !help?" in said_here
        assert not [text for text in in_plain_rooms(place) if MARKER in text]
        place._deliver = lambda: None  # type: ignore[method-assign]
        stumbles(place)
        assert MARKER not in on_disk(tmp_path)
        assert OPEN_WORDS in on_disk(tmp_path)
    with closing(Database.open(f"sqlite:///{tmp_path / 'pocket.db'}", read_only=True)) as database:
        objects = list(export(database))
    assert MARKER not in str(objects)
    questions = [o for o in objects if o["type"] == "question"]
    assert [(o["number"], o["state"], o["asker"], o["title"]) for o in questions] == [
        (1, "closed", user_id("amy"), ""),
        (2, "open", user_id("bob"), ""),
        (3, "closed", user_id("amy"), f"{OPEN_WORDS} for whom? #{OPEN_WORDS}"),
    ]
    assert [(o["number"], o["text"]) for o in objects if o["type"] == "answer"] == [(1, ""), (1, ""), (3, "")]
    assert [(o["person"], o["reason"]) for o in objects if o["type"] == "grant"] == [(ANN, "")]
    assert MARKER not in on_disk(tmp_path) + caplog.text + "".join(capfd.readouterr())


def test_questions_without_words_are_worked_on_like_all_others(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        asked = place.says("amy", f"!ask {MARKER}? #vpn", room=ACME)
        assert "Q1 · open · asked by Amy" in place.seen_in(ACME)[-1]
        assert "#vpn" not in place.seen_in(ACME)[-1]
        place.says("bob", f"{MARKER} is how.", room=ACME, thread=asked)
        place.says("lead", "!follow 1", room=ACME)
        link = "https://matrix.to/#/!acme:example.org/$event1?via=example.org"
        for room in (ACME, DESK):
            (listed,) = place.answers("amy", "!unanswered", room=room)
            assert f"- Q1 in an encrypted room ({link}) · 3 minutes" in listed.replace("4 minutes", "3 minutes")
        assert "no questions" in place.hears("amy", "!questions tag:vpn", room=ACME).lower()
        shown = place.hears("amy", "!show 1", room=DESK)
        assert "What was written stays in the encrypted room; the links lead there." in shown
        assert "1 answer" in shown
        assert "Bob (https://matrix.to/#/!acme:example.org/" in shown
        place.says("amy", "!answered 1", room=ACME)
        assert place.told("lead")[-1] == f"Q1 is answered: in an encrypted room ({link})"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_without_words_in_every_language(tmp_path: Path, language: str) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!ask {MARKER}?", room=ACME)
        place.says("amy", f"!language {language}", room=DESK)
        assert f"- Q1 {UNTOLD[language]} (https://" in place.hears("amy", "!questions", room=DESK)
        assert len(place.hears("amy", "!show 1", room=DESK).splitlines()) == 3


def test_in_full_words_stay_in_encrypted_rooms_and_chats(tmp_path: Path) -> None:
    with town(tmp_path, textless=False) as place:
        asked = place.says("amy", f"!ask {MARKER}? #{MARKER}", room=ACME)
        place.says("bob", f"{MARKER} is how.", room=ACME, thread=asked)
        for who in ("lead", "bob"):
            place.says(who, "!follow 1", room=ACME)
        assert MARKER in place.hears("amy", "!questions", room=ACME)
        assert f"{MARKER} is how." in place.hears("amy", "!show 1", private=True)
        assert f"Q1 {MARKER}? #{MARKER} (" in place.hears("amy", f"!questions tag:{MARKER}", private=True)
        place.says("amy", f"!ask {OPEN_WORDS}?", room=SQUARE)
        place.says("bob", f"!answer 2 {MARKER}, I believe.", room=ACME)
        place.says("amy", f"!close 2 because {MARKER}", private=True)
        for line in ("!questions", "!show 1", "!show 2", "!unanswered", f"!questions tag:{OPEN_WORDS}"):
            place.says("bob", line, room=DESK)
            place.says("lead", line, private=True)
        assert not place.answers("bob", f"!questions tag:{MARKER}", room=DESK)[0].count("Q1")
        place.says("lead", "!answer 1 known to everybody", room=DESK)
        assert "2 answers" in place.hears("bob", "!show 1", room=DESK)
        assert "known to everybody" not in str(place.seen_in(DESK))
        place.says("amy", "!answered 1", room=ACME)
        assert f"Q1 is answered: {MARKER}? #{MARKER} (" in place.told("bob")[-1]
        assert "Q1 is answered: in an encrypted room (" in place.told("lead")[-1]
        assert f"{MARKER}, I believe." in place.hears("amy", "!show 2", room=ACME)
    assert MARKER in on_disk(tmp_path)
    ours = [text for text in in_plain_rooms(place) if f"tag:{MARKER}" not in text]
    assert not [text for text in ours if MARKER in text]


def test_a_word_that_is_not_understood_does_not_follow_into_a_plain_chat(tmp_path: Path) -> None:
    """Who may be let in is nobody else's business, so it is said in the direct chat; the words stay where they were."""
    with town(tmp_path, textless=False) as place:
        place.member(ANN, "join", room=ACME)
        place.says("lead", f"!externals space:{MARKER}", room=ACME)
        place.says("amy", f"!externals space:{MARKER}", room=ACME)
        assert [MARKER in text for text in (place.told("lead")[-1], place.told("amy")[-1])] == [False, True]
        assert "“…”" in place.told("lead")[-1]


def test_without_encryption_nothing_is_said_in_an_encrypted_room(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.policy = replace(place.policy, encryption=False)
        assert place.answers("amy", f"!ask {MARKER}?", room=ACME) == []
        assert place.answers("amy", "!questions", private=True) == []
        assert "Q1 in an encrypted room" in place.hears("amy", "!questions", room=DESK)


def test_a_file_of_an_encrypted_room_is_no_attachment_here(tmp_path: Path) -> None:
    """In full it is, with what opens it."""
    kept: dict[bool, tuple[Attachment, ...]] = {}
    for textless in (True, False):
        folder = tmp_path / str(textless)
        folder.mkdir()
        with town(folder, textless=textless) as place:
            sends_file(place, "amy")
            question = place._database.read_now(lambda tx: tx.questions.get(1))
            assert question is not None
            kept[textless] = question.attachments
    assert kept[True] == ()
    assert MARKER in kept[False][0].source
