"""What the parts of `KeyRows` have in common."""

from bridge.store.held_keys import HeldKeys
from bridge.store.session import Session


class KeyPart:
    """Some of the rows about keys, within one transaction. Each part does its own, and then what the next ones do."""

    def __init__(self, session: Session, held: HeldKeys) -> None:
        self._session = session
        self._held = held

    def start_anew(self) -> None:
        """Forget our device with all its Olm and outbound sessions; room keys and secrets stay."""

    def flush(self) -> None:
        """Write what is buffered."""

    def publish(self) -> None:
        """After the commit: what is held in memory follows."""
