"""The part of the composition root that joins what encrypted rooms need. It is made once we know our device."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bridge import copies
from bridge.config.model import Config
from bridge.crypto.errors import CryptoError
from bridge.crypto.ratchets import Ratchets
from bridge.crypto.sealed import Sealer
from bridge.matrix.account import Session
from bridge.matrix.client import HomeserverClient
from bridge.matrix.keys import KeyRequests
from bridge.ops.health import Health
from bridge.ops.metrics import Metrics
from bridge.ops.secret import FILE, SecretLost, exposed, is_there, pickle_key
from bridge.store.database import Database
from bridge.store.errors import StoreError
from bridge.store.inbox import StoreIntake
from bridge.workers.identity import IdentityKeeper
from bridge.workers.keys import KeyKeeper
from bridge.workers.said_at_once import SaidAtOnce
from bridge.workers.verifying import Verifier
from bridge.workflow.current import Current
from bridge.workflow.encryption import devices
from bridge.workflow.encryption.records import Keyring, Received
from bridge.workflow.encryption.sealing import Sealing
from bridge.workflow.ports import GiveUp, JsonObject

log = structlog.get_logger(__name__)

CHECK = "pickle_check"
NO_DEVICE = (
    "the account has no device of its own, so encrypted rooms cannot be read: log the bot in by bot.password, or with "
    "an access token that came from a login"
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens the keys in the database."""

    ratchets: Ratchets
    sealer: Sealer


def open_database(config: Config, *, read_only: bool = False) -> tuple[Database, Secrets | None]:
    """The database with the secret of its keys; no Secrets where encryption is off and never was on.

    Raises StoreError, also where the secret is lost or another one.
    """
    found, made = _secrets(config, make=config.encryption.enabled and not read_only)
    textless = found is not None and config.encryption.tracking == "metadata"
    database = Database.open(
        config.database.reveal(), read_only=read_only, textless=textless, sealer=found.sealer if found else None
    )
    if found is None:
        return database, None
    try:
        _check(database, found.sealer, config, lost=made)
    except BaseException:
        if made:
            (config.encryption.store / FILE).unlink(missing_ok=True)
        database.close()
        raise
    database.use_keys(found.ratchets, found.sealer)
    if not read_only:
        _settle_copy(config, database)
    return database, found


def _settle_copy(config: Config, database: Database) -> None:
    try:
        copies.settle(config, database)
    except BaseException:
        database.close()
        raise


def _secrets(config: Config, *, make: bool) -> tuple[Secrets | None, bool]:
    given = config.encryption.pickle_key
    there = given is not None or is_there(config.encryption.store / FILE)
    try:
        key = pickle_key(config.encryption.store, given.get_secret_value() if given else None, make=make)
    except SecretLost as error:
        if not make and (not config.encryption.enabled or not there):
            return None, False
        raise StoreError("keys", str(error)) from error
    if given is None and (open_to_all := exposed(config.encryption.store)):
        log.warning("secret_exposed", path=str(open_to_all), remedy="chmod 600: whoever reads it can open our keys")
    return Secrets(Ratchets(key), Sealer(key)), not there


def _check(database: Database, sealer: Sealer, config: Config, *, lost: bool) -> None:
    """Another secret than the one before would make every key in the database unreadable, one by one."""
    kept = database.read_now(lambda tx: tx.settings.get(CHECK))
    if kept is None:
        if not database.read_only:
            database.write_now(lambda tx: tx.settings.set(CHECK, sealer.seal("askbridge")), durable=True)
        return
    try:
        sealer.open(kept)
    except CryptoError as error:
        raise StoreError("keys", _other_secret(config, database, lost)) from error


def _other_secret(config: Config, database: Database, lost: bool) -> str:
    where = "encryption.pickle_key" if config.encryption.pickle_key else config.encryption.store / FILE
    what = f"{where} is not there, and it opens" if lost else f"{where} does not open"
    return (
        f"{what} the keys in {database.name}: put back the one that did, or begin anew as another device with "
        "`askbridge verify --forget-keys`"
    )


async def keyring_of(config: Config, session: Session, database: Database, secrets: Secrets) -> Keyring:
    """Our device, with an account in the database made where there is none. GiveUp where the login has no device."""
    user_id, device_id = config.bot.user_id, session.device_id
    if device_id is None:
        raise GiveUp("NO_DEVICE", session.problem or NO_DEVICE)
    await database.write(lambda tx: devices.own(tx, secrets.ratchets, user_id, device_id), durable=True)
    trust_all = config.encryption.trust == "all"
    return Keyring(user_id, device_id, secrets.ratchets, secrets.sealer, trust_all)


def key_keeper(
    config: Config,
    keyring: Keyring,
    database: Database,
    homeserver: HomeserverClient,
    health: Health,
    metrics: Metrics,
    on_effects: Callable[[], None],
    clock: Callable[[], int],
) -> tuple[KeyKeeper, IdentityKeeper]:
    """The loop of keys, and our identity that it keeps."""
    server = KeyRequests(homeserver)
    password = config.bot.password.get_secret_value() if config.bot.password else None
    backup = config.encryption.backup
    identity = IdentityKeeper(database, server, keyring, password, health, clock, metrics=metrics, backup=backup)
    return KeyKeeper(database, server, identity, Sealing(keyring), health, metrics, on_effects, clock), identity


def verifier_of(
    keyring: Keyring,
    keeper: KeyKeeper,
    database: Database,
    homeserver: HomeserverClient,
    current: Current,
    clock: Callable[[], int],
) -> Verifier:
    """Who answers verification; in rooms it speaks as `keeper` seals."""
    aloud = SaidAtOnce(database, homeserver, keeper, clock)
    return Verifier(database, KeyRequests(homeserver), keyring, current, aloud.send, clock)


def listen(intake: StoreIntake, keyring: Keyring, keeper: KeyKeeper, verifier: Verifier) -> None:
    """Who is told of what the intake takes in."""

    def of_keys(received: Received) -> None:
        keeper.received(received)
        for event_type, sender, _, content in received.others:
            verifier.heard_from_device(event_type, sender, content)

    def in_rooms(events: list[JsonObject]) -> None:
        for event in events:
            verifier.heard_in_room(event)

    intake.keyring, intake.on_keys, intake.on_verifying = keyring, of_keys, in_rooms
