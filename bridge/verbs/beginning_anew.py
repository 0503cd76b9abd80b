"""`askbridge verify --forget-keys`: another device, where the secret that opens the keys of this one is lost."""

import asyncio

import typer

from bridge.config.model import Config
from bridge.encrypting import CHECK, open_database
from bridge.matrix.client import HomeserverClient
from bridge.store.database import Database
from bridge.store.errors import StoreError
from bridge.store.forgetting_keys import forget_keys
from bridge.store.settings import DEVICE, TOKEN
from bridge.store.transaction import StoreTransaction
from bridge.verbs.data import existing
from bridge.verbs.ending import Refused, say
from bridge.workflow.encryption.identity import kept


def begin_anew(config: Config) -> None:
    """Drop all that the secret sealed, once an operator has agreed. Raises Refused, GiveUp, RetryLater, StoreError."""
    database = Database.open(existing(config.database).reveal())
    try:
        own = database.read_now(lambda tx: tx.keys.own())
        if own is not None and asyncio.run(_device_of_token(config)) == own.device_id:
            raise Refused(
                f"bot.access_token belongs to the device {own.device_id}, whose keys are lost, and a device never gets "
                "others: log the bot in anew, and put the token that this gives into the config"
            )
        say("What was written so far in encrypted rooms, and the bot's identity, come back by its recovery key alone.")
        if _recovery_key_unseen(config):
            say("Nobody has seen that key yet, and the secret is not lost: `askbridge verify` shows it.")
        if not typer.confirm("Forget the device of the bot and all its keys?"):
            raise Refused("nothing was changed")
        database.write_now(_forget, durable=True)
    finally:
        database.close()


def _recovery_key_unseen(config: Config) -> bool:
    """Only where the secret opens the keys after all."""
    try:
        database, secrets = open_database(config, read_only=True)
    except StoreError:
        return False
    try:
        return (
            secrets is not None and database.read_now(lambda tx: kept(tx, config.bot.user_id)).recovery_key is not None
        )
    finally:
        database.close()


def _forget(tx: StoreTransaction) -> None:
    forget_keys(tx)
    for name in (CHECK, DEVICE, TOKEN):
        tx.settings.drop(name)


async def _device_of_token(config: Config) -> object:
    """None where another device is made anyway: by the password, or as an application service."""
    token = config.bot.access_token
    if token is None or config.appservice:
        return None
    async with HomeserverClient(config.homeserver.url, token.get_secret_value(), config.bot.user_id) as client:
        return (await client.whoami()).get("device_id")
