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


def upgrade() -> None:
    _similar()


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
