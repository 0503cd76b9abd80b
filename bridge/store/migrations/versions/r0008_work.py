"""Triage, rotations of teams, notes.

Revision ID: 0008
"""

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
