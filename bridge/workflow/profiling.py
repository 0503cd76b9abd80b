"""What people tell of themselves, what others see of it, and how they want to be told things."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bridge.chat import profile_words
from bridge.chat.intents import Intent
from bridge.chat.profile_words import NOTHING, clock
from bridge.domain.people import is_ours
from bridge.domain.profile import NO_PROFILE, Notify, Profile
from bridge.domain.queue_facts import ProfileChanged
from bridge.domain.results import Argument, Refused
from bridge.workflow import notices
from bridge.workflow.advising import reply
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.effects import Acknowledge

PARTS = ("languages", "region", "hours", "zone", "quiet")
WORDED = frozenset({"region", "expertise"})
"""What holds words of people, which may not be kept or repeated everywhere."""
TIMING = frozenset({"zone", "quiet", "notify"})
MOST_TAGS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduce(Intent):
    """Show one's profile, or that of `person`; with a `part`, change that to what the `words` say."""

    person: str = ""
    part: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseNotify(Intent):
    """None: how it stands."""

    notify: Notify | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareExpertise(Intent):
    """Tags to add and to take away; neither: what is declared."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


# --- showing -----------------------------------------------------------------------------------------------------


def introduce(intent: Introduce, desk: Desk) -> Outcome:
    return _change(intent, desk) if intent.part else _show(intent, desk)


def _show(intent: Introduce, desk: Desk) -> Outcome:
    """Others than people of ours see nobody's but their own."""
    own = intent.person in {"", desk.sender}
    if not own and not is_ours(desk.sender, desk.policy.people):
        return Refused("for-staff")
    profile = desk.tx.persons.get(intent.person or desk.sender).profile
    told = _told(profile, desk)
    if own:
        return Done(effects=(reply(desk, "profile-now", {**told, "notify": profile.notify.value}),))
    if profile == NO_PROFILE:
        return Refused("no-profile", {"person": intent.person})
    return Done(effects=(reply(desk, "profile-of", {**told, "person": intent.person}),))


def _told(profile: Profile, desk: Desk) -> dict[str, Argument]:
    worded = _may_be_told(profile, desk)
    away = profile.away_until if profile.away(desk.now) else None
    return {
        "languages": ", ".join(profile.languages) or "–",
        "region": profile.region if worded and profile.region else "–",
        "expertise": _tags(profile) if worded else "–",
        "hours": clock(profile.hours),
        "quiet": clock(profile.quiet),
        "zone": profile.zone or "–",
        "until": away or 0,
    }


def _tags(profile: Profile) -> str:
    return ", ".join(profile.expertise) or "–"


def _may_be_told(profile: Profile, desk: Desk) -> bool:
    """What was written in an encrypted room is not repeated in one that is not."""
    target = desk.origin.room_id if desk.secluded else desk.tx.persons.get(desk.sender).direct_room or ""
    room = desk.tx.rooms.get(target)
    return not profile.sealed or (room is not None and room.encrypted)


# --- changing ----------------------------------------------------------------------------------------------------


def _change(intent: Introduce, desk: Desk) -> Outcome:
    cleared = intent.words.lower() in NOTHING
    found = _CLEARED[intent.part] if cleared else _read(intent.part, intent.words)
    if isinstance(found, Refused):
        return found
    if not cleared and intent.part in WORDED and not desk.kept("words"):
        return Refused("keeps-no-words")
    return _saved(intent.part, {intent.part: found}, desk, sign=True)


_CLEARED: Mapping[str, Any] = {part: getattr(NO_PROFILE, part) for part in PARTS}


def _read(part: str, words: str) -> Any:
    """What a part is to be; Refused where the words make none."""
    if part == "languages":
        return profile_words.languages(words) or Refused("no-such-languages", {"word": words[:64]})
    if part == "zone":
        near = profile_words.nearest_zone(words)
        return profile_words.zone(words) or Refused("no-such-zone", {"word": words[:64], "near": near})
    if part == "region":
        return " ".join(words.split())[: profile_words.REGION_LENGTH]
    return profile_words.hours(words) or Refused("no-such-hours", {"word": words[:64]})


def declare(intent: DeclareExpertise, desk: Desk) -> Outcome:
    profile = desk.tx.persons.get(desk.sender).profile
    if not (intent.added or intent.removed):
        told = _tags(profile) if _may_be_told(profile, desk) else "–"
        return Done(effects=(reply(desk, "expertise-now", {"expertise": told}),))
    if intent.added and not desk.kept("words"):
        return Refused("keeps-no-words")
    declared = [*dict.fromkeys((*profile.expertise, *intent.added))]
    left = tuple(tag for tag in declared if tag not in intent.removed)
    if len(left) > MOST_TAGS:
        return Refused("too-much-expertise", {"limit": MOST_TAGS})
    return _saved("expertise", {"expertise": left}, desk, sign=True)


def choose_notify(intent: ChooseNotify, desk: Desk) -> Outcome:
    if intent.notify is None:
        now = desk.tx.persons.get(desk.sender).profile.notify
        return Done(effects=(reply(desk, "notify-now", {"notify": now.value}),))
    done = _saved("notify", {"notify": intent.notify}, desk, sign=False)
    return Done(done.facts, (reply(desk, "notify-set", {"notify": intent.notify.value}),))


def _saved(part: str, changed: Mapping[str, Any], desk: Desk, *, sign: bool) -> Done:
    person = desk.tx.persons.get(desk.sender)
    profile = replace(person.profile, **changed)
    profile = replace(profile, sealed=_is_sealed(part, profile, desk))
    desk.tx.persons.save(replace(person, profile=profile))
    if part in TIMING:
        notices.look_again(desk.sender, Circumstances(desk.tx, desk.policy, desk.now))
    fact = ProfileChanged(at=desk.now, actor=desk.sender, room_id="", space="", what=part)
    done = Acknowledge(room_id=desk.origin.room_id, event_id=desk.origin.event_id)
    return Done((fact,), (done,) if sign else ())


def _is_sealed(part: str, profile: Profile, desk: Desk) -> bool:
    if not (profile.region or profile.expertise):
        return False
    encrypted = desk.room is None or desk.room.encrypted
    return profile.sealed or (part in WORDED and encrypted)
