"""`askbridge verify`: the bot's cross-signing identity, put in order and shown; a person compared with, by emoji."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from bridge.config.files import Unreadable, read_bytes
from bridge.config.model import Config
from bridge.config.secretfiles import MOST_BYTES
from bridge.crypto.errors import CryptoError
from bridge.crypto.recovery import encode_recovery_key
from bridge.encrypting import keyring_of
from bridge.matrix.keys import KeyRequests
from bridge.verbs.arguments import refuse_no_person
from bridge.verbs.beginning_anew import begin_anew
from bridge.verbs.comparing import compare_with
from bridge.verbs.ending import Refused, hidden, loaded, say
from bridge.verbs.findings import Finding, fine, is_wrong
from bridge.verbs.sealed import findings_of
from bridge.wiring import App, clock
from bridge.workers.identity import IdentityKeeper
from bridge.workers.keys import KeyKeeper
from bridge.workflow.encryption.identity import forget_recovery_key, kept
from bridge.workflow.encryption.records import Keyring
from bridge.workflow.encryption.sealing import Sealing
from bridge.workflow.ports import GiveUp

NOTHING = "encryption.enabled is off: there is nothing to verify"
PATIENCE = 60.0
"""Seconds that bringing our keys to the homeserver may take."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a verb needs that acts as the bot's device. `keys` is not running."""

    app: App
    keyring: Keyring
    server: KeyRequests
    identity: IdentityKeeper
    keys: KeyKeeper


def verify(path: Path, user_id: str | None, recovery_key_file: Path | None, *, forget: bool) -> int:
    """The exit code. Raises Refused, and StoreError where askbridge is running."""
    refuse_no_person(user_id, "USER")
    config = loaded(path).config
    if not config.encryption.enabled:
        raise Refused(NOTHING)
    typed = _read(recovery_key_file) if recovery_key_file else None
    if forget:
        begin_anew(config)
    return asyncio.run(_verify(config, user_id, typed))


async def _verify(config: Config, user_id: str | None, typed: str | None) -> int:
    async with _parts(config) as parts:
        findings = await _settled(parts, typed)
        if user_id is None or is_wrong(findings):
            for finding in findings:
                say(str(finding))
            await _show_recovery_key(parts)
            return int(is_wrong(findings))
        return await compare_with(user_id, parts.app, parts.keyring, parts.server, parts.identity)


@asynccontextmanager
async def _parts(config: Config) -> AsyncIterator[Parts]:
    app = App(config)
    try:
        yield await _device(app)
    finally:
        await app.homeserver.close()
        await asyncio.to_thread(app.database.close)


async def _device(app: App) -> Parts:
    config = app.config
    session = await app.session()
    hidden.add(session.access_token)
    if app.secrets is None:
        raise Refused(NOTHING)
    try:
        keyring = await keyring_of(config, session, app.database, app.secrets)
    except GiveUp as error:
        raise Refused(error.reason) from error
    server = KeyRequests(app.homeserver)
    password = config.bot.password.get_secret_value() if config.bot.password else None
    identity = IdentityKeeper(
        app.database, server, keyring, password, app.health, clock, backup=config.encryption.backup
    )
    keys = KeyKeeper(app.database, server, identity, Sealing(keyring), app.health, app.metrics, _nothing, clock)
    return Parts(app, keyring, server, identity, keys)


async def _settled(parts: Parts, typed: str | None) -> list[Finding]:
    """All that can be put in order is: with the identity restored where a recovery key was given or is needed."""
    identity, restored = parts.identity, 0
    if typed is None:
        await identity.settle(renew=True)
        if identity.standing.identity == "foreign" and sys.stdin.isatty():
            typed = _asked()
    if typed is not None:
        await _restore(identity, typed)
    await _publish(parts)
    if typed is not None:
        restored = await identity.restore_backup()
    while await identity.back_up():
        continue
    held, missing = await parts.app.database.write(lambda tx: tx.keys.room_key_count())
    found = findings_of(identity.standing, parts.keyring.device_id)
    keys = f"{held} held, {missing} of them not backed up"
    return [*found, fine("room keys", f"{keys}, {restored} restored" if typed else keys)]


async def _restore(identity: IdentityKeeper, typed: str) -> None:
    try:
        await identity.restore(typed)
    except CryptoError as error:
        raise Refused(str(error)) from error


async def _publish(parts: Parts) -> None:
    """Bring our device's keys to the homeserver, signed, and wait until they are there."""
    running = asyncio.create_task(parts.keys.run())
    settled = asyncio.create_task(parts.keys.settled.wait())
    try:
        await asyncio.wait({running, settled}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (running, settled):
            task.cancel()
        ended = await asyncio.gather(running, settled, return_exceptions=True)
    if isinstance(ended[0], Exception):
        raise ended[0]
    if not parts.keys.settled.is_set():
        warnings = parts.app.health.ready()[1]["warnings"]
        raise Refused(warnings.get("encryption", "the homeserver takes too long"))


async def _show_recovery_key(parts: Parts) -> None:
    """Once: then only its owner has it."""
    me, database = parts.keyring.user_id, parts.app.database
    have = await database.write(lambda tx: kept(tx, me))
    if have.recovery_key is None or parts.identity.standing.storage != "ours":
        return
    say()
    say(f"Recovery key: {encode_recovery_key(have.recovery_key)}")
    say("Keep it where passwords are kept; it is not shown again, and askbridge forgets it now. It brings the bot's")
    say("identity and the keys of its rooms to a new machine: `askbridge verify --recovery-key-file FILE`.")
    await database.write(lambda tx: forget_recovery_key(tx, me), durable=True)


def _read(path: Path) -> str:
    """The recovery key or passphrase in a file; `-` is standard input."""
    try:
        text = sys.stdin.read() if path == Path("-") else read_bytes(path, MOST_BYTES).decode()
    except (Unreadable, UnicodeDecodeError) as error:
        raise Refused(f"{path}: {error}") from error
    return _secret(text)


def _asked() -> str | None:
    """None where nothing is typed."""
    say("The bot's account has a cross-signing identity that askbridge does not hold.")
    typed = typer.prompt("Its recovery key or passphrase (empty: go on without)", default="", show_default=False)
    return _secret(typed) if typed.strip() else None


def _secret(text: str) -> str:
    if not text.strip():
        raise Refused("the recovery key is empty")
    hidden.add(text.strip())
    return text.strip()


def _nothing() -> None:
    return
