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
