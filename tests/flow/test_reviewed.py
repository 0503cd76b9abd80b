"""What a second pair of eyes found, each told once."""

from pathlib import Path

from bridge.chat.events import Origin
from bridge.chat.intents import Settle
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.delivery import Outgoing, Settled, prepare, record, settle_echo
from bridge.workflow.desk import Desk
from bridge.workflow.effects import EditCard
from bridge.workflow.inbound import handle_batch, read_row, to_fetch
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Pending
from tests.flow.pocket import BOT, EPOCH, POLICY, ROOM, direct_chat, pocket, user_id


def test_a_direct_chat_with_a_third_person_in_it_shows_nothing(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        room.says("bob", "!ask Where is the marker?")
        chat = direct_chat("amy")
        assert "marker" in room.answers("amy", "!unanswered", private=True)[0]
        room._database.write_now(lambda tx: tx.rooms.set_member(chat, "@mallory:evil.org", "join", "Mallory"))
        assert "marker" not in room.answers("amy", "!unanswered", private=True)[0]
        assert room.answers("amy", "!show 1", private=True) == ["There is no question Q1 here."]
        room._database.write_now(lambda tx: tx.rooms.set_member(chat, "@mallory:evil.org", "leave", "Mallory"))
        assert "marker" in room.answers("amy", "!unanswered", private=True)[0]


def test_a_card_whose_edit_got_no_answer_is_put_right_by_the_next_change(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        asked = room.says("amy", "!ask Who?")
        database: Database = room._database

        def edited(tx: StoreTransaction, effect_id: str, *, answered: bool) -> list[Outgoing]:
            tx.outbox.add(effect_id, EditCard(room_id=ROOM, number=1), EPOCH)
            ready = prepare(tx.outbox.pending(EPOCH * 2), tx, POLICY, EPOCH)
            origin = Origin(ROOM, f"${effect_id}", BOT)
            if answered:
                record([Settled(outgoing, f"${effect_id}") for outgoing in ready], tx, POLICY, EPOCH)
            else:
                settle_echo(Settle(origin=origin, effect_id=effect_id), Desk(tx, POLICY, origin, None, EPOCH, EPOCH))
            return ready

        shown = database.write_now(lambda tx: tx.questions.shown(1))
        assert shown
        database.write_now(lambda tx: edited(tx, "lost", answered=False))
        again = database.write_now(lambda tx: edited(tx, "again", answered=True))
        assert again[0].content is not None, "what the lost edit showed is unknown: the card is sent anew"
        assert asked


def pending(event: JsonObject, seq: int) -> Pending:
    return Pending(seq, event["event_id"], ROOM, event, EPOCH, 0)


def reaction(sender: str, target: str, event_id: str = "$reaction") -> JsonObject:
    return {
        "type": "m.reaction",
        "room_id": ROOM,
        "event_id": event_id,
        "sender": sender,
        "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": "❓"}},
    }


def test_a_message_of_a_thread_that_has_a_question_is_no_second_one(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        root = room.says("amy", "!ask Where?")
        message = {
            "type": "m.room.message",
            "room_id": ROOM,
            "event_id": "$in-thread",
            "sender": user_id("bob"),
            "content": {
                "msgtype": "m.text",
                "body": "And when?",
                "m.relates_to": {"rel_type": "m.thread", "event_id": root},
            },
        }
        asked = pending(reaction(user_id("amy"), "$in-thread"), 99)
        items = [read_row(asked, asked.event, POLICY)]
        room._database.write_now(lambda tx: handle_batch(items, {"$in-thread": message}, tx, POLICY, EPOCH))
        assert room._database.read_now(lambda tx: tx.questions.get(2)) is None


def test_nothing_is_fetched_for_people_whose_question_mark_means_nothing() -> None:
    asked = (reaction(user_id("amy"), "$m"), reaction("@eve:evil.org", "$m", "$other"))
    ours, theirs = (read_row(pending(event, seq), event, POLICY) for seq, event in enumerate(asked))
    assert to_fetch(ours, POLICY) == "$m"
    assert to_fetch(theirs, POLICY) is None


def test_an_answer_that_begins_with_the_questions_number_keeps_it_when_edited(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        root = room.says("amy", "!ask How many?")
        answer = room.says("bob", "2, I think", thread=root)
        content = {
            "msgtype": "m.text",
            "body": "* 1 is enough",
            "m.new_content": {"msgtype": "m.text", "body": "1 is enough"},
            "m.relates_to": {"rel_type": "m.replace", "event_id": answer},
        }
        room._happens("bob", "m.room.message", content, ROOM)
        assert "1 is enough" in room.answers("amy", "!show 1")[0]
