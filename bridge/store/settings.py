"""Single values: the sync token, the device id, the last question number."""

from sqlalchemy import bindparam, delete, select

from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.store.tables import settings

DEVICE = "device_id"
TOKEN = "access_token"
"""What a login gave us."""

_get = Prepared(select(settings.c.value).where(settings.c.name == bindparam("key")), "key")
_set = bulk_insert(settings, ("name", "value"), conflict=("name",), replace=("value",))
_drop = Prepared(delete(settings).where(settings.c.name == bindparam("key")), "key")


class Settings:
    """The settings within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, name: str) -> str | None:
        value: str | None = _get.value(self._session, name)
        return value

    def set(self, name: str, value: str) -> None:
        _set(self._session, [(name, value)])

    def drop(self, name: str) -> None:
        _drop(self._session, name)
