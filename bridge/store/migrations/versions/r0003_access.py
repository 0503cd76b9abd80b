"""Grants, people where they have no place, removals that belong together, and messages that wait for a ✅.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _grants()
    _violations()
    op.create_table(
        "cascades",
        sa.Column("number", Big, primary_key=True, autoincrement=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("started_at", Big, nullable=False),
        sa.Column("done_at", Big),
    )
    op.create_table(
        "prompts",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("asking", sa.Text, nullable=False),
        sa.Column("grant_number", Big, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("ix_prompts_grant", "prompts", ["grant_number"])


def _grants() -> None:
    op.create_table(
        "grants",
        sa.Column("number", Big, primary_key=True, autoincrement=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text),
        sa.Column("sponsor", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created_at", Big, nullable=False),
        sa.Column("ends_at", Big),
        sa.Column("approved_by", sa.Text),
        sa.Column("terms_accepted", sa.Text),
        sa.Column("terms_due", Big),
        sa.Column("ended_at", Big),
        sa.Column("ended_by", sa.Text),
        sa.Column("warned", sa.Integer, nullable=False),
        sa.Column("wanted_end", Big),
        sa.Column("orphaned", sa.Boolean, nullable=False),
        sa.Column("renewed_at", Big),
        sa.Column("terms_asked", sa.Text),
        sa.Column("wanted_by", sa.Text),
    )
    op.create_index("ix_grants_person", "grants", ["person", "ended_at"])
    over = sa.text("ended_at IS NULL")
    op.create_index("ix_grants_going_on", "grants", ["number"], sqlite_where=over, postgresql_where=over)


def _violations() -> None:
    op.create_table(
        "violations",
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("membership", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("since", Big, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("obstacle", sa.Text),
        sa.Column("cascade", Big, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("ended_at", Big),
        sa.Column("removed_at", Big),
        sa.PrimaryKeyConstraint("room_id", "user_id"),
    )
    going_on = sa.text("ended_at IS NULL")
    op.create_index("ix_violations_going_on", "violations", ["since"], sqlite_where=going_on, postgresql_where=going_on)
