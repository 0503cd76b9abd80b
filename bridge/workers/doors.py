"""Carrying out at the homeserver what was decided about doors."""

from bridge.chat.render.content import Content
from bridge.workflow.effects import AtDoor, Invite, MendRoom, Remove, TakeBackInvite
from bridge.workflow.ports import GiveUp, Homeserver, JsonObject

THIRD_PARTY_INVITE = "m.room.third_party_invite"
GONE = frozenset({"leave", "ban"})


class Doors:
    """Invites, removals, state of rooms. What the homeserver refuses for good is an answer: what stands in the way."""

    def __init__(self, homeserver: Homeserver) -> None:
        self._homeserver = homeserver

    async def carry_out(self, effect: AtDoor, content: Content) -> str:
        """ "" where it is done, by us or before us; else what the homeserver said. Raises RetryLater."""
        if isinstance(effect, Remove):
            return await self._remove(effect, str(content.get("reason", "")))
        if isinstance(effect, Invite):
            return await self._invite(effect)
        if isinstance(effect, TakeBackInvite):
            return await self._set(effect.room_id, THIRD_PARTY_INVITE, effect.state_key, {})
        if isinstance(effect, MendRoom):
            return await self._mend(effect.room_id, content)
        raise TypeError(effect.kind)

    async def _mend(self, room_id: str, content: Content) -> str:
        if "listed" not in content:
            return await self._set(room_id, content["event_type"], content["state_key"], content["content"])
        try:
            await self._homeserver.set_listed(room_id, content["listed"])
        except GiveUp as refusal:
            return refusal.reason
        return ""

    async def _set(self, room_id: str, event_type: str, state_key: str, content: JsonObject) -> str:
        try:
            await self._homeserver.set_state(room_id, event_type, state_key, content)
        except GiveUp as refusal:
            return refusal.reason
        return ""

    async def _remove(self, effect: Remove, reason: str) -> str:
        try:
            await self._homeserver.kick(effect.room_id, effect.person, reason)
        except GiveUp as refusal:
            if await self._membership(effect.room_id, effect.person) not in GONE:
                return refusal.reason
        return ""

    async def _invite(self, effect: Invite) -> str:
        try:
            await self._homeserver.invite(effect.room_id, effect.person)
        except GiveUp as refusal:
            if await self._membership(effect.room_id, effect.person) not in {"join", "invite"}:
                return refusal.reason
        return ""

    async def _membership(self, room_id: str, person: str) -> str:
        try:
            member = await self._homeserver.state_content(room_id, "m.room.member", person)
        except GiveUp as refusal:
            return "leave" if refusal.code == "M_NOT_FOUND" else "unknown"
        return str(member.get("membership"))
