"""What people are told in their direct chats: bundled, at most once a minute, not in their quiet hours, and not twice.

A person's timer is there while something waits for them, and for a minute after they were told something: what comes
in that minute waits for it. It holds the id of the last message: while that cannot be sent, the next is not made.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bridge.domain.profile import Notify, Profile
from bridge.domain.questions import Question, State
from bridge.domain.results import Argument
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, private_view
from bridge.workflow.effects import Tell
from bridge.workflow.people_ports import Notice
from bridge.workflow.timers import Timer

KIND = "tell"
PAUSE = 60_000
"""The least time between two messages, in milliseconds."""
LINES = 20
"""The most lines of a message; what is left is told a minute later."""
LOOKED_AT = 5 * LINES

_NOTHING: Mapping[str, Argument] = {}

Holds = Callable[[Question, str], bool]


def _theirs(question: Question, person: str) -> bool:
    return question.unanswered and question.assignee == person


def _nobodys(question: Question, _person: str) -> bool:
    return question.unanswered and question.assignee is None


def _waits(question: Question, _person: str) -> bool:
    return question.unanswered


STILL: Mapping[str, Holds] = {
    "told-assigned": _theirs,
    "told-your-turn": _theirs,
    "told-reminded": _theirs,
    "told-expert": _nobodys,
    "told-team-busy": _nobodys,
    "told-team-away": _nobodys,
    "told-nudge": _waits,
    "told-escalated": _waits,
    "told-escalated-by-rule": _waits,
    "told-reopened": _waits,
    "told-answer-withdrawn": _waits,
    "told-answered": lambda question, _: question.state is State.ANSWERED,
    "told-closed": lambda question, _: question.state is State.CLOSED,
}
"""Key -> whether it is still so when somebody is told of it, be it minutes or a night later; the rest happened."""


def is_still_so(key: str, question: Question, person: str) -> bool:
    return key not in STILL or STILL[key](question, person)


def tell(
    person: str,
    number: int,
    key: str,
    around: Circumstances,
    *,
    named: bool,
    arguments: Mapping[str, Argument] = _NOTHING,
) -> None:
    """Tell somebody something about a question, as soon as may be.

    `key` takes `number` and `arguments`, which are ids, numbers and words of ours, never what somebody wrote; those
    named `person` and `author` are shown as names. `named`: it is about them, not about something that they follow.
    Whether they may see the question is asked when they are told.
    """
    if person == around.policy.setting.me or not _wanted(named, around.tx.persons.get(person).profile):
        return
    around.tx.notices.add(Notice(person, number, key, named, around.now, arguments))
    around.tx.timers.begin(Timer(_name(person), KIND, around.now, target=person))


def ring(timer: Timer, around: Circumstances) -> Done:
    """The time of somebody to be told has come, unless the last message is still on its way to them."""
    tx, person = around.tx, timer.target
    if timer.data and tx.outbox.waits(timer.data):
        tx.timers.set(replace(timer, due_at=around.now + PAUSE))
        return Done()
    waiting = tx.notices.waiting(person, LOOKED_AT)
    seen = _seen(waiting, around)
    profile = tx.persons.get(person).profile
    quiet = (
        profile.quiet.until(around.now, zone_of(profile, seen[min(seen)], around)) if profile.quiet and seen else None
    )
    if quiet is not None:
        tx.timers.set(Timer(timer.name, KIND, quiet, target=person))
        return Done()
    wanted = (notice for notice in waiting if notice.number in seen and _wanted(notice.named, profile))
    notices = bundled(n for n in wanted if is_still_so(n.key, seen[n.number], person))
    if notices:
        sent = f"{timer.decision}.0"
        tx.timers.set(Timer(timer.name, KIND, around.now + PAUSE, target=person, data=sent))
    elif len(waiting) == LOOKED_AT:
        tx.timers.set(Timer(timer.name, KIND, around.now, target=person))
    later = {notice.number for notice in notices[LINES:]}
    tx.notices.drop([notice for notice in waiting if notice.number not in later])
    lines = tuple((notice.number, notice.key, notice.arguments) for notice in notices[:LINES])
    return Done(effects=(Tell(person=person, told=lines),) if lines else ())


def _seen(waiting: Sequence[Notice], around: Circumstances) -> dict[int, Question]:
    """The questions that somebody may see. The others keep nothing waiting: how long one waits would tell of them."""
    if not waiting:
        return {}
    viewer = private_view(waiting[0].person, around.tx, around.policy)
    questions = around.tx.questions.several({notice.number for notice in waiting})
    return {n: q for n, q in questions.items() if guard.visible(around.tx, around.policy, q, viewer)}


def bundled(waiting: Iterable[Notice]) -> list[Notice]:
    """One for each question, newest last: the newest that is about them, else the newest."""
    kept: dict[int, Notice] = {}
    for notice in waiting:
        before = kept.pop(notice.number, notice)
        kept[notice.number] = before if before.named and not notice.named else notice
    return list(kept.values())


def look_again(person: str, around: Circumstances) -> None:
    """They changed when they want to be told: what waits for a time that is none any more waits no longer."""
    timer = around.tx.timers.get(_name(person))
    if timer and timer.due_at > around.now + PAUSE:
        around.tx.timers.set(Timer(timer.name, KIND, around.now, target=person))


def zone_of(profile: Profile, question: Question, around: Circumstances) -> ZoneInfo:
    """A person's zone: their own, else that of the space of a question."""
    space = around.policy.spaces.get(question.space)
    return ZoneInfo(profile.zone or (space.zone if space else around.policy.zone))


def _wanted(named: bool, profile: Profile) -> bool:
    return profile.notify is Notify.ALL or (named and profile.notify is Notify.MENTIONS)


def _name(person: str) -> str:
    return f"{KIND} {person}"
