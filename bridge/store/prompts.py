"""Messages of the bot that wait for somebody's ✅, all of them held in memory."""

from sqlalchemy import bindparam, delete, select

from bridge.store.held import HeldPrompts
from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.store.tables import prompts
from bridge.workflow.cases import Asking, Prompt

_columns = ("event_id", "asking", "grant_number", "person", "detail")
_add = bulk_insert(prompts, _columns, conflict=("event_id",))
_all = Prepared(select(*[prompts.c[c] for c in _columns]))
_drop = Prepared(delete(prompts).where(prompts.c.event_id == bindparam("which")), "which")
_forget = Prepared(delete(prompts).where(prompts.c.grant_number == bindparam("which")), "which")


class PromptRows:
    """Prompts within one transaction."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known.prompts
        self._added = HeldPrompts()
        self._forgotten: set[int] = set()
        self._dropped: set[str] = set()

    def add(self, prompt: Prompt) -> None:
        if self.get(prompt.event_id) is not None:
            return
        self._added.put(prompt)
        row = (prompt.event_id, prompt.asking.value, prompt.grant, prompt.person, prompt.detail)
        _add(self._session, [row])

    def get(self, event_id: str) -> Prompt | None:
        added = self._added.by_event.get(event_id)
        known = self._known.by_event.get(event_id) if event_id not in self._dropped else None
        return added or (known if known and known.grant not in self._forgotten else None)

    def forget(self, grant: int) -> None:
        self._forgotten.add(grant)
        self._added.forget(grant)
        _forget(self._session, grant)

    def drop(self, event_id: str) -> None:
        """It is settled by itself."""
        self._dropped.add(event_id)
        self._added.by_event.pop(event_id, None)
        _drop(self._session, event_id)

    def publish(self) -> None:
        for grant in self._forgotten:
            self._known.forget(grant)
        for event_id in self._dropped:
            self._known.drop(event_id)
        for prompt in self._added.by_event.values():
            self._known.put(prompt)


def all_prompts(session: Session) -> HeldPrompts:
    held = HeldPrompts()
    for row in _all(session):
        held.put(Prompt(row[0], Asking(row[1]), *row[2:]))
    return held
