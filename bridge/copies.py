"""What follows when the database is a restored copy: the part of the composition root that sees to it."""

import asyncio
from collections.abc import Callable

import structlog

from bridge.config.model import Config
from bridge.ops.epoch import EpochFile
from bridge.store import copies
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workers.identity import IdentityKeeper
from bridge.workers.keys import KeyKeeper
from bridge.workflow.ports import RetryLater

log = structlog.get_logger(__name__)

EVERY = 3600.0
"""Seconds between two epochs: a copy that is older than that is known for one whoever made it."""


def settle(config: Config, database: Database) -> None:
    """Before anything is said or received: a copy goes on as another device, or at least without its sessions."""
    file = _file(config, database)
    newest = file.read()
    new_device = _logs_in(config)

    def work(tx: StoreTransaction) -> tuple[str | None, int]:
        sign = copies.sign_of_a_copy(tx, newest) if tx.keys.own() is not None else None
        if sign is not None:
            copies.leave_sessions(tx, new_device=new_device)
        return sign, copies.go_on(tx, newest)

    sign, epoch = database.write_now(work, durable=True)
    _note(file, epoch)
    if sign is not None:
        log.warning("restored_copy", sign=sign, device="new" if new_device else "the same, without its sessions")


def _logs_in(config: Config) -> bool:
    """Whether we get another device for the asking. A token from the config belongs to the one it came with."""
    return config.appservice is not None or config.bot.access_token is None


async def keep_epoch(config: Config, database: Database) -> None:
    """Until cancelled."""
    file = await asyncio.to_thread(_file, config, database)
    while True:
        await asyncio.sleep(EVERY)
        _note(file, await database.write(lambda tx: copies.go_on(tx, 0), durable=True))


async def fetch_keys(
    database: Database, keeper: KeyKeeper, identity: IdentityKeeper, on_restored: Callable[[], None]
) -> None:
    """What came to our former device is lost to a restored copy, except what the homeserver's backup has."""
    if await database.read(lambda tx: tx.settings.get(copies.KEYS_MISSING)) is None:
        return
    await keeper.settled.wait()
    while True:
        try:
            count = await identity.restore_backup()
            break
        except RetryLater as error:
            await asyncio.sleep(max(1.0, error.after))
    await database.write(lambda tx: tx.settings.drop(copies.KEYS_MISSING))
    log.info("keys_fetched", room_keys=count)
    on_restored()


def _file(config: Config, database: Database) -> EpochFile:
    return EpochFile(config.encryption.store, database.write_now(copies.lineage))


def _note(file: EpochFile, epoch: int) -> None:
    try:
        file.write(epoch)
    except OSError as error:
        log.warning("epoch_not_noted", reason=f"{error.filename}: {error.strerror}")
