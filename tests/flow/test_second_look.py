"""What a second look at doors and grants found: races, halves of work, people who play with their membership."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bridge.domain.enforcement import Step
from bridge.ops.health import Health
from bridge.workers.doorkeeper import Doorkeeper
from bridge.workflow import doors
from bridge.workflow.current import Current
from bridge.workflow.delivery import prepare
from bridge.workflow.effects import Reply
from bridge.workflow.records import Room
from tests.flow.extranet import ACME, ANN, DESK, EVE, ROOMS, WORKS, accepts_invites, policy, town
from tests.flow.pocket import BOT, Pocket, pocket, user_id

POWERLESS = {"users": {BOT: 0}}
ABLE = {"users": {BOT: 100}}


def has_power(place: Pocket, content: dict[str, object], room: str = ACME, by: str = "amy") -> None:
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

        def first_room(tx: object) -> None:
            room = tx.rooms.get(rooms[0])  # type: ignore[attr-defined]
            doors.inspect(room, tx, place.policy, place.now)  # type: ignore[arg-type]

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
        whole = asyncio.create_task(keeper.inspect_all())
        while not place._database.doors().violations["found"]:
            await asyncio.sleep(0)
        await keeper.decide()
        await whole
        place._deliver()
        assert place.removed == []
        assert place._database.doors().violations["waiting"] == 9
