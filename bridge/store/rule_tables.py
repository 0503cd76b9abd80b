"""The table of whose turn it is, and what counts how much each has to do."""

from sqlalchemy import Column, Index, Integer, Table, Text, literal_column

from bridge.store.tables import metadata, questions, where

rotations = Table(
    "rotations",
    metadata,
    Column("team", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("place", Integer, nullable=False),
)

assigned = (
    questions.c.assignee.is_not(None)
    & questions.c.withdrawn.is_(False)
    & questions.c.state.in_([literal_column("'claimed'"), literal_column("'open'")])
)
where(Index("ix_questions_load", questions.c.assignee), assigned)
