"""The tables of encryption, in the `metadata` of the others. Pickles and sealed values need our secret."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text, text

from bridge.store.tables import Big, metadata, sequence, where

own_device = Table(
    "own_device",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("user_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("pickle", Text, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("one_time_keys", Integer, nullable=False),
    Column("fallback_wanted", Boolean, nullable=False),
    Column("signed", Boolean, nullable=False),
)

olm_sessions = Table(
    "olm_sessions",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("curve", Text, nullable=False),
    Column("pickle", Text, nullable=False),
    Column("used_at", Big, nullable=False),
)
Index("ix_olm_sessions_curve", olm_sessions.c.curve, olm_sessions.c.used_at)

room_keys = Table(
    "room_keys",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("room_id", Text, nullable=False),
    Column("curve", Text, nullable=False),
    Column("ed", Text, nullable=False),
    Column("user_id", Text),
    Column("pickle", Text, nullable=False),
    Column("first_index", Big, nullable=False),
    Column("source", Text, nullable=False),
    Column("backed_up", Boolean, nullable=False),
    Column("added_at", Big, nullable=False),
    Column("homeless", Boolean, nullable=False),
    Column("seen_below", Big, nullable=False, server_default=text("0")),
)
where(Index("ix_room_keys_not_backed_up", room_keys.c.session_id), room_keys.c.backed_up.is_(False))
where(Index("ix_room_keys_homeless", room_keys.c.added_at), room_keys.c.homeless.is_(True))

seen_messages = Table(
    "seen_messages",
    metadata,
    Column("session_id", Text, nullable=False),
    Column("message_index", Big, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("seen_at", Big, nullable=False),
    PrimaryKeyConstraint("session_id", "message_index"),
    sqlite_with_rowid=False,
)
Index("ix_seen_messages_seen_at", seen_messages.c.seen_at)

own_sessions = Table(
    "own_sessions",
    metadata,
    Column("room_id", Text, primary_key=True),
    Column("session_id", Text, nullable=False),
    Column("pickle", Text, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("messages", Integer, nullable=False),
)

shared_sessions = Table(
    "shared_sessions",
    metadata,
    Column("session_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("curve", Text, nullable=False),
    Column("from_index", Big, nullable=False),
    PrimaryKeyConstraint("session_id", "user_id", "curve"),
    sqlite_with_rowid=False,
)

key_owners = Table(
    "key_owners",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("outdated", Boolean, nullable=False),
    Column("master", Text, nullable=False),
    Column("self_signing", Text, nullable=False),
    Column("first_master", Text, nullable=False),
    Column("asked_at", Big, nullable=False),
)

devices = Table(
    "devices",
    metadata,
    Column("user_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("curve", Text, nullable=False),
    Column("ed", Text, nullable=False),
    Column("signed", Boolean, nullable=False),
    PrimaryKeyConstraint("user_id", "device_id"),
    sqlite_with_rowid=False,
)

to_device = Table(
    "to_device",
    metadata,
    sequence(),
    Column("txn_id", Text, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("messages", Text, nullable=False),
    Column("session_id", Text, nullable=False),
    sqlite_autoincrement=True,
)

key_requests = Table(
    "key_requests",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("room_id", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("asked_of", Text, nullable=False),
    Column("asked_at", Big, nullable=False),
)

withheld_keys = Table(
    "withheld_keys",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("room_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("noted_at", Big, nullable=False),
)

key_secrets = Table(
    "key_secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("sealed", Text, nullable=False),
)
