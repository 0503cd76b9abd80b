"""What arguments of messages stand for, put into words at delivery: days, names of rooms, codes, grants."""

from collections.abc import Mapping

from bridge.chat.render.content import Line, clean_text, item, line, one_line
from bridge.chat.words import Words
from bridge.domain.grants import Grant, Standing, standing
from bridge.domain.results import Argument
from bridge.domain.spaces import Externals
from bridge.workflow.auditing import audit_lines
from bridge.workflow.materials import Materials
from bridge.workflow.rule_words import rule_lines

PHRASES = {
    "why": "why",
    "membership": "membership",
    "class": "class",
    "standing": "grant",
    "drift": "drift",
    "remedy": "drift-remedy",
}
"""Arguments that are codes, and the messages `<phrase>-<code>` that they stand for."""
LISTS = {"grants": "grant-line", "requests": "request-line"}
"""Arguments that are numbers of grants, and the message that shows one of them."""
DAYS = {"until": 1, "since": 0}
"""Arguments that are moments, and how far before it the day lies that is meant: an end is the moment after the last."""
REASON_LENGTH = 200
LONGEST = 900
"""Fluent fills in no more than 1000 characters at once."""


def lines(key: str, arguments: Mapping[str, Argument], space: str, language: Words, materials: Materials) -> list[Line]:
    """A message; before it the `text` that it is about, behind it a line for each grant that it lists, if it does.

    A grant that is over by now is left out. Without a key, the text is all there is.
    """
    shown = (
        [line(part) for part in clean_text(str(arguments.get("text", ""))).split("\n")] if "text" in arguments else []
    )
    if key:
        said = language.say(key, phrased(arguments, space, language, materials))
        shown += [line(part) for part in said.split("\n")]
    for name, message in LISTS.items():
        numbers = arguments.get(name, ())
        for number in numbers if isinstance(numbers, tuple) else ():
            grant = materials.tx.grants.get(int(number))
            if grant is not None and grant.ended_at is None:
                shown.append(item(_grant(message, grant, language, materials)))
    shown += audit_lines(arguments, language, materials) + rule_lines(arguments, language, materials)
    page, pages = arguments.get("page", 1), arguments.get("pages", 1)
    if isinstance(page, int) and isinstance(pages, int) and page < pages:
        shown.append(line(language.say("list-more", {"page": page, "pages": pages, "next": page + 1})))
    return shown


def phrased(
    arguments: Mapping[str, Argument], space: str, language: Words, materials: Materials
) -> dict[str, Argument]:
    """`space` decides in which time zone a moment is a day."""
    named = space or str(arguments.get("space", ""))
    own = {name: value for name, value in arguments.items() if name != "text"}
    return {name: _one(name, value, named, language, materials) for name, value in own.items()}


def _one(name: str, value: Argument, space: str, language: Words, materials: Materials) -> Argument:
    if name in DAYS:
        return _day(value, DAYS[name], space, language, materials)
    if name in {"room", "rooms"}:
        ids = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        return _clipped(", ".join(_room_name(room_id, materials) for room_id in ids))
    if name in PHRASES:
        return language.say(f"{PHRASES[name]}-{value}")
    if isinstance(value, tuple):
        return _clipped(", ".join(one_line(part) for part in value))
    return _clipped(one_line(value)) if isinstance(value, str) else value


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _day(value: Argument, before: int, space: str, language: Words, materials: Materials) -> str:
    """ "none" where there is no such moment."""
    known = materials.policy.spaces.get(space)
    return language.date(value - before, known.zone if known else "UTC") if isinstance(value, int) and value else "none"


def _room_name(room_id: str, materials: Materials) -> str:
    room = materials.tx.rooms.get(room_id)
    return one_line(room.name if room else room_id)[:100]


def _grant(message: str, grant: Grant, language: Words, materials: Materials) -> str:
    space = materials.policy.spaces.get(grant.space)
    state = standing(grant, space.externals if space else Externals(), materials.now)
    end = grant.ends_at if grant.wanted_end is None or message != LISTS["requests"] else grant.wanted_end
    arguments: dict[str, Argument] = {
        "number": grant.number,
        "who": grant.person,
        "scope": "room" if grant.room_id else "space",
        "room": grant.room_id or "",
        "space": grant.space,
        "since": grant.created_at,
        "until": end or 0,
        "sponsor": grant.sponsor,
        "by": grant.wanted_by or grant.sponsor,
        "reason": in_short(grant.reason),
        "standing": "orphaned" if grant.orphaned and state is Standing.LIVE else state.value,
    }
    return language.say(message, phrased(arguments, grant.space, language, materials))


def in_short(reason: str) -> str:
    """A reason as one line; "none" where none was given."""
    return " ".join(reason.split())[:REASON_LENGTH] or "none"
