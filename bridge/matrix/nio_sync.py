"""matrix-nio's client, made to hand out `/sync` answers as they came.

nio reads an answer event by event against JSON schemas. An entry that is no object, or a timestamp that is no number,
makes it raise and lose the whole answer, again at every try; a wrong type further out becomes a SyncError without a
token. So the body is read here, and nio is given only what it needs for its own state.
"""

from typing import Any

from nio import AsyncClient, AsyncClientConfig, DeviceList, DeviceOneTimeKeyCount, Rooms, SyncResponse

from bridge.matrix import errors
from bridge.matrix.answers import a_string, an_object, read_answer
from bridge.workflow.ports import GiveUp, JsonObject, RetryLater


class SyncClient(AsyncClient):  # type: ignore[misc]
    """An AsyncClient whose `raw_sync` raises only RetryLater and GiveUp, and never retries by itself."""

    def __init__(self, base_url: str, user_id: str, access_token: str, device_id: str | None = None) -> None:
        config = AsyncClientConfig(
            encryption_enabled=False, store_sync_tokens=False, max_limit_exceeded=0, max_timeouts=0
        )
        super().__init__(base_url.rstrip("/"), user_id, device_id=device_id or "", config=config)
        self.user_id = user_id
        self.access_token = access_token

    async def raw_sync(self, since: str | None, timeout_ms: int, sync_filter: JsonObject) -> JsonObject:
        """The parsed answer, certain to be an object with a `next_batch`; everything else in it may be anything."""
        # nio falls back to its own memory of the token, which may be ahead of what the intake accepted.
        self.next_batch = since or ""
        try:
            response = await self.sync(timeout=timeout_ms, sync_filter=sync_filter, since=since)
        except (RetryLater, GiveUp):
            raise
        except Exception as error:
            raise errors.from_exception(error, self.homeserver) from error
        return an_object(response.raw)

    async def create_matrix_response(
        self, response_class: type, transport_response: Any, data: Any = None, save_to: Any = None
    ) -> Any:
        if response_class is not SyncResponse:
            return await super().create_matrix_response(response_class, transport_response, data, save_to)
        body = await transport_response.read()
        response = _for_nio(read_answer(transport_response.status, transport_response.headers, body))
        response.transport_response = transport_response
        return response


def _for_nio(raw: object) -> Any:
    """What nio needs to see of an answer. Without encryption that is the token alone; `raw` carries the rest."""
    response = SyncResponse(
        a_string(raw, "next_batch"), Rooms({}, {}, {}), DeviceOneTimeKeyCount(None, None), DeviceList([], []), [], []
    )
    response.raw = raw
    return response
