"""Reading small files that a config names, with the reason in words where it cannot be done."""

from pathlib import Path


class Unreadable(Exception):
    """A file cannot be read; the text says why, in words."""


def read_bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        raise Unreadable("no such file") from None
    except IsADirectoryError:
        raise Unreadable("a directory, not a file") from None
    except PermissionError:
        raise Unreadable("a file that may not be read: permission denied") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "not a usable path"
        raise Unreadable(f"a file that cannot be read: {reason.lower()}") from None
    if len(content) > most:
        raise Unreadable(f"a file larger than {most // 1024} KiB")
    return content
