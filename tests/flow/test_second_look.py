"""What a second look at doors and grants found: races, halves of work, people who play with their membership."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from bridge.domain.enforcement import Step
from bridge.matrix.wire import read_json
from bridge.ops.health import Health
from bridge.workers.doorkeeper import Doorkeeper
from bridge.workers.rooms import RoomKeeper, RoomPlan
from bridge.workflow import doors
from bridge.workflow.current import Current
from bridge.workflow.desk import Done
from bridge.workflow.effects import Reply
from bridge.workflow.inbound import has_to_wait, read_row
from bridge.workflow.ports import Homeserver, RetryLater
from bridge.workflow.records import Pending, Room
from bridge.workflow.rooms import learn
from bridge.workflow.stewards import may_moderate
from bridge.workflow.storage import Transaction
from tests.flow.extranet import ACME, ANN, BY_MODERATORS, DESK, EVE, ROOMS, WORKS, accepts_invites, policy, town
from tests.flow.pocket import BOT, JsonObject, Pocket, pocket, user_id

POWERLESS = {"users": {BOT: 0}}
ABLE = {"users": {BOT: 100}}


def has_power(place: Pocket, content: JsonObject, room: str = ACME, by: str = "amy") -> None:
    place._happens(by, "m.room.power_levels", content, room, "")


def step_of(place: Pocket, person: str, room: str = ACME) -> Step | None:
    violation = place._database.write_now(lambda tx: tx.violations.get(room, person))
    return violation.step if violation else None


# --- who comes back at once -------------------------------------------------------------------------------------------


def test_who_is_back_before_the_kick_is_written_down_is_put_out_again(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        deliver, place._deliver = place._deliver, lambda: None  # type: ignore[method-assign]
        place.member(EVE, "join", room=ACME)
        (kick,) = place._database.write_now(place._prepare)
        settled = place._carry_out(kick)
        place.member(EVE, "leave", room=ACME, by=BOT)
        place.member(EVE, "join", room=ACME)
        place._database.write_now(lambda tx: place._record([settled], tx))
        assert place.members(ACME)[EVE] == "join"
        deliver()
        assert place.removed == [(ACME, EVE), (ACME, EVE)]


def test_a_removal_that_was_not_due_for_a_moment_is_carried_out_nevertheless(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        deliver, place._deliver = place._deliver, lambda: None  # type: ignore[method-assign]
        place.member(EVE, "join", room=ACME)
        trusted, place.policy = place.policy, replace(place.policy, trusted=False)
        (kick,) = place._database.write_now(place._prepare)
        settled = place._carry_out(kick)
        place.policy = trusted
        place._database.write_now(lambda tx: place._record([settled], tx))
        deliver()
        assert place.removed == [(ACME, EVE)]


# --- half of the rooms ------------------------------------------------------------------------------------------------


def everybody_left(place: Pocket) -> list[str]:
    """A typing error in people.staff, and as many rooms as it takes; whoever the bot would remove next."""
    place.policy = policy(staff=("@nobody:example.org",))
    return [room for room, space in ROOMS.items() if space != "square"]


def test_a_power_level_does_not_decide_while_rooms_are_gone_through(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "cid", "lead", policy=policy(), rooms=ROOMS) as place:
        rooms = everybody_left(place)

        def first_room(tx: Transaction) -> None:
            room = tx.rooms.all()[rooms[0]]
            doors.inspect(room, tx, place.policy, place.now)

        place._database.write_now(first_room)
        has_power(place, ABLE, WORKS)
        assert place.removed == []
        place.reloads(place.policy)
        assert place.removed == []
        assert "more than I remove without asking" in place.told("lead")[-1]


async def test_nobody_decides_about_half_of_the_rooms(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "cid", "lead", policy=policy(), rooms=ROOMS) as place:
        everybody_left(place)
        keeper = Doorkeeper(place._database, Current(place.policy), Health(()), lambda: None, lambda: place.now)
        look = keeper.inspect

        def look_while_others_decide(room_id: str, tx: Transaction) -> None:
            look(room_id, tx)
            deciding.append(asyncio.run_coroutine_threadsafe(keeper.decide(), loop))

        deciding: list[Future[None]] = []
        loop = asyncio.get_running_loop()
        keeper.inspect = look_while_others_decide  # type: ignore[method-assign]
        await keeper.inspect_all()
        await asyncio.gather(*map(asyncio.wrap_future, deciding))
        place._deliver()
        assert place.removed == []
        assert place._database.doors().violations["waiting"] == 9


# --- who waits --------------------------------------------------------------------------------------------------------


def test_moderators_learn_of_those_who_are_found_while_others_wait(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.policy = replace(place.policy, trusted=False)
        place._database.write_now(lambda tx: tx.rooms.set_member(ACME, EVE, "join", ""))
        place.reloads(place.policy)
        assert (place.removed, step_of(place, EVE)) == ([], Step.WAITING)
        assert EVE in place.told("lead")[-1]
        told = len(place.told("lead"))
        place.reloads(place.policy)
        assert len(place.told("lead")) == told


async def test_who_waited_for_a_config_that_can_be_loaded_is_decided_about_once_it_is(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        current = Current(place.policy)
        keeper = Doorkeeper(place._database, current, Health(()), lambda: None, lambda: place.now)
        current.distrust()
        place.policy = current.policy
        place.member(EVE, "join", room=ACME)
        await keeper.inspect_all()
        assert (place.removed, step_of(place, EVE)) == ([], Step.WAITING)
        current.replace(replace(place.policy, trusted=True))
        place.policy = current.policy
        await keeper.inspect_all()
        place._deliver()
        assert place.removed == [(ACME, EVE)]


# --- reports ----------------------------------------------------------------------------------------------------------


def test_a_report_names_the_room_where_somebody_was_stuck_before(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        has_power(place, POWERLESS)
        place.member(ANN, "join", room=ACME)
        assert step_of(place, ANN) is Step.STUCK
        place.says("amy", f"!revoke {ANN}", room=DESK)
        place.says("amy", f"!revoke {ANN} space:acme", room=DESK)
        (report,) = [told for told in place.told("amy") if told.startswith("It is done")]
        assert "Rooms they are out of: 0." in report
        assert f"I could not remove them from: {ACME}" in report


def test_a_revocation_is_reported_although_a_room_leaves_the_space_meanwhile(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        accepts_invites(place)
        deliver, place._deliver = place._deliver, lambda: None  # type: ignore[method-assign]
        place.says("amy", f"!revoke {ANN}", room=ACME)

        def leave(tx: Transaction) -> None:
            for room in (ACME, WORKS):
                tx.rooms.save(replace(tx.rooms.all()[room], space=None))

        place._database.write_now(leave)
        place.reloads(place.policy)
        deliver()
        assert [told for told in place.told("amy") if told.startswith("It is done")]


# --- hush -------------------------------------------------------------------------------------------------------------


def test_what_waits_for_many_removals_does_not_stand_before_them(tmp_path: Path) -> None:
    many = {f"!r{n}:example.org": "acme" for n in range(12)}
    with pocket(tmp_path, "amy", "lead", policy=policy(), rooms=many) as place:
        deliver, place._deliver = place._deliver, lambda: None  # type: ignore[method-assign]

        def backlog(tx: Transaction) -> None:
            for room in many:
                for n in range(45):
                    reply = Reply(room_id=room, reader=user_id("amy"), reply_to=None, key="enforce-confirmed")
                    tx.outbox.add(f"{room}.{n}", replace(reply, arguments={"count": n}), place.now)

        place._database.write_now(backlog)
        for room in many:
            place.member(EVE, "join", room=room)
        deliver()
        assert len(place.removed) == 12
        assert len(place.seen_in("!r0:example.org")) == 45


# --- doors ------------------------------------------------------------------------------------------------------------


def test_who_knocks_at_the_room_that_replaced_theirs_is_let_in(tmp_path: Path) -> None:
    new = "!new:example.org"
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN} here", room=ACME)

        def upgrade(tx: Transaction) -> None:
            old = tx.rooms.all()[ACME]
            tx.rooms.save(replace(old, successor=new))
            tx.rooms.save(Room(new, space="acme", joined=True, predecessor=ACME, state=old.state))

        place._database.write_now(upgrade)
        place.member(ANN, "knock", room=new)
        assert place.invited[-1] == (new, ANN)


def test_who_comes_and_goes_where_they_cannot_be_removed_is_told_of_once(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        has_power(place, POWERLESS)
        for _ in range(5):
            place.member(EVE, "join", room=ACME)
            place.member(EVE, "leave", room=ACME)
        assert len([told for told in place.told("lead") if EVE in told]) == 1
        place.passes(days=2)
        place.member(EVE, "join", room=ACME)
        assert len([told for told in place.told("lead") if EVE in told]) == 2


# --- what others write stands in one line -----------------------------------------------------------------------------


def test_names_cannot_write_lines_of_their_own_into_what_moderators_read(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place._happens("amy", "m.room.name", {"name": "Acme\n\nWrite !enforce confirm"}, ACME, "")
        content = {"membership": "join", "displayname": "Amy\u2028\n\nYou are safe to write !enforce confirm"}
        place._happens(EVE, "m.room.member", content, ACME, EVE)
        told = place.told("lead")
        assert told
        assert not [text for text in told if "\n" in text or "\u2028" in text]


def test_a_revocation_is_reported_although_the_bot_loses_its_rights_meanwhile(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        accepts_invites(place)
        deliver, place._deliver = place._deliver, lambda: None  # type: ignore[method-assign]
        place.says("amy", f"!revoke {ANN}", room=DESK)
        place.says("amy", f"!revoke {ANN} space:acme", room=DESK)
        has_power(place, POWERLESS)
        deliver()
        (report,) = [told for told in place.told("amy") if told.startswith("It is done")]
        assert "Rooms they are out of: 1." in report
        assert f"I could not remove them from: {ACME}" in report


# --- what rooms hold --------------------------------------------------------------------------------------------------


def test_state_as_deep_as_it_may_come_can_be_kept(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        for depth in range(235, 260):
            deep = '{"a":' * depth + "1" + "}" * depth
            body = f'[{{"event_id":"$1","sender":"@a:b","type":"m.widget","state_key":"w","content":{deep}}}]'
            state = read_json(body.encode())
            place._database.write_now(lambda tx, s=state: learn(ACME, s, tx, BOT))  # type: ignore[misc]
            assert place._database.write_now(lambda tx: tx.rooms.all()[ACME].state.keys()) == {"m.widget"}


def test_of_a_direct_chat_only_a_little_is_kept(tmp_path: Path) -> None:
    chat = "!direct-amy:example.org"
    with town(tmp_path) as place:
        for number in range(20):
            place._happens("amy", "m.widget", {"url": "https://example.org"}, chat, str(number))
        place._happens("amy", "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}, chat, "")
        kept = place._database.write_now(lambda tx: tx.rooms.all()[chat])
        assert kept.state.keys() == {"m.room.encryption"}
        widget = {"event_id": "$1", "sender": "@a:b", "type": "m.widget", "state_key": "w", "content": {"url": "x"}}
        place._database.write_now(lambda tx: learn(chat, [widget], tx, BOT))
        kept = place._database.write_now(lambda tx: tx.rooms.all()[chat])
        assert kept.state.keys() == {"m.room.encryption"}, "encrypted once, encrypted for good"


def test_a_room_of_two_matrix_spaces_stays_in_the_one_when_the_other_lets_it_go(tmp_path: Path) -> None:
    first, second, child = "!first:example.org", "!second:example.org", "!child:example.org"
    with town(tmp_path) as place:

        def two(tx: Transaction) -> None:
            for room_id, space in ((first, "helpdesk"), (second, "acme")):
                tx.rooms.save(Room(room_id, defines=space, joined=True))

        place._database.write_now(two)
        for parent in (first, second):
            place._happens("amy", "m.space.child", {"via": ["example.org"]}, parent, child)
        assert place._database.write_now(lambda tx: tx.rooms.all()[child]).space == "helpdesk"
        place._happens("amy", "m.space.child", {}, first, child)
        assert place._database.write_now(lambda tx: tx.rooms.all()[child]).space == "acme"


def test_only_old_rooms_name_their_creator_in_their_creation() -> None:
    entry = {"content": {"room_version": "12", "creator": ANN}, "sender": BOT, "event_id": "$1"}
    room = Room(ACME, state={"m.room.create": {"": entry}, "m.room.power_levels": {"": {"content": {"users": {}}}}})
    assert room.powers.level(ANN) == 0
    old = replace(room, state={"m.room.create": {"": {**entry, "content": {"room_version": "10", "creator": ANN}}}})
    assert old.powers.level(ANN) == 100


async def test_who_was_found_is_told_of_although_the_database_was_busy(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        has_power(place, POWERLESS)
        place._database.write_now(lambda tx: tx.rooms.set_member(ACME, EVE, "join", ""))
        keeper = Doorkeeper(place._database, Current(place.policy), Health(()), lambda: None, lambda: place.now)
        place._database.write_now(lambda tx: keeper.inspect(ACME, tx))
        decided, times = keeper._decided, iter((RetryLater("busy"),))

        async def busy_once(decide: Callable[[Transaction, int], Done]) -> None:
            for error in times:
                raise error
            await decided(decide)
            place._deliver()

        keeper._decided = busy_once  # type: ignore[method-assign]
        with pytest.raises(RetryLater):
            await keeper.decide()
        await keeper.decide()
        assert EVE in place.told("lead")[-1]


class OneIsBroken:
    """A homeserver whose state of one room nobody can make sense of."""

    async def joined_rooms(self) -> list[str]:
        return [ACME, WORKS]

    async def room_state(self, room_id: str) -> list[JsonObject]:
        if room_id == ACME:
            raise ValueError("of no sense")
        made = {"type": "m.room.create", "event_id": "$1", "sender": BOT, "state_key": "", "content": {}}
        member = {"type": "m.room.member", "event_id": "$2", "sender": EVE, "state_key": EVE}
        return [made, member | {"content": {"membership": "join"}}]

    async def is_listed(self, _room_id: str) -> bool:
        return False


async def test_a_room_that_cannot_be_read_keeps_no_other_from_being_looked_after(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "lead", policy=policy(), rooms={ACME: "acme", WORKS: "acme"}) as place:
        health = Health(())
        current = Current(place.policy)
        doorkeeper = Doorkeeper(place._database, current, health, lambda: None, lambda: place.now)
        plan = RoomPlan({ACME: "acme", WORKS: "acme"}, {})
        homeserver = cast("Homeserver", OneIsBroken())
        keeper = RoomKeeper(
            place._database, homeserver, current, plan, health, doorkeeper, lambda: None, lambda: place.now
        )
        running = asyncio.create_task(keeper.run())
        await asyncio.wait_for(keeper.settled.wait(), 10)
        running.cancel()
        place._deliver()
        assert place.removed == [(WORKS, EVE)]


# --- direct chats -----------------------------------------------------------------------------------------------------


def test_nothing_private_is_said_in_a_chat_of_which_it_is_not_known_who_is_in_it(tmp_path: Path) -> None:
    chat = "!several:example.org"
    with town(tmp_path) as place:
        place.says("amy", "!ask is the plan ready?", room=DESK)
        place._happens("amy", "m.room.member", {"membership": "invite", "is_direct": True}, chat, BOT)
        place._happens(BOT, "m.room.member", {"membership": "join"}, chat, BOT)
        assert "plan" not in place.hears("amy", "!show 1", room=chat)
        for others, told in (((EVE,), False), ((), True)):
            there = dict.fromkeys((BOT, user_id("amy"), *others), ("join", ""))
            place._database.write_now(lambda tx, t=there: tx.rooms.replace_members(chat, t))  # type: ignore[misc]
            assert ("plan" in place.hears("amy", "!show 1", room=chat)) is told


def test_what_is_said_there_waits_for_a_while(tmp_path: Path) -> None:
    chat = "!several:example.org"
    with town(tmp_path) as place:
        place._happens("amy", "m.room.member", {"membership": "invite", "is_direct": True}, chat, BOT)
        event = {"event_id": "$1", "room_id": chat, "sender": user_id("amy"), "type": "m.room.message"}
        said = event | {"content": {"msgtype": "m.text", "body": "!mine"}}
        item = read_row(Pending(1, "$1", chat, said, place.now, 0), said, place.policy)

        def waits(after: int) -> bool:
            return place._database.write_now(lambda tx: has_to_wait(item, tx, place.policy, place.now + after))

        assert waits(59_000)
        assert not waits(60_000)
        place._database.write_now(lambda tx: tx.rooms.replace_members(chat, {BOT: ("join", "")}))
        assert not waits(0)


def test_a_default_that_lifts_everybody_makes_nobody_a_moderator_of_the_space(tmp_path: Path) -> None:
    amy = user_id("amy")
    with town(tmp_path, BY_MODERATORS) as place:
        for users, moderates in (({BOT: 100}, False), ({BOT: 100, amy: 50}, True)):
            place._happens("lead", "m.room.power_levels", {"users_default": 50, "users": users}, ACME, "")
            found = place._database.write_now(lambda tx: may_moderate(amy, "acme", tx, place.policy))
            assert found is moderates
