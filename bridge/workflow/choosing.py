"""Whose question it is: the next of a team who is there, may see it, and has time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bridge.domain.profile import Profile
from bridge.domain.questions import Question
from bridge.domain.queue_facts import RuleMatched
from bridge.domain.rules import Assignment
from bridge.domain.teams import By, Turn, experts_first, in_turn, least_loaded_first
from bridge.workflow import experts
from bridge.workflow.assigning import may_be_asked
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.notices import zone_of


@dataclass(frozen=True, slots=True)
class Choice:
    """Who of a team is to answer, and the team that they have this turn in."""

    team: str
    person: str


def next_in_line(question: Question, around: Circumstances, without: frozenset[str] = frozenset()) -> str | None:
    """Who is to answer a question instead of whoever was to, and has their turn with that; None where nobody can.

    They come from the team of the last rule that assigned it, else from a team that its assignee is in.
    """
    line = line_of(question, around)
    passed = without | {question.assignee or ""}
    choice = choose(question, line, around, passed) if line else None
    if choice is None:
        return None
    take_turn(choice, around)
    return choice.person


def choose(
    question: Question, line: Assignment, around: Circumstances, without: frozenset[str] = frozenset()
) -> Choice | None:
    """Who of a team would have the next turn; nothing is changed by asking."""
    team = around.policy.teams.get(line.team, ())
    able = (person for person in _in_order(question, line, team, around) if person not in without)
    person = next((person for person in able if is_available(person, question, around)), None)
    return Choice(line.team, person) if person else None


def take_turn(choice: Choice, around: Circumstances) -> None:
    """From now on those behind them are next."""
    place = around.policy.teams[choice.team].index(choice.person)
    around.tx.rotations.turn(choice.team, Turn(choice.person, place))


def is_available(person: str, question: Question, around: Circumstances) -> bool:
    """Whether somebody may see a question, is not away, works at this hour, and has not too much to do."""
    works = _works(around.tx.persons.get(person).profile, question, around)
    return works and may_be_asked(person, question, around) and _has_room(person, around)


def reachable(team: str, question: Question, around: Circumstances) -> list[str]:
    """Those of a team who may be told of a question that nobody of it is free for."""
    people = around.policy.teams.get(team, ())
    return [person for person in people if may_be_asked(person, question, around)]


def line_of(question: Question, around: Circumstances) -> Assignment | None:
    """The team that a question is for: that of the last rule that assigned it, else one that its assignee is in."""
    rules = {rule.name: rule.then.assign for rule in around.policy.rules if rule.then.assign}
    for fact in reversed(around.tx.facts.of(question.number, RuleMatched)):
        if line := rules.get(fact.rule):
            return line
    teams = (name for name, team in around.policy.teams.items() if question.assignee in team)
    team = next(teams, None)
    return Assignment(team) if team else None


def _in_order(question: Question, line: Assignment, team: Sequence[str], around: Circumstances) -> Iterator[str]:
    turns = in_turn(team, around.tx.rotations.last(line.team))
    if line.by is By.LEAST_LOADED:
        turns = least_loaded_first(turns, around.tx.rotations.load(turns))
    elif line.by is By.EXPERT:
        turns = experts_first(turns, experts.likely(question, around, turns, len(turns)))
    return iter(turns)


def _works(profile: Profile, question: Question, around: Circumstances) -> bool:
    """Within the hours that they said they work; who said none works at any."""
    return profile.hours is None or profile.hours.opens(around.now, zone_of(profile, question, around)) == around.now


def _has_room(person: str, around: Circumstances) -> bool:
    caps = around.policy.caps
    if caps.everyone is None and person not in caps.people:
        return True
    return caps.leave_room(person, around.tx.rotations.load([person]).get(person, 0))
