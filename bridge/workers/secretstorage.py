"""Secrets in the account data of the bot, under the recovery key (Client-Server API, "Secret storage")."""

from collections.abc import Mapping
from typing import Literal

from bridge.crypto.errors import CryptoError, object_of
from bridge.crypto.recovery import (
    DEFAULT_KEY,
    KEY_PREFIX,
    MASTER_SECRET,
    decode_recovery_key,
    decrypt_secret,
    encrypt_secret,
    fits,
    key_description,
    key_from_passphrase,
)
from bridge.workflow.ports import JsonObject, KeyServer

Storage = Literal["none", "ours", "elsewhere", "foreign", "unknown"]
"""`elsewhere`: our secrets are there under a recovery key that was made by others; `foreign`: they are not there;
`unknown`: the homeserver did not answer.
"""


class SecretStorage:
    """Raises RetryLater, GiveUp, and CryptoError where a key does not fit or a secret is damaged."""

    def __init__(self, server: KeyServer) -> None:
        self._server = server

    async def default_key(self) -> str:
        """The id of the key that is in use; "" where there is no secret storage."""
        content = await self._server.account_data(DEFAULT_KEY)
        name = content.get("key") if content else None
        return name if isinstance(name, str) else ""

    async def whose(self, storage_id: str) -> Storage:
        """Whose it is for somebody who made or was given the key `storage_id`."""
        default = await self.default_key()
        if not default:
            return "none"
        if default == storage_id:
            return "ours"
        return "elsewhere" if await self._secret(MASTER_SECRET, default) else "foreign"

    async def make(self, storage_id: str, key: bytes, given: Mapping[str, str]) -> None:
        """Safe to repeat. The default key comes last: from then on others look here."""
        await self._server.set_account_data(KEY_PREFIX + storage_id, key_description(key))
        for name, text in given.items():
            await self.put(storage_id, key, name, text)
        await self._server.set_account_data(DEFAULT_KEY, {"key": storage_id})

    async def put(self, storage_id: str, key: bytes, name: str, text: str) -> None:
        """Beside what is kept of this secret under other keys."""
        there = _encrypted(await self._server.account_data(name) or {})
        made = encrypt_secret(key, name, text.encode())
        await self._server.set_account_data(name, {"encrypted": there | {storage_id: made}})

    async def opened_by(self, storage_id: str, typed: str) -> bytes:
        """The key for which somebody typed a recovery key or a passphrase."""
        description = await self._server.account_data(KEY_PREFIX + storage_id) or {}
        key = _key(typed, description)
        if not fits(key, description):
            raise CryptoError("this is not the recovery key of the bot's account")
        return key

    async def get(self, storage_id: str, key: bytes, name: str) -> str | None:
        """A secret; None where it is not there under this key."""
        given = await self._secret(name, storage_id)
        if not given:
            return None
        try:
            return decrypt_secret(key, name, given).decode()
        except UnicodeDecodeError as error:
            raise CryptoError(f"{name}: no text") from error

    async def _secret(self, name: str, storage_id: str) -> JsonObject:
        given = _encrypted(await self._server.account_data(name) or {}).get(storage_id)
        return given if isinstance(given, dict) else {}


def _key(typed: str, description: JsonObject) -> bytes:
    """What cannot be a recovery key is a passphrase, where there is one."""
    try:
        return decode_recovery_key(typed)
    except CryptoError:
        if "passphrase" not in description:
            raise
        return key_from_passphrase(typed, description)


def _encrypted(content: JsonObject) -> JsonObject:
    try:
        return object_of(content, "encrypted")
    except CryptoError:
        return {}
