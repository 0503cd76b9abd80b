"""askbridge: questions in Matrix rooms, tracked to an accepted answer."""

__version__: str


def __getattr__(name: str) -> str:
    """The version, looked up when asked for: inside a homeserver, importing this package must cost nothing."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("askbridge")
