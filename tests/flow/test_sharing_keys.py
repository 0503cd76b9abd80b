"""Whose devices get the key of what the bot says in an encrypted room, from when on, and until when."""

from pathlib import Path

import pytest

from bridge.domain.admission import NoPlace
from bridge.domain.enforcement import Cause, Step
from bridge.workflow.cases import Violation
from bridge.workflow.encryption import sharing
from bridge.workflow.encryption.records import MEGOLM, Device
from bridge.workflow.ports import Batch, JsonObject, KeyNews
from tests.flow.devices import AWAY, Client
from tests.flow.keytown import KeyTown, Signing, key_town
from tests.flow.pocket import ROOM

EVE = "@eve:evil.org"
OUT = Violation(ROOM, EVE, "join", NoPlace.UNGRANTED, Step.WAITING, Cause.FOUND, 1)
"""Moderators were asked whether she is to be put out."""


def withheld(client: Client) -> list[str]:
    return [content["code"] for content in client.heard("m.room_key.withheld")]


async def asks(town: KeyTown, client: Client, words: str) -> None:
    """A question, and a minute: nobody is too fast."""
    await asks_soon(town, client, words)
    await town.passes(60)


async def asks_soon(town: KeyTown, client: Client, words: str) -> None:
    town.says(client, f"!ask {words}")
    await town.settle()


async def test_a_card_is_readable_to_whom_it_is_meant_for_and_nobody_else(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, bob = town.comes("ann"), town.comes("bob", identity=False)
        tablet = town.server.adds_device(bob.user_id, "TABLET")
        laptop = town.server.adds_device(ann.user_id, "LAPTOP", signed=False)
        guest = town.comes("guest", membership="invite")
        banned, left = town.comes("cat", membership="ban"), town.comes("dan", membership="leave")
        eve = town.comes(EVE)
        await town.settle()
        town.does(lambda tx: tx.violations.save(OUT))
        await asks(town, ann, "How do I print?")
        assert town.questions() == ["How do I print?"]
        card = ["Q1 · open · asked by ann"]
        assert [town.seen_by(one) for one in (ann, bob, tablet, guest)] == [card] * 4
        assert [town.seen_by(one) for one in (laptop, banned, left, eve)] == [[None]] * 4
        assert withheld(laptop) == ["m.unverified"], "their owner has an identity, and did not sign them"
        assert [one.told for one in (banned, left, eve)] == [[]] * 3
        town.server.asked.clear()
        await asks(town, ann, "And in colour?")
        assert town.server.asked == ["send"], "nobody came or went: nothing is asked and nobody told again"
        town.server.owner(ann.user_id).unsigned.clear()
        town.server.changed.add(ann.user_id)
        await asks(town, ann, "On both sides?")
        assert town.seen_by(laptop) == [None, None, "Q3 · open · asked by ann"]
        assert len(set(town.session_ids())) == 1


async def test_trust_all_gives_keys_to_devices_that_nobody_signed(tmp_path: Path) -> None:
    async with key_town(tmp_path, trust_all=True) as town:
        ann = town.comes("ann")
        laptop = town.server.adds_device(ann.user_id, "LAPTOP", signed=False)
        await asks(town, ann, "How do I print?")
        assert town.seen_by(laptop) == ["Q1 · open · asked by ann"]
        assert withheld(laptop) == []


async def test_where_only_members_may_read_who_is_invited_gets_nothing(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, guest = town.comes("ann"), town.comes("guest", membership="invite")
        town.state("m.room.history_visibility", {"history_visibility": "joined"})
        await asks(town, ann, "How do I print?")
        assert (town.seen_by(guest), guest.told) == ([None], [])
        town.member(guest.user_id, "join")
        await asks(town, ann, "And in colour?")
        assert town.seen_by(guest) == [None, "Q2 · open · asked by ann"]


async def test_who_is_to_be_put_out_reads_nothing_more_from_that_moment_on(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, eve = town.comes("ann"), town.comes(EVE)
        await asks_soon(town, ann, "How do I print?")
        town.does(lambda tx: tx.violations.save(OUT))
        await asks_soon(town, ann, "And in colour?")
        town.does(lambda tx: tx.violations.end(ROOM, EVE, town.now(), removed=False))
        await asks_soon(town, ann, "On both sides?")
        assert town.seen_by(eve) == ["Q1 · open · asked by ann", None, "Q3 · open · asked by ann"]
        assert None not in town.seen_by(ann)


async def test_a_device_that_is_known_speaks_on_after_a_restart_though_its_identity_cannot_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_away(_: Signing) -> None:
        raise AWAY

    async with key_town(tmp_path) as town:
        ann = town.comes("ann")
        await asks(town, ann, "one")
        town.restart()
        monkeypatch.setattr(Signing, "settle", is_away)
        await town.keys._try_round()
        town.says(ann, "!ask two")
        await town.sync()
        await town.inbox.work()
        for _ in range(3):
            await town.deliver()
        assert town.seen_by(ann) == [f"Q{n} · open · asked by ann" for n in (1, 2)]


async def test_a_big_room_costs_as_much_as_it_has_devices_and_not_their_square(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same, compared = Device.__eq__, 0

    def counted(one: Device, other: object) -> bool:
        nonlocal compared
        compared += 1
        return same(one, other)

    async with key_town(tmp_path) as town:
        people = [town.comes(f"person{n}") for n in range(60)]
        await town.settle()
        monkeypatch.setattr(Device, "__eq__", counted)
        await asks_soon(town, people[0], "one")
    assert compared < 5 * len(people)


async def test_what_was_sealed_before_somebody_is_to_go_is_sealed_anew(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, eve = town.comes("ann"), town.comes(EVE)
        await asks_soon(town, ann, "one")
        town.says(ann, "!ask two")
        town.says(ann, "!ask three")
        await town.sync()
        await town.inbox.work()
        ready = await town.outbox._recorded_and_prepared()
        assert [outgoing.sealed is not None for outgoing in ready] == [True, True]
        town.does(lambda tx: tx.violations.save(OUT))
        town.outbox._send(ready)
        await town.settle()
        assert town.seen_by(ann) == [f"Q{n} · open · asked by ann" for n in (1, 2, 3)]
        assert town.seen_by(eve) == ["Q1 · open · asked by ann", None, None]


async def test_the_session_is_changed_when_somebody_must_not_read_on_and_when_it_is_used_up(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        town.state("m.room.encryption", {"algorithm": MEGOLM, "rotation_period_msgs": 10})
        ann, bob, cat = town.comes("ann"), town.comes("bob"), town.comes("cat", identity=False)
        old = town.server.adds_device(cat.user_id, "OLD")
        await asks(town, ann, "one")
        town.member(bob.user_id, "leave")
        await asks(town, ann, "two")
        assert town.seen_by(bob)[1:] == [None], "who left gets nothing of what is said afterwards"
        town.server.removes_device(old)
        await asks(town, ann, "three")
        assert [title is None for title in town.seen_by(old)] == [False, False, True]
        town.member(bob.user_id, "join")
        await asks(town, ann, "four")
        assert [title is None for title in town.seen_by(bob)] == [False, True, True, False]
        new = town.server.adds_device(cat.user_id, "NEW")
        await asks(town, ann, "five")
        assert [title is None for title in town.seen_by(new)] == [True] * 4 + [False], "from when it came on"
        sessions = town.session_ids()
        assert [sessions.index(one) for one in sessions] == [0, 1, 2, 2, 2], "left; a device gone; nobody gone"
        for number in range(8):
            await asks(town, ann, f"more {number}")
        sessions = town.session_ids()[2:]
        assert [sessions.count(one) for one in dict.fromkeys(sessions)] == [10, 1]
        assert None not in town.seen_by(ann)
        assert None not in town.seen_by(cat)
        await town.passes(8 * 86_400)
        await asks(town, ann, "last")
        assert town.session_ids()[-1] not in town.session_ids()[:-1], "a week is over"


async def test_who_comes_is_asked_for_their_devices_though_nobody_reported_new_ones(tmp_path: Path) -> None:
    """Of whom we share no room with, and of those who come, a homeserver that gives keys alone reports nothing."""
    async with key_town(tmp_path) as town:
        ann, bob = town.comes("ann"), town.comes("bob", membership="invite")
        await asks(town, ann, "one")
        tablet = town.server.adds_device(bob.user_id, "TABLET")
        town.server.changed.clear()
        town.member(bob.user_id, "join")
        await asks(town, ann, "two")
        town.server.asked.clear()
        town.member(bob.user_id, "join")
        await asks(town, ann, "three")
        assert town.server.asked == ["send"], "a new display name is no news of devices"
        town.member(bob.user_id, "leave")
        phone = town.server.adds_device(bob.user_id, "PHONE2")
        town.server.changed.clear()
        town.member(bob.user_id, "join")
        await asks(town, ann, "four")
        assert [title is None for title in town.seen_by(tablet)] == [True, False, False, False]
        assert [title is None for title in town.seen_by(phone)] == [True, True, True, False]


async def test_who_gets_another_device_while_we_ask_is_asked_for_again(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, bob = town.comes("ann"), town.comes("bob")
        devices: list[Client] = []

        async def meanwhile() -> None:
            devices.append(town.server.adds_device(bob.user_id, "TABLET"))
            town.server.removes_device(bob)
            await town.sync()

        town.server.meanwhile = meanwhile
        await asks(town, ann, "one")
        assert [town.seen_by(one)[0] is None for one in (ann, bob, *devices)] == [False, True, False]
        assert town.server.queried.count(ann.user_id) == 1


async def test_where_nobody_listened_for_a_while_all_are_asked_for_again(tmp_path: Path) -> None:
    """As from `/sync` for all to keys alone beside what is pushed."""
    async with key_town(tmp_path) as town:
        ann, bob = town.comes("ann"), town.comes("bob")
        await asks(town, ann, "one")
        tablet = town.server.adds_device(bob.user_id, "TABLET")
        town.server.changed.clear()
        await town.intake.accept(Batch("keys", (), "k1", KeyNews()))
        await asks(town, ann, "two")
        assert [title is None for title in town.seen_by(tablet)] == [True, False]
        queried = len(town.server.queried)
        await town.intake.accept(Batch("keys", (), "k2", KeyNews()))
        await asks(town, ann, "three")
        assert len(town.server.queried) == queried


async def test_somebody_who_joins_in_the_batch_of_a_question_reads_its_card(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann = town.comes("ann")
        await asks(town, ann, "one")
        bob = town.comes("bob")
        town.says(ann, "!ask two")
        dan = town.comes("dan")
        await town.settle()
        assert [town.seen_by(one)[1] for one in (bob, dan)] == ["Q2 · open · asked by ann"] * 2


async def test_a_server_that_does_not_answer_costs_its_own_people_alone_and_no_longer_than_it_is_away(
    tmp_path: Path,
) -> None:
    async with key_town(tmp_path) as town:
        town.server.away.add("far.example")
        ann, far, near = town.comes("ann"), town.comes("@far:far.example"), town.comes("near")
        await asks(town, ann, "one")
        assert [town.seen_by(one) for one in (ann, near, far)] == [["Q1 · open · asked by ann"]] * 2 + [[None]]
        town.server.away.clear()
        await town.passes(120)
        await asks(town, ann, "two")
        assert town.seen_by(far) == [None, "Q2 · open · asked by ann"], "asked again after two minutes"
        town.member(far.user_id, "leave")
        await asks(town, ann, "three")
        town.member(far.user_id, "join")
        await town.settle()
        far.one_time_keys.clear()
        tablet = town.server.adds_device(far.user_id, "TABLET")
        keys, tablet.one_time_keys = tablet.one_time_keys, {}
        await asks(town, ann, "four")
        assert [far.reads(town.sent()[3]) is None, tablet.reads(town.sent()[3])] == [False, None], "no key to claim"
        tablet.one_time_keys = keys
        await town.passes(300)
        await asks(town, ann, "five")
        assert [title is None for title in town.seen_by(tablet)] == [True, True, True, True, False]


async def test_devices_without_keys_keep_nobody_else_from_theirs(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, dead = town.comes("ann"), town.comes("aaa", identity=False)
        for number in range(sharing.AT_ONCE + 10):
            town.server.adds_device(dead.user_id, f"DEAD{number}").one_time_keys.clear()
        zoe = town.comes("zoe")
        await asks(town, ann, "one")
        assert [town.seen_by(one)[0] is None for one in (dead, ann, zoe)] == [False] * 3


async def test_only_devices_that_had_a_key_are_given_it_again_from_the_same_message_on(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, bob, cat = town.comes("ann"), town.comes("bob", identity=False), town.comes("cat")
        await asks(town, ann, "one")
        late = town.server.adds_device(bob.user_id, "LATE")
        await asks(town, ann, "two")
        never = town.server.adds_device(cat.user_id, "NEVER", signed=False)
        eve = town.comes(EVE, membership="leave")
        town.member(bob.user_id, "leave")
        await town.settle()
        town.member(bob.user_id, "join")
        await asks(town, ann, "three")
        [session, _, last] = town.session_ids()
        assert session == last, "nothing was said while bob was away"
        for client in (bob, late, never, eve):
            client.keys.clear()
            town.server.to_bot += [request(client, session), request(client, session, action="request_cancellation")]
        town.server.to_bot += [request(eve, session, device=ann.device_id), request(ann, "no such session")]
        await town.settle()
        assert [[title is None for title in town.seen_by(one)] for one in (bob, late, never, eve)] == [
            [False, False, False],
            [True, False, False],
            [True, True, True],
            [True, True, True],
        ]
        town.server.owner(cat.user_id).unsigned.add(cat.device_id)
        town.server.changed.add(cat.user_id)
        await town.settle()
        cat.keys.clear()
        town.server.to_bot.append(request(cat, session))
        await town.settle()
        assert town.seen_by(cat) == [None] * 3, "who may not have keys any more gets none again"
        town.server.removes_device(late)
        await town.settle()
        other = town.server.adds_device(bob.user_id, "LATE")
        await town.settle()
        town.server.to_bot.append(request(other, session))
        await asks(town, ann, "four")
        assert [title is None for title in town.seen_by(other)] == [True, True, True, False], "a new device, an old id"


async def test_who_asks_for_a_key_without_end_is_not_answered_without_end(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, eve = town.comes("ann"), town.comes(EVE)
        await asks(town, ann, "one")
        [session] = town.session_ids()
        for expected in (1, 2):
            for _ in range(30):
                town.server.to_bot.append(request(eve, session))
                await town.settle()
            assert len(eve.heard("m.forwarded_room_key")) == expected
            await town.passes(61)


def request(client: Client, session: str, *, action: str = "request", device: str = "") -> JsonObject:
    body = {"algorithm": MEGOLM, "room_id": ROOM, "session_id": session}
    content = {"action": action, "body": body, "request_id": "1", "requesting_device_id": device or client.device_id}
    return {"type": "m.room_key_request", "sender": client.user_id, "content": content}
