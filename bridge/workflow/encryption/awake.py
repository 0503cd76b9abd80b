"""Our Olm account between two uses: to wake one from its pickle computes all its one-time keys anew, milliseconds."""

from bridge.crypto.ratchets import Account


class Awake:
    """Holds the account as one pickle describes it. Who takes it may change it; it is kept again with its new pickle.

    A transaction that is rolled back leaves nothing: the pickle of before finds no account here and wakes its own.
    """

    def __init__(self) -> None:
        self._last: tuple[str, Account] | None = None

    def take(self, pickle: str) -> Account | None:
        last, self._last = self._last, None
        return last[1] if last is not None and last[0] == pickle else None

    def keep(self, pickle: str, account: Account) -> None:
        self._last = (pickle, account)
