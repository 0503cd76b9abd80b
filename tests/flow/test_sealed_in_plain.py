"""A sealed event of a room that we take for plain: it is read once the room's state says that it is encrypted."""

from pathlib import Path

from bridge.store.inbox import StoreIntake
from bridge.workflow.effects import LearnRoom
from bridge.workflow.ports import Batch, JsonObject
from bridge.workflow.rooms import learn
from tests.flow.pocket import BOT, ROOM, pocket, user_id


async def test_it_waits_for_the_state_of_its_room(tmp_path: Path) -> None:
    content = {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "S", "ciphertext": "AwgA"}
    sealed: JsonObject = {"type": "m.room.encrypted", "room_id": ROOM, "sender": user_id("amy"), "content": content}
    with pocket(tmp_path, "amy") as room:
        database = room._database
        intake = StoreIntake(database, lambda _: True, lambda: None, encrypted=True)
        for number in range(3):
            await intake.accept(Batch("sync", [sealed | {"event_id": f"$sealed{number}"}], f"s{number}"))
        waiting = database.read_now(lambda tx: (tx.inbox.unread_count(), len(tx.inbox.pending(room.now))))
        assert waiting == (3, 0)
        learning = [
            row for row in database.write_now(lambda tx: tx.outbox.pending(2**60)) if row.kind == LearnRoom.kind
        ]
        assert len(learning) == 1
        state: list[JsonObject] = [
            {"type": kind, "state_key": "", "sender": user_id("amy"), "event_id": f"${kind}", "content": said}
            for kind, said in (("m.room.create", {}), ("m.room.encryption", {"algorithm": content["algorithm"]}))
        ]
        database.write_now(lambda tx: learn(ROOM, state, tx, BOT))
        seen = database.write_now(lambda tx: [row.event_id for row in tx.inbox.pending(2**60)])
        assert seen == ["$sealed0", "$sealed1", "$sealed2"]
