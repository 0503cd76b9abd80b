from typing import Any

import pytest

from bridge.matrix.errors import SignedOut
from bridge.matrix.sync import GAP_TRIES, SLICE
from tests.matrix.fake_homeserver import BOT, ROOM, FakeHomeserver, Fault, event, joined, member, message, timeline
from tests.matrix.intake import KeptIntake
from tests.matrix.playing import Play


async def test_a_first_sync_takes_no_history_but_invites(play: Play, homeserver: FakeHomeserver) -> None:
    invited = {"invite_state": {"events": [member("$i", "invite"), event("", "m.room.name", {"name": "Help"})]}}
    rooms = {"join": {ROOM: timeline([message(1)])}, "invite": {"!new:localhost": invited}}
    running = await play({"next_batch": "s1", "rooms": rooms}, since=None)
    [batch] = running.intake.batches
    assert (batch.source, batch.cursor) == ("sync", "s1")
    [invite] = batch.events
    assert (invite["event_id"], invite["room_id"]) == ("~invite:!new:localhost:s1", "!new:localhost")
    assert [stripped["type"] for stripped in invite["unsigned"]["invite_room_state"]] == [
        "m.room.member",
        "m.room.name",
    ]
    assert running.transport.started
    assert "since" not in homeserver.calls("sync")[0].query


async def test_state_comes_before_the_timeline_and_each_event_knows_its_room(play: Play) -> None:
    topic = event("$topic", "m.room.topic", {"topic": "help"}, state_key="")
    lying = message(2) | {"room_id": "!elsewhere:localhost"}
    running = await play(joined("s1", timeline([message(1), lying], state=(topic,))))
    assert running.intake.ids == ["$topic", "$m1", "$m2"]
    assert {found["room_id"] for found in running.intake.events} == {ROOM}


async def test_tokens_are_ours_and_follow_what_was_accepted(play: Play, homeserver: FakeHomeserver) -> None:
    running = await play(joined("s1", timeline([message(1)])), joined("s2", timeline([message(2)])))
    assert [batch.cursor for batch in running.intake.batches] == ["s1", "s2"]
    assert [asked.query["since"] for asked in homeserver.calls("sync")] == ["s0", "s1", "s2"]


async def test_what_the_intake_could_not_keep_is_asked_for_again(play: Play, homeserver: FakeHomeserver) -> None:
    intake = KeptIntake("s0")
    intake.failures = [RuntimeError("disk full")]
    answer = joined("s1", timeline([message(1)]))
    running = await play(answer, answer, intake=intake)
    assert running.intake.ids == ["$m1"]
    assert [asked.query["since"] for asked in homeserver.calls("sync")] == ["s0", "s0", "s1"]


async def test_even_a_first_token_is_not_remembered_before_it_is_kept(play: Play, homeserver: FakeHomeserver) -> None:
    intake = KeptIntake()
    intake.failures = [RuntimeError("disk full")]
    await play({"next_batch": "s1"}, {"next_batch": "s2"}, intake=intake)
    assert [asked.query.get("since") for asked in homeserver.calls("sync")] == [None, None, "s2"]


async def test_leaving_is_told(play: Play) -> None:
    kick = member("$kick", "leave", before="join")
    left = {"leave": {ROOM: timeline([message(1), kick])}}
    running = await play({"next_batch": "s1", "rooms": left})
    assert running.intake.ids == ["$m1", "$kick"]


HOSTILE_EVENTS: list[Any] = [
    None,
    5,
    "text",
    ["list"],
    {},
    {"event_id": ["$list"], "type": 5, "content": "text"},
    event("$ts", "m.room.message", {}, origin_server_ts="yesterday"),
    event("$key", "m.room.member", {}, state_key={"a": 1}),
    event("$content", "m.room.message", [], unsigned=5),  # type: ignore[arg-type]
    member("$m", 5, before={}),  # type: ignore[arg-type]
    event("$enc", "m.room.encrypted", {"algorithm": 7}),
    event("$long", "m.room.message", {"body": "x" * 65_000}),
]


async def test_hostile_events_neither_stop_nor_hide_others(play: Play) -> None:
    hostile = timeline([message(1), *HOSTILE_EVENTS, message(2)], state=tuple(HOSTILE_EVENTS))
    running = await play(joined("s1", hostile), joined("s2", timeline([message(3)])))
    objects = [found.get("event_id") for found in HOSTILE_EVENTS if isinstance(found, dict)]
    assert running.intake.ids == [*objects, "$m1", *objects, "$m2", "$m3"]
    assert running.pauses == []


async def test_an_event_that_no_parser_takes_is_mended(play: Play) -> None:
    deep = b'{"event_id":"$deep","content":' + b'{"a":' * 2000 + b"1" + b"}" * 2000 + b"}"
    odd = rb'{"event_id":"$odd","content":{"body":"\ud800","n":1e999}}'
    body = b'{"next_batch":"s1","rooms":{"join":{"%s":{"timeline":{"events":[%s,%s]}}}}}' % (ROOM.encode(), deep, odd)
    running = await play(body, joined("s2", timeline([message(3)])))
    assert running.intake.ids == ["$deep", "$odd", "$m3"]


@pytest.mark.parametrize(
    "rooms",
    [
        5,
        {"join": 5, "leave": [], "invite": "x"},
        {"join": {ROOM: 5}, "leave": {ROOM: None}, "invite": {ROOM: 5}},
        {"join": {ROOM: {"timeline": 5, "state": []}}, "invite": {ROOM: {"invite_state": 5}}},
        {"join": {ROOM: {"timeline": {"events": 5, "limited": "yes", "prev_batch": 7}, "state": {"events": {}}}}},
        {"join": {ROOM: {"timeline": {"events": [], "limited": True, "prev_batch": 7}}}},
        {"invite": {ROOM: {"invite_state": {"events": [5, {}, member("$i", "join")]}}}},
    ],
)
async def test_hostile_rooms_do_not_hide_others(play: Play, rooms: Any) -> None:
    if isinstance(rooms, dict) and isinstance(rooms.get("join"), dict):
        rooms["join"]["!good:localhost"] = timeline([message(1)])
    running = await play({"next_batch": "s1", "rooms": rooms}, joined("s2", timeline([message(2)])))
    assert running.intake.ids[-1] == "$m2"
    assert ("$m1" in running.intake.ids) == (rooms != 5 and isinstance(rooms.get("join"), dict))
    assert running.pauses == []


@pytest.mark.parametrize("odd", [b"", b"[]", b"nope", {}, {"next_batch": 5}, {"next_batch": ""}])
async def test_an_answer_without_a_token_is_asked_for_again(play: Play, odd: Any) -> None:
    running = await play(odd, joined("s1", timeline([message(1)])))
    assert running.intake.ids == ["$m1"]
    assert len(running.pauses) == 1


@pytest.mark.parametrize(
    ("fault", "least"),
    [
        (Fault(500), 0.5),
        (Fault(429, {"retry_after_ms": 9000}), 9),
        (Fault(403, {"errcode": "M_FORBIDDEN"}), 30),
        (Fault(how="half"), 0.5),
        (Fault(200, b"<html>maintenance</html>"), 0.5),
    ],
    ids=str,
)
async def test_trouble_is_waited_out(play: Play, homeserver: FakeHomeserver, fault: Fault, least: float) -> None:
    homeserver.faults["sync"].append(fault)
    running = await play(joined("s1", timeline([message(1)])))
    assert running.intake.ids == ["$m1"]
    assert len(running.pauses) == 1
    assert running.pauses[0] >= least
    assert running.transport.problem is None


async def test_pauses_grow_and_stay_bounded(play: Play, homeserver: FakeHomeserver) -> None:
    homeserver.faults["sync"] += [Fault(502) for _ in range(20)]
    running = await play(joined("s1", timeline([message(1)])))
    assert running.pauses[0] <= 1
    assert 15 <= max(running.pauses) <= 30


async def test_a_dead_token_ends_it_with_a_clear_word(play: Play, homeserver: FakeHomeserver) -> None:
    homeserver.faults["sync"].append(Fault(401, {"errcode": "M_UNKNOWN_TOKEN", "error": "signed out"}))
    running = await play()
    with pytest.raises(SignedOut, match=r"access token of @bot:localhost: .*signed out"):
        await running.ended()
    assert not running.transport.started


async def test_an_answer_of_nothing_at_once_does_not_spin(play: Play) -> None:
    running = await play(*[{"next_batch": "s0"}] * 6)
    assert running.pauses, "an answer that takes its time, on a machine that is busy, needs no pause"
    assert running.intake.batches == []


class TestGaps:
    async def test_a_thousand_messages_come_whole_once_and_in_order(
        self, play: Play, homeserver: FakeHomeserver
    ) -> None:
        homeserver.history = [message(number) for number in range(1100)]
        homeserver.marks = {"s0": 50}
        news = timeline(homeserver.history[1090:], limited=True, prev_batch="t1090")
        running = await play(joined("s1", news))
        assert running.intake.ids == [f"$m{number}" for number in range(50, 1100)]
        assert [batch.cursor for batch in running.intake.batches] == ["s0", "s0", "s1"]
        assert max(len(batch.events) for batch in running.intake.batches) == SLICE

    async def test_a_gap_of_any_length_is_read_in_order(self, play: Play, homeserver: FakeHomeserver) -> None:
        homeserver.page_size = 7
        homeserver.history = [message(number) for number in range(200)]
        homeserver.marks = {"s0": 3}
        running = await play(joined("s1", timeline([message(200)], limited=True, prev_batch="t200")))
        assert running.intake.ids == [f"$m{number}" for number in range(3, 201)]

    async def test_what_was_accepted_of_a_gap_is_repeated_after_trouble(
        self, play: Play, homeserver: FakeHomeserver
    ) -> None:
        homeserver.history = [message(number) for number in range(700)]
        intake = KeptIntake("s0")
        homeserver.marks = {"s0": 0}
        news = joined("s1", timeline([message(700)], limited=True, prev_batch="t700"))
        homeserver.faults["messages"] += [Fault(500)]
        running = await play(news, news, intake=intake)
        assert running.intake.ids == [f"$m{number}" for number in range(701)]

    async def test_state_that_the_gap_tells_is_told_in_its_turn(self, play: Play, homeserver: FakeHomeserver) -> None:
        join, leave = (member("$in", "join", "@amy:x"), member("$out", "leave", "@amy:x", before="join"))
        homeserver.history = [join, message(1), leave]
        lazy = member("$bob", "join", "@bob:x")
        odd = event(["$list"], "m.room.topic", {})  # type: ignore[arg-type]
        news = timeline([message(2)], limited=True, prev_batch="t3", state=(leave, lazy, odd))
        running = await play(joined("s1", news))
        assert running.intake.ids == ["$bob", ["$list"], "$in", "$m1", "$out", "$m2"]

    @pytest.mark.parametrize(
        "refusal", [Fault(403, {"errcode": "M_FORBIDDEN"}), Fault(404, {"errcode": "M_NOT_FOUND"})]
    )
    async def test_a_gap_that_may_not_be_read_does_not_stop_the_rest(
        self, play: Play, homeserver: FakeHomeserver, refusal: Fault
    ) -> None:
        homeserver.faults["messages"].append(refusal)
        running = await play(joined("s1", timeline([message(2)], limited=True, prev_batch="t3")))
        assert running.intake.ids == ["$m2"]

    async def test_a_gap_that_the_homeserver_fails_on_does_not_stop_the_rest_for_ever(
        self, play: Play, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["messages"] += [Fault(500) for _ in range(GAP_TRIES)]
        news = joined("s1", timeline([message(2)], limited=True, prev_batch="t3"))
        running = await play(*[news] * GAP_TRIES, joined("s2", timeline([message(3)])))
        assert running.intake.ids == ["$m2", "$m3"]
        assert len(running.pauses) == GAP_TRIES - 1

    async def test_being_asked_to_wait_never_costs_a_gap(self, play: Play, homeserver: FakeHomeserver) -> None:
        homeserver.history = [message(1)]
        homeserver.marks = {"s0": 0}
        homeserver.faults["messages"] += [Fault(429, {"retry_after_ms": 100}) for _ in range(GAP_TRIES * 2)]
        news = joined("s1", timeline([message(2)], limited=True, prev_batch="t1"))
        running = await play(*[news] * (GAP_TRIES * 2 + 1))
        assert running.intake.ids == ["$m1", "$m2"]

    async def test_pages_that_are_no_longer_kept_are_asked_for_again(
        self, play: Play, homeserver: FakeHomeserver
    ) -> None:
        homeserver.page_size = 10
        homeserver.history = [message(number) for number in range(150)]
        homeserver.marks = {"s0": 0}
        news = joined("s1", timeline([message(150)], limited=True, prev_batch="t150"))
        running = await play(news)
        assert running.intake.ids == [f"$m{number}" for number in range(151)]
        assert len(homeserver.calls("messages")) == 15 + 5

    @pytest.mark.parametrize(("failures", "syncs", "lost"), [(1, 2, 0), (GAP_TRIES, GAP_TRIES, 50)])
    async def test_a_page_that_fails_when_asked_again_is_tried_before_it_is_lost(
        self, play: Play, homeserver: FakeHomeserver, failures: int, syncs: int, lost: int
    ) -> None:
        homeserver.page_size = 10
        homeserver.history = [message(number) for number in range(150)]
        homeserver.marks = {"s0": 0}
        for _ in range(failures):
            homeserver.faults["messages"] += [*[None] * 15, Fault(500)]
        news = joined("s1", timeline([message(150)], limited=True, prev_batch="t150"))
        running = await play(*[news] * syncs)
        kept = [number for number in range(151) if not 100 <= number < 100 + lost]
        assert running.intake.ids == [f"$m{number}" for number in kept]

    async def test_a_dead_token_in_a_gap_ends_it_too(self, play: Play, homeserver: FakeHomeserver) -> None:
        homeserver.faults["messages"].append(Fault(401, {"errcode": "M_UNKNOWN_TOKEN"}))
        running = await play(joined("s1", timeline([], limited=True, prev_batch="t1")))
        with pytest.raises(SignedOut):
            await running.ended()


class TestOwnJoin:
    """What was said before the bot came is not its business; what was said while it was there is."""

    JOIN = member("$join", "join", before="invite")
    FIRST = member("$join", "join")
    RENAMED = member("$renamed", "join", before="join")
    UNCLEAR = event(
        "$unclear", "m.room.member", {"membership": "join"}, BOT, state_key=BOT, unsigned={"replaces_state": "$x"}
    )
    KICK = member("$kick", "leave", before="join")
    BARE_KICK = member("$kick", "leave")
    BACK = member("$back", "join", before="leave")
    INVITE = member("$invite", "invite")

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            ([message(1), JOIN, message(2)], ["$join", "$m2"]),
            ([message(1), FIRST, message(2)], ["$join", "$m2"]),
            ([message(1), INVITE, message(2), JOIN, message(3)], ["$join", "$m3"]),
            ([message(1), RENAMED, message(2)], ["$m1", "$renamed", "$m2"]),
            ([message(1), UNCLEAR, message(2)], ["$m1", "$unclear", "$m2"]),
            ([message(1), KICK, message(2), BACK, message(3)], ["$m1", "$kick", "$back", "$m3"]),
            ([message(1), BARE_KICK, BACK], ["$m1", "$kick", "$back"]),
            ([message(1), JOIN, message(2), KICK, BACK], ["$join", "$m2", "$kick", "$back"]),
            ([message(1), {**JOIN, "event_id": None}], [None]),
            ([message(1), message(2)], ["$m1", "$m2"]),
        ],
    )
    @pytest.mark.parametrize("split", range(4))
    async def test_the_boundary_is_the_join_wherever_the_gap_lies(
        self, play: Play, homeserver: FakeHomeserver, events: list[Any], expected: list[str], split: int
    ) -> None:
        homeserver.history = events
        split = min(split, len(events))
        news = timeline(events[split:], limited=split > 0, prev_batch=f"t{split}")
        running = await play(joined("s1", news))
        assert running.intake.ids == expected

    async def test_history_before_the_first_join_is_not_even_fetched(
        self, play: Play, homeserver: FakeHomeserver
    ) -> None:
        homeserver.history = [*(message(number) for number in range(1000)), self.FIRST, message(1000)]
        news = timeline([message(1001)], limited=True, prev_batch="t1002")
        running = await play(joined("s1", news))
        assert running.intake.ids == ["$join", "$m1000", "$m1001"]
        assert len(homeserver.calls("messages")) == 1

    async def test_without_a_join_nothing_is_left_out(self, play: Play) -> None:
        running = await play(joined("s1", timeline([message(1), self.INVITE])))
        assert running.intake.ids == ["$m1", "$invite"]

    async def test_the_join_of_another_is_no_boundary(self, play: Play) -> None:
        running = await play(joined("s1", timeline([message(1), member("$amy", "join", "@amy:x"), message(2)])))
        assert running.intake.ids == ["$m1", "$amy", "$m2"]
