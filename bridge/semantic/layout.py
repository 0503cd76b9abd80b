"""How codes lie on disk and in memory. Needs nothing but the standard library."""

from hashlib import blake2s

CODE_BYTES = 64
"""One bit for each of the 512 dimensions."""
PLACE_BYTES = 4
BLOCK = 128
"""Questions in a block: those with consecutive numbers, from a multiple of this on."""


def place_of(room_id: str) -> bytes:
    """A room in four bytes. Two rooms may share them: whoever asks looks at what was found once more."""
    return blake2s(room_id.encode(), digest_size=PLACE_BYTES).digest()
