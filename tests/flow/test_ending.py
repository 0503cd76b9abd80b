"""Access ends: by time, by word, or with its sponsor."""

from dataclasses import replace
from pathlib import Path

from bridge.domain.spaces import Enforce, Level, Space
from bridge.workflow.ending import tick
from tests.flow.extranet import (
    ACME,
    ANN,
    BY_MODERATORS,
    DESK,
    TERMS,
    WORKS,
    accepts_invites,
    policy,
    town,
)
from tests.flow.pocket import Pocket, pocket

# --- time -------------------------------------------------------------------------------------------------------------


def test_sponsor_and_external_are_warned_once_at_seven_days_and_at_one(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} for 30d", room=ACME)
        before = len(place.told("amy"))
        warned: list[int] = []
        for day in range(1, 31):
            place.passes(days=1)
            if len(place.told(ANN)) > len(warned):
                warned.append(day)
        assert warned == [24, 30]
        assert place.told(ANN)[0] == (
            "Your access to acme ends on 14 February 2027. "
            "If you still need it, ask @amy:example.org, who can extend it."
        )
        assert [
            f"The access of {ANN} to acme ends on 14 February 2027" in told for told in place.told("amy")[before:]
        ] == [
            True,
            True,
        ]


def test_a_tick_on_the_warning_renews_for_as_long_again(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} for 30d", room=ACME)
        for end in ("10 March 2027", "3 April 2027"):
            place.passes(days=24)
            target = place.consents("amy", "✅ here")
            assert place.told("amy")[-1].startswith(f"{ANN} has access to acme until {end} now")
            assert end in place.told(ANN)[-1]
        told = len(place.told("amy"))
        place.reacts("amy", target, "✅", private=True)
        assert len(place.told("amy")) == told, "a second ✅ does not renew twice"


def test_an_end_removes_from_all_rooms_and_the_sponsor_is_told(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} for 2h", room=ACME)
        accepts_invites(place)
        place.passes(days=1)
        assert sorted(place.removed) == [(ACME, ANN), (WORKS, ANN)]
        assert place.reasons[0] == (
            "Your access to this room has ended. If you still need it, ask @amy:example.org to write !invite for you."
        )
        assert place.told("amy")[-1] == f"{ANN} has no access any more. Rooms they are out of: 2."
        assert place.told("lead") == []
        said = len(place.said)
        place.passes(days=40)
        assert len(place.said) == said


def test_a_sponsor_who_leaves_is_replaced(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        place.says("amy", "!invite @cat:acme.com", room=ACME)
        place.reloads(policy(staff=("@bob:example.org", "@lead:example.org")))
        handed = [told for told in place.told("lead") if told.startswith("@amy:example.org, the sponsor of")]
        assert len(handed) == 2
        assert "the sponsor has left" in place.hears("bob", "!externals", room=ACME)
        place.consents("lead", ANN)
        assert place.told("lead")[-1].startswith(f"You are the sponsor of {ANN} in acme now")
        place.says("bob", "!extend @cat:acme.com for 90d", room=ACME)
        assert "The sponsor is @bob:example.org" in place.told("bob")[-1]
        listed = place.hears("bob", "!externals", room=ACME)
        assert "sponsor @lead:example.org, in force" in listed
        assert "sponsor @bob:example.org, in force" in listed


def test_a_second_goes_by_without_a_query(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} for 30d", room=ACME)
        place.passes()
        database = place._database
        before = database.statements
        database.write_now(lambda tx: None)
        idle = database.statements - before
        place.now += 1000
        before = database.statements
        database.write_now(lambda tx: tick(tx, place.policy, place.now))
        assert database.statements - before == idle


# --- revoking ---------------------------------------------------------------------------------------------------------


def test_revoking_removes_from_the_space_and_ends_with_one_report(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        accepts_invites(place)
        place.says("bob", f"!revoke {ANN} because the project is over", room=ACME)
        assert sorted(place.removed) == [(ACME, ANN), (WORKS, ANN)]
        assert place.told("bob") == [f"It is done: the access of {ANN} is revoked. Rooms they are out of: 2."]
        assert place.told("amy")[-1] == (
            f"@bob:example.org ended the access of {ANN} to acme, because: the project is over. You were the sponsor."
        )
        assert place.hears("bob", "!externals", room=ACME) == ("Nobody from outside has access (acme)")


def test_a_room_that_cannot_be_left_is_in_the_report(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        accepts_invites(place)
        place.forbidden.add((WORKS, ANN))
        place.says("amy", f"!revoke {ANN}", room=ACME)
        report = next(told for told in place.told("amy") if told.startswith("It is done"))
        assert "Rooms they are out of: 1." in report
        assert "I could not remove them from: !works:example.org" in report


def test_revoking_here_keeps_what_another_space_gave_and_everywhere_does_not(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        spaces = {**place.policy.spaces, "helpdesk": Space("helpdesk", Level.EXTRANET, enforce=Enforce.ON)}
        place.policy = replace(place.policy, spaces=spaces)
        place.says("amy", f"!invite {ANN}", room=DESK)
        place.says("bob", f"!invite {ANN}", room=ACME)
        place.member(ANN, "join", room=DESK)
        accepts_invites(place)
        place.says("amy", f"!revoke {ANN}", room=ACME)
        assert sorted(place.removed) == [(ACME, ANN), (WORKS, ANN)]
        place.says("bob", f"!invite {ANN}", room=ACME)
        place.removed.clear()
        accepts_invites(place)
        place.says("lead", f"!revoke {ANN} everywhere", room=ACME)
        assert sorted(place.removed) == [(ACME, ANN), (DESK, ANN), (WORKS, ANN)]


def test_everywhere_ends_only_what_one_may_end(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        spaces = {**place.policy.spaces, "helpdesk": Space("helpdesk", Level.EXTRANET, enforce=Enforce.ON)}
        place.policy = replace(place.policy, spaces=spaces)
        place.says("amy", f"!invite {ANN}", room=DESK)
        place.says("bob", f"!invite {ANN}", room=ACME)
        place.says("amy", f"!revoke {ANN} everywhere", private=True)
        assert place.told("amy")[-2:] == [
            f"{ANN} still has access to acme: only @bob:example.org, who vouches for them, "
            "and moderators there can end that.",
            f"It is done: the access of {ANN} is revoked. Rooms they are out of: 1.",
        ]
        assert place.removed == [(DESK, ANN)]


def test_somebody_without_a_grant_who_is_there_nevertheless_is_shut_out(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.forbidden.add((ACME, ANN))
        place.member(ANN, "join", room=ACME)
        place.forbidden.clear()
        place.says("bob", f"!revoke {ANN}", room=ACME)
        assert place.removed == [(ACME, ANN)]


# --- what is kept -----------------------------------------------------------------------------------------------------


def kept(place: Pocket) -> list[str]:
    """The kinds of facts about access, in order."""
    with place._database.snapshot() as conn:
        rows = conn.exec_driver_sql("SELECT kind FROM facts ORDER BY seq")
        return [row[0] for row in rows if row[0] not in {"LanguageChosen", "QuestionAsked"}]


def test_every_step_is_a_fact(tmp_path: Path) -> None:
    strict = replace(BY_MODERATORS, terms=TERMS)
    with town(tmp_path, strict) as place:
        place.says("amy", f"!invite {ANN} for 30d", room=ACME)
        place.consents("lead")
        place.consents(ANN, "Do you accept")
        place.says("lead", f"!extend {ANN} for 60d", room=ACME)
        assert kept(place) == ["AccessRequested", "AccessGranted", "TermsAccepted", "AccessExtended"]
        place.reloads(policy(strict, staff=("@bob:example.org", "@lead:example.org")))
        place.consents("lead", "✅ here makes you the sponsor")
        place.says("lead", f"!revoke {ANN}", room=ACME)
        place.says("lead", f"!invite {ANN} for 2h", room=ACME)
        place.passes(days=1)
        place.says("bob", f"!invite {ANN}", room=ACME)
        place.says("lead", "!requests refuse 3", room=ACME)
        steps = [kind for kind in kept(place)[4:] if kind.startswith(("Access", "Sponsor"))]
        assert steps == [
            *("SponsorLost", "SponsorChanged", "AccessRevoked", "AccessGranted"),
            *("AccessExpired", "AccessRequested", "AccessRefused"),
        ]


def test_long_names_are_cut_rather_than_left_unsaid(tmp_path: Path) -> None:
    many = {f"!{'r' * 90}{n}:example.org": "acme" for n in range(12)}
    with pocket(tmp_path, "amy", "lead", policy=policy(), rooms=many) as place:
        place.says("amy", f"!invite {ANN}", room=next(iter(many)))
        assert len(place.invited) == 12
        for room in many:
            place.member(ANN, "join", room=room)
        said = place.hears("amy", f"!who {ANN}", room=next(iter(many)))
        assert "…" in said
