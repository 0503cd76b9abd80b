"""Statistics, retention and the rights of persons.

Revision ID: 0010
"""

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
