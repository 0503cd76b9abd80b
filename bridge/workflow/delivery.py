"""From outbox rows to what is sent, put into words as things stand now; and back: what a delivery changes."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bridge.chat.intents import Settle
from bridge.chat.render.content import Content, as_edit, signed
from bridge.domain.questions import Discussion, Question, State
from bridge.domain.results import Argument
from bridge.workflow import at_doors, cards, conforming, triaging
from bridge.workflow.cases import Asking, Prompt
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome, Policy
from bridge.workflow.effects import (
    AT_DOORS,
    AtDoor,
    EditCard,
    Effect,
    Inform,
    JoinRoom,
    LearnRoom,
    MendRoom,
    PostCard,
    Remove,
    Reply,
    SayInTriage,
    ShowQuestion,
    Tell,
    ToPerson,
    from_payload,
)
from bridge.workflow.enacting import enact
from bridge.workflow.finding import Listed
from bridge.workflow.gathering import is_outdated
from bridge.workflow.materials import Materials
from bridge.workflow.records import Delivery, OutboxRow, Role
from bridge.workflow.rendering import rendered
from bridge.workflow.storage import Transaction


@dataclass(frozen=True, slots=True)
class CardLook:
    """What a sent event makes a card show; `digest` tells two looks apart."""

    number: int
    digest: str
    first: bool
    triage: bool = False


class Lack(StrEnum):
    """What has to be had before something can be sent."""

    CHAT = "chat"
    """The direct chat with the person."""
    STATE = "state"
    """The room's state: it is not known whether it is encrypted."""
    FINDINGS = "findings"
    """What it shows (`effects.Gathered`) is not looked up yet."""
    KEYS = "keys"
    """The devices in the room do not have our key yet."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An effect made ready. `content` is None where nothing is to be sent: an errand, or nothing left to say.

    `workflow.addressing` adds the room it goes to and what is sent there instead, where that is encrypted.
    """

    row: OutboxRow
    effect: Effect
    content: Content | None = None
    look: CardLook | None = None
    room_id: str = ""
    sealed: Content | None = None
    lacks: Lack | None = None

    @property
    def event_type(self) -> str:
        return "m.reaction" if self.effect.kind == "acknowledge" else "m.room.message"


@dataclass(frozen=True, slots=True)
class Settled:
    """An effect that is carried out; `event_id` is None where nothing was sent.

    `problem`: the homeserver refused for good what was to be done at a door.
    """

    outgoing: Outgoing
    event_id: str | None = None
    problem: str = ""


_NO_FINDINGS: Mapping[str, Any] = {}
ERRANDS = (JoinRoom, LearnRoom)
NUDGE = "nudge"
"""The key of the reply whose event is tracked, since people accept by reacting and replying to it."""


def prepare(
    rows: Sequence[OutboxRow], tx: Transaction, policy: Policy, now: int, findings: Mapping[str, Any] = _NO_FINDINGS
) -> list[Outgoing]:
    """Make rows ready to send, in order; of each lane as many as can be prepared before the first is delivered.

    `findings`: effect id -> what was gathered for it (see `effects.Gathered`).

    In a room where somebody is who is just being removed, nothing is said until they are gone.
    """
    ready = [(row, effect) for row, effect in _ready(rows) if not _hushed(effect, tx)]
    listed = {row.effect_id: finding for row, _ in ready if isinstance(finding := findings.get(row.effect_id), Listed)}
    shown = {number for finding in listed.values() for number in finding.page.numbers}
    materials = _materials([effect for _, effect in ready], shown, tx, policy, now)
    made = [_outgoing(row, effect, replace(materials, found=findings.get(row.effect_id))) for row, effect in ready]
    return list(_once(made))


def _once(made: Iterable[Outgoing]) -> Iterable[Outgoing]:
    """Several changes of a card that came together are one edit: each would show the question as it is by now."""
    looks: dict[tuple[int, bool], CardLook] = {}
    for outgoing in made:
        look = outgoing.look
        if look and looks.get((look.number, look.triage)) == look:
            yield Outgoing(outgoing.row, outgoing.effect)
            continue
        if look:
            looks[look.number, look.triage] = look
        yield outgoing


def _hushed(effect: Effect, tx: Transaction) -> bool:
    if isinstance(effect, (AtDoor, *ERRANDS)) or not effect.room_id:
        return False
    return any(violation.hushes for violation in tx.violations.of_room(effect.room_id))


def _ready(rows: Iterable[OutboxRow]) -> Iterable[tuple[OutboxRow, Effect]]:
    """What builds on an effect before it has to wait, and its lane with it: an edit for its card to be posted, a change
    of a room's state for the one before.
    """
    posting: set[tuple[int, bool]] = set()
    mending: set[str] = set()
    waiting: set[str] = set()
    for row in rows:
        effect = from_payload(row.kind, row.payload)
        if isinstance(effect, EditCard | SayInTriage) and _card_of(effect) in posting:
            waiting.add(row.lane)
        if isinstance(effect, PostCard) or (isinstance(effect, EditCard) and effect.triage):
            posting.add(_card_of(effect))
        if isinstance(effect, MendRoom):
            if row.lane in mending:
                waiting.add(row.lane)
            mending.add(row.lane)
        if row.lane not in waiting:
            yield row, effect


def _card_of(effect: PostCard | EditCard | SayInTriage) -> tuple[int, bool]:
    return effect.number, isinstance(effect, SayInTriage) or effect.triage


def _materials(
    effects: Sequence[Effect], listed: Collection[int], tx: Transaction, policy: Policy, now: int
) -> Materials:
    numbers = {number for effect in effects for number in _numbers(effect)} | {*listed}
    if triaged := [e.number for e in effects if isinstance(e, PostCard | EditCard | SayInTriage) and _card_of(e)[1]]:
        tx.triage_cards.several(triaged)
    questions = tx.questions.several(numbers)
    related = _related(effects, questions)
    questions |= tx.questions.several(related) if related else {}
    duplicates = tx.merges.duplicates(_counted(effects) | {*listed})
    shown = {effect.number for effect in effects if isinstance(effect, ShowQuestion)}
    discussed = [n for n, q in questions.items() if n in shown or _discussed(q)]
    discussions = tx.questions.discussions(discussed) if discussed else {}
    names = tx.rooms.display_names(_people(questions, discussions, effects))
    readers = {e.reader for e in effects if not isinstance(e, PostCard | EditCard) and hasattr(e, "reader")}
    readers |= {e.person for e in effects if isinstance(e, ToPerson | Remove)}
    persons = tx.persons.several(readers) if readers else {}
    return Materials(tx, policy, now, questions, discussions, names, persons, duplicates)


def _related(effects: Sequence[Effect], questions: Mapping[int, Question]) -> set[int]:
    """Other questions that are named where these are shown."""
    cards = [questions.get(e.number) for e in effects if isinstance(e, PostCard | EditCard)]
    suggested = {number for question in cards if question and question.unanswered for number in question.suggested}
    originals = {q.duplicate_of for q in questions.values() if q.duplicate_of}
    return (suggested | originals).difference(questions)


def _counted(effects: Sequence[Effect]) -> set[int]:
    """Those of which it is said how often they were asked; a fresh one was asked once."""
    return {n for e in effects if isinstance(e, EditCard | ShowQuestion) for n in _numbers(e)}


def _numbers(effect: Effect) -> Collection[int]:
    if isinstance(effect, Reply):
        return (effect.about,) if effect.about else ()
    if isinstance(effect, Tell):
        return [number for number, _, _ in effect.told]
    number = getattr(effect, "number", 0)
    return (number,) if number else ()


def _discussed(question: Question) -> bool:
    """Whether there can be answers; spares fresh questions a look-up."""
    return question.state is not State.OPEN or question.first_response_at is not None or question.nudged


def _people(
    questions: Mapping[int, Question], discussions: Mapping[int, Discussion], effects: Sequence[Effect]
) -> set[tuple[str, str]]:
    people = {(q.room_id, who) for q in questions.values() for who in (q.asker, q.assignee) if who}
    people |= {(a.room_id, a.author) for d in discussions.values() for a in d.answers}
    for effect in effects:
        if isinstance(effect, Reply):
            people |= {(effect.room_id, who) for who in _named(effect.arguments)}
        if isinstance(effect, SayInTriage) and effect.number in questions:
            people |= {(questions[effect.number].room_id, who) for who in _named(effect.arguments)}
        if isinstance(effect, Tell):
            told = ((questions[n].room_id, arguments) for n, _, arguments in effect.told if n in questions)
            people |= {(room_id, who) for room_id, arguments in told for who in _named(arguments)}
    return people


def _named(arguments: Mapping[str, Argument]) -> list[str]:
    return [value for value in arguments.values() if isinstance(value, str) and value[:1] == "@"]


def _outgoing(row: OutboxRow, effect: Effect, materials: Materials) -> Outgoing:
    if isinstance(effect, PostCard | EditCard):
        return _card(row, effect, materials)
    if isinstance(effect, AtDoor):
        return _at_door(row, effect, materials)
    if effect.gathered and (materials.found is None or _is_outdated(effect, materials)):
        return Outgoing(row, effect, lacks=Lack.FINDINGS)
    content = None if isinstance(effect, ERRANDS) else rendered(effect, materials)
    return Outgoing(row, effect, signed(content, row.effect_id) if content else None)


def _is_outdated(effect: Effect, materials: Materials) -> bool:
    return is_outdated(effect, materials.found, Circumstances(materials.tx, materials.policy, materials.now))


def _at_door(row: OutboxRow, effect: AtDoor, materials: Materials) -> Outgoing:
    """With a content, be it empty, where it is still to be done."""
    if isinstance(effect, MendRoom):
        tx, policy = materials.tx, materials.policy
        mend = conforming.mend_of(effect.drift, tx, policy)
        return Outgoing(row, effect, conforming.as_content(mend, tx.rooms.get(effect.room_id)))
    if not at_doors.is_due(effect, materials.tx, materials.policy, materials.now):
        return Outgoing(row, effect)
    return Outgoing(row, effect, rendered(effect, materials) or {})


def _card(row: OutboxRow, effect: PostCard | EditCard, materials: Materials) -> Outgoing:
    face = cards.face(effect, materials)
    if face is None:
        return Outgoing(row, effect)
    look = CardLook(effect.number, _digest(face.content), face.event_id is None, effect.triage)
    if face.event_id is None:
        return Outgoing(row, effect, signed(face.content, row.effect_id), look)
    if face.digest == look.digest:
        return Outgoing(row, effect)
    return Outgoing(row, effect, signed(as_edit(face.content, face.event_id), row.effect_id), look)


def _digest(content: Content) -> str:
    shown = (content["formatted_body"], sorted((k, str(v)) for k, v in content.items() if k.startswith("org.")))
    return hashlib.blake2s(repr(shown).encode(), digest_size=12).hexdigest()


def record(settled: Sequence[Settled], tx: Transaction, policy: Policy, now: int) -> None:
    """What deliveries change: the rows are done, cards have an event id and a look, doors are shut or stuck."""
    tx.outbox.delivered([Delivery(s.outgoing.row.seq, s.outgoing.row.effect_id, s.event_id) for s in settled])
    for one in settled:
        look = one.outgoing.look
        if look and one.event_id:
            cards.posted(look.number, one.event_id if look.first else None, look.digest, tx, triage=look.triage)
        effect = one.outgoing.effect
        if one.event_id and isinstance(effect, SayInTriage):
            triaging.said(effect, one.event_id, tx)
        if one.event_id and isinstance(effect, Reply) and effect.key == NUDGE:
            tx.questions.track(one.event_id, effect.about, Role.NUDGE)
        if one.event_id and isinstance(effect, Inform):
            _ask(tx, one.event_id, effect)
        if isinstance(effect, AtDoor):
            done = _settled(effect, one, tx, policy, now)
            enact(done, one.outgoing.row.effect_id, Circumstances(tx, policy, now))


def park(row: OutboxRow, reason: str, tx: Transaction, policy: Policy, now: int) -> None:
    """Give an effect up. What cannot be done at a door has consequences: somebody has to do it by hand."""
    tx.outbox.park(row, reason)
    effect = from_payload(row.kind, row.payload) if row.kind in AT_DOORS else None
    if isinstance(effect, AtDoor):
        tried = Settled(Outgoing(row, effect, {}), None, reason)
        enact(_settled(effect, tried, tx, policy, now), row.effect_id, Circumstances(tx, policy, now))


def _settled(effect: AtDoor, one: Settled, tx: Transaction, policy: Policy, now: int) -> Done:
    if isinstance(effect, MendRoom):
        return conforming.settled(effect, one.outgoing.content, one.problem, tx, policy, now)
    if at_doors.is_outdated(effect, one.outgoing.row.created_at, tx):
        return Done()
    return at_doors.settled(effect, one.outgoing.content is not None, one.problem, tx, policy, now)


def _ask(tx: Transaction, event_id: str, effect: Inform) -> None:
    """From now on a ✅ on the message means something."""
    if effect.asking:
        tx.prompts.add(Prompt(event_id, Asking(effect.asking), effect.grant, effect.person, effect.detail))


def settle_echo(intent: Settle, desk: Desk) -> Outcome:
    """Our own message came back while its delivery was still open: its answer was lost, not the message."""
    event_id = desk.origin.event_id
    row = desk.tx.outbox.settle(intent.effect_id, event_id)
    if row is None:
        return Disregarded("echo")
    desk.tx.outbox.delivered([Delivery(row.seq, row.effect_id, event_id)])
    effect = from_payload(row.kind, row.payload)
    if isinstance(effect, PostCard | EditCard):
        # What it shows is not known: an empty look makes the next change of the card go out in any case.
        first = event_id if cards.is_first(effect, desk.tx) else None
        cards.posted(effect.number, first, "", desk.tx, triage=effect.triage)
    if isinstance(effect, SayInTriage):
        triaging.said(effect, event_id, desk.tx)
    if isinstance(effect, Inform):
        _ask(desk.tx, event_id, effect)
    if row.payload.get("key") == NUDGE:
        desk.tx.questions.track(event_id, int(row.payload["about"]), Role.NUDGE)
    return Done()
