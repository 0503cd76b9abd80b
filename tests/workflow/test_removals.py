"""Nobody is put out who may stay, and nobody stays whose access was ended: whatever happens, fails or dies in between.

Rules are loaded anew, people come and go, removals are refused or answered late, the process is killed.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import given

from bridge.domain.enforcement import Step
from bridge.domain.spaces import DAY, Enforce
from bridge.store.transaction import StoreTransaction
from bridge.workflow.delivery import Outgoing
from bridge.workflow.desk import Policy
from bridge.workflow.effects import AtDoor, Inform, Invite, Remove, ToPerson
from bridge.workflow.removals import confirm
from tests.workflow import acts
from tests.workflow.acts import Act
from tests.workflow.examples import LONG, tried
from tests.workflow.ground import Ground
from tests.workflow.oracle import Scene, has_place
from tests.workflow.town import Town, ground_of_all_worlds
from tests.workflow.worlds import BOT, DAN, LEAD, World, room_id, worlds

pytestmark = pytest.mark.timeout(LONG)

PRESENT = frozenset({"join", "invite", "knock"})
Wrong = tuple[str, str]
"""A room, and somebody in it."""


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    ground = ground_of_all_worlds()
    yield ground
    ground.close()


@dataclass
class Witness:
    """Remembers what people did, and looks at each removal before it is carried out.

    `ended`: whose access people ended, and where; `asked`: those about whom moderators have to be asked first.
    """

    town: Town
    ended: set[Wrong] = field(default_factory=set)
    revoked: set[Wrong] = field(default_factory=set)
    asked: set[Wrong] = field(default_factory=set)
    removed: Counter[Wrong] = field(default_factory=Counter)
    refused: set[Wrong] = field(default_factory=set)

    def __call__(self, outgoing: Outgoing, tx: StoreTransaction) -> None:
        scene = self.town.scene(tx)
        effect = outgoing.effect
        if isinstance(effect, Remove):
            self._removes(effect, scene)
        elif isinstance(effect, Invite):
            assert has_place(effect.person, effect.room_id, scene), f"invited without a place: {effect}"
        elif not isinstance(effect, AtDoor | ToPerson):
            self._speaks(effect.room_id, scene, tx)

    def forget(self, gone: set[Wrong]) -> None:
        """They have moved, or have a place again: what people ended before says nothing of them any more."""
        self.ended -= gone
        self.revoked -= gone

    def _removes(self, effect: Remove, scene: Scene) -> None:
        person, room = effect.person, effect.room_id
        space = scene.space(room)
        assert person != BOT
        assert not has_place(person, room, scene), f"{person} has a place in {room}"
        assert power(person, room, self.town) < power(BOT, room, self.town), f"{person} is as strong as the bot"
        assert space is not None
        assert space.enforce is Enforce.ON, f"{room} is not enforced"
        assert self.town.policy.trusted or (room, person) in self.ended, f"{person} removed by rules that nobody wrote"
        assert (room, person) not in self.asked, f"{person} removed from {room} without a moderator's word"

    def _speaks(self, room: str, scene: Scene, tx: StoreTransaction) -> None:
        """Nothing is said in a room while somebody is being put out of it."""
        if scene.space(room) is None:
            return
        for row in tx.outbox.pending(self.town.now + DAY):
            if row.kind == Remove.kind and row.payload["room_id"] == room:
                going = (room, row.payload["person"]) in wrong(self.town, scene)
                there = self.town.members[room].get(row.payload["person"]) == "join"
                assert not (going and there), f"said in {room} while {row.payload['person']} is there"


def power(person: str, room: str, town: Town) -> float:
    """In rooms of version 12 their creators stand above all."""
    if town.creators[room]:
        return float("inf") if person in town.creators[room] else _level(person, room, town)
    return _level(person, room, town)


def _level(person: str, room: str, town: Town) -> float:
    return float(town.powers[room].get("users", {}).get(person, 0))


def placeless(town: Town, scene: Scene) -> set[Wrong]:
    """Who is where they have no place."""
    return {
        (room, person)
        for room in town.space_of
        for person, membership in town.members[room].items()
        if membership in PRESENT and not has_place(person, room, scene)
    }


def wrong(town: Town, scene: Scene) -> set[Wrong]:
    """Those of them whom the bot is to put out, and can."""
    return {(room, person) for room, person in placeless(town, scene) if _able(person, room, town, scene)}


def _able(person: str, room: str, town: Town, scene: Scene) -> bool:
    space, able = scene.space(room), power(BOT, room, town)
    return space is not None and space.enforce is Enforce.ON and able >= KICK and power(person, room, town) < able


KICK = 50
KINDS = (
    *("member", "member", "member", "member", "revoke", "revoke", "time", "swap", "enforce", "distrust", "trust"),
    *("power", "power", "confirm", "die", "refused", "deny", "late", "command", "look", "look", "look"),
)


def _enforce(act: Act, town: Town) -> None:
    name = town.world.spaces[act.where % len(town.world.spaces)].name
    enforce = (Enforce.ON, Enforce.OFF, Enforce.REPORT)[act.what % 3]
    spaces = {**town.policy.spaces, name: replace(town.policy.spaces[name], enforce=enforce)}
    _loaded(replace(town.policy, spaces=spaces), town)


def _swap(act: Act, town: Town) -> None:
    """Two spaces exchange their rules."""
    names = [space.name for space in town.world.spaces]
    one, other = names[act.what % len(names)], names[act.about % len(names)]
    spaces = dict(town.policy.spaces)
    spaces[one], spaces[other] = replace(spaces[other], name=one), replace(spaces[one], name=other)
    _loaded(replace(town.policy, spaces=spaces), town)


def _deny(act: Act, town: Town) -> None:
    people = town.policy.people
    denied = (DAN, act.who) if act.what % 2 else (DAN,)
    _loaded(replace(town.policy, people=replace(people, denied=denied)), town)


def _distrust(act: Act, town: Town) -> None:
    town.policy = replace(town.policy, trusted=False)


def _trust(act: Act, town: Town) -> None:
    _loaded(town.policy, town)


def _loaded(policy: Policy, town: Town) -> None:
    """A config file was loaded, and rooms are gone through."""
    town.policy = replace(policy, trusted=True)
    town.inspect_all()


def _die(act: Act, town: Town) -> None:
    """In the middle of delivering."""
    town.deliver(dies=True)


def _power(act: Act, town: Town) -> None:
    room = room_id(town.world.rooms[act.where % len(town.world.rooms)])
    levels = {BOT: (100, 0, 50)[act.what % 3], act.who: (0, 50, 100)[act.about % 3]}
    town.changes(room, "m.room.power_levels", {"users": levels})


def _late(act: Act, town: Town) -> None:
    if town.late is None:
        town.late = []
    else:
        town.catch_up()


def _confirm(act: Act, town: Town) -> None:
    town.decided(lambda tx: confirm(LEAD, town.policy.spaces, tx, town.now))


PERFORM: dict[str, Callable[[Act, Town], None]] = {
    "enforce": _enforce,
    "swap": _swap,
    "deny": _deny,
    "distrust": _distrust,
    "trust": _trust,
    "die": _die,
    "power": _power,
    "late": _late,
    "confirm": _confirm,
    "refused": lambda _act, _town: None,
}
BY_PEOPLE = frozenset({"revoke", "time", "command"})
START = Act("start", BOT, 0, 0, 0)
AT_ONCE = frozenset({"start", "swap", "enforce", "deny", "trust", "die", "power", "distrust"})
"""What may show many people at once to be where they have no place."""


@dataclass(frozen=True, slots=True)
class Look:
    """Who is wrong somewhere, who of them can be put out, and what grants there are, by number and room."""

    placeless: set[Wrong]
    wrong: set[Wrong]
    held: set[tuple[int, str, str]]


def look(town: Town) -> Look:
    def at(tx: StoreTransaction) -> Look:
        scene = town.scene(tx)
        held = {(g.number, r, g.person) for g in scene.grants for r in town.space_of if town.space_of[r] == g.space}
        return Look(placeless(town, scene), wrong(town, scene), held)

    return town.ground.write(at)


def perform(act: Act, town: Town, witness: Witness) -> None:
    """Something happens; the witness learns who lost their place by it, and how."""
    before = look(town)
    if act.kind == "confirm":
        witness.asked.clear()
    if act.kind == "member":
        back = {person for person, _ in town.put_out[-1:]}
        witness.forget({(room, person) for room in town.space_of for person in {act.who, *back}})
    PERFORM.get(act.kind, acts.perform)(act, town)
    _learn(act, before, town, witness)


def _learn(act: Act, before: Look, town: Town, witness: Witness) -> None:
    after = look(town)
    witness.forget(witness.ended - after.placeless)
    put_out = _ended_by_people(act, before, after, town)
    witness.ended |= put_out
    if act.kind == "revoke":
        witness.revoked |= put_out & after.wrong
    witness.asked = (witness.asked & after.wrong) - witness.ended
    if act.kind in AT_ONCE:
        found = after.wrong - before.wrong - witness.ended
        if len(found) > town.policy.max_removals:
            witness.asked |= found


def _ended_by_people(act: Act, before: Look, after: Look, town: Town) -> set[Wrong]:
    """Whom a grant let in that is over now, be it revoked or at its last day; and who is revoked without any."""
    if act.kind not in BY_PEOPLE:
        return set()
    over = {(room, person) for _, room, person in before.held - after.held}
    revoked = {acts.revoked(act, town)} if act.kind == "revoke" else set()
    if act.kind == "command" and acts.line(act, town.world).startswith("!revoke"):
        revoked = {(person, "") for person in acts.words(act, town.world)}
    named = {
        (r, who) for r, who in after.placeless for p, space in revoked if p == who and space in {"", town.space_of[r]}
    }
    return (after.placeless - before.placeless) | (over & after.placeless) | named


NOTHING = Look(set(), set(), set())


@tried("few at once", 3000)
@given(worlds(), acts.sequences(KINDS, most=7))
def test_who_may_stay_stays_and_who_was_put_out_goes(ground: Ground, world: World, happening: list[Act]) -> None:
    _doors_are_kept(ground, world, happening, max_removals=5)


@tried("many at once", 3000)
@given(worlds(), acts.sequences(KINDS, most=7))
def test_many_are_not_put_out_at_once_without_a_moderators_word(
    ground: Ground, world: World, happening: list[Act]
) -> None:
    _doors_are_kept(ground, world, happening, max_removals=1)


def _doors_are_kept(ground: Ground, world: World, happening: list[Act], max_removals: int) -> None:
    with ground.example():
        town = Town(ground, world, replace(world.policy, max_removals=max_removals))
        witness = town.watch = Witness(town)
        town.settle_in(after=lambda: _learn(START, NOTHING, town, witness))
        for drawn in happening:
            act = acts.by_somebody_there(drawn, town)
            town.refuse = _refusing(act.kind == "refused", town, witness)
            perform(act, town, witness)
            if not act.late:
                town.deliver()
        town.refuse = _refusing(False, town, witness)
        town.catch_up()
        town.deliver()
        ground.write(lambda tx: _all_is_well(town, witness, tx))


def _refusing(refused: bool, town: Town, witness: Witness) -> Callable[[Remove], str]:
    def refuse(effect: Remove) -> str:
        if refused:
            witness.refused.add((effect.room_id, effect.person))
            return "M_FORBIDDEN: no"
        witness.removed[effect.room_id, effect.person] += 1
        return ""

    return refuse


def _all_is_well(town: Town, witness: Witness, tx: StoreTransaction) -> None:
    """Everything that was due is done: nobody is left where they have no place but for a reason that was told."""
    scene = town.scene(tx)
    steps = {violation.place: violation.step for violation in tx.violations.all()}
    assert Step.DUE not in steps.values(), f"due, and nothing will be done: {steps}"
    assert Step.FOUND not in steps.values(), f"found, and nobody decides: {steps}"
    for room, person in wrong(town, scene):
        assert steps.get((room, person)) in {Step.STUCK, Step.WAITING}, f"{person} is left in {room}: {steps}"
        if steps[room, person] is Step.STUCK:
            assert (room, person) in witness.refused, f"{person} is said to be stuck in {room}"
        revoked = (room, person) in witness.revoked
        assert not revoked or steps[room, person] is Step.STUCK, f"{person}, revoked, is left in {room}: {steps}"
    _told_once(town, witness)


def _told_once(town: Town, witness: Witness) -> None:
    """Each reader of each removal, and of one who comes back again and again once a day."""
    told: dict[tuple[str, str, str], list[int]] = {}
    for sent in town.sent:
        if isinstance(sent.effect, Inform) and sent.effect.key in {"told-removed", "told-inviter"}:
            about = sent.effect.arguments
            told.setdefault((sent.effect.person, str(about["room"]), str(about["person"])), []).append(sent.at)
    for (reader, room, person), times in told.items():
        assert len(times) <= witness.removed[room, person], f"{reader} is told too often of {person} in {room}"
        assert all(b - a >= DAY for a, b in pairwise(times)), f"{reader} is told again of {person} in {room}: {times}"
