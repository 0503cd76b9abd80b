"""What one key cannot know alone: things named twice, things named and not there, ways to log in.

These look at plain data, so that they say what they can while other parts of the config are wrong.
"""

from collections.abc import Iterator
from contextlib import suppress

from pydantic_core import PydanticCustomError

from bridge.config.addresses import Listen, parse_listen
from bridge.config.draft import Draft
from bridge.config.environment import variable
from bridge.config.globs import names
from bridge.config.problems import nearest
from bridge.config.schema import Path, dotted


def check(draft: Draft) -> None:
    """Record every problem that lies between keys."""
    for look in CHECKS:
        look(draft)


def _login(draft: Draft) -> None:
    """An ordinary bot logs in by token or password; an application service has its own token and may do without."""
    if "bot" not in draft.data:
        return
    given = [name for name in ("access_token", "password") if draft.get("bot", name) is not None]
    ways = "bot.access_token, bot.access_token_file, bot.password or bot.password_file"
    if len(given) > 1:
        draft.blame(("bot", "password"), "given beside bot.access_token", "one of them", "remove one", at_key=True)
    elif not given and "appservice" not in draft.data:
        hint = f"or set {variable(('bot', 'access_token'))}, or add the section appservice"
        draft.blame(("bot",), "no way to log in", ways, hint, at_key=True)


def _space_names(draft: Draft) -> list[str]:
    return list(draft.section("spaces"))


def _rooms_of(draft: Draft, space: str) -> Iterator[tuple[Path, str]]:
    yield from draft.texts("spaces", space, "rooms")
    if isinstance(name := draft.get("spaces", space, "matrix_space"), str):
        yield ("spaces", space, "matrix_space"), name


def _rooms(draft: Draft) -> None:
    """A room is in at most one space."""
    seen: dict[str, tuple[str, Path]] = {}
    for space in _space_names(draft):
        for path, room in _rooms_of(draft, space):
            if room in seen:
                _twice(draft, path, room, space, *seen[room])
            else:
                seen[room] = space, path


def _twice(draft: Draft, path: Path, room: str, space: str, other: str, before: Path) -> None:
    _, (line, _) = draft.locate(before)
    where = f"{dotted(before)} (line {line})"
    if other == space:
        draft.blame(path, f"{room} stands in {where} already", "each room once", "remove one of them")
    else:
        said = f"{room} is in the spaces {other} and {space}; see {where}"
        draft.blame(path, said, "a room in at most one space", f"remove it from {other} or from {space}")


def _triage_rooms(draft: Draft) -> None:
    """Triage is for staff: it shows what the rooms of a space may not."""
    rooms = {room: path for space in _space_names(draft) for path, room in _rooms_of(draft, space)}
    for space in _space_names(draft):
        room = draft.get("spaces", space, "triage_room")
        if isinstance(room, str) and room in rooms:
            said = f"{room} is also in {dotted(rooms[room])}"
            draft.blame(("spaces", space, "triage_room"), said, "a room of its own", "remove it from rooms")


def _homeless(draft: Draft) -> None:
    for space, value in draft.section("spaces").items():
        if isinstance(value, dict) and not value.get("rooms") and value.get("matrix_space") is None:
            draft.blame(("spaces", space), "a space without rooms", "rooms, or matrix_space", at_key=True)


def _shares(draft: Draft) -> None:
    for space in _space_names(draft):
        for path, name in draft.texts("spaces", space, "shares_with"):
            if name == space:
                draft.blame(path, "a space that shares with itself", "other spaces", "remove it")
            else:
                _known(draft, path, "space", name, _space_names(draft))


def _rule_names(draft: Draft) -> None:
    rules = draft.get("rules")
    for i in range(len(rules) if isinstance(rules, list) else 0):
        for path, name in draft.texts("rules", i, "when", "space"):
            _known(draft, path, "space", name, _space_names(draft))
        for path, name in draft.texts("rules", i, "then", "assign", "team"):
            _known(draft, path, "team", name, list(draft.section("teams")))


def _rules_once(draft: Draft) -> None:
    """By its name a rule is known to have matched before."""
    seen: dict[str, Path] = {}
    rules = draft.get("rules")
    for i in range(len(rules) if isinstance(rules, list) else 0):
        for path, name in draft.texts("rules", i, "name"):
            if name in seen:
                _, (line, _) = draft.locate(seen[name])
                said = f"another rule has this name: {dotted(seen[name])} (line {line})"
                draft.blame(path, said, "a name of its own", "call one of them otherwise")
            seen.setdefault(name, path)


def _known(draft: Draft, path: Path, what: str, name: str, names: list[str]) -> None:
    if name not in names:
        expected = "one of " + ", ".join(names) if names else f"a name from {what}s, which is empty"
        draft.blame(path, f"no such {what}", expected, nearest(name, names))


def _bot_is_nobody(draft: Draft) -> None:
    """The bot among moderators or in a team would be asked to act on its own words; denied, it would have no place."""
    bot = draft.get("bot", "user_id")
    listed = [draft.texts("people", "moderators"), *(draft.texts("teams", team) for team in draft.section("teams"))]
    for path, name in (found for texts in listed for found in texts):
        if name == bot:
            draft.blame(path, "the bot itself", "people", "remove it")
    for path, glob in draft.texts("people", "denied"):
        if isinstance(bot, str) and names(glob, bot):
            draft.blame(path, "names the bot itself", "people who have no place anywhere", "write a narrower glob")


def _listen(draft: Draft, section: str, default: str) -> Listen | None:
    """Where a section that is there listens; None where it is not there or wrong, which validation says."""
    if draft.get(section) is None:
        return None
    with suppress(PydanticCustomError):
        return parse_listen(draft.section(section).get("listen", default))
    return None


def _ports(draft: Draft) -> None:
    ours, pages = _listen(draft, "appservice", "127.0.0.1:9100"), _listen(draft, "web", "127.0.0.1:8090")
    if ours and pages and ours.meets(pages):
        said = f"port {pages.port} is also that of appservice.listen"
        draft.blame(("web", "listen"), said, "a port of its own", f"take another, such as {_other_port(pages.port)}")


def _module(draft: Draft) -> None:
    """What asks for decisions must be on this machine: the secret passes in the clear."""
    if draft.get("synapse_module") is None:
        return
    if draft.get("web") is None:
        hint = "add web: {listen: 127.0.0.1:8090}"
        draft.blame(("synapse_module",), "nothing listens for it", "a section web", hint, at_key=True)
        return
    listen = _listen(draft, "web", "127.0.0.1:8090")
    if listen and not listen.loopback:
        said = "synapse_module is asked for, whose secret passes in the clear"
        draft.blame(("web", "listen"), said, "an address of this machine alone", "such as 127.0.0.1:8090")


def _other_port(port: int) -> int:
    return 8090 if port != 8090 else 8091


def _folder(draft: Draft) -> None:
    """The folder that must be there before the program starts; files are read by those who need them."""
    url = draft.get("database")
    if isinstance(url, str) and url.startswith("sqlite:///") and not _in_folder(draft, url[10:]):
        draft.blame(("database",), "its folder does not exist", "a file in an existing folder", "make the folder")


def _in_folder(draft: Draft, name: str) -> bool:
    try:
        return (draft.base / name).parent.is_dir()
    except (OSError, ValueError):
        return False


CHECKS = (
    _login,
    _rooms,
    _triage_rooms,
    _homeless,
    _shares,
    _rule_names,
    _rules_once,
    _bot_is_nobody,
    _ports,
    _module,
    _folder,
)
