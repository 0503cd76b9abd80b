"""The tables of the full text. They hold terms (`domain.terms`), and no text."""

from sqlalchemy import Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from bridge.store.tables import Big, metadata, sequence

Term = Text().with_variant(Text(collation="C"), "postgresql")
"""In the order of its letters' numbers, so that those with one beginning are together."""

search_postings = Table(
    "search_postings",
    metadata,
    Column("part", Integer, nullable=False),
    Column("term", Term, nullable=False),
    Column("places", LargeBinary, nullable=False),
    PrimaryKeyConstraint("part", "term"),
    sqlite_with_rowid=False,
)
"""In which questions a term is; those of one part of all numbers in one row (see `store.postings`).

By part first: what is written at one time lies together, and a term has few parts to be looked up in.
"""

search_terms = Table(
    "search_terms",
    metadata,
    Column("term", Term, primary_key=True),
    Column("questions", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Every term, and in how many questions it is."""

search_tail = Table(
    "search_tail",
    metadata,
    sequence(),
    Column("number", Big, nullable=False),
    Column("terms", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What came since, and is not among the postings yet."""
Index("ix_search_tail_number", search_tail.c.number)
