"""Nobody sees what they may not: whatever spaces, people and grants there are, whatever anybody does in whatever order.

All that the bot makes ready to send is held against `oracle`, which thinks person by person.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bridge.chat.render.content import Content
from bridge.domain.facts import QuestionEdited
from bridge.domain.questions import State
from bridge.store.transaction import StoreTransaction
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.counting import catch_up, count
from bridge.workflow.delivery import Outgoing
from bridge.workflow.effects import AtDoor, ToPerson
from bridge.workflow.experts import recount
from tests.workflow import acts
from tests.workflow.acts import Act
from tests.workflow.examples import LONG, tried
from tests.workflow.ground import Ground
from tests.workflow.oracle import Scene, has_place, is_open, is_ours, joined, person_may_see, room_may_hold
from tests.workflow.town import Town, answered_of, ground_of_all_worlds, number_of
from tests.workflow.worlds import (
    ANN,
    ART,
    BEN,
    BOT,
    CAST,
    DAN,
    KEYS,
    MOD,
    OUT,
    World,
    direct,
    grant,
    local,
    room_id,
    worlds,
)

pytestmark = pytest.mark.timeout(LONG)

OTHERWISE = "marker mine vpn secret secrets secretly work marked\nthat is it, marker marke markers"
"""Words that others write, too."""
FOREIGN = (ANN, ART, BEN, OUT, MOD)
_MARKED = re.compile(r"(?:marker|\$[qcamstu])-([a-z]+-[ab])")
_EVENT = re.compile(r"\$e\d+z")
_NUMBER = re.compile(r"\bQ(\d+)\b")
_PERSON = re.compile(r"@[a-z-]+:[a-z]+\.[a-z]+")
_NAMED = re.compile(r"Salon ([a-z]+-[ab])")
_WHY = re.compile(r"because-of-([a-z]+)|@for-([a-z]+):")


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    ground = ground_of_all_worlds()
    yield ground
    ground.close()


@dataclass
class Censor:
    """Looks at everything that is about to be sent, with things as they are at that moment."""

    town: Town | None = None
    echoed: set[str] = field(default_factory=set)
    """Words that people wrote themselves: to hear them again tells nobody anything new."""

    def __call__(self, outgoing: Outgoing, tx: StoreTransaction) -> None:
        assert self.town is not None
        if isinstance(outgoing.effect, AtDoor):
            return
        scene = self.town.scene(tx)
        text = self._without_echoes(outgoing.content or {})
        room = _where(outgoing)
        owner = _owner(room)
        self._questions(text, room, owner, scene, tx)
        self._access(text, room, owner, scene)

    def _without_echoes(self, content: Content) -> str:
        """A thread that somebody claims to write in is echoed, too."""
        relation = content.get("m.relates_to", {})
        return str({**content, "m.relates_to": None} if relation.get("event_id") in self.echoed else content)

    def _questions(self, text: str, room: str, owner: str | None, scene: Scene, tx: StoreTransaction) -> None:
        assert self.town is not None
        echoed = {key for word in self.echoed for key in _MARKED.findall(word)}
        sources = {room_id(key) for key in _MARKED.findall(text) if key not in echoed}
        sources |= {self.town.said_in.get(event, room) for event in _EVENT.findall(text)}
        for number in _NUMBER.findall(text):
            question = tx.questions.get(int(number)) if number not in self.echoed else None
            sources |= {question.room_id} if question else set()
        for source in sources:
            if source != room:
                assert _may_go(source, room, owner, scene), f"{source} in {room}: {text}"
        if owner and _strangers(owner, room, scene):
            assert not sources - {room}, f"others read along in {room}: {text}"

    def _access(self, text: str, room: str, owner: str | None, scene: Scene) -> None:
        """What people from outside must never read about others."""
        readers = [p for p in CAST if joined(p, room, scene)] if owner is None else [owner]
        for reader in readers:
            if is_ours(reader, scene):
                continue
            about = set(_PERSON.findall(text)) & set(CAST) - {reader} - self.echoed
            assert not [p for p in about if not self._met(reader, p, scene)], f"{reader} reads {about}: {text}"
            names = {room_id(key) for key in _NAMED.findall(text)}
            strange = [r for r in names if not (joined(reader, r, scene) or has_place(reader, r, scene))]
            assert not strange, f"{reader} reads of {strange}: {text}"
            whose = {"".join(found) for found in _WHY.findall(text)} - {local(reader)}
            assert not whose - self.echoed, f"{reader} reads why {whose}: {text}"
        assert owner != DAN, f"said to somebody denied: {text}"

    def _met(self, reader: str, other: str, scene: Scene) -> bool:
        """Whether they were in a room together, are of one partner, or the other one is of ours or known to all."""
        assert self.town is not None
        if is_ours(other, scene) or reader.split(":")[1] == other.split(":")[1]:
            return True
        rooms = (room for room in scene.space_of if is_open(room, scene) or joined(reader, room, scene))
        return any(other in self.town.ever[room] for room in rooms)


def _where(outgoing: Outgoing) -> str:
    effect = outgoing.effect
    return direct(effect.person) if isinstance(effect, ToPerson) else effect.room_id


def _owner(room: str) -> str | None:
    return next((person for person in CAST if direct(person) == room), None)


def _strangers(owner: str, room: str, scene: Scene) -> list[str]:
    present = scene.members.get(room, {})
    return [who for who, membership in present.items() if membership == "join" and who not in {owner, BOT}]


def _may_go(source: str, room: str, owner: str | None, scene: Scene) -> bool:
    return room_may_hold(source, room, scene) if owner is None else person_may_see(owner, source, scene)


def _is_discreet(ground: Ground, world: World, happening: list[Act]) -> None:
    with ground.example():
        censor = Censor()
        town = censor.town = Town(ground, world, world.policy, watch=censor)
        town.settle_in()
        for drawn in happening:
            act = acts.by_somebody_there(drawn, town)
            censor.echoed |= set(acts.words(act, world))
            acts.perform(act, town)
            if not act.late:
                town.deliver()
        town.deliver()


@tried("nothing that is said", 4000)
@given(worlds(), acts.sequences(acts.SAID, most=3))
def test_nothing_that_is_said_brings_out_what_may_not_be_seen(
    ground: Ground, world: World, happening: list[Act]
) -> None:
    _is_discreet(ground, world, happening)


@tried("nothing that happens", 4000)
@given(worlds(), acts.sequences())
def test_nothing_that_happens_brings_out_what_may_not_be_seen(
    ground: Ground, world: World, happening: list[Act]
) -> None:
    _is_discreet(ground, world, happening)


ASKING = frozenset({"ask"})
"""Commands whose answer holds the next number, which all spaces share."""


@contextmanager
def _settled(ground: Ground, world: World) -> Iterator[Town]:
    """A town in which nothing is left to be done."""
    with ground.example():
        town = Town(ground, world, world.policy)
        town.settle_in()
        town.deliver()
        yield town


def _plays(ground: Ground, world: World, act: Act, before: Callable[[Town], None]) -> list[tuple[str, object]]:
    """What is said where it was asked, without what is never the same twice."""
    with _settled(ground, world) as town:
        before(town)
        town.sent.clear()
        acts.perform(act, town)
        town.deliver()
        where = acts.place(act, world)[0]
        return [(sent.room, _bare(sent.content)) for sent in town.sent if sent.room in {where, direct(act.who)}]


def _bare(content: Content) -> object:
    return content.get("body"), content.get("formatted_body")


def _otherwise(act: Act, town: Town) -> None:
    """What the reader may not see is different: other words, other people, more of it, more partners."""
    room = acts.place(act, town.world)[0]
    owner = _owner(room)

    def change(tx: StoreTransaction) -> None:
        scene = town.scene(tx)
        hidden = [key for key in KEYS if room_id(key) != room and not _may_go(room_id(key), room, owner, scene)]
        for key in hidden:
            for index, number in enumerate((number_of(key), answered_of(key))):
                question = tx.questions.get(number)
                assert question is not None
                tx.questions.save(
                    replace(question, text=OTHERWISE, state=State.CLOSED, asker=OUT, tags=(), reason="done")
                )
                event = f"$x{index}-{key}"
                more = replace(question, number=tx.questions.next_number(), event_id=event, thread_root=event)
                tx.questions.add(more)
                for changed in (number, more.number):
                    _happened(changed, town, tx)
        if not is_ours(act.who, scene):
            for space in town.world.spaces:
                tx.grants.save(grant(90, "@new:gamma.io", space.name, None, "live"))

    town.ground.write(change)
    while town.ground.write(lambda tx: catch_up(Circumstances(tx, town.policy, town.now))):
        continue


def _happened(number: int, town: Town, tx: StoreTransaction) -> None:
    """What is counted, and known of experts, follows."""
    question = tx.questions.get(number)
    assert question is not None
    around = Circumstances(tx, town.policy, town.now)
    fact = QuestionEdited(at=town.now, actor=OUT, room_id=question.room_id, space=question.space, number=number)
    count(fact, question, around)
    recount(fact, question, around)


@tried("changes no answer", 2000)
@given(worlds(), acts.sequences(("command",), most=1))
def test_what_may_not_be_seen_changes_no_answer(ground: Ground, world: World, happening: list[Act]) -> None:
    act = _as_somebody_there(ground, world, happening[0])
    assume(acts.command(act) not in ASKING)
    assert _plays(ground, world, act, _as_it_is) == _plays(ground, world, act, lambda town: _otherwise(act, town))


@tried("like what is not there", 2000)
@given(worlds(), acts.sequences(("command",), most=1))
def test_what_may_not_be_seen_is_answered_like_what_is_not_there(
    ground: Ground, world: World, happening: list[Act]
) -> None:
    lines = acts.lines_with_number()
    drawn = replace(happening[0], what=lines[happening[0].what % len(lines)])
    act = _as_somebody_there(ground, world, drawn)
    number = acts.number(act, world)
    shown = acts.place(act, world)[0]
    with _settled(ground, world) as town:
        source = room_id(KEYS[number - 1])
        seen = ground.write(lambda tx: source == shown or _may_go(source, shown, _owner(shown), town.scene(tx)))
    assume(not seen)
    hidden = _plays(ground, world, act, _as_it_is)
    missing = _plays(ground, world, replace(act, missing=True), _as_it_is)
    assert str(hidden).replace(f"Q{number}", "Q") == str(missing).replace(f"Q{acts.MISSING}", "Q")


@tried("alike", 2000)
@given(worlds(), acts.sequences(("command",), most=1), st.integers(0, 31), st.integers(0, 255))
def test_a_command_for_staff_answers_others_alike_whatever_they_write(
    ground: Ground, world: World, happening: list[Act], about: int, what: int
) -> None:
    drawn = replace(happening[0], who=FOREIGN[happening[0].about % len(FOREIGN)])
    act = _as_somebody_there(ground, world, drawn)
    lines = acts.lines_for_staff()
    one = replace(act, what=lines[act.what % len(lines)])
    same = [line for line in lines if acts.command(replace(act, what=line)) == acts.command(one)]
    other = replace(act, what=same[what % len(same)], about=about)
    assert _plays(ground, world, one, _as_it_is) == _plays(ground, world, other, _as_it_is)


def _as_it_is(_town: Town) -> None:
    """Nothing is changed."""


def _as_somebody_there(ground: Ground, world: World, act: Act) -> Act:
    with _settled(ground, world) as town:
        return acts.by_somebody_there(act, town, same_person=True)
