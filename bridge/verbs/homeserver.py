"""The homeserver as the bot's account sees it, for a look that leaves nothing behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bridge.config.model import AppService, Config
from bridge.encrypting import NO_DEVICE
from bridge.matrix import account
from bridge.matrix.client import V3, HomeserverClient
from bridge.store.database import Database
from bridge.store.errors import StoreError
from bridge.store.settings import TOKEN
from bridge.verbs.ending import hidden
from bridge.workflow.ports import GiveUp, RetryLater

PATIENCE = 15.0
"""Seconds; a look must not hang where a server does."""


class Visit:
    """A session of the bot's account, found or made; a made one is ended by `leave`."""

    def __init__(self, config: Config, client: HomeserverClient) -> None:
        self.client = client
        self._config = config
        self._made = False
        self.problem: str | None = None
        """What keeps an account that works from encrypted rooms."""

    async def sign_in(self) -> None:
        """Raises AccountError and RetryLater. The account of an application service is made where there is none."""
        if self._config.appservice:
            await self._as_appservice(self._config.appservice)
        elif self._config.bot.access_token:
            self.client.access_token = self._config.bot.access_token.get_secret_value()
            session = await account.by_token(self.client)
            if self._config.encryption.enabled and session.device_id is None:
                self.problem = NO_DEVICE
        else:
            await self._by_password()

    async def leave(self) -> None:
        if self._made:
            self._made = False
            await self.client.request("POST", f"{V3}/logout", {}, name="logout")

    async def _as_appservice(self, service: AppService) -> None:
        """Without a device, not even the bot's: a look is none of its business."""
        self.client.access_token = service.as_token.get_secret_value()
        if self._config.encryption.enabled and await account.sender_is_bot(self.client):
            self.problem = account.SENDER_IS_BOT
        await account.as_appservice(self.client, None, self._config.bot.device_name, with_device=False)

    async def _by_password(self) -> None:
        password = self._config.bot.password
        kept = kept_token(self._config)
        session = await account.by_password(
            self.client,
            password.get_secret_value() if password else "",
            device_id=None,
            device_name=f"{self._config.bot.device_name} (a look)",
            access_token=kept,
        )
        hidden.add(session.access_token)
        self._made = session.access_token != kept


@asynccontextmanager
async def visiting(config: Config) -> AsyncIterator[Visit]:
    """The homeserver, not signed in yet; a session that had to be made is taken back at the end."""
    async with HomeserverClient(config.homeserver.url, "", config.bot.user_id, timeout=PATIENCE) as client:
        visit = Visit(config, client)
        try:
            yield visit
        finally:
            with suppress(GiveUp, RetryLater):
                await visit.leave()


def kept_token(config: Config) -> str | None:
    """The token that `run` got by password."""
    address = config.database
    if address.path is not None and not address.path.exists():
        return None
    try:
        database = Database.open(address.reveal(), read_only=True)
    except StoreError:
        return None
    try:
        return database.read_now(lambda tx: tx.settings.get(TOKEN))
    finally:
        database.close()
