"""What all ways of asking `/sync` again and again share: a token of our own keeping, and pauses that grow."""

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Literal

import structlog

from bridge.matrix.errors import UNKNOWN_TOKEN, DeviceGone, SignedOut
from bridge.matrix.sync_answer import key_news
from bridge.matrix.sync_client import SyncClient
from bridge.workflow.ports import Batch, GiveUp, Intake, JsonObject, KeyNews, RetryLater

log = structlog.get_logger(__name__)

_LONGEST_PAUSE = 30.0
_FIRST_PAUSE = 0.5


class SyncLoop(ABC):
    """Fills the Transport port by long-polling; `problem` says what is wrong at the moment, or is None."""

    name: str
    source: Literal["sync", "keys"]
    """Under which the intake keeps the token."""

    def __init__(
        self,
        client: SyncClient,
        intake: Intake,
        bot_user_id: str,
        *,
        timeout_ms: int = 30_000,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.started = False
        self.problem: str | None = None
        self._client = client
        self._intake = intake
        self._bot = bot_user_id
        self._timeout_ms = timeout_ms
        self._sleep = sleep
        self._failures = 0
        self._counted: KeyNews | None = None

    async def run(self) -> None:
        """Feed the intake until cancelled; raises only SignedOut."""
        since = None
        while True:
            since = await self._try_round(since)

    @abstractmethod
    def _filter(self, since: str | None) -> JsonObject: ...

    @abstractmethod
    async def _accept(self, answer: JsonObject, since: str | None) -> bool:
        """Hand over what is new, and tell whether anything was."""

    async def _try_round(self, since: str | None) -> str | None:
        try:
            since = since or await self._intake.sync_token(self.source)
            since = await self._round(since)
        except DeviceGone as error:
            raise SignedOut(f"the device of {self._bot} was deleted; a new start makes another: {error}") from error
        except RetryLater as error:
            await self._pause(error.reason, error.after)
        except GiveUp as error:
            if error.code == UNKNOWN_TOKEN:
                raise SignedOut(f"the homeserver refuses the access token of {self._bot}: {error.reason}") from error
            await self._pause(str(error), _LONGEST_PAUSE)
        except Exception as error:
            log.exception("sync failed by a bug or by the database")
            await self._pause(f"{type(error).__name__}: {error}", 0)
        else:
            self._failures, self.problem, self.started = 0, None, True
        return since

    async def _round(self, since: str | None) -> str:
        asked = monotonic()
        # The first answer, also after a failure, says that we are connected: in quiet rooms it must not take the
        # whole long poll.
        patience = self._timeout_ms if self.started and not self._failures else 0
        answer = await self._client.raw_sync(since, patience, self._filter(since))
        if not await self._accept(answer, since) and monotonic() - asked < 0.01:
            # A homeserver that answers "nothing" at once would otherwise keep us spinning.
            await self._sleep(0.05)
        return str(answer["next_batch"])

    async def _hand_over(self, events: Sequence[JsonObject], answer: JsonObject, since: str | None) -> bool:
        """Accept what stands at the end of an answer, with its token and its news of keys, if there is anything new.

        Every answer counts our keys: a count that was accepted before is no news.
        """
        cursor, keys = answer["next_batch"], key_news(answer)
        if not events and cursor == since and keys in (KeyNews(), self._counted):
            return False
        await self._intake.accept(Batch(self.source, events, cursor, keys))
        self._counted = KeyNews(one_time_keys=keys.one_time_keys, unused_fallback=keys.unused_fallback)
        return True

    async def _pause(self, problem: str, after: float) -> None:
        self.problem = problem
        self._failures += 1
        grown = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(self._failures, 10))
        seconds = max(after, grown * random.uniform(0.5, 1))
        log.warning("sync waits", source=self.source, reason=problem, seconds=round(seconds, 2))
        await self._sleep(seconds)
