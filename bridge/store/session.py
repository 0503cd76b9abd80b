"""A connection inside a transaction, without what SQLAlchemy adds to every statement that it did not compile itself."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import Dialect


@dataclass(slots=True)
class Tally:
    """How many statements were run."""

    statements: int = 0


class Session:
    """`run` takes the text of the driver; `conn` takes statements of SQLAlchemy. Both are in the same transaction."""

    __slots__ = ("_cursor", "_tally", "conn", "dialect")

    def __init__(self, conn: Connection, tally: Tally) -> None:
        self.conn = conn
        self.dialect: Dialect = conn.dialect
        driver: Any = conn.connection.dbapi_connection
        self._cursor = driver.cursor
        self._tally = tally

    def run(self, text: str, values: tuple[Any, ...]) -> Any:
        """Run a statement; return the driver's cursor."""
        self._tally.statements += 1
        cursor = self._cursor()
        cursor.execute(text, values)
        return cursor
