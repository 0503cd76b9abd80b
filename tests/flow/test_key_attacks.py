"""Strangers, members of bad will, a homeserver that repeats itself: what they say of keys, and in sealed events."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bridge.crypto.signing import b64, sign, unb64
from bridge.store.transaction import StoreTransaction
from bridge.workflow.encryption import devices, olm
from bridge.workflow.encryption.receiving import receive
from bridge.workflow.encryption.records import ENCRYPTED, MEGOLM, OLM
from bridge.workflow.ports import GiveUp, JsonObject, KeyNews
from tests.crypto.samples import hostile
from tests.flow.devices import AWAY, BOT, BOT_DEVICE, Client
from tests.flow.keytown import KeyTown, key_town
from tests.flow.pocket import ROOM

OTHER = "!other:example.org"
TABLES = (
    *("room_keys", "own_sessions", "shared_sessions", "key_owners", "devices", "to_device", "key_requests"),
    *("key_secrets", "seen_messages", "inbox", "outbox"),
)
KINDS = (
    *(ENCRYPTED, "m.room_key", "m.forwarded_room_key", "m.room_key.withheld", "m.room_key_request", "m.dummy"),
    *("m.secret.send", "m.key.verification.request"),
)
NAMES = (
    *("algorithm", "room_id", "session_id", "session_key", "sender_key", "ciphertext", "code", "action", "body"),
    *("requesting_device_id", "sender_claimed_ed25519_key", "sender", "recipient", "keys", "recipient_keys"),
)
VALUES = st.sampled_from((MEGOLM, OLM, ROOM, BOT, "@ann:example.org", "m.no_olm", "request", "\ud800", "\0", "A" * 43))
contents = hostile | st.dictionaries(st.sampled_from(NAMES), hostile | VALUES, max_size=6)
events = hostile.filter(lambda value: isinstance(value, dict)) | st.fixed_dictionaries(
    {"type": st.sampled_from(KINDS) | hostile, "sender": VALUES | hostile, "content": contents}
)
ASKING = {"action": "request", "body": {"session_id": "S\ud800"}, "requesting_device_id": "\ud800"}
fuzzing = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def town(tmp_path: Path) -> Iterator[KeyTown]:
    """With Ann, who asked something."""
    town = KeyTown(tmp_path)

    async def begin() -> None:
        await town.learn(ROOM)
        await town.settle()
        town.says(town.comes("ann"), "!ask one")
        await town.settle()

    asyncio.run(begin())
    yield town
    town.stop()


def ann_of(town: KeyTown) -> Client:
    return town.server.owners["@ann:example.org"].clients["PHONE"]


def rows(tx: StoreTransaction) -> dict[str, list[Any]]:
    tx.flush()
    read = tx.session.conn.exec_driver_sql
    return {table: sorted(map(str, read(f"SELECT * FROM {table}").fetchall())) for table in TABLES}


def takes(town: KeyTown, *told: Any) -> dict[str, list[Any]]:
    """What lies in the database after to-device events."""
    town.does(lambda tx: receive(KeyNews(tuple(told)), tx, town.keyring, town.now()))
    return town.does(rows)


@fuzzing
@given(st.lists(events, max_size=3), contents, st.sampled_from(KINDS))
@example([{"type": "m.room_key_request", "sender": "\ud800", "content": ASKING}], {}, "m.dummy")
@example([{"type": "m.room_key_request", "sender": "@ann:example.org", "content": ASKING}], {}, "m.dummy")
def test_whatever_devices_say_nothing_breaks_and_nothing_is_kept(
    town: KeyTown, told: list[JsonObject], content: Any, kind: str
) -> None:
    ann = ann_of(town)
    before = town.does(rows)
    sealed = [ann.tells(kind, content), ann.tells("", "", plain=b"[" * 100_000), ann.tells(kind, {}, keys=content)]
    assert takes(town, *told, *sealed) == before
    ann.begins_anew(ROOM)
    taken = takes(town, *told, ann.tells("m.room_key", ann.key_of(ROOM)))
    assert len(taken["room_keys"]) == len(before["room_keys"]) + 1, "one bad event harms no other"


@fuzzing
@given(contents, contents, contents, hostile)
def test_whatever_a_homeserver_answers_about_keys_nothing_breaks(
    town: KeyTown, keys: Any, master: Any, self_signing: Any, failures: Any
) -> None:
    eve = "@eve:evil.org"
    of_eve: JsonObject = {"user_id": eve, "device_id": "EVIL", "keys": keys}
    public = master if isinstance(master, str) else "A\0"
    answer: JsonObject = {
        "device_keys": {eve: {"EVIL": of_eve, "B": keys}, "@ann:example.org": keys},
        "master_keys": {eve: {"keys": {f"ed25519:{public}": public}}, "@ann:example.org": master},
        "self_signing_keys": {eve: self_signing},
        "failures": failures,
    }
    town.does(lambda tx: devices.keep(answer, [eve, "@ann:example.org"], tx, town.now()))
    found = town.does(lambda tx: (tx.keys.devices([eve])[eve], tx.keys.owners([eve])[eve].master))
    assert found == ([], "")
    ann = town.does(lambda tx: tx.keys.devices(["@ann:example.org"])["@ann:example.org"])
    for claimed in (keys, {"@ann:example.org": keys}, {"@ann:example.org": {"PHONE": keys}}):
        assert town.does(lambda tx, c=claimed: olm.begun(c, ann, tx, town.keyring, 1)) == set()  # type: ignore[misc]


def test_device_keys_of_a_strange_form_are_nobodys(town: KeyTown) -> None:
    """Signed as they ought to be, by a client of bad will."""
    ann = town.server.owners["@ann:example.org"]
    answer: JsonObject = {"device_keys": {ann.user_id: {}}}
    for device_id, curve in (("LONG" * 100, "A" * 43), ("NUL\0", "A" * 43), ("CURVE", "A\0" * 22), ("BIG", "A" * 9999)):
        strange = Client(town.server, ann.user_id, device_id)
        bare = strange.account.device_keys(ann.user_id, device_id) | {"signatures": {}}
        bare["keys"][f"curve25519:{device_id}"] = curve
        answer["device_keys"][ann.user_id][device_id] = sign(bare, ann.user_id, device_id, strange.account.sign)
    town.does(lambda tx: devices.keep(answer, [ann.user_id], tx, town.now()))
    assert town.does(lambda tx: tx.keys.devices([ann.user_id])) == {ann.user_id: []}


def test_keys_under_wrong_names_for_others_or_said_twice_are_refused(town: KeyTown) -> None:
    ann, mallory = ann_of(town), Client(town.server, "@mallory:example.org", "PHONE")
    ann.begins_anew(ROOM)
    key = ann.key_of(ROOM)
    before = town.does(rows)
    stolen = ann.tells("m.room_key", key)
    told = [
        ann.tells("m.room_key", key, recipient="@other:example.org"),
        ann.tells("m.room_key", key, recipient_keys={"ed25519": mallory.account.ed}),
        ann.tells("m.room_key", key, sender=mallory.user_id),
        ann.tells("m.room_key", key, keys={"ed25519": mallory.account.ed}),
        ann.tells("m.room_key", key | {"session_id": mallory.session(ROOM).id}),
        ann.tells("m.room_key", key | {"algorithm": OLM}),
        mallory.tells("m.room_key", key, sender=ann.user_id),
        stolen | {"sender": mallory.user_id},
        {"type": "m.room_key", "sender": ann.user_id, "content": key},
    ]
    assert takes(town, *told) == before
    said = ann.tells("m.room_key", key)
    once = takes(town, said)
    assert len(once["room_keys"]) == len(before["room_keys"]) + 1
    assert takes(town, said, said) == once


async def test_a_session_that_we_lost_is_begun_anew_once_an_hour(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann = town.comes("ann")
        town.says(ann, "!ask one")
        await town.settle()

        def lose(tx: StoreTransaction) -> None:
            tx.session.conn.exec_driver_sql("DELETE FROM olm_sessions")

        town.does(lose)
        ann.begins_anew(ROOM)
        town.server.asked.clear()
        town.server.refuses["claim_keys"] = AWAY
        town.says(ann, "!ask two")
        with pytest.raises(type(AWAY)):
            await town.settle()
        town.server.refuses.clear()
        await town.settle()
        assert [kind for kind, _ in ann.told].count("m.dummy") == 1, "also where it did not work at once"
        await town.passes(2)
        assert len(ann.heard("m.room_key_request")) == 1
        town.server.to_bot.append(ann.tells("m.room_key", ann.first_key[ROOM]))
        await town.settle()
        assert town.questions() == ["one", "two"]
        assert ann.garbled == 0
        for _ in range(3):
            town.does(lose)
            town.server.to_bot.append(ann.tells("m.dummy", {}))
            await town.settle()
        assert [kind for kind, _ in ann.told].count("m.dummy") == 1
        await town.passes(3600)
        town.server.to_bot.append(ann.tells("m.dummy", {}))
        await town.settle()
        assert [kind for kind, _ in ann.told].count("m.dummy") == 2


async def test_a_flood_of_garbage_from_made_up_devices_is_asked_about_no_more_than_a_few_times(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        town.comes("ann")
        await town.settle()
        curve = town.server.bot_keys["keys"][f"curve25519:{BOT_DEVICE}"]
        for number in range(300):
            content = {"algorithm": OLM, "sender_key": f"{number}", "ciphertext": {curve: {"type": 1, "body": "AAAA"}}}
            town.server.to_bot.append({"type": ENCRYPTED, "sender": "@eve:evil.org", "content": content})
            if number % 10 == 0:
                await town.settle()
        assert town.server.queried.count("@eve:evil.org") <= 5


@pytest.mark.parametrize("named", [ROOM, OTHER])
async def test_who_passes_anothers_key_off_as_theirs_gains_nothing_and_hinders_nobody(
    tmp_path: Path, named: str
) -> None:
    async with key_town(tmp_path) as town:
        ann, mallory = town.comes("ann"), town.comes("mallory")
        key = ann.key_of(ROOM)
        town.server.to_bot.append(mallory.tells("m.room_key", key | {"room_id": named}))
        sealed = ann.seals(ROOM, "m.room.message", {"msgtype": "m.text", "body": "!ask How do I print?"})
        asked = town.sends(ann, sealed)
        await town.settle()
        assert town.questions() == [], "it is not known yet whose session that is"
        town.server.to_bot.append(ann.tells("m.room_key", key))
        await town.settle()
        town.sends(mallory, sealed)
        second = ann.seals(ROOM, "m.room.message", {"msgtype": "m.text", "body": "!ask And in colour?"})
        town.sends(ann, second)
        town.server.to_bot.append(mallory.tells("m.room_key", key | {"room_id": named}))
        await town.settle()
        town.sends(mallory, second)
        await town.settle()
        assert town.questions() == ["How do I print?", "And in colour?"]
        found = town.does(lambda tx: [tx.questions.get(number) for number in (1, 2)])
        assert [(one.asker, one.event_id == asked) for one in found if one] == [
            (ann.user_id, True),
            (ann.user_id, False),
        ]


async def test_a_made_up_key_gives_way_to_the_one_of_the_session(tmp_path: Path) -> None:
    """Forwarded keys carry no signature: whoever is asked for one may make it up."""
    async with key_town(tmp_path) as town:
        ann, mallory = town.comes("ann"), town.comes("mallory")
        named = ann.seals(ROOM, "m.room.message", {"msgtype": "m.text", "body": "!ask one"})
        town.sends(mallory, named)
        await town.passes(2)
        true = unb64(ann.kept[ROOM].export())
        made_up = true[:5] + bytes(128) + true[133:]
        content = ann.first_key[ROOM] | {"session_key": b64(made_up), "sender_key": mallory.account.curve}
        content |= {"sender_claimed_ed25519_key": mallory.account.ed}
        town.server.to_bot.append(mallory.tells("m.forwarded_room_key", content))
        await town.settle()
        assert town.does(lambda tx: tx.keys.room_key(ann.session(ROOM).id)) is not None, "there is nothing against it"
        town.sends(ann, named)
        await town.passes(2)
        town.server.to_bot.append(ann.tells("m.room_key", ann.first_key[ROOM]))
        await town.settle()
        found = town.does(lambda tx: tx.questions.get(1))
        assert found is not None
        assert found.asker == ann.user_id


async def test_our_own_sessions_stay_ours(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann = town.comes("ann")
        town.says(ann, "!ask one")
        await town.settle()
        [key] = [content for content in ann.heard("m.room_key") if content["room_id"] == ROOM]
        town.server.to_bot.append(ann.tells("m.room_key", key))
        await town.settle()
        kept = town.does(lambda tx: tx.keys.room_key(key["session_id"]))
        assert kept is not None
        assert kept.user_id == BOT


async def test_a_better_key_is_taken_though_somebody_gave_a_worse_one_as_theirs(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, mallory = town.comes("ann"), town.comes("mallory")
        first = ann.key_of(ROOM)
        town.says(ann, "!ask one", key=False)
        town.server.to_bot.append(mallory.tells("m.room_key", ann.key_of(ROOM)))
        town.server.to_bot.append(ann.tells("m.room_key", first))
        await town.settle()
        assert town.questions() == ["one"]


async def test_a_sealed_event_counts_once_in_its_room_by_its_sender(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, mallory = town.comes("ann"), town.comes("mallory")
        await town.opens(OTHER)
        sealed = town.server.events[town.says(ann, "!ask one")]["content"]
        await town.settle()
        town.sends(ann, sealed)
        town.sends(ann, sealed, room=OTHER)
        town.sends(mallory, sealed)
        await town.settle()
        assert town.questions() == ["one"], "said again, said elsewhere, said by another"
        body = {"msgtype": "m.text", "body": "!ask two"}
        town.sends(ann, ann.seals(ROOM, "m.room.message", body, room_id=OTHER))
        town.sends(ann, ann.seals(ROOM, "m.room.message", body, room_id=None))
        town.server.happens(
            {"room_id": ROOM, "sender": ann.user_id, "type": ENCRYPTED, "state_key": ""}
            | {"content": ann.seals(ROOM, "m.room.message", body)}
        )
        town.sends(ann, ann.seals(ROOM, ENCRYPTED, ann.seals(ROOM, "m.room.message", body)))
        await town.settle()
        assert town.questions() == ["one"], "meant for another room, a state event, sealed twice"
        forged = ann.seals(ROOM, "m.room.message", {"msgtype": "m.text", "body": "!ask three"})
        town.sends(ann, forged | {"sender_key": mallory.account.curve, "device_id": "OTHER"})
        await town.settle()
        assert town.questions() == ["one", "three"], "nobody believes what stands beside the ciphertext"


async def test_nobody_takes_back_what_others_said_by_a_sealed_event(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, mallory = town.comes("ann"), town.comes("mallory")
        asked = town.says(ann, "!ask one")
        await town.settle()
        town.server.to_bot.append(mallory.tells("m.room_key", mallory.key_of(ROOM)))
        for inside in ({"redacts": asked}, {}):
            content = mallory.seals(ROOM, "m.room.redaction", inside)
            event = {"room_id": ROOM, "sender": mallory.user_id, "type": ENCRYPTED, "content": content}
            town.server.happens(event | {"redacts": asked, "origin_server_ts": town.now()})
        await town.settle()
        question = town.does(lambda tx: tx.questions.get(1))
        assert question is not None
        assert not question.withdrawn
        town.redacts(ann, asked)
        await town.settle()
        question = town.does(lambda tx: tx.questions.get(1))
        assert question is not None
        assert question.withdrawn, "the homeserver lets nobody do it who may not"


async def test_a_relation_counts_as_it_stands_in_clear(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, bob = town.comes("ann"), town.comes("bob")
        first = town.says(ann, "!ask one")
        second = town.says(ann, "!ask two")
        await town.settle()
        thread = {"rel_type": "m.thread", "event_id": first}
        body = {"msgtype": "m.text", "body": "Use the red one.", "m.relates_to": thread}
        content = bob.seals(ROOM, "m.room.message", body, content=body)
        outside = content | {"m.relates_to": thread | {"event_id": second}}
        town.server.to_bot.append(bob.tells("m.room_key", bob.first_key[ROOM]))
        answer = town.sends(bob, outside)
        await town.settle()
        found = town.does(lambda tx: [tx.questions.discussion(number).answers for number in (1, 2)])
        assert [[one.event_id for one in answers] for answers in found] == [[], [answer]]


async def test_a_device_that_the_homeserver_takes_nothing_for_keeps_nobody_from_their_key(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, eve = town.comes("ann"), town.comes("eve")
        town.server.refuses_for[eve.name] = GiveUp("M_TOO_LARGE", "too large")
        town.says(ann, "!ask one")
        await town.settle()
        assert (town.seen_by(ann)[0] is None, eve.told) == (False, [])
        town.server.refuses["send_to_device"] = GiveUp("M_UNKNOWN_TOKEN", "signed out")
        tablet = town.server.adds_device(ann.user_id, "TABLET")
        town.says(ann, "!ask two")
        with pytest.raises(GiveUp):
            await town.settle()
        town.server.refuses.clear()
        await town.passes(60)
        assert [title is None for title in town.seen_by(tablet)] == [True, False], "it waited for the account"
