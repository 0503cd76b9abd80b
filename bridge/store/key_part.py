"""What the parts of `KeyRows` have in common."""

from bridge.store.held_keys import HeldKeys
from bridge.store.session import Session


class KeyPart:
    """Some of the rows about keys, within one transaction. Each part does its own, and then what the next ones do."""

    def __init__(self, session: Session, held: HeldKeys) -> None:
        self._session = session
        self._held = held

    def forget_sessions(self) -> None:
        """Forget Olm and outbound sessions, and what is in transit."""

    def prune(self, now: int, limit: int) -> int:  # noqa: ARG002 (for the parts)
        """Forget up to `limit` rows of each kind that are of no use any more; the most of any kind."""
        return 0

    def flush(self) -> None:
        """Write what is buffered."""

    def publish(self) -> None:
        """After the commit: what is held in memory follows."""
