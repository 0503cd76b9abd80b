import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bridge.matrix.client import HomeserverClient
from bridge.matrix.errors import from_exception
from bridge.workflow.ports import GiveUp, Homeserver, RetryLater
from tests.matrix.fake_homeserver import BOT, ROOM, FakeHomeserver, Fault, message


async def say(client: Homeserver, txn_id: str = "e1") -> str:
    return await client.send(ROOM, "m.room.message", {"msgtype": "m.text", "body": "é ✅"}, txn_id)


async def test_a_sent_event_arrives_whole_and_the_same_txn_gives_the_same_id(
    client: HomeserverClient, homeserver: FakeHomeserver
) -> None:
    first, again, other = await say(client), await say(client), await say(client, "e2")
    assert first == again != other
    asked = homeserver.calls("send")[0]
    assert asked.body == {"msgtype": "m.text", "body": "é ✅"}
    assert (asked.method, asked.token) == ("PUT", "tok")
    assert asked.path == "/_matrix/client/v3/rooms/%21room%3Alocalhost/send/m.room.message/e1"


async def test_ids_are_encoded_whatever_they_hold(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    await client.send("!a/b?c#d%e", "x/y", {}, "t/1 ?ü")
    asked = homeserver.calls("send")[0]
    assert asked.path == "/_matrix/client/v3/rooms/%21a%2Fb%3Fc%23d%25e/send/x%2Fy/t%2F1%20%3F%C3%BC"
    assert asked.query == {}


FAULTS: list[tuple[Fault, type[Exception], dict[str, Any]]] = [
    (
        Fault(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}),
        RetryLater,
        {"after": 1.5, "ambiguous": False},
    ),
    (Fault(429, {"errcode": "M_LIMIT_EXCEEDED"}, {"Retry-After": "7"}), RetryLater, {"after": 7.0, "ambiguous": False}),
    (Fault(429, {"retry_after_ms": "soon"}), RetryLater, {"after": 5.0}),
    (Fault(429, {"retry_after_ms": True}), RetryLater, {"after": 5.0}),
    (Fault(429, {"retry_after_ms": -5}), RetryLater, {"after": 0.05}),
    (Fault(429, {"retry_after_ms": 1e300}), RetryLater, {"after": 3600.0}),
    (Fault(429, b"slow down", {"Retry-After": "in a while"}), RetryLater, {"after": 5.0}),
    (Fault(429, b"slow down", {"Retry-After": "nan"}), RetryLater, {"after": 5.0}),
    (Fault(500), RetryLater, {"ambiguous": True}),
    (Fault(502, {"errcode": "M_UNKNOWN", "error": "boom"}), RetryLater, {"ambiguous": True}),
    (Fault(503, b"", {"Retry-After": "11"}), RetryLater, {"after": 11.0, "ambiguous": True}),
    (Fault(524, b"<html>cloudflare</html>"), RetryLater, {"ambiguous": True}),
    (Fault(408, b""), RetryLater, {"ambiguous": True}),
    (Fault(403, b"<html>checking your browser</html>"), RetryLater, {"ambiguous": False}),
    (Fault(404, b"404 page not found"), RetryLater, {"ambiguous": False}),
    (Fault(403, {"errcode": "M_FORBIDDEN", "error": "not in room"}), GiveUp, {"code": "M_FORBIDDEN"}),
    (Fault(401, {"errcode": "M_UNKNOWN_TOKEN", "error": "who"}), GiveUp, {"code": "M_UNKNOWN_TOKEN"}),
    (Fault(413, b"<html>too large</html>"), GiveUp, {"code": "HTTP_413"}),
    (Fault(400, {"error": "no code"}), GiveUp, {"code": "HTTP_400"}),
    (Fault(404, {"errcode": 17, "error": ["odd"]}), GiveUp, {"code": "17"}),
    (Fault(301, b"", {"Location": "https://elsewhere.test/"}), GiveUp, {"code": "HTTP_301"}),
    (Fault(200, b"not json"), RetryLater, {"ambiguous": True}),
    (Fault(200, b"[]"), RetryLater, {"ambiguous": True}),
    (Fault(200, {"event_id": 5}), RetryLater, {"ambiguous": True}),
    (Fault(how="half"), RetryLater, {"ambiguous": True}),
]


@pytest.mark.parametrize(("fault", "kind", "expected"), FAULTS, ids=str)
async def test_a_bad_answer_becomes_one_of_two_errors(
    client: HomeserverClient, homeserver: FakeHomeserver, fault: Fault, kind: type[Exception], expected: dict[str, Any]
) -> None:
    homeserver.faults["send"].append(fault)
    with pytest.raises(kind) as raised:
        await say(client)
    assert {name: getattr(raised.value, name) for name in expected} == expected
    assert await say(client), "the client goes on afterwards"


async def test_retry_after_may_be_a_date(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    homeserver.faults["send"].append(Fault(429, b"", {"Retry-After": when}))
    with pytest.raises(RetryLater) as raised:
        await say(client)
    assert 90 < raised.value.after <= 100


async def test_a_homeserver_that_never_answers_is_left_in_time(homeserver: FakeHomeserver) -> None:
    homeserver.faults["send"].append(Fault(how="hang"))
    async with HomeserverClient(homeserver.url, "tok", BOT, timeout=0.2) as client:
        with pytest.raises(RetryLater, match="in time") as raised:
            await say(client)
    assert raised.value.ambiguous


async def test_a_connection_that_is_dropped_after_sending_is_ambiguous(
    client: HomeserverClient, homeserver: FakeHomeserver
) -> None:
    homeserver.faults["createRoom"] += [Fault(how="drop")] * 2
    with pytest.raises(RetryLater) as raised:
        await client.request("POST", "/_matrix/client/v3/createRoom", {})
    assert raised.value.ambiguous


async def test_a_kept_connection_that_the_homeserver_closed_costs_nothing(
    client: HomeserverClient, homeserver: FakeHomeserver
) -> None:
    await say(client)
    homeserver.faults["send"].append(Fault(how="drop"))
    assert await say(client, "e2")
    assert [asked.path[-2:] for asked in homeserver.calls("send")] == ["e1", "e2", "e2"]


async def test_nobody_listening_is_not_ambiguous() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        async with HomeserverClient(f"http://127.0.0.1:{unused.getsockname()[1]}", "tok", BOT) as client:
            with pytest.raises(RetryLater, match="cannot connect") as raised:
                await say(client)
    assert not raised.value.ambiguous


def test_an_untrusted_certificate_is_waited_out() -> None:
    key = ConnectionKey("matrix.test", 443, True, True, None, None, None)
    error = aiohttp.ClientConnectorCertificateError(key, ssl.CertificateError("self-signed"))
    known = from_exception(error, "https://matrix.test")
    assert isinstance(known, RetryLater)
    assert not known.ambiguous
    assert "self-signed" in known.reason


@pytest.mark.parametrize(
    ("url", "token", "content"),
    [
        ("nowhere", "tok", {}),
        ("http://", "tok", {}),
        ("", "a\r\nb", {}),
        ("http://x", "t", {"o": object()}),
    ],
)
async def test_what_cannot_be_asked_is_given_up(
    homeserver: FakeHomeserver, url: str, token: str, content: dict[str, Any]
) -> None:
    async with HomeserverClient(url or homeserver.url, token, BOT) as client:
        with pytest.raises(GiveUp):
            await client.send(ROOM, "m.room.message", content, "e1")


async def test_every_request_is_measured(homeserver: FakeHomeserver) -> None:
    seen: list[tuple[str, str]] = []
    homeserver.faults["send"] += [Fault(500), Fault(403, {"errcode": "M_FORBIDDEN"})]
    async with HomeserverClient(
        homeserver.url, "tok", BOT, on_request=lambda name, seconds, result: seen.append((name, result))
    ) as client:
        for _ in range(2):
            with pytest.raises((RetryLater, GiveUp)):
                await say(client)
        await say(client)
        await client.leave(ROOM)
    assert seen == [("send", "retry"), ("send", "give_up"), ("send", "ok"), ("leave", "ok")]


async def test_a_token_set_later_is_used_from_then_on(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    await say(client)
    client.access_token = "fresh"
    await say(client)
    client.access_token = ""
    await say(client)
    assert [asked.token for asked in homeserver.calls("send")] == ["tok", "fresh", ""]


async def test_requests_of_many_go_side_by_side(homeserver: FakeHomeserver) -> None:
    async with HomeserverClient(homeserver.url, "tok", BOT, timeout=60) as patient:
        ids = await asyncio.gather(*(say(patient, f"e{number}") for number in range(300)))
    assert len(set(ids)) == 300


async def test_joining_says_through_whom_in_both_spellings(
    client: HomeserverClient, homeserver: FakeHomeserver
) -> None:
    homeserver.answers["join"] = {"room_id": ROOM}
    assert await client.join("#help:far.test", ["far.test", "near.test"]) == ROOM
    asked = homeserver.calls("join")[0]
    assert asked.path == "/_matrix/client/v3/join/%23help%3Afar.test"
    assert asked.query.getall("via") == asked.query.getall("server_name") == ["far.test", "near.test"]


Call = Callable[[HomeserverClient], Awaitable[object]]


@pytest.mark.parametrize(
    ("name", "answer", "call", "expected"),
    [
        ("directory", {"room_id": ROOM, "servers": ["a", 5]}, lambda c: c.resolve("#a:b"), (ROOM, ["a"])),
        ("directory", {"room_id": ROOM, "servers": 5}, lambda c: c.resolve("#a:b"), (ROOM, [])),
        ("joined_rooms", {"joined_rooms": [ROOM, None]}, lambda c: c.joined_rooms(), [ROOM]),
        ("versions", {"versions": ["v1.12"]}, lambda c: c.versions(), ["v1.12"]),
        ("whoami", {"user_id": BOT}, lambda c: c.whoami(), {"user_id": BOT}),
        ("state", [{"type": "a"}, 5], lambda c: c.room_state(ROOM), [{"type": "a", "room_id": ROOM}]),
        ("other", {"type": "a"}, lambda c: c.event(ROOM, "$e"), {"type": "a", "room_id": ROOM}),
        ("other", {}, lambda c: c.set_displayname("Askbridge"), None),
    ],
)
async def test_answers_are_read(
    client: HomeserverClient, homeserver: FakeHomeserver, name: str, answer: Any, call: Call, expected: object
) -> None:
    homeserver.answers[name] = answer
    assert await call(client) == expected


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("directory", lambda c: c.resolve("#a:b")),
        ("joined_rooms", lambda c: c.joined_rooms()),
        ("versions", lambda c: c.versions()),
        ("state", lambda c: c.room_state(ROOM)),
        ("other", lambda c: c.event(ROOM, "$e")),
        ("joined_rooms", lambda c: c.joined_rooms()),
        ("messages", lambda c: c.page_back(ROOM, None, None)),
    ],
)
async def test_answers_of_a_wrong_shape_are_malformed(
    client: HomeserverClient, homeserver: FakeHomeserver, name: str, call: Call
) -> None:
    homeserver.answers[name] = "odd"
    with pytest.raises(RetryLater, match="malformed"):
        await call(client)


async def test_history_is_paged_back_to_where_it_was_asked(
    client: HomeserverClient, homeserver: FakeHomeserver
) -> None:
    homeserver.history = [message(number) for number in range(250)]
    homeserver.marks = {"s7": 20}
    found = [event async for event in client.messages_back(ROOM, end="s7")]
    assert [event["event_id"] for event in found] == [f"$m{number}" for number in range(249, 19, -1)]
    assert {event["room_id"] for event in found} == {ROOM}
    assert [asked.query.get("from") for asked in homeserver.calls("messages")] == [None, "t150", "t50"]


async def test_history_that_leads_back_to_itself_ends(client: HomeserverClient, homeserver: FakeHomeserver) -> None:
    homeserver.answers["messages"] = {"chunk": [message(1), "no event"], "end": "t1"}
    found = [event async for event in client.messages_back(ROOM, "t1")]
    assert [event["event_id"] for event in found] == ["$m1"]


AMY = "@amy:far.test"


class TestDirectRooms:
    async def test_one_is_made_private_and_kept(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        room_id = await client.create_direct_room(AMY)
        made = homeserver.calls("createRoom")[0].body
        assert (made["preset"], made["is_direct"], made["invite"]) == ("private_chat", True, [AMY])
        assert homeserver.account_data["m.direct"] == {AMY: [room_id]}
        assert await client.create_direct_room(AMY) == room_id
        assert len(homeserver.calls("createRoom")) == 1

    async def test_others_keep_theirs(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        people = [f"@p{number}:far.test" for number in range(5)]
        rooms = await asyncio.gather(*map(client.create_direct_room, people))
        assert homeserver.account_data["m.direct"] == {p: [r] for p, r in zip(people, rooms, strict=True)}

    @pytest.mark.parametrize("after", ["createRoom", "account_data"])
    async def test_a_crash_between_makes_no_second(
        self, client: HomeserverClient, homeserver: FakeHomeserver, after: str
    ) -> None:
        room_id = await client.create_direct_room(AMY)
        homeserver.account_data.clear()
        assert await client.create_direct_room(AMY) == room_id
        assert homeserver.account_data["m.direct"] == {AMY: [room_id]}
        assert len(homeserver.aliases) == 1

    async def test_a_lost_answer_makes_no_second(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.faults["account_data"] += [Fault(404, {"errcode": "M_NOT_FOUND"}), Fault(500)]
        with pytest.raises(RetryLater):
            await client.create_direct_room(AMY)
        room_id = await client.create_direct_room(AMY)
        assert homeserver.joined == [room_id]

    async def test_a_person_who_left_is_asked_back(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        room_id = await client.create_direct_room(AMY)
        homeserver.members[room_id, AMY] = "leave"
        assert await client.create_direct_room(AMY) == room_id
        assert homeserver.members[room_id, AMY] == "invite"

    @pytest.mark.parametrize("how", ["the bot left", "the person is banned"])
    async def test_a_room_that_is_lost_is_replaced(
        self, client: HomeserverClient, homeserver: FakeHomeserver, how: str
    ) -> None:
        lost = await client.create_direct_room(AMY)
        if how == "the bot left":
            homeserver.joined = ["!other:localhost"]
        else:
            homeserver.members[lost, AMY] = "ban"
        fresh = await client.create_direct_room(AMY)
        assert fresh != lost
        assert homeserver.account_data["m.direct"] == {AMY: [fresh, lost]}

    async def test_a_person_the_room_never_knew_is_invited(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        room_id = await client.create_direct_room(AMY)
        homeserver.members.clear()
        assert await client.create_direct_room(AMY) == room_id
        assert homeserver.members == {(room_id, AMY): "invite"}

    async def test_an_alias_that_somebody_else_took_is_left_to_them(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        """Its room is not the direct chat, even where the bot is in it."""
        trap = await client.create_direct_room(AMY)
        homeserver.account_data.clear()
        homeserver.creators[trap] = "@eve:localhost"
        homeserver.faults["directory"] += [None, Fault(403, {"errcode": "M_FORBIDDEN", "error": "not yours"})] * 2
        fresh = await client.create_direct_room(AMY)
        assert fresh != trap
        assert set(homeserver.aliases.values()) == {trap}

    async def test_a_registration_without_aliases_is_no_obstacle(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["createRoom"].append(Fault(400, {"errcode": "M_EXCLUSIVE", "error": "not reserved"}))
        room_id = await client.create_direct_room(AMY)
        assert homeserver.account_data["m.direct"] == {AMY: [room_id]}
        assert homeserver.aliases == {}

    async def test_an_alias_that_vanishes_meanwhile_is_no_obstacle(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["createRoom"].append(Fault(400, {"errcode": "M_ROOM_IN_USE"}))
        assert await client.create_direct_room(AMY) == homeserver.joined[0]

    @pytest.mark.parametrize(("endpoint", "before"), [("account_data", 0), ("state", 0)])
    async def test_any_other_refusal_on_the_way_is_told(
        self, client: HomeserverClient, homeserver: FakeHomeserver, endpoint: str, before: int
    ) -> None:
        homeserver.faults["createRoom"] += [Fault(400, {"errcode": "M_ROOM_IN_USE"})] * before
        homeserver.faults[endpoint] += [*[None] * before, Fault(403, {"errcode": "M_FORBIDDEN", "error": "no"})]
        with pytest.raises(GiveUp, match="M_FORBIDDEN"):
            await client.create_direct_room(AMY)

    async def test_what_the_homeserver_refuses_is_told(
        self, client: HomeserverClient, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["createRoom"].append(Fault(403, {"errcode": "M_FORBIDDEN", "error": "no rooms for you"}))
        with pytest.raises(GiveUp, match="no rooms for you"):
            await client.create_direct_room(AMY)

    async def test_odd_account_data_is_no_obstacle(self, client: HomeserverClient, homeserver: FakeHomeserver) -> None:
        homeserver.account_data["m.direct"] = {AMY: "odd", "@b:c": [5]}
        room_id = await client.create_direct_room(AMY)
        assert homeserver.account_data["m.direct"] == {AMY: [room_id], "@b:c": [5]}
