"""What patterns of user ids name, as far as a config must know it; `bridge.domain.people` decides about people."""

import re
from fnmatch import fnmatchcase

_JOKER = re.compile(r"[*?]")


def server_of(glob: str) -> str:
    return glob.partition(":")[2]


def names(glob: str, user_id: str) -> bool:
    """Whether a glob names somebody; as everywhere, `*` and `?` stop at a colon."""
    parts, patterns = user_id.split(":"), glob.replace("[", "[[]").split(":")
    return len(parts) == len(patterns) and all(map(fnmatchcase, parts, patterns))


def names_everybody(glob: str) -> bool:
    """Whether neither the name nor the server is said."""
    return not re.search(r"[^*?@.:]", glob)


def names_strangers_servers(glob: str) -> bool:
    """Whether anybody could register a server that the glob names: `*example.org` is `evilexample.org`, too."""
    labels = re.sub(r":[0-9*?]+$", "", server_of(glob)).split(".")
    return any(_JOKER.search(label) for label in labels[-2:])
