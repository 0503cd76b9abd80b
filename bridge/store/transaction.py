"""The unit of work: everything one transaction reads and writes."""

from bridge.store.askers import AskerRows
from bridge.store.cascades import CascadeRows
from bridge.store.digests import DigestRows
from bridge.store.drifts import DriftRows
from bridge.store.erasing_people import erase_people_words
from bridge.store.experts import ExpertRows
from bridge.store.facts import FactRows
from bridge.store.grants import GrantRows
from bridge.store.inbox import InboxRows
from bridge.store.indexing import IndexRows
from bridge.store.interests import InterestRows
from bridge.store.keys import KeyRows
from bridge.store.known import Known
from bridge.store.merges import MergeRows
from bridge.store.notices import NoticeRows
from bridge.store.outbox import OutboxRows
from bridge.store.persons import PersonRows
from bridge.store.prompts import PromptRows
from bridge.store.questions import QuestionRows
from bridge.store.rights import RightsRows
from bridge.store.rooms import RoomRows
from bridge.store.rotations import RotationRows
from bridge.store.search import SearchRows
from bridge.store.session import Session
from bridge.store.settings import Settings
from bridge.store.tallies import TallyRows
from bridge.store.timers import TimerRows
from bridge.store.triage import NoteRows, TriageCardRows
from bridge.store.vectors import VectorRows
from bridge.store.violations import ViolationRows


class StoreTransaction:
    """Fills `bridge.workflow.storage.Transaction`, and adds `settings`. Lives in the thread it was made in."""

    def __init__(self, session: Session, known: Known) -> None:
        self.session = session
        self.rooms = RoomRows(session, known)
        self.askers = AskerRows(session, known)
        self.index = IndexRows(session, known, self.rooms)
        self.questions = QuestionRows(session, self.rooms, self.askers, self.index)
        self.search = SearchRows(session, self.rooms, self.questions, self.askers)
        self.persons = PersonRows(session, known)
        self.inbox = InboxRows(session, known)
        self.outbox = OutboxRows(session, known, self.questions)
        self.facts = FactRows(session)
        self.tallies = TallyRows(session, known, self.facts, self.questions, self.askers)
        self.grants = GrantRows(session, known)
        self.violations = ViolationRows(session, known)
        self.cascades = CascadeRows(session)
        self.prompts = PromptRows(session, known)
        self.drifts = DriftRows(session, known)
        self.keys = KeyRows(session, known)
        self.digests = DigestRows(session)
        self.timers = TimerRows(session, known)
        self.vectors = VectorRows(session, known)
        self.merges = MergeRows(session, self.questions)
        self.notices = NoticeRows(session)
        self.experts = ExpertRows(session)
        self.interests = InterestRows(session, known)
        self.rotations = RotationRows(session, self.questions)
        self.triage_cards = TriageCardRows(session)
        self.notes = NoteRows(session, self.rooms, self.questions)
        self.settings = Settings(session)
        self.rights = RightsRows(
            *(session, known, self.questions, self.vectors, self.inbox, self.outbox, self.grants, self.prompts),
            experts=self.experts,
            interests=self.interests,
            askers=self.askers,
            flush=self.flush,
            on_erased=self._on_erased,
        )
        self.erased = False
        """Whether text was taken away that may be found in the database's files for a while."""

    def close(self) -> None:
        """Let go of what was loaded at once. Parts that know each other would keep it until the garbage collector
        comes by, and then everybody waits for that.
        """
        for part in vars(self).values():
            getattr(part, "__dict__", {}).clear()
        vars(self).clear()

    def _on_erased(self) -> None:
        self.erased = True

    def flush(self) -> None:
        """Write what is buffered, in the order in which rows refer to each other."""
        self._erase()
        self.rooms.flush()
        self.persons.flush()
        self.questions.flush()
        self.triage_cards.flush()
        self.vectors.flush()
        self.facts.flush()
        self.tallies.flush()
        self.grants.flush()
        self.violations.flush()
        self.drifts.flush()
        self.notices.flush()
        self.experts.flush()
        self.timers.flush()
        self.outbox.flush()
        self.keys.flush()

    def _erase(self) -> None:
        """Of rooms that have just become encrypted, what was said before goes as well."""
        while self.rooms.newly_encrypted:
            room_id = self.rooms.newly_encrypted.pop()
            self.vectors.drop(self.vectors.in_room(room_id))
            self.questions.erase_room(room_id)
            erase_people_words({room_id}, self)
            self.erased = True

    def publish(self) -> None:
        """After the commit: what is held in memory follows."""
        self.askers.publish()
        self.rooms.publish()
        self.persons.publish()
        self.interests.publish()
        self.inbox.publish()
        self.outbox.publish()
        self.grants.publish()
        self.violations.publish()
        self.prompts.publish()
        self.drifts.publish()
        self.keys.publish()
        self.timers.publish()
        self.tallies.publish()
        self.vectors.publish()
