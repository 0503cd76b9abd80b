"""A store in memory for properties: an example costs no file, is taken back whole, and may die between two steps."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import make_url

from bridge.store.database import _load
from bridge.store.engine import make_engine
from bridge.store.known import Known
from bridge.store.migrate import upgrade_connection
from bridge.store.sealing import ALL_TEXT, Keeping
from bridge.store.session import Session, Tally
from bridge.store.transaction import StoreTransaction

T = TypeVar("T")


class Ground:
    """Every example begins with what `prepare` wrote. A step is a transaction: a savepoint, since all is undone."""

    def __init__(self, prepare: Callable[[StoreTransaction], None], keeping: Keeping = ALL_TEXT) -> None:
        self._engine = make_engine(make_url("sqlite+pysqlite://"), writes=True)
        self._conn = self._engine.connect()
        upgrade_connection(self._conn, "memory")
        self._session = Session(self._conn, Tally())
        self._known = Known(keeping=keeping)
        with self._conn.begin():
            self.write(prepare)
        self._prepared = self._known

    @contextmanager
    def example(self) -> Iterator["Ground"]:
        before = self._prepared
        self._known = Known(
            dict(before.rooms), dict(before.persons), changes=Counter(before.changes), keeping=before.keeping
        )
        everything = self._conn.begin()
        try:
            yield self
        finally:
            everything.rollback()

    def write(self, fn: Callable[[StoreTransaction], T]) -> T:
        """One transaction; what it changed is gone where it raises."""
        self._session.run("SAVEPOINT step", ())
        try:
            tx = StoreTransaction(self._session, self._known)
            result = fn(tx)
            tx.flush()
        except BaseException:
            self._session.run("ROLLBACK TO step", ())
            raise
        finally:
            self._session.run("RELEASE step", ())
        tx.publish()
        return result

    def restart(self) -> None:
        """What was held in memory is read anew."""
        self._known = _load(self._session, self._known.keeping)

    def close(self) -> None:
        self._conn.close()
        self._engine.dispose()
