"""What encryption asks of a true homeserver, by an ordinary account and by an application service."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import pytest_asyncio

from bridge.crypto.identity import Identity
from bridge.crypto.keybackup import auth_data, new_backup_key
from bridge.crypto.ratchets import Account, Ratchets
from bridge.crypto.signing import is_signed
from bridge.matrix import account
from bridge.matrix.client import HomeserverClient
from bridge.matrix.errors import SignedOut
from bridge.matrix.key_sync import KeySync
from bridge.matrix.keys import KeyRequests
from bridge.matrix.sync import SyncTransport
from bridge.matrix.sync_client import SyncClient
from bridge.workflow.ports import GiveUp, KeyNews, NeedsAuthentication, Transport
from tests.matrix.intake import KeptIntake
from tests.real.client import Person
from tests.real.synapse import SynapseWithRegistrations, Town, build_town
from tests.real.test_operators import asks

CURVE = "signed_curve25519"
BACKUP = "m.megolm_backup.v1.curve25519-aes-sha2"


@dataclass
class Device:
    client: HomeserverClient
    id: str
    account: Account

    @property
    def user_id(self) -> str:
        return self.client.bot_user_id

    @property
    def keys(self) -> KeyRequests:
        return KeyRequests(self.client)

    async def publishes(self, one_time_keys: int) -> int:
        self.account.generate(one_time_keys)
        self.account.generate_fallback()
        return await self.keys.upload_keys(
            {
                "device_keys": self.account.device_keys(self.user_id, self.id),
                "one_time_keys": self.account.signed_one_time_keys(self.user_id, self.id),
                "fallback_keys": self.account.signed_fallback_keys(self.user_id, self.id),
            }
        )

    def way_in(self, intake: KeptIntake, *, alone: bool) -> Transport:
        sync = SyncClient(self.client)
        if alone:
            return KeySync(sync, intake, self.user_id)
        return SyncTransport(sync, intake, self.client.page_back, self.user_id)


Devices = Callable[[Town | Person], Awaitable[Device]]


@pytest_asyncio.fixture
async def devices() -> AsyncIterator[Devices]:
    """Signs the town's bot or a person in, with a device."""
    async with AsyncExitStack() as stack:

        async def device(of: Town | Person) -> Device:
            client = await stack.enter_async_context(client_of(of))
            if isinstance(of, Town) and of.appservice:
                session = await account.as_appservice(client, None, "askbridge", True)
            else:
                session = await account.by_token(client)
            assert session.device_id
            return Device(client, session.device_id, Ratchets(b"k" * 32).new_account())

        yield device


def client_of(of: Town | Person) -> HomeserverClient:
    if isinstance(of, Person):
        return HomeserverClient(of.url, of.access_token, of.user_id)
    token = of.appservice.as_token if of.appservice else str(of.bot_token)
    return HomeserverClient(of.server.url, token, of.bot_user_id)


async def hears(intake: KeptIntake, wanted: Callable[[KeyNews], bool]) -> KeyNews:
    async with asyncio.timeout(20):
        return await intake.first_keys(wanted)


async def test_keys_are_published_claimed_and_used(any_town: Town, devices: Devices) -> None:
    bot, amy = await devices(any_town), await devices(await any_town.person("amy"))
    assert await bot.publishes(3) == 3
    assert await bot.keys.upload_keys({}) == 3

    found = (await amy.keys.query_keys([bot.user_id]))["device_keys"][bot.user_id]
    assert found.keys() == {bot.id}
    assert is_signed(found[bot.id], bot.user_id, bot.id, bot.account.ed)

    intake = KeptIntake()
    running = asyncio.create_task(bot.way_in(intake, alone=any_town.mode == "push").run())
    try:
        assert await hears(intake, lambda news: news.one_time_keys == 3 and news.unused_fallback is True)
        for _ in range(4):
            claimed = await amy.keys.claim_keys({bot.user_id: [bot.id]})
        [(name, key)] = claimed["one_time_keys"][bot.user_id][bot.id].items()
        assert name.startswith(f"{CURVE}:")
        assert key["fallback"] is True, "the fourth of three"
        assert is_signed(key, bot.user_id, bot.id, bot.account.ed)

        said = {bot.user_id: {bot.id: {"n": 1}}}
        for txn in ("same", "same", "other"):
            await amy.keys.send_to_device("org.askbridge.test", said, txn)
        await hears(intake, lambda news: (news.one_time_keys, news.unused_fallback) == (0, False))
        await hears(intake, lambda news: any(event["sender"] == amy.user_id for event in news.to_device))
        await amy.keys.send_to_device("org.askbridge.last", said, "last")
        await hears(intake, lambda news: any(event["type"] == "org.askbridge.last" for event in news.to_device))
        heard = [event["type"] for batch in intake.batches if batch.keys for event in batch.keys.to_device]
        assert heard == ["org.askbridge.test"] * 2 + ["org.askbridge.last"]
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_new_device_of_somebody_in_our_rooms_is_news(any_town: Town, devices: Devices) -> None:
    bot, amy = await devices(any_town), await any_town.person("amy")
    room = await any_town.room("private", amy)
    await bot.client.join(room)
    intake = KeptIntake()
    transport = bot.way_in(intake, alone=any_town.mode == "push")
    running = asyncio.create_task(transport.run())
    try:
        await hears(intake, lambda news: news.one_time_keys == 0)
        await (await devices(amy)).publishes(1)
        await hears(intake, lambda news: amy.user_id in news.changed)
        assert transport.started
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_identity_secrets_and_backup(any_town: Town, devices: Devices) -> None:
    bot = await devices(any_town)
    identity = Identity.new(bot.user_id)
    await bot.publishes(1)
    assert await bot.keys.account_data("m.secret_storage.default_key") is None
    await bot.keys.set_account_data("m.secret_storage.default_key", {"key": "K"})
    assert await bot.keys.account_data("m.secret_storage.default_key") == {"key": "K"}

    await bot.keys.upload_identity(identity.upload_body(bot.id, bot.account.sign))
    device_keys = bot.account.device_keys(bot.user_id, bot.id)
    signed = identity.sign_device(device_keys)
    assert await bot.keys.upload_signatures({bot.user_id: {bot.id: signed}}) == {}
    forged = Identity.new(bot.user_id).sign_device(device_keys)
    assert (await bot.keys.upload_signatures({bot.user_id: {bot.id: forged}})).keys() == {bot.user_id}
    shown = await bot.keys.query_keys([bot.user_id])
    public = identity.public_keys()["self_signing"]
    assert is_signed(shown["device_keys"][bot.user_id][bot.id], bot.user_id, public, public)

    await replaces_identity(bot, needs_password=any_town.mode == "sync")

    assert await bot.keys.backup_version() is None
    trusted = auth_data(new_backup_key(), bot.user_id, {bot.id: bot.account.sign})
    version = await bot.keys.create_backup(BACKUP, trusted)
    found = await bot.keys.backup_version()
    assert found is not None
    assert (found["version"], found["algorithm"], found["auth_data"]) == (version, BACKUP, trusted)
    room_key = {"first_message_index": 0, "forwarded_count": 0, "is_verified": True, "session_data": {"x": "y"}}
    rooms: dict[str, Any] = {"!r:x": {"sessions": {"s": room_key}}}
    await bot.keys.put_backed_up(version, rooms)
    assert await bot.keys.get_backed_up(version) == rooms
    assert await bot.keys.create_backup(BACKUP, trusted) != version
    with pytest.raises(GiveUp) as refused:
        await bot.keys.put_backed_up(version, rooms)
    assert refused.value.code == "M_WRONG_ROOM_KEYS_VERSION"


async def replaces_identity(bot: Device, *, needs_password: bool) -> None:
    """The as_token may, an ordinary account must say its password."""
    body = Identity.new(bot.user_id).upload_body(bot.id, bot.account.sign)
    if not needs_password:
        await bot.keys.upload_identity(body)
        return
    with pytest.raises(NeedsAuthentication) as asked:
        await bot.keys.upload_identity(body)
    assert ["m.login.password"] in asked.value.flows
    who = {"type": "m.id.user", "user": bot.user_id}
    proof = {"type": "m.login.password", "identifier": who, "session": asked.value.session}
    with pytest.raises(GiveUp) as refused:
        await bot.keys.upload_identity(body, proof | {"password": "wrong"})
    assert refused.value.code == "M_FORBIDDEN"
    await bot.keys.upload_identity(body, proof | {"password": "secret"})


async def test_the_device_of_an_application_service_is_kept_and_replaced(push_town: Town, devices: Devices) -> None:
    root = await push_town.person("root", admin=True)
    bot = await devices(push_town)
    for _ in range(2):
        kept = await account.as_appservice(bot.client, bot.id, "askbridge", True)
        assert (kept.device_id, kept.problem) == (bot.id, None)
    listed = await bot.client.request("GET", "/_matrix/client/v3/devices")
    assert [(device["device_id"], device["display_name"]) for device in listed["devices"]] == [(bot.id, "askbridge")]

    room = await push_town.room("plain", root)
    await bot.client.join(room)
    assert await bot.client.send(room, "m.room.message", {"msgtype": "m.text", "body": "hi"}, "t1")
    [said] = [event for event in await root.messages(room) if event["type"] == "m.room.message"]
    assert said["sender"] == bot.user_id

    url = f"{push_town.server.url}/_synapse/admin/v2/users/{quote(bot.user_id)}/devices/{bot.id}"
    async with push_town.session.delete(url, headers={"Authorization": f"Bearer {root.access_token}"}) as answer:
        assert answer.status == 200
    with pytest.raises(SignedOut, match="was deleted"):
        await bot.way_in(KeptIntake(), alone=True).run()
    again = await account.as_appservice(bot.client, bot.id, "askbridge", True)
    assert again.device_id == bot.id
    assert await bot.publishes(1) == 1


async def test_a_registration_of_former_times_goes_on_with_plain_rooms(
    synapse: SynapseWithRegistrations, tmp_path: Path
) -> None:
    async with aiohttp.ClientSession() as session:
        town = await build_town(synapse, tmp_path, session, "push", former=True)
        amy = await town.person("amy")
        room = await town.room("plain", amy)
        async with client_of(town) as client:
            kept = await account.as_appservice(client, None, "askbridge", True)
            assert (kept.device_id, kept.problem) == (None, account.SENDER_IS_BOT)
            await client.join(room)
            assert await client.send(room, "m.room.message", {"msgtype": "m.text", "body": "hi"}, "t1")
        for enabled, mark in ((True, "note"), (False, "ok")):
            town.write_config(encryption={"enabled": enabled})
            told = await asks(town, "check", "--online")
            assert told.code == 0
            assert f"{mark:<6} account: signed in as {town.bot_user_id}" in told.out
            assert ("askbridge registration" in told.out) == enabled
