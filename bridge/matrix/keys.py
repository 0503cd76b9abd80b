"""The homeserver's endpoints for end-to-end encryption (Client-Server API, "End-to-end encryption")."""

from collections.abc import Collection, Mapping
from urllib.parse import quote

from bridge.matrix import errors
from bridge.matrix.answers import a_part, a_string, an_object
from bridge.matrix.client import V3, HomeserverClient, encoded
from bridge.workflow.ports import GiveUp, JsonObject

ONE_TIME_KEY = "signed_curve25519"
OTHER_SERVERS_MS = 10_000
"""How long our homeserver may wait for those of other people; who did not answer then stands under `failures`."""
BACKUP_PATIENCE = 120.0
"""Seconds for what a backup holds: all keys of all rooms come at once."""


class KeyRequests:
    """Fills the KeyServer port for the client's account and device."""

    def __init__(self, client: HomeserverClient) -> None:
        self._client = client

    async def upload_keys(self, body: JsonObject) -> int:
        answer = await self._client.request("POST", f"{V3}/keys/upload", body, name="keys_upload")
        count = a_part(answer, "one_time_key_counts").get(ONE_TIME_KEY, 0)
        if not isinstance(count, int) or isinstance(count, bool):
            raise errors.malformed(f"the count of {ONE_TIME_KEY} is no number")
        return count

    async def query_keys(self, user_ids: Collection[str]) -> JsonObject:
        body = {"device_keys": {user_id: [] for user_id in user_ids}, "timeout": OTHER_SERVERS_MS}
        return an_object(await self._client.request("POST", f"{V3}/keys/query", body, name="keys_query"))

    async def claim_keys(self, devices: Mapping[str, Collection[str]]) -> JsonObject:
        wanted = {user_id: dict.fromkeys(device_ids, ONE_TIME_KEY) for user_id, device_ids in devices.items()}
        body = {"one_time_keys": wanted, "timeout": OTHER_SERVERS_MS}
        return an_object(await self._client.request("POST", f"{V3}/keys/claim", body, name="keys_claim"))

    async def send_to_device(self, event_type: str, messages: JsonObject, txn_id: str) -> None:
        path = f"{V3}/sendToDevice/{encoded(event_type)}/{quote(txn_id, safe='')}"
        await self._client.request("PUT", path, {"messages": messages}, name="send_to_device")

    async def upload_identity(self, body: JsonObject, auth: JsonObject | None = None) -> None:
        asked = body if auth is None else body | {"auth": auth}
        await self._client.request("POST", f"{V3}/keys/device_signing/upload", asked, name="identity_upload")

    async def upload_signatures(self, body: JsonObject) -> JsonObject:
        answer = await self._client.request("POST", f"{V3}/keys/signatures/upload", body, name="signatures_upload")
        failures = an_object(an_object(answer).get("failures", {}))
        return {user_id: failed for user_id in failures if (failed := a_part(failures, user_id))}

    async def account_data(self, event_type: str) -> JsonObject | None:
        answer = await self._found(self._account_data_path(event_type), "account_data")
        return answer or None

    async def set_account_data(self, event_type: str, content: JsonObject) -> None:
        await self._client.request("PUT", self._account_data_path(event_type), content, name="set_account_data")

    async def backup_version(self) -> JsonObject | None:
        answer = await self._found(f"{V3}/room_keys/version", "backup_version")
        if answer is not None:
            _check_backup(answer)
        return answer

    async def create_backup(self, algorithm: str, auth_data: JsonObject) -> str:
        body = {"algorithm": algorithm, "auth_data": auth_data}
        return a_string(await self._client.request("POST", f"{V3}/room_keys/version", body, name="backup"), "version")

    async def put_backed_up(self, version: str, rooms: JsonObject) -> None:
        await self._backed_up("PUT", version, {"rooms": rooms})

    async def get_backed_up(self, version: str) -> JsonObject:
        return a_part(await self._backed_up("GET", version, None), "rooms")

    async def _backed_up(self, method: str, version: str, body: JsonObject | None) -> JsonObject:
        query, name = {"version": version}, f"backup_{method.lower()}"
        path = f"{V3}/room_keys/keys"
        return an_object(
            await self._client.request(method, path, body, query=query, name=name, patience=BACKUP_PATIENCE)
        )

    async def _found(self, path: str, name: str) -> JsonObject | None:
        try:
            return an_object(await self._client.request("GET", path, name=name))
        except GiveUp as refusal:
            if refusal.code != "M_NOT_FOUND":
                raise
            return None

    def _account_data_path(self, event_type: str) -> str:
        return f"{V3}/user/{encoded(self._client.bot_user_id)}/account_data/{encoded(event_type)}"


def _check_backup(answer: JsonObject) -> None:
    a_string(answer, "version")
    a_string(answer, "algorithm")
    a_part(answer, "auth_data")
