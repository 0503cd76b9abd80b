"""Where things are: addresses to listen on, URLs, and the database."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, SecretStr, ValidationInfo

from bridge.config.values import Says, wrong


@dataclass(frozen=True)
class Listen:
    """An address to listen on."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        return self.host in LOOPBACK or self.host.startswith("127.")

    def meets(self, other: "Listen") -> bool:
        """Whether both cannot listen at once."""
        either = {self.host, other.host}
        alike = len(either) == 1 or bool(either & EVERYWHERE) or (self.loopback and other.loopback)
        return self.port == other.port and alike


EVERYWHERE = frozenset({"0.0.0.0", "::"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LISTEN = "host:port such as 127.0.0.1:9100, with a port from 1 to 65535"


def parse_listen(value: Any) -> Listen:
    if isinstance(value, Listen):
        return value
    found = re.fullmatch(
        r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):([0-9]{1,5})", value if isinstance(value, str) else ""
    )
    if not found or not 1 <= int(found[3]) <= 65535:
        raise wrong("not an address to listen on", _LISTEN)
    return Listen(found[1] or found[2], int(found[3]))


ListenOn = Annotated[Listen, BeforeValidator(parse_listen), Says("host:port")]

_URL = "a URL such as https://matrix.example.org"


def _url(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", value):
        raise wrong("not an http or https URL", _URL)
    if parts.username is not None or parts.query or parts.fragment:
        raise wrong("a URL with a user, a query or a fragment", _URL)
    return value.rstrip("/")


Url = Annotated[str, BeforeValidator(_url), Says("http or https URL")]

_DATABASE = "sqlite:///file.db, sqlite:////absolute/file.db or postgresql://user@host/name"


@dataclass(frozen=True)
class Database:
    """Where the data lives. Printing it hides the password; `reveal()` gives the whole URL.

    `path` is the file of an SQLite database, None for PostgreSQL.
    """

    kind: Literal["sqlite", "postgresql"]
    url: SecretStr
    path: Path | None = None

    def reveal(self) -> str:
        return self.url.get_secret_value()

    @property
    def password(self) -> str | None:
        return urlsplit(self.reveal()).password

    def __str__(self) -> str:
        parts = urlsplit(self.reveal())
        user, at, host = parts.netloc.rpartition("@")
        hidden = user.partition(":")[0] + (":***" if ":" in user else "")
        query = "?***" if parts.query else ""
        return f"{parts.scheme}://{hidden}{at}{host}{parts.path}{query}"

    def __repr__(self) -> str:
        return f"Database({self})"


def _sqlite(value: str, base: Path) -> Database:
    name = value.removeprefix("sqlite:///")
    if not name or name.startswith(":memory:") or "?" in name or "\0" in name:
        raise wrong("not a database file", _DATABASE)
    path = base / name
    return Database("sqlite", SecretStr(f"sqlite:///{path}"), path)


def _postgresql(value: str) -> Database:
    try:
        parts = urlsplit(value)
        usable = len(parts.path) > 1 and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise wrong("not a database URL", _DATABASE, "quote special characters of the password, as in %40 for @")
    return Database("postgresql", SecretStr(value))


def _database(value: Any, info: ValidationInfo) -> Database:
    if isinstance(value, Database):
        return value
    base = Path((info.context.get("base") if info.context else None) or ".")
    if isinstance(value, str) and value.startswith("sqlite:///"):
        return _sqlite(value, base)
    if isinstance(value, str) and value.startswith("postgresql://"):
        return _postgresql(value)
    schemes = ("sqlite://", "postgresql://")
    near = get_close_matches(value.partition("://")[0] + "://", schemes, 1) if isinstance(value, str) else []
    raise wrong("not a database URL", _DATABASE, f"it begins with {near[0]}" if near else "")


DatabaseUrl = Annotated[Database, BeforeValidator(_database), Says(_DATABASE)]


def with_password(url: str, password: str) -> str:
    """A PostgreSQL URL with the password put in."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}{at or '@'}{host}").geturl()
