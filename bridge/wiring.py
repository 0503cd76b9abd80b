"""The composition root: from a config to the parts of a running program, by plain constructor calls."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Literal
from urllib.parse import quote

import structlog
from starlette.routing import Route
from starlette.types import ASGIApp

from bridge import __version__
from bridge.behind import Behind
from bridge.chat.understand import wanted
from bridge.config.model import AppService, Config
from bridge.copies import fetch_keys, keep_epoch
from bridge.encrypting import key_keeper, keyring_of, listen, open_database, verifier_of
from bridge.matrix import account
from bridge.matrix.client import HomeserverClient
from bridge.matrix.errors import SignedOut
from bridge.matrix.key_sync import KeySync
from bridge.matrix.missed import MissedEvents
from bridge.matrix.sync import SyncTransport
from bridge.matrix.sync_client import SyncClient
from bridge.matrix.wire import read_json
from bridge.ops.health import STARTING, Health
from bridge.ops.metrics import CONTENT_TYPE, Metrics
from bridge.ops.supervise import Supervisor
from bridge.policy import plan_of, policy_of
from bridge.store.erasing import follow_tracking
from bridge.store.errors import StoreError
from bridge.store.inbox import StoreIntake
from bridge.store.settings import DEVICE, TOKEN
from bridge.store.transaction import StoreTransaction
from bridge.store.upkeep import StoreUpkeep
from bridge.web.appservice import PushTransport, appservice_app
from bridge.web.decisions import decision_route
from bridge.web.health import health_app
from bridge.web.server import ListenError, WebServer
from bridge.workers.doorkeeper import Doorkeeper
from bridge.workers.inbox import InboxWorker
from bridge.workers.keys import KeyKeeper
from bridge.workers.outbox import OutboxWorker
from bridge.workers.rooms import RoomKeeper
from bridge.workers.roomwatch import RoomWatch
from bridge.workers.scheduler import Scheduler
from bridge.workflow.asked import AccessDecision, AccessRequest
from bridge.workflow.current import Current
from bridge.workflow.deciding import decide
from bridge.workflow.ports import GiveUp, RetryLater, Transport

log = structlog.get_logger(__name__)

EXPECTED = (account.AccountError, SignedOut, StoreError, ListenError)
"""What an operator can mend; the message says how."""

KEYS_FIRST = 10.0
"""Seconds for which rooms wait for our keys to be on the homeserver."""
LOOK_EVERY = 5.0
"""Seconds between looks at a homeserver that has nothing to push to us, or is away."""


def clock() -> int:
    """Milliseconds since the epoch, UTC."""
    return time.time_ns() // 1_000_000


class App:
    """A running program. `run` goes on until `supervisor.end()` and then finishes what is at hand.

    `on_reload` is called each time that a new config has taken effect and the rooms are in line with it.
    """

    def __init__(self, config: Config) -> None:
        """Open the database; StoreError where it cannot be used."""
        self.config = config
        self.current = Current(policy_of(config))
        self.on_reload: Callable[[], Awaitable[None]] = _nothing
        self.health = Health(("account", "rooms", *_ways_in(config)))
        self.metrics = Metrics(__version__)
        self.supervisor = Supervisor(self.health, expected=EXPECTED)
        self.homeserver = HomeserverClient(
            config.homeserver.url, _first_token(config), config.bot.user_id, on_request=self.metrics.request
        )
        self.database, self.secrets = open_database(config)
        self.outbox, self.keeper = self._way_out()
        self.inbox = InboxWorker(self.database, self.homeserver, self.current, self.metrics, self._wake_outbox, clock)
        self.intake = StoreIntake(
            self.database,
            lambda event: wanted(event, self.current.policy.setting),
            self.inbox.wake,
            self._count,
            encrypted=config.encryption.enabled,
        )
        self.intake.on_unread = self.metrics.undecryptable

    def _way_out(self) -> tuple[OutboxWorker, RoomKeeper]:
        wake = self._wake_outbox
        self.doors = Doorkeeper(self.database, self.current, self.health, wake, clock)
        self.on_reload = self.doors.inspect_all
        keeper = RoomKeeper(
            self.database, self.homeserver, self.current, plan_of(self.config), self.health, self.doors, wake, clock
        )
        self.ready = asyncio.Event()
        self.behind = Behind(self.database, self.homeserver, self.current, wake, clock)
        outbox = OutboxWorker(
            self.database, self.homeserver, keeper, self.current, self.metrics, clock, self.behind.gathering
        )
        return outbox, keeper

    def _wake_outbox(self) -> None:
        self.outbox.wake()
        self.behind.similarity.wake()

    def _count(self, source: Literal["sync", "push"], stored: int, dropped: int) -> None:
        self.metrics.received(source, stored + dropped)
        if dropped:
            log.warning("events_dropped", source=source, count=dropped, reason="no usable id or no JSON")

    def take_over(self, config: Config) -> None:
        """Go by another config, which differs in nothing that needs a restart."""
        self.config = config
        self.current.replace(replace(policy_of(config), encryption=self.current.policy.encryption))
        self.keeper.replan(plan_of(config))
        self.health.warn("config", None)

    def distrust(self, problem: str) -> None:
        """The newest config cannot be used: the one of before goes on."""
        self.current.distrust()
        self.health.warn("config", problem)

    async def _after_reloads(self) -> None:
        while True:
            await self.keeper.remapped.wait()
            self.keeper.remapped.clear()
            try:
                await self.on_reload()
            except BaseException:
                self.keeper.remapped.set()
                raise

    async def run(self) -> None:
        """Raises AccountError, ListenError, SignedOut, StoreError and FatalTask where the program cannot go on."""
        try:
            await self._start()
            await self.supervisor.wait()
        finally:
            await self.supervisor.stop()
            await self.homeserver.close()
            await asyncio.to_thread(self.database.close)

    async def _start(self) -> None:
        erased = await asyncio.to_thread(follow_tracking, self.database)
        if erased:
            log.info("text_erased", rows=erased, reason="encryption.tracking is metadata")
        await self.behind.begin(semantic=self.config.search.semantic)
        if self.config.web:
            web = self.config.web.listen
            self._serve("web", WebServer(self._health_app(), web.host, web.port))
        if self.config.appservice:
            self._start_transport(self._push(self.config.appservice))
        self.supervisor.start("account", self._sign_in, fatal=True)
        scheduler = Scheduler(StoreUpkeep(self.database), self.metrics, self.health, clock)
        self.supervisor.start("scheduler", scheduler.run)

    def _serve(self, name: str, server: WebServer) -> None:
        async def serve() -> None:
            await server.start()
            try:
                await server.wait()
            finally:
                await server.stop()

        self.supervisor.start(name, serve, fatal=True)

    def _health_app(self) -> ASGIApp:
        metrics = (lambda: (self.metrics.render(), CONTENT_TYPE)) if self.config.metrics.enabled else None
        return health_app(self.health.live, self.health.ready, metrics, self._decisions())

    def _decisions(self) -> list[Route]:
        """The door for a homeserver that asks before it lets something happen."""
        module = self.config.synapse_module
        return [decision_route(self._decide, module.secret.get_secret_value())] if module else []

    async def _decide(self, request: AccessRequest) -> AccessDecision:
        return await self.database.read(lambda tx: decide(request, tx, self.current.policy, clock()))

    def _push(self, appservice: AppService) -> PushTransport:
        token = appservice.hs_token.get_secret_value()
        app = appservice_app(self.intake, token, self.config.bot.user_id, read_json)
        return PushTransport(app, appservice.listen.host, appservice.listen.port)

    def _start_transport(self, transport: Transport) -> None:
        self.supervisor.start(transport.name, transport.run, fatal=True)
        self.supervisor.start(f"{transport.name} watch", lambda: self._watch(transport))

    async def _watch(self, transport: Transport) -> None:
        """Bring a transport's state to the health page. We are well without a `/sync` beside what is pushed."""
        needed = _ways_in(self.config)
        while True:
            problem = getattr(transport, "problem", None) or (None if transport.started else STARTING)
            (self.health.set if transport.name in needed else self.health.warn)(transport.name, problem)
            await asyncio.sleep(0.05 if not transport.started else 1.0)

    async def _sign_in(self) -> None:
        """Once the account works, everything else starts; a homeserver that is away is waited for."""
        pause = 0.5
        while True:
            try:
                session = await self.session()
                break
            except RetryLater as error:
                self.health.set("account", f"the homeserver cannot be reached: {error.reason}")
                log.warning("homeserver_away", reason=error.reason, seconds=pause)
                await asyncio.sleep(max(pause, error.after))
                pause = min(30.0, pause * 2)
        self.health.set("account", None)
        keys = await self._keys(session)
        self._start_workers(keys)

    async def session(self) -> account.Session:
        """Sign the bot in. Raises AccountError, RetryLater."""
        if self.config.appservice:
            return await self._session_as_appservice()
        if self.config.bot.access_token:
            return await account.by_token(self.homeserver)
        return await self._session_by_password()

    async def _session_as_appservice(self) -> account.Session:
        kept = await self.database.read(lambda tx: tx.settings.get(DEVICE))
        bot, enabled = self.config.bot, self.config.encryption.enabled
        session = await account.as_appservice(self.homeserver, kept, bot.device_name, with_device=enabled)
        if session.device_id and session.device_id != kept:
            device_id = session.device_id
            await self.database.write(lambda tx: tx.settings.set(DEVICE, device_id))
        return session

    async def _session_by_password(self) -> account.Session:
        password = self.config.bot.password
        kept = await self.database.read(lambda tx: (tx.settings.get(DEVICE), tx.settings.get(TOKEN)))
        session = await account.by_password(
            self.homeserver,
            password.get_secret_value() if password else "",
            device_id=kept[0],
            device_name=self.config.bot.device_name,
            access_token=kept[1],
        )

        def keep(tx: StoreTransaction) -> None:
            tx.settings.set(DEVICE, session.device_id or "")
            tx.settings.set(TOKEN, session.access_token)

        await self.database.write(keep)
        return session

    async def _keys(self, session: account.Session) -> KeyKeeper | None:
        """What speaks in encrypted rooms; None where that is switched off, or our account cannot."""
        if self.secrets is None or not self.config.encryption.enabled:
            return None
        try:
            keyring = await keyring_of(self.config, session, self.database, self.secrets)
        except GiveUp as error:
            self._cannot_encrypt(error.reason)
            return None
        keeper, identity = key_keeper(
            self.config, keyring, self.database, self.homeserver, self.health, self.metrics, self._wake_outbox, clock
        )
        verifier = verifier_of(keyring, keeper, self.database, self.homeserver, self.current, clock)
        listen(self.intake, keyring, keeper, verifier)
        self.supervisor.start("verification", verifier.run)
        self.supervisor.start("epoch", lambda: keep_epoch(self.config, self.database))
        self.supervisor.start("missing keys", lambda: fetch_keys(self.database, keeper, identity, self.inbox.wake))
        self.outbox.speech = keeper
        self.homeserver.encrypts_chats()
        return keeper

    def _cannot_encrypt(self, problem: str) -> None:
        self.current.replace(replace(self.current.policy, encryption=False))
        self.health.warn("encryption", problem)
        log.warning("cannot_encrypt", reason=problem)

    def _start_workers(self, keys: KeyKeeper | None) -> None:
        stopping = self.supervisor.stopping

        async def handle() -> None:
            await self.keeper.mapped.wait()
            await self.inbox.run(stopping)

        async def keep_doors() -> None:
            await self.keeper.mapped.wait()
            await self.doors.run()

        async def keep_rooms() -> None:
            if keys is not None:
                # Whoever writes to us the moment we join must find our keys: nobody gives us theirs afterwards.
                with suppress(TimeoutError):
                    await asyncio.wait_for(keys.settled.wait(), KEYS_FIRST)
            await self.keeper.run()

        self.behind.start(self.supervisor, self.ready)
        self.supervisor.start("room keeper", keep_rooms)
        self.supervisor.start("doorkeeper", keep_doors)
        watch = RoomWatch(self.database, self.current, self.metrics, self.health)
        self.supervisor.start("room watch", watch.run)
        self.supervisor.start("after reloads", self._after_reloads)
        self.supervisor.start("inbox", handle, drains=True)
        self.supervisor.start("outbox", lambda: self.outbox.run(stopping), drains=True)
        if not self.config.appservice or self.config.appservice.sync:
            self._start_transport(self._sync())
        elif keys is not None:
            self._start_transport(KeySync(SyncClient(self.homeserver), self.intake, self.config.bot.user_id))
        if keys is not None:
            self.supervisor.start("keys", keys.run)
        self.supervisor.start("ready", self._announce)

    def _sync(self) -> Transport:
        client = self.homeserver
        return SyncTransport(SyncClient(client), self.intake, client.page_back, client.bot_user_id)

    async def _announce(self) -> None:
        """Say once that we are in our rooms and read events; ask the homeserver for what it held back meanwhile."""
        await self.keeper.settled.wait()
        await self.health.well()
        if self.config.appservice:
            await self._ping(self.config.appservice.id)
            missed = MissedEvents(self.homeserver, self.intake, self._rooms_to_hear, self.config.bot.user_id, clock)
            self.supervisor.start("missed events", missed.run)
        rooms = await self.database.write(lambda tx: sum(1 for r in tx.rooms.all().values() if r.space and r.joined))
        log.info("ready", rooms=rooms, version=__version__)
        self.ready.set()
        if _ways_in(self.config) == ("push",):
            await self._watch_homeserver()

    async def _watch_homeserver(self) -> None:
        """Who is pushed to does not notice by itself that the homeserver is away; a refusal is an answer too."""
        while True:
            try:
                await self.homeserver.versions()
                self.health.set("homeserver", None)
            except GiveUp:
                self.health.set("homeserver", None)
            except RetryLater as error:
                self.health.set("homeserver", f"cannot be reached: {error.reason}")
            await asyncio.sleep(LOOK_EVERY)

    async def _rooms_to_hear(self) -> list[str]:
        rooms = await self.database.write(lambda tx: list(tx.rooms.all().values()))
        return [room.room_id for room in rooms if room.joined and (room.space or room.defines or room.direct_with)]

    async def _ping(self, appservice_id: str) -> None:
        """Makes the homeserver try us again at once instead of after its pause (Client-Server API, appservice ping)."""
        path = f"/_matrix/client/v1/appservice/{quote(appservice_id, safe='')}/ping"
        try:
            await self.homeserver.request("POST", path, {}, name="ping")
        except (RetryLater, GiveUp) as error:
            self.health.warn("appservice", f"the homeserver cannot reach us at {self._appservice_url()}: {error}")
            log.warning("ping_failed", reason=str(error), url=self._appservice_url())

    def _appservice_url(self) -> str:
        return self.config.appservice.url if self.config.appservice else ""


async def _nothing() -> None:
    return


def _ways_in(config: Config) -> tuple[str, ...]:
    """The transports that we cannot do without."""
    return ("push",) if config.appservice else ("sync",)


def _first_token(config: Config) -> str:
    token = config.appservice.as_token if config.appservice else config.bot.access_token
    return token.get_secret_value() if token else ""
