"""A number in a file, by which a database that was replaced by an older one is known."""

import os
from pathlib import Path


class EpochFile:
    """Kept only where its folder is there already. What cannot be read counts as not noted."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.epoch"

    def read(self) -> int:
        try:
            return int(self._path.read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def write(self, epoch: int) -> None:
        """On the disk when this returns. OSError where that cannot be."""
        folder = self._path.parent
        if not folder.is_dir():
            return
        partial = self._path.with_suffix(".partial")
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{epoch}\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._path)
        directory = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
