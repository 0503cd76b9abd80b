"""What people follow, what they are to be told, digests.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _notices()
    _digests()
    _experts()
    _interests()
    op.create_index("ix_follows_user", "follows", ["user_id", "number"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("seq", Big, primary_key=True, autoincrement=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("number", Big, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.Column("arguments", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_person", "notices", ["person", "seq"])


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("personal", sa.Boolean, nullable=False),
        sa.Column("minute", sa.Integer, nullable=False),
        sa.Column("weekday", sa.Integer),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("filters", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("told_until", Big, nullable=False),
        sa.Column("chosen_in", sa.Text, nullable=False),
    )


def _experts() -> None:
    op.create_table(
        "expert_credits",
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("tag", sa.Text, nullable=False),
        sa.Column("number", Big, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.PrimaryKeyConstraint("answer", "tag"),
    )
    op.create_index("ix_expert_credits_number", "expert_credits", ["number"])
    op.create_table(
        "expert_scores",
        sa.Column("tag", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("stored", sa.Float(53), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("tag", "room_id", "person"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_expert_scores_best", "expert_scores", ["tag", "stored"])
    empty = sa.text("count <= 0")
    op.create_index("ix_expert_scores_empty", "expert_scores", ["tag"], sqlite_where=empty, postgresql_where=empty)
    op.create_table(
        "expert_requests",
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.Column("number", Big, nullable=False),
        sa.PrimaryKeyConstraint("person", "at", "number"),
        sqlite_with_rowid=False,
    )


def _interests() -> None:
    op.create_table(
        "interests",
        sa.Column("seq", Big, primary_key=True, autoincrement=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("filters", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.UniqueConstraint("person", "about", "filters"),
        sqlite_autoincrement=True,
    )
