"""What each table holds of people and of their words, and what becomes of it. A test wants every column named here.

`export`, `import`, `!forget` and retention go by this.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of somebody's id in a column when they are forgotten."""

    RENAME = "rename"
    """A pseudonym takes its place, so that counts stay as they were."""
    DROP = "drop"
    """The row goes."""
    BY_HAND = "by hand"
    """`store.rights` and `workflow.forgetting` see to it."""
    STAYS = "stays"
    """See `why`."""


RENAME, DROP, BY_HAND, STAYS = Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """`people`: columns that hold user ids; `words`: those that hold what people wrote; `codes`: text columns with
    neither, that is ids of rooms and events, and words of ours.

    `why`: why ids stay, or words are not touched. `local`: of no use in another database, or made anew there from the
    rest; so it is in no export.
    """

    people: Mapping[str, Fate] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    why: str = ""
    local: bool = False


_ACCESS = "who may be where is decided by it; it ends with the access"
_KEYS = "ids and keys of devices, without which encrypted rooms cannot be read"

HOLDINGS: dict[str, Holding] = {
    "settings": Holding(codes=("name", "value"), local=True),
    "questions": Holding(
        people={"asker": BY_HAND, "assignee": BY_HAND, "directed_to": BY_HAND},
        words=("text", "tags", "attachments", "reason"),
        codes=(
            *("space", "room_id", "event_id", "thread_root", "priority", "state"),
            *("card_event_id", "card_digest", "suggested"),
        ),
    ),
    "question_tags": Holding(words=("tag",), local=True),
    "tracked": Holding(codes=("event_id", "role")),
    "answers": Holding(people={"author": BY_HAND}, words=("text",), codes=("event_id", "room_id")),
    "acceptances": Holding(people={"person": RENAME}, codes=("answer", "voice", "reaction")),
    "reactions": Holding(people={"sender": RENAME}, codes=("event_id", "target", "key")),
    "follows": Holding(people={"user_id": DROP}),
    "facts": Holding(
        people={"actor": STAYS, "data": STAYS},
        codes=("kind", "room_id", "space"),
        why="the record of who did what is append-only; it holds ids, and nothing that people wrote",
    ),
    "inbox": Holding(
        people={"payload": BY_HAND},
        words=("payload",),
        codes=("event_id", "room_id", "state", "reference", "waits_for"),
        local=True,
    ),
    "outbox": Holding(
        people={"payload": BY_HAND, "lane": BY_HAND},
        words=("payload",),
        codes=("effect_id", "kind", "state", "event_id", "reason"),
        local=True,
    ),
    "transactions": Holding(codes=("txn_id",), local=True),
    "rooms": Holding(
        people={"direct_with": STAYS, "state": STAYS},
        codes=("room_id", "space", "predecessor", "successor", "defines", "parent"),
        why="a copy of what the homeserver says; " + _ACCESS,
        local=True,
    ),
    "members": Holding(
        people={"user_id": STAYS, "display_name": BY_HAND},
        codes=("room_id", "membership"),
        why="a copy of what the homeserver says; " + _ACCESS,
        local=True,
    ),
    "persons": Holding(
        people={"user_id": STAYS, "profile": BY_HAND, "language": BY_HAND},
        codes=("direct_room",),
        why=("so that the direct chat with somebody is found again"),
    ),
    "timers": Holding(people={"target": BY_HAND, "name": BY_HAND, "data": BY_HAND}, codes=("kind",)),
    "grants": Holding(
        people=dict.fromkeys(("person", "sponsor", "approved_by", "ended_by", "wanted_by"), STAYS),
        words=("reason",),
        codes=("space", "room_id", "terms_accepted", "terms_asked"),
        why=_ACCESS,
    ),
    "violations": Holding(
        people={"user_id": STAYS, "by": STAYS},
        codes=("room_id", "membership", "reason", "step", "cause", "obstacle", "problem"),
        why=_ACCESS,
    ),
    "cascades": Holding(people={"person": STAYS, "actor": STAYS}, codes=("space",), why=_ACCESS),
    "prompts": Holding(
        people={"person": STAYS}, codes=("event_id", "asking", "detail"), why="it ends with the grant it is about"
    ),
    "drifts": Holding(
        people={"by": STAYS, "about": STAYS},
        codes=(
            *("room_id", "space", "kind", "event_type", "state_key", "found", "wanted"),
            *("before", "step", "remedy", "problem"),
        ),
        why="a copy of what the homeserver says of the room",
    ),
    "notices": Holding(people={"person": DROP, "arguments": DROP}, codes=("key",)),
    "digests": Holding(
        people={"target": DROP, "set_by": RENAME, "filters": STAYS},
        codes=("zone", "chosen_in"),
        why=("a digest of a room is the room's"),
    ),
    "interests": Holding(people={"person": BY_HAND, "about": BY_HAND, "filters": BY_HAND}, codes=("room_id",)),
    "expert_credits": Holding(people={"person": DROP}, words=("tag",), codes=("answer", "room_id")),
    "expert_scores": Holding(people={"person": DROP}, words=("tag",), codes=("room_id",)),
    "merged_follows": Holding(people={"user_id": DROP}),
    "rotations": Holding(people={"person": RENAME}, codes=("team",)),
    "triage_cards": Holding(codes=("room_id", "event_id", "digest", "closed_by")),
    "notes": Holding(people={"author": BY_HAND}, words=("text",), codes=("event_id", "room_id", "shown")),
    "expert_requests": Holding(people={"person": DROP}),
    "tallies": Holding(codes=("room_id", "marks"), local=True),
    "credits": Holding(people={"person": RENAME}, codes=("room_id",), local=True),
    "search_postings": Holding(words=("term",), codes=("places",), local=True),
    "search_terms": Holding(words=("term",), local=True),
    "search_tail": Holding(words=("terms",), local=True),
    "vectors": Holding(words=("vector",), local=True),
    "vector_blocks": Holding(words=("codes",), codes=("places",), local=True),
    "vector_queue": Holding(local=True),
}
HOLDINGS |= {
    name: Holding(people=dict.fromkeys(people, STAYS), codes=codes, why=_KEYS if people else "", local=True)
    for name, people, codes in (
        ("own_device", ("user_id",), ("device_id", "pickle")),
        ("olm_sessions", ("user_id",), ("session_id", "curve", "pickle")),
        ("room_keys", ("user_id",), ("session_id", "room_id", "curve", "ed", "pickle", "source")),
        ("seen_messages", (), ("session_id", "event_id")),
        ("own_sessions", (), ("room_id", "session_id", "pickle")),
        ("shared_sessions", ("user_id",), ("session_id", "curve")),
        ("key_owners", ("user_id",), ("master", "self_signing", "first_master")),
        ("devices", ("user_id",), ("device_id", "curve", "ed")),
        ("to_device", ("messages",), ("txn_id", "event_type", "session_id")),
        ("key_requests", ("asked_of",), ("session_id", "room_id", "request_id")),
        ("withheld_keys", (), ("session_id", "room_id", "code")),
        ("key_secrets", (), ("name", "sealed")),
    )
}
