"""Beginning anew where the secret that opens our keys is lost: all that it sealed is of no use any more."""

from sqlalchemy import delete

from bridge.store.key_tables import (
    key_requests,
    key_secrets,
    olm_sessions,
    own_device,
    own_sessions,
    room_keys,
    shared_sessions,
    to_device,
)
from bridge.store.sealing import MARK
from bridge.store.statement import Prepared
from bridge.store.tables import inbox, outbox
from bridge.store.transaction import StoreTransaction

_SEALED = (own_device, olm_sessions, own_sessions, shared_sessions, room_keys, to_device, key_requests, key_secrets)
_drop = tuple(Prepared(delete(table)) for table in _SEALED)
_drop_sealed_words = Prepared(delete(outbox).where(outbox.c.payload.startswith(MARK, autoescape=True)))
_drop_hidden_events = Prepared(delete(inbox).where(inbox.c.payload.startswith(MARK, autoescape=True)))


def forget_keys(tx: StoreTransaction) -> None:
    """Our device, its sessions, room keys and secrets, and what waits under the lost secret.

    For a database that is closed next: what is held in memory of keys does not follow.
    """
    for drop in (*_drop, _drop_sealed_words, _drop_hidden_events):
        drop(tx.session)
