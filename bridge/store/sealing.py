"""What is kept of words from encrypted rooms (`encryption.tracking`), and how those that wait to be sent are hidden."""

from dataclasses import dataclass

from bridge.crypto.errors import CryptoError
from bridge.crypto.sealed import Sealer
from bridge.store.errors import StoreError
from bridge.workflow.effects import (
    Acknowledge,
    DigestToPerson,
    DigestToRoom,
    EditCard,
    Effect,
    Invite,
    JoinRoom,
    LearnRoom,
    MendRoom,
    PostCard,
    Remove,
    SayByRule,
    SayInTriage,
    ShowGaps,
    ShowQuestion,
    TakeBackInvite,
    Tell,
)

WORDLESS: tuple[type[Effect], ...] = (
    *(
        DigestToRoom,
        DigestToPerson,
        PostCard,
        EditCard,
        SayByRule,
        SayInTriage,
        ShowGaps,
        ShowQuestion,
        Acknowledge,
        Tell,
    ),
    *(Remove, Invite, TakeBackInvite, MendRoom, JoinRoom, LearnRoom),
)
"""Effects of numbers, ids and keys of ours alone. What any other one holds may be somebody's words."""
WORDLESS_KINDS = frozenset(effect.kind for effect in WORDLESS)
MARK = "sealed:"
"""No JSON begins like this."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """`textless`: nothing that somebody wrote in an encrypted room is kept (`tracking: metadata`).

    With a sealer, what was sealed before can be opened, also where text is kept by now.
    """

    textless: bool = False
    sealer: Sealer | None = None

    def seal(self, kind: str, payload: str) -> str:
        """The payload of an effect as it may lie on disk."""
        if not self.textless or kind in WORDLESS_KINDS:
            return payload
        return MARK + self._sealer().seal(payload)

    def hide(self, payload: str) -> str:
        """An event that came in clear into an encrypted room, as it may lie on disk until it is handled."""
        return MARK + self._sealer().seal(payload)

    def open(self, payload: str) -> str:
        """The payload of an effect or event as JSON."""
        if not payload.startswith(MARK):
            return payload
        try:
            return self._sealer().open(payload[len(MARK) :])
        except CryptoError as error:
            raise StoreError(
                "sealed", "what waits was sealed with another encryption.pickle_key; give that one back"
            ) from error

    def _sealer(self) -> Sealer:
        if self.sealer is None:
            raise StoreError(
                "sealed",
                "encryption.tracking is, or was, metadata: what waits is sealed, "
                "and cannot be read without encryption.pickle_key",
            )
        return self.sealer


ALL_TEXT = Keeping()
"""`tracking: full`, and nothing was ever sealed."""
