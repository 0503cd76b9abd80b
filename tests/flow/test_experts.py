"""Who knows about what, who is asked, and who asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.domain.calendar import Calendar
from bridge.domain.expertise import HALF_LIFE
from bridge.domain.people import People
from bridge.domain.spaces import DAY, Level, Space
from bridge.store.transaction import StoreTransaction
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.experts import likely
from tests.flow.pocket import POLICY, Pocket, pocket

HOUR = 3_600_000
DESK, ACME = "!helpdesk:example.org", "!acme:example.org"
SPACES = {
    "helpdesk": Space("helpdesk", Level.INTERNAL, ask_experts=True, nudge_after=8 * HOUR),
    "acme": Space("acme", Level.EXTRANET),
}
POLICY_HERE = replace(POLICY, spaces=SPACES)
ANN = "@ann:acme.com"


def settled(room: Pocket, asker: str, helper: str, words: str, where: str = DESK) -> str:
    asked = room.says(asker, f"!ask {words}", room=where)
    answer = room.says(helper, "Like this.", thread=asked, room=where)
    room.reacts(asker, answer, "✅", room=where)
    return asked


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Pocket]:
    rooms = {DESK: "helpdesk", ACME: "acme"}
    with pocket(tmp_path, "amy", "bob", "cleo", ANN, policy=POLICY_HERE, rooms=rooms) as room:
        room.member(ANN, "leave", room=DESK)
        yield room


def test_experts_are_those_whose_answers_were_accepted_and_who_say_so(town: Pocket) -> None:
    assert town.hears("amy", "!experts vpn").startswith("Nobody is known here for #vpn yet.")
    first = settled(town, "amy", "bob", "Is the #vpn down?")
    settled(town, "amy", "bob", "And the #vpn now?")
    settled(town, "amy", "cleo", "And the #vpn today?")
    town.says("bob", "!expertise +vpn +lan", private=True)
    assert town.hears("bob", "!expertise", private=True).startswith("What you say you know about: vpn, lan.")
    assert town.hears("amy", "!experts #vpn").split("\n") == [
        "Who knows about #vpn:",
        "- Bob: accepted answers: 2; says so themselves",
        "- Cleo: accepted answers: 1",
    ]
    town.says("amy", "!reopen", thread=first)
    assert "Bob: accepted answers: 1" in town.hears("amy", "!experts vpn")
    town.says("amy", "!tag 2 -vpn")
    assert "Bob: accepted answers: 0; says so themselves" in town.hears("amy", "!experts vpn")
    town.says("bob", "!expertise -vpn", private=True)
    assert "Bob" not in town.hears("amy", "!experts vpn")
    assert town.hears("amy", "!experts").startswith("Write: !experts vpn")


def test_experts_of_what_may_not_be_shown_here_are_nobody(town: Pocket) -> None:
    settled(town, "amy", "bob", "Is the #vpn down?", DESK)
    settled(town, "amy", "cleo", "Is your #vpn down?", ACME)
    assert town.hears(ANN, "!experts vpn", room=ACME).split("\n")[1:] == ["- Cleo: accepted answers: 1"]
    assert town.hears("amy", "!experts vpn", room=DESK).split("\n")[1:] == [
        "- Cleo: accepted answers: 1",
        "- Bob: accepted answers: 1",
    ]
    town.member("cleo", "leave", room=ACME)
    town.member("cleo", "leave", room=DESK)
    assert "Cleo" not in town.hears("amy", "!experts vpn", room=DESK)


def test_gaps_are_what_is_asked_often_without_an_expert(town: Pocket) -> None:
    assert town.hears("amy", "!gaps").startswith("In the last 90 days nothing was asked often")
    for n in range(3):
        town.says("amy", f"!ask Is the #scanner broken, {n}?")
        town.says("amy", f"!ask Is the #vpn down, {n}?")
        town.says("amy", f"!ask Is the #lift stuck, {n}?", room=ACME)
    settled(town, "amy", "bob", "Is the #vpn up?")
    assert town.hears("amy", "!gaps", room=DESK).split("\n")[1:] == [
        "- #lift – questions: 3",
        "- #scanner – questions: 3",
    ]
    assert town.hears(ANN, "!gaps", room=ACME).split("\n")[1:] == ["- #lift – questions: 3"]
    town.passes(2 * HALF_LIFE / DAY)
    assert town.hears("amy", "!gaps", room=DESK).startswith("In the last 90 days")


def test_a_question_of_nobody_is_shown_to_its_likely_experts_but_not_too_often(town: Pocket) -> None:
    settled(town, "amy", "bob", "Is the #vpn down?")
    settled(town, "amy", "cleo", "Is the #vpn up?")
    town.passes(1)
    before = len(town.told("bob")), len(town.told("cleo"))
    for n in range(4):
        town.says("amy", f"!ask Where is the vpn, {n}?")
    town.passes(0.01)
    told = [line for text in town.told("bob")[before[0] :] for line in text.split("\n")]
    assert [line.partition(":")[0] for line in told] == [
        f"You may know the answer to Q{number}, and nobody has taken it yet" for number in (3, 4, 5)
    ]
    assert len(town.told("cleo")) - before[1] == len(town.told("bob")) - before[0]
    town.says("amy", "!ask @cleo Where is the vpn?")
    town.says("bob", "!ask Where is the #vpn gone?")
    assert not any("Q8" in text for text in town.told("bob"))
    town.passes(1.01)
    town.says("bob", "!notify off", private=True)
    town.says("amy", "!ask Where is the vpn today?")
    town.passes()
    assert any("Q9" in text for text in town.told("cleo"))
    assert not any("Q9" in text for text in town.told("bob"))


def test_only_who_is_there_and_may_see_it_is_likely(town: Pocket) -> None:
    settled(town, "amy", "bob", "Is the #vpn down?", ACME)
    settled(town, "amy", ANN, "Is the #vpn up?", ACME)
    town.says("cleo", "!expertise +vpn", private=True)
    town.says("amy", "!ask Where is the #vpn?", room=DESK)

    def found(among: set[str] | None = None) -> list[str]:
        def look(tx: StoreTransaction) -> list[str]:
            question = tx.questions.get(3)
            assert question is not None
            return likely(question, Circumstances(tx, POLICY_HERE, town.now), among, 9)

        return town.database.write_now(look)

    assert found() == ["@cleo:example.org", "@bob:example.org"]
    assert found({"@bob:example.org"}) == ["@bob:example.org"]
    town.says("bob", "!away for 3d", private=True)
    assert found() == ["@cleo:example.org"]
    town.member("cleo", "leave", room=DESK)
    assert found() == []


def test_the_asker_is_nudged_once_when_it_is_time(tmp_path: Path) -> None:
    """Business hours are from nine to five in UTC; it is Friday, eight o'clock."""
    week = ((((540, 1020),),) * 5) + ((), ())
    space = replace(SPACES["helpdesk"], calendar=Calendar(week=week), ask_experts=False)
    policy = replace(POLICY, spaces={"helpdesk": space}, people=People(staff=("@*:example.org",)))
    with pocket(tmp_path, "amy", "bob", policy=policy) as room:
        asked = room.says("amy", "!ask Where is the key?")
        other = room.says("amy", "!ask And the other one?")
        room.says("bob", "In the drawer.", thread=asked)
        room.says("bob", "In the other drawer.", thread=other)
        room.says("amy", "Which of them?", thread=other)
        room.says("amy", "!profile hours 12:00-14:00", private=True)
        room.passes(0.9)
        assert room.told("amy") == []
        room.passes(2)
        assert room.told("amy") == []
        room.passes(0.3)
        [told] = room.told("amy")
        assert told.startswith(
            "Your question Q1 has an answer. If that is it, put ✅ on it there, or write !answered there."
        )
        room.passes(9)
        assert len(room.told("amy")) == 1
        room.says("bob", "The left one.", thread=other)
        room.says("bob", "!answered", thread=other)
        room.passes(9)
        assert len(room.told("amy")) == 1, "who was asked in the thread is not asked again"


def test_what_people_say_of_themselves(town: Pocket) -> None:
    assert town.hears("amy", "!profile @bob").startswith("Bob has told me nothing")
    for words in ("languages FR, en", "region Lyon, east", "hours 9h-17h30", "zone europe/paris", "quiet 22-7"):
        assert town.answers("bob", f"!profile {words}", private=True) == [""]
    town.says("bob", "!expertise vpn, +lan", private=True)
    assert town.hears("bob", "!profile", private=True).split("\n")[1:7] == [
        "Languages: fr, en",
        "Region: Lyon, east",
        "Expertise: vpn, lan",
        "Working hours: 09:00-17:30",
        "Quiet hours: 22:00-07:00",
        "Time zone: Europe/Paris",
    ]
    assert town.hears("amy", "!profile @bob", room=DESK).split("\n") == [
        "What Bob says of themselves:",
        "Languages: fr, en",
        "Region: Lyon, east",
        "Expertise: vpn, lan",
        "Working hours: 09:00-17:30 (time zone: Europe/Paris)",
    ]
    assert "only for people of this organisation" in town.hears(ANN, "!profile @bob", private=True)
    assert "only for people of this organisation" in town.hears(ANN, "!profile @nobody", private=True)
    wrong = {
        "languages français": "codes",
        "zone Parys": "Europe/Paris",
        "quiet 7-7": "09:00-17:00",
        "nonsense": "!profile",
    }
    for words, hint in wrong.items():
        assert hint in town.hears("bob", f"!profile {words}", private=True)
    assert "no tag" in town.hears("bob", "!expertise +$", private=True)
    town.says("bob", "!profile region none", private=True)
    assert "Region: –" in town.hears("bob", "!profile", private=True)


def test_words_of_an_encrypted_chat_are_not_repeated_in_a_plain_room(tmp_path: Path) -> None:
    chat = "!direct-bob:example.org"
    with pocket(tmp_path, "amy", "bob", policy=POLICY_HERE, rooms={DESK: "helpdesk"}, encrypted={chat}) as room:
        room.says("bob", "!profile region Hideout", private=True)
        room.says("bob", "!expertise +secretvpn", private=True)
        room.says("bob", "!follow tag:secretlan", private=True)
        assert "Hideout" in room.hears("bob", "!profile", private=True)
        assert "secretlan" in room.hears("bob", "!follow", private=True)
        assert "Hideout" not in room.hears("amy", "!profile @bob")
        assert "secret" not in room.hears("amy", "!profile @bob")
        assert "Bob" not in room.hears("amy", "!experts secretvpn")


def test_without_text_nothing_is_declared_in_an_encrypted_chat(tmp_path: Path) -> None:
    chat = "!direct-bob:example.org"
    rooms = {DESK: "helpdesk"}
    with pocket(tmp_path, "amy", "bob", policy=POLICY_HERE, rooms=rooms, encrypted={chat}, textless=True) as room:
        for words in ("!profile region Hideout", "!expertise +vpn", "!follow tag:vpn"):
            assert room.hears("bob", words, private=True).startswith("I keep no words of encrypted rooms.")
        assert room.answers("bob", "!profile hours 9-17", private=True) == [""]
        assert room.answers("bob", "!expertise +vpn") == [""]
