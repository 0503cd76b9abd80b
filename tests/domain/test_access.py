"""What may be shown where: examples from the product, and properties over any spaces."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.access import Audience, InPrivate, InRoom, Place, audience, may_show
from bridge.domain.spaces import OPEN_LEVELS, Level, Space

HELPDESK = Space("helpdesk", Level.INTERNAL)
ACME, GLOBEX = Space("acme", Level.EXTRANET), Space("globex", Level.EXTRANET)
FORUM, SITE = Space("forum", Level.COMMUNITY), Space("site", Level.PUBLIC)
ALL = (HELPDESK, ACME, GLOBEX, FORUM, SITE)

spaces = st.builds(
    Space,
    name=st.sampled_from("abcd"),
    level=st.sampled_from(Level),
    shares_with=st.frozensets(st.sampled_from("abcd"), max_size=2),
)
places = st.builds(Place, room_id=st.sampled_from(["!1", "!2", "!3"]), space=spaces, granted=st.booleans())


def place(space: Space, room_id: str = "", *, granted: bool = False) -> Place:
    return Place(room_id or f"!{space.name}", space, granted)


@pytest.mark.parametrize(
    ("where", "classes"),
    [
        (place(HELPDESK), {"staff"}),
        (place(HELPDESK, granted=True), {"staff"}),
        (place(ACME), {"staff", "external:acme"}),
        (place(ACME, "!r", granted=True), {"staff", "external:acme", "external:acme/!r"}),
    ],
)
def test_the_classes_that_read_a_room(where: Place, classes: set[str]) -> None:
    assert audience(where) == Audience(frozenset(classes))


@pytest.mark.parametrize("space", [FORUM, SITE])
def test_everyone_reads_an_open_room(space: Space) -> None:
    assert audience(place(space)).everyone


SHOWN = {
    ("helpdesk", "helpdesk"),
    ("acme", "helpdesk"),
    ("acme", "acme"),
    ("globex", "helpdesk"),
    ("globex", "globex"),
    *((source, target.name) for source in ("forum", "site") for target in ALL),
}


@pytest.mark.parametrize("source", ALL, ids=lambda s: s.name)
@pytest.mark.parametrize("target", ALL, ids=lambda s: s.name)
def test_what_of_one_space_is_shown_in_another(source: Space, target: Space) -> None:
    shown = may_show(place(source, "!source"), InRoom(place(target, "!target")))
    assert shown == ((source.name, target.name) in SHOWN)


def test_a_space_may_share_its_questions_but_not_those_of_others() -> None:
    sharing = replace(HELPDESK, shares_with=frozenset({"acme"}))
    assert may_show(place(sharing), InRoom(place(ACME)))
    assert not may_show(
        place(ACME, "!1", granted=True), InRoom(place(replace(GLOBEX, shares_with=frozenset({"acme"}))))
    )
    assert not may_show(place(sharing), InRoom(place(GLOBEX)))


def test_a_room_with_a_guest_of_its_own_sees_less_of_its_space() -> None:
    plain, guested = place(ACME, "!plain"), place(ACME, "!guested", granted=True)
    assert may_show(guested, InRoom(plain))
    assert not may_show(plain, InRoom(guested))


@pytest.mark.parametrize(
    ("source", "joined", "shown"),
    [
        (HELPDESK, {"!helpdesk"}, True),
        (HELPDESK, set(), False),
        (ACME, {"!helpdesk"}, False),
        (ACME, {"!acme", "!other"}, True),
        (FORUM, set(), True),
        (SITE, {"!acme"}, True),
    ],
)
def test_in_private_a_person_sees_the_rooms_they_are_in(source: Space, joined: set[str], shown: bool) -> None:
    assert may_show(place(source), InPrivate("@ann:acme.com", frozenset(joined))) is shown


@given(places)
def test_a_question_is_always_shown_in_its_own_room(where: Place) -> None:
    assert may_show(where, InRoom(where))


@given(places, places)
def test_nothing_is_shown_to_more_people_than_its_room_unless_its_space_says_so(source: Place, target: Place) -> None:
    """Deny by default: each permission has one of three reasons."""
    same = source.room_id == target.room_id
    fewer = audience(target).within(audience(source))
    shared = target.space.name in source.space.shares_with
    assert may_show(source, InRoom(target)) == (same or fewer or shared)


@given(places, places)
def test_internal_questions_never_reach_outsiders(source: Place, target: Place) -> None:
    internal = Place("!inside", replace(source.space, level=Level.INTERNAL, shares_with=frozenset()))
    shown = may_show(internal, InRoom(target))
    assert shown == (target.space.level is Level.INTERNAL)


@given(places, places)
def test_partners_never_see_another_partners_questions(source: Place, target: Place) -> None:
    theirs = Place("!theirs", replace(source.space, name="theirs", level=Level.EXTRANET, shares_with=frozenset()))
    ours = Place("!ours", replace(target.space, name="ours", level=Level.EXTRANET), target.granted)
    assert not may_show(theirs, InRoom(ours))
    assert not may_show(replace(theirs, granted=True), InRoom(ours))


@given(places, places, places)
def test_seeing_further_through_a_room_in_between_gains_nothing(a: Place, b: Place, c: Place) -> None:
    """Without `shares_with`, what b may see of a, and c of b, c may see of a, too."""
    a, b, c = (Place(f"!{n}", replace(p.space, shares_with=frozenset()), p.granted) for n, p in enumerate((a, b, c)))
    if may_show(a, InRoom(b)) and may_show(b, InRoom(c)):
        assert may_show(a, InRoom(c))


@given(places, places)
def test_a_guest_more_in_the_room_never_shows_more_there(source: Place, target: Place) -> None:
    target = replace(target, room_id="!target")
    with_guest = may_show(source, InRoom(replace(target, granted=True)))
    assert not with_guest or may_show(source, InRoom(replace(target, granted=False)))


@given(places, st.frozensets(st.sampled_from(["!1", "!2", "!3"])))
def test_in_private_only_open_spaces_and_joined_rooms_are_shown(source: Place, joined: frozenset[str]) -> None:
    shown = may_show(source, InPrivate("@x:example.org", joined))
    assert shown == (source.room_id in joined or source.space.level in OPEN_LEVELS)


@given(places, places)
def test_an_audience_is_within_itself_and_everyone(a: Place, b: Place) -> None:
    assert audience(a).within(audience(a))
    assert audience(a).within(Audience(everyone=True))
    if audience(a).within(audience(b)) and audience(b).within(audience(a)):
        assert audience(a).everyone == audience(b).everyone
