"""Words of encrypted rooms stay in encrypted rooms, whoever writes what wherever; with `metadata` nothing keeps them.

Every word that is written bears the name of where it was written, and whatever the bot makes ready, or keeps, is held
against what is encrypted in truth at that moment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bridge.crypto.sealed import Sealer
from bridge.domain.spaces import DAY
from bridge.store.sealing import Keeping
from bridge.store.tables import metadata
from bridge.store.transaction import StoreTransaction
from bridge.workflow.delivery import Outgoing
from bridge.workflow.effects import AtDoor, ToPerson
from tests.workflow.examples import LONG, tried
from tests.workflow.ground import Ground
from tests.workflow.town import Town, ground_of_all_worlds
from tests.workflow.worlds import CAST, EXTERNALS, OURS, World, direct, room_id, worlds

pytestmark = pytest.mark.timeout(LONG)

WORD = re.compile(r"marker-([a-z]+-[a-z]+)")
SHARED = (
    *("!ask marker-{here} what? #marker-{here}\nmarker-{here}", "!ask marker-{here} more? #marker-{here}"),
    *("!answer {number} marker-{here}", "!answered {number} marker-{here}", "!close {number} marker-{here}"),
    *("!questions", "!unanswered", "!questions", "!show {number}", "!show {number}", "!questions tag:marker-{other}"),
    *("!follow {number}", "!follow {number}", "!answered {number}", "!reopen {number}", "!claim {number}"),
    *("!marker-{here}", "!help marker-{here}", "!show marker-{here}", "!questions marker-{here}:x"),
    *("!externals space:marker-{here}", "!invite marker-{here}", "!invite {person} for marker-{here}"),
    *("!close {number}", "!who marker-{here}"),
    *("!search marker-{other}", "!search marker", "!stats", "!stats tag:marker-{other}", "!gaps"),
    *("!experts marker-{other}", "!expertise +marker-{here}", "!expertise", "!profile region marker-{here}"),
    *(
        "!profile",
        "!profile {staff}",
        "!follow tag:marker-{here}",
        "!follow tag:marker-{other}",
        "!follow",
        "!why {number}",
    ),
    *("!digest daily 09:00 tag:marker-{here}", "!digest", "!digest daily 09:00", "!tag {number} +marker-{here}"),
    *("!note {number} marker-{here}", "!assign {number} {staff} marker-{here}", "!escalate {number} marker-{here}"),
    *("!away marker-{here}", "!profile zone marker-{here}", "!duplicate {number} of {another}", "!mine"),
)
ABOUT_ACCESS = (
    *("!invite {person} because marker-{here}", "!invite {person} space:{space} because marker-{here}"),
    *("!revoke {person} everywhere because marker-{here}", "!extend {person} because marker-{here}"),
    *("!requests", "!externals"),
)
"""Why somebody is let in is told wherever it is asked for, unless it is not kept at all."""
ENCRYPTION = {"algorithm": "m.megolm.v1.aes-sha2"}


@dataclass(frozen=True, slots=True)
class Step:
    """Numbers that are taken from what there is; `what` beyond all lines: the room becomes encrypted, or is edited."""

    who: str
    where: int
    what: int
    about: int


STEPS = st.lists(
    st.builds(Step, st.sampled_from(CAST), st.integers(0, 9), st.integers(0, 255), st.integers(0, 31)),
    min_size=1,
    max_size=6,
)
SEALED = st.tuples(st.integers(0, 255), st.integers(0, 1023))
"""Which rooms and which direct chats are encrypted from the beginning, as bits."""


@dataclass
class Ear:
    """Hears what is made ready; `sealed` holds what is encrypted in truth, by room id."""

    sealed: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    """Words of rooms and chats that somebody wrote in a plain one themselves: to hear them again there is no news."""

    def __call__(self, outgoing: Outgoing, _tx: StoreTransaction) -> None:
        effect = outgoing.effect
        if isinstance(effect, AtDoor):
            return
        room = direct(effect.person) if isinstance(effect, ToPerson) else effect.room_id
        if room not in self.sealed:
            told = self.words(str(outgoing.content))
            assert not told, f"{told} in {room}: {outgoing.content}"

    def words(self, text: str) -> set[str]:
        """The encrypted rooms and chats of which words are in a text."""
        return {name for name in WORD.findall(text) if room_id(name) in self.sealed and name not in self.typed}


@pytest.fixture(scope="module")
def full() -> Iterator[Ground]:
    ground = ground_of_all_worlds()
    yield ground
    ground.close()


@pytest.fixture(scope="module")
def textless() -> Iterator[Ground]:
    ground = ground_of_all_worlds(Keeping(textless=True, sealer=Sealer(b"secret")))
    yield ground
    ground.close()


def _play(ground: Ground, world: World, sealed: tuple[int, int], steps: list[Step], lines: tuple[str, ...]) -> Ear:
    ear = Ear()
    town = Town(ground, world, world.policy, watch=ear)
    town.settle_in()
    rooms = [room_id(key) for index, key in enumerate(world.rooms) if sealed[0] >> index & 1]
    for room in (*rooms, *(direct(who) for index, who in enumerate(CAST) if sealed[1] >> index & 1)):
        _encrypt(room, town, ear)
    town.deliver()
    for step in steps:
        _take(step, town, ear, lines)
        if step.about % 4:
            town.deliver()
    town.deliver()
    town.time_goes_by(DAY)
    town.deliver()
    return ear


def _encrypt(room: str, town: Town, ear: Ear) -> None:
    ear.sealed.add(room)
    town.changes(room, "m.room.encryption", ENCRYPTION)


def _take(step: Step, town: Town, ear: Ear, lines: tuple[str, ...]) -> None:
    room = _place(step, town)
    if step.what % 16 == 15:
        _encrypt(room, town, ear)
    elif step.what % 16 == 14:
        _edit(step, town, room)
    else:
        line = _line(step, town, room, lines)
        ear.typed |= set(WORD.findall(line)) if room not in ear.sealed else set()
        town.says(step.who, line, room)


def _place(step: Step, town: Town) -> str:
    """A room that they are in, else their direct chat."""
    rooms = [room_id(key) for key in town.world.rooms]
    room = rooms[step.where] if step.where < len(rooms) else direct(step.who)
    return room if town.members.get(room, {}).get(step.who) == "join" else direct(step.who)


def _line(step: Step, town: Town, room: str, lines: tuple[str, ...]) -> str:
    world = town.world
    return lines[step.what % len(lines)].format(
        here=room[1:].partition(":")[0],
        number=1 + step.about % 11,
        other=world.rooms[step.about % len(world.rooms)],
        person=EXTERNALS[step.about % 3],
        staff=OURS[step.about % len(OURS)],
        another=1 + (step.about + step.what) % 16,
        space=world.spaces[step.about % len(world.spaces)].name,
    )


def _edit(step: Step, town: Town, room: str) -> None:
    """Their newest message there says something else."""
    here = room[1:].partition(":")[0]
    mine = [event for event, where in town.said_in.items() if where == room and event.startswith("$e")]
    new = {"msgtype": "m.text", "body": f"!ask marker-{here} edited? #marker-{here}"}
    relation = {"rel_type": "m.replace", "event_id": mine[-1] if mine else "$none"}
    content = {"msgtype": "m.text", "body": "* new", "m.new_content": new, "m.relates_to": relation}
    town.happens({"type": "m.room.message", "room_id": room, "sender": step.who, "content": content})


def _kept(tx: StoreTransaction) -> str:
    return str([row for table in metadata.sorted_tables for row in tx.session.conn.execute(select(table)).fetchall()])


@tried("words of encrypted rooms", 1000)
@given(worlds(), SEALED, STEPS)
def test_no_word_of_an_encrypted_room_is_said_in_a_plain_one(
    full: Ground, world: World, sealed: tuple[int, int], steps: list[Step]
) -> None:
    with full.example():
        _play(full, world, sealed, steps, SHARED)


@tried("words that are not kept", 1000)
@given(worlds(), SEALED, STEPS)
def test_without_text_no_word_of_an_encrypted_room_is_said_elsewhere_or_kept(
    textless: Ground, world: World, sealed: tuple[int, int], steps: list[Step]
) -> None:
    with textless.example():
        ear = _play(textless, world, sealed, steps, SHARED + ABOUT_ACCESS)
        assert not ear.words(textless.write(_kept))
