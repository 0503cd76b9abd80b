"""How the bot's identity, its device, its secret storage and its key backup stand, and what an operator can do."""

from dataclasses import dataclass
from typing import Literal

from bridge.workers.keybackup import Backup, judged
from bridge.workers.secretstorage import SecretStorage, Storage
from bridge.workflow.encryption.identity import Kept, Published, published
from bridge.workflow.ports import JsonObject, KeyServer

Whose = Literal["none", "ours", "foreign", "refused"]
Signed = Literal["signed", "unsigned", "unpublished", "other keys"]
"""Of our device on the homeserver; `unpublished` goes up with the signature, `other keys` are not ours."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things were when they were last looked at. `why`: what the homeserver said where it refused the identity."""

    identity: Whose = "none"
    device: Signed = "unpublished"
    storage: Storage = "none"
    backup: Backup = "off"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """`said` is what is so; `remedy` is "" where nothing has to be done."""

    about: str
    said: str
    remedy: str = ""


_IDENTITY = {
    "none": ("the bot's account has no cross-signing identity", "`askbridge run` makes one"),
    "ours": ("the bot's own", ""),
    "foreign": (
        "the bot's account has a cross-signing identity that askbridge does not hold; it is not replaced, and people's "
        "clients do not trust the bot's device",
        "end askbridge and run `askbridge verify --recovery-key-file FILE` with the account's recovery key; where that "
        "is lost, reset the identity in a client that is signed in as the bot, and use the new recovery key",
    ),
}
_DEVICE = {
    "signed": ("signed by the bot's identity", ""),
    "unsigned": (
        "not signed by the bot's identity, so people's clients withhold their keys",
        "`askbridge verify` says more",
    ),
    "unpublished": ("its keys are not on the homeserver yet", "`askbridge run` brings them there"),
    "other keys": (
        "the homeserver shows other keys for the bot's device than askbridge holds (a copy of the database, or a lost "
        "one): nothing encrypted for it can be read",
        "sign the bot in anew: with a password, end that session in a client; with an access token, make a new one",
    ),
}
_UNKNOWN = ("the homeserver does not answer", "askbridge asks again by itself")
_STORAGE = {
    "unknown": _UNKNOWN,
    "none": ("none", "`askbridge run` makes it"),
    "ours": ("holds the identity under askbridge's recovery key", ""),
    "elsewhere": ("holds the identity under a recovery key that was made in another client", ""),
    "foreign": (
        "belongs to somebody else and does not hold this identity; it is not replaced",
        "set up recovery anew in a client that is signed in as the bot, or keep a backup of askbridge's database",
    ),
}
_BACKUP = {
    "unknown": _UNKNOWN,
    "off": ("off", ""),
    "none": ("there is none", "`askbridge run` makes it"),
    "ours": ("askbridge's own", ""),
    "trusted": (
        "made by another client of the bot's account; askbridge writes to it and cannot read it",
        "`askbridge verify --recovery-key-file FILE` with the account's recovery key brings its key, where secret "
        "storage has it",
    ),
    "foreign": (
        "the homeserver has a key backup that the bot's identity did not make; nothing is written to it",
        "delete it in a client that is signed in as the bot, then start askbridge anew",
    ),
    "changed": (
        "the key backup was replaced or deleted on the homeserver; nothing is written any more",
        "if that was you: end askbridge and run `askbridge verify`, which makes a new one or takes the other one up",
    ),
}
ABOUT = ("identity", "device", "secret storage", "key backup")
_FINE = {"ours", "signed", "elsewhere", "off", "unpublished"}


def remarks(standing: Standing) -> tuple[Remark, ...]:
    """One on each of ABOUT, in that order; without an identity of ours only on that."""
    if standing.identity == "refused":
        said = f"the homeserver wants to know who asks before it takes the bot's cross-signing identity: {standing.why}"
        return (Remark("identity", said, "set bot.password, or do what it says; askbridge tries again by itself"),)
    identity = Remark("identity", *_IDENTITY[standing.identity])
    if standing.identity != "ours":
        return (identity,)
    return (
        identity,
        Remark("device", *_DEVICE[standing.device]),
        Remark("secret storage", *_STORAGE[standing.storage]),
        Remark("key backup", *_BACKUP[standing.backup]),
    )


def is_fine(standing: Standing, about: str) -> bool:
    states = {
        "identity": standing.identity,
        "device": standing.device,
        "secret storage": standing.storage,
        "key backup": standing.backup,
    }
    return states[about] in _FINE


def warnings(standing: Standing) -> dict[str, str | None]:
    """For the health page: what is wrong, with its remedy; None takes an earlier warning back."""
    wrong: dict[str, str | None] = dict.fromkeys(ABOUT)
    for remark in remarks(standing):
        if not is_fine(standing, remark.about):
            wrong[remark.about] = f"{remark.said}: {remark.remedy}" if remark.remedy else remark.said
    return wrong


async def examine(
    server: KeyServer, user_id: str, device_id: str, keys: JsonObject, have: Kept, *, backup: bool
) -> Standing:
    """How things stand, without a change. `keys` are our `device_keys`. Raises RetryLater and GiveUp."""
    there = published(await server.query_keys([user_id]), user_id, device_id)
    whose = there.whose(have.identity)
    if have.identity is None or whose != "ours":
        return Standing("foreign" if whose == "foreign" else "none")
    state: Backup = "off"
    if backup:
        version = await server.backup_version()
        state = judged(version, have, have.identity) if version else "changed" if have.backup_version else "none"
    return Standing("ours", _device(there, keys), await SecretStorage(server).whose(have.storage_id), state)


def _device(there: Published, keys: JsonObject) -> Signed:
    shown = there.shows(keys)
    if shown is None:
        return "unpublished"
    if not shown:
        return "other keys"
    return "signed" if there.is_signed() else "unsigned"
