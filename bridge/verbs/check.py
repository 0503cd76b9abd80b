"""`askbridge check`: whether a config can be used; with `--online`, whether the world is as it says."""

import asyncio
from pathlib import Path

from bridge.config.load import LoadedConfig
from bridge.semantic.encoder import is_installed
from bridge.verbs.ending import loaded, say
from bridge.verbs.findings import is_wrong, note

WITHOUT_VECTORS = "compares words alone, in one language; install askbridge[semantic], or say semantic: false"


def check(path: Path, online: bool) -> int:
    """Print what was found; the exit code. Raises ConfigErrors with all problems of the file."""
    found = loaded(path)
    rooms = sum(len(space.rooms) + bool(space.matrix_space) for space in found.config.spaces.values())
    say(f"{path}: fine ({_count(len(found.config.spaces), 'space')}, {_count(rooms, 'room')})")
    for notice in found.notices:
        say(str(note(found.place_of(notice) or "config", notice)))
    if found.config.search.semantic and not is_installed():
        say(str(note("search", WITHOUT_VECTORS)))
    return _online(found) if online else 0


def _online(found: LoadedConfig) -> int:
    from bridge.verbs.online import look

    findings = asyncio.run(look(found.config))
    for finding in findings:
        say(str(finding))
    return int(is_wrong(findings))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")
