"""Rules of the config: what they do when a question is asked, and when it has waited; who of a team gets it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bridge.config.patterns import SafePattern
from bridge.domain.calendar import Calendar
from bridge.domain.people import PersonClass
from bridge.domain.questions import Priority, Question
from bridge.domain.queue_facts import QuestionAssigned, RuleMatched
from bridge.domain.rules import Actions, Assignment, Conditions, Rule, after_waiting, at_asking, waits
from bridge.domain.teams import By, Caps
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Policy
from bridge.workflow.ruling import rehearse, situation
from tests.flow.pocket import MINUTE, POLICY, ROOM, Pocket, pocket, user_id
from tests.workflow.examples import tried

HOUR = 60 * MINUTE
DAY = 24 * HOUR
PEOPLE = ("amy", "nina", "omar", "pia", "lead")
TEAM = {"network": tuple(map(user_id, ("nina", "omar", "pia")))}
VPN = Rule(
    "vpn",
    Conditions(text=SafePattern("vpn|wireguard"), classes=(PersonClass.STAFF,)),
    Actions(tags=("network",), priority=Priority.HIGH, assign=Assignment("network"), say="{number}: thanks, {asker}!"),
)


@pytest.fixture(scope="module")
def room_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pocket]:
    """One room for all examples of a property."""
    with pocket(tmp_path_factory.mktemp("rules"), *PEOPLE) as room:
        yield room


def policy(*rules: Rule, **changed: Any) -> Policy:
    return replace(POLICY, **{"rules": rules, "teams": TEAM, **changed})


def assignee(room: Pocket, number: int) -> str | None:
    return look(room, number).assignee


def look(room: Pocket, number: int) -> Question:
    found = room._database.read_now(lambda tx: tx.questions.get(number))
    assert found is not None
    return found


def newest(room: Pocket) -> int:
    latest = text("SELECT max(number) FROM questions")
    return int(room._database.read_now(lambda tx: tx.session.conn.execute(latest).scalar_one()))


def matched(room: Pocket, number: int) -> list[str]:
    return [fact.rule for fact in room._database.read_now(lambda tx: tx.facts.of(number, RuleMatched))]


def test_a_rule_tags_assigns_and_answers_in_the_thread_and_why_says_so(tmp_path: Path) -> None:
    with pocket(tmp_path, *PEOPLE, policy=policy(VPN)) as room:
        said = room.answers("amy", "!ask My VPN is down {title}")
        assert any("Q1: thanks, Amy!" in text for text in said)
        assert look(room, 1).tags == ("network",) and look(room, 1).priority is Priority.HIGH
        assert room.hears("amy", "!why 1") == (
            "Rules that matched Q1:\n"
            "- “vpn”, because: the text matches “vpn|wireguard” · the asker is one of our staff. "
            "Done: #network · given to Nina · high priority."
        )
        room.passes(0.001)
        assert any("Q1" in text for text in room.told("nina"))
        asked = room.says("omar", "!ask Lunch?")
        assert room.hears("amy", "!why 2") == "No rule matched Q2."
        room.says("omar", "!ask #vpn again")
        assert assignee(room, 3) == user_id("pia"), "Omar asks, so it is Pia's turn"
        assert room.answers("amy", "!why 9") == room.answers("amy", "!show 9")
        assert asked


def test_an_edit_may_make_rules_match_and_undoes_nothing(tmp_path: Path) -> None:
    loud = Rule("loud", Conditions(text=SafePattern("now!")), Actions(priority=Priority.URGENT), goes_on=True)
    other = Rule("other", Conditions(), Actions(tags=("other",)))
    with pocket(tmp_path, *PEOPLE, policy=policy(loud, VPN, other)) as room:
        asked = room.says("amy", "!ask My net is down")
        assert matched(room, 1) == ["other"]
        edit(room, asked, "!ask My VPN is down now!")
        assert matched(room, 1) == ["other", "loud", "vpn"]
        edit(room, asked, "!ask Never mind")
        assert matched(room, 1) == ["other", "loud", "vpn"] and look(room, 1).priority is Priority.HIGH


def edit(room: Pocket, asked: str, text: str) -> None:
    new = {"msgtype": "m.text", "body": text}
    content = {**new, "body": f"* {text}", "m.new_content": new}
    content["m.relates_to"] = {"rel_type": "m.replace", "event_id": asked}
    room._happens("amy", "m.room.message", content, ROOM)


def test_who_is_away_full_or_off_work_is_passed_over_and_in_the_end_all_are_told(tmp_path: Path) -> None:
    line = Rule("all", Conditions(), Actions(assign=Assignment("network", By.LEAST_LOADED)))
    with pocket(tmp_path, *PEOPLE, policy=policy(line, caps=Caps(2, {user_id("pia"): 1}))) as room:
        assert "until" in room.hears("nina", "!away for 2 days")
        assert room.hears("omar", "!away bis heute").startswith("You are away until")
        assert room.hears("omar", "!away off").startswith("You are not away")
        assert "already" in room.hears("omar", "!away until 2020-01-01")
        assert "cannot tell" in room.hears("omar", "!away fribday")
        for _ in range(4):
            room.says("amy", "!ask What?")
        assert [assignee(room, n) for n in (1, 2, 3, 4)] == [user_id("omar"), user_id("pia"), user_id("omar"), None]
        room.passes(0.001)
        assert any("Nobody on the team network is free for Q4" in text for text in room.told("omar"))
        assert not any("Q4" in text for text in room.told("nina"))
        for who in ("omar", "pia"):
            room.says(who, "!away for 1 week", private=True)
        room.says("amy", "!ask What?")
        room.passes(0.001)
        assert any("nobody on it can be reached" in text for text in room.told("lead"))
        room.passes(3)
        room.says("amy", "!ask Anybody?")
        assert assignee(room, 6) == user_id("nina")


OFFICE = Calendar(((((9 * 60), 17 * 60),),) * 5 + ((), ()), ZoneInfo("Europe/Paris"))
LATE = Rule("late", Conditions(unanswered_for=2 * HOUR), Actions(assign=Assignment("network"), tags=("late",)))
LATER = Rule("later", Conditions(unanswered_for=6 * HOUR), Actions(escalate=True))


def office(*rules: Rule) -> Policy:
    spaces = {name: replace(space, calendar=OFFICE) for name, space in POLICY.spaces.items()}
    return policy(*rules, spaces=spaces)


def test_waiting_counts_in_business_hours_and_each_time_comes_once(tmp_path: Path) -> None:
    with pocket(tmp_path, *PEOPLE, policy=office(LATE, LATER)) as room:
        room.now = OFFICE.opens(room.now) + 7 * HOUR - MINUTE
        asked = room.says("amy", "!ask Who knows?")
        room.says("amy", "!ask And this?")
        room.passes(0.5)
        assert matched(room, 1) == []
        room.now = OFFICE.later(room.now, HOUR) - MINUTE
        room.passes()
        assert matched(room, 1) == []
        room.passes(2 * MINUTE / DAY)
        room.passes()
        assert matched(room, 1) == ["late"] and assignee(room, 1) == user_id("nina")
        room.says("nina", "I do.", thread=asked)
        room.says("amy", "!answered", thread=asked)
        room.passes(30)
        assert matched(room, 1) == ["late"] and matched(room, 2) == ["late", "later"]
        assert look(room, 2).escalated
        room.says("amy", "!reopen 1")
        room.passes(7)
        assert matched(room, 1) == ["late", "late", "later"]


def test_a_new_rule_calls_for_what_comes_and_not_for_all_of_the_past(tmp_path: Path) -> None:
    with pocket(tmp_path, *PEOPLE, policy=office(LATER)) as room:
        room.now = OFFICE.opens(room.now)
        for _ in range(60):
            room.says("amy", "!ask Old?")
        room.now = OFFICE.later(room.now, 3 * HOUR)
        room.says("amy", "!ask New?")
        room.reloads(office(LATE, replace(LATER, name="calls")))
        room.now = OFFICE.later(room.now, 4 * HOUR)
        room.passes()
        assert [matched(room, n) for n in (1, 60, 61)] == [["calls"], ["calls"], ["late"]]
        room.reloads(office())
        room.passes(5)
        assert matched(room, 61) == ["late"]


CONDITIONS = st.builds(
    Conditions,
    spaces=st.sampled_from([(), ("helpdesk",), ("acme",)]),
    rooms=st.sampled_from([(), (ROOM,), ("!other:x",)]),
    text=st.sampled_from([None, SafePattern("vpn"), SafePattern("^help"), SafePattern("нет")]),
    classes=st.sampled_from([(), (PersonClass.STAFF,), (PersonClass.EXTERNAL, PersonClass.OUTSIDER)]),
    languages=st.sampled_from([(), ("en",), ("fr", "de")]),
    tags=st.sampled_from([(), ("vpn",), ("lan", "added")]),
    priorities=st.sampled_from([(), (Priority.NORMAL,), (Priority.HIGH,)]),
    assigned=st.sampled_from([None, True, False]),
    open=st.sampled_from([None, True, False]),
    unanswered_for=st.sampled_from([None, None, HOUR, 5 * HOUR]),
)
ACTIONS = st.builds(
    Actions,
    tags=st.sampled_from([(), ("added",), ("lan", "vpn")]),
    priority=st.sampled_from([None, Priority.HIGH, Priority.LOW]),
    assign=st.none() | st.builds(Assignment, st.sampled_from(["network", "empty"]), st.sampled_from(By)),
    escalate=st.booleans(),
)
RULES = st.lists(st.tuples(CONDITIONS, ACTIONS, st.booleans()), min_size=1, max_size=6)
TEXTS = st.sampled_from(["help, my vpn #lan is gone", "Мой vpn нет", "Pourquoi le réseau est-il coupé ?", "#vpn?"])


@given(RULES, TEXTS, st.booleans(), st.sampled_from([None, 0, 1]))
@tried("dry_run", 150)
def test_a_dry_run_says_what_happens(
    room_of_all: Pocket, drawn: list[Any], words: str, night: bool, cap: int | None
) -> None:
    rules = tuple(Rule(f"rule {i}", when, then, on) for i, (when, then, on) in enumerate(drawn))
    teams = {**TEAM, "empty": ()}
    room = room_of_all
    room.policy = replace(office(*rules), teams=teams, caps=Caps(cap if cap == 0 else None))
    room.now = OFFICE.opens(room.now) + (10 * HOUR if night else 0)
    foretold, asked = foretell(room, words), room.answers("amy", f"!ask {words}")
    number = newest(room)
    assert asked and matched(room, number) == foretold[0][0]
    assert looks(look(room, number)) == looks(foretold[0][1])
    for waited in waits(rules, "helpdesk"):
        room.now = max(room.now, OFFICE.later(look(room, number).created_at, waited))
        foretold = foretell(room, words, number, waited)
        before = matched(room, number)
        room.passes()
        assert matched(room, number) == before + foretold[0][0]
        assert looks(look(room, number)) == looks(foretold[0][1])
    room.says("amy", f"!close {number}")


def test_a_dry_run_knows_that_what_is_escalated_goes_before_others(tmp_path: Path) -> None:
    with pocket(tmp_path, *PEOPLE, policy=policy(Rule("call", Conditions(), Actions(escalate=True)))) as room:
        (_, foretold), *_ = foretell(room, "Help?")
        room.says("amy", "!ask Help?")
        assert looks(look(room, 1)) == looks(foretold) and foretold.priority is Priority.HIGH


def looks(question: Question) -> tuple[Any, ...]:
    return question.assignee, question.priority, question.tags


def foretell(room: Pocket, words: str, number: int = 0, waited: int = 0) -> list[tuple[list[str], Question]]:
    """The names of the rules that a dry run says will match, and how the question will look then."""

    def read(tx: Any) -> tuple[list[str], Question]:
        now = room.now if number else room.now + MINUTE
        around = Circumstances(tx, room.policy, now)
        question = tx.questions.get(number) or new(words, now)
        rules = after_waiting(room.policy.rules, waited) if number else at_asking(room.policy.rules)
        done = rehearse(rules, situation(question, around, waited), question, around)
        return [rule.name for rule in done.verdict.matched], done.question

    return [room._database.read_now(read)]


def new(words: str, now: int) -> Question:
    from bridge.chat.text import tags

    return Question(0, "helpdesk", ROOM, "", "", user_id("amy"), words, now, tags=tags(words))


@given(st.lists(st.sets(st.sampled_from(["nina", "omar", "pia"]), max_size=2), min_size=1, max_size=12))
@tried("fair", 60)
def test_turns_are_fair_among_those_who_are_always_there(room_of_all: Pocket, away: list[set[str]]) -> None:
    room = room_of_all
    room.policy = policy(Rule("all", Conditions(), Actions(assign=Assignment("network"))))
    counts: Counter[str | None] = Counter()
    for absent in away:
        for who in ("nina", "omar", "pia"):
            set_away(room, who, absent=who in absent)
        room.says("amy", "!ask Who?")
        counts[assignee(room, newest(room))] += 1
    always = {"nina", "omar", "pia"} - set().union(*away)
    given_to = [counts[user_id(who)] for who in always]
    assert counts[None] == 0 and (not given_to or max(given_to) - min(given_to) <= 1)


def set_away(room: Pocket, who: str, *, absent: bool) -> None:
    def change(tx: Any) -> None:
        person = tx.persons.get(user_id(who))
        until = room.now + DAY if absent else None
        tx.persons.save(replace(person, profile=replace(person.profile, away_until=until)))

    room._database.write_now(change)


def test_turns_go_on_where_they_were_after_a_restart(tmp_path: Path) -> None:
    line = policy(Rule("all", Conditions(), Actions(assign=Assignment("network"))))
    with pocket(tmp_path, *PEOPLE, policy=line) as room:
        room.says("amy", "!ask One?")
    with pocket(tmp_path, *PEOPLE, policy=line) as room:
        room._ids = count(1000)
        for _ in range(5):
            room.says("amy", "!ask Two?")
        assert assignee(room, 2) == user_id("omar")
        facts = room._database.read_now(lambda tx: tx.facts.of(1, QuestionAssigned))
        assert [fact.person for fact in facts] == [user_id("nina")]
