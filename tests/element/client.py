"""A person with a client as most have it: matrix-js-sdk with its Rust crypto, one process for one device."""

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from tests.element.process import Driver, JsonObject
from tests.real.client import Card

Mode = Literal["signed", "all"]
"""Whose devices it talks with: `signed` as Element does (OnlySignedDevicesIsolationMode), or `all`."""


@dataclass(frozen=True, slots=True)
class SealedCard(Card):
    """A card with what the client says of its newest edit (of itself, where there is none).

    `shield` is the reason of the mark beside the message, `wire_type` the type of the event as the homeserver has it.
    """

    shield: str | None
    wire_type: str


class Element:
    """One signed-in device. Events that it tells of are dicts:

    `event_id`, `sender`, `type` and `content` (both decrypted), `wire_type` and `wire_content` (as the homeserver has
    them), `redacted`, `failure` (why it cannot be read, or None), `shield` (the warning beside it, or None).
    """

    def __init__(self, driver: Driver, url: str, password: str, signed_in: JsonObject) -> None:
        self.url = url
        self.user_id = str(signed_in["user_id"])
        self.device_id = str(signed_in["device_id"])
        self.access_token = str(signed_in["access_token"])
        self._driver = driver
        self._password = password

    @classmethod
    @asynccontextmanager
    async def signs_in(
        cls, url: str, user: str, password: str, mode: Mode = "signed", bootstrap: bool = True, page: int = 100
    ) -> AsyncIterator["Element"]:
        """A new device; with `bootstrap` it makes the user's cross-signing identity if there is none, and is signed.

        `page` is how many events of a room it asks for at once; it fetches what an answer left out.
        """
        async with Driver.runs() as driver:
            given: JsonObject = {"url": url, "user": user, "password": password, "mode": mode, "page": page}
            yield cls(driver, url, password, await driver.say("login", bootstrap=bootstrap, **given))

    @asynccontextmanager
    async def signs_in_again(self, recovery_key: str | None = None, mode: Mode = "signed") -> AsyncIterator["Element"]:
        """A second device of the same user; with the recovery key it takes over the identity, and is signed."""
        async with Element.signs_in(self.url, self.user_id, self._password, mode, bootstrap=False) as device:
            if recovery_key is not None:
                await device.takes_identity(recovery_key)
            yield device

    @property
    def pid(self) -> int:
        """Of its process, for tests that stop it for a while."""
        return self._driver.pid

    # --- rooms

    async def creates_room(self, name: str, *, invite: Sequence[str] = (), encrypted: bool = True, **extra: Any) -> str:
        """`extra` goes into the request as it is."""
        return str(await self._driver.say("create", name=name, invite=list(invite), encrypted=encrypted, **extra))

    async def waits_for_invite(self, room: str, within: float = 10) -> None:
        await self._driver.say("invited", room=room, within=within)

    async def joins(self, room: str) -> str:
        """Join by id or alias; returns the room id once the client knows the room."""
        return str(await self._driver.say("join", room=room))

    async def leaves(self, room: str) -> None:
        await self._driver.say("leave", room=room)

    async def invites(self, room: str, user_id: str) -> None:
        await self._driver.say("invite", room=room, user=user_id)

    async def kicks(self, room: str, user_id: str) -> None:
        await self._driver.say("kick", room=room, user=user_id)

    async def members(self, room: str, user_id: str, membership: str = "join", within: float = 10) -> None:
        """Once this client knows that somebody is in the room (or has another membership): whom it gives keys to."""
        await self._driver.say("members", room=room, user=user_id, membership=membership, within=within)

    async def sets_state(self, room: str, event_type: str, content: JsonObject, state_key: str = "") -> str:
        return str(await self._driver.say("state", room=room, type=event_type, content=content, key=state_key))

    # --- saying

    async def says(self, room: str, text: str, **content: Any) -> str:
        """Send a text message with more `content`; returns its event id."""
        return await self.sends(room, "m.room.message", {"msgtype": "m.text", "body": text} | content)

    async def sends(self, room: str, event_type: str, content: JsonObject) -> str:
        """Send any event; returns its event id."""
        return str(await self._driver.say("send", room=room, type=event_type, content=content))

    async def answers_in_thread(self, room: str, root: str, text: str) -> str:
        relation = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True}
        return await self.says(room, text, **{"m.relates_to": relation | {"m.in_reply_to": {"event_id": root}}})

    async def replies(self, room: str, to: str, text: str) -> str:
        return await self.says(room, text, **{"m.relates_to": {"m.in_reply_to": {"event_id": to}}})

    async def edits(self, room: str, event_id: str, text: str) -> str:
        relation = {"rel_type": "m.replace", "event_id": event_id}
        new = {"msgtype": "m.text", "body": text}
        return await self.says(room, f"* {text}", **{"m.new_content": new, "m.relates_to": relation})

    async def reacts(self, room: str, event_id: str, key: str) -> str:
        """In clear, as the SDK sends them. Returns the event id of the reaction, which a redaction takes back."""
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.sends(room, "m.reaction", {"m.relates_to": relation})

    async def redacts(self, room: str, event_id: str) -> str:
        return str(await self._driver.say("redact", room=room, event=event_id))

    async def sends_file(self, room: str, name: str, data: bytes, **extra: Any) -> str:
        """An encrypted attachment; `extra` replaces parts of the message, `body` and `msgtype` too."""
        info = {"size": len(data), "mimetype": "application/octet-stream"}
        content = {"msgtype": "m.file", "body": name, "filename": name, "info": info, "file": await self._uploads(data)}
        return await self.sends(room, "m.room.message", content | extra)

    async def sends_voice(self, room: str, data: bytes, **extra: Any) -> str:
        """A voice message as Element records it, Ogg Opus."""
        voice: JsonObject = {
            "msgtype": "m.audio",
            "body": "Voice message.ogg",
            "filename": "Voice message.ogg",
            "info": {"size": len(data), "mimetype": "audio/ogg", "duration": 1200},
            "org.matrix.msc1767.audio": {"duration": 1200, "waveform": [0, 512, 1024]},
            "org.matrix.msc3245.voice": {},
        }
        return await self.sends_file(room, "Voice message.ogg", data, **(voice | extra))

    async def reads_file(self, file: JsonObject) -> bytes:
        """Download and decrypt what stands under `file` in a message."""
        return base64.b64decode(await self._driver.say("download", file=file))

    # --- seeing

    async def sees(
        self,
        room: str,
        *,
        body: str | None = None,
        relates: str | None = None,
        sender: str | None = None,
        kind: str | None = None,
        failed: bool | str = False,
        within: float = 20,
    ) -> JsonObject:
        """The oldest event that fits, whether it came before or comes within that many seconds.

        `body` is a part of its text; `relates` the root, target or replied-to event of its relation; `kind` its
        decrypted type. With `failed` it is one that cannot be read, for the reason given there or for any.
        """
        wanted = {"body": body, "relates": relates, "from": sender, "kind": kind, "failed": failed}
        return dict(await self._driver.say("sees", room=room, within=within, **wanted))

    async def sees_redacted(self, room: str, event_id: str, within: float = 20) -> JsonObject:
        """An event that this client knew, once it is redacted."""
        return dict(await self._driver.say("redacted", room=room, event=event_id, within=within))

    async def timeline(self, room: str) -> list[JsonObject]:
        """All that came since this client knows the room (and a page from before), oldest first."""
        return list(await self._driver.say("timeline", room=room))

    async def waits_for_card(
        self,
        room: str,
        question: int | str,
        *,
        state: str | None = None,
        sender: str | None = None,
        within: float = 20,
    ) -> SealedCard:
        """The card of a question (its number, or the event that asked), once this client can read it.

        Where `state` is given, once it shows that state. Only cards by `sender`, where it is given.
        """
        wanted = {"question": question, "state": state, "from": sender}
        seen = await self._driver.say("card", room=room, within=within, **wanted)
        card, newest = seen["card"], seen["newest"]
        shown = {"shield": newest["shield"], "wire_type": newest["wire_type"]}
        return SealedCard(card["event_id"], room, card["sender"], seen["content"], seen["edits"], **shown)

    # --- keys and trust

    async def trust(self, user_id: str, device_id: str, until: str | None = None, within: float = 10) -> JsonObject:
        """What it thinks of a device: known, signed_by_owner, verified, user_verified, has_identity, and `devices`.

        With `until`, once that one is so: what it knows of a device it met before lags behind until the next sync.
        """
        return dict(await self._driver.say("trust", user=user_id, device=device_id, until=until, within=within))

    async def makes_storage(self) -> str:
        """Secret storage and key backup for its user; returns the recovery key."""
        return str(await self._driver.say("makes_storage"))

    async def takes_identity(self, recovery_key: str) -> JsonObject:
        """Take the identity out of secret storage and sign this device with it; says what the client has then."""
        return dict(await self._driver.say("takes_identity", key=recovery_key))

    async def until_backed_up(self, within: float = 10) -> None:
        """Once all room keys that it has are in the backup of `makes_storage`."""
        await self._driver.say("backed_up", within=within)

    async def restores_backup(self) -> JsonObject:
        """After `takes_identity`: `trusted`, `matchesDecryptionKey`, `total` and `imported` sessions."""
        return dict(await self._driver.say("restores_backup"))

    async def discards_session(self, room: str) -> None:
        """The next message has a new session, whose key is shared anew."""
        await self._driver.say("discard", room=room)

    # --- verification by emoji; a `txn` names one, the id is the same on both sides

    async def verifies(self, user_id: str, device_id: str) -> str:
        """Ask a device to verify; returns the txn."""
        return str(await self._driver.say("verify", user=user_id, device=device_id))

    async def verifies_in_room(self, user_id: str, room: str) -> str:
        """Ask in a room; returns the txn."""
        return str(await self._driver.say("verify_in_room", user=user_id, room=room))

    async def waits_for_request(self, user_id: str, within: float = 10) -> str:
        """The txn of the first request of somebody that is still going on; it is accepted by itself."""
        return str(await self._driver.say("requested", user=user_id, within=within))

    async def starts_sas(self, txn: str, within: float = 10) -> None:
        """Once the other side is ready. Where the other side starts, this side goes along by itself."""
        await self._driver.say("start_sas", txn=txn, within=within)

    async def emoji(self, txn: str, within: float = 10) -> list[tuple[str, str]]:
        """Seven of (emoji, its English name)."""
        return [(one, name) for one, name in await self._driver.say("emoji", txn=txn, within=within)]

    async def confirms(self, txn: str, within: float = 10) -> None:
        """Say that the emoji are the same."""
        await self._driver.say("confirm", txn=txn, within=within)

    async def until_verified(self, txn: str, within: float = 10) -> None:
        """Raises ElementError with the code where it is cancelled."""
        await self._driver.say("verified", txn=txn, within=within)

    async def _uploads(self, data: bytes) -> JsonObject:
        return dict(await self._driver.say("upload", data=base64.b64encode(data).decode()))
