"""Olm and Megolm over vodozemac: accounts, sessions with devices, sessions of rooms, and their pickles.

What changes a value (encrypting, decrypting with Olm, using a one-time key up) must be pickled and committed before
its result leaves the process. Decrypting with an InboundGroup changes nothing that has to be kept.
"""

import hmac

import vodozemac

from bridge.crypto.errors import CryptoError, JsonObject, a_text, refusing
from bridge.crypto.sealed import derived_key
from bridge.crypto.signing import b64, sign, unb64

OLM = "m.olm.v1.curve25519-aes-sha2"
MEGOLM = "m.megolm.v1.aes-sha2"
PRE_KEY, NORMAL = 0, 1
"""The types of Olm messages: those that may begin a session, and the rest."""


class TooEarly(CryptoError):
    """The message is older than the earliest that our key opens: an earlier state of the same key would open it."""


def _curve_key(text: str) -> vodozemac.Curve25519PublicKey:
    return vodozemac.Curve25519PublicKey.from_base64(a_text(text, "Curve25519 key"))


def _pre_key(body: str) -> vodozemac.PreKeyMessage:
    return vodozemac.PreKeyMessage.from_base64(a_text(body, "Olm message"))


class OlmSession:
    """A channel to one device."""

    def __init__(self, session: vodozemac.Session, key: bytes) -> None:
        self._session = session
        self._key = key

    @property
    def id(self) -> str:
        return self._session.session_id

    def pickle(self) -> str:
        return self._session.pickle(self._key)

    def matches(self, body: str) -> bool:
        """Whether this message of type 0 belongs to this session."""
        with refusing("Olm message"):
            return self._session.session_matches(_pre_key(body))

    def encrypt(self, plain: bytes) -> JsonObject:
        """`{"type": 0 or 1, "body": base64}`, as it stands under the recipient's key in an Olm event."""
        with refusing("Olm"):
            kind, body = self._session.encrypt(plain).to_parts()
            return {"type": kind, "body": b64(body)}

    def decrypt(self, kind: int, body: str) -> bytes:
        if type(kind) is not int or kind not in (PRE_KEY, NORMAL):
            raise CryptoError("Olm message: unknown type")
        with refusing("Olm message"):
            message = vodozemac.AnyOlmMessage.from_parts(kind, unb64(body))
            return bytes(self._session.decrypt(message))


class Account:
    """The keys of one device."""

    def __init__(self, account: vodozemac.Account, key: bytes) -> None:
        self._account = account
        self._key = key

    @property
    def curve(self) -> str:
        return self._account.curve25519_key.to_base64()

    @property
    def ed(self) -> str:
        return self._account.ed25519_key.to_base64()

    def sign(self, message: bytes) -> str:
        return self._account.sign(message).to_base64()

    def pickle(self) -> str:
        return self._account.pickle(self._key)

    def generate(self, count: int) -> None:
        """Make one-time keys. The private halves of some thousands are kept, the oldest go first."""
        with refusing("one-time keys"):
            self._account.generate_one_time_keys(count)

    def generate_fallback(self) -> None:
        """Make a fallback key; the one before is still good for messages under way, the one before that is not."""
        self._account.generate_fallback_key()  # type: ignore[attr-defined]

    def one_time_keys(self) -> dict[str, str]:
        """Those that are not marked as published: key id -> Curve25519 key."""
        return {key_id: key.to_base64() for key_id, key in self._account.one_time_keys.items()}

    def fallback_key(self) -> dict[str, str]:
        """The one that is not marked as published: key id -> Curve25519 key; empty where there is none."""
        made = self._account.fallback_key  # type: ignore[attr-defined]
        return {key_id: key.to_base64() for key_id, key in made.items()}

    def mark_published(self) -> None:
        """After the homeserver's answer, never before: what was not uploaded must be uploaded unchanged again."""
        self._account.mark_keys_as_published()

    def outbound_session(self, curve: str, one_time_key: str) -> OlmSession:
        """A session with the device of that identity key. Nothing in the account changes."""
        with refusing("Olm session"):
            made = self._account.create_outbound_session(_curve_key(curve), _curve_key(one_time_key))
            return OlmSession(made, self._key)

    def inbound_session(self, curve: str, body: str) -> tuple[OlmSession, bytes]:
        """The session that a message of type 0 begins, and its plaintext. The one-time key is used up."""
        with refusing("Olm session"):
            session, plain = self._account.create_inbound_session(_curve_key(curve), _pre_key(body))
            return OlmSession(session, self._key), bytes(plain)

    def device_keys(self, user_id: str, device_id: str) -> JsonObject:
        """`device_keys` of POST /keys/upload, signed by the device itself."""
        bare: JsonObject = {
            "user_id": user_id,
            "device_id": device_id,
            "algorithms": [OLM, MEGOLM],
            "keys": {f"curve25519:{device_id}": self.curve, f"ed25519:{device_id}": self.ed},
        }
        return sign(bare, user_id, device_id, self.sign)

    def signed_one_time_keys(self, user_id: str, device_id: str) -> JsonObject:
        """`one_time_keys` of POST /keys/upload: those not marked as published."""
        return self._signed(self.one_time_keys(), user_id, device_id, {})

    def signed_fallback_keys(self, user_id: str, device_id: str) -> JsonObject:
        """`fallback_keys` of POST /keys/upload: the one not marked as published, or nothing."""
        return self._signed(self.fallback_key(), user_id, device_id, {"fallback": True})

    def _signed(self, keys: dict[str, str], user_id: str, device_id: str, more: JsonObject) -> JsonObject:
        return {
            f"signed_curve25519:{key_id}": sign({"key": key} | more, user_id, device_id, self.sign)
            for key_id, key in keys.items()
        }


class OutboundGroup:
    """The key that we encrypt a room's messages with."""

    def __init__(self, session: vodozemac.GroupSession, key: bytes) -> None:
        self._session = session
        self._key = key

    @property
    def id(self) -> str:
        return self._session.session_id

    @property
    def session_key(self) -> str:
        """For `m.room_key`: opens the messages from the current index on."""
        return self._session.session_key.to_base64()

    @property
    def index(self) -> int:
        """The index of the next message."""
        return self._session.message_index

    def encrypt(self, plain: bytes) -> str:
        with refusing("Megolm"):
            return self._session.encrypt(plain).to_base64()

    def pickle(self) -> str:
        return self._session.pickle(self._key)


class InboundGroup:
    """A key that opens a room's messages of one sender's device, from an index on."""

    def __init__(self, session: vodozemac.InboundGroupSession, key: bytes) -> None:
        self._session = session
        self._key = key

    @property
    def id(self) -> str:
        return self._session.session_id

    @property
    def first_index(self) -> int:
        return self._session.first_known_index

    def decrypt(self, ciphertext: str) -> tuple[bytes, int]:
        """The plaintext and its index. TooEarly where an earlier state of the same key would open it."""
        with refusing("Megolm message"):
            message = vodozemac.MegolmMessage.from_base64(a_text(ciphertext, "Megolm message"))
            if message.message_index() < self.first_index:
                raise TooEarly(
                    f"message {message.message_index()} is before the key, which begins at {self.first_index}"
                )
            opened = self._session.decrypt(message)
            return bytes(opened.plaintext), opened.message_index

    def export(self, index: int | None = None) -> str:
        """The key from an index on (default: the first known), as it stands in forwarded and backed-up keys."""
        with refusing("Megolm key"):
            exported = self._session.export_at(self.first_index if index is None else index)
            if exported is None:
                raise CryptoError(f"Megolm key: nothing is known before index {self.first_index}")
            return exported.to_base64()

    def pickle(self) -> str:
        return self._session.pickle(self._key)

    def connected_with(self, other: "InboundGroup") -> bool:
        """Whether both are states of the same ratchet; the session id alone proves nothing."""
        index = max(self.first_index, other.first_index)
        return hmac.compare_digest(self.export(index), other.export(index))

    def better_than(self, other: "InboundGroup") -> bool:
        """Whether this is an earlier state of the same ratchet, so that it opens all that `other` does and more."""
        return self.first_index < other.first_index and self.connected_with(other)


class Ratchets:
    """Makes keys and sessions, or wakes them from their pickles; a pickle of another key is a CryptoError."""

    def __init__(self, pickle_key: bytes) -> None:
        self._key = derived_key(pickle_key, "askbridge vodozemac pickles")

    def new_account(self) -> Account:
        return Account(vodozemac.Account(), self._key)

    def account(self, pickle: str) -> Account:
        with refusing("pickled account"):
            return Account(vodozemac.Account.from_pickle(pickle, self._key), self._key)

    def session(self, pickle: str) -> OlmSession:
        with refusing("pickled Olm session"):
            return OlmSession(vodozemac.Session.from_pickle(pickle, self._key), self._key)

    def new_outbound(self) -> OutboundGroup:
        return OutboundGroup(vodozemac.GroupSession(), self._key)

    def outbound(self, pickle: str) -> OutboundGroup:
        with refusing("pickled outbound session"):
            return OutboundGroup(vodozemac.GroupSession.from_pickle(pickle, self._key), self._key)

    def inbound(self, session_key: str) -> InboundGroup:
        """From `session_key` of `m.room_key`."""
        with refusing("room key"):
            made = vodozemac.InboundGroupSession(vodozemac.SessionKey(a_text(session_key, "room key")))
            return InboundGroup(made, self._key)

    def imported(self, exported_key: str) -> InboundGroup:
        """From `session_key` of a forwarded or backed-up key: whoever gave it may have made it up."""
        with refusing("exported room key"):
            given = vodozemac.ExportedSessionKey(a_text(exported_key, "exported room key"))
            return InboundGroup(vodozemac.InboundGroupSession.import_session(given), self._key)

    def inbound_pickled(self, pickle: str) -> InboundGroup:
        with refusing("pickled room key"):
            return InboundGroup(vodozemac.InboundGroupSession.from_pickle(pickle, self._key), self._key)
