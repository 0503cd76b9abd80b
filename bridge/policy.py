"""From a config to the policy that use cases go by, and to the rooms that are whose."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from bridge.chat.command import Setting
from bridge.config.model import Calendar as CalendarConfig
from bridge.config.model import Config, RoomPolicy
from bridge.config.model import Externals as ExternalsConfig
from bridge.config.model import Search as SearchConfig
from bridge.config.model import Space as SpaceConfig
from bridge.config.publicdays import PublicHolidays
from bridge.config.rules import Rule as RuleConfig
from bridge.config.terms import Terms as TermsConfig
from bridge.domain import rules, spaces
from bridge.domain.calendar import Calendar, merged
from bridge.domain.flood import FloodLimit
from bridge.domain.people import People, PersonClass
from bridge.domain.questions import Priority
from bridge.domain.similarity import Similarity
from bridge.domain.teams import By, Caps
from bridge.semantic.encoder import is_installed
from bridge.workers.rooms import RoomPlan
from bridge.workflow.commands import commands
from bridge.workflow.desk import Policy
from bridge.workflow.pacing import Pacing


def policy_of(config: Config) -> Policy:
    """What the use cases need of the config."""
    setting = Setting(config.bot.user_id, config.commands.prefix, commands(), names=(_localpart(config.bot.user_id),))
    who = config.people
    flood = config.commands.flood
    return Policy(
        setting=setting,
        people=People(who.staff, who.trusted, who.moderators, who.denied),
        spaces=_spaces(config),
        language=config.language,
        teams=config.teams,
        caps=Caps(config.caps.everyone, config.caps.people),
        rules=tuple(map(_rule, config.rules)),
        zone=str(config.calendar.timezone),
        pacing=Pacing(FloodLimit(flood.burst, flood.per_minute) if flood.enabled else None),
        max_removals=config.enforcement.max_removals,
        experts_asked=config.experts.at_most,
        experts_a_day=config.experts.per_day,
        encryption=config.encryption.enabled,
        similarity=_similarity(config.search),
    )


def _similarity(search: SearchConfig) -> Similarity | None:
    """Without the package that makes vectors, words alone are compared."""
    return Similarity(search.suggestions, search.threshold) if search.semantic and is_installed() else None


def _localpart(user_id: str) -> str:
    return user_id[1:].partition(":")[0]


def _spaces(config: Config) -> dict[str, spaces.Space]:
    """Those of the config, and one for each triage room."""
    found = {name: _space(name, space, config) for name, space in config.spaces.items()}
    for names in _triaged(config).values():
        room = spaces.triage_of([found[name] for name in names])
        found |= {room.name: room} | {name: replace(found[name], triage=room.name) for name in names}
    return found


def _triaged(config: Config) -> dict[str, list[str]]:
    """Triage room -> the spaces whose questions it looks after."""
    found: dict[str, list[str]] = {}
    for name, space in config.spaces.items():
        if space.triage_room:
            found.setdefault(space.triage_room, []).append(name)
    return found


def _space(name: str, space: SpaceConfig, config: Config) -> spaces.Space:
    return spaces.Space(
        name=name,
        level=spaces.Level(space.level),
        shares_with=frozenset(space.shares_with),
        language=space.language or config.language,
        staff_may_accept=space.staff_may_accept,
        externals=_externals(space.externals),
        enforce=spaces.Enforce(space.enforce),
        room=_room(space.room, space.externals, config.bot.user_id),
        mark=spaces.Mark(space.mark),
        ask_experts=space.ask_experts,
        nudge_after=_milliseconds(space.nudge_after) or 0,
        zone=str(space.timezone or _calendar_of(space, config).timezone),
        kept=_milliseconds(space.retention.closed_after),
        calendar=_calendar(space, config),
        names=space.statistics.names,
        cost_per_question=space.cost_per_question,
        assignment=spaces.Assignment(
            _milliseconds(space.assignment.remind_after), _milliseconds(space.assignment.return_after)
        ),
    )


def _calendar_of(space: SpaceConfig, config: Config) -> CalendarConfig:
    return space.calendar.over(config.calendar) if space.calendar else config.calendar


def _calendar(space: SpaceConfig, config: Config) -> Calendar:
    """A space that names a zone alone keeps the hours of everybody on its own clock."""
    said = _calendar_of(space, config)
    own = space.calendar is not None and "timezone" in space.calendar.model_fields_set
    return Calendar(
        week=tuple(merged([(part.start, part.end) for part in day]) for day in said.week()),
        zone=said.timezone if own else space.timezone or said.timezone,
        holidays=PublicHolidays(said.holidays) if said.holidays else frozenset(),
    )


def _milliseconds(duration: timedelta | None) -> int | None:
    return None if duration is None else int(duration.total_seconds() * 1000)


def _rule(rule: RuleConfig) -> rules.Rule:
    when, then = rule.when, rule.then
    return rules.Rule(
        name=rule.name,
        when=rules.Conditions(
            spaces=when.space,
            rooms=when.room,
            text=when.text,
            classes=tuple(map(PersonClass, when.from_)),
            languages=when.language,
            tags=when.tag,
            priorities=tuple(map(Priority, when.priority)),
            assigned=when.assigned,
            open=None if when.hours is None else when.hours == "open",
            unanswered_for=_milliseconds(when.unanswered_for),
        ),
        then=rules.Actions(
            tags=then.tag,
            priority=Priority(then.priority) if then.priority else None,
            assign=rules.Assignment(then.assign.team, By(then.assign.by)) if then.assign else None,
            notify=then.notify,
            say=then.say or "",
            escalate=then.escalate,
        ),
        goes_on=rule.continue_,
    )


def _externals(externals: ExternalsConfig) -> spaces.Externals:
    return spaces.Externals(
        servers=frozenset(server.lower() for server in externals.servers),
        by_moderators=externals.granted_by == "moderators",
        max_days=externals.max_days,
        terms=_terms(externals.terms) if externals.terms else None,
        terms_grace=int(externals.terms_grace.total_seconds() * 1000),
    )


def _terms(terms: TermsConfig) -> spaces.Terms:
    return spaces.Terms(hashlib.sha256(terms.text.encode()).hexdigest()[:16], terms.text)


def _room(room: RoomPolicy, externals: ExternalsConfig, me: str) -> spaces.RoomPolicy:
    partners = frozenset({*externals.servers, me.partition(":")[2]})
    return spaces.RoomPolicy(
        join_rule=room.join_rule,
        history_visibility=room.history_visibility,
        guest_access=room.guest_access,
        encrypted=room.encrypted,
        listed=room.listed,
        federated=room.federated,
        servers=partners if room.server_acl else None,
        integrations=room.integrations,
        outsider_power=room.outsider_power,
    )


def plan_of(config: Config) -> RoomPlan:
    """Which room reference belongs to which space."""
    triage = {room: spaces.triage_name(names) for room, names in _triaged(config).items()}
    # A room that is named twice, by its id and by an alias, is what it is to everybody, and no triage room.
    rooms = triage | {room: name for name, space in config.spaces.items() for room in space.rooms}
    matrix_spaces = {space.matrix_space: name for name, space in config.spaces.items() if space.matrix_space}
    return RoomPlan(rooms, matrix_spaces)
