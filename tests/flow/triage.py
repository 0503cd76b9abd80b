"""A town with a triage room, for stories about looking after questions."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bridge.domain.spaces import Assignment, Enforce, Level, Space, triage_of
from bridge.workflow.desk import Policy
from tests.flow.pocket import BOT, POLICY, Pocket, pocket

HELPDESK, ACME, TRIAGE = "!helpdesk:example.org", "!acme:example.org", "!triage:example.org"
ROOMS = {HELPDESK: "helpdesk", ACME: "acme", TRIAGE: "helpdesk+acme triage"}
HOUR = 3_600_000
PATIENCE = Assignment(remind_after=4 * HOUR, return_after=8 * HOUR)


def policy(patience: Assignment = PATIENCE, enforce: Enforce = Enforce.OFF) -> Policy:
    """Two spaces that share one triage room, and a team."""
    helpdesk = Space("helpdesk", Level.INTERNAL, assignment=patience, enforce=enforce)
    acme = Space("acme", Level.EXTRANET, assignment=patience, enforce=enforce)
    room = triage_of([helpdesk, acme])
    spaces = {s.name: replace(s, triage=room.name) for s in (helpdesk, acme)} | {room.name: room}
    team = tuple(f"@{name}:example.org" for name in ("bob", "eve", "dan"))
    return replace(POLICY, spaces=spaces, teams={"desk": team})


@contextmanager
def town(
    folder: Path, *, encrypted: Collection[str] = (), textless: bool = False, rules: Policy | None = None
) -> Iterator[Pocket]:
    people = ("amy", "bob", "eve", "dan", "lead")
    given = {"encrypted": encrypted, "textless": textless}
    with pocket(folder, *people, policy=rules or policy(), rooms=ROOMS, **given) as place:  # type: ignore[arg-type]
        place.member(BOT, "join", room=HELPDESK)
        yield place


def cards_in(place: Pocket, room: str = TRIAGE) -> list[dict[str, Any]]:
    """The cards that were posted there, each as it reads by now."""
    sent = [e for e in place.said if e["room_id"] == room and e["sender"] == BOT]
    cards = {e["event_id"]: e["content"] for e in sent if "org.askbridge.triage" in e["content"]}
    for event in sent:
        relation = event["content"].get("m.relates_to", {})
        if relation.get("rel_type") == "m.replace" and relation["event_id"] in cards:
            cards[relation["event_id"]] = event["content"]["m.new_content"]
    return [{"event_id": event_id, **content} for event_id, content in cards.items() if "m.relates_to" not in content]


def under(place: Pocket, card: str) -> list[str]:
    """What the bot wrote in the thread of a card."""
    sent = [e["content"] for e in place.said if e["room_id"] == TRIAGE and e["sender"] == BOT]
    relations = ((c, c.get("m.relates_to", {})) for c in sent)
    return [c["body"] for c, r in relations if r.get("event_id") == card and r.get("rel_type") == "m.thread"]
