"""Who may verify with the bot, how many at a time, and how long; what comes otherwise is refused or passed over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio

from bridge.crypto.ratchets import Ratchets
from bridge.crypto.sas import METHOD, Step, Verification
from bridge.crypto.signing import sign
from bridge.workers import verifying
from bridge.workers.verifying import LASTS_MS, MOST, PREFIX, REQUEST, Verifier
from bridge.workflow.current import Current
from bridge.workflow.ports import GiveUp, JsonObject
from tests.flow.accounts import DEVICE, ME, Account
from tests.flow.pocket import POLICY
from tests.flow.test_identity import Machine

AMY, EVE = "@amy:example.org", "@eve:elsewhere.org"
ROOM = "!room:example.org"


class Desk:
    """A verifier with the account behind it. `in_room` is what it said in rooms."""

    def __init__(self, bot: Machine) -> None:
        self.bot, self.account = bot, bot.account
        self.in_room: list[tuple[str, str, JsonObject]] = []
        self.agrees = True
        self.start()

    def start(self) -> None:
        bot = self.bot
        self.verifier = Verifier(
            bot.database, bot.account, bot.keyring, Current(POLICY), self._send, bot.now, self._compare
        )
        self.running = asyncio.create_task(self.verifier.run())

    async def stop(self) -> None:
        self.running.cancel()
        with suppress(asyncio.CancelledError):
            await self.running

    async def _send(self, room_id: str, event_type: str, content: JsonObject) -> None:
        self.in_room.append((room_id, event_type, content))

    async def _compare(self, verification: Verification) -> bool:
        await verifying.agree(verification)
        return self.agrees

    def asks(self, who: str, txn: str, **more: object) -> None:
        content = {"from_device": "PHONE", "methods": [METHOD], "timestamp": self.bot.now(), "transaction_id": txn}
        self.verifier.heard_from_device(REQUEST, who, content | more)

    def answers(self) -> list[tuple[str, str, str]]:
        """(event, person, code or "") of all that went to devices, since this was asked last."""
        sent, self.account.sent = self.account.sent, []
        return [(kind.removeprefix(PREFIX), who, content.get("code", "")) for kind, who, _, content in sent]


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    bot = Machine(tmp_path, Account())
    await bot.identity.settle()
    await bot.publish()
    desk = Desk(bot)
    yield desk
    await desk.stop()
    bot.database.close()


async def test_who_is_answered(desk: Desk) -> None:
    desk.asks(AMY, "1")
    desk.asks(EVE, "2")
    desk.asks(EVE, "3")
    desk.asks(AMY, "4", methods=["m.qr_code.show.v1"])
    desk.asks(AMY, "5", timestamp=desk.bot.now() - LASTS_MS - 1)
    desk.asks(AMY, "6", timestamp=desk.bot.now() + LASTS_MS)
    desk.asks(AMY, "7" * 256)
    desk.verifier.heard_from_device(f"{PREFIX}start", AMY, {"transaction_id": "8", "from_device": "PHONE"})
    desk.verifier.heard_from_device(f"{PREFIX}start", EVE, {"transaction_id": "9"})
    desk.verifier.heard_from_device(f"{PREFIX}done", AMY, {"transaction_id": "8"})
    desk.verifier.heard_from_device(REQUEST, AMY, {"transaction_id": 7})
    await desk.verifier.until_dealt_with()
    assert desk.answers() == [
        ("ready", AMY, ""),
        ("cancel", EVE, "m.user"),
        ("cancel", AMY, "m.unknown_method"),
        ("cancel", AMY, "m.unknown_transaction"),
    ]


async def test_one_each_and_so_many_at_a_time_and_not_for_ever(desk: Desk) -> None:
    desk.asks(AMY, "1")
    desk.asks(AMY, "2")
    await desk.verifier.until_dealt_with()
    assert desk.answers() == [("ready", AMY, ""), ("cancel", AMY, "m.user"), ("ready", AMY, "")]
    people = [f"@p{number}:example.org" for number in range(MOST)]
    for person in people:
        desk.asks(person, "x")
    await desk.verifier.until_dealt_with()
    answers = desk.answers()
    assert [kind for kind, _, _ in answers] == ["ready"] * (MOST - 1) + ["cancel"]
    desk.bot.passed = LASTS_MS + 1
    desk.asks(people[0], "y")
    await desk.verifier.until_dealt_with()
    answers = desk.answers()
    assert answers[:MOST].count(("cancel", AMY, "m.timeout")) == 1
    assert {code for _, _, code in answers[:MOST]} == {"m.timeout"}
    assert answers[MOST:] == [("ready", people[0], "")]


async def test_in_rooms_only_what_is_for_us(desk: Desk) -> None:
    def asked(sender: str, event_id: str, to: str = ME, **more: object) -> JsonObject:
        content = {"msgtype": REQUEST, "body": "?", "from_device": "PHONE", "methods": [METHOD], "to": to}
        event = {"type": "m.room.message", "room_id": ROOM, "event_id": event_id, "sender": sender, "content": content}
        return event | {"origin_server_ts": desk.bot.now()} | more

    def follows(sender: str, kind: str, event_id: str, **content: object) -> JsonObject:
        relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": event_id}}
        return asked(sender, "$f") | {"type": PREFIX + kind, "content": content | relation}

    hear = desk.verifier.heard_in_room
    for strange in (
        asked(AMY, "$other", to="@bob:example.org"),
        asked(AMY, "$old", origin_server_ts=desk.bot.now() - LASTS_MS - 1),
        follows(AMY, "start", "$between others", from_device="PHONE"),
        {"type": "m.room.message", "content": [], "sender": AMY, "room_id": ROOM},
        follows(AMY, "ready", "$x") | {"sender": 7},
        follows(AMY, "ready", "$x") | {"content": {"m.relates_to": []}},
    ):
        hear(strange)
    await desk.verifier.until_dealt_with()
    assert desk.in_room == []
    hear(asked(EVE, "$eve"))
    hear(asked(AMY, "$1"))
    hear(follows(ME, "ready", "$1", from_device=DEVICE))
    await desk.verifier.until_dealt_with()
    relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": "$1"}}
    assert [(kind, content.get("code")) for _, kind, content in desk.in_room] == [
        (f"{PREFIX}cancel", "m.user"),
        (f"{PREFIX}ready", None),
    ]
    assert desk.in_room[1] == (ROOM, f"{PREFIX}ready", {"from_device": DEVICE, "methods": [METHOD]} | relation)

    hear(asked(AMY, "$2"))
    hear(follows(ME, "ready", "$2", from_device="ELEMENT"))
    hear(follows(AMY, "start", "$2", from_device="PHONE", method=METHOD))
    await desk.verifier.until_dealt_with()
    said = [kind.removeprefix(PREFIX) for _, kind, _ in desk.in_room[2:]]
    assert said == ["cancel", "ready"], "the other client of the bot's account took it up"


async def test_a_restart_cancels(desk: Desk) -> None:
    desk.asks(AMY, "1")
    await desk.verifier.until_dealt_with()
    await desk.stop()
    desk.answers()
    for expected in ([("cancel", AMY, "m.user")], []):
        desk.start()
        desk.asks(EVE, "2", timestamp=0)
        await desk.verifier.until_dealt_with()
        assert desk.answers() == expected
        await desk.stop()


class Phone:
    """Amy's side of what the bot asks for."""

    def __init__(self, desk: Desk, device: str = "PHONE", *, known: bool = True) -> None:
        self.desk = desk
        account = Ratchets(b"hers").new_account()
        keys = account.device_keys(AMY, device)
        if known:
            desk.account.devices.setdefault(AMY, {})[device] = sign(keys, AMY, device, account.sign)
        mine = {f"ed25519:{device}": keys["keys"][f"ed25519:{device}"]}
        self.device, self.mine = device, mine
        self.verification: Verification | None = None
        self.done: set[int] = set()

    def hear(self) -> None:
        """Take in all that came to this device, and answer."""
        for number, (kind, who, device, content) in enumerate(self.desk.account.sent):
            if number in self.done or (who, device) != (AMY, self.device):
                continue
            self.done.add(number)
            if kind == REQUEST:
                txn = content["transaction_id"]
                self.verification = Verification(txn, AMY, self.device, self.mine, ME, content["from_device"])
                self._tell(self.verification.ready())
            elif self.verification:
                self._tell(self.verification.receive(kind, content))
                if self.verification.step is Step.SHOWN:
                    keys = self.desk.account.devices[ME][DEVICE]["keys"]
                    [master] = self.desk.account.identity["master_key"]["keys"].values()
                    ours = {f"ed25519:{DEVICE}": str(keys[f"ed25519:{DEVICE}"]), f"ed25519:{master}": str(master)}
                    self._tell(self.verification.confirm(ours, master))

    def _tell(self, messages: list[tuple[str, JsonObject]]) -> None:
        assert self.verification is not None
        for kind, content in messages:
            full = content | {"transaction_id": self.verification.txn}
            self.desk.verifier.heard_from_device(kind, AMY, full)


async def hears_until(asked: "asyncio.Task[Verification]", phone: Phone) -> Verification:
    for _ in range(500):
        if asked.done():
            return asked.result()
        phone.hear()
        await asyncio.sleep(0.005)
    raise AssertionError("it did not end")


async def test_we_ask_and_one_device_takes_it_up(desk: Desk) -> None:
    with pytest.raises(GiveUp, match="has no device"):
        await desk.verifier.ask(AMY)
    phone, _tablet = Phone(desk), Phone(desk, "TABLET")
    asked = asyncio.create_task(desk.verifier.ask(AMY))
    done = await hears_until(asked, phone)
    assert done.step is Step.DONE
    assert done.verified_keys == phone.mine
    assert phone.verification is not None
    assert phone.verification.emoji == done.emoji
    assert len(done.emoji) == 7
    tablet = [(kind, content.get("code")) for kind, _, device, content in desk.account.sent if device == "TABLET"]
    assert tablet == [(REQUEST, None), (f"{PREFIX}cancel", "m.accepted")]

    desk.agrees = False
    desk.account.sent.clear()
    refusing = Phone(desk)
    again = await hears_until(asyncio.create_task(desk.verifier.ask(AMY)), refusing)
    assert again.step is Step.CANCELLED
    assert "m.mismatched_sas" in [content.get("code") for _, _, _, content in desk.account.sent]
