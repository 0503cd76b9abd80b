"""Going from room to room: those of the config, children of Matrix spaces, and those the database knows of."""

import asyncio
from dataclasses import dataclass

from bridge.chat.words import LANGUAGES, words
from bridge.config.model import Config
from bridge.domain.drift import RoomView, Surroundings
from bridge.domain.spaces import Space
from bridge.matrix.client import HomeserverClient
from bridge.policy import plan_of, policy_of
from bridge.verbs.roomfacts import RoomFacts, children, room_from
from bridge.workflow.ports import GiveUp, RetryLater
from bridge.workflow.records import Room

AT_ONCE = 8
Known = dict[str, tuple[Room, int]]


@dataclass(frozen=True, slots=True)
class _Target:
    reference: str
    space: str
    defines: bool = False


class Rounds:
    """`known` is what the database remembers: rooms, and how many people are in them."""

    def __init__(self, config: Config, known: Known) -> None:
        self._config = config
        self._policy = policy_of(config)
        self._known = known
        self._joined: frozenset[str] = frozenset()

    def remembered(self) -> list[RoomFacts]:
        """Without asking anybody."""
        facts = []
        for room_id, (room, _) in sorted(self._known.items()):
            space = room.space or room.defines
            if space:
                facts.append(self._facts(_Target(room_id, space, bool(room.defines)), room_id, joined=room.joined))
        shown = {text for one in facts if one.room for text in (one.room.room_id, one.name, _alias(one.room))}
        missing = [target for target in self._targets() if target.reference not in shown]
        return facts + [self._facts(target, target.reference, joined=False) for target in missing]

    async def asked(self, client: HomeserverClient) -> list[RoomFacts]:
        """As the homeserver has it now. Raises GiveUp and RetryLater where it tells nothing at all."""
        self._joined = frozenset(await client.joined_rooms())
        gate = asyncio.Semaphore(AT_ONCE)
        first = await asyncio.gather(*(self._visit(client, target, gate) for target in self._targets()))
        seen = {facts.room.room_id if facts.room else facts.reference for facts in first}
        more = [target for target in self._others(list(first)) if target.reference not in seen]
        return [*first, *await asyncio.gather(*(self._visit(client, target, gate) for target in more))]

    def _targets(self) -> list[_Target]:
        plan = plan_of(self._config)
        rooms = [_Target(reference, name) for reference, name in plan.rooms.items()]
        return rooms + [_Target(reference, name, True) for reference, name in plan.matrix_spaces.items()]

    def _others(self, first: list[RoomFacts]) -> list[_Target]:
        """Children of Matrix spaces, and successors and the like that the database has in a space."""
        named = {
            child: facts.space for facts in first if facts.room and not facts.speaks for child in children(facts.room)
        }
        named |= {
            room_id: room.space
            for room_id, (room, _) in self._known.items()
            if room.space and room.space in self._policy.spaces
        }
        return [_Target(room_id, space or "") for room_id, space in sorted(named.items())]

    async def _visit(self, client: HomeserverClient, target: _Target, gate: asyncio.Semaphore) -> RoomFacts:
        me = client.bot_user_id
        async with gate:
            try:
                room_id = await _resolved(client, target.reference)
                if room_id not in self._joined:
                    return self._facts(target, room_id, problem=f"{me} is not in it", remedy=f"invite {me}")
                room, members = room_from(room_id, await client.room_state(room_id))
            except GiveUp as error:
                remedy = f"correct the config, or invite {me}"
                return self._facts(target, target.reference, problem=str(error), remedy=remedy)
            except RetryLater as error:
                return self._facts(target, target.reference, problem=error.reason, remedy="try again in a while")
        return self._facts(target, room_id, joined=True, now=(room, members))

    def _facts(
        self,
        target: _Target,
        room_id: str,
        *,
        joined: bool = False,
        now: tuple[Room, int] | None = None,
        problem: str = "",
        remedy: str = "",
    ) -> RoomFacts:
        """By the room as it is `now`, else by what the database remembers of it."""
        room, members = now or self._known.get(room_id) or (None, None)
        return RoomFacts(
            reference=target.reference,
            space=target.space,
            joined=joined,
            room=room if room and room.state else None,
            members=members,
            speaks=not target.defines,
            problem=problem,
            remedy=remedy,
            known_rooms=self._joined,
            view=self._view(target, room) if room and room.state and not target.defines else None,
            encrypts=self._config.encryption.enabled,
        )

    def _view(self, target: _Target, room: Room) -> RoomView | None:
        """Whether it is listed is what the database remembers."""
        policy = self._policy
        space = policy.spaces.get(target.space)
        if space is None:
            return None
        remembered = self._known.get(room.room_id)
        marks = tuple(words(language).say("room-mark") for language in LANGUAGES)
        mark = words(space.language).say("room-mark")
        around = Surroundings(self._space_of, None, mark, marks, encrypts=self._config.encryption.enabled)
        listed = remembered[0].listed if remembered else None
        return RoomView(room.state, room.powers, listed, space, policy.people, policy.setting.me, around)

    def _space_of(self, room_id: str) -> Space | None:
        known = self._known.get(room_id)
        return self._policy.spaces.get(known[0].space or known[0].defines or "") if known else None


async def _resolved(client: HomeserverClient, reference: str) -> str:
    return (await client.resolve(reference))[0] if reference.startswith("#") else reference


def _alias(room: Room) -> str:
    return str(room.content("m.room.canonical_alias").get("alias"))
