"""Messages of the bot that wait for somebody's ✅, all of them held in memory."""

from sqlalchemy import bindparam, delete, select

from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.store.tables import prompts
from bridge.workflow.cases import Asking, Prompt

_columns = ("event_id", "asking", "grant_number", "person", "detail")
_add = bulk_insert(prompts, _columns, conflict=("event_id",))
_all = Prepared(select(*[prompts.c[c] for c in _columns]))
_forget = Prepared(delete(prompts).where(prompts.c.grant_number == bindparam("which")), "which")


class PromptRows:
    """Prompts within one transaction."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._added: dict[str, Prompt] = {}
        self._forgotten: set[int] = set()

    def add(self, prompt: Prompt) -> None:
        self._added[prompt.event_id] = prompt
        row = (prompt.event_id, prompt.asking.value, prompt.grant, prompt.person, prompt.detail)
        _add(self._session, [row])

    def get(self, event_id: str) -> Prompt | None:
        added = self._added.get(event_id)
        known = self._known.prompts.get(event_id)
        return added or (known if known and known.grant not in self._forgotten else None)

    def forget(self, grant: int) -> None:
        self._forgotten.add(grant)
        self._added = {event_id: prompt for event_id, prompt in self._added.items() if prompt.grant != grant}
        _forget(self._session, grant)

    def publish(self) -> None:
        if self._added or self._forgotten:
            kept = {e: p for e, p in self._known.prompts.items() if p.grant not in self._forgotten}
            self._known.prompts = kept | self._added


def all_prompts(session: Session) -> dict[str, Prompt]:
    return {row[0]: Prompt(row[0], Asking(row[1]), *row[2:]) for row in _all(session)}
