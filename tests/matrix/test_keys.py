"""Requests for encryption: what is asked, and what becomes of answers that nobody promised."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bridge.matrix.client import HomeserverClient
from bridge.matrix.keys import KeyRequests
from bridge.workflow.ports import GiveUp, KeyServer, NeedsAuthentication, RetryLater
from tests.matrix.fake_homeserver import FakeHomeserver, Fault

AMY = "@amy:elsewhere"
ROOMS = {"!r": {"sessions": {"s": {"first_message_index": 0}}}}


@pytest.fixture
def keys(client: HomeserverClient) -> KeyServer:
    return KeyRequests(client)


async def test_each_request_is_as_the_specification_wants_it(keys: KeyServer, homeserver: FakeHomeserver) -> None:
    homeserver.answers |= {
        "keys/upload": {"one_time_key_counts": {"signed_curve25519": 50}},
        "keys/query": {"device_keys": {}, "failures": {"elsewhere": {}}},
        "keys/claim": {"one_time_keys": {AMY: {}}},
        "keys/signatures": {"failures": {AMY: {"DEV": {"errcode": "M_INVALID_SIGNATURE"}}, "@bob:x": {}}},
        "room_keys/keys": {"rooms": ROOMS, "etag": "1", "count": 1},
    }
    assert await keys.upload_keys({"device_keys": {}}) == 50
    assert await keys.query_keys([AMY]) == homeserver.answers["keys/query"]
    assert await keys.claim_keys({AMY: ["D1", "D2"]}) == homeserver.answers["keys/claim"]
    await keys.send_to_device("m.room.encrypted", {AMY: {"*": {}}}, "t/1")
    await keys.upload_identity({"master_key": {}}, {"type": "m.login.password"})
    assert await keys.upload_signatures({}) == {AMY: {"DEV": {"errcode": "M_INVALID_SIGNATURE"}}}
    await keys.put_backed_up("7", ROOMS)
    assert await keys.get_backed_up("7") == ROOMS
    asked = [(a.method, a.path.removeprefix("/_matrix/client/v3/"), a.body) for a in homeserver.asked]
    assert [a.query.get("version") for a in homeserver.asked[-2:]] == ["7", "7"]
    curve = "signed_curve25519"
    assert asked == [
        ("POST", "keys/upload", {"device_keys": {}}),
        ("POST", "keys/query", {"device_keys": {AMY: []}, "timeout": 10_000}),
        ("POST", "keys/claim", {"one_time_keys": {AMY: {"D1": curve, "D2": curve}}, "timeout": 10_000}),
        ("PUT", "sendToDevice/m.room.encrypted/t%2F1", {"messages": {AMY: {"*": {}}}}),
        ("POST", "keys/device_signing/upload", {"master_key": {}, "auth": {"type": "m.login.password"}}),
        ("POST", "keys/signatures/upload", {}),
        ("PUT", "room_keys/keys", {"rooms": ROOMS}),
        ("GET", "room_keys/keys", None),
    ]


async def test_an_empty_map_of_counts_means_none_left(keys: KeyServer, homeserver: FakeHomeserver) -> None:
    homeserver.answers["keys/upload"] = {"one_time_key_counts": {}}
    assert await keys.upload_keys({}) == 0


async def test_account_data_that_is_missing_or_empty_is_none(keys: KeyServer) -> None:
    assert await keys.account_data("m.secret_storage.default_key") is None
    await keys.set_account_data("m.secret_storage.default_key", {"key": "K"})
    assert await keys.account_data("m.secret_storage.default_key") == {"key": "K"}
    await keys.set_account_data("m.secret_storage.default_key", {})
    assert await keys.account_data("m.secret_storage.default_key") is None


async def test_a_backup_that_is_missing_is_none(keys: KeyServer, homeserver: FakeHomeserver) -> None:
    homeserver.faults["room_keys/version"].append(Fault(404, {"errcode": "M_NOT_FOUND"}))
    assert await keys.backup_version() is None
    version = {"version": "3", "algorithm": "m.megolm_backup.v1.curve25519-aes-sha2", "auth_data": {"public_key": "p"}}
    homeserver.answers["room_keys/version"] = version
    assert await keys.backup_version() == version
    assert await keys.create_backup("m.megolm_backup.v1.curve25519-aes-sha2", {"public_key": "p"}) == "3"


FLOWS: list[tuple[Any, list[list[str]]]] = [
    ([{"stages": ["m.login.password"]}, {"stages": ["m.oauth", 5]}], [["m.login.password"], ["m.oauth"]]),
    ([], []),
    (["odd", {"stages": 5}, {}], []),
]


@pytest.mark.parametrize(("flows", "expected"), FLOWS)
async def test_a_question_who_asks_keeps_what_is_needed_to_answer(
    keys: KeyServer, homeserver: FakeHomeserver, flows: Any, expected: list[list[str]]
) -> None:
    body = {"flows": flows, "session": "abc", "params": {"m.oauth": {"url": "https://account.test/"}}}
    homeserver.faults["keys/device_signing"] += [Fault(401, body), Fault(401, {"flows": flows, "session": 5})]
    with pytest.raises(NeedsAuthentication) as raised:
        await keys.upload_identity({})
    assert (raised.value.flows, raised.value.session, raised.value.params) == (expected, "abc", body["params"])
    with pytest.raises(NeedsAuthentication) as raised:
        await keys.upload_identity({})
    assert (raised.value.session, raised.value.params) == ("", {})


async def test_a_wrong_password_is_a_refusal_although_flows_stand_beside(
    keys: KeyServer, homeserver: FakeHomeserver
) -> None:
    body = {"errcode": "M_FORBIDDEN", "error": "Invalid password", "flows": [{"stages": ["m.login.password"]}]}
    homeserver.faults["keys/device_signing"].append(Fault(401, body))
    with pytest.raises(GiveUp, match="Invalid password") as raised:
        await keys.upload_identity({}, {"type": "m.login.password", "password": "wrong"})
    assert not isinstance(raised.value, NeedsAuthentication)
    assert raised.value.code == "M_FORBIDDEN"


Ask = Callable[[KeyServer], Awaitable[object]]
REQUESTS: list[tuple[str, Ask, list[Any]]] = [
    (
        "keys/upload",
        lambda keys: keys.upload_keys({}),
        [{}, {"one_time_key_counts": 5}, {"one_time_key_counts": {"signed_curve25519": True}}],
    ),
    ("keys/query", lambda keys: keys.query_keys([AMY]), []),
    ("keys/claim", lambda keys: keys.claim_keys({AMY: ["D"]}), []),
    ("keys/signatures", lambda keys: keys.upload_signatures({}), [{"failures": []}, {"failures": {AMY: "no"}}]),
    ("account_data", lambda keys: keys.account_data("m.x"), []),
    (
        "room_keys/version",
        lambda keys: keys.backup_version(),
        [{}, {"version": 3, "algorithm": "a", "auth_data": {}}, {"version": "3", "algorithm": "a", "auth_data": []}],
    ),
    ("room_keys/version", lambda keys: keys.create_backup("a", {}), [{"version": ""}]),
    ("room_keys/keys", lambda keys: keys.get_backed_up("1"), [{}, {"rooms": []}]),
]


@pytest.mark.parametrize(
    ("name", "ask", "odd"), REQUESTS, ids=[f"{name}-{number}" for number, (name, *_) in enumerate(REQUESTS)]
)
async def test_an_answer_of_wrong_types_is_asked_for_again(
    keys: KeyServer,
    homeserver: FakeHomeserver,
    name: str,
    ask: Callable[[KeyServer], Awaitable[object]],
    odd: list[Any],
) -> None:
    for answer in (b"nonsense", [], "text", None, *odd):
        homeserver.answers[name] = answer
        with pytest.raises(RetryLater, match="malformed"):
            await ask(keys)


async def test_a_device_that_is_gone_costs_nothing_but_waiting(keys: KeyServer, homeserver: FakeHomeserver) -> None:
    body = {"errcode": "M_UNKNOWN_DEVICE", "error": "a device that doesn't exist"}
    homeserver.faults["keys/query"].append(Fault(400, body))
    with pytest.raises(RetryLater) as raised:
        await keys.query_keys([AMY])
    assert not raised.value.ambiguous
