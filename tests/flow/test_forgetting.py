"""What people and time have the bot forget, and what stays: `!forget me`, retention, `!hold`."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bridge.domain.spaces import DAY, Level, Space
from bridge.store.database import Database
from bridge.store.export import export
from tests.flow import triage
from tests.flow.pocket import BOT, POLICY, Pocket, pocket

KEPT = replace(POLICY, spaces={"helpdesk": Space("helpdesk", Level.INTERNAL, kept=30 * DAY)})
MARK = "marker-of-words"
AMY = "@amy:example.org"


def files(folder: Path) -> bytes:
    """All that lies on the disk."""
    return b"".join(path.read_bytes() for path in folder.glob("pocket.db*"))


def exported(folder: Path, kind: str) -> list[dict[str, object]]:
    with closing(Database.open(f"sqlite:///{folder / 'pocket.db'}", read_only=True)) as database:
        return [each for each in export(database) if each["type"] == kind]


def settled(room: Pocket, person: str, text: str) -> str:
    """A question with an accepted answer."""
    asked = room.says(person, f"!ask {text}")
    room.says("bob", f"{MARK} of bob's answer", thread=asked)
    room.says(person, "!answered", thread=asked)
    return asked


def card(room: Pocket, asked: str) -> str:
    """What the question's card shows by now."""
    shown = [e["content"] for e in room.said if e["sender"] == BOT and "org.askbridge.card" in json.dumps(e["content"])]
    threads = [c for c in shown if c.get("m.relates_to", {}).get("event_id") == asked]
    first = threads[0]
    posted = next(e["event_id"] for e in room.said if e["content"] is first)
    edits = [c["m.new_content"] for c in shown if c.get("m.relates_to", {}).get("event_id") == posted]
    return str((edits or [first])[-1]["body"])


def test_time_takes_words_and_leaves_numbers(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "lead", policy=KEPT) as room:
        room.starts()
        old = settled(room, "amy", f"{MARK}?\n{MARK} again #{MARK}")
        held = settled(room, "amy", "What is held?")
        room.says("amy", "!ask Who waits?")
        closed = room.says("amy", "!ask Never mind")
        room.says("amy", f"!close 4 {MARK}", thread=closed)
        assert room.hears("bob", "!hold 2") == "Moderators decide about that. Ask a moderator of this room."
        room.says("lead", "!hold 2")
        assert "kept for good" in room.hears("bob", "!show 2")
        assert "kept for good already" in room.hears("lead", "!hold 2")
        room.passes(29)
        assert MARK in room.hears("bob", "!show 1")
        reopened = room.says("amy", "!ask Is it over?")
        room.says("bob", "Yes.", thread=reopened)
        room.says("amy", "!answered", thread=reopened)
        room.passes(2)
        room.passes(1)
        assert "answered, its text was deleted" in card(room, old)
        assert MARK not in card(room, old)
        shown = room.hears("bob", "!show 1")
        assert "deleted for good" in shown
        assert MARK not in shown
        assert room.hears("amy", "!reopen 1") == "The text of Q1 was deleted for good. Ask anew."
        assert "closed, its text was deleted" in card(room, closed)
        assert "What is held?" in room.hears("bob", "!show 2")
        assert "Q3" in room.hears("bob", "!unanswered")
        room.says("amy", "!reopen 5", thread=reopened)
        room.says("lead", "!hold 2 off", thread=held)
        assert room.hears("lead", "!hold 2 off") == "Q2 is not kept for good; it goes when its time is over."
        room.passes(40)
        assert "deleted for good" in room.hears("bob", "!show 2")
        assert "Is it over?" in room.hears("bob", "!show 5"), "what was opened again is not forgotten"
        assert room.hears("bob", "!questions").startswith("2 questions")
    assert MARK.encode() not in files(tmp_path)
    facts = [str(each["number"]) for each in exported(tmp_path, "fact") if each["kind"] == "QuestionForgotten"]
    assert sorted(facts) == ["1", "2", "4"]
    first = exported(tmp_path, "question")[0]
    assert (first["number"], first["state"], first["reason"], first["asker"]) == (1, "answered", "expired", AMY)


def as_it_reads(room: Pocket, room_id: str) -> list[str]:
    """What the bot's messages in a room say by now."""
    texts: dict[str, str] = {}
    for event in (each for each in room.said if each["room_id"] == room_id and each["sender"] == BOT):
        content = event["content"]
        changed = content.get("m.new_content", content)
        relation = content.get("m.relates_to", {})
        target = relation["event_id"] if relation.get("rel_type") == "m.replace" else event["event_id"]
        texts[target] = str(changed.get("body", ""))
    return list(texts.values())


def everything_of_amy(room: Pocket) -> None:
    settled(room, "amy", f"{MARK} one #{MARK}")
    asked = room.says("bob", "!ask @amy:example.org what do you say?")
    answer = room.says("amy", f"{MARK} of amy's answer", thread=asked)
    room.reacts("bob", answer, "✅")
    room.says("bob", "!ask and this?")
    room.says("amy", "!claim 3")
    other = room.says("bob", "!ask another")
    another = room.says("cyd", "I know", thread=other)
    room.reacts("amy", another, "👍")
    room.says("amy", "!follow 4")
    room.says("amy", f"!ask @bob:example.org {MARK} waits")
    room.says("amy", f"!ask {MARK} is held")
    room.says("lead", "!hold 6")
    room.says("amy", "!language fr")


def test_somebody_is_forgotten_and_counts_stay(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "cyd", "lead") as room:
        everything_of_amy(room)
        before = exported_facts(tmp_path)
        room.says("amy", "!forget me", private=True)
        (asked,) = [text for text in room.told("amy") if "irréversible" in text]
        assert "✅" in asked
        assert (
            "Écrivez" in room.hears("amy", "!forget it") or "!forget me [confirm]" in room.answers("amy", "!forget")[0]
        )
        room.consents("amy", "irréversible")
        assert "c’est fait" in room.told("amy")[-1]
        for _ in range(4):
            room.passes(0.1)
        assert (
            room.told("amy")[-1]
            .replace("\u00a0", " ")
            .startswith("C’est fait : ce que vous m’avez écrit est supprimé, sauf dans 1 question")
        )
        assert "asked by somebody who was forgotten" in room.hears("bob", "!show 1")
        assert "deleted for good" in room.hears("bob", "!show 5")
        assert room.hears("bob", "!show 2").endswith("(accepted)"), "without what it said"
        assert MARK not in room.hears("bob", "!show 2")
        assert "votes +1" in room.hears("bob", "!show 4")
        assert MARK in room.hears("bob", "!show 6"), "what is held stays"
        assert "open" in room.hears("bob", "!show 3")
        room.passes(1)
    assert exported_facts(tmp_path)[: len(before)] == before, "the log cannot be changed"
    left = {kind: exported(tmp_path, kind) for kind in ("question", "answer", "acceptance", "reaction", "follow")}
    named = [each for kind in left.values() for each in kind if AMY in json.dumps(each)]
    assert [each["number"] for each in named] == [6]
    (last,) = [each for each in exported(tmp_path, "fact") if each["kind"] == "PersonForgotten"]
    assert (last["person"], last["questions"], last["answers"], last["held"]) == (AMY, 2, 1, 1)
    assert files(tmp_path).count(MARK.encode()) > 0, "of what is held"


def exported_facts(folder: Path) -> list[dict[str, object]]:
    return exported(folder, "fact")


def test_nothing_is_lost_or_doubled_by_a_kill_in_between(tmp_path: Path) -> None:
    """More than one transaction takes; the process ends after the first, as if it had been killed."""
    with pocket(tmp_path, "amy", "bob") as room:
        for number in range(60):
            room.says("amy", f"!ask {MARK} {number}")
        room.says("bob", "!ask And I?")
        room.says("amy", "!forget me confirm", private=True)
        room.rings()
    gone = [each for each in exported(tmp_path, "question") if each["reason"] == "forgotten"]
    assert 0 < len(gone) < 60
    with pocket(tmp_path, "amy", "bob") as room:
        for _ in range(4):
            room.passes(0.1)
        assert room.told("amy")[-1] == "It is done: what you wrote to me is deleted."
    assert MARK.encode() not in files(tmp_path)
    facts = [each for each in exported(tmp_path, "fact") if each["kind"] in {"QuestionForgotten", "PersonForgotten"}]
    assert len({each["number"] for each in facts if each["kind"] == "QuestionForgotten"}) == len(facts) - 1 == 60
    assert facts[-1]["questions"] == 60
    askers = [each["asker"] for each in exported(tmp_path, "question")]
    assert askers == ["@forgotten-1:invalid"] * 60 + ["@bob:example.org"]


def test_notes_go_from_the_triage_room_too(tmp_path: Path) -> None:
    """Those of somebody who is forgotten, and all about a question whose time is over."""
    kept = triage.policy()
    spaces = {name: replace(space, kept=30 * DAY) for name, space in kept.spaces.items()}
    with triage.town(tmp_path, rules=replace(kept, spaces=spaces)) as place:
        place.starts()
        place.says("amy", "!ask Which way?", room=triage.HELPDESK)
        place.says("bob", f"!note 1 {MARK} bob", room=triage.HELPDESK)
        place.says("eve", f"!note 1 {MARK} eve", room=triage.HELPDESK)
        assert sum(MARK in text for text in as_it_reads(place, triage.TRIAGE)) == 2
        place.says("bob", "!forget me confirm", private=True)
        for _ in range(3):
            place.passes(0.1)
        assert sum(MARK in text for text in as_it_reads(place, triage.TRIAGE)) == 1
        place.says("amy", "!close 1", room=triage.HELPDESK)
        for _ in range(4):
            place.passes(31)
        assert not [text for text in as_it_reads(place, triage.TRIAGE) if MARK in text]
    assert MARK.encode() not in files(tmp_path)
