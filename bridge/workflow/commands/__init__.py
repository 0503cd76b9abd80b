"""Every module here declares one command as `COMMAND`; a new file is a new command."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bridge.chat.command import Command, Commands


@cache
def commands() -> Commands:
    """All declared commands, by module name."""
    found: list[Command] = [
        import_module(f"{__name__}.{module.name}").COMMAND for module in sorted(iter_modules(__path__))
    ]
    return Commands(tuple(found))
