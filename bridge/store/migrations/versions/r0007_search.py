"""Full text and vectors of questions.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


Term = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _words()
    _lists()
    _similar()


def _words() -> None:
    op.create_table(
        "search_postings",
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("term", Term, nullable=False),
        sa.Column("places", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("part", "term"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_terms",
        sa.Column("term", Term, primary_key=True),
        sa.Column("questions", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_tail",
        sa.Column("seq", Big, primary_key=True, autoincrement=True),
        sa.Column("number", Big, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_tail_number", "search_tail", ["number"])


def _lists() -> None:
    """Each filter that lists take has an index in the order of the lists."""
    alive = "withdrawn IS 0" if op.get_bind().dialect.name == "sqlite" else "withdrawn IS false"
    for old in ("ix_questions_room", "ix_questions_created", "ix_questions_unanswered"):
        op.drop_index(old, "questions")
    order = ["created_at", "number"]
    unanswered = ["room_id", "asker", "space", "priority", "assignee", "withdrawn"]
    for name, columns, held in (
        ("room", ["room_id", *order, "state", "asker"], alive),
        ("created", [*order, "room_id", "asker"], alive),
        ("space", ["space", *order, "room_id"], alive),
        ("state", ["state", *order, "room_id", "priority"], f"{alive} AND state != 'answered'"),
        ("priority", ["priority", *order, "room_id", "state"], f"{alive} AND priority != 'normal'"),
        ("answered", ["answered_at", "room_id"], f"{alive} AND answered_at IS NOT NULL"),
        ("unanswered", [*order, *unanswered], "state IN ('claimed', 'open')"),
    ):
        where = sa.text(held)
        op.create_index(f"ix_questions_{name}", "questions", columns, sqlite_where=where, postgresql_where=where)


def _similar() -> None:
    op.add_column("questions", sa.Column("suggested", sa.Text, nullable=False, server_default="[]"))
    op.create_table(
        "vectors",
        sa.Column("number", Big, primary_key=True, autoincrement=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "vector_blocks",
        sa.Column("block", Big, primary_key=True, autoincrement=False),
        sa.Column("places", sa.LargeBinary, nullable=False),
        sa.Column("codes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "vector_queue",
        sa.Column("number", Big, primary_key=True, autoincrement=False),
        sa.Column("at", Big, nullable=False),
    )
    op.create_table(
        "merged_follows",
        sa.Column("number", Big, nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", "user_id"),
    )
