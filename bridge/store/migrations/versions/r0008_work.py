"""Triage, rotations of teams, notes.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _triage()
    _rotations()


def _triage() -> None:
    op.create_table(
        "triage_cards",
        sa.Column("number", Big, sa.ForeignKey("questions.number"), primary_key=True, autoincrement=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text),
        sa.Column("digest", sa.Text),
        sa.Column("closed_by", sa.Text),
    )
    op.create_table(
        "notes",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("number", Big, sa.ForeignKey("questions.number"), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", Big, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("shown", sa.Text),
    )
    op.create_index("ix_notes_number", "notes", ["number", "created_at"])


def _rotations() -> None:
    op.create_table(
        "rotations",
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
    )
    false = "0" if op.get_bind().dialect.name == "sqlite" else "false"
    load = sa.text(f"assignee IS NOT NULL AND withdrawn IS {false} AND state IN ('claimed', 'open')")
    op.create_index("ix_questions_load", "questions", ["assignee"], sqlite_where=load, postgresql_where=load)
