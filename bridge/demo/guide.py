"""What somebody reads who wants to walk into the town: where to log in, what to try, where things are."""

import os
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bridge.demo.person import PASSWORD
from bridge.demo.plan import CONFIG, DATABASE, LOG, MODERATOR, PEOPLE, ROOMS, Room
from bridge.demo.telling import heading

_LABEL_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running town is found."""

    url: str
    directory: Path
    health: str

    @property
    def place(self) -> str:
        """The directory as one would type it here."""
        return os.path.relpath(self.directory) if self.directory.is_relative_to(Path.cwd()) else str(self.directory)


def guide(console: Console, address: Address) -> None:
    """Print it all."""
    heading(console, "The town is open")
    for label, lines in _sections(address):
        console.print()
        for line in lines:
            _line(console, label, line)
            label = ""
    console.print()


def _sections(address: Address) -> list[tuple[str, list[str]]]:
    place = address.place
    everybody = ", ".join(f"{name} (moderator)" if name == MODERATOR else name for name in PEOPLE)
    return [
        ("Homeserver", [f"{address.url}   (http, not https)"]),
        ("People", [everybody, f"Password of each: {PASSWORD}"]),
        ("Rooms", [_room(room) for room in ROOMS]),
        ("Log in", _logging_in(address.url)),
        ("Try", _trying()),
        ("Files", [f"{place}/{CONFIG}", f"{place}/{LOG}", f"{place}/{DATABASE}"]),
        ("Health", [address.health] if address.health else ["not served"]),
        (
            "Stop",
            [
                f"Ctrl-C, or: kill {os.getpid()}",
                "The next start finds everything as it was.",
                f"To begin anew, delete {place}",
            ],
        ),
    ]


def _room(room: Room) -> str:
    return room.alias if room.people == PEOPLE else f"{room.alias} ({', '.join(room.people)})"


def _logging_in(url: str) -> list[str]:
    return [
        "With any Matrix client, such as Element (desktop or browser):",
        "“Sign in”, then “Edit” beside the homeserver, “Other homeserver”,",
        url,
        f"then a user name (“{PEOPLE[0]}” will do for a start) and the password.",
        "Where Element offers to set up recovery, skip it.",
    ]


def _trying() -> list[str]:
    return [
        f"!ask Where is the coffee?   in #{ROOMS[0].name}. As somebody else, answer",
        "in its thread; as the one who asked, react with ✅ to the answer.",
        "!unanswered   !search vpn   !show 1   !why 7   !stats   !help",
    ]


def _line(console: Console, label: str, words: str) -> None:
    line = Text.assemble("  ", (label.ljust(_LABEL_WIDTH), "bold"), words)
    line.highlight_regex(r"(?<=\s)(?:![a-z]+|http://[^\s]+|#[\w:.]+)", "cyan")
    console.print(line, soft_wrap=True, highlight=False)
