"""The tables of who is told what, and who knows what."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from bridge.store.tables import Big, metadata, sequence, where

notices = Table(
    "notices",
    metadata,
    sequence(),
    Column("person", Text, nullable=False),
    Column("number", Big, nullable=False),
    Column("key", Text, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("at", Big, nullable=False),
    Column("arguments", Text, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_notices_person", notices.c.person, notices.c.seq)

digests = Table(
    "digests",
    metadata,
    Column("target", Text, primary_key=True),
    Column("personal", Boolean, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("weekday", Integer),
    Column("zone", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("told_until", Big, nullable=False),
    Column("chosen_in", Text, nullable=False),
)

expert_credits = Table(
    "expert_credits",
    metadata,
    Column("answer", Text, nullable=False),
    Column("tag", Text, nullable=False),
    Column("number", Big, nullable=False),
    Column("room_id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Big, nullable=False),
    PrimaryKeyConstraint("answer", "tag"),
)
Index("ix_expert_credits_number", expert_credits.c.number)

expert_scores = Table(
    "expert_scores",
    metadata,
    Column("tag", Text, nullable=False),
    Column("room_id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("stored", Float(53), nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("tag", "room_id", "person"),
    sqlite_with_rowid=False,
)
Index("ix_expert_scores_best", expert_scores.c.tag, expert_scores.c.stored)
where(Index("ix_expert_scores_empty", expert_scores.c.tag), expert_scores.c.count <= literal_column("0"))

interests = Table(
    "interests",
    metadata,
    sequence(),
    Column("person", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("room_id", Text, nullable=False),
    UniqueConstraint("person", "about", "filters"),
    sqlite_autoincrement=True,
)

expert_requests = Table(
    "expert_requests",
    metadata,
    Column("person", Text, nullable=False),
    Column("at", Big, nullable=False),
    Column("number", Big, nullable=False),
    PrimaryKeyConstraint("person", "at", "number"),
    sqlite_with_rowid=False,
)
"""Who was asked as a likely expert in the last days."""
