"""People, spaces and grants to try doors with: by hand, and at random."""

from typing import Any

from hypothesis import strategies as st

from bridge.domain.grants import Grant
from bridge.domain.people import People, Powers
from bridge.domain.spaces import DAY, Enforce, Externals, Level, Space, Terms

NOW = 1_800_000_000_000
BOT = "@qa:example.org"
ANN, CARLA, LEAD = "@ann:example.org", "@carla:contractor.example", "@lead:elsewhere.example"
XAVI, YAN, MALLORY = "@xavi:acme.com", "@yan:beta.example", "@mallory:example.org"
ROOM, OLD, OTHER = "!room", "!old", "!other"
FAMILY = frozenset({ROOM, OLD})
PEOPLE = People(("@*:example.org",), ("@carla:contractor.example",), (LEAD,), (MALLORY, "@*:spam.example"))
EVERYBODY = (ANN, CARLA, LEAD, XAVI, YAN, MALLORY, "@z:spam.example", BOT)


def grant(**changed: Any) -> Grant:
    """Xavi's, for the whole of acme, approved, without an end; `changed` differs."""
    given: dict[str, Any] = {
        "number": 1,
        "person": XAVI,
        "space": "acme",
        "room_id": None,
        "sponsor": ANN,
        "reason": "",
        "created_at": NOW - DAY,
        "ends_at": None,
        "approved_by": ANN,
    }
    return Grant(**given | changed)


def space(level: Level = Level.EXTRANET, name: str = "acme", **externals: Any) -> Space:
    return Space(name, level, externals=Externals(**externals), enforce=Enforce.ON)


# --- at random -----------------------------------------------------------------------------------------------------

people = st.sampled_from(EVERYBODY)
times = st.integers(NOW - 30 * DAY, NOW + 30 * DAY)
versions = st.sampled_from(["v1", "v2"])
some_grants = st.builds(
    Grant,
    number=st.integers(1, 99),
    person=people,
    space=st.sampled_from(["acme", "beta"]),
    room_id=st.sampled_from([None, ROOM, OLD, OTHER]),
    sponsor=st.just(ANN),
    reason=st.just(""),
    created_at=times,
    ends_at=st.none() | times,
    approved_by=st.none() | st.just(ANN),
    terms_accepted=st.none() | versions,
    terms_due=st.none() | times,
    ended_at=st.none() | times,
)
many_grants = st.lists(some_grants, max_size=6)
some_externals = st.builds(
    Externals,
    servers=st.sampled_from([frozenset(), frozenset({"acme.com"}), frozenset({"beta.example"})]),
    terms=st.none() | st.builds(Terms, versions, st.just("Be kind.")),
)
spaces = st.builds(
    Space,
    name=st.sampled_from(["acme", "beta"]),
    level=st.sampled_from(Level),
    externals=some_externals,
    enforce=st.sampled_from(Enforce),
)
powers = st.builds(
    Powers,
    version=st.sampled_from([6, 11, 12]),
    creators=st.frozensets(people, max_size=2),
    users=st.dictionaries(people, st.integers(-1, 101), max_size=6),
    users_default=st.integers(-1, 100),
    kick=st.integers(0, 101),
)
