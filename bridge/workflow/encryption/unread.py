"""Messages that cannot be read: their keys are asked for, and where nobody gives them, the room is told once."""

import hashlib
from base64 import urlsafe_b64encode

from bridge.crypto.errors import CryptoError, object_of
from bridge.workflow.effects import Reply
from bridge.workflow.encryption import requests
from bridge.workflow.encryption.opening import is_sealed, open_event, state_of
from bridge.workflow.encryption.records import Keyring, Unread
from bridge.workflow.records import SetAside
from bridge.workflow.storage import Transaction

ASK_AFTER_MS = 1_500
"""A key may come a little after what it opens."""
TELL_AFTER_MS = 120_000
OLD_MS = 3_600_000
"""What is older when we first meet it was not written to us just now: nobody is told."""
A_ROUND = 200
WEEK_MS = 7 * 86_400_000


def attend(tx: Transaction, keyring: Keyring, now: int) -> tuple[int, bool]:
    """How many messages wait for their key, and whether anything is to be said because of that."""
    if not tx.inbox.unread_ids():
        return tx.inbox.unread_count(), False
    rows = tx.inbox.unread(A_ROUND, now - ASK_AFTER_MS)
    # Whoever fills the list with what nobody can open keeps nobody from being asked: the newest have their turn, too.
    newest = tx.inbox.unread(A_ROUND, now - ASK_AFTER_MS, newest=True) if len(rows) == A_ROUND else []
    for row in (*newest, *rows):
        _ask(row, tx, keyring, now)
    late = [row for row in rows if now - row.received_at >= TELL_AFTER_MS]
    if late:
        _give_up(late, tx, keyring, now)
    return tx.inbox.unread_count(), bool(late)


def _ask(row: SetAside, tx: Transaction, keyring: Keyring, now: int) -> None:
    if not is_sealed(row.event) or object_of(row.event, "content").get("session_id") != row.waits_for:
        return
    try:
        requests.ask(row.event, tx, keyring, now)
    except CryptoError:
        return


def _give_up(late: list[SetAside], tx: Transaction, keyring: Keyring, now: int) -> None:
    """What can be read, and waits only because it is about something else, goes on."""
    unreadable = [row for row in late if _cannot_be_read(row, tx)]
    for row in unreadable:
        _tell(row, tx, keyring, now)
    tx.inbox.told(unreadable)
    tx.inbox.release({row.waits_for for row in late})


def _cannot_be_read(row: SetAside, tx: Transaction) -> bool:
    if not is_sealed(row.event):
        return False
    return row.waits_for == state_of(row.room_id) or isinstance(open_event(row.event, tx), Unread)


def _tell(row: SetAside, tx: Transaction, keyring: Keyring, now: int) -> None:
    """Once a week for each sender in a room, however much of theirs cannot be read."""
    sender, at = row.event.get("sender"), row.event.get("origin_server_ts")
    recent = isinstance(at, int) and row.received_at - at < OLD_MS
    if not isinstance(sender, str) or sender == keyring.user_id or not recent:
        return
    distrusted = tx.keys.withheld(row.waits_for) == "m.unverified"
    relation = row.event["content"].get("m.relates_to")
    in_thread = isinstance(relation, dict) and relation.get("rel_type") == "m.thread"
    root = relation.get("event_id") if in_thread else None
    effect = Reply(
        room_id=row.room_id,
        reader=sender,
        reply_to=row.event_id,
        thread_root=root if isinstance(root, str) else None,
        key="unreadable-unverified" if distrusted else "unreadable",
        arguments={"command": "askbridge verify"} if distrusted else {},
    )
    tx.outbox.add(_name(row.room_id, sender, now), effect, now)


def _name(room_id: str, sender: str, now: int) -> str:
    digest = hashlib.sha256(f"{room_id} {sender} {now // WEEK_MS}".encode()).digest()
    return f"unread.{urlsafe_b64encode(digest[:15]).decode()}"
