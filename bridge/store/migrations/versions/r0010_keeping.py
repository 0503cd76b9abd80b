"""Statistics, retention and the rights of persons.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _statistics()
    _retention()


def _statistics() -> None:
    op.create_table(
        "tallies",
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("outside", sa.Boolean, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Integer, nullable=False),
        sa.Column("marks", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("day", "room_id", "outside"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "credits",
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("outside", sa.Boolean, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "room_id", "outside", "person"),
        sqlite_with_rowid=False,
    )


def _retention() -> None:
    true = "1" if op.get_bind().dialect.name == "sqlite" else "true"
    left = sa.text(f"withdrawn IS {true} AND reason != 'expired'")
    op.create_index(
        "ix_questions_left", "questions", ["created_at", "number"], sqlite_where=left, postgresql_where=left
    )
