"""The bot's identity and key backup on homeservers that refuse, ask for passwords, or were changed by others."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.crypto.errors import CryptoError
from bridge.crypto.identity import Identity
from bridge.crypto.keybackup import ALGORITHM, auth_data, encrypt_session, new_backup_key
from bridge.crypto.ratchets import Ratchets
from bridge.crypto.recovery import DEFAULT_KEY, KEY_PREFIX, encode_recovery_key
from bridge.crypto.sealed import Sealer
from bridge.crypto.signing import is_signed
from bridge.ops.health import Health
from bridge.ops.metrics import Metrics
from bridge.store.database import Database
from bridge.workers.identity import AGAIN_MS, IdentityKeeper
from bridge.workers.keybackup import AT_ONCE
from bridge.workflow.encryption import devices
from bridge.workflow.encryption.identity import forget_recovery_key, kept
from bridge.workflow.encryption.records import Keyring, RoomKey, Source
from bridge.workflow.ports import GiveUp, JsonObject, RetryLater
from tests.flow.accounts import DEVICE, ME, Account

SECRET = b"the operator's secret"
ROOM = "!room:example.org"


class Machine:
    """A bot with a database of its own."""

    def __init__(self, folder: Path, account: Account, *, name: str = "bot", password: str | None = None) -> None:
        ratchets, sealer = Ratchets(SECRET), Sealer(SECRET)
        self.account, self.ratchets = account, ratchets
        self.database = Database.open(f"sqlite:///{folder / name}.db")
        self.database.use_keys(ratchets, sealer)
        self.database.write_now(lambda tx: devices.own(tx, ratchets, ME, DEVICE))
        self.keyring = Keyring(ME, DEVICE, ratchets, sealer)
        self.health, self.metrics, self.passed = Health(), Metrics("0"), 0
        self._password = password
        self.start()

    def start(self) -> None:
        self.identity = IdentityKeeper(
            self.database, self.account, self.keyring, self._password, self.health, self.now, metrics=self.metrics
        )

    def now(self) -> int:
        return time.time_ns() // 1_000_000 + self.passed

    def warnings(self) -> dict[str, str]:
        found: dict[str, str] = self.health.ready()[1]["warnings"]
        return found

    async def publish(self) -> None:
        """As the keeper of keys does."""

        def body(tx: object) -> JsonObject | None:
            return devices.upload(tx, self.keyring, self.identity.sign)  # type: ignore[arg-type]

        made = await self.database.write(body)
        assert made is not None
        count = await self.account.upload_keys(made)
        await self.database.write(lambda tx: devices.uploaded(made, count, tx, self.keyring))

    def learns(self, count: int) -> list[RoomKey]:
        made = []
        for _ in range(count):
            group = self.ratchets.inbound(self.ratchets.new_outbound().session_key)
            made.append(RoomKey(ROOM, group.id, "curve", "ed", ME, group.pickle(), 0, Source.ROOM_KEY))
        for key in made:
            self.database.write_now(lambda tx, key=key: tx.keys.save_room_key(key))  # type: ignore[misc]
        return made

    def counts(self) -> tuple[int, int]:
        return self.database.write_now(lambda tx: tx.keys.room_key_count())


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
def bot(tmp_path: Path, account: Account) -> Iterator[Machine]:
    machine = Machine(tmp_path, account, password="right")
    yield machine
    machine.database.close()


async def test_a_password_is_given_where_it_is_asked_for(bot: Machine, account: Account) -> None:
    account.flows = [["m.login.password"], ["m.login.sso"]]
    await bot.identity.settle()
    assert bot.identity.standing.identity == "ours"
    assert bot.warnings() == {}
    await bot.publish()
    assert account.devices[ME][DEVICE]["signatures"][ME].keys() == {
        f"ed25519:{DEVICE}",
        f"ed25519:{next(iter(account.identity['self_signing_key']['keys'].values()))}",
    }
    await bot.identity.back_up()
    assert bot.identity.standing.device == "signed"
    assert "askbridge_device_verified 1.0" in bot.metrics.render().decode()


@pytest.mark.parametrize(
    ("flows", "params", "said"),
    [
        ([["m.oauth"]], {"m.oauth": {"url": "https://id.example.org/reset"}}, "approve it at https://id.example.org"),
        ([["m.login.sso"], ["m.login.email", "m.x"]], {}, "it wants m.login.sso or m.login.email and m.x"),
        ([["m.login.password"]], {}, "it does not take bot.password: Invalid password"),
    ],
)
async def test_what_else_is_asked_for_is_told_and_tried_again_later(
    tmp_path: Path, account: Account, flows: list[list[str]], params: JsonObject, said: str
) -> None:
    account.flows, account.params = flows, params
    bot = Machine(tmp_path, account, password="wrong")
    try:
        await bot.identity.settle()
        assert bot.identity.standing.identity == "refused"
        assert said in bot.warnings()["identity"]
        await bot.publish()
        assert len(account.devices[ME][DEVICE]["signatures"][ME]) == 1
        seeds = bot.database.write_now(lambda tx: kept(tx, ME))
        account.flows = []
        assert not await bot.identity.back_up()
        assert account.uploads == 0
        bot.passed = AGAIN_MS
        await bot.identity.back_up()
        assert (bot.identity.standing.identity, bot.identity.standing.device) == ("ours", "signed")
        assert bot.warnings() == {}
        assert seeds.identity is not None
        assert seeds.identity.public_keys()["master"] in account.identity["master_key"]["keys"].values()
        keys = account.devices[ME][DEVICE]
        [public] = account.identity["self_signing_key"]["keys"].values()
        assert is_signed(keys, ME, public, public)
    finally:
        bot.database.close()


async def test_an_identity_that_comes_between_the_look_and_the_password_is_not_replaced(
    bot: Machine, account: Account
) -> None:
    other = Identity.new(ME)
    account.flows = [["m.login.password"]]
    upload = account.upload_identity

    async def late(body: JsonObject, auth: JsonObject | None = None) -> None:
        account.identity = other.upload_body("ELEMENT", other.master.sign)
        await upload(body, auth)

    account.upload_identity = late  # type: ignore[method-assign]
    await bot.identity.settle()
    assert bot.identity.standing.identity == "foreign"
    assert account.uploads == 0
    assert other.master.public in account.identity["master_key"]["keys"].values()


async def test_an_identity_that_replaces_ours_is_left_alone(bot: Machine, account: Account) -> None:
    await bot.identity.settle()
    await bot.publish()
    other = Identity.new(ME)
    account.identity = other.upload_body("ELEMENT", other.master.sign)
    bot.start()
    await bot.identity.settle()
    assert bot.identity.standing.identity == "foreign"
    assert account.uploads == 1
    assert "does not hold" in bot.warnings()["identity"]
    assert bot.identity.sign({"user_id": ME}) == {"user_id": ME}
    with pytest.raises(GiveUp, match="no identity of the bot"):
        await bot.identity.sign_person({"user_id": "@a:b", "keys": {"x": "y"}})


async def test_other_keys_for_our_device_are_not_signed(bot: Machine, account: Account) -> None:
    await bot.identity.settle()
    await bot.publish()
    strange = Ratchets(b"another").new_account().device_keys(ME, DEVICE)
    account.devices[ME][DEVICE] = strange
    bot.start()
    await bot.identity.settle()
    assert bot.identity.standing.device == "other keys"
    assert "other keys for the bot's device" in bot.warnings()["device"]
    assert account.devices[ME][DEVICE] == strange


async def test_a_device_that_was_deleted_and_made_anew_comes_back_signed(bot: Machine, account: Account) -> None:
    await bot.identity.settle()
    await bot.publish()
    account.devices.clear()
    bot.start()
    await bot.identity.settle()
    assert bot.identity.standing.device == "unpublished"
    await bot.publish()
    assert len(account.devices[ME][DEVICE]["signatures"][ME]) == 2


async def test_secret_storage_of_somebody_else_is_not_replaced(bot: Machine, account: Account) -> None:
    account.data = {DEFAULT_KEY: {"key": "theirs"}, KEY_PREFIX + "theirs": {"algorithm": "m.x"}}
    before = dict(account.data)
    await bot.identity.settle()
    assert bot.identity.standing.storage == "foreign"
    assert "it is not replaced" in bot.warnings()["secret storage"]
    assert account.data == before
    with pytest.raises(CryptoError, match="not the recovery key"):
        await bot.identity.restore(encode_recovery_key(bytes(32)))


async def test_keys_go_into_the_backup_a_hundred_at_a_time_and_come_out_elsewhere(
    bot: Machine, account: Account, tmp_path: Path
) -> None:
    await bot.identity.settle()
    await bot.publish()
    bot.learns(AT_ONCE + 20)
    assert await bot.identity.back_up()
    assert not await bot.identity.back_up()
    assert bot.counts() == (AT_ONCE + 20, 0)
    assert "askbridge_room_keys_not_backed_up 0.0" in bot.metrics.render().decode()

    have = bot.database.write_now(lambda tx: kept(tx, ME))
    assert have.recovery_key is not None
    bot.database.write_now(lambda tx: forget_recovery_key(tx, ME))
    assert bot.database.write_now(lambda tx: kept(tx, ME)).recovery_key is None
    damaged, renamed, moved = list(account.rooms[ROOM]["sessions"])[:3]
    sessions = account.rooms[ROOM]["sessions"]
    sessions[damaged] = {"session_data": {"ciphertext": "AAAA", "mac": "x", "ephemeral": "y"}}
    sessions["another name"] = sessions.pop(renamed)
    account.rooms["!bad:example.org"] = {"sessions": [moved]}
    new = Machine(tmp_path, account, name="new")
    try:
        await new.identity.settle()
        assert new.identity.standing.identity == "foreign"
        await new.identity.restore(encode_recovery_key(have.recovery_key))
        assert await new.identity.restore_backup() == AT_ONCE + 18
        assert await new.identity.restore_backup() == 0
        assert new.counts() == (AT_ONCE + 18, 0)
    finally:
        new.database.close()


async def test_a_backup_cannot_change_whose_a_key_is(bot: Machine, account: Account) -> None:
    """Who knows the public key, as the homeserver does, can put anything into a backup."""
    await bot.identity.settle()
    outbound = bot.ratchets.new_outbound()
    early = bot.ratchets.inbound(outbound.session_key)
    outbound.encrypt(b"one")
    late = bot.ratchets.inbound(outbound.session_key)
    ours = RoomKey(ROOM, late.id, "curve", "ed", "@ann:b", late.pickle(), 1, Source.ROOM_KEY, backed_up=True)
    bot.database.write_now(lambda tx: tx.keys.save_room_key(ours))
    public = account.backup["auth_data"]["public_key"]  # type: ignore[index]
    given = encrypt_session(public, early.export(), 0, "another curve", "another ed")
    account.rooms = {ROOM: {"sessions": {early.id: given}}}
    assert await bot.identity.restore_backup() == 1
    found = bot.database.write_now(lambda tx: tx.keys.room_key(late.id))
    assert found == replace(ours, pickle=found.pickle if found else "", first_index=0)
    account.rooms = {"!other:example.org": {"sessions": {early.id: given}}}
    assert await bot.identity.restore_backup() == 0


async def test_a_backup_that_changes_is_written_to_no_more(bot: Machine, account: Account) -> None:
    await bot.identity.settle()
    await bot.publish()
    bot.learns(3)
    assert not await bot.identity.back_up()
    stranger = new_backup_key()
    account.replaces_backup(ALGORITHM, auth_data(stranger, ME, {}), "2")
    bot.learns(2)
    for _ in range(3):
        assert not await bot.identity.back_up()
    assert account.rooms == {}
    assert "replaced or deleted" in bot.warnings()["key backup"]
    bot.start()
    await bot.identity.settle()
    assert state_of_backup(bot) == "foreign"
    assert not await bot.identity.back_up()
    assert account.rooms == {}

    identity = bot.database.write_now(lambda tx: kept(tx, ME)).identity
    assert identity is not None
    signed = auth_data(new_backup_key(), ME, {identity.master.public: identity.master.sign})
    account.replaces_backup(ALGORITHM, signed, "3")
    bot.start()
    await bot.identity.settle()
    assert state_of_backup(bot) == "trusted"
    await bot.identity.back_up()
    assert len(account.rooms[ROOM]["sessions"]) == 5
    assert await bot.identity.restore_backup() == 0


def state_of_backup(bot: Machine) -> str:
    return bot.identity.standing.backup


async def test_what_the_homeserver_does_not_give_is_told_and_does_not_end_the_rest(
    bot: Machine, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(*_: object) -> None:
        raise GiveUp("M_FORBIDDEN", "not for you")

    for name in ("set_account_data", "create_backup"):
        monkeypatch.setattr(account, name, refuses)
    await bot.identity.settle()
    await bot.publish()
    standing = bot.identity.standing
    assert (standing.identity, standing.storage, standing.backup) == ("ours", "none", "none")
    assert set(bot.warnings()) == {"secret storage", "key backup"}
    monkeypatch.setattr(account, "query_keys", refuses)
    bot.start()
    await bot.identity.settle()
    assert "cannot be asked for" in bot.warnings()["identity"]


async def test_secret_storage_and_backup_keep_no_device_from_going_up_and_are_made_later(
    bot: Machine, account: Account
) -> None:
    async def is_away(*_: object) -> None:
        raise RetryLater("no answer", 1.0)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("account_data", "backup_version"):
            patch.setattr(account, name, is_away)
        await bot.identity.settle()
        await bot.publish()
        assert not await bot.identity.back_up()
        standing = bot.identity.standing
        assert (standing.device, standing.storage, standing.backup) == ("signed", "unknown", "unknown")
        assert set(bot.warnings()) == {"secret storage", "key backup"}
    bot.passed += AGAIN_MS
    bot.learns(1)
    assert not await bot.identity.back_up()
    assert (bot.identity.standing.storage, bot.identity.standing.backup) == ("ours", "ours")
    assert bot.warnings() == {}
    assert bot.counts() == (1, 0)
