"""How a room says that people from outside are in it: words in its name or topic, and a state event for programs."""

from collections.abc import Iterable
from typing import Any

from bridge.domain.spaces import Level, Space

LABEL = "org.askbridge.space"
_BEFORE = " · "


def is_open_to_others(space: Space) -> bool:
    return space.level is not Level.INTERNAL


def unmarked_name(name: str, marks: Iterable[str]) -> str:
    """A name without the mark, in whatever language and however often it stands there."""
    words = [word for word in marks if word]
    kept = name.rstrip()
    while True:
        if kept in words:
            return ""
        mark = next((word for word in words if kept.endswith(_BEFORE + word)), None)
        if mark is None:
            return kept if kept != name.rstrip() else name
        kept = kept.removesuffix(_BEFORE + mark).rstrip()


def marked_name(name: str, mark: str) -> str:
    """`name` has no mark yet."""
    return f"{name.rstrip()}{_BEFORE}{mark}" if name.strip() else mark


def unmarked_topic(topic: str, marks: Iterable[str]) -> str:
    words = {word for word in marks if word}
    first, _, rest = topic.partition("\n")
    while first.strip() in words:
        topic = rest
        first, _, rest = topic.partition("\n")
    return topic


def marked_topic(topic: str, mark: str) -> str:
    return f"{mark}\n{topic}" if topic else mark


def label(space: Space) -> dict[str, Any]:
    """The content of the state event: level and policy. Partners' servers are nobody's business."""
    wanted = {name: getattr(space.room, name) for name in _SAID}
    return {
        "space": space.name,
        "level": space.level.value,
        "externals": is_open_to_others(space),
        "room": {name: value for name, value in wanted.items() if value is not None},
    }


_SAID = (
    *("join_rule", "history_visibility", "guest_access", "encrypted"),
    *("listed", "federated", "integrations", "outsider_power"),
)
