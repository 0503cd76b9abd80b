"""Interactive verification by emoji or numbers (SAS), to-device and in rooms alike.

A Verification takes in the contents of `m.key.verification.*` events and gives out those to be sent. What comes out
carries no `transaction_id` or `m.relates_to`: whoever sends it adds them. After Broken, send its `message` and drop
the verification.
"""

import hashlib
import hmac
from collections.abc import Mapping
from enum import StrEnum
from typing import NoReturn

import vodozemac

from bridge.crypto.emoji import EMOJI
from bridge.crypto.errors import CryptoError, JsonObject, an_object, object_of, refusing, text_of
from bridge.crypto.signing import b64, canonical

Message = tuple[str, JsonObject]
"""Event type and content."""

METHOD = "m.sas.v1"
_PREFIX = "m.key.verification."
_DONE = _PREFIX + "done"
_KEY_AGREEMENT, _HASH, _MAC = "curve25519-hkdf-sha256", "sha256", "hkdf-hmac-sha256.v2"
_OFFERED = {
    "key_agreement_protocols": [_KEY_AGREEMENT],
    "hashes": [_HASH],
    "message_authentication_codes": [_MAC],
    "short_authentication_string": ["emoji", "decimal"],
}
_CHOSEN = {"key_agreement_protocol": _KEY_AGREEMENT, "hash": _HASH, "message_authentication_code": _MAC}


class Broken(Exception):
    """The verification cannot go on; `code` is one of `m.key.verification.cancel`."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason

    @property
    def message(self) -> Message:
        """What tells the other side."""
        return cancelling(self.code, self.reason)


def cancelling(code: str, reason: str) -> Message:
    return _PREFIX + "cancel", {"code": code, "reason": reason}


class Step(StrEnum):
    """What was settled last."""

    REQUESTED = "requested"
    READY = "ready"
    STARTED = "started"
    ACCEPTED = "accepted"
    SHOWN = "shown"
    DONE = "done"
    CANCELLED = "cancelled"


def asked_of_device(device_id: str, now_ms: int) -> JsonObject:
    """The content of `m.key.verification.request`, to-device; its transaction id is ours to choose."""
    return {"from_device": device_id, "methods": [METHOD], "timestamp": now_ms}


def can_answer(request: object) -> bool:
    """Whether a request, of either kind, can be answered: it names a device and a method that we know."""
    if not isinstance(request, dict):
        return False
    return isinstance(request.get("from_device"), str) and METHOD in _texts(request, "methods")


class Verification:
    """One verification with one device of another user, or of our own.

    `txn`: transaction id, or the event id of the request in the room. `mine`: key ids -> keys that we vouch for (our
    device, our master key). `other_device` is None until they answer, where we asked.
    """

    def __init__(
        self, txn: str, me: str, my_device: str, mine: Mapping[str, str], other: str, other_device: str | None = None
    ) -> None:
        self.txn, self.me, self.my_device, self.mine = txn, me, my_device, dict(mine)
        self.other, self.other_device = other, other_device
        self.step = Step.REQUESTED
        self.emoji: list[tuple[str, str]] = []
        """Symbol and English name of the seven, from Step.SHOWN on, where both sides can show emoji."""
        self.decimals: tuple[int, int, int] | None = None
        self.cancelled: tuple[str, str] | None = None
        """Code and reason, where the other side gave up."""
        self.done_seen = False
        """Whether the other side said that it is done, too."""
        self.verified_keys: dict[str, str] = {}
        """Their keys that are verified: key id -> key; filled by Step.DONE."""
        self._sas = vodozemac.Sas()
        self._public = self._sas.public_key.to_base64()  # the exchange uses the Sas up
        self._started_by_us = False
        self._start: JsonObject = {}
        self._strings: list[str] = []
        self._commitment = ""
        self._secret: vodozemac.EstablishedSas | None = None
        self._their_macs: JsonObject | None = None
        self._expected: tuple[dict[str, str], str] | None = None

    # What we do

    def ready(self) -> list[Message]:
        """Answer their request."""
        if self.ended:
            return []
        self._require(Step.REQUESTED)
        self.step = Step.READY
        return [(_PREFIX + "ready", {"from_device": self.my_device, "methods": [METHOD]})]

    def begin(self, carry: JsonObject) -> list[Message]:
        """Start; nothing where they were first. `carry` is what the sender adds: the commitment covers it."""
        if self.step is not Step.READY:
            return []
        content = {"from_device": self.my_device, "method": METHOD} | _OFFERED
        self._started_by_us, self._start, self.step = True, content | carry, Step.STARTED
        return [(_PREFIX + "start", content)]

    def confirm(self, known: Mapping[str, str], master: str | None) -> list[Message]:
        """People say that both see the same.

        `known`: their key ids -> keys, as /keys/query shows them. `master`: their public master key, which they must
        vouch for; None where they have no identity, when their device's key must do. Broken where their macs, if
        they came before, do not fit.
        """
        if self.ended or self._expected:
            return []
        self._require(Step.SHOWN)
        needed = f"ed25519:{master or self.other_device}"
        self._expected = dict(known) | ({needed: master} if master else {}), needed
        macs = {key_id: self._tag(key, self._from_us(key_id)) for key_id, key in self.mine.items()}
        keys = self._tag(_listed(macs), self._from_us("KEY_IDS"))
        return [(_PREFIX + "mac", {"mac": macs, "keys": keys}), *self._finish()]

    def mismatch(self) -> list[Message]:
        """People say that they see different things: somebody is between us."""
        return self.cancel("m.mismatched_sas", "What was shown differs.")

    def cancel(self, code: str, reason: str) -> list[Message]:
        if self.ended:
            return []
        self.step = Step.CANCELLED
        return [cancelling(code, reason)]

    @property
    def ended(self) -> bool:
        return self.step in (Step.DONE, Step.CANCELLED)

    # What they do

    def receive(self, kind: str, content: object) -> list[Message]:
        """Take in an event of theirs. `content` in full: with transaction id or relation. Raises only Broken."""
        take = _TAKES.get(kind)
        if self.step is Step.DONE and kind == _DONE:
            self.done_seen = True
        if take is None or self.ended:
            return []
        try:
            return take(self, an_object(content, kind))
        except CryptoError as error:
            self.step = Step.CANCELLED
            raise Broken("m.invalid_message", str(error)) from error
        except Broken:
            self.step = Step.CANCELLED
            raise

    def _take_ready(self, content: JsonObject) -> list[Message]:
        device = text_of(content, "from_device")
        if self.step is not Step.REQUESTED and device != self.other_device:
            return []  # another device of theirs was quicker
        self._require(Step.REQUESTED)
        if METHOD not in _texts(content, "methods"):
            raise Broken("m.unknown_method", "no common method")
        self._settle_device(device)
        self.step = Step.READY
        return []

    def _take_start(self, content: JsonObject) -> list[Message]:
        ours_too = self.step is Step.STARTED and self._started_by_us
        if not ours_too:
            self._require(Step.REQUESTED, Step.READY)
        self._settle_device(text_of(content, "from_device"))
        if text_of(content, "method") != METHOD:
            code = "m.unexpected_message" if ours_too else "m.unknown_method"
            raise Broken(code, "no common method")
        if ours_too and (self.me, self.my_device) < (self.other, self.other_device or ""):
            return []
        self._strings = _agreed(content)
        self._started_by_us, self._start, self.step = False, content, Step.ACCEPTED
        chosen = {"method": METHOD, "short_authentication_string": self._strings} | _CHOSEN
        return [(_PREFIX + "accept", chosen | {"commitment": self._committed(self._public)})]

    def _take_accept(self, content: JsonObject) -> list[Message]:
        self._require(Step.STARTED)
        if any(text_of(content, name) != choice for name, choice in _CHOSEN.items()):
            raise Broken("m.unknown_method", "something was chosen that was not offered")
        self._strings = _texts(content, "short_authentication_string")
        if not self._strings or not set(self._strings) <= set(_OFFERED["short_authentication_string"]):
            raise Broken("m.unknown_method", "no common way to show it")
        self._commitment = text_of(content, "commitment")
        self.step = Step.ACCEPTED
        return [self._our_key()]

    def _take_key(self, content: JsonObject) -> list[Message]:
        self._require(Step.ACCEPTED)
        theirs = text_of(content, "key")
        if self._started_by_us and not _same(self._committed(theirs), self._commitment):
            raise Broken("m.mismatched_commitment", "the key is not the promised one")
        with refusing("key"):
            self._secret = self._sas.diffie_hellman(vodozemac.Curve25519PublicKey.from_base64(theirs))
            self._show(self._secret, theirs)
        return [] if self._started_by_us else [self._our_key()]

    def _take_mac(self, content: JsonObject) -> list[Message]:
        self._require(Step.SHOWN)
        if self._their_macs is not None:
            raise Broken("m.unexpected_message", "a second mac")
        macs = object_of(content, "mac")
        for key_id in macs:
            text_of(macs, key_id)
        self._their_macs = {"mac": macs, "keys": text_of(content, "keys")}
        return self._finish()

    def _take_early_done(self, _: JsonObject) -> list[Message]:
        raise Broken("m.unexpected_message", "done before the macs")

    def _take_cancel(self, content: JsonObject) -> list[Message]:
        self.step = Step.CANCELLED
        self.cancelled = (str(content.get("code", "")), str(content.get("reason", "")))
        return []

    # How

    def _require(self, *steps: Step) -> None:
        if self.step not in steps:
            raise Broken("m.unexpected_message", f"not now: {self.step}")

    def _settle_device(self, device: str) -> None:
        if self.other_device not in (None, device):
            raise Broken("m.invalid_message", "from another device than before")
        self.other_device = device

    def _our_key(self) -> Message:
        return _PREFIX + "key", {"key": self._public}

    def _committed(self, public: str) -> str:
        with refusing("start"):
            return b64(hashlib.sha256(public.encode() + canonical(self._start)).digest())

    def _show(self, secret: vodozemac.EstablishedSas, theirs: str) -> None:
        ours = f"{self.me}|{self.my_device}|{self._public}"
        others = f"{self.other}|{self.other_device}|{theirs}"
        first, second = (ours, others) if self._started_by_us else (others, ours)
        shown = secret.bytes(f"MATRIX_KEY_VERIFICATION_SAS|{first}|{second}|{self.txn}")
        self.emoji = [EMOJI[index] for index in shown.emoji_indices] if "emoji" in self._strings else []
        self.decimals = shown.decimals
        self.step = Step.SHOWN

    def _from_us(self, what: str) -> str:
        return f"MATRIX_KEY_VERIFICATION_MAC{self.me}{self.my_device}{self.other}{self.other_device}{self.txn}{what}"

    def _from_them(self, what: str) -> str:
        return f"MATRIX_KEY_VERIFICATION_MAC{self.other}{self.other_device}{self.me}{self.my_device}{self.txn}{what}"

    def _tag(self, text: str, info: str) -> str:
        assert self._secret is not None
        return self._secret.calculate_mac(text, info)

    def _finish(self) -> list[Message]:
        """Check their macs once people have confirmed and the macs are here, whichever came last."""
        if self._expected is None or self._their_macs is None:
            return []
        known, needed = self._expected
        vouched = {key_id: known[key_id] for key_id in self._their_macs["mac"] if key_id in known}
        if not self._macs_fit(vouched):
            self._refuse("a mac does not fit")
        if needed not in vouched:
            self._refuse("the key that counts is not vouched for")
        self.verified_keys, self.step = vouched, Step.DONE
        return [(_DONE, {})]

    def _macs_fit(self, vouched: dict[str, str]) -> bool:
        given = self._their_macs or {}
        try:
            with refusing("mac"):
                wanted = {key_id: self._tag(key, self._from_them(key_id)) for key_id, key in vouched.items()}
                listed = self._tag(_listed(given["mac"]), self._from_them("KEY_IDS"))
        except CryptoError:
            return False
        return _same(listed, given["keys"]) and all(_same(tag, given["mac"][key]) for key, tag in wanted.items())

    def _refuse(self, reason: str) -> NoReturn:
        self.step = Step.CANCELLED
        raise Broken("m.key_mismatch", reason)


_TAKES = {
    _PREFIX + "ready": Verification._take_ready,
    _PREFIX + "start": Verification._take_start,
    _PREFIX + "accept": Verification._take_accept,
    _PREFIX + "key": Verification._take_key,
    _PREFIX + "mac": Verification._take_mac,
    _DONE: Verification._take_early_done,
    _PREFIX + "cancel": Verification._take_cancel,
}


def _texts(content: JsonObject, name: str) -> list[str]:
    given = content.get(name)
    return [text for text in given if isinstance(text, str)] if isinstance(given, list) else []


def _agreed(start: JsonObject) -> list[str]:
    """What both can show, out of their start."""
    for name in ("key_agreement_protocols", "hashes", "message_authentication_codes"):
        if _OFFERED[name][0] not in _texts(start, name):
            raise Broken("m.unknown_method", f"nothing in common: {name}")
    theirs = _texts(start, "short_authentication_string")
    common = [string for string in _OFFERED["short_authentication_string"] if string in theirs]
    if not common:
        raise Broken("m.unknown_method", "no common way to show it")
    return common


def _listed(macs: Mapping[str, str]) -> str:
    return ",".join(sorted(macs))


def _same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.rstrip("=").encode(errors="replace"))
