"""Keeps the bot's cross-signing identity, its device's signature, secret storage and key backup in order."""

from collections.abc import Callable
from dataclasses import asdict, replace

import structlog

from bridge.crypto.errors import CryptoError
from bridge.crypto.identity import Identity
from bridge.crypto.recovery import BACKUP_SECRET, IDENTITY_SECRETS
from bridge.ops.health import Health
from bridge.ops.metrics import Metrics
from bridge.workers.keybackup import USABLE, Backup, KeyBackup
from bridge.workers.ports import Store
from bridge.workers.secretstorage import SecretStorage, Storage
from bridge.workers.standing import Signed, Standing, Whose, warnings
from bridge.workflow.encryption.identity import (
    Kept,
    Published,
    keep,
    kept,
    make_identity,
    make_storage_key,
    note_signed,
    note_unpublished,
    own_keys,
    published,
)
from bridge.workflow.encryption.records import Keyring
from bridge.workflow.ports import GiveUp, JsonObject, KeyServer, NeedsAuthentication, RetryLater

log = structlog.get_logger(__name__)

PASSWORD = "m.login.password"
AGAIN_MS = 60_000
"""How long after a problem it is looked at again."""


class IdentityKeeper:
    """`settle` before the device's first upload, `sign` with it, `back_up` from time to time.

    Problems that an operator has to mend are warnings of `health`; RetryLater goes to the caller, who comes again.
    Secret storage and backup are no condition for encrypted rooms: those are looked at again later.
    """

    def __init__(
        self,
        store: Store,
        server: KeyServer,
        keyring: Keyring,
        password: str | None,
        health: Health,
        clock: Callable[[], int],
        *,
        metrics: Metrics | None = None,
        backup: bool = True,
    ) -> None:
        self._store = store
        self._server = server
        self._keyring = keyring
        self._password = password
        self._health = health
        self._clock = clock
        self._metrics = metrics
        self._wants_backup = backup
        self._me = keyring.user_id
        self._identity: Identity | None = None
        self._storage = SecretStorage(server)
        self._backup = KeyBackup(store, server, keyring)
        self._looked_at = 0
        self.standing = Standing()

    @property
    def storage(self) -> SecretStorage:
        return self._storage

    async def settle(self, *, renew: bool = False) -> None:
        """Put in order what can be. Safe to repeat, also after a kill between any two steps.

        `renew`: a backup that was deleted on the homeserver is made anew; an operator asked for it.
        """
        self._looked_at = self._clock()
        try:
            there = await self._published()
        except GiveUp as refusal:
            self._health.warn("identity", f"cannot be asked for: {refusal}")
            return
        have = await self._store.write(lambda tx: kept(tx, self._me))
        whose, why = await self._identify(there, have)
        device: Signed = "unpublished"
        storage: Storage = "none"
        backup: Backup = "off"
        self._identity = None
        if whose == "ours":
            have = await self._store.write(lambda tx: kept(tx, self._me))
            self._identity = have.identity
            device = await self._sign_device(there)
            storage = await self._settle_storage(have)
            backup = await self._settle_backup(renew)
        if device != "signed":
            await self._store.write(lambda tx: note_signed(tx, False))
        self._say(Standing(whose, device, storage, backup, why))

    def sign(self, device_keys: JsonObject) -> JsonObject:
        """The device's keys with the identity's signature, for the first upload; as they are where there is none."""
        return self._identity.sign_device(device_keys) if self._identity else device_keys

    async def sign_person(self, master_key: JsonObject) -> None:
        """Say that a person's master key was compared with theirs. GiveUp where the homeserver does not take it."""
        if self._identity is None:
            raise GiveUp("NO_IDENTITY", "there is no identity of the bot to sign with")
        user_id = str(master_key["user_id"])
        [public] = master_key["keys"].values()
        await self._upload_signature(user_id, public, self._identity.sign_master_of(master_key))

    async def back_up(self) -> bool:
        """Bring up to 100 room keys into the backup; True where more wait. Also looks again at what had a problem."""
        if not self._is_well() and self._clock() - self._looked_at >= AGAIN_MS:
            await self.settle()
        more = False
        if self._identity is not None and self._backup.state in USABLE and self._wants_backup:
            more = await self._upload_some()
        await self._count()
        return more

    async def restore_backup(self) -> int:
        """Take in the room keys of the backup that we do not have; how many those were. 0 where it is not ours."""
        try:
            return await self._backup.restore()
        except GiveUp as refusal:
            self._health.warn("key backup", f"cannot be restored: {refusal}")
            return 0

    async def restore(self, typed: str) -> None:
        """Take over the account's identity by its recovery key or passphrase, and the key of its backup.

        CryptoError where that does not fit, or where what it opens is not what the homeserver shows.
        """
        storage_id = await self._storage.default_key()
        if not storage_id:
            raise CryptoError("the bot's account has no secret storage, so there is nothing that a recovery key opens")
        key = await self._storage.opened_by(storage_id, typed)
        seeds = {usage: await self._storage.get(storage_id, key, name) for usage, name in IDENTITY_SECRETS.items()}
        if missing := [IDENTITY_SECRETS[usage] for usage, seed in seeds.items() if seed is None]:
            raise CryptoError(f"secret storage lacks {', '.join(missing)}")
        identity = Identity.from_seeds(self._me, {usage: seed for usage, seed in seeds.items() if seed})
        if (await self._published()).whose(identity) != "ours":
            raise CryptoError("secret storage holds another identity than the homeserver shows")
        have = await self._store.write(lambda tx: kept(tx, self._me))
        backup_key = await self._storage.get(storage_id, key, BACKUP_SECRET) or have.backup_key
        restored = Kept(identity, storage_id, None, backup_key, have.backup_version)
        await self._store.write(lambda tx: keep(tx, restored), durable=True)
        await self.settle(renew=True)
        await self._complete_storage(storage_id, key)

    async def _complete_storage(self, storage_id: str, key: bytes) -> None:
        """A backup that was made only now: its key goes to the other secrets."""
        have = await self._store.write(lambda tx: kept(tx, self._me))
        if have.backup_key and await self._storage.get(storage_id, key, BACKUP_SECRET) != have.backup_key:
            await self._storage.put(storage_id, key, BACKUP_SECRET, have.backup_key)

    async def _published(self) -> Published:
        answer = await self._server.query_keys([self._me])
        return published(answer, self._me, self._keyring.device_id)

    async def _identify(self, there: Published, have: Kept) -> tuple[Whose, str]:
        """Make an identity where there is none. One that is not ours is never replaced."""
        whose = there.whose(have.identity)
        if whose in {"none", "incomplete"}:
            return await self._make()
        return ("ours" if whose == "ours" else "foreign"), ""

    async def _make(self) -> tuple[Whose, str]:
        have = await self._store.write(lambda tx: make_identity(tx, self._me), durable=True)
        found = await self._store.write(lambda tx: own_keys(tx, self._keyring))
        if have.identity is None or found is None:
            raise CryptoError("this askbridge has no device yet")
        own, _ = found
        account = self._keyring.ratchets.account(own.pickle)
        body = have.identity.upload_body(own.device_id, account.sign)
        try:
            await self._server.upload_identity(body)
        except NeedsAuthentication as wanted:
            return await self._authenticate(have.identity, body, wanted)
        except GiveUp as refusal:
            return "refused", str(refusal)
        log.info("identity_made", user=self._me)
        return "ours", ""

    async def _authenticate(
        self, identity: Identity, body: JsonObject, wanted: NeedsAuthentication
    ) -> tuple[Whose, str]:
        """Where somebody else made an identity meanwhile, the password would replace it: look once more."""
        if not self._password or [PASSWORD] not in [list(flow) for flow in wanted.flows]:
            return "refused", _asked(wanted)
        if (await self._published()).whose(identity) == "foreign":
            return "foreign", ""
        auth = {
            "type": PASSWORD,
            "identifier": {"type": "m.id.user", "user": self._me},
            "password": self._password,
            "session": wanted.session,
        }
        try:
            await self._server.upload_identity(body, auth)
        except NeedsAuthentication as refusal:
            return "refused", f"it does not take bot.password: {refusal.reason}"
        except GiveUp as refusal:
            return "refused", str(refusal)
        log.info("identity_made", user=self._me)
        return "ours", ""

    async def _sign_device(self, there: Published) -> Signed:
        """What we sign is what we know ourselves, never what the homeserver shows."""
        found = await self._store.write(lambda tx: own_keys(tx, self._keyring))
        if found is None or self._identity is None or not found[0].published:
            return "unpublished"
        _, keys = found
        shown = there.shows(keys)
        if shown is None:
            log.warning("device_was_deleted", device=self._keyring.device_id)
            await self._store.write(note_unpublished, durable=True)
            return "unpublished"
        if not shown:
            return "other keys"
        signed = there.is_signed()
        if not signed:
            try:
                await self._upload_signature(self._me, self._keyring.device_id, self._identity.sign_device(keys))
            except GiveUp as refusal:
                self._health.warn("device", f"its signature was refused: {refusal}")
                return "unsigned"
            log.info("device_signed", device=self._keyring.device_id)
        await self._store.write(lambda tx: note_signed(tx, True))
        return "signed"

    async def _upload_signature(self, user_id: str, key_id: str, signed: JsonObject) -> None:
        failures = await self._server.upload_signatures({user_id: {key_id: signed}})
        if failures:
            raise GiveUp("SIGNATURE", str(failures)[:300])

    async def _settle_storage(self, have: Kept) -> Storage:
        try:
            whose = await self._storage.whose(have.storage_id)
            if whose != "none" or have.identity is None:
                return whose
            have = await self._store.write(lambda tx: make_storage_key(tx, self._me), durable=True)
            await self._storage.make(have.storage_id, have.recovery_key or b"", _secrets(have))
        except RetryLater as error:
            log.warning("secret_storage_waits", reason=error.reason)
            return "unknown"
        except GiveUp as refusal:
            log.warning("secret_storage_refused", reason=str(refusal))
            return "none"
        log.info("secret_storage_made")
        return "ours"

    async def _settle_backup(self, renew: bool) -> Backup:
        if not self._wants_backup or self._identity is None:
            return "off"
        try:
            return await self._backup.find(self._identity, renew=renew)
        except RetryLater as error:
            log.warning("key_backup_waits", reason=error.reason)
            return "unknown"
        except GiveUp as refusal:
            log.warning("key_backup_refused", reason=str(refusal))
            return "none"

    async def _upload_some(self) -> bool:
        try:
            more = await self._backup.upload()
        except GiveUp as refusal:
            self._health.warn("key backup", f"the homeserver refuses it: {refusal}")
            return False
        if self._backup.state not in USABLE:
            self._say(replace(self.standing, backup=self._backup.state))
        return more

    def _is_well(self) -> bool:
        """Whether there is nothing to be tried again; what somebody else replaced is left alone until a new start."""
        standing = self.standing
        unsettled = {"refused", "unsigned", "unknown"}
        found = {standing.identity, standing.device, standing.storage, standing.backup}
        return self._looked_at > 0 and not found & unsettled

    async def _count(self) -> None:
        held, missing = await self._store.write(lambda tx: tx.keys.room_key_count())
        own = await self._store.write(lambda tx: tx.keys.own())
        if self.standing.device == "unpublished" and own is not None and own.published and own.signed:
            self._say(replace(self.standing, device="signed"))
        if self._metrics is not None:
            self._metrics.room_keys(held, missing)

    def _say(self, standing: Standing) -> None:
        before, self.standing = self.standing, standing
        for about, words in warnings(standing).items():
            self._health.warn(about, words)
        if self._metrics is not None:
            self._metrics.identity(standing.identity, device_signed=standing.device == "signed")
            self._metrics.key_backup(standing.backup)
        if standing != before:
            log.info("identity_stands", **{name: state for name, state in asdict(standing).items() if state})
            self._complain(before)

    def _complain(self, before: Standing) -> None:
        """In the log, each once."""
        known = warnings(before)
        for about, words in warnings(self.standing).items():
            if words and words != known[about]:
                log.warning("identity_problem", about=about, problem=words)


def _secrets(have: Kept) -> dict[str, str]:
    seeds = have.identity.seeds() if have.identity else {}
    identity = {IDENTITY_SECRETS[usage]: seed for usage, seed in seeds.items()}
    return identity | ({BACKUP_SECRET: have.backup_key} if have.backup_key else {})


def _asked(wanted: NeedsAuthentication) -> str:
    """What the homeserver wants, with the address where an operator approves it, if it names one."""
    for stages in wanted.flows:
        for stage in stages:
            said = wanted.params.get(stage)
            if isinstance(said, dict) and isinstance(said.get("url"), str):
                return f"approve it at {said['url']}"
    flows = " or ".join(" and ".join(stages) for stages in wanted.flows)
    return f"it wants {flows}" if flows else wanted.reason
