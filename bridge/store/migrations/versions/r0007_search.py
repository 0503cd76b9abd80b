"""Full text and vectors of questions.

Revision ID: 0007
"""

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
