"""Which commands somebody may use where they write; what they may not use is not there for them."""

from bridge.chat.command import Command, Users
from bridge.domain.people import is_ours
from bridge.domain.spaces import OPEN_LEVELS
from bridge.workflow.desk import Desk


def may_use(command: Command, desk: Desk) -> bool:
    """By the class of the writer, and for helpers by how open the space is."""
    if command.users is Users.EVERYONE or is_ours(desk.sender, desk.policy.people):
        return True
    place = desk.place
    return command.users is Users.HELPERS and place is not None and place.space.level in OPEN_LEVELS


def usable(desk: Desk) -> tuple[str, ...]:
    """The names of the commands that the writer may use here, in the order of their declaration."""
    declared = desk.policy.setting.commands.declared
    return tuple(c.name for c in declared if may_use(c, desk) and (c.in_private or not desk.private))
