"""Ready means that every part has reported and is well; trouble with a room is only a warning."""

from bridge.ops.health import Health


def test_parts_are_not_ready_until_they_report() -> None:
    health = Health(["database", "sync"])
    health.set("database", None)
    ready, said = health.ready()
    assert not ready
    assert said == {
        "ready": False,
        "parts": {"database": {"ok": True}, "sync": {"ok": False, "problem": "starting"}},
        "warnings": {},
    }
    health.set("sync", None)
    assert health.ready()[0]


def test_a_part_says_what_is_wrong_and_that_it_is_well_again() -> None:
    health = Health()
    health.set("homeserver", "no answer since 12:00")
    assert health.ready()[1]["parts"] == {"homeserver": {"ok": False, "problem": "no answer since 12:00"}}
    health.set("homeserver", None)
    assert health.ready()[0]


def test_room_trouble_warns_and_leaves_the_rest_ready() -> None:
    health = Health(["sync"])
    health.set("sync", None)
    health.warn("#gone:example.org", "there is no such room")
    ready, said = health.ready()
    assert ready
    assert said["warnings"] == {"#gone:example.org": "there is no such room"}
    health.warn("#gone:example.org", None)
    health.warn("#never:example.org", None)
    assert health.ready()[1]["warnings"] == {}


def test_a_program_that_cannot_recover_is_neither_live_nor_ready() -> None:
    health = Health()
    assert health.live()
    health.fail("the database is damaged")
    assert not health.live()
    ready, said = health.ready()
    assert not ready
    assert said["problem"] == "the database is damaged"
