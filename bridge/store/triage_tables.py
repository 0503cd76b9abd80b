"""The tables of cards in triage rooms, and of notes."""

from sqlalchemy import Column, Index, Table, Text

from bridge.store.tables import Big, metadata, number_of_question

triage_cards = Table(
    "triage_cards",
    metadata,
    number_of_question(primary_key=True),
    Column("room_id", Text, nullable=False),
    Column("event_id", Text),
    Column("digest", Text),
    Column("closed_by", Text),
)

notes = Table(
    "notes",
    metadata,
    Column("event_id", Text, primary_key=True),
    number_of_question(),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("room_id", Text, nullable=False),
    Column("shown", Text),
)
Index("ix_notes_number", notes.c.number, notes.c.created_at)
