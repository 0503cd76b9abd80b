"""The tables. `migrations/` makes them; a test holds the two together. Times are milliseconds since the epoch."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    literal_column,
)
from sqlalchemy.sql.elements import ColumnElement

metadata = MetaData()

Big = BigInteger().with_variant(Integer, "sqlite")
"""SQLite gives only INTEGER PRIMARY KEY a number of its own; its integers have 64 bits all the same."""


def _number() -> Column[int]:
    return Column("number", Big, ForeignKey("questions.number"), nullable=False)


def number_of_question(*, primary_key: bool = False) -> Column[int]:
    """For tables that stand in modules of their own."""
    key = ForeignKey("questions.number")
    return Column("number", Big, key, nullable=False, primary_key=primary_key, autoincrement=False)


def sequence() -> Column[int]:
    return Column("seq", Big, primary_key=True, autoincrement=True)


def where(index: Index, condition: ColumnElement[bool]) -> None:
    index.dialect_options["sqlite"]["where"] = condition
    index.dialect_options["postgresql"]["where"] = condition


settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    Column("number", Big, primary_key=True, autoincrement=False),
    Column("space", Text, nullable=False),
    Column("room_id", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("thread_root", Text, nullable=False),
    Column("asker", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("tags", Text, nullable=False),
    Column("attachments", Text, nullable=False),
    Column("directed_to", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("assignee", Text),
    Column("card_event_id", Text),
    Column("first_response_at", Big),
    Column("answered_at", Big),
    Column("closed_at", Big),
    Column("withdrawn", Boolean, nullable=False),
    Column("nudged", Boolean, nullable=False),
    Column("duplicate_of", Big),
    Column("held", Boolean, nullable=False, server_default=false()),
    Column("escalated", Boolean, nullable=False, server_default=false()),
    Column("suggested", Text, nullable=False, server_default="[]"),
    Column("card_digest", Text),
)
_alive = questions.c.withdrawn.is_(False)
_in_order = (questions.c.created_at, questions.c.number)
where(Index("ix_questions_room", questions.c.room_id, *_in_order, questions.c.state, questions.c.asker), _alive)
where(Index("ix_questions_created", *_in_order, questions.c.room_id, questions.c.asker), _alive)
where(Index("ix_questions_space", questions.c.space, *_in_order, questions.c.room_id), _alive)
unsettled = questions.c.state != literal_column("'answered'")
_by_state = (questions.c.state, *_in_order, questions.c.room_id, questions.c.priority)
where(Index("ix_questions_state", *_by_state), _alive & unsettled)
unusual = questions.c.priority != literal_column("'normal'")
_by_priority = (questions.c.priority, *_in_order, questions.c.room_id, questions.c.state)
where(Index("ix_questions_priority", *_by_priority), _alive & unusual)
where(
    Index("ix_questions_answered", questions.c.answered_at, questions.c.room_id),
    _alive & questions.c.answered_at.is_not(None),
)
where(
    Index(
        "ix_questions_unanswered",
        *(*_in_order, questions.c.room_id, questions.c.asker),
        *(questions.c.space, questions.c.priority, questions.c.assignee, questions.c.withdrawn),
    ),
    questions.c.state.in_([literal_column("'claimed'"), literal_column("'open'")]),
)
left_behind = questions.c.withdrawn.is_(True) & (questions.c.reason != literal_column("'expired'"))
"""Without its own words, and perhaps with those of others."""
where(Index("ix_questions_left", *_in_order), left_behind)
where(Index("ix_questions_duplicates", questions.c.duplicate_of), questions.c.duplicate_of.is_not(None))
Index("ix_questions_asker", questions.c.asker, questions.c.created_at)
where(Index("ix_questions_assignee", questions.c.assignee, questions.c.created_at), questions.c.assignee.is_not(None))

question_tags = Table(
    "question_tags",
    metadata,
    Column("tag", Text, nullable=False),
    _number(),
    PrimaryKeyConstraint("tag", "number"),
    sqlite_with_rowid=False,
)
Index("ix_question_tags_number", question_tags.c.number)

tracked = Table(
    "tracked",
    metadata,
    Column("event_id", Text, primary_key=True),
    _number(),
    Column("role", Text, nullable=False),
    sqlite_with_rowid=False,
)

answers = Table(
    "answers",
    metadata,
    sequence(),
    Column("event_id", Text, nullable=False, unique=True),
    _number(),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("room_id", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_answers_number", answers.c.number, answers.c.seq)

acceptances = Table(
    "acceptances",
    metadata,
    sequence(),
    Column("answer", Text, nullable=False),
    _number(),
    Column("person", Text, nullable=False),
    Column("voice", Text, nullable=False),
    Column("at", Big, nullable=False),
    Column("reaction", Text),
    UniqueConstraint("answer", "person"),
    sqlite_autoincrement=True,
)
Index("ix_acceptances_number", acceptances.c.number, acceptances.c.seq)

reactions = Table(
    "reactions",
    metadata,
    Column("event_id", Text, primary_key=True),
    _number(),
    Column("target", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("key", Text, nullable=False),
)

Index("ix_reactions_number", reactions.c.number, reactions.c.target)

follows = Table(
    "follows",
    metadata,
    _number(),
    Column("user_id", Text, nullable=False),
    PrimaryKeyConstraint("number", "user_id"),
)
Index("ix_follows_user", follows.c.user_id, follows.c.number)

facts = Table(
    "facts",
    metadata,
    sequence(),
    Column("at", Big, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("room_id", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("number", Big, nullable=False),
    Column("data", Text, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_facts_number", facts.c.number)

inbox = Table(
    "inbox",
    metadata,
    sequence(),
    Column("event_id", Text, nullable=False, unique=True),
    Column("room_id", Text, nullable=False),
    Column("received_at", Big, nullable=False),
    Column("payload", Text),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", Big, nullable=False),
    Column("reference", Text),
    Column("waits_for", Text),
    sqlite_autoincrement=True,
)
inbox_pending = inbox.c.state == literal_column("'new'")
inbox_unread = inbox.c.state == literal_column("'unread'")
where(Index("ix_inbox_pending", inbox.c.seq), inbox_pending)
where(Index("ix_inbox_lane", inbox.c.room_id, inbox.c.seq), inbox_pending)
where(Index("ix_inbox_unread", inbox.c.waits_for, inbox.c.seq), inbox_unread)

outbox = Table(
    "outbox",
    metadata,
    sequence(),
    Column("effect_id", Text, nullable=False, unique=True),
    Column("lane", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text),
    Column("created_at", Big, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", Big, nullable=False),
    Column("event_id", Text),
    Column("reason", Text),
    sqlite_autoincrement=True,
)
outbox_pending = outbox.c.state == literal_column("'new'")
where(Index("ix_outbox_pending", outbox.c.seq), outbox_pending)
where(Index("ix_outbox_lane", outbox.c.lane, outbox.c.seq), outbox_pending)

transactions = Table(
    "transactions",
    metadata,
    Column("txn_id", Text, primary_key=True),
    Column("received_at", Big, nullable=False),
)
Index("ix_transactions_received", transactions.c.received_at)

rooms = Table(
    "rooms",
    metadata,
    Column("room_id", Text, primary_key=True),
    Column("space", Text),
    Column("joined", Boolean, nullable=False),
    Column("direct_with", Text),
    Column("predecessor", Text),
    Column("successor", Text),
    Column("defines", Text),
    Column("parent", Text),
    Column("state", Text, nullable=False),
    Column("listed", Boolean),
)

members = Table(
    "members",
    metadata,
    Column("room_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("membership", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    PrimaryKeyConstraint("room_id", "user_id"),
    sqlite_with_rowid=False,
)
Index("ix_members_user", members.c.user_id)

persons = Table(
    "persons",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("language", Text),
    Column("direct_room", Text),
    Column("profile", Text, nullable=False, server_default="{}"),
)

timers = Table(
    "timers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("due_at", Big, nullable=False),
    Column("number", Big, nullable=False),
    Column("target", Text, nullable=False),
    Column("data", Text, nullable=False),
)
Index("ix_timers_due", timers.c.due_at)
where(Index("ix_timers_number", timers.c.number), timers.c.number > literal_column("0"))

grants = Table(
    "grants",
    metadata,
    Column("number", Big, primary_key=True, autoincrement=False),
    Column("person", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("room_id", Text),
    Column("sponsor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Big, nullable=False),
    Column("ends_at", Big),
    Column("approved_by", Text),
    Column("terms_accepted", Text),
    Column("terms_due", Big),
    Column("ended_at", Big),
    Column("ended_by", Text),
    Column("warned", Integer, nullable=False),
    Column("wanted_end", Big),
    Column("orphaned", Boolean, nullable=False),
    Column("renewed_at", Big),
    Column("terms_asked", Text),
    Column("wanted_by", Text),
)
Index("ix_grants_person", grants.c.person, grants.c.ended_at)
where(Index("ix_grants_going_on", grants.c.number), grants.c.ended_at.is_(None))

violations = Table(
    "violations",
    metadata,
    Column("room_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("membership", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("since", Big, nullable=False),
    Column("by", Text),
    Column("obstacle", Text),
    Column("cascade", Big, nullable=False),
    Column("problem", Text, nullable=False),
    Column("ended_at", Big),
    Column("removed_at", Big),
    PrimaryKeyConstraint("room_id", "user_id"),
)
where(Index("ix_violations_going_on", violations.c.since), violations.c.ended_at.is_(None))

cascades = Table(
    "cascades",
    metadata,
    Column("number", Big, primary_key=True, autoincrement=False),
    Column("person", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Column("total", Integer, nullable=False),
    Column("started_at", Big, nullable=False),
    Column("done_at", Big),
)

prompts = Table(
    "prompts",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("asking", Text, nullable=False),
    Column("grant_number", Big, nullable=False),
    Column("person", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
Index("ix_prompts_grant", prompts.c.grant_number)

drifts = Table(
    "drifts",
    metadata,
    Column("number", Big, primary_key=True, autoincrement=False),
    Column("room_id", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("state_key", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("before", Text),
    Column("by", Text),
    Column("found_at", Big, nullable=False),
    Column("step", Text, nullable=False),
    Column("remedy", Text),
    Column("problem", Text, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("restoring", Boolean, nullable=False),
    Column("ended_at", Big),
)
Index("ix_drifts_place", drifts.c.room_id, drifts.c.kind, drifts.c.about, drifts.c.ended_at)
where(
    Index("ix_drifts_going_on", drifts.c.number),
    drifts.c.ended_at.is_(None) | drifts.c.told.is_(False),
)
