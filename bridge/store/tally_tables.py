"""The tables of statistics, made from facts and kept in line with them in the same transactions."""

from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint, Table, Text

from bridge.store.tables import metadata

tallies = Table(
    "tallies",
    metadata,
    Column("day", Integer, nullable=False),
    Column("room_id", Text, nullable=False),
    Column("outside", Boolean, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("marks", Text, nullable=False),
    PrimaryKeyConstraint("day", "room_id", "outside"),
    sqlite_with_rowid=False,
)
"""`day` is counted from 1970 in the zone of the space; -1 stands for all days, for `waiting` alone."""

credits = Table(
    "credits",
    metadata,
    Column("day", Integer, nullable=False),
    Column("room_id", Text, nullable=False),
    Column("outside", Boolean, nullable=False),
    Column("person", Text, nullable=False),
    Column("accepted", Integer, nullable=False),
    PrimaryKeyConstraint("day", "room_id", "outside", "person"),
    sqlite_with_rowid=False,
)
