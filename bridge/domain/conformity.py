"""What differs between a room and what its space wants. Pure, and afraid of nothing that a state event may hold.

Closed levels (internal, extranet) are compared where the policy says nothing, too: nobody joins unasked, history is not
open to the world, no guests, not in the directory, nobody from outside moderates, no integrations unseen. Of open
levels only what the policy says is compared.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bridge.domain import marks
from bridge.domain.drift import Drift, Kind, Remedy, RoomView, SetListing, SetState, shown
from bridge.domain.grants import server_of
from bridge.domain.people import CREATORS_ABOVE_ALL, MODERATOR_LEVEL, is_ours
from bridge.domain.rights import INTEGRATIONS
from bridge.domain.servers import EVERYBODY, always_allowed, described, is_among, is_as_wanted, wanted_acl
from bridge.domain.spaces import Enforce, Level, Mark

RESTRICTED = frozenset({"restricted", "knock_restricted"})
BELOW_MODERATORS = MODERATOR_LEVEL - 1
"""What people not of ours may hold in a closed room whose policy says nothing: anything short of moderating."""
_RULE_SINCE = {"knock": 7, "restricted": 8, "knock_restricted": 10}
"""Join rules by the room version that brought them."""
_STRICT_LEVELS = 10
"""Before this room version, power levels may be texts, and homeservers obey them."""
_OPENNESS = tuple(Level)
Content = Mapping[str, Any]


def drifts(view: RoomView) -> tuple[Drift, ...]:
    """Everything that differs, with what would put it right."""
    return tuple(drift for compare in _COMPARISONS for drift in compare(view))


# --- who gets in ---------------------------------------------------------------------------------------------------


def _join_rule(view: RoomView) -> Iterator[Drift]:
    content = view.content("m.room.join_rules")
    rule = _text(content, "join_rule") or "invite"
    foreign = _foreign_keys(content, view) if rule in RESTRICTED and view.closed else []
    wanted = view.space.room.join_rule or ("invite" if rule == "public" and view.closed else rule)
    if rule == wanted and not foreign:
        return
    found = f"{rule} ({', '.join(foreign)})" if foreign else rule
    allow = [entry for entry in _allow(content) if not (view.closed and _is_foreign(entry["room_id"], view))]
    if wanted in RESTRICTED and not allow:
        if view.space.room.join_rule is None:
            wanted = "invite"
        elif view.around.matrix_space:
            allow = [{"type": "m.room_membership", "room_id": view.around.matrix_space}]
    new = {"join_rule": wanted} | ({"allow": allow} if wanted in RESTRICTED else {})
    remedy = _hindrance(wanted, allow, view)
    yield _of("m.room.join_rules", Kind.JOIN_RULE, found, wanted, None if remedy else new, remedy=remedy)


def _hindrance(wanted: str, allow: list[dict[str, Any]], view: RoomView) -> Remedy | None:
    if view.powers.version < _RULE_SINCE.get(wanted, 1):
        return Remedy.UPGRADE
    return Remedy.FAMILY if wanted in RESTRICTED and not allow else None


def _allow(content: Content) -> list[dict[str, Any]]:
    """The rooms whose members may come in."""
    entries = content.get("allow")
    named = (entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
    return [e for e in named if e.get("type") == "m.room_membership" and isinstance(e.get("room_id"), str)]


def _foreign_keys(content: Content, view: RoomView) -> list[str]:
    return sorted({entry["room_id"] for entry in _allow(content) if _is_foreign(entry["room_id"], view)})


def _is_foreign(room_id: str, view: RoomView) -> bool:
    """Whether a room is none of ours, or lets in people whom this one does not."""
    other = view.around.space_of(room_id)
    if other is None or other.name == view.space.name:
        return other is None
    more = _OPENNESS.index(other.level) - _OPENNESS.index(view.space.level)
    return more > 0 or other.level is view.space.level is Level.EXTRANET


def _history(view: RoomView) -> Iterator[Drift]:
    found = _text(view.content("m.room.history_visibility"), "history_visibility") or "shared"
    default = "shared" if found == "world_readable" and view.closed else found
    wanted = view.space.room.history_visibility or default
    if found != wanted:
        yield _set("m.room.history_visibility", "history_visibility", Kind.HISTORY, found, wanted)


def _guests(view: RoomView) -> Iterator[Drift]:
    found = _text(view.content("m.room.guest_access"), "guest_access") or "forbidden"
    default = "forbidden" if found == "can_join" and view.closed else found
    wanted = view.space.room.guest_access or default
    if found != wanted:
        yield _set("m.room.guest_access", "guest_access", Kind.GUESTS, found, wanted)


def _listed(view: RoomView) -> Iterator[Drift]:
    wanted = view.space.room.listed
    if wanted is None and view.closed:
        wanted = False
    if wanted is None or view.listed is None or view.listed is wanted:
        return
    words = {True: "public", False: "private"}
    yield Drift(Kind.LISTED, words[view.listed], words[wanted], SetListing(wanted))


def _alias(view: RoomView) -> Iterator[Drift]:
    """An alias of a server that is not ours leads wherever that server likes."""
    content = view.content("m.room.canonical_alias")
    main, others = content.get("alias"), content.get("alt_aliases")
    named = [main] + (others if isinstance(others, list) else [])
    ours = always_allowed(view.people, view.me)
    foreign = sorted({alias for alias in named if isinstance(alias, str) and not is_among(server_of(alias), ours)})
    if not view.closed or not foreign:
        return
    kept = {"alias": main} if isinstance(main, str) and main not in foreign else {}
    alternatives = [alias for alias in named[1:] if isinstance(alias, str) and alias not in foreign]
    new = kept | ({"alt_aliases": alternatives} if alternatives else {})
    yield _of("m.room.canonical_alias", Kind.ALIAS, ", ".join(foreign), _NOTHING, new)


# --- who may do what -----------------------------------------------------------------------------------------------


def _power(view: RoomView) -> Iterator[Drift]:
    limit = view.space.room.outsider_power
    if limit is None:
        if not view.closed:
            return
        limit = BELOW_MODERATORS
    yield from _everybody(view, limit)
    yield from _creators(view, limit)
    yield from _holders(view, limit)


def _everybody(view: RoomView, limit: int) -> Iterator[Drift]:
    """Lowering it would take power from people of ours, too, so it is for them to do."""
    default = view.powers.users_default
    if default > limit:
        yield _of("m.room.power_levels", Kind.POWER, str(default), _most(limit), remedy=Remedy.EVERYBODY)


def _creators(view: RoomView, limit: int) -> Iterator[Drift]:
    if view.powers.version < CREATORS_ABOVE_ALL:
        return
    for who in sorted(view.powers.creators):
        if who != view.me and not is_ours(who, view.people):
            yield _of("m.room.create", Kind.POWER, "creator", _most(limit), about=who, remedy=Remedy.CREATOR)


def _holders(view: RoomView, limit: int) -> Iterator[Drift]:
    content = view.content("m.room.power_levels")
    users = content.get("users")
    levels = {who: _level(level, view.powers.version) for who, level in _object(users).items()}
    for who in sorted(levels):
        level = levels[who]
        if level is None or level <= limit or who == view.me or is_ours(who, view.people):
            continue
        below_us = level < view.powers.level(view.me)
        mend = _lowered(content, who, view.space.room.outsider_power) if below_us else None
        remedy = None if below_us else Remedy.ABOVE
        yield _of("m.room.power_levels", Kind.POWER, str(level), _most(limit), mend, about=who, remedy=remedy)


def _lowered(content: Content, who: str, limit: int | None) -> dict[str, Any]:
    """With what the policy allows them; where it says nothing, with what everybody has."""
    users = {key: level for key, level in content["users"].items() if key != who}
    return {**content, "users": users if limit is None else users | {who: limit}}


def _level(value: Any, version: int) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and version < _STRICT_LEVELS and len(value) < 20 and value.strip().isdecimal():
        return int(value)
    return None


def _servers(view: RoomView) -> Iterator[Drift]:
    if view.space.room.servers is None:
        return
    there = "" in view.state.get("m.room.server_acl", {})
    current = view.content("m.room.server_acl") if there else EVERYBODY
    ours = always_allowed(view.people, view.me)
    wanted = wanted_acl(current, view.space.room.servers, ours)
    if not is_as_wanted(current, wanted, ours):
        yield _of("m.room.server_acl", Kind.SERVERS, described(current), described(wanted), wanted)


# --- what it is tied to --------------------------------------------------------------------------------------------


def _encryption(view: RoomView) -> Iterator[Drift]:
    """Turned on where we can read what is said then; it cannot be taken back."""
    wanted, found = view.space.room.encrypted, "" in view.state.get("m.room.encryption", {})
    if wanted is None or wanted is found:
        return
    if wanted and view.around.encrypts:
        yield _of("m.room.encryption", Kind.ENCRYPTION, _yes(found), _yes(wanted), {"algorithm": MEGOLM})
        return
    remedy = Remedy.ENCRYPT if wanted else Remedy.REMAKE
    yield _of("m.room.encryption", Kind.ENCRYPTION, _yes(found), _yes(wanted), remedy=remedy)


def _federation(view: RoomView) -> Iterator[Drift]:
    wanted, found = view.space.room.federated, view.content("m.room.create").get("m.federate") is not False
    if wanted is not None and wanted is not found:
        yield _of("m.room.create", Kind.FEDERATION, _yes(found), _yes(wanted), remedy=Remedy.REMAKE)


def _parents(view: RoomView) -> Iterator[Drift]:
    for room_id, content in sorted(view.contents("m.space.parent").items()):
        if view.closed and content.get("via") and room_id.startswith("!") and _is_foreign(room_id, view):
            yield _of("m.space.parent", Kind.PARENT, room_id, _NOTHING, {}, about=room_id, state_key=room_id)


def _integrations(view: RoomView) -> Iterator[Drift]:
    wanted = view.space.room.integrations
    if wanted is True or (wanted is None and not view.closed):
        return
    for kind in INTEGRATIONS:
        for state_key, content in sorted(view.contents(kind).items()):
            remedy = Remedy.LOOK if wanted is None else Remedy.OWNED if state_key.startswith("@") else None
            found = f"{kind} {_address(content)}"
            mend: dict[str, Any] | None = None if remedy else {}
            where = {"about": f"{kind} {state_key}", "state_key": state_key}
            yield _of(kind, Kind.INTEGRATION, found, _NOTHING, mend, **where, remedy=remedy)


def _address(content: Content) -> str:
    """What an integration leads to, or else all that it says."""
    url = content.get("url")
    return url if isinstance(url, str) else json.dumps(content, sort_keys=True, default=str)


# --- how it shows --------------------------------------------------------------------------------------------------


def _mark(view: RoomView) -> Iterator[Drift]:
    """Where rooms are not marked, an old mark goes only from a room that is closed: there it is not true any more."""
    where = view.space.mark
    wanted = where if marks.is_open_to_others(view.space) else None
    if view.space.enforce is Enforce.OFF or wanted is Mark.NONE or not view.around.mark:
        return
    yield from _in_name(view, marked=wanted is Mark.NAME)
    yield from _in_topic(view, marked=wanted is Mark.TOPIC)


def _in_name(view: RoomView, *, marked: bool) -> Iterator[Drift]:
    name = _text(view.content("m.room.name"), "name")
    plain = marks.unmarked_name(name, view.around.marks)
    alias = _text(view.content("m.room.canonical_alias"), "alias")
    base = plain if plain.strip() else marks.unmarked_name(alias, view.around.marks)
    wanted = marks.marked_name(base, view.around.mark) if marked else plain
    if name != wanted:
        yield _of("m.room.name", Kind.MARK, name, wanted, {"name": wanted}, about="name")


def _in_topic(view: RoomView, *, marked: bool) -> Iterator[Drift]:
    content = view.content("m.room.topic")
    topic = _text(content, "topic")
    plain = marks.unmarked_topic(topic, view.around.marks)
    wanted = marks.marked_topic(plain, view.around.mark) if marked else plain
    if topic != wanted:
        # The formatted topic (`m.topic`) goes: clients would show it instead, without the mark.
        yield _of("m.room.topic", Kind.MARK, topic, wanted, {"topic": wanted}, about="topic")


def _label(view: RoomView) -> Iterator[Drift]:
    found, wanted = view.content(marks.LABEL), marks.label(view.space)
    if view.space.enforce is not Enforce.OFF and found != wanted:
        said = json.dumps(found, sort_keys=True, default=str) if found else _NOTHING
        yield _of(marks.LABEL, Kind.LABEL, said, json.dumps(wanted, sort_keys=True), wanted)


_COMPARISONS: tuple[Callable[[RoomView], Iterator[Drift]], ...] = (
    *(_join_rule, _history, _guests, _listed, _alias, _power, _servers),
    *(_encryption, _federation, _parents, _integrations, _mark, _label),
)
MEGOLM = "m.megolm.v1.aes-sha2"
_NOTHING = "–"


def _set(event_type: str, field: str, kind: Kind, found: str, wanted: str) -> Drift:
    return _of(event_type, kind, found, wanted, {field: wanted})


def _of(
    event_type: str,
    kind: Kind,
    found: str,
    wanted: str,
    mend: dict[str, Any] | None = None,
    *,
    about: str = "",
    state_key: str = "",
    remedy: Remedy | None = None,
) -> Drift:
    """A drift that a state event brings; `mend` is what the event ought to hold."""
    change = None if mend is None else SetState(event_type, state_key, mend)
    return Drift(kind, shown(found), shown(wanted), change, shown(about), remedy, (event_type, state_key))


def _text(content: Content, key: str) -> str:
    value = content.get(key)
    return value if isinstance(value, str) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _yes(value: bool) -> str:
    return "on" if value else "off"


def _most(limit: int) -> str:
    return f"≤ {limit}"
