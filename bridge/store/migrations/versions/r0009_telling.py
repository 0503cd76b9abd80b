"""What people follow, what they are to be told, digests.

Revision ID: 0009
"""

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
