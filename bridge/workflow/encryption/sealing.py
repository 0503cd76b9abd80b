"""What we say in encrypted rooms, sealed; and the rule that nothing goes into one in clear."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from bridge.crypto.ratchets import OutboundGroup
from bridge.workflow.encryption import olm, sharing
from bridge.workflow.encryption.awake import Awake
from bridge.workflow.encryption.records import ENCRYPTED, MEGOLM, Keyring
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

CLEAR = frozenset({"m.reaction"})
"""What every client sends in clear, as relations are anyway: an encrypted reaction is not shown by all of them."""
RECHECK_MS = 60_000

Footing = tuple[str, int, int, frozenset[str]]
"""What it depends on who reads us: our session, the room, people's devices, and who is being put out."""


@dataclass(slots=True)
class Sealing:
    """Remembers in which rooms we can speak as things stand: until somebody comes, goes or has another device."""

    keyring: Keyring
    in_use: bool = False
    """Whether anything was ever sealed, or may be soon: set before it can be, for what is sealed is to be durable."""
    _ready: dict[str, tuple[Footing, int]] = field(default_factory=dict)
    _awake: defaultdict[str, Awake[OutboundGroup]] = field(default_factory=lambda: defaultdict(Awake))

    def is_ready(self, room: Room, tx: Transaction, now: int) -> bool:
        """Whether `seal` may be called for the room in this transaction."""
        session = tx.keys.own_session(room.room_id)
        if session is None or sharing.is_used_up(session, room, now):
            return False
        footing, until = self._ready.get(room.room_id, (None, 0))
        return now < until and footing == _footing(room.room_id, session.session_id, tx)

    def step(self, room_id: str, tx: Transaction, now: int, in_vain: Callable[[], set[sharing.Name]]) -> sharing.Step:
        """The next thing to do before we can speak in a room (see `sharing.next_step`)."""
        room = tx.rooms.get(room_id)
        if room is None or not room.encrypted:
            return sharing.Ready()
        step = sharing.next_step(room, tx, self.keyring, now, in_vain())
        session = tx.keys.own_session(room_id)
        if isinstance(step, sharing.Ready) and session is not None:
            self._ready[room_id] = (_footing(room_id, session.session_id, tx), now + RECHECK_MS)
        return step

    def still_fits(self, room_id: str, sealed: JsonObject, held: frozenset[str]) -> bool:
        """Whether what was sealed may be read by nobody who is to be treated as gone by now."""
        footing, _ = self._ready.get(room_id, (None, 0))
        return footing is not None and (footing[0], footing[3]) == (sealed["session_id"], held)

    def seal(self, room_id: str, event_type: str, content: JsonObject, tx: Transaction) -> JsonObject:
        """The content of an `m.room.encrypted`; only where `is_ready`. To be committed before it is sent."""
        session = tx.keys.own_session(room_id)
        if session is None:
            raise ValueError(f"nothing to seal with in {room_id}")
        awake = self._awake[room_id]
        group = awake.take(session.pickle) or self.keyring.ratchets.outbound(session.pickle)
        inside = {key: value for key, value in content.items() if key != "m.relates_to"}
        plain = {"type": event_type, "content": inside, "room_id": room_id}
        own_curve, _ = olm.own_names(tx, self.keyring)
        sealed: JsonObject = {
            "algorithm": MEGOLM,
            "ciphertext": group.encrypt(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()),
            "session_id": session.session_id,
            "device_id": self.keyring.device_id,
            "sender_key": own_curve,
        }
        if "m.relates_to" in content:
            sealed["m.relates_to"] = content["m.relates_to"]
        pickle = group.pickle()
        sharing.used(session, pickle, tx)
        awake.keep(pickle, group)
        return sealed


def _footing(room_id: str, session_id: str, tx: Transaction) -> Footing:
    return (session_id, tx.rooms.revision(room_id), tx.keys.revision(), sharing.intruders(room_id, tx))


def may_be_clear(room: Room | None, event_type: str) -> bool:
    """Whether an event may go into a room as it is: only where we know that the room is plain.

    A room whose state we never read, or that we do not know, is not known to be plain.
    """
    return event_type in CLEAR or event_type == ENCRYPTED or (room is not None and room.plain)
