"""The unit of work: everything one transaction reads and writes."""

from sqlalchemy import Connection

from bridge.store.facts import FactRows
from bridge.store.inbox import InboxRows
from bridge.store.known import Known
from bridge.store.outbox import OutboxRows
from bridge.store.persons import PersonRows
from bridge.store.questions import QuestionRows
from bridge.store.rooms import RoomRows
from bridge.store.settings import Settings


class StoreTransaction:
    """Fills `bridge.workflow.storage.Transaction`, and adds `settings`. Lives in the thread it was made in."""

    def __init__(self, conn: Connection, known: Known) -> None:
        self.questions = QuestionRows(conn)
        self.rooms = RoomRows(conn, known)
        self.persons = PersonRows(conn, known)
        self.inbox = InboxRows(conn)
        self.outbox = OutboxRows(conn, known, self.questions)
        self.facts = FactRows(conn)
        self.settings = Settings(conn)

    def flush(self) -> None:
        """Write what is buffered, in the order in which rows refer to each other."""
        self.rooms.flush()
        self.persons.flush()
        self.questions.flush()
        self.facts.flush()
        self.outbox.flush()

    def publish(self) -> None:
        """After the commit: what is held in memory follows."""
        self.rooms.publish()
        self.persons.publish()
        self.outbox.publish()
