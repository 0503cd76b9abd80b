"""A town with rooms for a partner's people, for stories about who may come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bridge.domain.people import People
from bridge.domain.spaces import Enforce, Externals, Level, Space, Terms
from bridge.workflow.desk import Policy
from tests.flow.pocket import BOT, POLICY, SERVER, Pocket, pocket

ANN, EVE, ZED = "@ann:acme.com", "@eve:evil.org", "@zed:acme.com"
ACME, WORKS, DESK, SQUARE = "!acme:example.org", "!works:example.org", "!helpdesk:example.org", "!square:example.org"
ROOMS = {ACME: "acme", WORKS: "acme", DESK: "helpdesk", SQUARE: "square"}
OPEN = Externals(servers=frozenset({"acme.com"}), max_days=180)
BY_MODERATORS = replace(OPEN, by_moderators=True)
TERMS = Terms("v1", "Be kind.\n\nKeep secrets.")
WITH_TERMS = replace(OPEN, terms=TERMS)
LAST = "14 July 2027"
"""180 days after the day on which the pocket begins."""


def policy(externals: Externals = OPEN, **people: tuple[str, ...]) -> Policy:
    staff = people.get("staff", (f"@*:{SERVER}",))
    return replace(
        POLICY,
        people=People(staff=staff, moderators=("@lead:example.org",), denied=("@zed:*",)),
        spaces={
            "helpdesk": Space("helpdesk", Level.INTERNAL, enforce=Enforce.ON),
            "acme": Space("acme", Level.EXTRANET, externals=externals, enforce=Enforce.ON),
            "square": Space("square", Level.COMMUNITY, enforce=Enforce.ON),
        },
    )


@contextmanager
def town(folder: Path, externals: Externals = OPEN) -> Iterator[Pocket]:
    """Amy, Bob and Lead are staff, Lead a moderator; Ann is of a partner."""
    with pocket(folder, "amy", "bob", "lead", policy=policy(externals), rooms=ROOMS) as place:
        place.member(BOT, "join", room=ACME)
        yield place


def accepts_invites(place: Pocket, person: str = ANN) -> None:
    for room in (ACME, WORKS):
        if place.members(room).get(person) == "invite":
            place.member(person, "join", room=room)
