"""!experts and !gaps: who knows about a tag, and which tags nobody is known for, of what may be shown where it is said.

Looked up beside the writer; what is shown goes by who may see what when it is put into words.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bridge.chat.intents import Intent
from bridge.chat.render.content import Content, clean_name, item, line, notice
from bridge.chat.words import Words
from bridge.domain.expertise import ENOUGH, PRIOR, today
from bridge.domain.people import is_denied
from bridge.domain.spaces import DAY
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Done, Outcome, Policy, quotable
from bridge.workflow.effects import ShowExperts, ShowGaps
from bridge.workflow.experts import BEST
from bridge.workflow.materials import Materials
from bridge.workflow.people_ports import Score
from bridge.workflow.storage import Transaction

SHOWN = 10
OFTEN = 3
"""How often something is asked, at least, to be a gap."""
DAYS = 90
"""How far back one looks for what is asked."""
COMPARED = 50
"""How many of the tags asked most are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindExperts(Intent):
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindGaps(Intent):
    """What is asked often, and nobody is known for?"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`rooms`: where they are among those that may be shown."""

    person: str
    rooms: frozenset[str]
    scores: tuple[Score, ...]
    declared: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a tag was asked in each room, and who comes into question for it."""

    tag: str
    rooms: tuple[tuple[str, int], ...]
    candidates: tuple[Candidate, ...]


def find_experts(intent: FindExperts, desk: Desk) -> Outcome:
    origin = desk.origin
    shown = ShowExperts(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        tag=intent.tag,
    )
    return Done(effects=(shown,))


def find_gaps(_intent: FindGaps, desk: Desk) -> Outcome:
    origin = desk.origin
    shown = ShowGaps(
        room_id=origin.room_id, reader=desk.sender, reply_to=origin.event_id, thread_root=origin.thread_root
    )
    return Done(effects=(shown,))


# --- looked up ---------------------------------------------------------------------------------------------------


def gather_experts(effect: ShowExperts, around: Circumstances) -> tuple[Candidate, ...]:
    rooms = _rooms(effect.room_id, around.tx, around.policy)
    return _candidates(effect.tag, rooms, effect.room_id, around)


def gather_gaps(effect: ShowGaps, around: Circumstances) -> tuple[Asked, ...]:
    tx = around.tx
    rooms = _rooms(effect.room_id, tx, around.policy)
    asked: dict[str, Counter[str]] = {}
    for tag, room_id, count in tx.experts.asked(rooms, around.now - DAYS * DAY):
        asked.setdefault(tag, Counter())[room_id] += count
    most = sorted(asked, key=lambda tag: (-asked[tag].total(), tag))[:COMPARED]
    return tuple(
        Asked(tag, tuple(asked[tag].items()), _candidates(tag, rooms, effect.room_id, around))
        for tag in most
        if asked[tag].total() >= OFTEN
    )


def _candidates(tag: str, rooms: Collection[str], told_in: str, around: Circumstances) -> tuple[Candidate, ...]:
    """Those who are in one of the rooms: nobody learns here of people whom they could not meet."""
    tx = around.tx
    scores: dict[str, list[Score]] = {}
    for score in tx.experts.best(tag, rooms, BEST):
        scores.setdefault(score.person, []).append(score)
    declaring = {who for who in tx.persons.declaring(tag) if _may_be_told(who, told_in, tx)}
    others = sorted(declaring - set(scores))[: 2 * BEST]
    found = ((who, tx.rooms.joined_by(who) & set(rooms)) for who in (*scores, *others))
    return tuple(
        Candidate(who, frozenset(shared), tuple(scores.get(who, ())), who in declaring)
        for who, shared in found
        if shared and not is_denied(who, around.policy.people)
    )


def _may_be_told(person: str, room_id: str, tx: Transaction) -> bool:
    """What somebody declared in an encrypted room is not repeated in one that is not."""
    room = tx.rooms.get(room_id)
    return not tx.persons.get(person).profile.sealed or (room is not None and room.encrypted)


def _rooms(room_id: str, tx: Transaction, policy: Policy) -> set[str]:
    """Those that may be shown in a room, and whose words may be repeated there, since tags are words."""
    shown = guard.rooms_for(guard.viewer_in(room_id, tx, policy), tx, policy)
    return {source for source in shown if quotable(tx, source, room_id)}


# --- shown -------------------------------------------------------------------------------------------------------


def experts(effect: ShowExperts, materials: Materials) -> Content:
    rooms = _rooms(effect.room_id, materials.tx, materials.policy)
    known = sorted(_known(materials.found, rooms, materials.now), key=lambda found: (-found[1], found[0].person))
    language = materials.words_of(effect.room_id, effect.reader)
    tag = f"#{effect.tag}"
    if not known:
        prefix = materials.policy.setting.prefix
        return notice([line(language.say("experts-none", {"tag": tag, "prefix": prefix}))])
    shown = [candidate for candidate, _ in known[:SHOWN]]
    names = _names(shown, rooms, materials)
    entries = [item(_described(candidate, names[candidate.person], rooms, language, materials)) for candidate in shown]
    return notice([line(language.say("experts-title", {"tag": tag})), *entries])


def _known(candidates: Iterable[Candidate], rooms: Collection[str], now: int) -> Iterable[tuple[Candidate, float]]:
    for candidate in candidates:
        if candidate.rooms & set(rooms):
            earned = sum(today(score.stored, now) for score in candidate.scores if score.room_id in rooms)
            total = earned + (PRIOR if candidate.declared else 0)
            if total:
                yield candidate, total


def _names(shown: Iterable[Candidate], rooms: Collection[str], materials: Materials) -> dict[str, str]:
    """By what they are called in a room that may be shown."""
    places = {candidate.person: min(candidate.rooms & set(rooms)) for candidate in shown}
    names = materials.tx.rooms.display_names({(room_id, who) for who, room_id in places.items()})
    return {who: clean_name(names.get((room_id, who), ""), who) for who, room_id in places.items()}


def _described(candidate: Candidate, name: str, rooms: Collection[str], language: Words, materials: Materials) -> str:
    away = materials.tx.persons.get(candidate.person).profile.away(materials.now)
    return language.say(
        "expert-line",
        {
            "person": name,
            "count": sum(score.count for score in candidate.scores if score.room_id in rooms),
            "declared": "yes" if candidate.declared else "no",
            "away": "yes" if away else "no",
        },
    )


def gaps(effect: ShowGaps, materials: Materials) -> Content:
    rooms = _rooms(effect.room_id, materials.tx, materials.policy)
    counted = ((asked, sum(count for room_id, count in asked.rooms if room_id in rooms)) for asked in materials.found)
    found = [
        (asked.tag, count)
        for asked, count in counted
        if count >= OFTEN and not _has_expert(asked, rooms, materials.now)
    ][:SHOWN]
    language = materials.words_of(effect.room_id, effect.reader)
    if not found:
        return notice([line(language.say("gaps-none", {"days": DAYS}))])
    entries = [item(language.say("gap-line", {"tag": f"#{tag}", "count": count})) for tag, count in found]
    return notice([line(language.say("gaps-title", {"days": DAYS})), *entries])


def _has_expert(asked: Asked, rooms: Collection[str], now: int) -> bool:
    return any(total >= ENOUGH for _, total in _known(asked.candidates, rooms, now))
