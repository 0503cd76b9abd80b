"""Keys that a config may hold already and that this version does not act on. Building one means taking its line out."""

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bridge.config.addresses import Listen
from bridge.config.model import Config
from bridge.config.schema import ANY_NAME, Path, dotted, fields_of

PENDING: frozenset[tuple[str, ...]] = frozenset(
    {
        ("encryption",),
        ("spaces", ANY_NAME, "triage_room"),
        ("spaces", ANY_NAME, "externals"),
        ("spaces", ANY_NAME, "enforce"),
        ("spaces", ANY_NAME, "room"),
        ("spaces", ANY_NAME, "mark"),
        ("spaces", ANY_NAME, "retention"),
        ("spaces", ANY_NAME, "ask_experts"),
        ("spaces", ANY_NAME, "cost_per_question"),
        ("enforcement",),
        ("teams",),
        ("calendar",),
        ("rules",),
        ("web", "public_url"),
    }
)


def is_pending(path: Path) -> bool:
    """Whether a key, or a section that it is in, is not acted on yet. Names are given as `NAME`."""
    return any(path[: len(pattern)] == pattern for pattern in PENDING)


def notices(config: Config, base: FilePath) -> tuple[str, ...]:
    """What an operator ought to know about a config that is right: above all what it asks for in vain."""
    asked = [found for pattern in sorted(PENDING) for found in _at(config, pattern, ())]
    vain = (dotted(path) for path, value, field in asked if value != _default(value, field, base))
    return (*(f"{path}: accepted, not acted on by this version" for path in vain), *_port_notice(config))


def _default(value: Any, field: FieldInfo, base: FilePath) -> Any:
    """What asks for nothing. A section by its own defaults, which may depend on the folder of the config."""
    if field.default is not None and isinstance(value, BaseModel):
        return type(value).model_validate({}, context={"base": base})
    return field.default


Found = tuple[Path, Any, FieldInfo]


def _at(value: Any, pattern: tuple[str, ...], path: Path) -> Iterator[Found]:
    """Where a pattern leads, with what stands there and how it is declared."""
    first, *rest = pattern
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _at(inner, (*rest,), (*path, name))
    elif isinstance(value, BaseModel):
        yield from _in_section(value, first, (*rest,), (*path, first))


def _in_section(section: BaseModel, key: str, rest: tuple[str, ...], path: Path) -> Iterator[Found]:
    value = getattr(section, key)
    if rest:
        yield from _at(value, rest, path)
    elif key in section.model_fields_set:
        yield path, value, fields_of(type(section))[key][1]


def _port_notice(config: Config) -> Iterator[str]:
    """A proxy may stand between, so this is no error; it is more often a slip."""
    service = config.appservice
    if service and service.listen.loopback and not _leads_to(service.url, service.listen):
        yield f"appservice.url: its port is not that of appservice.listen, {service.listen}; right only behind a proxy"


def _leads_to(url: str, listen: Listen) -> bool:
    """Whether a URL, where it is one of this machine, ends at the port."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return port == listen.port or not Listen(parts.hostname or "", port).loopback
