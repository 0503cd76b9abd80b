"""Keys for encrypted rooms; events that cannot be read wait for theirs in the inbox.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("inbox", sa.Column("waits_for", sa.Text))
    unread = sa.text("state = 'unread'")
    op.create_index("ix_inbox_unread", "inbox", ["waits_for", "seq"], sqlite_where=unread, postgresql_where=unread)
    _our_device()
    _room_keys()
    _own_sessions()
    _people()
    _in_transit()
    op.create_table(
        "key_secrets",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
    )


def _our_device() -> None:
    op.create_table(
        "own_device",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("pickle", sa.Text, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("one_time_keys", sa.Integer, nullable=False),
        sa.Column("fallback_wanted", sa.Boolean, nullable=False),
        sa.Column("signed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "olm_sessions",
        sa.Column("session_id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("curve", sa.Text, nullable=False),
        sa.Column("pickle", sa.Text, nullable=False),
        sa.Column("used_at", Big, nullable=False),
    )
    op.create_index("ix_olm_sessions_curve", "olm_sessions", ["curve", "used_at"])


def _room_keys() -> None:
    op.create_table(
        "room_keys",
        sa.Column("session_id", sa.Text, primary_key=True),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("curve", sa.Text, nullable=False),
        sa.Column("ed", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text),
        sa.Column("pickle", sa.Text, nullable=False),
        sa.Column("first_index", Big, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("backed_up", sa.Boolean, nullable=False),
        sa.Column("added_at", Big, nullable=False),
        sa.Column("homeless", sa.Boolean, nullable=False),
        sa.Column("seen_below", Big, nullable=False, server_default=sa.text("0")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    no = sa.text("backed_up IS 0" if sqlite else "backed_up IS false")
    op.create_index("ix_room_keys_not_backed_up", "room_keys", ["session_id"], sqlite_where=no, postgresql_where=no)
    yes = sa.text("homeless IS 1" if sqlite else "homeless IS true")
    op.create_index("ix_room_keys_homeless", "room_keys", ["added_at"], sqlite_where=yes, postgresql_where=yes)
    op.create_table(
        "seen_messages",
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("message_index", Big, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("seen_at", Big, nullable=False),
        sa.PrimaryKeyConstraint("session_id", "message_index"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_seen_messages_seen_at", "seen_messages", ["seen_at"])


def _own_sessions() -> None:
    op.create_table(
        "own_sessions",
        sa.Column("room_id", sa.Text, primary_key=True),
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("pickle", sa.Text, nullable=False),
        sa.Column("created_at", Big, nullable=False),
        sa.Column("messages", sa.Integer, nullable=False),
    )
    op.create_table(
        "shared_sessions",
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("curve", sa.Text, nullable=False),
        sa.Column("from_index", Big, nullable=False),
        sa.PrimaryKeyConstraint("session_id", "user_id", "curve"),
        sqlite_with_rowid=False,
    )


def _people() -> None:
    op.create_table(
        "key_owners",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("outdated", sa.Boolean, nullable=False),
        sa.Column("master", sa.Text, nullable=False),
        sa.Column("self_signing", sa.Text, nullable=False),
        sa.Column("first_master", sa.Text, nullable=False),
        sa.Column("asked_at", Big, nullable=False),
    )
    op.create_table(
        "devices",
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("curve", sa.Text, nullable=False),
        sa.Column("ed", sa.Text, nullable=False),
        sa.Column("signed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "device_id"),
        sqlite_with_rowid=False,
    )


def _in_transit() -> None:
    op.create_table(
        "to_device",
        sa.Column("seq", Big, primary_key=True, autoincrement=True),
        sa.Column("txn_id", sa.Text, nullable=False),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("messages", sa.Text, nullable=False),
        sa.Column("session_id", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "key_requests",
        sa.Column("session_id", sa.Text, primary_key=True),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("asked_of", sa.Text, nullable=False),
        sa.Column("asked_at", Big, nullable=False),
    )
    op.create_table(
        "withheld_keys",
        sa.Column("session_id", sa.Text, primary_key=True),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("noted_at", Big, nullable=False),
    )
