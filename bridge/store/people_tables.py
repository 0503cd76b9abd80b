"""The tables of who is told what, and who knows what."""

from sqlalchemy import Boolean, Column, Index, Table, Text

from bridge.store.tables import Big, metadata, sequence

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
