"""What differs between a room and its space's policy, whatever its state holds."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.domain.conformity import MEGOLM, drifts
from bridge.domain.drift import Drift, Kind, Remedy, RoomView, SetListing, SetState, Surroundings
from bridge.domain.people import People
from bridge.domain.rights import Lack, lack_for, lacking
from bridge.domain.servers import always_allowed, is_as_wanted
from bridge.domain.spaces import Enforce, Externals, Level, Mark, RoomPolicy, Space
from bridge.workflow.records import Room

ME, ANN, BOB = "@qa:example.org", "@ann:acme.com", "@bob:example.org"
PEOPLE = People(staff=("@*:example.org",), trusted=("@carla:contractor.example:8448",))
ACME = Space("acme", Level.EXTRANET, enforce=Enforce.ON, externals=Externals(frozenset({"acme.com"})))
HELPDESK, PLAZA = Space("helpdesk", Level.INTERNAL), Space("plaza", Level.COMMUNITY)
MARKS = ("with guests", "avec invités")
SPACES_OF: dict[str, Space] = {
    "!acme": ACME,
    "!acme-space": ACME,
    "!helpdesk": HELPDESK,
    "!plaza": PLAZA,
    "!globex": replace(ACME, name="globex"),
}
AROUND = Surroundings(
    SPACES_OF.get,
    "!acme-space",
    MARKS[0],
    MARKS,
)
Content = dict[str, Any]
OURS = ["contractor.example", "contractor.example:8448", "example.org"]
QUIET = {Kind.LABEL, Kind.MARK}


def room(version: str = "10", creator: str = ME, **contents: Content) -> Room:
    """State by the last word of its type: `join_rules={...}` is m.room.join_rules."""
    state: dict[str, dict[str, Content]] = {
        "m.room.create": {"": {"content": {"room_version": version}, "sender": creator}},
        "m.room.power_levels": {"": {"content": {"users": {ME: 100}}}},
    }
    state |= {f"m.room.{kind}": {"": {"content": content}} for kind, content in contents.items()}
    return Room("!acme", "acme", joined=True, state=state)


def with_event(of: Room, kind: str, key: str, content: Any) -> Room:
    return replace(of, state={**of.state, kind: {**of.state.get(kind, {}), key: {"content": content}}})


def view(of: Room, space: Space = ACME, in_directory: bool | None = None, **policy: Any) -> RoomView:
    wanted = replace(space, room=replace(space.room, **policy))
    return RoomView(of.state, of.powers, in_directory, wanted, PEOPLE, ME, AROUND)


def found(of: Room, space: Space = ACME, in_directory: bool | None = None, **policy: Any) -> list[Drift]:
    """Without the bot's own upkeep."""
    return [drift for drift in drifts(view(of, space, in_directory, **policy)) if drift.kind not in QUIET]


def only(of: Room, space: Space = ACME, in_directory: bool | None = None, **policy: Any) -> Drift:
    (drift,) = found(of, space, in_directory, **policy)
    return drift


def content_of(drift: Drift) -> Content:
    assert isinstance(drift.mend, SetState)
    return drift.mend.content


def mended(of: Room, listed: bool | None, drift: Drift) -> tuple[Room, bool | None]:
    if isinstance(drift.mend, SetState):
        return with_event(of, drift.mend.event_type, drift.mend.state_key, drift.mend.content), listed
    return of, drift.mend.listed if drift.mend else listed


def test_a_room_as_it_is_made_conforms_to_a_closed_space() -> None:
    assert found(room()) == []
    assert found(room(), HELPDESK) == []


@pytest.mark.parametrize(
    ("contents", "kind", "said", "wanted"),
    [
        ({"join_rules": {"join_rule": "public"}}, Kind.JOIN_RULE, "public", "invite"),
        ({"history_visibility": {"history_visibility": "world_readable"}}, Kind.HISTORY, "world_readable", "shared"),
        ({"guest_access": {"guest_access": "can_join"}}, Kind.GUESTS, "can_join", "forbidden"),
    ],
)
def test_open_doors_of_a_closed_space(contents: Content, kind: Kind, said: str, wanted: str) -> None:
    drift = only(room(**contents))
    assert (drift.kind, drift.found, drift.wanted) == (kind, said, wanted)
    assert list(content_of(drift).values()) == [wanted]
    assert found(room(**contents), PLAZA) == []
    (key,) = contents[next(iter(contents))]
    other: Any = {key: {"join_rule": "knock", "history_visibility": "joined", "guest_access": "forbidden"}[key]}
    assert only(room(**contents), PLAZA, **other).wanted == other[key]


def test_what_is_absent_is_what_the_specification_says() -> None:
    assert only(room(), join_rule="knock").found == "invite"
    assert only(room(), history_visibility="joined").found == "shared"
    assert found(room(), guest_access="forbidden") == []


@pytest.mark.parametrize(
    ("allowed", "foreign"),
    [("!acme-space", False), ("!helpdesk", False), ("!plaza", True), ("!globex", True), ("!unknown", True)],
)
def test_who_may_come_in_from_another_room(allowed: str, foreign: bool) -> None:
    entries = [{"type": "m.room_membership", "room_id": room_id} for room_id in ("!acme-space", allowed)]
    drifting = found(room(join_rules={"join_rule": "restricted", "allow": [*entries, 5, {"type": 1}]}))
    assert [drift.found for drift in drifting] == ([f"restricted ({allowed})"] if foreign else [])
    if foreign:
        assert content_of(drifting[0]) == {"join_rule": "restricted", "allow": entries[:1]}
    alone = found(room(join_rules={"join_rule": "knock_restricted", "allow": entries[1:]}))
    assert [content_of(drift) for drift in alone] == ([{"join_rule": "invite"}] if foreign else [])


def test_a_rule_that_needs_something_else_first() -> None:
    assert content_of(only(room(), join_rule="restricted"))["allow"][0]["room_id"] == "!acme-space"
    assert only(room(version="7"), join_rule="restricted").remedy is Remedy.UPGRADE
    homeless = replace(view(room(), join_rule="restricted"), around=Surroundings())
    assert [drift.remedy for drift in drifts(homeless) if drift.kind is Kind.JOIN_RULE] == [Remedy.FAMILY]


@pytest.mark.parametrize(
    ("listed", "space", "policy", "mend"),
    [
        (True, ACME, None, SetListing(False)),
        (False, ACME, None, None),
        (None, ACME, None, None),
        (True, PLAZA, None, None),
        (True, PLAZA, False, SetListing(False)),
        (False, PLAZA, True, SetListing(True)),
    ],
)
def test_the_directory(listed: bool | None, space: Space, policy: bool | None, mend: SetListing | None) -> None:
    assert [drift.mend for drift in found(room(), space, listed, listed=policy)] == ([mend] if mend else [])


def test_an_alias_of_a_foreign_server_leads_elsewhere() -> None:
    named = {"alias": "#acme:example.org", "alt_aliases": ["#a:acme.com", "#b:contractor.example:443", 3]}
    drift = only(room(canonical_alias=named))
    assert (drift.kind, drift.found) == (Kind.ALIAS, "#a:acme.com")
    assert content_of(drift) == {"alias": "#acme:example.org", "alt_aliases": ["#b:contractor.example:443"]}
    assert content_of(only(room(canonical_alias={"alias": "#a:acme.com"}))) == {}
    assert found(room(canonical_alias=named), PLAZA) == []


@pytest.mark.parametrize(
    ("held", "policy", "left"),
    [
        ({ANN: 50}, None, {ME: 100}),
        ({ANN: 49, BOB: 100}, None, None),
        ({ANN: 10}, 0, {ME: 100, ANN: 0}),
        ({ANN: 10}, 10, None),
        ({"@carla:contractor.example:8448": 100}, 0, None),
        ({ANN: True, "@joe:acme.com": [50]}, 0, None),
    ],
)
def test_power_of_people_not_of_ours(held: Content, policy: int | None, left: Content | None) -> None:
    drifting = found(room(power_levels={"users": {ME: 100} | held, "ban": 50}), outsider_power=policy)
    assert [content_of(drift) for drift in drifting] == ([{"users": left, "ban": 50}] if left else [])
    assert all(drift.about == ANN for drift in drifting)


def test_power_that_only_people_can_take() -> None:
    assert only(room(power_levels={"users": {ME: 50, ANN: 50}})).remedy is Remedy.ABOVE
    assert only(room("12", creator=ANN, power_levels={})).remedy is Remedy.CREATOR
    assert only(room(power_levels={"users_default": 60, "users": {ME: 100}})).remedy is Remedy.EVERYBODY
    textual = {"users": {ME: 100, ANN: "60"}}
    assert only(room("9", power_levels=textual)).found == "60"
    assert found(room("10", power_levels=textual)) == []


@pytest.mark.parametrize(
    ("acl", "fits"),
    [
        (None, False),
        ({}, False),
        ({"allow": "*"}, False),
        ({"allow": ["*"]}, False),
        ({"allow": OURS}, True),
        ({"allow": OURS[:2]}, False),
        ({"allow": [*OURS, "ACME.com"]}, True),
        ({"allow": [*OURS, "*.acme.com"]}, False),
        ({"allow": OURS, "deny": ["example.*"]}, False),
        ({"allow": OURS, "deny": ["evil.com", 3]}, True),
        ({"allow": ["acme.com"]}, False),
    ],
)
def test_server_acl(acl: Content | None, fits: bool) -> None:
    of = room(server_acl=acl) if acl is not None else room()
    drifting = found(of, servers=frozenset({"acme.com:8448"}))
    wanted = [] if fits else [["acme.com", "acme.com:8448", *OURS]]
    assert [content_of(drift)["allow"] for drift in drifting] == wanted
    assert found(of) == []


def test_denied_servers_stay_so_unless_they_are_ours() -> None:
    acl = {"allow": ["*"], "deny": ["evil.com", "*.org"], "allow_ip_literals": False}
    content = content_of(only(room(server_acl=acl), servers=frozenset()))
    assert content["deny"] == ["evil.com"]
    assert content["allow_ip_literals"] is False


def test_parents_that_are_not_ours() -> None:
    of = room()
    for parent in ("!acme-space", "!elsewhere", "!plaza"):
        of = with_event(of, "m.space.parent", parent, {"via": ["x"]})
    of = with_event(of, "m.space.parent", "!taken-back", {})
    assert [(d.about, d.mend) for d in found(of)] == [
        (parent, SetState("m.space.parent", parent, {})) for parent in ("!elsewhere", "!plaza")
    ]
    assert found(of, PLAZA) == []


def test_widgets_and_bridges() -> None:
    of = with_event(room(), "m.widget", "x", {"url": "https://pad.example/"})
    of = with_event(of, "im.vector.modular.widgets", "x", {})
    of = with_event(of, "uk.half-shot.bridge", "@irc:example.org", {"bridgebot": "@irc:example.org"})
    assert [(d.found[:29], d.mend, d.remedy) for d in found(of)] == [
        ("m.widget https://pad.example/", None, Remedy.LOOK),
        ('uk.half-shot.bridge {"bridgeb', None, Remedy.LOOK),
    ]
    forbidden = found(of, integrations=False)
    assert [(d.mend, d.remedy) for d in forbidden] == [(SetState("m.widget", "x", {}), None), (None, Remedy.OWNED)]
    assert found(of, integrations=True) == found(of, PLAZA) == []


def test_what_nobody_can_take_back_is_only_said() -> None:
    assert only(room(), encrypted=True).remedy is Remedy.ENCRYPT
    able = replace(view(room(), ACME, encrypted=True), around=replace(AROUND, encrypts=True))
    (drift,) = (drift for drift in drifts(able) if drift.kind is Kind.ENCRYPTION)
    assert (drift.mend, drift.remedy) == (SetState("m.room.encryption", "", {"algorithm": MEGOLM}), None)
    encrypted = room(encryption={"algorithm": "m.megolm.v1.aes-sha2"})
    assert only(encrypted, encrypted=False).remedy is Remedy.REMAKE
    assert found(encrypted, encrypted=True) == []
    assert only(room(), federated=False).remedy is Remedy.REMAKE
    assert found(room(), federated=True) == []


@pytest.mark.parametrize(
    ("name", "level", "wanted"),
    [
        ("Acme", Level.EXTRANET, "Acme · with guests"),
        ("Acme · with guests", Level.EXTRANET, None),
        ("Acme · avec invités", Level.PUBLIC, "Acme · with guests"),
        ("Acme · with guests · avec invités", Level.EXTRANET, "Acme · with guests"),
        ("", Level.EXTRANET, "with guests"),
        ("with guests", Level.EXTRANET, None),
        ("Acme · with guests", Level.INTERNAL, "Acme"),
        ("Acme", Level.INTERNAL, None),
        ("with guests", Level.INTERNAL, ""),
    ],
)
def test_the_mark_in_the_name(name: str, level: Level, wanted: str | None) -> None:
    space = replace(ACME, level=level, mark=Mark.NAME)
    marked = [d for d in drifts(view(room(name={"name": name}), space)) if d.kind is Kind.MARK]
    assert [content_of(drift) for drift in marked] == ([] if wanted is None else [{"name": wanted}])


def test_the_mark_in_the_topic() -> None:
    space = replace(ACME, mark=Mark.TOPIC)
    of = room(topic={"topic": "Ask here", "m.topic": {}}, name={"name": "Acme · with guests"})
    marked = [content_of(d) for d in drifts(view(of, space)) if d.kind is Kind.MARK]
    assert marked == [{"name": "Acme"}, {"topic": "with guests\nAsk here"}]
    unmarked = replace(space, mark=Mark.NONE)
    assert [d for d in drifts(view(of, unmarked)) if d.kind is Kind.MARK] == []
    alias = room(canonical_alias={"alias": "#acme:example.org"})
    (named,) = (d for d in drifts(view(alias, replace(space, mark=Mark.NAME))) if d.kind is Kind.MARK)
    assert content_of(named) == {"name": "#acme:example.org · with guests"}


def test_the_event_for_other_programs() -> None:
    policy: Any = {"servers": frozenset({"secret-partner.com"}), "join_rule": "invite", "listed": False}
    (label,) = (d for d in drifts(view(room(), **policy)) if d.kind is Kind.LABEL)
    assert content_of(label) == {
        "space": "acme",
        "level": "extranet",
        "externals": True,
        "room": {"join_rule": "invite", "listed": False},
    }
    assert drifts(view(room(), replace(ACME, enforce=Enforce.OFF, mark=Mark.NAME))) == ()


def test_missing_rights() -> None:
    weak = room(power_levels={"users": {ME: 10}, "kick": 20, "invite": 10, "events": {"m.room.server_acl": 100}})
    lacks = lacking(weak.powers, replace(ACME, mark=Mark.NAME), ME)
    assert Lack("kick", 20, 10) in lacks
    assert Lack("m.room.name", 50, 10) in lacks
    assert "invite" not in {lack.what for lack in lacks}
    assert "m.room.server_acl" not in {lack.what for lack in lacks}
    acl = lacking(weak.powers, replace(ACME, room=RoomPolicy(servers=frozenset())), ME)
    assert Lack("m.room.server_acl", 100, 10) in acl
    assert lacking(weak.powers, replace(ACME, enforce=Enforce.OFF), ME) == ()
    assert [lack.what for lack in lacking(weak.powers, replace(PLAZA, enforce=Enforce.ON), ME)] == [
        "org.askbridge.space"
    ]
    assert lacking(room("12", power_levels={}).powers, ACME, ME) == ()
    assert lack_for(SetListing(False), weak.powers, ME) == Lack("m.room.canonical_alias", 50, 10)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 200)
    | st.text(max_size=8)
    | st.sampled_from(["public", "\ud800", *MARKS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ROOMS = st.sampled_from([*SPACES_OF, "!other", "", 7])
KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "join_rule": st.sampled_from(["public", "invite", "knock", "restricted", "knock_restricted", "private"]),
    "allow": st.lists(
        st.fixed_dictionaries({"type": st.just("m.room_membership"), "room_id": ROOMS}) | JSON, max_size=3
    ),
    "history_visibility": st.sampled_from(["joined", "shared", "world_readable"]),
    "guest_access": st.sampled_from(["can_join", "forbidden"]),
    "users": st.dictionaries(
        st.sampled_from([ME, ANN, BOB, "@joe:acme.com", "x"]), st.integers(0, 100) | st.just("100") | JSON, max_size=4
    ),
    "users_default": st.integers(0, 60),
    "deny": st.lists(st.sampled_from(["*", "example.org", "*.org", "evil.com", "CONTRACTOR.*"]) | JSON, max_size=3),
    "alias": st.sampled_from(["#a:example.org", "#a:acme.com", "#a", "#a:example.org · with guests"]),
    "alt_aliases": st.lists(st.sampled_from(["#b:example.org", "#b:evil.com"]) | JSON, max_size=2),
    "name": st.lists(st.sampled_from(["Acme", " · ", " ", *MARKS]), max_size=6).map("".join),
    "topic": st.lists(st.sampled_from(["Ask", "\n", " ", *MARKS]), max_size=6).map("".join),
    "via": st.lists(st.text(max_size=3), max_size=1),
    "url": st.text(max_size=400),
    "room_version": st.sampled_from(["1", "6", "9", "10", "12", "x"]),
    "m.federate": st.booleans(),
}
CONTENT = st.fixed_dictionaries({}, optional={key: wanted | JSON for key, wanted in KNOWN.items()}) | JSON
TYPES = (
    *("m.room.create", "m.room.power_levels", "m.room.join_rules", "m.room.history_visibility", "m.room.guest_access"),
    *("m.room.encryption", "m.room.name", "m.room.topic", "m.room.canonical_alias", "m.room.server_acl"),
    *(
        "m.space.parent",
        "m.widget",
        "im.vector.modular.widgets",
        "m.bridge",
        "uk.half-shot.bridge",
        "org.askbridge.space",
    ),
)
KEYS = st.sampled_from(["", "!acme-space", "!other", "x", "@ann:acme.com", "\ud800"])
EVENT = st.builds(
    lambda content, sender: {"content": content, "sender": sender}, CONTENT, st.sampled_from([ME, ANN, None, 3])
)
STATE = st.dictionaries(st.sampled_from(TYPES), st.dictionaries(KEYS, EVENT, max_size=2), max_size=8)
MAYBE = st.none() | st.booleans()
POLICY = st.builds(
    RoomPolicy,
    join_rule=st.none() | st.sampled_from(["invite", "knock", "restricted", "knock_restricted", "public"]),
    history_visibility=st.none() | st.sampled_from(["joined", "shared", "world_readable"]),
    guest_access=st.none() | st.sampled_from(["can_join", "forbidden"]),
    encrypted=MAYBE,
    listed=MAYBE,
    federated=MAYBE,
    servers=st.none() | st.frozensets(st.sampled_from(["acme.com", "127.0.0.1:8448", "[::1]:1", "b.net"])),
    integrations=MAYBE,
    outsider_power=st.none() | st.integers(0, 100),
)
SPACES = st.builds(
    Space,
    st.just("acme"),
    st.sampled_from(Level),
    enforce=st.sampled_from(Enforce),
    room=POLICY,
    mark=st.sampled_from(Mark),
)
GLOBS = st.sampled_from(["@*:example.org", "@*:*.example.net", "@*:*", "@x:b.net:80", "*", "@c:[::2]:8448"])
PEOPLES = st.builds(
    People, staff=st.lists(GLOBS, max_size=2).map(tuple), trusted=st.lists(GLOBS, max_size=2).map(tuple)
)


@settings(max_examples=300, deadline=None)
@given(STATE, SPACES, PEOPLES, MAYBE)
def test_whatever_a_room_holds_mending_ends_and_shuts_nobody_of_ours_out(
    state: dict[str, dict[str, Any]], space: Space, people: People, listed: bool | None
) -> None:
    of = Room("!acme", "acme", joined=True, state=state)

    def look() -> list[Drift]:
        around = replace(AROUND, space_of=(SPACES_OF | {"!acme": space, "!acme-space": space}).get)
        return list(drifts(RoomView(of.state, of.powers, listed, space, people, ME, around)))

    first = look()
    assert len({(drift.kind, drift.about) for drift in first}) == len(first)
    before = of.powers.level(ME)
    for _ in range(12):
        mendable = [drift for drift in look() if drift.mend]
        if not mendable:
            break
        assert all(drift.remedy is None for drift in mendable)
        of, listed = mended(of, listed, mendable[0])
    assert not [drift for drift in look() if drift.mend]
    assert of.powers.level(ME) == before
    acl = of.content("m.room.server_acl")
    if any(isinstance(drift.mend, SetState) and drift.kind is Kind.SERVERS for drift in first):
        ours = always_allowed(people, ME)
        assert is_as_wanted(acl, {"allow": ["*"], "allow_ip_literals": False}, ours)
    assert all(len(drift.found) <= 300 and drift.found.encode() is not None for drift in first)
