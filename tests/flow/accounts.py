"""The bot's account on a make-believe homeserver: identity, account data, backup; and what asks for a password."""

from collections.abc import Collection, Mapping
from typing import Any

from bridge.workflow.ports import GiveUp, JsonObject, NeedsAuthentication

ME, DEVICE = "@qa:example.org", "BOTDEVICE"


class Account:
    """Fills KeyServer. `flows`: what an upload of an identity has to pass, `password` what is right."""

    def __init__(self) -> None:
        self.identity: JsonObject = {}
        self.devices: dict[str, dict[str, JsonObject]] = {}
        self.others: dict[str, JsonObject] = {}
        self.data: dict[str, JsonObject] = {}
        self.backup: JsonObject | None = None
        self.rooms: dict[str, dict[str, Any]] = {}
        self.flows: list[list[str]] = []
        self.params: JsonObject = {}
        self.password = "right"
        self.uploads = 0
        self.sent: list[tuple[str, str, str, JsonObject]] = []
        """To-device: event type, user, device, content."""

    async def upload_keys(self, body: JsonObject) -> int:
        if keys := body.get("device_keys"):
            self.devices.setdefault(keys["user_id"], {})[keys["device_id"]] = keys
        return 50

    async def query_keys(self, user_ids: Collection[str]) -> JsonObject:
        answer: JsonObject = {"device_keys": {who: dict(self.devices.get(who, {})) for who in user_ids}}
        for name in ("master", "self_signing", "user_signing"):
            known = self.others | {ME: self.identity}
            answer[f"{name}_keys"] = {
                who: known[who][f"{name}_key"] for who in user_ids if f"{name}_key" in known.get(who, {})
            }
        return answer

    async def claim_keys(self, devices: Mapping[str, Collection[str]]) -> JsonObject:
        return {}

    async def send_to_device(self, event_type: str, messages: JsonObject, txn_id: str) -> None:
        for user_id, devices in messages.items():
            self.sent += [(event_type, user_id, device, content) for device, content in devices.items()]

    async def upload_identity(self, body: JsonObject, auth: JsonObject | None = None) -> None:
        if self.flows and (auth is None or auth.get("password") != self.password):
            raise NeedsAuthentication(self.flows, "s1", self.params, "no" if auth is None else "Invalid password")
        self.uploads += 1
        self.identity = body

    async def upload_signatures(self, body: JsonObject) -> JsonObject:
        for user_id, signed in body.items():
            for name, thing in signed.items():
                if name not in self.devices.get(user_id, {}):
                    return {user_id: {name: {"errcode": "M_NOT_FOUND"}}}
                self.devices[user_id][name] = thing
        return {}

    async def account_data(self, event_type: str) -> JsonObject | None:
        return self.data.get(event_type) or None

    async def set_account_data(self, event_type: str, content: JsonObject) -> None:
        self.data[event_type] = content

    async def backup_version(self) -> JsonObject | None:
        return self.backup

    async def create_backup(self, algorithm: str, auth_data: JsonObject) -> str:
        version = str(int(self.backup["version"]) + 1 if self.backup else 1)
        self.replaces_backup(algorithm, auth_data, version)
        return version

    def replaces_backup(self, algorithm: str, auth_data: JsonObject, version: str) -> None:
        self.backup = {"version": version, "algorithm": algorithm, "auth_data": auth_data}
        self.rooms = {}

    async def put_backed_up(self, version: str, rooms: JsonObject) -> None:
        if self.backup is None or self.backup["version"] != version:
            raise GiveUp("M_WRONG_ROOM_KEYS_VERSION", "no")
        for room_id, held in rooms.items():
            self.rooms.setdefault(room_id, {"sessions": {}})["sessions"] |= held["sessions"]

    async def get_backed_up(self, version: str) -> JsonObject:
        return self.rooms
