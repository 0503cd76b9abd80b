"""Somebody who lives in the town: a Matrix client that does what a person with Element would do."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import uuid4

from bridge.demo.homeserver import LocalHomeserver
from bridge.matrix.client import V3, HomeserverClient, encoded
from bridge.workflow.ports import GiveUp, JsonObject

PASSWORD = "demo-town"
_DEVICE = "DEMO"


class Person:
    """`name` is the local part of the id, and how the person is shown once it has a capital."""

    def __init__(self, name: str, client: HomeserverClient) -> None:
        self.name = name
        self.client = client

    @property
    def user_id(self) -> str:
        return self.client.bot_user_id

    async def says(
        self, room: str, body: str, *, thread: str = "", reply_to: str = "", mentions: Sequence[str] = ()
    ) -> str:
        """Returns the event id; `thread` and `reply_to` are event ids."""
        content: JsonObject = {"msgtype": "m.text", "body": body} | _relation(thread, reply_to)
        if mentions:
            content["m.mentions"] = {"user_ids": list(mentions)}
        return await self._sends(room, "m.room.message", content)

    async def edits(self, room: str, event_id: str, body: str, *, mentions: Sequence[str] = ()) -> str:
        new = {"msgtype": "m.text", "body": body, "m.mentions": {"user_ids": list(mentions)}}
        relation = {"rel_type": "m.replace", "event_id": event_id}
        content = {"msgtype": "m.text", "body": f"* {body}", "m.new_content": new, "m.relates_to": relation}
        return await self._sends(room, "m.room.message", content)

    async def reacts(self, room: str, event_id: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self._sends(room, "m.reaction", {"m.relates_to": relation})

    async def creates_room(self, alias: str, name: str, topic: str, *, public: bool, invite: Sequence[str]) -> str:
        """Returns the room id."""
        body = {
            "room_alias_name": alias,
            "name": name,
            "topic": topic,
            "preset": "public_chat" if public else "private_chat",
            "visibility": "public" if public else "private",
            "invite": list(invite),
        }
        answer = await self.client.request("POST", f"{V3}/createRoom", body, name="create_room")
        return str(answer["room_id"])

    async def joins(self, room: str) -> None:
        """Join, where that is possible."""
        with suppress(GiveUp):
            await self.client.join(room)

    async def _sends(self, room: str, event_type: str, content: JsonObject) -> str:
        return await self.client.send(room, event_type, content, uuid4().hex)


def _relation(thread: str, reply_to: str) -> JsonObject:
    if not thread:
        return {"m.relates_to": {"m.in_reply_to": {"event_id": reply_to}}} if reply_to else {}
    answered = {"is_falling_back": not reply_to, "m.in_reply_to": {"event_id": reply_to or thread}}
    return {"m.relates_to": {"rel_type": "m.thread", "event_id": thread} | answered}


async def has_account(server: LocalHomeserver, name: str) -> bool:
    """Make the account where there is none; true where there was one."""
    async with HomeserverClient(server.url, "", f"@{name}:{server.server_name}") as client:
        try:
            await client.request("GET", f"{V3}/profile/{encoded(client.bot_user_id)}", name="profile")
        except GiveUp:
            await server.register(name, password=PASSWORD)
            return False
        return True


async def signs_in(server: LocalHomeserver, name: str) -> Person:
    """The person of that name, new in town or not. Their client is to be closed."""
    await has_account(server, name)
    client = HomeserverClient(server.url, "", f"@{name}:{server.server_name}", timeout=60)
    login = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": name},
        "password": PASSWORD,
        "device_id": _DEVICE,
        "initial_device_display_name": "the demo",
    }
    try:
        client.access_token = str((await client.request("POST", f"{V3}/login", login, name="login"))["access_token"])
    except BaseException:
        await client.close()
        raise
    return Person(name, client)
