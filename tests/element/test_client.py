"""The independent client proves itself: two of them on a true Synapse, without a bot."""

import os
import signal
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio

from bridge.demo.homeserver import Account
from tests.element.client import Element
from tests.element.process import ElementError
from tests.real.client import NothingCame
from tests.real.faults import FaultProxy
from tests.real.synapse import SynapseWithRegistrations

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = 4


async def account(synapse: SynapseWithRegistrations, name: str) -> Account:
    return await synapse.server.register(f"{name}-{uuid4().hex[:6]}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ann(synapse: SynapseWithRegistrations) -> AsyncIterator[Element]:
    made = await account(synapse, "ann")
    async with Element.signs_in(synapse.server.url, made.user_id, made.password) as ann:
        yield ann


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bob(synapse: SynapseWithRegistrations) -> AsyncIterator[Element]:
    made = await account(synapse, "bob")
    async with Element.signs_in(synapse.server.url, made.user_id, made.password, page=PAGE) as bob:
        yield bob


async def meet(creator: Element, *others: Element) -> str:
    room = await creator.creates_room("room", invite=[other.user_id for other in others])
    for other in others:
        await other.waits_for_invite(room)
        await other.joins(room)
        await creator.members(room, other.user_id)
    return room


async def test_two_talk_in_an_encrypted_room(ann: Element, bob: Element) -> None:
    room = await meet(ann, bob)
    for speaker, listener in ((ann, bob), (bob, ann)):
        first = await speaker.says(room, f"I am {speaker.user_id}.")
        heard = await listener.sees(room, body=f"I am {speaker.user_id}")
        assert heard["event_id"] == first
        assert (heard["sender"], heard["type"], heard["wire_type"]) == (
            speaker.user_id,
            "m.room.message",
            "m.room.encrypted",
        )
        assert (heard["failure"], heard["shield"]) == (None, None)
        assert "body" not in heard["wire_content"]

        edit = await speaker.edits(room, first, "I am myself.")
        heard = await listener.sees(room, body="* I am myself", sender=speaker.user_id)
        assert heard["content"]["m.new_content"]["body"] == "I am myself."
        assert heard["wire_content"]["m.relates_to"] == {"rel_type": "m.replace", "event_id": first}
        assert "m.new_content" not in heard["wire_content"]
        threaded = await listener.answers_in_thread(room, first, "So I see.")
        replied = await speaker.replies(room, threaded, "Good.")
        assert (await speaker.sees(room, relates=first, kind="m.room.message", sender=listener.user_id))[
            "event_id"
        ] == threaded
        assert (await listener.sees(room, relates=threaded))["event_id"] == replied
        reaction = await listener.reacts(room, first, "👍")
        seen = await speaker.sees(room, relates=first, kind="m.reaction")
        assert (seen["event_id"], seen["wire_type"]) == (reaction, "m.reaction")

        data = bytes(range(256)) * 9
        sent = await speaker.sends_file(room, f"data of {speaker.user_id}", data)
        heard = await listener.sees(room, body=f"data of {speaker.user_id}")
        assert heard["event_id"] == sent
        assert await listener.reads_file(heard["content"]["file"]) == data
        broken = heard["content"]["file"] | {"hashes": {"sha256": "A" * 43}}
        with pytest.raises(ElementError, match="tampered"):
            await listener.reads_file(broken)
        voice = await speaker.sends_voice(room, b"OggS")
        heard = await listener.sees(room, body="Voice message", sender=speaker.user_id)
        assert (heard["event_id"], heard["content"]["msgtype"]) == (voice, "m.audio")

        await speaker.redacts(room, first)
        assert (await listener.sees_redacted(room, first))["content"] == {}
        assert edit in {event["event_id"] for event in await listener.timeline(room)}


async def test_what_fails_says_so(ann: Element, bob: Element) -> None:
    room = await ann.creates_room("alone")
    with pytest.raises(ElementError) as refused:
        await bob.joins(room)
    assert refused.value.errcode == "M_FORBIDDEN"
    await ann.says(room, "Hello?")
    with pytest.raises(NothingCame, match=r"(?s)Not within 0.1 s.*Hello\?"):
        await ann.sees(room, body="Here!", within=0.1)
    with pytest.raises(NothingCame, match="Not within"):
        await ann.waits_for_card(room, 1, within=0.1)


async def test_it_waits_where_the_homeserver_asks_it_to(synapse: SynapseWithRegistrations, ann: Element) -> None:
    made = await account(synapse, "carl")
    async with FaultProxy(synapse.server.url) as proxy:
        for path in ("/login", "/keys/upload", "/createRoom", "/send/"):
            proxy.limits(retry_after_ms=20, path=path)
        async with Element.signs_in(proxy.url, made.user_id, made.password) as carl:
            room = await meet(carl, ann)
            await carl.says(room, "Good things take time.")
            await ann.sees(room, body="Good things")
        assert [request.status for request in proxy.seen(path="/createRoom")] == [429, 200]


async def test_who_did_not_sign_their_device_gets_no_keys_and_is_not_believed(
    synapse: SynapseWithRegistrations, ann: Element, bob: Element
) -> None:
    """Until the recovery key signs it; then it reads what came before from the backup, too."""
    recovery_key = await ann.makes_storage()
    async with ann.signs_in_again(mode="all") as tablet:
        room = await meet(ann, bob)
        await tablet.members(room, bob.user_id)
        seen = await bob.trust(ann.user_id, tablet.device_id, until="known")
        assert (seen["has_identity"], seen["signed_by_owner"]) == (True, False)
        secret = await bob.says(room, "Not for tablets.")
        assert (await ann.sees(room, body="Not for tablets."))["event_id"] == secret
        refused = await tablet.sees(room, sender=bob.user_id, failed=True)
        assert refused["event_id"] == secret
        assert refused["failure"].startswith("MEGOLM_KEY_WITHHELD")
        claim = await tablet.says(room, "It is me, truly.")
        refused = await bob.sees(room, sender=ann.user_id, failed="UNSIGNED_SENDER_DEVICE")
        assert refused["event_id"] == claim

        taken = await tablet.takes_identity(recovery_key)
        assert taken["privateKeysInSecretStorage"]
        await bob.trust(ann.user_id, tablet.device_id, until="signed_by_owner")
        await tablet.discards_session(room)
        await tablet.says(room, "Now surely.")
        assert (await bob.sees(room, body="Now surely."))["shield"] is None
        await bob.says(room, "For tablets, too.")
        await tablet.sees(room, body="For tablets, too.")
        await ann.until_backed_up()
        restored = await tablet.restores_backup()
        assert restored["trusted"]
        assert restored["imported"] > 0
        await tablet.sees(room, body="Not for tablets.")


async def test_verification_by_emoji(ann: Element, bob: Element) -> None:
    room = await meet(ann, bob)
    assert not (await ann.trust(bob.user_id, bob.device_id))["user_verified"]
    txn = await ann.verifies_in_room(bob.user_id, room)
    assert await bob.waits_for_request(ann.user_id) == txn
    await bob.starts_sas(txn)
    shown = await ann.emoji(txn)
    assert len(shown) == 7
    assert shown == await bob.emoji(txn)
    await ann.confirms(txn)
    await bob.confirms(txn)
    await ann.until_verified(txn)
    await bob.until_verified(txn)
    await ann.trust(bob.user_id, bob.device_id, until="user_verified")


async def test_what_an_answer_left_out_is_fetched_in_its_place(ann: Element, bob: Element) -> None:
    room = await meet(ann, bob)
    await ann.says(room, "Word 00.")
    await bob.sees(room, body="Word 00.")
    os.kill(bob.pid, signal.SIGSTOP)
    words = [f"Word {number:02}." for number in range(3 * PAGE)]
    for word in words[1:]:
        await ann.says(room, word)
    os.kill(bob.pid, signal.SIGCONT)
    await bob.sees(room, body=words[-1])
    for word in words:
        await bob.sees(room, body=word)
    said = [event["content"]["body"] for event in await bob.timeline(room) if event["type"] == "m.room.message"]
    assert said == words
