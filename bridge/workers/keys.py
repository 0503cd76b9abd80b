"""The loop that keeps our keys on the homeserver and the others' in sight, and shares room keys before we speak."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from functools import partial
from typing import Protocol

import structlog

from bridge.crypto.errors import JsonObject
from bridge.ops.health import Health
from bridge.ops.metrics import Metrics
from bridge.workers.ports import Store
from bridge.workflow.encryption import devices, olm, sharing, unread
from bridge.workflow.encryption.records import ENCRYPTED, Device, Received, ToDevice
from bridge.workflow.encryption.sealing import Sealing
from bridge.workflow.ports import GiveUp, KeyServer, RetryLater
from bridge.workflow.storage import Transaction

log = structlog.get_logger(__name__)

IDLE = 5.0
STEPS = 200
"""More steps than any room takes; a guard against going in circles."""
A_QUERY = 200
A_SLICE = 50
IN_VAIN_MS = 300_000
"""How long a device that had no key to claim is left alone."""
HEAL_AGAIN_MS = 3_600_000
HEALED_AT_ONCE = 5
REFUSED_AGAIN = 30.0
"""Seconds until a message is tried again whose keys the homeserver refused to take."""
MALFORMED = frozenset({"M_TOO_LARGE", "M_BAD_JSON", "M_NOT_JSON", "M_INVALID_PARAM", "HTTP_400", "HTTP_413"})
"""Refusals that say something against what is sent, not against our account."""
BACKUPS = 20
"""How many slices of a hundred keys are backed up in one round."""


class Identity(Protocol):
    """Our cross-signing identity and the key backup. Raise RetryLater and GiveUp."""

    async def settle(self) -> None: ...

    def sign(self, device_keys: JsonObject) -> JsonObject: ...

    async def back_up(self) -> bool:
        """Back some keys up; whether there are more."""


class KeyKeeper:
    """Fills Speech. `settled` is set once our device is on the homeserver, or it is known why it cannot be."""

    def __init__(
        self,
        store: Store,
        server: KeyServer,
        identity: Identity,
        sealing: Sealing,
        health: Health,
        metrics: Metrics,
        on_effects: Callable[[], None],
        clock: Callable[[], int],
    ) -> None:
        self.sealing = sealing
        self._keyring = sealing.keyring
        self._store = store
        self._server = server
        self._identity = identity
        self._health = health
        self._metrics = metrics
        self._on_effects = on_effects
        self._clock = clock
        self._wake = asyncio.Event()
        self._rooms: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._flushing = asyncio.Lock()
        self._querying = asyncio.Lock()
        self._in_vain: dict[sharing.Name, int] = {}
        self._healed: dict[sharing.Name, int] = {}
        self._broken: list[sharing.Name] = []
        self._asking: frozenset[str] = frozenset()
        self._changed: set[str] = set()
        self._looked = False
        self.settled = asyncio.Event()

    def received(self, news: Received) -> None:
        """Key news was accepted: see whether anything follows."""
        self._broken += news.broken
        self._changed.update(self._asking.intersection(news.changed))
        self._wake.set()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled. What cannot be had now is tried again; what is wrong stands on the health page."""
        while True:
            self._wake.clear()
            pause = await self._try_round()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)

    async def _try_round(self) -> float:
        try:
            await self._round()
        except RetryLater as error:
            self._health.warn("encryption", f"the homeserver does not answer: {error.reason}")
            await asyncio.sleep(min(30.0, error.after))
            return IDLE
        except GiveUp as error:
            self._health.warn("encryption", f"the homeserver refuses: {error}")
            log.warning("encryption_refused", reason=str(error))
            await asyncio.sleep(IDLE)
            return 6 * IDLE
        self._health.warn("encryption", None)
        return IDLE

    async def _round(self) -> None:
        if not self._looked:
            if await self._store.write(_is_up):
                self.settled.set()
            await self._identity.settle()
            self._looked = True
        await self._upload()
        self.settled.set()
        await self._query_outdated()
        await self._heal()
        await self._ask_for_keys()
        await self._flush()
        for _ in range(BACKUPS):
            if not await self._identity.back_up():
                break

    async def _upload(self) -> None:
        """Our keys, until the homeserver has enough of them."""
        for _ in range(STEPS):
            body = await self._store.write(
                lambda tx: devices.upload(tx, self._keyring, self._identity.sign), durable=True
            )
            if body is None:
                return
            await self._upload_body(body)

    async def _upload_body(self, body: JsonObject) -> None:
        try:
            count = await self._server.upload_keys(body)
        except GiveUp as error:
            if "already exists" not in error.reason or "device_keys" in body:
                raise
            log.warning("one_time_keys_taken", reason=error.reason)
            await self._store.write(lambda tx: devices.refused(tx, self._keyring), durable=True)
            return
        await self._store.write(lambda tx: devices.uploaded(body, count, tx, self._keyring), durable=True)

    async def make_ready(self, room_id: str) -> None:
        if not self.settled.is_set():
            raise RetryLater("our keys are not on the homeserver yet", 0.1)
        self.sealing.in_use = True
        async with self._rooms[room_id]:
            for _ in range(STEPS):
                step = await self._store.write(lambda tx: self._step(room_id, tx), durable=True)
                if isinstance(step, sharing.Ready):
                    return
                await self._take(step, room_id)
        raise RetryLater("the room changes faster than keys can be shared", 5.0)

    def _step(self, room_id: str, tx: Transaction) -> sharing.Step:
        return self.sealing.step(room_id, tx, self._clock(), self._vain)

    def _vain(self) -> set[sharing.Name]:
        now = self._clock()
        return {name for name, at in self._in_vain.items() if now - at < IN_VAIN_MS}

    async def _take(self, step: sharing.Step, room_id: str) -> None:
        match step:
            case sharing.Ask(people):
                await _whatever_it_takes(self._query(people))
            case sharing.Claim(wanted):
                await _whatever_it_takes(self._claim(wanted))
            case sharing.Deliver():
                await _whatever_it_takes(self._flush())
            case sharing.Cannot():
                raise GiveUp("M_UNKNOWN_ALGORITHM", f"{room_id} is encrypted in a way that we do not know")

    async def _query_outdated(self) -> None:
        now = self._clock()
        outdated = await self._store.write(lambda tx: tx.keys.outdated(A_QUERY))
        due = [owner.user_id for owner in outdated if now - owner.asked_at >= sharing.AGAIN_MS]
        if due:
            await self._query(due)

    async def _query(self, people: Collection[str]) -> None:
        async with self._querying:
            wanted = sorted(people)
            for start in range(0, len(wanted), A_QUERY):
                some = wanted[start : start + A_QUERY]
                await self._query_some(some)

    async def _query_some(self, people: list[str]) -> None:
        """Who has other devices since we asked is to be asked for again, for what we are answered is from before."""
        self._asking, self._changed = frozenset(people), set()
        try:
            answer = await self._server.query_keys(people)
            await self._store.write(partial(self._keep_devices, answer, people))
            changed = self._changed
        finally:
            self._asking = frozenset()
        if changed:
            await self._store.write(lambda tx: tx.keys.outdate(changed))

    def _keep_devices(self, answer: JsonObject, asked: Collection[str], tx: Transaction) -> None:
        devices.keep(answer, asked, tx, self._clock())

    async def _claim(self, wanted: Collection[Device]) -> None:
        """Begin Olm sessions; a device without keys is left alone for a while."""
        by_user: defaultdict[str, list[str]] = defaultdict(list)
        for device in wanted:
            by_user[device.user_id].append(device.device_id)
        claimed = (await self._server.claim_keys(by_user)).get("one_time_keys")
        now = self._clock()
        begun = await self._store.write(
            lambda tx: olm.begun(claimed, list(wanted), tx, self._keyring, now), durable=True
        )
        failed = {(device.user_id, device.device_id) for device in wanted} - begun
        # A new dict: the store's thread may be going through the old one.
        fresh = {name: at for name, at in self._in_vain.items() if now - at < IN_VAIN_MS}
        self._in_vain = {**fresh, **dict.fromkeys(failed, now)}

    async def _flush(self) -> None:
        """Send what is queued for devices, in order."""
        async with self._flushing:
            while queued := await self._store.write(lambda tx: tx.keys.queued(A_SLICE)):
                for message in queued:
                    await self._send(message)
                    await self._store.write(partial(_sent, message.seq))

    async def _send(self, message: ToDevice) -> None:
        """Where one device is such that the homeserver takes nothing for it, the others get theirs all the same."""
        if await self._is_taken(message.event_type, message.messages, message.txn_id):
            return
        alone = [(user_id, name) for user_id, devices in message.messages.items() for name in devices]
        for number, (user_id, name) in enumerate(alone if len(alone) > 1 else ()):
            one = {user_id: {name: message.messages[user_id][name]}}
            await self._is_taken(message.event_type, one, f"{message.txn_id}.{number}")

    async def _is_taken(self, event_type: str, messages: JsonObject, txn_id: str) -> bool:
        """False where the homeserver finds the message itself wrong."""
        try:
            await self._server.send_to_device(event_type, messages, txn_id)
        except GiveUp as refusal:
            if refusal.code not in MALFORMED:
                raise
            log.warning("to_device_not_taken", reason=str(refusal), people=len(messages))
            return False
        return True

    async def _heal(self) -> None:
        """Begin a new Olm session with devices whose messages we cannot open, and say so (spec, "Recovering from
        undecryptable messages").
        """
        broken, self._broken = self._broken, []
        now = self._clock()
        due = self._due(broken, now)
        try:
            await self._renew(due)
        except RetryLater:
            self._broken += due
            raise
        self._healed |= dict.fromkeys(due, now)

    def _due(self, broken: Collection[sharing.Name], now: int) -> set[sharing.Name]:
        """Each device once an hour, and of each person no more than a few: anybody can make devices up."""
        self._healed = {name: at for name, at in self._healed.items() if now - at < HEAL_AGAIN_MS}
        of_each = Counter(user_id for user_id, _ in self._healed)
        due: set[sharing.Name] = set()
        for name in broken:
            if name not in self._healed and name not in due and of_each[name[0]] < HEALED_AT_ONCE:
                due.add(name)
                of_each[name[0]] += 1
        return due

    async def _renew(self, due: Collection[sharing.Name]) -> None:
        if not due:
            return
        await self._query({user_id for user_id, _ in due})
        found = await self._store.write(lambda tx: tx.keys.devices({user_id for user_id, _ in due}))
        wanted = [d for each in found.values() for d in each if (d.user_id, d.curve) in due]
        if wanted:
            await self._claim(wanted)
            await self._store.write(lambda tx: self._greet(wanted, tx), durable=True)

    def _greet(self, wanted: list[Device], tx: Transaction) -> None:
        for device in wanted:
            sealed = olm.sealed("m.dummy", {}, device, tx, self._keyring, self._clock())
            if sealed is not None:
                tx.keys.queue(ENCRYPTED, {device.user_id: {device.device_id: sealed}})

    async def _ask_for_keys(self) -> None:
        """Ask for the keys of what cannot be read, and tell rooms where nobody gave them."""
        now = self._clock()
        waiting, told = await self._store.write(lambda tx: unread.attend(tx, self._keyring, now))
        self._metrics.unread(waiting)
        if told:
            self._on_effects()


async def _whatever_it_takes(request: Awaitable[None]) -> None:
    """What is refused about keys says nothing against the message that needs them: it waits."""
    try:
        await request
    except GiveUp as refusal:
        raise RetryLater(f"the homeserver refuses: {refusal}", REFUSED_AGAIN) from refusal


def _is_up(tx: Transaction) -> bool:
    """Whether our device has been on the homeserver, signed, since an earlier start."""
    own = tx.keys.own()
    return own is not None and own.published and own.signed


def _sent(seq: int, tx: Transaction) -> None:
    tx.keys.sent([seq])
