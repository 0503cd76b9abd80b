"""Messages whose key comes after them, from somebody else than expected, or never."""

from pathlib import Path

from bridge.domain.questions import State
from bridge.store.transaction import StoreTransaction
from bridge.workflow.encryption.records import ENCRYPTED, MEGOLM
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Role
from tests.flow.devices import BOT, BOT_DEVICE, Client
from tests.flow.keytown import KeyTown, key_town
from tests.flow.pocket import ROOM

THREAD = {"rel_type": "m.thread"}
TELL, WEEK = 121, 7 * 86_400


def asked_for(client: Client) -> list[JsonObject]:
    return client.heard("m.room_key_request")


def forwarded(client: Client, room: str = ROOM, **others: object) -> JsonObject:
    """What a client answers to a request for its own session, with all that it still has."""
    content = {
        "algorithm": MEGOLM,
        "room_id": room,
        "session_id": client.session(room).id,
        "session_key": client.kept[room].export(),
        "sender_key": client.account.curve,
        "sender_claimed_ed25519_key": client.account.ed,
        "forwarding_curve25519_key_chain": [],
    }
    return client.tells("m.forwarded_room_key", content | others)


def key_from_the_start(town: KeyTown, client: Client) -> None:
    """The key that was held back comes by its own way after all."""
    town.server.to_bot.append(client.tells("m.room_key", client.first_key[ROOM]))


def replies(town: KeyTown, client: Client) -> list[str]:
    return [text for text in town.seen_by(client) if text and text.startswith("I cannot read")]


def roles(town: KeyTown, *event_ids: str) -> list[Role | None]:
    def look(tx: StoreTransaction) -> list[Role | None]:
        tx.questions.prefetch(event_ids, ())
        found = [tx.questions.tracked(event_id) for event_id in event_ids]
        return [tracked.role if tracked else None for tracked in found]

    return town.does(look)


async def test_what_came_before_its_key_is_handled_in_its_place_and_then_what_was_said_about_it(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, bob = town.comes("ann"), town.comes("bob")
        asked_at = town.now()
        asked = town.says(ann, "!ask How do I print?", key=False)
        wrong = town.says(ann, "!ask A mistake", key=False)
        await town.settle()
        assert asked_for(ann) == [], "a key may come a little later"
        answer = town.says(bob, "Use the red one.", {"m.relates_to": THREAD | {"event_id": asked}})
        edit = {"rel_type": "m.replace", "event_id": asked}
        new = {"msgtype": "m.text", "body": "!ask How do I print in red?"}
        town.says(ann, "* !ask", {"m.relates_to": edit, "m.new_content": new}, key=False)
        town.redacts(ann, wrong)
        other = town.says(bob, "!ask Something else")
        await town.passes(60)
        assert town.questions() == ["Something else"], "nobody waits for them"
        town.reacts(ann, answer, "✅")
        await town.passes(30)
        assert [one["body"]["session_id"] for one in asked_for(ann)] == [ann.session(ROOM).id], "asked for once"
        assert asked_for(bob) == []
        key_from_the_start(town, ann)
        await town.settle()
        assert town.questions() == ["Something else", "How do I print in red?"], "without what was redacted"
        question = town.does(lambda tx: tx.questions.get(2))
        assert question is not None
        assert (question.event_id, question.state, question.asker) == (asked, State.ANSWERED, ann.user_id)
        assert 0 <= question.created_at - asked_at < 60_000
        assert town.does(lambda tx: tx.questions.discussion(2)).accepted == (answer,)
        assert roles(town, answer, other, wrong) == [Role.ANSWER, Role.QUESTION, None]
        assert None not in town.seen_by(ann)
        await town.passes(2 * TELL)
        assert replies(town, ann) == []


async def test_a_key_is_taken_from_its_maker_alone_and_only_when_it_was_asked_for(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, mallory = town.comes("ann"), town.comes("mallory")
        town.says(ann, "!ask How do I print?", key=False)
        town.server.to_bot.append(forwarded(ann))
        await town.settle()
        assert town.questions() == [], "not asked for yet"
        await town.passes(2)
        [request] = asked_for(ann)
        assert request["requesting_device_id"] == BOT_DEVICE
        liar = {"session_id": ann.session(ROOM).id, "session_key": ann.kept[ROOM].export()}
        mallory.session(ROOM)
        town.server.to_bot += [
            forwarded(mallory, **liar),
            forwarded(mallory, **liar, sender_key=ann.account.curve),
            forwarded(mallory),
            forwarded(ann, session_id=mallory.session(ROOM).id),
            forwarded(ann, algorithm="m.other"),
        ]
        await town.settle()
        assert town.questions() == []
        town.server.to_bot.append(forwarded(ann))
        await town.settle()
        assert town.questions() == ["How do I print?"]
        await town.passes(2 * TELL)
        assert (len(asked_for(ann)), replies(town, ann)) == (1, [])


async def test_where_nobody_gives_a_key_the_sender_is_told_once_and_the_others_go_on(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, bob, cat = town.comes("ann"), town.comes("bob"), town.comes("cat")
        asked = town.says(ann, "!ask How do I print?", key=False)
        town.says(ann, "chatter", key=False)
        relation = {"rel_type": "m.thread", "event_id": asked, "m.in_reply_to": {"event_id": asked}}
        about = town.says(bob, "!ask What does she say?", {"m.relates_to": relation})
        town.reacts(bob, asked, "👀")
        await town.passes(100)
        assert (replies(town, ann), town.questions()) == ([], [])
        town.restart()
        await town.passes(21)
        [reply] = [event for event in town.sent() if "I cannot read" in str(ann.reads(event))]
        assert reply["content"]["m.relates_to"]["m.in_reply_to"] == {"event_id": asked}
        assert len(replies(town, ann)) == 1, "and in nobody else's name"
        assert town.questions() == ["What does she say?"], f"{about} does not wait any longer"
        town.says(ann, "!ask Again?", key=False)
        town.says(cat, "!ask And I?", key=False)
        await town.passes(TELL)
        assert len(replies(town, ann)) == 2, "once for each of them"
        await town.passes(WEEK)
        ann.begins_anew(ROOM)
        town.says(ann, "!ask Now?", key=False)
        await town.passes(TELL)
        assert len(replies(town, ann)) == 3
        for client in (ann, cat):
            key_from_the_start(town, client)
        await town.settle()
        assert town.questions()[1:] == ["And I?", "Now?"], "a key is of use also after that"


async def test_who_asks_by_a_reply_to_what_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    """Also where the message is from before the bot came, and only the command itself was for it to read."""
    async with key_town(tmp_path) as town:
        ann, bob = town.comes("ann"), town.comes("bob")
        waits = town.says(ann, "Who has the beamer?", key=False)
        before = town.says(ann, "Who has the key?", key=False)
        town.server.timeline.pop()
        for target in (before, waits):
            town.says(bob, "!ask", {"m.relates_to": {"m.in_reply_to": {"event_id": target}}})
        await town.passes(TELL)
        told = [text for text in replies(town, bob) if "that you reply to. Write the question yourself: !ask" in text]
        assert (len(told), town.questions()) == (2, [])


async def test_who_distrusts_our_device_is_told_what_to_do(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann = town.comes("ann")
        town.says(ann, "!ask How do I print?", key=False)
        code = {"algorithm": MEGOLM, "room_id": ROOM, "session_id": ann.session(ROOM).id, "code": "m.unverified"}
        town.server.to_bot.append({"type": "m.room_key.withheld", "sender": ann.user_id, "content": code})
        await town.passes(TELL)
        [text] = replies(town, ann)
        assert "trust" in text
        assert "askbridge verify" in text


async def test_what_we_said_ourselves_and_cannot_read_any_more_is_no_news_to_anybody(tmp_path: Path) -> None:
    """Of what was said after the backup that the database was restored from, the keys are lost."""
    async with key_town(tmp_path) as town:
        ann = town.comes("ann")
        ours = Client(town.server, BOT, "LOST")
        sealed = ours.seals(ROOM, "m.room.message", {"msgtype": "m.notice", "body": "lost"})
        event = {"room_id": ROOM, "sender": BOT, "type": ENCRYPTED, "content": sealed, "origin_server_ts": town.now()}
        town.server.happens(event)
        await town.passes(TELL)
        assert town.sent() == []
        assert ann.told == []
        assert town.does(lambda tx: len(tx.inbox.unread_ids())) == 0, "and nothing waits for it"


async def test_a_part_of_a_session_opens_no_more_than_that_and_the_rest_is_asked_for(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann = town.comes("ann")
        first = town.says(ann, "!ask one", key=False)
        town.says(ann, "!ask two")
        town.says(ann, "!ask three", {"m.relates_to": THREAD | {"event_id": first}}, key=False)
        await town.passes(2)
        assert town.questions() == ["two"], "the third is about the first"
        assert len(asked_for(ann)) == 1
        town.server.to_bot.append(forwarded(ann))
        await town.settle()
        assert town.questions() == ["two", "one"], "the third stands in the thread of a question by now"
        assert len(asked_for(ann)) == 1


async def test_of_two_who_say_a_session_is_theirs_both_are_asked_and_the_sender_is_believed(tmp_path: Path) -> None:
    """Mallory has Ann's key, as everybody in the room does, and is quicker than she is."""
    async with key_town(tmp_path) as town:
        ann, mallory = town.comes("ann"), town.comes("mallory")
        sealed = ann.seals(ROOM, "m.room.message", {"msgtype": "m.text", "body": "!ask How do I print?"})
        town.sends(mallory, sealed | {"ciphertext": "AwgA"})
        await town.passes(2)
        assert len(asked_for(mallory)) == 1
        asked = town.sends(ann, sealed)
        await town.passes(2)
        await town.passes(2)
        assert [len(asked_for(one)) for one in (ann, mallory)] == [1, 1]
        as_hers = {"session_id": ann.session(ROOM).id, "session_key": ann.kept[ROOM].export()}
        mallory.session(ROOM)
        town.server.to_bot.append(forwarded(mallory, **as_hers))
        await town.settle()
        assert town.questions() == []
        town.server.to_bot.append(forwarded(ann))
        await town.settle()
        question = town.does(lambda tx: tx.questions.get(1))
        assert question is not None
        assert (question.asker, question.event_id) == (ann.user_id, asked)
