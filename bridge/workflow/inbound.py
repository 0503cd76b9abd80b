"""A batch of events from the inbox, handled in one transaction: read, look up, understand, decide, write."""

import hashlib
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bridge.chat.command import Command, Invocation, invoked
from bridge.chat.events import Edited, Ignored, Origin, Reacted, Reading, Redacted, Said, read, read_fetched
from bridge.chat.intents import (
    Ask,
    Consent,
    Edit,
    Intent,
    MembershipChanged,
    Misunderstood,
    RoomChanged,
    Settle,
    TakePart,
    TakeSuggestion,
    Vote,
    Withdraw,
)
from bridge.chat.understand import Known, references, target_to_fetch, understand
from bridge.domain.facts import EventParked
from bridge.domain.flood import Pace
from bridge.domain.people import is_denied, is_ours
from bridge.domain.questions import Question
from bridge.domain.results import Refused
from bridge.workflow import advising, answering, consenting, discreet, duplicates, rooms
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.commands import commands
from bridge.workflow.consequences import followed
from bridge.workflow.delivery import settle_echo
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome, Policy, is_unread
from bridge.workflow.effects import AtDoor, EditCard, Effect, JoinRoom, LearnRoom, PostCard, ToPerson
from bridge.workflow.encryption.opening import is_sealed, open_in
from bridge.workflow.encryption.records import Unread
from bridge.workflow.permission import may_use
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Pending
from bridge.workflow.storage import Transaction

Handler = Callable[[Any, Desk], Outcome]
EVERYWHERE = (RoomChanged, MembershipChanged, Settle)
"""Intents that matter in rooms that belong to no space, too."""
UNCOUNTED = (*EVERYWHERE, TakePart, Vote, Edit, Withdraw)
"""What nobody can do too much of."""

PATIENCE = 60_000
"""For how many milliseconds; then it is answered as if everybody read along."""


def handlers() -> dict[type[Intent], Handler]:
    """Who carries out which intent: those of the commands, and those that only messages and events bring."""
    own: dict[type[Intent], Handler] = {
        TakePart: answering.take_part,
        TakeSuggestion: duplicates.take,
        Vote: answering.vote,
        Edit: answering.edit,
        Withdraw: answering.withdraw,
        Consent: consenting.consent,
        Misunderstood: advising.misunderstood,
        RoomChanged: rooms.room_changed,
        MembershipChanged: rooms.membership_changed,
        Settle: settle_echo,
    }
    return {command.intent: command.handle for command in commands().declared} | own


@dataclass(frozen=True, slots=True)
class Read:
    """An inbox row with what it says; `unread` where it is sealed and cannot be opened."""

    row: Pending
    reading: Reading
    invocation: Invocation | None
    unread: Unread | None = None


@dataclass(slots=True)
class Report:
    """What became of a batch, for the metrics: how many events came out how, and the kinds of facts written."""

    outcomes: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)


def read_rows(rows: Sequence[Pending], tx: Transaction, policy: Policy) -> list[Read]:
    return [_read_sealed(row, tx, policy) if is_sealed(row.event) else read_row(row, row.event, policy) for row in rows]


def read_row(row: Pending, event: JsonObject, policy: Policy) -> Read:
    reading = read(event, policy.setting.me)
    return Read(row, reading, invoked(reading, policy.setting) if isinstance(reading, Said) else None)


def _read_sealed(row: Pending, tx: Transaction, policy: Policy) -> Read:
    """An event of an encrypted room; a message that was used in another event before is nobody's."""
    opened = open_in(tx.rooms.get(row.room_id), row.event, tx, row.received_at)
    if isinstance(opened, Unread):
        return Read(row, Ignored("unreadable"), None, opened if opened.session_id else None)
    if not tx.keys.first_seen(opened.session_id, opened.index, row.event_id, row.received_at):
        return Read(row, Ignored("replayed"), None)
    return read_row(row, opened.event, policy)


def set_aside(item: Read, tx: Transaction) -> bool:
    """Put aside what cannot be read yet, and what is about such a message, until the key comes; nobody else waits."""
    session_id = item.unread.session_id if item.unread else _waiting_for(item, tx)
    if session_id:
        tx.inbox.set_aside(item.row, session_id)
    return bool(session_id)


def _waiting_for(item: Read, tx: Transaction) -> str:
    """The room session with which a message can be read that this one is about."""
    unread = tx.inbox.unread_ids()
    if not unread or isinstance(item.reading, Redacted):
        return ""
    about, _ = references(item.reading, None)
    return next((unread[event_id] for event_id in about if event_id in unread and event_id != item.row.event_id), "")


def to_fetch(item: Read, policy: Policy) -> str | None:
    """The event that must be asked from the homeserver before this one can be handled."""
    reading = item.reading
    if isinstance(reading, Reacted) and not is_ours(reading.origin.sender, policy.people):
        return None
    return target_to_fetch(reading, policy.setting)


def has_to_wait(item: Read, tx: Transaction, policy: Policy, now: int) -> bool:
    """What is said in a direct chat that somebody has just made waits for a moment, until it is known who reads it."""
    said = isinstance(item.reading, Said | Edited | Reacted)
    if not said or now - item.row.received_at >= PATIENCE:
        return False
    return is_unread(tx.rooms.get(item.row.room_id), tx, policy)


def handle_batch(
    items: Sequence[Read], fetched: Mapping[str, JsonObject], tx: Transaction, policy: Policy, now: int
) -> Report:
    """Handle events in order; `fetched` maps event ids to messages that had to be asked for."""
    events: set[str] = set()
    numbers: set[int] = set()
    for item in items:
        more_events, more_numbers = references(item.reading, item.invocation)
        events |= more_events
        numbers |= more_numbers
        events |= _threads_of_fetched(item, fetched, policy)
    tx.questions.prefetch(events, numbers)
    report = Report()
    for item in items:
        handle_one(item, fetched, tx, policy, now, report)
    tx.inbox.done([item.row for item in items])
    return report


def _threads_of_fetched(item: Read, fetched: Mapping[str, JsonObject], policy: Policy) -> set[str]:
    """The thread of a message that was asked for: it may belong to a question already."""
    event = fetched.get(to_fetch(item, policy) or "") if fetched else None
    reading = read_fetched(event, policy.setting.me) if event else None
    root = reading.origin.thread_root if isinstance(reading, Said) else None
    return {root} if root else set()


def handle_one(
    item: Read, fetched: Mapping[str, JsonObject], tx: Transaction, policy: Policy, now: int, report: Report
) -> None:
    intent = _intent(item, fetched, tx, policy)
    if isinstance(intent, Ignored):
        report.outcomes[f"ignored: {intent.reason}"] += 1
        return
    desk = Desk(tx, policy, intent.origin, tx.rooms.get(intent.origin.room_id), now, item.row.received_at)
    command = policy.setting.commands.by_name.get(item.invocation.name) if item.invocation else None
    outcome = carry_out(intent, desk, command)
    if command is not None and command.confidential:
        outcome = discreet.in_private(outcome, desk)
    _write(outcome, intent, desk, report)


def _intent(item: Read, fetched: Mapping[str, JsonObject], tx: Transaction, policy: Policy) -> Intent | Ignored:
    room = tx.rooms.get(item.row.room_id)
    known = Known(
        tracked=lambda event_id: tx.questions.tracked(event_id) is not None,
        private=room is not None and room.direct_with is not None,
        fetched=fetched,
        prompted=lambda event_id: tx.prompts.get(event_id) is not None,
    )
    return understand(item.reading, policy.setting, known)


def carry_out(intent: Intent, desk: Desk, command: Command | None = None) -> Outcome:
    """Decide and write; messages in rooms that are neither ours nor a direct chat are none of our business.

    `command` is the one that was written, if one was.
    """
    if not isinstance(intent, EVERYWHERE):
        if desk.place is None and not desk.private:
            return Disregarded("room of no space")
        if _has_no_say(desk):
            return Disregarded("no place here")
        command = command or _COMMANDS.get(type(intent))
        if command is not None and not may_use(command, desk):
            return Disregarded("not for them") if intent.quiet else Refused("for-staff")
    return _HANDLERS[type(intent)](intent, desk)


def _has_no_say(desk: Desk) -> bool:
    """Whoever is about to be removed from the room, or has no place anywhere, is not listened to."""
    if is_denied(desk.sender, desk.policy.people):
        return True
    violation = desk.tx.violations.get(desk.origin.room_id, desk.sender)
    return violation is not None and violation.held


_COMMANDS = {command.intent: command for command in commands().declared}
_HANDLERS = handlers()


def _write(outcome: Outcome, intent: Intent, desk: Desk, report: Report) -> None:
    match outcome:
        case Disregarded(reason):
            report.outcomes[f"ignored: {reason}"] += 1
        case Refused(code, arguments):
            report.outcomes["refused"] += 1
            if not intent.quiet:
                _add_effects([advising.reply(desk, f"refused-{code}", arguments)], desk, _pace(intent, desk))
        case Done():
            done = followed(outcome, Circumstances(desk.tx, desk.policy, desk.now))
            report.outcomes["done"] += 1
            report.facts.update(type(fact).__name__ for fact in done.facts)
            for fact in done.facts:
                desk.tx.facts.add(fact)
            _add_effects(done.effects, desk, _pace(intent, desk))


def _pace(intent: Intent, desk: Desk) -> Pace:
    """Commands and questions count; whoever answers, edits or takes back is never too fast."""
    if isinstance(intent, UNCOUNTED) or (intent.quiet and not isinstance(intent, Ask)):
        return Pace()
    me = desk.policy.setting.me
    in_company = partial(desk.tx.rooms.in_company, desk.origin.room_id, desk.sender, me)
    return desk.policy.pacing.count(desk.sender, desk.origin.event_id, desk.received_at, in_company)


def _add_effects(effects: Sequence[Effect], desk: Desk, pace: Pace) -> None:
    for index, effect in enumerate(effects):
        name, placed = _placed(effect, effect_id(desk.origin, index), desk, pace)
        desk.tx.outbox.add(name, placed, desk.now)
    if pace.tell:
        desk.tx.outbox.add(effect_id(desk.origin, len(effects)), advising.reply(desk, "slowed", {}), desk.now)


def _placed(effect: Effect, name: str, desk: Desk, pace: Pace) -> tuple[str, Effect]:
    """Under which id and in which lane: what somebody too fast asked for goes aside, and a card's edits follow it."""
    if isinstance(effect, PostCard | EditCard) and effect.triage:
        return name, effect
    if isinstance(effect, EditCard):
        return name, replace(effect, aside=True) if _is_card_aside(effect.number, desk) else effect
    if not pace.slow or isinstance(effect, ToPerson | AtDoor | JoinRoom | LearnRoom):
        return name, effect
    question = desk.tx.questions.get(effect.number) if isinstance(effect, PostCard) else None
    return aside_id(question) if question else name, replace(effect, aside=True)


def _is_card_aside(number: int, desk: Desk) -> bool:
    question = desk.tx.questions.get(number)
    return question is not None and question.card_event_id is None and desk.tx.outbox.waits(aside_id(question))


def park(item: Read, reference: str, tx: Transaction, policy: Policy, now: int) -> None:
    """Put aside an event that cannot be handled, and say so to somebody who is waiting for an answer."""
    row, reading = item.row, item.reading
    tx.inbox.park(row, reference)
    origin = Origin(row.room_id, row.event_id, str(row.event.get("sender", "")))
    desk = Desk(tx, policy, origin, tx.rooms.get(row.room_id), now, row.received_at)
    space = desk.room.space if desk.room else None
    tx.facts.add(
        EventParked(
            at=now,
            actor=origin.sender,
            room_id=row.room_id,
            space=space or "",
            event_id=row.event_id,
            reference=reference,
        )
    )
    if item.invocation and isinstance(reading, Said) and (desk.place or desk.private):
        desk = replace(desk, origin=reading.origin)
        _add_effects([advising.reply(desk, "broken", {"reference": reference})], desk, Pace())


def effect_id(origin: Origin, index: int) -> str:
    """The same for the same event each time it is handled: it is the Matrix transaction id of what is sent."""
    return f"{_short(origin.event_id)}.{index}"


def aside_id(question: Question) -> str:
    """The id of a card that is posted aside; by it is known whether that is still to be done."""
    return f"{_short(question.event_id)}.aside"


def _short(event_id: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(event_id.encode()).digest()[:15]).decode()
