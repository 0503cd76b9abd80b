"""Rules that can never match, and people who can never get a question: right for a machine, surely not meant."""

from collections.abc import Collection, Iterator, Sequence

from bridge.config.globs import names
from bridge.config.model import Config
from bridge.config.rules import Condition, Rule

_NEW = "normal"
"""The priority that questions have when they are asked."""


def never(config: Config) -> Iterator[str]:
    """A notice for each rule that never matches, and each part of one that never counts."""
    for i, rule in enumerate(config.rules):
        path = f"rules[{i}]"
        yield from _contradictions(f"{path}.when", rule, config.rules[:i], config)
        yield from _shadows(path, rule, config.rules[:i])
        yield from _slips(path, rule, config)


def _contradictions(path: str, rule: Rule, before: Sequence[Rule], config: Config) -> Iterator[str]:
    when = rule.when
    spaces = [space for name, space in config.spaces.items() if not when.space or name in when.space]
    if when.from_ == ("external",) and all(space.level == "internal" for space in spaces):
        yield f"{path}.from: never matches: internal spaces have no externals"
    if when.hours == "closed" and not any((space.calendar or config.calendar).hours for space in spaces):
        yield f"{path}.hours: never matches: no calendar has hours, so it is never closed"
    if when.priority and _NEW not in when.priority and when.unanswered_for is None and not _sets(before, when.priority):
        yield f"{path}.priority: never matches: a new question has the priority {_NEW}"
    if when.space and when.room and not _may_be_in(when, config):
        yield f"{path}.room: never matches: these rooms are in other spaces"


def _sets(rules: Sequence[Rule], priorities: Collection[str]) -> bool:
    return any(rule.continue_ and rule.then.priority in priorities for rule in rules)


def _may_be_in(when: Condition, config: Config) -> bool:
    """Whether one of the rooms is in one of the spaces, or might be, as the config does not say whose it is."""
    homes = {room: name for name, space in config.spaces.items() for room in space.rooms}
    return any(homes.get(room, when.space[0]) in when.space for room in when.room)


def _shadows(path: str, rule: Rule, before: Sequence[Rule]) -> Iterator[str]:
    for i, other in enumerate(before):
        if other.continue_ or other.when.unanswered_for != rule.when.unanswered_for:
            continue
        if _implied(other.when, rule.when, before[i + 1 :]):
            yield f"{path}: never matches: whatever it is for, rules[{i}] ({other.name}) takes before it"
            return


def _implied(weaker: Condition, stronger: Condition, between: Sequence[Rule]) -> bool:
    """Whether the one holds wherever the other does, though rules between them may add tags, priorities and people."""
    if weaker.tag and any(rule.continue_ and rule.then.tag for rule in between):
        return False
    if weaker.priority and any(rule.continue_ and rule.then.priority for rule in between):
        return False
    if weaker.assigned is not None and any(rule.continue_ and rule.then.assign for rule in between):
        return False
    listed = ("space", "room", "from_", "language", "tag", "priority")
    single = ("text", "assigned", "hours")
    return all(_within(getattr(stronger, key), getattr(weaker, key)) for key in listed) and all(
        getattr(weaker, key) in {None, getattr(stronger, key)} for key in single
    )


def _within(narrow: Sequence[str], wide: Sequence[str]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _slips(path: str, rule: Rule, config: Config) -> Iterator[str]:
    when, then = rule.when, rule.then
    for key in ("space", "room", "from_", "language", "tag", "priority"):
        named: tuple[str, ...] = getattr(when, key)
        if len(set(named)) < len(named):
            yield f"{path}.when.{key.rstrip('_')}: names something twice"
    if when.text and when.text.knows_only_ascii:
        yield rf"{path}.when.text: \b and \w know the letters a to z alone; \p{{L}} is any letter"
    if then.assign and not config.teams.get(then.assign.team):
        yield f"{path}.then.assign.team: nobody is in this team"
    for i, person in enumerate(then.notify):
        if not _is_ours(person, config):
            yield f"{path}.then.notify[{i}]: no staff of yours; is told only of what they may see"


def teams(config: Config) -> Iterator[str]:
    """A notice for whoever of a team may never be given a question."""
    for team, people in config.teams.items():
        for i, person in enumerate(people):
            path = f"teams.{team}[{i}]"
            if any(names(glob, person) for glob in config.people.denied):
                yield f"{path}: is named by people.denied, and gets no question"
            elif not _is_ours(person, config):
                yield f"{path}: no staff of yours; gets questions only of rooms that people from outside are in"
            if person in people[:i]:
                yield f"{path}: stands in this team twice, and gets two turns"
            if config.caps.people.get(person, 1) == 0:
                yield f"{path}: gets no question, by caps.people"


def _is_ours(person: str, config: Config) -> bool:
    who = config.people
    return person in who.moderators or any(names(glob, person) for glob in (*who.staff, *who.trusted))
