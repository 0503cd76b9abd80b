"""Somebody whose device says that another's key is its own: nobody but them is hindered by it."""

from pathlib import Path

from bridge.crypto.errors import JsonObject
from bridge.crypto.ratchets import Account
from bridge.crypto.signing import sign
from bridge.workflow.encryption.records import ENCRYPTED, OLM
from tests.flow.devices import BOT_DEVICE, Client, Server
from tests.flow.keytown import KeyTown, key_town
from tests.flow.pocket import ROOM
from tests.flow.test_sharing_keys import EVE, asks


class LyingAccount(Account):
    """Signs, truly, that its Curve25519 key is somebody else's."""

    stolen = ""

    def device_keys(self, user_id: str, device_id: str) -> JsonObject:
        bare = super().device_keys(user_id, device_id)
        del bare["signatures"]
        bare["keys"] |= {f"curve25519:{device_id}": self.stolen}
        return sign(bare, user_id, device_id, self.sign)


class Thief(Client):
    def __init__(self, server: Server, victim: Client) -> None:
        super().__init__(server, EVE, "STOLEN")
        account = LyingAccount(self.account._account, b"k" * 32)
        account.stolen = victim.account.curve
        self.account = account

    def hears(self, event_type: str, content: JsonObject) -> None:
        """It is sealed for the victim."""


def steals(town: KeyTown, victim: Client) -> None:
    owner = town.server.owner(EVE)
    owner.clients["STOLEN"] = Thief(town.server, victim)
    town.server.changed.add(EVE)


def garbage(town: KeyTown, curve: str) -> None:
    """What no session opens, as of a device with that key, from Eve."""
    ours = town.server.bot_keys["keys"][f"curve25519:{BOT_DEVICE}"]
    content = {"algorithm": OLM, "sender_key": curve, "ciphertext": {ours: {"type": 1, "body": "AAAA"}}}
    town.server.to_bot.append({"type": ENCRYPTED, "sender": EVE, "content": content})


async def test_sessions_with_a_stolen_key_are_not_used_for_its_owner(tmp_path: Path) -> None:
    async with key_town(tmp_path) as town:
        ann, bob = town.comes("ann"), town.comes("bob")
        town.comes(EVE)
        await asks(town, ann, "one")
        steals(town, bob)
        garbage(town, bob.account.curve)
        await town.settle()
        assert "STOLEN" in town.server.owner(EVE).clients
        town.member("@dan:example.org", "leave")
        town.does(lambda tx: tx.keys.drop_own_session(ROOM))
        await asks(town, ann, "two")
        assert (bob.garbled, town.seen_by(bob)) == (0, ["Q1 · open · asked by ann", "Q2 · open · asked by ann"])
        town.server.to_bot.append(bob.tells("m.room_key", bob.key_of(ROOM)))
        town.says(bob, "!ask three", key=False)
        await town.settle()
        assert town.questions() == ["one", "two", "three"]
