"""What differs between rooms and the policy of their space; whether a room stands in the public directory.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("rooms", sa.Column("listed", sa.Boolean))
    op.create_table(
        "drifts",
        sa.Column("number", Big, primary_key=True, autoincrement=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("state_key", sa.Text, nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("found_at", Big, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.Column("restoring", sa.Boolean, nullable=False),
        sa.Column("ended_at", Big),
    )
    op.create_index("ix_drifts_place", "drifts", ["room_id", "kind", "about", "ended_at"])
    untold = "told IS 0" if op.get_bind().dialect.name == "sqlite" else "told IS false"
    held = sa.text(f"ended_at IS NULL OR {untold}")
    op.create_index("ix_drifts_going_on", "drifts", ["number"], sqlite_where=held, postgresql_where=held)
