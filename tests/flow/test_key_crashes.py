"""The process dies at any request, or a transaction comes to nothing: all goes on from what was committed."""

import json
from pathlib import Path

import pytest

from bridge.crypto.ratchets import InboundGroup
from bridge.workflow.encryption.sealing import Sealing
from bridge.workflow.ports import JsonObject
from bridge.workflow.storage import Transaction
from tests.flow.devices import Client, Died
from tests.flow.keytown import KeyTown
from tests.flow.pocket import ROOM

REQUESTS = [
    *("upload_keys", "query_keys", "claim_keys", "send_to_device", "send"),
    *("query_keys", "claim_keys", "send_to_device", "send"),
    *("upload_keys", "send_to_device", "send"),
]
"""What the story asks of the homeserver where nothing goes wrong."""


class Story:
    """Three questions: by Ann, by Bob when he comes, by Ann after he left. It goes on where it broke off."""

    def __init__(self, folder: Path) -> None:
        self.town = KeyTown(folder)
        self.ann: Client | None = None
        self.bob: Client | None = None
        self._done = 0

    async def tell(self) -> None:
        for number, chapter in enumerate((self._begin, self._one, self._two, self._three)):
            if number >= self._done:
                self._done = number + 1
                await chapter()
            await self.town.passes(61)

    async def _begin(self) -> None:
        await self.town.learn(ROOM)

    async def _one(self) -> None:
        self.ann = self.town.comes("ann")
        self.town.server.adds_device(self.ann.user_id, "TABLET")
        self.town.says(self.ann, "!ask one")

    async def _two(self) -> None:
        self.bob = self.town.comes("bob", identity=False, device="TABLET")
        self.town.server.adds_device(self.bob.user_id, "PHONE")
        self.town.says(self.bob, "!ask two")

    async def _three(self) -> None:
        assert self.ann is not None
        assert self.bob is not None
        self.town.member(self.bob.user_id, "leave")
        for name in list(self.town.server.bot_one_time)[:30]:
            del self.town.server.bot_one_time[name]
        self.town.says(self.ann, "!ask three")

    def check(self) -> None:
        """Everybody reads everything that is meant for them, once; no message key was used twice; no key is lost."""
        assert self.ann is not None
        assert self.bob is not None
        owners = [self.town.server.owner(one.user_id) for one in (self.ann, self.bob)]
        readers = [one for owner in owners for one in owner.clients.values()]
        cards = [f"Q{n} · open · asked by {who}" for n, who in ((1, "ann"), (2, "bob"), (3, "ann"))]
        assert self.town.questions() == ["one", "two", "three"]
        assert [self.town.seen_by(one) for one in readers[:2]] == [cards] * 2
        assert [self.town.seen_by(one) for one in readers[2:]] == [[None, cards[1], None]] * 2
        assert [one.garbled for one in readers] == [0] * 4
        assert twice(self.town.server.left, self.ann.keys) == []
        self._check_one_time_keys()

    def _check_one_time_keys(self) -> None:
        kept = self.town.does(lambda tx: tx.keys.room_key_count())[0]
        for number, key in enumerate((*list(self.town.server.bot_one_time.items())[::20], None)):
            stranger = Client(self.town.server, "@new:example.org", f"NEW{number}")
            self.town.server.bot_one_time = dict([key]) if key else {}
            self.town.server.to_bot.append(stranger.tells("m.room_key", stranger.key_of(ROOM)))
        told, self.town.server.to_bot = self.town.server.to_bot, []
        self.town.hears(*told)
        assert self.town.does(lambda tx: tx.keys.room_key_count())[0] == kept + len(told)


def twice(left: list[JsonObject], keys: dict[str, InboundGroup]) -> list[tuple[str, int]]:
    """The message keys that sealed different things, of all that left the process."""
    used: dict[tuple[str, int], str] = {}
    again: list[tuple[str, int]] = []
    for content in left:
        index = keys[content["session_id"]].decrypt(content["ciphertext"])[1]
        place = (str(content["session_id"]), index)
        again += [place] if used.setdefault(place, content["ciphertext"]) != content["ciphertext"] else []
    return again


async def test_the_story_without_a_death(tmp_path: Path) -> None:
    story = Story(tmp_path)
    await story.tell()
    story.check()
    assert story.town.server.asked == REQUESTS
    story.town.stop()


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, len(REQUESTS) + 1), ids=lambda at: f"{at}-{REQUESTS[at - 1]}")
async def test_dying_at_a_request(tmp_path: Path, at: int, before: bool) -> None:
    """`before` the homeserver hears of it, or after it did and before we hear of that."""
    story = Story(tmp_path)
    story.town.server.dies_at, story.town.server.dies_before = at, before
    with pytest.raises(Died):
        await story.tell()
    assert story.town.server.asked == REQUESTS[:at]
    story.town.restart()
    await story.tell()
    story.check()
    story.town.stop()


async def test_a_transaction_that_seals_and_comes_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(tmp_path)
    sealed: list[str] = []
    seal = Sealing.seal

    def failing(self: Sealing, room_id: str, event_type: str, content: JsonObject, tx: Transaction) -> JsonObject:
        made = seal(self, room_id, event_type, content, tx)
        sealed.append(json.dumps(made))
        if len(sealed) % 2:
            raise ZeroDivisionError
        return made

    monkeypatch.setattr(Sealing, "seal", failing)
    await story.tell()
    story.check()
    assert len(sealed) == 6
    assert [json.dumps(content) for content in story.town.server.left] == sealed[1::2]
    story.town.stop()
