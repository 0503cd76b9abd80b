"""One `/sync`, asked with the token, timeout and filter of the caller's choice. Nothing is remembered or retried."""

import orjson

from bridge.matrix.answers import a_string, an_object
from bridge.matrix.client import V3, HomeserverClient
from bridge.workflow.ports import JsonObject

MARGIN = 30.0
"""Seconds that an answer may take beyond the long poll itself."""


class SyncClient:
    """`raw_sync` raises only RetryLater and GiveUp. Closing the client is left to whom it belongs to."""

    def __init__(self, client: HomeserverClient) -> None:
        self._client = client

    async def raw_sync(self, since: str | None, timeout_ms: int, sync_filter: JsonObject) -> JsonObject:
        """The parsed answer, certain to be an object with a `next_batch`; everything else in it may be anything."""
        query = {"timeout": str(timeout_ms), "filter": orjson.dumps(sync_filter).decode()}
        if since is not None:
            query["since"] = since
        patience = timeout_ms / 1000 + MARGIN
        answer = await self._client.request("GET", f"{V3}/sync", query=query, name="sync", patience=patience)
        a_string(answer, "next_batch")
        return an_object(answer)
