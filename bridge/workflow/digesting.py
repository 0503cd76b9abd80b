"""Summaries on schedule: who gets one, when it is due, what stands in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bridge.chat import grammar
from bridge.chat.grammar import Problem, Speaker
from bridge.chat.intents import Intent
from bridge.chat.render import digest as show
from bridge.chat.render.content import Content
from bridge.domain.access import InPrivate, InRoom, Viewer
from bridge.domain.filters import EVERYTHING, Filter, Order, spelled
from bridge.domain.people import is_moderator
from bridge.domain.questions import UNANSWERED, Question, State
from bridge.domain.queue_facts import DigestChosen
from bridge.domain.results import Argument, Refused
from bridge.domain.schedule import Schedule, next_time
from bridge.workflow import guard
from bridge.workflow.advising import reply
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Done, Outcome, alone_with, place_of, private_view, quotable, with_replaced
from bridge.workflow.digests import Digest
from bridge.workflow.effects import DigestToPerson, DigestToRoom
from bridge.workflow.materials import Materials
from bridge.workflow.records import Page
from bridge.workflow.timers import Timer

KIND = "digest"
SHOWN = 5
"""How many questions of each kind are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseDigest(Intent):
    """None of it: how it stands. `minute` since midnight, `weekday` with Monday as 0 (None: each day)."""

    off: bool = False
    minute: int | None = None
    weekday: int | None = None
    wanted: Filter = EVERYTHING


def choose(intent: ChooseDigest, desk: Desk) -> Outcome:
    """For the room by its moderators, for oneself in the direct chat."""
    if not _may_choose(desk):
        return Refused("digest-for-moderators")
    target = desk.sender if desk.private else desk.origin.room_id
    if intent.off:
        return _end(target, desk)
    if intent.minute is None:
        return Done(effects=(reply(desk, "digest-now", _told(desk.tx.digests.get(target), desk)),))
    if intent.wanted.tags and not desk.kept("words"):
        return Refused("digest-without-tags")
    schedule = Schedule(intent.minute, intent.weekday, _zone(desk))
    digest = Digest(
        target=target,
        personal=desk.private,
        schedule=schedule,
        filters=spelled(replace(intent.wanted, page=1)),
        set_by=desk.sender,
        told_until=desk.now,
        chosen_in=desk.origin.room_id,
    )
    desk.tx.digests.save(digest)
    _set_timer(digest, desk.now, Circumstances(desk.tx, desk.policy, desk.now))
    return Done(
        (_chosen(desk, "weekly" if intent.weekday is not None else "daily"),),
        (reply(desk, "digest-set", _told(digest, desk)),),
    )


def _may_choose(desk: Desk) -> bool:
    if desk.private:
        return alone_with(desk.room, desk.tx, desk.policy) == desk.sender
    return desk.room is not None and is_moderator(desk.sender, desk.policy.people, desk.room.powers)


def _end(target: str, desk: Desk) -> Outcome:
    if desk.tx.digests.get(target) is None:
        return Refused("no-digest")
    desk.tx.digests.drop(target)
    desk.tx.timers.drop(_name(target))
    return Done((_chosen(desk, "off"),), (reply(desk, "digest-off", {}),))


def _chosen(desk: Desk, every: str) -> DigestChosen:
    space = desk.room.space if desk.room else None
    return DigestChosen(
        at=desk.now,
        actor=desk.sender,
        room_id="" if desk.private else desk.origin.room_id,
        space=space or "",
        every=every,
    )


def _zone(desk: Desk) -> str:
    if desk.private:
        return desk.tx.persons.get(desk.sender).profile.zone or desk.policy.zone
    return desk.place.space.zone if desk.place else desk.policy.zone


def _told(digest: Digest | None, desk: Desk) -> dict[str, Argument]:
    """Its tags are words: what was written in an encrypted chat is not repeated in one that is not."""
    if digest is None:
        return {"every": "off", "weekday": 0, "time": "", "zone": "", "filters": "none"}
    s = digest.schedule
    return {
        "every": "daily" if s.weekday is None else "weekly",
        "weekday": s.weekday or 0,
        "time": f"{s.minute // 60:02}:{s.minute % 60:02}",
        "zone": s.zone,
        "filters": (digest.filters or "none") if _quotable(digest, desk) else "…",
    }


def _quotable(digest: Digest, desk: Desk) -> bool:
    worded = wanted_by(digest).tags
    return not worded or quotable(desk.tx, digest.chosen_in, desk.origin.room_id)


def wanted_by(digest: Digest) -> Filter:
    wanted = grammar.filters(digest.filters, Filter(), Speaker(digest.set_by, "", {}))
    return Filter() if isinstance(wanted, Problem) else wanted


def _name(target: str) -> str:
    return f"{KIND} {target}"


def _set_timer(digest: Digest, after: int, around: Circumstances) -> None:
    due = next_time(digest.schedule, after)
    around.tx.timers.set(Timer(_name(digest.target), KIND, due, target=digest.target))


def ring(timer: Timer, around: Circumstances) -> Done:
    """It is time; after a while in which nobody rang, once for all that was missed."""
    digest = around.tx.digests.get(timer.target)
    if digest is None:
        return Done()
    around.tx.digests.save(replace(digest, told_until=around.now))
    _set_timer(digest, around.now, around)
    if digest.personal:
        return Done(effects=(DigestToPerson(person=digest.target, since=digest.told_until, until=around.now),))
    return Done(effects=(DigestToRoom(room_id=digest.target, since=digest.told_until, until=around.now),))


@dataclass(frozen=True, slots=True)
class Summary:
    """What happened in the time in `rooms`, and what waits; each the first few, out of how many."""

    rooms: frozenset[str]
    new: Page
    answered: Page
    unanswered: Page


def gather(effect: DigestToRoom | DigestToPerson, around: Circumstances) -> Summary:
    wanted = _wanted(effect, around)
    rooms = _rooms(effect, wanted, around)
    window = effect.until - effect.since

    def find(narrowed: Filter) -> Page:
        page = around.tx.questions.find(narrowed, rooms, around.policy.people, effect.until)
        return replace(page, numbers=page.numbers[:SHOWN])

    return Summary(
        rooms=frozenset(rooms),
        new=find(replace(wanted, since=window, order=Order.NEWEST_FIRST)),
        answered=find(replace(wanted, states=frozenset({State.ANSWERED}), answered=window, order=Order.NEWEST_FIRST)),
        unanswered=find(replace(wanted, states=UNANSWERED, order=Order.OLDEST_FIRST)),
    )


def is_outdated(effect: DigestToRoom | DigestToPerson, summary: Summary, around: Circumstances) -> bool:
    """Whether it is from rooms that may be shown there no longer: how many there are was counted with them."""
    return not summary.rooms <= _rooms(effect, _wanted(effect, around), around)


def _wanted(effect: DigestToRoom | DigestToPerson, around: Circumstances) -> Filter:
    digest = around.tx.digests.get(_target(effect))
    return wanted_by(digest) if digest else Filter()


def _target(effect: DigestToRoom | DigestToPerson) -> str:
    return effect.person if isinstance(effect, DigestToPerson) else effect.room_id


def _viewer(effect: DigestToRoom | DigestToPerson, around: Circumstances) -> Viewer | None:
    if isinstance(effect, DigestToPerson):
        return private_view(effect.person, around.tx, around.policy)
    place = place_of(around.tx.rooms.get(effect.room_id), around.tx, around.policy)
    return InRoom(place) if place else None


def _rooms(effect: DigestToRoom | DigestToPerson, wanted: Filter, around: Circumstances) -> set[str]:
    """Those that may be shown: of a person the ones they are in, of a room those of its space unless others are named.

    Whoever finds a question by a tag knows that it is there: with tags, only where its words may be repeated.
    """
    viewer = _viewer(effect, around)
    if viewer is None:
        return set()
    tx = around.tx
    rooms = guard.rooms_for(viewer, tx, around.policy)
    if isinstance(viewer, InPrivate):
        rooms &= viewer.joined
        told_in = tx.persons.get(viewer.user_id).direct_room or ""
    else:
        told_in = viewer.place.room_id
        own = {r.room_id for r in tx.rooms.all().values() if r.space == viewer.place.space.name}
        rooms &= with_replaced(told_in, tx) if wanted.here else rooms if wanted.spaces else own
    return {r for r in rooms if quotable(tx, r, told_in)} if wanted.tags else rooms


def rendered(effect: DigestToRoom | DigestToPerson, materials: Materials) -> Content | None:
    """None where there is nothing to tell: an empty one is not sent."""
    summary = materials.found
    around = Circumstances(materials.tx, materials.policy, materials.now)
    viewer = _viewer(effect, around)
    if viewer is None or not (summary.new.total or summary.answered.total or summary.unanswered.total):
        return None
    if isinstance(effect, DigestToPerson):
        if not materials.may_tell(effect.person):
            return None
        told_in, reader = materials.direct_room(effect.person), effect.person
    else:
        told_in, reader = effect.room_id, None
    shown = _shown(summary, viewer, told_in, materials)
    scene = _named(shown, materials).scene(materials.words_of(told_in, reader))
    return show.digest(_sections(summary, shown), effect.until - effect.since, scene)


def _shown(summary: Summary, viewer: Viewer, told_in: str, materials: Materials) -> dict[int, Question]:
    """The questions that may still be shown, by number."""
    pages = (summary.new, summary.answered, summary.unanswered)
    found = materials.tx.questions.several({number for page in pages for number in page.numbers})
    return {
        number: materials.told(question, told_in)
        for number, question in found.items()
        if not question.withdrawn and guard.visible(materials.tx, materials.policy, question, viewer)
    }


def _named(shown: Mapping[int, Question], materials: Materials) -> Materials:
    """With the names of the people in it, which nobody knew of before it was gathered."""
    people = {(q.room_id, who) for q in shown.values() for who in (q.asker, q.assignee) if who}
    return replace(materials, names=materials.tx.rooms.display_names(people))


def _sections(summary: Summary, shown: Mapping[int, Question]) -> list[show.Section]:
    """What is new and unanswered is named once, as new."""
    new, answered, unanswered = summary.new, summary.answered, summary.unanswered
    listed = set(new.numbers)

    def some(numbers: Iterable[int]) -> list[Question]:
        return [shown[number] for number in numbers if number in shown]

    sections = (
        show.Section(heading="digest-new", count=new.total, questions=some(new.numbers)),
        show.Section(heading="digest-answered", count=answered.total, questions=some(answered.numbers)),
        show.Section(
            heading="digest-unanswered",
            count=unanswered.total,
            questions=some(n for n in unanswered.numbers if n not in listed),
        ),
    )
    return [section for section in sections if section.count]
