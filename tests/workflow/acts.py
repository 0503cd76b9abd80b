"""What anybody may do to a town: every command there is, reactions, answers, comings and goings, and time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from hypothesis import strategies as st

from bridge.chat.command import Argument, Command, Users
from bridge.domain.spaces import DAY
from bridge.workflow.commands import commands
from bridge.workflow.doors import shut
from bridge.workflow.effects import Inform
from tests.workflow.town import EVENTS, Town, asker_of
from tests.workflow.worlds import BOT, CAST, EXTERNALS, KEYS, LEAD, NAMES, OURS, World, direct, room_id

FILTERS = (
    *("", "space:{space}", "by:{person}", "assigned:{person}", "assigned:none", "tag:secret", "from:external"),
    *("here", "is:open", "older:1m", "page:2", "tag:marker-{room}"),
)
WORDS: dict[str, tuple[str, ...]] = {
    Argument.QUESTION: ("{number}", "{number}", ""),
    Argument.TEXT: ("", "mine"),
    Argument.NEEDED_TEXT: ("mine",),
    Argument.FILTERS: FILTERS,
    Argument.COMMAND: ("", "ask", "enforce", "who"),
    Argument.CONFIRM: ("", "confirm"),
    Argument.ASSIGNEE: ("{person}", "me"),
    Argument.TAGS: ("+vpn", "mine -vpn"),
    Argument.PRIORITY: ("high", "low"),
    Argument.ORIGINAL: ("of {other}",),
    Argument.HELD: ("", "off"),
    Argument.MYSELF: ("me", "me confirm"),
    Argument.TIME: ("", "30d"),
    Argument.DIGEST: ("daily 09:00", "weekly mon 09:00", "", "off"),
    Argument.NOTIFY: ("", "mentions", "all"),
    Argument.TAG: ("secret", "marker-{room}", "vpn"),
    Argument.DECLARED: ("", "+secret", "+vpn -secret"),
    Argument.ABSENCE: ("", "for 2d", "off"),
    Argument.PROFILE: ("", "{person}", "region mine", "quiet 22:00-07:00", "languages fr"),
    Argument.LANGUAGE: ("fr", "", "default"),
    "@ann:acme.com": ("{person}",),
    "[here]": ("", "here"),
    "[everywhere]": ("", "everywhere"),
    "[space:acme]": ("", "space:{space}"),
    "[for 30d]": ("", "for 30d"),
    "[because …]": ("", "because of work"),
    "[accept]": ("", "accept"),
    "[acme|accept 12]": ("", "{space}", "accept 1", "accept 99"),
    "[approve 7|refuse 7]": ("", "approve {number}", "refuse {number}", "approve 99"),
}
"""What may be written for each argument of a command, by its place in the usage line."""
MEMBERSHIPS = ("join", "invite", "leave", "knock")
REACTIONS = ("✅", "🙋", "👀", "👍", "❓", "❌", "1️⃣", "2️⃣")
LOOKS = (
    "!questions",
    "!show {number}",
    "!unanswered",
    "!questions tag:secret",
    "!show {number}",
    "!questions space:{space}",
    *("!search marker", "!search secret", "!search marker-{room}", "!search marke"),
    *("!stats", "!stats tag:secret", "!experts secret", "!gaps", "!why {number}", "!profile {person}"),
)
"""What shows the most, and so is written more often than its share among all commands."""
ACCESS = (
    *(
        "!who {person}",
        "!externals",
        "!externals space:{space}",
        "!invite {person} space:{space}",
        "!invite {person} here",
    ),
    *("!revoke {person}", "!revoke {person} everywhere", "!extend {person} for 60d", "!requests", "!enforce", "!audit"),
)
"""What tells, and decides, who may be where."""
SETTLES = (
    "!close {number}",
    "!answered {number}",
    "!answer {number} mine",
    "!answered {number} mine",
    "!claim {number}",
    *("!duplicate {number} of {other}", "!duplicate {number} of {other}", "!assign {number} {person} mine"),
    *("!escalate {number} mine", "!note {number} mine", "!tag {number} +vpn", "!reopen {number}"),
)
"""What followers and cards are told of."""
SAID = (
    *("look", "look", "look", "look", "settle", "settle", "access", "access", "command", "command"),
    *("reply", "thread", "react", "redact", "edit"),
)
KINDS = (
    *("look", "look", "look", "look", "look", "look", "settle", "settle", "access", "access", "command", "command"),
    *("reply", "thread", "react", "redact", "edit", "member", "member", "spoof", "time", "revoke", "agree"),
    *("readable", "readable", "policy", "power"),
)
WRITTEN = frozenset({"look", "settle", "access", "command"})
SPOKEN = frozenset(SAID)
MISSING = 77
"""The number of no question."""
CHAT = 99
"""Beyond all rooms: the direct chat."""


@dataclass(frozen=True, slots=True)
class Act:
    """Numbers that are taken from what there is in the world; `late`: nothing is delivered before the next act.

    `missing`: the question that it names does not exist.
    """

    kind: str
    who: str
    where: int
    what: int
    about: int
    late: bool = False
    missing: bool = False


def sequences(kinds: tuple[str, ...] = KINDS, most: int = 5) -> st.SearchStrategy[list[Act]]:
    first = st.sampled_from(tuple(product((False, True), CAST, kinds)))
    act = st.tuples(first, st.integers(0, 11), st.integers(0, 255), st.integers(0, 31)).map(_act)
    return st.lists(act, min_size=1, max_size=most)


def _act(drawn: tuple[tuple[bool, str, str], int, int, int]) -> Act:
    (late, who, kind), where, what, about = drawn
    return Act(kind, who, where, what, about, late)


@cache
def _lines() -> tuple[str, ...]:
    """Every command with each choice of words for its arguments, in the order of the declarations."""
    return tuple(f"!{command.name} {rest}".strip() for command in commands().declared for rest in _rests(command))


def _rests(command: Command) -> Iterable[str]:
    choices = [WORDS.get(argument, ("{person}",)) for argument in command.arguments]
    most = max((len(choice) for choice in choices), default=1)
    for index in range(most):
        yield " ".join(word for choice in choices if (word := choice[index % len(choice)]))
    if command.name == "ask":
        yield "marker-{here} what is this? #vpn"


def place(act: Act, world: World) -> tuple[str, str]:
    """The room id and the room's name; beyond the rooms stands the person's direct chat."""
    if act.where < len(world.rooms):
        key = world.rooms[act.where]
        return room_id(key), key
    return direct(act.who), "chat"


def line(act: Act, world: World) -> str:
    people = (*CAST, *(f"@nobody:{s}" for s in ("acme.com", "example.org")), *EXTERNALS, *EXTERNALS, *EXTERNALS)
    return _template(act).format(
        number=number(act, world),
        person=people[act.about % len(people)],
        space=NAMES[act.about % 4],
        room=world.rooms[act.about % len(world.rooms)],
        here=place(act, world)[1],
        other=KEYS.index(world.rooms[act.what // 16 % len(world.rooms)]) + 1 + 8 * (act.about // 16),
    )


def _template(act: Act) -> str:
    if act.kind == "access":
        return ACCESS[act.what % len(ACCESS)]
    lines = {"look": LOOKS, "settle": SETTLES}.get(act.kind) or _lines()
    return lines[act.what % len(lines)]


def command(act: Act) -> str:
    """The name of the command that somebody writes."""
    return _lines()[act.what % len(_lines())].split()[0][1:]


@cache
def lines_for_staff() -> tuple[int, ...]:
    """Which lines are commands that only people of ours may use."""
    ours = {declared.name for declared in commands().declared if declared.users is Users.STAFF}
    return tuple(index for index, line in enumerate(_lines()) if line.split()[0][1:] in ours)


@cache
def lines_with_number() -> tuple[int, ...]:
    """Which lines name a question by its number."""
    return tuple(index for index, line in enumerate(_lines()) if "{number}" in line and "requests" not in line)


def number(act: Act, world: World) -> int:
    """The number of the question that somebody names."""
    return MISSING if act.missing else KEYS.index(world.rooms[act.about % len(world.rooms)]) + 1


def words(act: Act, world: World) -> Iterable[str]:
    """What somebody writes themselves: to hear it again tells them nothing."""
    if act.kind == "thread":
        return (_event(act, world),)
    if act.kind not in WRITTEN:
        return ()
    written = line(act, world).split()
    return (*written, *(word.partition(":")[2] for word in written))


def _event(act: Act, world: World) -> str:
    """Some event that belongs to some question of any room."""
    key = world.rooms[act.about % len(world.rooms)]
    return f"${EVENTS[act.what % 7]}-{key}"


def _command(act: Act, town: Town) -> None:
    town.says(act.who, line(act, town.world), place(act, town.world)[0])


def _reply(act: Act, town: Town) -> None:
    body = ("that is it", "!answered", "!claim", "!show", "!follow", "!ask")[act.what // 7 % 6]
    town.says(act.who, body, place(act, town.world)[0], {"m.in_reply_to": {"event_id": _event(act, town.world)}})


def _thread(act: Act, town: Town) -> None:
    body = ("that is it", "!answered", "!show", "!close", "!ask more")[act.what // 7 % 5]
    town.says(act.who, body, place(act, town.world)[0], {"rel_type": "m.thread", "event_id": _event(act, town.world)})


def _react(act: Act, town: Town) -> None:
    town.reacts(act.who, REACTIONS[act.what // 7 % len(REACTIONS)], _event(act, town.world), place(act, town.world)[0])


def _redact(act: Act, town: Town) -> None:
    room = place(act, town.world)[0]
    content = {"redacts": _event(act, town.world)}
    town.happens({"type": "m.room.redaction", "room_id": room, "sender": act.who, "content": content})


def _edit(act: Act, town: Town) -> None:
    new = {"msgtype": "m.text", "body": "!ask something new"}
    relation = {"rel_type": "m.replace", "event_id": _event(act, town.world)}
    town.says(act.who, "* new", place(act, town.world)[0], {**relation})
    content = {"msgtype": "m.text", "body": "* new", "m.new_content": new, "m.relates_to": relation}
    room = place(act, town.world)[0]
    town.happens({"type": "m.room.message", "room_id": room, "sender": act.who, "content": content})


def _member(act: Act, town: Town) -> None:
    """Somebody joins, leaves or knocks, or is invited or put out by somebody else; who was put out, comes back."""
    room = place(act, town.world)[0]
    membership = MEMBERSHIPS[act.what % 4]
    if town.put_out and act.about % 2:
        person, there = town.put_out[-1]
        town.moves(person, "join", there)
        return
    by = CAST[act.about % len(CAST)] if membership in {"invite", "leave"} else None
    town.moves(act.who, membership, room, by=by)


def _spoof(act: Act, town: Town) -> None:
    room = place(act, town.world)[0]
    if town.members.get(room, {}).get(act.who) == "join":
        town.moves(act.who, "join", room, name=("Amy", "Lead", "Amy")[act.what % 3])


def _time(act: Act, town: Town) -> None:
    town.time_goes_by((1000, DAY // 2, 2 * DAY, 14 * DAY, 30 * DAY)[act.what % 5])


def _revoke(act: Act, town: Town) -> None:
    """Somebody of ours ends what an external holds in a space, or everywhere."""
    revoke(town, *revoked(act, town))


def revoked(act: Act, town: Town) -> tuple[str, str]:
    """Whose access ends, and in which space ("": everywhere)."""
    spaces = ("", *(space.name for space in town.world.spaces))
    return EXTERNALS[act.what % 3], spaces[act.about % len(spaces)]


def revoke(town: Town, person: str, space: str, actor: str = CAST[0]) -> None:
    """The end of all grants of a person in a space ("": everywhere), as `!revoke` brings it about."""

    def both(tx):  # type: ignore[no-untyped-def]
        for grant in tx.grants.of(person):
            if space in {"", grant.space}:
                tx.grants.save(replace(grant, ended_at=town.now, ended_by=actor))
        return shut(person, space, actor, tx, town.policy, town.now, revoked=True)

    town.decided(both)


def _agree(act: Act, town: Town) -> None:
    """A ✅ on one of the messages by which the bot asked somebody something."""
    asked = [sent for sent in town.sent if isinstance(sent.effect, Inform) and sent.effect.asking]
    if asked:
        sent = asked[act.about % len(asked)]
        town.reacts(sent.effect.person, "✅", sent.event_id, sent.room)


def _readable(act: Act, town: Town) -> None:
    visibility = ("world_readable", "shared")[act.what % 2]
    room = room_id(town.world.rooms[act.where % len(town.world.rooms)])
    if act.about % 2 and town.spoken_in in town.space_of:
        room = town.spoken_in
    town.changes(room, "m.room.history_visibility", {"history_visibility": visibility})


def _policy(act: Act, town: Town) -> None:
    """The config is loaded again, with two spaces' rules exchanged."""
    names = [space.name for space in town.world.spaces]
    one, other = names[act.what % len(names)], names[act.about % len(names)]
    spaces = dict(town.policy.spaces)
    spaces[one], spaces[other] = replace(spaces[other], name=one), replace(spaces[one], name=other)
    town.policy = replace(town.policy, spaces=spaces)
    town.inspect_all()


def _power(act: Act, town: Town) -> None:
    room = room_id(town.world.rooms[act.where % len(town.world.rooms)])
    levels = {BOT: (100, 0, 50)[act.what % 3], act.who: (0, 50, 100)[act.about % 3]}
    town.changes(room, "m.room.power_levels", {"users": levels})


_PERFORM: dict[str, Callable[[Act, Town], None]] = {
    "look": _command,
    "settle": _command,
    "access": _command,
    "command": _command,
    "reply": _reply,
    "thread": _thread,
    "react": _react,
    "redact": _redact,
    "edit": _edit,
    "member": _member,
    "spoof": _spoof,
    "time": _time,
    "revoke": _revoke,
    "readable": _readable,
    "policy": _policy,
    "power": _power,
    "agree": _agree,
}


def _likely(act: Act, world: World) -> str:
    """Who asks about access is of ours, who settles a question may; who looks around is often astray."""
    if act.kind == "access":
        return OURS[act.about % len(OURS)]
    if act.kind == "settle":
        return LEAD if act.what % 2 else asker_of(world.rooms[act.about % len(world.rooms)])
    astray = [who for _, who, membership in world.astray if membership == "join"]
    return astray[act.what % len(astray)] if astray and act.kind == "look" and act.about % 3 == 0 else act.who


def _telling(act: Act, town: Town) -> int:
    """Where people look around: often where the whole world reads along."""
    told = [where for where, key in enumerate(town.world.rooms) if room_id(key) in town.readable]
    return told[0] if told and act.kind == "look" and act.about % 2 else act.where


def by_somebody_there(act: Act, town: Town, *, same_person: bool = False) -> Act:
    """Who writes in a room is in it: else somebody who is, or the same person in their direct chat."""
    if act.kind not in SPOKEN:
        return act
    if not same_person:
        act = replace(act, who=_likely(act, town.world), where=_telling(act, town))
    present = town.members[place(act, town.world)[0]]
    there = sorted(who for who, membership in present.items() if membership == "join" and who != BOT)
    if act.who in there:
        return act
    if there and act.about % 2 and not same_person:
        return replace(act, who=there[act.about % len(there)])
    return replace(act, where=CHAT)


def perform(act: Act, town: Town) -> None:
    _PERFORM[act.kind](act, town)
