"""What the doctor finds about encrypted rooms: the keys in the database, the bot's identity, what cannot be read."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from bridge.config.model import Config
from bridge.crypto.errors import CryptoError
from bridge.encrypting import open_database
from bridge.matrix.account import AccountError
from bridge.matrix.keys import KeyRequests
from bridge.ops.secret import FILE
from bridge.store.errors import StoreError
from bridge.store.transaction import StoreTransaction
from bridge.verbs.data import existing, reading
from bridge.verbs.ending import Refused
from bridge.verbs.findings import Finding, fine, note, wrong
from bridge.verbs.homeserver import visiting
from bridge.workers.standing import Standing, examine, is_fine, remarks
from bridge.workflow.encryption.identity import Kept, kept
from bridge.workflow.encryption.records import OwnDevice
from bridge.workflow.ports import GiveUp, JsonObject, RetryLater

BEGIN_ANEW = (
    "put the secret of before back; where it is lost for good, end askbridge, begin anew as another device with "
    "`askbridge verify --forget-keys`, and bring the bot's identity back by its recovery key"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds. `keys` are our `device_keys`; `room_keys` how many there are and are not backed up."""

    own: OwnDevice
    keys: JsonObject
    have: Kept
    room_keys: tuple[int, int]
    unread: int


def encryption(config: Config) -> list[Finding]:
    """Beside a running askbridge; changes nothing."""
    if not config.encryption.enabled:
        return [note("encryption", "off: encrypted rooms are left alone")]
    try:
        held = _held(config)
    except Refused:
        return []
    except StoreError as error:
        return [wrong("crypto store", str(error), BEGIN_ANEW)] if error.code == "keys" else []
    except CryptoError as error:
        return [wrong("crypto store", f"the keys of our device cannot be opened: {error}", BEGIN_ANEW)]
    if held is None:
        return [asyncio.run(_no_device(config))]
    return [*asyncio.run(_standing(config, held)), *_keys(held)]


async def _no_device(config: Config) -> Finding:
    """Whether the bot gets one."""
    async with visiting(config) as visit:
        with suppress(AccountError, GiveUp, RetryLater):
            await visit.sign_in()
    if visit.problem is None:
        return note("device", "the bot has none for encrypted rooms yet", "`askbridge run` makes it")
    with reading(config.database) as database:
        rooms = database.read_now(lambda tx: [room for room in tx.rooms.all().values() if room.encrypted])
    told = wrong if any(room.joined and room.space for room in rooms) else note
    return told("device", "the bot has none for encrypted rooms, and `askbridge run` makes none", visit.problem)


def _held(config: Config) -> Held | None:
    existing(config.database)
    database, secrets = open_database(config, read_only=True)

    def look(tx: StoreTransaction) -> Held | None:
        own = tx.keys.own()
        if own is None:
            return None
        if secrets is None:
            raise StoreError("keys", f"{config.encryption.store / FILE} is not there, which opens the keys")
        keys = secrets.ratchets.account(own.pickle).device_keys(own.user_id, own.device_id)
        have = kept(tx, config.bot.user_id)
        return Held(own, keys, have, tx.keys.room_key_count(), tx.inbox.unread_count())

    try:
        return database.read_now(look)
    finally:
        database.close()


async def _standing(config: Config, held: Held) -> list[Finding]:
    own = held.own
    async with visiting(config) as visit:
        try:
            await visit.sign_in()
            server = KeyRequests(visit.client)
            standing = await examine(
                server, own.user_id, own.device_id, held.keys, held.have, backup=config.encryption.backup
            )
        except (AccountError, GiveUp, RetryLater) as error:
            return [note("identity", f"the homeserver cannot be asked for it: {error}")]
    return findings_of(standing, own.device_id)


def findings_of(standing: Standing, device_id: str) -> list[Finding]:
    """Line by line, what is so and what to do."""
    found = []
    for remark in remarks(standing):
        about = f"device {device_id}" if remark.about == "device" else remark.about
        if is_fine(standing, remark.about):
            found.append(note(about, remark.said, remark.remedy) if remark.remedy else fine(about, remark.said))
        else:
            found.append(wrong(about, remark.said, remark.remedy))
    return found


def _keys(held: Held) -> Iterator[Finding]:
    total, missing = held.room_keys
    yield fine("room keys", f"{total} held, {missing} of them not backed up")
    if held.have.recovery_key is not None:
        yield note("recovery key", "nobody has seen it yet", "end askbridge, and `askbridge verify` shows it once")
    if held.unread:
        remedy = "their senders' clients have the keys; people are told in the room to send it again"
        yield note("messages", f"{held.unread} cannot be read for want of their keys", remedy)
