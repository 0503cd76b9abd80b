"""The way in for keys beside pushed events: `/sync` for to-device events, counts of keys and changed devices alone.

Transactions of an application service carry none of these, unless an operator turned experiments on.
"""

from typing import Literal

from bridge.matrix.sync_answer import keys_filter
from bridge.matrix.sync_loop import SyncLoop
from bridge.workflow.ports import JsonObject


class KeySync(SyncLoop):
    """Fills the Transport port. The client must act with the device whose keys are meant."""

    name = "keys"
    source: Literal["sync", "keys"] = "keys"

    def _filter(self, since: str | None) -> JsonObject:  # noqa: ARG002 (the first is as the others)
        return keys_filter()

    async def _accept(self, answer: JsonObject, since: str | None) -> bool:
        return await self._hand_over([], answer, since)
