"""Which events belong to which question, and which reactions meant something."""

from collections.abc import Callable, Collection

from sqlalchemy import bindparam, delete, func, literal_column, select

from bridge.store.json import clean
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.tables import reactions, tracked
from bridge.workflow.records import Reaction, Role, Tracked

_columns = ("event_id", "number", "role")
_track = bulk_insert(tracked, _columns, conflict=("event_id",))
_tracked = ByKeys(lambda keys: select(*[tracked.c[c] for c in _columns]).where(tracked.c.event_id.in_(keys)))
_reaction_columns = ("event_id", "number", "target", "sender", "key")
_add = bulk_insert(reactions, _reaction_columns, conflict=("event_id",))
_reactions = ByKeys(
    lambda keys: select(*[reactions.c[c] for c in _reaction_columns]).where(reactions.c.event_id.in_(keys))
)
_votes = Prepared(
    select(reactions.c.target, reactions.c.key, func.count(reactions.c.sender.distinct()))
    .where(reactions.c.number == bindparam("question"), reactions.c.key.in_([literal_column(f"'{k}'") for k in "👍👎"]))
    .group_by(reactions.c.target, reactions.c.key),
    "question",
)
_drop = ByKeys(lambda keys: delete(reactions).where(reactions.c.event_id.in_(keys)))


class TrackingRows:
    """What was prefetched and what this transaction added; never asks for a single event."""

    def __init__(self, session: Session, write_questions: Callable[[], None]) -> None:
        self._session = session
        self._write_questions = write_questions
        self._tracked: dict[str, Tracked] = {}
        self._reactions: dict[str, Reaction] = {}
        self._new: dict[str, Tracked] = {}
        self._new_reactions: dict[str, Reaction] = {}

    def track(self, event_id: str, number: int, role: Role) -> None:
        if event_id not in self._tracked:
            self._tracked[event_id] = self._new[event_id] = Tracked(event_id, number, role)

    def tracked(self, event_id: str) -> Tracked | None:
        return self._tracked.get(event_id)

    def add_reaction(self, reaction: Reaction) -> None:
        self._reactions[reaction.event_id] = self._new_reactions[reaction.event_id] = reaction

    def reaction(self, event_id: str) -> Reaction | None:
        return self._reactions.get(event_id)

    def drop_reaction(self, event_id: str) -> None:
        self._reactions.pop(event_id, None)
        if self._new_reactions.pop(event_id, None) is None:
            _drop(self._session, [event_id])

    def prefetch(self, events: Collection[str]) -> set[int]:
        """Load what is known about these events and what they react to; return the questions behind them."""
        self.flush()
        self._load(events)
        for row in _reactions(self._session, events):
            self._reactions[row[0]] = Reaction(*row)
        reacted_to = {reaction.target for e in events if (reaction := self._reactions.get(e))}
        if reacted_to:
            self._load(reacted_to)
        numbers = {found.number for e in events if (found := self._tracked.get(e))}
        return numbers | {reaction.number for e in events if (reaction := self._reactions.get(e))}

    def votes(self, number: int) -> dict[str, int]:
        self.flush()
        score: dict[str, int] = {}
        for target, key, people in _votes(self._session, number):
            score[target] = score.get(target, 0) + (people if key == "👍" else -people)
        return {target: votes for target, votes in score.items() if votes}

    def _load(self, events: Collection[str]) -> None:
        for event_id, number, role in _tracked(self._session, events):
            self._tracked[event_id] = Tracked(event_id, number, Role(role))

    def flush(self) -> None:
        self._write_questions()
        if self._new:
            new, self._new = self._new, {}
            _track(self._session, [(t.event_id, t.number, t.role.value) for t in new.values()])
        if self._new_reactions:
            added, self._new_reactions = self._new_reactions, {}
            rows = [(r.event_id, r.number, r.target, r.sender, clean(r.key)) for r in added.values()]
            _add(self._session, rows)
