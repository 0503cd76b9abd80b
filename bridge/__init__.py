"""askbridge: questions in Matrix rooms, tracked to an accepted answer."""

from importlib.metadata import version

__version__ = version("askbridge")
