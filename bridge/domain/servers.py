"""Who a server ACL lets take part (Client-Server API, m.room.server_acl): globs over server names.

By the specification they are compared without ports; Synapse compares them with ports. So both are allowed.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from bridge.domain.grants import server_of
from bridge.domain.people import People

EVERYBODY = {"allow": ["*"]}
"""What a room without an ACL amounts to."""
_WILD = re.compile("[*?]")
_ADDRESS = re.compile(r"\[.*\]|[0-9.]+")


def spellings(server: str) -> frozenset[str]:
    """A server name, or a glob of them, in small letters, with and without its port."""
    name = server.lower()
    host = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
    return frozenset({name, host})


def always_allowed(people: People, me: str) -> frozenset[str]:
    """Our own server and those of people who are ours: no policy may shut them out."""
    globs = (me, *people.staff, *people.trusted, *people.moderators)
    return frozenset(name for glob in globs if server_of(glob) for name in spellings(server_of(glob)))


def wanted_acl(current: Mapping[str, Any], partners: Iterable[str], ours: Collection[str]) -> dict[str, Any]:
    """The ACL that lets in partners and us; who was denied before stays so, unless they are ours."""
    allow = sorted({name for server in partners for name in spellings(server)} | set(ours))
    denied = [entry for entry in _entries(current.get("deny")) if not any(_touches(entry, server) for server in ours)]
    literals = current.get("allow_ip_literals") is not False or any(map(_ADDRESS.fullmatch, allow))
    return {"allow": allow, "deny": denied, "allow_ip_literals": literals}


def is_as_wanted(current: Mapping[str, Any], wanted: Mapping[str, Any], ours: Collection[str]) -> bool:
    """Whether an ACL lets in nobody beyond `wanted`, and all of `ours`."""
    allow = _entries(current.get("allow"))
    too_wide = [entry for entry in allow if not _within(entry, wanted["allow"])]
    shut_out = [server for server in ours if not _within(server, allow)]
    denied = [entry for entry in _entries(current.get("deny")) if any(_touches(entry, server) for server in ours)]
    literal = wanted["allow_ip_literals"] and current.get("allow_ip_literals") is False
    return not (too_wide or shut_out or denied or literal)


def is_among(server: str, globs: Iterable[str]) -> bool:
    """Whether one of the globs names a server, whatever its port."""
    return any(_within(name, globs) for name in spellings(server))


def described(current: Mapping[str, Any]) -> str:
    """An ACL in a line, the same for any order of its entries."""
    allow, deny = sorted(_entries(current.get("allow"))), sorted(_entries(current.get("deny")))
    return ", ".join(allow) + (f" (−{', '.join(deny)})" if deny else "")


def _entries(value: Any) -> list[str]:
    return [entry.lower() for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _within(entry: str, globs: Iterable[str]) -> bool:
    """Whether everything that a glob names is named by one of `globs`; where that is not clear, no."""
    return any(entry == glob or _pattern(glob).fullmatch(entry) for glob in globs)


def _touches(entry: str, server: str) -> bool:
    """Whether a glob and another may name the same server."""
    if _WILD.search(entry) and _WILD.search(server):
        return True
    return bool(_pattern(entry).fullmatch(server) or _pattern(server).fullmatch(entry))


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile("".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in glob), re.DOTALL)
