"""Timers; what people tell us about themselves; more about questions.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("questions", sa.Column("duplicate_of", Big))
    op.add_column("questions", sa.Column("held", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("questions", sa.Column("escalated", sa.Boolean, nullable=False, server_default=sa.false()))
    known = sa.text("duplicate_of IS NOT NULL")
    op.create_index(
        "ix_questions_duplicates", "questions", ["duplicate_of"], sqlite_where=known, postgresql_where=known
    )
    op.add_column("persons", sa.Column("profile", sa.Text, nullable=False, server_default="{}"))
    op.create_table(
        "timers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("due_at", Big, nullable=False),
        sa.Column("number", Big, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("ix_timers_due", "timers", ["due_at"])
    about = sa.text("number > 0")
    op.create_index("ix_timers_number", "timers", ["number"], sqlite_where=about, postgresql_where=about)
