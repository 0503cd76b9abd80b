"""Interactive verification: answers people of ours, and asks one person for an operator (spec, "Key verification").

What is under way is held in memory; a restart cancels it.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import structlog

from bridge.crypto.sas import Broken, Message, Step, Verification, asked_of_device, can_answer, cancelling
from bridge.domain.people import is_ours
from bridge.workers.ports import Store
from bridge.workers.said_at_once import patiently
from bridge.workflow.current import Current
from bridge.workflow.encryption.identity import note_under_way, signing_keys, under_way, vouched
from bridge.workflow.encryption.records import Keyring
from bridge.workflow.ports import GiveUp, JsonObject, KeyServer, RetryLater

log = structlog.get_logger(__name__)

SendInRoom = Callable[[str, str, JsonObject], Awaitable[None]]
"""Send an event (room id, type, content) into a room, sealed where that is encrypted. Raises RetryLater and GiveUp."""
Compare = Callable[[Verification], Awaitable[bool]]
"""Whether people see the same on both sides; asked once, when there is something to compare."""

PREFIX = "m.key.verification."
REQUEST = PREFIX + "request"
MOST = 20
"""Verifications at a time."""
QUEUE = 500
LONGEST = 255
"""Characters of a transaction id."""
LASTS_MS = 600_000
EARLY_MS = 300_000
"""How long a verification takes at most, and how far the clock of who asks may be ahead."""
EVERY_DEVICE = "*"
_ANSWERED = frozenset(PREFIX + kind for kind in ("ready", "start", "accept", "key", "mac"))


@dataclass(frozen=True, slots=True)
class Heard:
    """An event of a verification. `room_id` is "" where it came to our device."""

    kind: str
    sender: str
    content: JsonObject
    txn: str
    at: int
    room_id: str = ""


@dataclass(slots=True)
class Case:
    """A verification under way. `asked` are the devices that we asked, where we did."""

    verification: Verification
    room_id: str
    began_at: int
    asked: list[str] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    compared: bool = False

    @property
    def carry(self) -> JsonObject:
        """What says of an event to which verification it belongs."""
        txn = self.verification.txn
        if not self.room_id:
            return {"transaction_id": txn}
        return {"m.relates_to": {"rel_type": "m.reference", "event_id": txn}}


async def agree(verification: Verification) -> bool:
    """Show what there is to compare in the log; it is the person who compares, and who confirms on their side."""
    log.info(
        "verification_emoji",
        user=verification.other,
        device=verification.other_device,
        emoji=", ".join(f"{symbol} {name}" for symbol, name in verification.emoji),
        decimals=" ".join(map(str, verification.decimals or ())),
    )
    return True


class Verifier:
    """`heard_…` only take note; `run` does the rest, in order."""

    def __init__(
        self,
        store: Store,
        server: KeyServer,
        keyring: Keyring,
        current: Current,
        send_in_room: SendInRoom,
        clock: Callable[[], int],
        compare: Compare = agree,
    ) -> None:
        self._store = store
        self._server = server
        self._keyring = keyring
        self._current = current
        self._send_in_room = send_in_room
        self._clock = clock
        self._compare = compare
        self._me = keyring.user_id
        self._heard: asyncio.Queue[Heard] = asyncio.Queue(QUEUE)
        self._cases: dict[tuple[str, str], Case] = {}
        self._turned_down: dict[str, int] = {}

    def heard_from_device(self, event_type: str, sender: str, content: JsonObject) -> None:
        """A to-device event `m.key.verification.*`."""
        txn, at = content.get("transaction_id"), content.get("timestamp")
        if isinstance(txn, str) and len(txn) <= LONGEST:
            self._note(Heard(event_type, sender, content, txn, at if type(at) is int else self._clock()))

    def heard_in_room(self, event: JsonObject) -> None:
        """An event of a room, opened where it was encrypted; one that belongs to no verification is none of ours."""
        content, kind, at = event.get("content"), event.get("type"), event.get("origin_server_ts")
        sender, room_id = event.get("sender"), event.get("room_id")
        if not isinstance(content, dict) or not isinstance(sender, str) or not isinstance(room_id, str):
            return
        asks = kind == "m.room.message" and content.get("msgtype") == REQUEST
        txn = event.get("event_id") if asks else _referred(content)
        if isinstance(txn, str) and (asks or str(kind).startswith(PREFIX)):
            kind = REQUEST if asks else str(kind)
            self._note(Heard(kind, sender, content, txn, at if type(at) is int else self._clock(), room_id))

    def _note(self, heard: Heard) -> None:
        try:
            self._heard.put_nowait(heard)
        except asyncio.QueueFull:
            log.warning("verification_dropped", user=heard.sender, reason="too many at once")

    async def run(self) -> None:
        await self._cancel_what_was()
        while True:
            try:
                heard = await asyncio.wait_for(self._heard.get(), self._patience())
            except TimeoutError:
                heard = None
            await self._expire()
            if heard is not None:
                try:
                    await self._take(heard)
                finally:
                    self._heard.task_done()

    async def until_dealt_with(self) -> None:
        """Until all that was heard by now is answered."""
        await self._heard.join()

    async def ask(self, user_id: str) -> Verification:
        """Ask all devices of a person, and see it through. GiveUp where there is none. `run` has to run meanwhile."""
        known, master = signing_keys(await self._server.query_keys([user_id]), user_id)
        names = (key_id.partition(":")[2] for key_id in known)
        devices = [device for device in names if device not in (master, self._keyring.device_id)]
        if not devices:
            raise GiveUp("NO_DEVICE", f"{user_id} has no device with encryption that the homeserver knows of")
        case = await self._begin(Heard(REQUEST, user_id, {}, secrets.token_hex(16), self._clock()), None)
        case.asked = devices
        await self._send(case, [(REQUEST, asked_of_device(self._keyring.device_id, self._clock()))])
        await case.over.wait()
        return case.verification

    async def _take(self, heard: Heard) -> None:
        if heard.room_id and heard.sender == self._me:
            await self._another_of_ours(heard)
        elif heard.kind == REQUEST:
            await self._asked(heard)
        elif case := self._cases.get((heard.sender, heard.txn)):
            if case.room_id == heard.room_id:
                await self._go_on(case, heard)
        elif not heard.room_id and heard.kind in _ANSWERED and self._may_ask(heard.sender):
            await self._turn_down(heard, "m.unknown_transaction", "no such verification, or it is over", EVERY_DEVICE)

    async def _another_of_ours(self, heard: Heard) -> None:
        """In a room we hear ourselves, and other clients of our account: what one of those takes up is not for us."""
        if heard.content.get("from_device") in (None, self._keyring.device_id):
            return
        for case in [case for (_, txn), case in self._cases.items() if txn == heard.txn]:
            await self._close(case)

    async def _asked(self, heard: Heard) -> None:
        age = self._clock() - heard.at
        to = heard.content.get("to")
        if not -EARLY_MS <= age <= LASTS_MS or (heard.room_id and to != self._me):
            return
        if not self._may_ask(heard.sender):
            await self._turn_down(heard, "m.user", "askbridge verifies members of staff only")
        elif not can_answer(heard.content):
            await self._turn_down(heard, "m.unknown_method", "askbridge verifies by emoji only")
        elif (heard.sender, heard.txn) not in self._cases:
            await self._answer(heard)

    def _may_ask(self, user_id: str) -> bool:
        return user_id == self._me or is_ours(user_id, self._current.policy.people)

    async def _answer(self, heard: Heard) -> None:
        """Who asks again has given up what they began before."""
        for case in [case for (person, _), case in self._cases.items() if person == heard.sender]:
            await self._end(case, "m.user", "another verification was begun")
        if len(self._cases) >= MOST:
            await self._turn_down(heard, "m.user", "askbridge is busy with other verifications, try again in a while")
            return
        case = await self._begin(heard, str(heard.content["from_device"]))
        log.info("verification_asked", user=heard.sender, device=case.verification.other_device, room=heard.room_id)
        await self._send(case, case.verification.ready())

    async def _begin(self, heard: Heard, device: str | None) -> Case:
        mine = await self._store.write(lambda tx: vouched(tx, self._keyring))
        verification = Verification(heard.txn, self._me, self._keyring.device_id, mine, heard.sender, device)
        case = Case(verification, heard.room_id, self._clock())
        self._cases[(heard.sender, heard.txn)] = case
        await self._note_under_way()
        return case

    async def _go_on(self, case: Case, heard: Heard) -> None:
        verification = case.verification
        try:
            await self._send(case, verification.receive(heard.kind, heard.content))
            if case.asked and verification.step is Step.READY:
                await self._choose_device(case)
                await self._send(case, verification.begin(case.carry))
            if verification.step is Step.SHOWN and not case.compared:
                case.compared = True
                await self._send(case, await self._compared(verification))
        except Broken as broken:
            await self._send(case, [broken.message])
            log.info("verification_broken", user=verification.other, code=broken.code, reason=broken.reason)
        if verification.step in {Step.DONE, Step.CANCELLED}:
            await self._close(case)

    async def _choose_device(self, case: Case) -> None:
        """One of their devices took it up: the others need not ask any more."""
        chosen = case.verification.other_device
        content = cancelling("m.accepted", "taken up on another device")[1] | case.carry
        others = {device: content for device in case.asked if device != chosen}
        case.asked = [chosen or EVERY_DEVICE]
        if others:
            await self._to_devices(PREFIX + "cancel", case.verification.other, others)

    async def _compared(self, verification: Verification) -> list[Message]:
        if not await self._compare(verification):
            return verification.mismatch()
        answer = await patiently(lambda: self._server.query_keys([verification.other]))
        known, master = signing_keys(answer, verification.other)
        return verification.confirm(known, master)

    async def _expire(self) -> None:
        before = self._clock() - LASTS_MS
        for case in [case for case in self._cases.values() if case.began_at <= before]:
            await self._end(case, "m.timeout", "it took too long")

    def _patience(self) -> float | None:
        """Seconds until the oldest verification has taken too long."""
        if not self._cases:
            return None
        oldest = min(case.began_at for case in self._cases.values())
        return max(0.05, (oldest + LASTS_MS - self._clock()) / 1000)

    async def _end(self, case: Case, code: str, reason: str) -> None:
        await self._send(case, case.verification.cancel(code, reason))
        await self._close(case)

    async def _close(self, case: Case) -> None:
        verification = case.verification
        if self._cases.pop((verification.other, verification.txn), None) is None:
            return
        case.over.set()
        await self._note_under_way()
        how = " ".join(verification.cancelled) if verification.cancelled else verification.step.value
        log.info("verification_over", user=verification.other, device=verification.other_device, how=how)

    async def _turn_down(self, heard: Heard, code: str, reason: str, device: str | None = None) -> None:
        if not self._may_ask(heard.sender) and self._was_told(heard.sender):
            return
        to = device or str(heard.content.get("from_device") or EVERY_DEVICE)
        verification = Verification(heard.txn, self._me, self._keyring.device_id, {}, heard.sender, to)
        case = Case(verification, heard.room_id, self._clock())
        await self._send(case, [cancelling(code, reason)])
        log.info("verification_turned_down", user=heard.sender, reason=reason)

    def _was_told(self, stranger: str) -> bool:
        """Who asks without end is not answered without end."""
        now = self._clock()
        self._turned_down = {who: at for who, at in self._turned_down.items() if at > now - LASTS_MS}
        if stranger in self._turned_down or len(self._turned_down) >= QUEUE:
            return True
        self._turned_down[stranger] = now
        return False

    async def _send(self, case: Case, messages: Iterable[Message]) -> None:
        """What cannot be sent breaks the verification off: the other side gives up by itself in time."""
        for event_type, content in messages:
            full = content | case.carry
            try:
                if case.room_id:
                    await self._send_in_room(case.room_id, event_type, full)
                else:
                    await self._to_devices(event_type, case.verification.other, dict.fromkeys(_devices(case), full))
            except (RetryLater, GiveUp) as error:
                log.warning("verification_unsent", user=case.verification.other, reason=str(error))
                case.verification.cancel("m.user", "it could not be sent")
                await self._close(case)
                return

    async def _to_devices(self, event_type: str, user_id: str, contents: JsonObject) -> None:
        txn = secrets.token_hex(8)
        await patiently(lambda: self._server.send_to_device(event_type, {user_id: contents}, txn))

    async def _note_under_way(self) -> None:
        those = [
            {"user": user_id, "txn": txn, "room": case.room_id, "devices": _devices(case)}
            for (user_id, txn), case in self._cases.items()
        ]
        await self._store.write(lambda tx: note_under_way(tx, those))

    async def _cancel_what_was(self) -> None:
        """What had begun before cannot go on: its secrets were in memory."""
        for case in self._cases.values():
            case.over.set()
        self._cases.clear()
        for one in await self._store.write(under_way):
            verification = Verification(one["txn"], self._me, self._keyring.device_id, {}, one["user"])
            case = Case(verification, one["room"], self._clock(), one["devices"])
            await self._send(case, [cancelling("m.user", "askbridge was started anew, please begin again")])
        await self._note_under_way()


def _devices(case: Case) -> list[str]:
    return case.asked or [case.verification.other_device or EVERY_DEVICE]


def _referred(content: JsonObject) -> object:
    relation = content.get("m.relates_to")
    return relation.get("event_id") if isinstance(relation, dict) else None
