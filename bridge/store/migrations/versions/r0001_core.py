"""Questions, answers, facts, rooms, people, inbox and outbox.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

Big = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _questions()
    _discussions()
    _facts()
    _queues()
    _rooms()


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def _big(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, Big, nullable=nullable) for name in names]


def _sequence() -> sa.Column[int]:
    return sa.Column("seq", Big, primary_key=True, autoincrement=True)


def _number() -> sa.Column[int]:
    return sa.Column("number", Big, sa.ForeignKey("questions.number"), nullable=False)


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _questions() -> None:
    op.create_table("settings", sa.Column("name", sa.Text, primary_key=True), *_text("value"))
    op.create_table(
        "questions",
        sa.Column("number", Big, primary_key=True, autoincrement=False),
        *_text("space", "room_id", "event_id", "thread_root", "asker", "text"),
        *_big("created_at"),
        *_text("tags", "attachments", "directed_to", "priority", "state", "reason"),
        *_text("assignee", "card_event_id", nullable=True),
        *_big("first_response_at", "answered_at", "closed_at", nullable=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("nudged", sa.Boolean, nullable=False),
        *_text("card_digest", nullable=True),
    )
    alive = "withdrawn IS 0" if op.get_bind().dialect.name == "sqlite" else "withdrawn IS false"
    unanswered = f"{alive} AND state IN ('claimed', 'open')"
    _index("ix_questions_room", "questions", ["room_id", "state", "created_at", "number"], alive)
    _index("ix_questions_created", "questions", ["created_at", "number"], alive)
    _index("ix_questions_unanswered", "questions", ["created_at", "number", "room_id"], unanswered)
    op.create_index("ix_questions_asker", "questions", ["asker", "created_at"])
    _index("ix_questions_assignee", "questions", ["assignee", "created_at"], "assignee IS NOT NULL")
    op.create_table(
        "question_tags", *_text("tag"), _number(), sa.PrimaryKeyConstraint("tag", "number"), sqlite_with_rowid=False
    )
    op.create_index("ix_question_tags_number", "question_tags", ["number"])
    op.create_table(
        "tracked", sa.Column("event_id", sa.Text, primary_key=True), _number(), *_text("role"), sqlite_with_rowid=False
    )


def _discussions() -> None:
    op.create_table(
        "answers",
        _sequence(),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        _number(),
        *_text("author", "text"),
        *_big("created_at"),
        *_text("room_id"),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_number", "answers", ["number", "seq"])
    op.create_table(
        "acceptances",
        _sequence(),
        *_text("answer"),
        _number(),
        *_text("person", "voice"),
        *_big("at"),
        *_text("reaction", nullable=True),
        sa.UniqueConstraint("answer", "person"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_acceptances_number", "acceptances", ["number", "seq"])


def _facts() -> None:
    op.create_table(
        "facts",
        _sequence(),
        *_big("at"),
        *_text("kind", "actor", "room_id", "space"),
        *_big("number"),
        *_text("data"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_facts_number", "facts", ["number"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER facts_refuse_{act.lower()} BEFORE {act} ON facts "
                "BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'facts are append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER facts_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON facts "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _queues() -> None:
    op.create_table(
        "inbox",
        _sequence(),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        *_text("room_id"),
        *_big("received_at"),
        *_text("payload", nullable=True),
        *_text("state"),
        sa.Column("tries", sa.Integer, nullable=False),
        *_big("not_before"),
        *_text("reference", nullable=True),
        sqlite_autoincrement=True,
    )
    _index("ix_inbox_pending", "inbox", ["seq"], "state = 'new'")
    _index("ix_inbox_lane", "inbox", ["room_id", "seq"], "state = 'new'")
    op.create_table(
        "outbox",
        _sequence(),
        sa.Column("effect_id", sa.Text, nullable=False, unique=True),
        *_text("lane", "kind"),
        *_text("payload", nullable=True),
        *_big("created_at"),
        *_text("state"),
        sa.Column("tries", sa.Integer, nullable=False),
        *_big("not_before"),
        *_text("event_id", "reason", nullable=True),
        sqlite_autoincrement=True,
    )
    _index("ix_outbox_pending", "outbox", ["seq"], "state = 'new'")
    _index("ix_outbox_lane", "outbox", ["lane", "seq"], "state = 'new'")
    op.create_table("transactions", sa.Column("txn_id", sa.Text, primary_key=True), *_big("received_at"))
    op.create_index("ix_transactions_received", "transactions", ["received_at"])


def _rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("room_id", sa.Text, primary_key=True),
        *_text("space", nullable=True),
        sa.Column("joined", sa.Boolean, nullable=False),
        *_text("direct_with", "predecessor", "successor", "defines", "parent", nullable=True),
        *_text("state"),
    )
    op.create_table(
        "members",
        *_text("room_id", "user_id", "membership", "display_name"),
        sa.PrimaryKeyConstraint("room_id", "user_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_members_user", "members", ["user_id"])
    op.create_table(
        "persons", sa.Column("user_id", sa.Text, primary_key=True), *_text("language", "direct_room", nullable=True)
    )
