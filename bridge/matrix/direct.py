"""Direct chats: found again, or made so that making them twice gives the same room.

A crash may fall between any two requests. The room's alias is derived from the two people in it, so that a second
attempt to make it is refused by the homeserver and leads to the first one's room.
"""

import asyncio
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import quote

from bridge.matrix.answers import a_string, an_object, strings
from bridge.workflow.encryption.records import MEGOLM
from bridge.workflow.ports import GiveUp, JsonObject

_V3 = "/_matrix/client/v3"
_THERE = ("join", "invite", "knock")


class Requests(Protocol):
    """The part of the client that direct rooms need."""

    bot_user_id: str

    async def join(self, room: str, via: Sequence[str] = ()) -> str: ...
    async def joined_rooms(self) -> list[str]: ...
    async def resolve(self, alias: str) -> tuple[str, list[str]]: ...
    async def room_state(self, room_id: str) -> list[JsonObject]: ...
    async def invite(self, room_id: str, user_id: str) -> None: ...
    async def state_content(self, room_id: str, event_type: str, state_key: str = "") -> JsonObject: ...
    async def request(self, method: str, path: str, json: object = None, *, name: str = "other") -> Any: ...


def alias_name(bot_user_id: str, user_id: str) -> str:
    """The local part of the alias of the direct chat between the two."""
    localpart = bot_user_id[1:].partition(":")[0]
    return f"askbridge-direct-{localpart}-{sha256(f'{bot_user_id} {user_id}'.encode()).hexdigest()[:32]}"


class DirectRooms:
    """Finds or makes the one room in which the bot talks to a person alone; `encrypted`: those that it makes are."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self.encrypted = False
        # m.direct is one object for everybody: read and written by one of us at a time.
        self._listing = asyncio.Lock()

    async def room_with(self, user_id: str) -> str:
        room_id = await self._listed(user_id)
        if room_id is None:
            room_id = await self._made(user_id)
            await self._list(user_id, room_id)
        await self._ensure_invited(room_id, user_id)
        return room_id

    async def _listed(self, user_id: str) -> str | None:
        rooms = strings((await self._direct()).get(user_id))
        if not rooms:
            return None
        joined = set(await self._requests.joined_rooms())
        for room_id in rooms:
            if room_id in joined and await self._membership(room_id, user_id) != "ban":
                return room_id
        return None

    async def _made(self, user_id: str) -> str:
        """Under its alias; without one where others took it, or where our registration has no claim to it."""
        for _ in range(2):
            try:
                return await self._create(user_id, {"room_alias_name": alias_name(self._requests.bot_user_id, user_id)})
            except GiveUp as refusal:
                if refusal.code == "M_EXCLUSIVE":
                    break
                if refusal.code != "M_ROOM_IN_USE":
                    raise
            found = await self._behind_alias(user_id)
            if found:
                return found
        return await self._create(user_id, {})

    async def _create(self, user_id: str, name: dict[str, str]) -> str:
        # private_chat, unlike trusted_private_chat, leaves the person at the default power level.
        room = {"preset": "private_chat", "visibility": "private", "is_direct": True, "invite": [user_id], **name}
        if self.encrypted:
            # From the first event on: nothing can be said there in clear.
            room["initial_state"] = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}]
        return a_string(await self._requests.request("POST", f"{_V3}/createRoom", room, name="create_room"), "room_id")

    async def _behind_alias(self, user_id: str) -> str | None:
        """The room that holds the alias, joined; None, with the alias set free, where we cannot be in it."""
        bot = self._requests.bot_user_id
        alias = f"#{alias_name(bot, user_id)}:{bot.partition(':')[2]}"
        try:
            room_id, servers = await self._requests.resolve(alias)
            await self._requests.join(room_id, servers[:3])
            if await self._is_ours(room_id) and await self._membership(room_id, user_id) != "ban":
                return room_id
        except GiveUp:
            pass
        await self._free(alias)
        return None

    async def _is_ours(self, room_id: str) -> bool:
        """Whether we made the room: the alias can be guessed, and another's room would hear what is meant for one."""
        state = await self._requests.room_state(room_id)
        made_by = next((event.get("sender") for event in state if event.get("type") == "m.room.create"), None)
        return made_by == self._requests.bot_user_id

    async def _free(self, alias: str) -> None:
        path = f"{_V3}/directory/room/{quote(alias, safe='')}"
        try:
            await self._requests.request("DELETE", path, name="delete_alias")
        except GiveUp as refusal:
            if refusal.code not in {"M_NOT_FOUND", "M_FORBIDDEN"}:
                raise

    async def _ensure_invited(self, room_id: str, user_id: str) -> None:
        if await self._membership(room_id, user_id) not in _THERE:
            await self._requests.invite(room_id, user_id)

    async def _membership(self, room_id: str, user_id: str) -> str:
        try:
            member = await self._requests.state_content(room_id, "m.room.member", user_id)
        except GiveUp as refusal:
            if refusal.code != "M_NOT_FOUND":
                raise
            return "leave"
        return str(member.get("membership"))

    async def _list(self, user_id: str, room_id: str) -> None:
        async with self._listing:
            direct = await self._direct()
            others = [other for other in strings(direct.get(user_id)) if other != room_id]
            direct[user_id] = [room_id, *others]
            await self._requests.request("PUT", self._direct_path, direct, name="account_data")

    async def _direct(self) -> JsonObject:
        try:
            return an_object(await self._requests.request("GET", self._direct_path, name="account_data"))
        except GiveUp as refusal:
            if refusal.code != "M_NOT_FOUND":
                raise
            return {}

    @property
    def _direct_path(self) -> str:
        return f"{_V3}/user/{quote(self._requests.bot_user_id, safe='')}/account_data/m.direct"
