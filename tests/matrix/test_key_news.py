"""What `/sync` says about keys: with the rooms, and alone beside what is pushed."""

import json
from typing import Any

import pytest

from bridge.matrix.client import HomeserverClient
from bridge.matrix.errors import SignedOut
from bridge.matrix.sync import SLICE
from bridge.matrix.sync_answer import key_news
from bridge.matrix.sync_client import SyncClient
from bridge.workflow.ports import KeyNews
from tests.matrix.fake_homeserver import FakeHomeserver, Fault, joined, message, timeline
from tests.matrix.intake import KeptIntake
from tests.matrix.playing import Play

ROOM_KEY = {"type": "m.room.encrypted", "sender": "@amy:localhost", "content": {"ciphertext": {}}}
COUNTS = {"device_one_time_keys_count": {"signed_curve25519": 50}, "device_unused_fallback_key_types": []}
COUNTED = KeyNews(one_time_keys=50, unused_fallback=False)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({}, KeyNews()),
        (COUNTS, COUNTED),
        ({"device_one_time_keys_count": {}}, KeyNews(one_time_keys=0)),
        ({"device_one_time_keys_count": {"curve25519": 5}}, KeyNews(one_time_keys=0)),
        ({"device_unused_fallback_key_types": ["signed_curve25519"]}, KeyNews(unused_fallback=True)),
        (
            {
                "to_device": {"events": [ROOM_KEY, 5, None, {}]},
                "device_lists": {"changed": ["@a:x", 5], "left": ["@b:x"]},
            },
            KeyNews((ROOM_KEY, {}), changed=("@a:x",), left=("@b:x",)),
        ),
        ({"to_device": [ROOM_KEY], "device_lists": ["@a:x"], "device_one_time_keys_count": 5}, KeyNews()),
        ({"to_device": {"events": {}}, "device_lists": {"changed": "@a:x", "left": {}}}, KeyNews()),
        ({"device_one_time_keys_count": {"signed_curve25519": True}}, KeyNews()),
        ({"device_one_time_keys_count": {"signed_curve25519": "50"}}, KeyNews()),
        ({"device_unused_fallback_key_types": "signed_curve25519"}, KeyNews()),
    ],
)
def test_what_is_said_about_keys(answer: dict[str, Any], expected: KeyNews) -> None:
    assert key_news(answer) == expected


async def test_keys_come_with_the_last_slice_and_its_token(play: Play) -> None:
    news = joined("s1", timeline([message(number) for number in range(SLICE + 1)]))
    running = await play(news | COUNTS | {"to_device": {"events": [ROOM_KEY]}})
    told = [(batch.cursor, len(batch.events), batch.keys) for batch in running.intake.batches]
    assert told == [("s0", SLICE, None), ("s1", 1, KeyNews((ROOM_KEY,), 50, False))]


@pytest.mark.parametrize("only_keys", [False, True])
async def test_a_first_answer_counts_too(play: Play, only_keys: bool) -> None:
    first = {"next_batch": "s1", "to_device": {"events": [ROOM_KEY]}} | COUNTS
    running = await play(first, since=None, only_keys=only_keys)
    [batch] = running.intake.batches
    assert (batch.source, batch.cursor, batch.events) == ("keys" if only_keys else "sync", "s1", [])
    assert batch.keys == KeyNews((ROOM_KEY,), 50, False)


@pytest.mark.parametrize("only_keys", [False, True])
async def test_news_under_an_old_token_are_taken_once(play: Play, only_keys: bool) -> None:
    """A homeserver that has no rooms to tell of may leave the token as it was."""
    fewer = {"device_one_time_keys_count": {"signed_curve25519": 49}}
    still = {"next_batch": "s0"}
    asked = {"to_device": {"events": [ROOM_KEY]}}
    running = await play(
        still | COUNTS, still | COUNTS, still | COUNTS | fewer, still | asked, still, only_keys=only_keys
    )
    counts = [batch.keys.one_time_keys for batch in running.intake.batches if batch.keys]
    assert counts == [50, 49, None]
    assert running.intake.batches[-1].keys == KeyNews((ROOM_KEY,))


async def test_counts_that_could_not_be_kept_are_news_again(play: Play) -> None:
    intake = KeptIntake("s0")
    intake.failures = [RuntimeError("disk full")]
    running = await play(*[{"next_batch": "s0"} | COUNTS] * 2, intake=intake)
    assert [batch.keys for batch in running.intake.batches] == [COUNTED]


class TestKeysAlone:
    async def test_nothing_of_rooms_is_asked_for_and_the_token_is_its_own(
        self, play: Play, homeserver: FakeHomeserver
    ) -> None:
        intake = KeptIntake("s7")
        intake.tokens["keys"] = "k7"
        news = {"next_batch": "k8", "device_lists": {"changed": ["@amy:localhost"]}}
        running = await play(news, intake=intake, only_keys=True)
        assert running.intake.tokens == {"sync": "s7", "keys": "k8"}
        assert [batch.keys for batch in running.intake.batches] == [KeyNews(changed=("@amy:localhost",))]
        assert [asked.query["since"] for asked in homeserver.calls("sync")] == ["k7", "k8"]
        nothing = {"not_types": ["*"]}
        expected = {"presence": nothing, "account_data": nothing, "room": {"rooms": []}}
        assert json.loads(homeserver.calls("sync")[0].query["filter"]) == expected

    async def test_a_device_that_was_deleted_ends_it_with_a_clear_word(
        self, play: Play, homeserver: FakeHomeserver
    ) -> None:
        homeserver.faults["sync"] += [
            Fault(500),
            Fault(400, {"errcode": "M_UNKNOWN_DEVICE", "error": "no such device"}),
        ]
        running = await play(only_keys=True)
        with pytest.raises(SignedOut, match=r"device of @bot:localhost was deleted.*no such device"):
            await running.ended()
        assert len(running.pauses) == 1


async def test_a_long_poll_may_take_longer_than_any_other_request(homeserver: FakeHomeserver) -> None:
    async with HomeserverClient(homeserver.url, "tok", "@bot:localhost", timeout=0.05) as client:
        homeserver.syncs.append({"next_batch": "s1"})
        homeserver.delays["sync"] = 0.3
        assert await SyncClient(client).raw_sync(None, 0, {}) == {"next_batch": "s1"}
