"""People from outside are let in, approved and looked up by those who may."""

from dataclasses import replace
from pathlib import Path

import pytest

from bridge.domain.spaces import Level, Space
from tests.flow.extranet import (
    ACME,
    ANN,
    BY_MODERATORS,
    DESK,
    EVE,
    LAST,
    SQUARE,
    WORKS,
    ZED,
    accepts_invites,
    town,
)
from tests.flow.pocket import BOT, direct_chat, user_id

# --- letting in -------------------------------------------------------------------------------------------------------


def test_an_invite_opens_the_rooms_and_the_sponsor_learns_the_rest(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} for 30d because she fixes the VPN", room=ACME)
        assert sorted(place.invited) == [(ACME, ANN), (WORKS, ANN)]
        assert place.seen_in(ACME) == ["✔️"]
        told = place.told("amy")[-1]
        assert told.startswith(f"{ANN} has access to acme, all rooms, until 14 February 2027.")
        assert f"!extend {ANN}" in told
        assert f"!revoke {ANN}" in told
        accepts_invites(place)
        assert place.removed == []
        assert place.told("lead") == []


def test_an_invite_here_opens_this_room_alone(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} here", room=WORKS)
        assert place.invited == [(WORKS, ANN)]
        assert LAST in place.told("amy")[-1]
        place.member(ANN, "join", room=WORKS)
        place.member(ANN, "join", room=ACME)
        assert place.removed == [(ACME, ANN)]
        place.says("bob", f"!invite {ANN}", room=ACME)
        assert place.invited == [(WORKS, ANN), (ACME, ANN)]


def test_in_a_direct_chat_the_only_space_for_people_from_outside_is_meant(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} until 2027-03-01", private=True)
        assert sorted(place.invited) == [(ACME, ANN), (WORKS, ANN)]
        assert "until 1 March 2027" in place.told("amy")[-1]


def test_somebody_who_was_in_already_and_is_let_in_stays(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.forbidden.add((ACME, ANN))
        place.member(ANN, "join", room=ACME)
        assert "@ann:acme.com" in place.told("lead")[-1]
        place.forbidden.clear()
        place.says("amy", f"!invite {ANN}", room=ACME)
        assert place.invited == [(WORKS, ANN)]
        assert place.removed == []


@pytest.mark.parametrize(
    ("words", "room", "said"),
    [
        (f"!invite {ANN}", DESK, "Only staff have a place in helpdesk."),
        (f"!invite {ANN}", SQUARE, f"Everybody may come into square: {ANN} needs no grant."),
        ("!invite @bob:example.org", ACME, "@bob:example.org is one of us and needs no grant."),
        (f"!invite {BOT}", ACME, "Write: !invite @ann:acme.com"),
        (f"!invite {EVE}", ACME, f"acme lets in people from acme.com only, and {EVE} is from elsewhere."),
        (f"!invite {ZED}", ACME, f"{ZED} is kept out of all rooms by the config."),
        (f"!invite {ANN} until 2026-01-01", ACME, "1 January 2026 is over already."),
        (f"!invite {ANN} for a year", ACME, f"That is longer than acme allows. The last day possible is {LAST}."),
        (f"!invite {ANN} here space:acme", DESK, "“here” means the room that you write in"),
        (f"!invite {ANN} space:acmee", DESK, "There is no space “acmee”. There are: acme, helpdesk, square"),
        (f"!invite {ANN} untl Friday", ACME, "I do not understand “untl” here. Did you mean “until”?"),
        (f"!invite {ANN} until 3/4/2027", ACME, "“3/4/2027” can be two days. Write 2027-03-04 or 2027-04-03."),
        ("!invite", ACME, "Write: !invite @ann:acme.com"),
        (f"!extend {ANN}", ACME, f"{ANN} has no access to acme. !invite {ANN} would let them in."),
        (f"!revoke {ANN}", ACME, f"{ANN} has no access to acme. !invite {ANN} would let them in."),
        (f"!revoke {ANN} everywhere", ACME, f"{ANN} has no access anywhere and is in none of our rooms."),
        ("!revoke @bob:example.org", ACME, "@bob:example.org is one of us; that is not mine to end."),
        ("!requests approve 7", ACME, "There is no request 7 that waits."),
        ("!terms accept", ACME, "There are no terms"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(tmp_path: Path, words: str, room: str, said: str) -> None:
    with town(tmp_path) as place:
        assert said in place.hears("amy", words, room=room)
        assert place.invited == []


def test_a_second_invite_names_end_and_sponsor_and_several_spaces_have_to_be_told_apart(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} for 30d", room=ACME)
        said = place.hears("bob", f"!invite {ANN} here", room=ACME)
        assert said == (
            f"{ANN} has access already, until 14 February 2027; the sponsor is @amy:example.org. "
            f"To change that: !extend {ANN}"
        )
        spaces = {**place.policy.spaces, "beta": Space("beta", Level.EXTRANET)}
        place.policy = replace(place.policy, spaces=spaces)
        assert place.hears("bob", f"!invite {EVE}", private=True) == ("Which space? Add space: and one of: acme, beta")
        place.says("bob", f"!extend {ANN} for 60d", private=True)
        assert "16 March 2027" in place.told("bob")[-1]


def test_dates_are_read_as_the_writer_reads_them(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", "!language fr", private=True)
        place.says("amy", f"!invite {ANN} jusqu'au 3/4/2027 parce que VPN", room=ACME)
        assert "jusqu’au 3 avril 2027" in place.told("amy")[-1]


# --- moderators decide ------------------------------------------------------------------------------------------------


def test_where_moderators_decide_a_request_waits_for_the_first_word(tmp_path: Path) -> None:
    with town(tmp_path, BY_MODERATORS) as place:
        place.says("amy", f"!invite {ANN} for 30d because of the tender", room=ACME)
        assert place.invited == []
        assert "waits for a moderator" in place.told("amy")[-1]
        asked = place.told("lead")[-1]
        assert asked.startswith(f"@amy:example.org asks to let {ANN} into acme, all rooms, until 14 February 2027")
        assert "because: of the tender" in asked.replace("because: the", "because: of the")
        assert place.hears("bob", f"!invite {ANN}", room=ACME).startswith(f"Access for {ANN} waits")
        target = place.consents("lead")
        assert sorted(place.invited) == [(ACME, ANN), (WORKS, ANN)]
        assert f"{ANN} has access to acme" in place.told("amy")[-1]
        told = len(place.said)
        place.reacts("lead", target, "✅", private=True)
        assert len(place.said) == told + 1, "the second word does nothing"


def test_a_moderator_needs_nobodys_word(tmp_path: Path) -> None:
    with town(tmp_path, BY_MODERATORS) as place:
        place.says("lead", f"!invite {ANN}", room=ACME)
        assert len(place.invited) == 2


def test_a_request_is_approved_or_refused_by_its_number(tmp_path: Path) -> None:
    with town(tmp_path, BY_MODERATORS) as place:
        place.says("amy", f"!invite {ANN} because VPN", room=ACME)
        place.says("bob", "!invite @cat:acme.com here", room=WORKS)
        listed = place.hears("bob", "!requests", room=DESK)
        assert "Waiting for a moderator: 2." in listed
        assert f"1: {ANN}, all rooms of acme, until {LAST}, asked by @amy:example.org, because: VPN" in listed
        assert "2: @cat:acme.com, !works:example.org" in listed
        assert place.hears("bob", "!requests approve 1", room=DESK) == (
            "Moderators decide about that. Ask one of them: @lead:example.org"
        )
        place.says("lead", "!requests approve 1", room=DESK)
        place.says("lead", "!requests refuse 2", room=DESK)
        assert {person for _, person in place.invited} == {ANN}
        assert "did not approve access to acme for @cat:acme.com" in place.told("bob")[-1]
        assert place.hears("lead", "!requests", room=DESK) == ("Nothing waits for a moderator.")
        place.consents("lead", "@cat:acme.com")
        assert {person for _, person in place.invited} == {ANN}


def test_only_the_moderator_who_was_asked_can_approve_and_only_where_they_were_asked(tmp_path: Path) -> None:
    with town(tmp_path, BY_MODERATORS) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        target = place._told("lead")[-1]["event_id"]
        place.reacts("amy", target, "✅", private=True)
        place.reacts("lead", target, "✅", room=ACME)
        place._happens("amy", "m.reaction", _thumb(target), direct_chat("lead"))
        assert place.invited == []
        place.policy = replace(place.policy, people=replace(place.policy.people, moderators=()))
        place.reacts("lead", target, "✅", private=True)
        assert place.invited == [], "who is no moderator any more decides nothing"


def _thumb(target: str) -> dict[str, object]:
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": "✅"}}


def test_where_moderators_decide_a_later_end_waits_too(tmp_path: Path) -> None:
    with town(tmp_path, BY_MODERATORS) as place:
        place.says("amy", f"!invite {ANN} for 30d", room=ACME)
        first = place.consents("lead")
        place.says("amy", f"!extend {ANN} for 60d", room=ACME)
        assert "16 March 2027" in place.told("lead")[-1]
        place.reacts("lead", first, "✅", private=True)
        assert "14 February" in place.hears("bob", "!externals", room=ACME), "an old ✅ approves nothing new"
        place.consents("lead")
        assert "has access to acme until 16 March 2027 now" in place.told("amy")[-1]
        place.says("amy", f"!extend {ANN} for 10d", room=ACME)
        assert "until 25 January 2027 now" in place.told("amy")[-1], "the sponsor may let it end earlier"
        said = place.hears("bob", f"!revoke {ANN}", room=ACME)
        assert said == (f"Only the sponsor and moderators can end that. Ask @amy:example.org, who vouches for {ANN}.")


def test_a_request_that_nobody_answers_lapses(tmp_path: Path) -> None:
    with town(tmp_path, BY_MODERATORS) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        place.passes(days=29)
        assert "lapse" not in place.told("amy")[-1]
        place.passes(days=1)
        assert "Nobody decided in time" in place.told("amy")[-1]
        place.consents("lead")
        assert place.invited == []


# --- looking ----------------------------------------------------------------------------------------------------------


def test_externals_and_who_say_whom_one_deals_with(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} for 30d because VPN", room=ACME)
        accepts_invites(place)
        line = (
            f"{ANN}: all rooms of acme, since 15 January 2027, until 14 February 2027, "
            "sponsor @amy:example.org, in force, because: VPN"
        )
        assert place.hears("bob", "!externals space:acme", room=DESK) == (
            f"From outside with access: 1 (acme)\n- {line}"
        )
        who = place.hears("bob", f"!who {ANN}", room=DESK).splitlines()
        assert who[0].startswith(f"{ANN}: from outside, without access. In our rooms: ")
        assert who[1] == f"- {line}"
        there = place.hears("bob", f"!who {ANN}", private=True)
        assert there.startswith(
            f"{ANN}: from outside, with access. In our rooms: !acme:example.org, !works:example.org"
        )


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("me", "@bob:example.org: one of our staff."),
        ("@amy:example.org", "@amy:example.org: one of our staff."),
        (EVE, f"{EVE}: from outside, without access. In none of our rooms."),
        (ZED, f"{ZED}: from outside, without access. In none of our rooms."),
    ],
)
def test_who_is_who(tmp_path: Path, who: str, said: str) -> None:
    with town(tmp_path) as place:
        assert place.answers("bob", f"!who {who}", room=DESK) == [said]


def test_many_externals_come_in_pages(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        for number in range(12):
            place.says("amy", f"!invite @p{number}:acme.com", room=ACME)
        first = place.hears("bob", "!externals", room=ACME)
        assert first.count("\n- @p") == 10
        assert first.endswith("Page 1 of 2. For the next one, add page:2")
        assert place.hears("bob", "!externals page:2", room=ACME).count("\n- @p") == 2


COMMANDS = (
    "invite @cat:acme.com",
    "extend @cat:acme.com",
    "revoke @cat:acme.com",
    "externals",
    "who @amy:example.org",
    "requests",
)


def test_externals_may_use_none_of_this_and_do_not_see_it(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        accepts_invites(place)
        for words in (*COMMANDS, "who @nobody:nowhere.org", "requests approve 1", "invite nonsense"):
            said = place.answers(ANN, f"!{words}", room=ACME)
            assert said == ["That is only for people of this organisation. If you need it, ask whoever invited you."], (
                words
            )
        shown = place.hears(ANN, "!help", room=ACME)
        assert "!terms" in shown
        assert not [name for name in COMMANDS if f"!{name.split()[0]}" in shown]
        assert place.hears("amy", "!help", room=ACME).count("!invite") == 1


def test_what_staff_ask_in_a_room_with_externals_is_answered_in_private(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        accepts_invites(place)
        before = len(place.seen_in(ACME))
        place.says("bob", "!externals", room=ACME)
        place.says("bob", f"!who {ANN}", room=ACME)
        place.says("bob", f"!invite {ANN}", room=ACME)
        assert place.seen_in(ACME)[before:] == ["✉️", "✉️", "✉️"]
        first, second, third = place.told("bob")
        assert ANN in first and ANN in second
        assert third.startswith(f"{ANN} has access already, until {LAST}; the sponsor is @amy:example.org.")
        assert user_id("bob") not in str(place.told(ANN))
