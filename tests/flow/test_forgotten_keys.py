"""What is forgotten of keys harms nobody: rooms that we come to can be read, and nothing can be said twice."""

from pathlib import Path

from bridge.store.upkeep import StoreUpkeep
from tests.flow.devices import Client
from tests.flow.keytown import KeyTown, key_town
from tests.flow.pocket import ROOM

LATER, NEVER = "!later:example.org", "!never:example.org"
DAY = 86_400


async def pruned(town: KeyTown) -> int:
    """How many room keys are left."""
    await StoreUpkeep(town.database).prune(town.now(), 1000)
    return town.does(lambda tx: tx.keys.room_key_count()[0])


async def test_keys_for_rooms_that_we_are_not_in_go_unless_we_come(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, mallory = town.comes("ann"), Client(town.server, "@mallory:example.org", "PHONE")
        town.says(ann, "!ask one")
        town.server.to_bot.append(ann.tells("m.room_key", ann.key_of(LATER)))
        for _ in range(3):
            mallory.begins_anew(NEVER)
            town.server.to_bot.append(mallory.tells("m.room_key", mallory.key_of(NEVER)))
        await town.settle()
        before = await pruned(town)
        await town.opens(LATER)
        await town.passes(DAY + 1)
        assert await pruned(town) == before - 3
        await town.passes(400 * DAY)
        assert await pruned(town) == before - 3
        town.says(ann, "!ask two", key=False, room=LATER)
        await town.settle()
        assert town.questions() == ["one", "two"]


async def test_a_message_of_long_ago_under_another_name_is_nobodys(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann = town.comes("ann")
        town.server.to_bot.append(ann.tells("m.room_key", ann.key_of(ROOM)))
        said = ann.seals(ROOM, "m.room.message", {"msgtype": "m.text", "body": "!ask one"})
        town.sends(ann, said)
        await town.passes(91 * DAY)
        await pruned(town)
        town.restart()
        town.sends(ann, said)
        await town.settle()
        assert town.questions() == ["one"]
        town.says(ann, "!ask two", key=False)
        await town.settle()
        assert town.questions() == ["one", "two"]
