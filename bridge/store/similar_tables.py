"""The tables of vectors, and of who follows a question because of its duplicate."""

from sqlalchemy import Column, LargeBinary, PrimaryKeyConstraint, Table, Text

from bridge.store.tables import Big, metadata

vectors = Table(
    "vectors",
    metadata,
    Column("number", Big, primary_key=True, autoincrement=False),
    Column("vector", LargeBinary, nullable=False),
)

vector_blocks = Table(
    "vector_blocks",
    metadata,
    Column("block", Big, primary_key=True, autoincrement=False),
    Column("places", LargeBinary, nullable=False),
    Column("codes", LargeBinary, nullable=False),
)
"""What is held in memory of the vectors, of many questions a row, so that a million are read in a moment."""

vector_queue = Table(
    "vector_queue",
    metadata,
    Column("number", Big, primary_key=True, autoincrement=False),
    Column("at", Big, nullable=False),
)

merged_follows = Table(
    "merged_follows",
    metadata,
    Column("number", Big, nullable=False),
    Column("user_id", Text, nullable=False),
    PrimaryKeyConstraint("number", "user_id"),
)
