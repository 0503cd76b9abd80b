"""Reactions that can be undone, and who follows what.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "reactions",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("number", Big, sa.ForeignKey("questions.number"), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
    )
    op.create_index("ix_reactions_number", "reactions", ["number", "target"])
    op.create_table(
        "follows",
        sa.Column("number", Big, sa.ForeignKey("questions.number"), nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", "user_id"),
    )
