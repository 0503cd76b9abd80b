"""What an operator ought to know about a config that is right: what it asks for in vain, and what looks like a slip."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bridge.config import unmatched
from bridge.config.addresses import Listen
from bridge.config.globs import names, names_everybody, names_strangers_servers
from bridge.config.model import Config, Space
from bridge.config.openness import CLOSED, is_more_open
from bridge.config.pending import in_vain

MODERATES = 50
"""The power level from which on somebody is a moderator."""


def notices(config: Config, base: Path) -> tuple[str, ...]:
    spaces = (notice for name, space in config.spaces.items() for notice in _space(f"spaces.{name}", space, config))
    rules = (*unmatched.teams(config), *unmatched.never(config))
    return (*in_vain(config, base), *_people(config), *spaces, *rules, *_port(config))


def _people(config: Config) -> Iterator[str]:
    people = config.people
    for key, globs in (("staff", people.staff), ("trusted", people.trusted)):
        for i, glob in enumerate(globs):
            if names_everybody(glob):
                yield f"people.{key}[{i}]: names everybody of every server, who are all treated as people of yours"
            elif names_strangers_servers(glob):
                yield f"people.{key}[{i}]: anybody can set up a server that this names; *.example.org is safer"
            if glob in people.denied:
                yield f"people.{key}[{i}]: stands in people.denied, too, which goes before"
    for i, moderator in enumerate(people.moderators):
        if any(names(glob, moderator) for glob in people.denied):
            yield f"people.moderators[{i}]: is named by people.denied, too, which goes before"


def _space(path: str, space: Space, config: Config) -> Iterator[str]:
    yield from _outsiders(path, space)
    yield from _servers(path, space, config)
    levels = [config.spaces[name].level for name in space.shares_with]
    if space.even_if_more_open and not any(is_more_open(level, space.level) for level in levels):
        yield f"{path}.even_if_more_open: shares_with names no space that is more open"


def _outsiders(path: str, space: Space) -> Iterator[str]:
    externals = space.externals
    if space.level == "internal" and externals.model_fields_set:
        yield f"{path}.externals: nobody from outside has a place in an internal space; level: extranet lets them in"
    if space.level == "internal" and space.mark != "none":
        yield f"{path}.mark: rooms of an internal space are never open to externals"
    if "terms_grace" in externals.model_fields_set and externals.terms is None:
        yield f"{path}.externals.terms_grace: there are no terms"
    if (space.room.outsider_power or 0) >= MODERATES:
        yield f"{path}.room.outsider_power: who has {MODERATES} or more is a moderator, also of questions"


def _servers(path: str, space: Space, config: Config) -> Iterator[str]:
    own = config.bot.user_id.partition(":")[2]
    foreign = set(space.externals.servers) != {own}
    if space.level == "extranet" and space.room.federated is False and foreign:
        yield f"{path}.room.federated: nobody from another server can join rooms that do not federate"
    if space.room.server_acl is None:
        return
    if space.level not in CLOSED:
        yield f"{path}.room.server_acl: keeps out the servers of people whom a {space.level} space lets in"
    elif space.level == "extranet" and not space.externals.servers:
        yield f"{path}.room.server_acl: externals.servers names no partner, whose server might be let in"


def _port(config: Config) -> Iterator[str]:
    """A proxy may stand between, so this is no error; it is more often a slip."""
    service = config.appservice
    if service and service.listen.loopback and not _leads_to(service.url, service.listen):
        yield f"appservice.url: its port is not that of appservice.listen, {service.listen}; right only behind a proxy"


def _leads_to(url: str, listen: Listen) -> bool:
    """Whether a URL, where it is one of this machine, ends at the port."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return port == listen.port or not Listen(parts.hostname or "", port).loopback
