"""The bot's own cross-signing identity: three keys, and what they sign (spec "Cross-signing")."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bridge.crypto.errors import CryptoError, JsonObject, an_object, text_of
from bridge.crypto.signing import SEED_BYTES, SignBytes, SigningKey, b64, sign, unb64

MASTER, SELF_SIGNING, USER_SIGNING = USAGES = ("master", "self_signing", "user_signing")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who holds the seeds of these keys is the user."""

    user_id: str
    master: SigningKey
    self_signing: SigningKey
    user_signing: SigningKey

    @classmethod
    def new(cls, user_id: str) -> "Identity":
        return cls(user_id, *(SigningKey(secrets.token_bytes(SEED_BYTES)) for _ in USAGES))

    @classmethod
    def from_seeds(cls, user_id: str, seeds: Mapping[str, str]) -> "Identity":
        """From what `seeds()` gave, or what secret storage holds: usage -> base64 of 32 bytes."""
        given = an_object(seeds, "seeds")
        return cls(user_id, *(SigningKey(unb64(text_of(given, usage))) for usage in USAGES))

    def seeds(self) -> dict[str, str]:
        """usage -> base64 of the secret half. Commit them before the public halves are uploaded."""
        return {usage: b64(key.seed) for usage, key in self._keys().items()}

    def public_keys(self) -> dict[str, str]:
        """usage -> base64 of the public half, to be compared with what /keys/query says."""
        return {usage: key.public for usage, key in self._keys().items()}

    def upload_body(self, device_id: str, sign_bytes: SignBytes) -> JsonObject:
        """For POST /keys/device_signing/upload, without `auth`; the device, by `sign_bytes`, vouches for the master."""
        return {
            "master_key": sign(self._described(MASTER), self.user_id, device_id, sign_bytes),
            "self_signing_key": self._by_master(self._described(SELF_SIGNING)),
            "user_signing_key": self._by_master(self._described(USER_SIGNING)),
        }

    def sign_device(self, device_keys: JsonObject) -> JsonObject:
        """Our own device's keys with the self-signing key's signature beside those that are there.

        Fit for POST /keys/upload, and for /keys/signatures/upload. Give it what the store knows, never what the
        homeserver shows.
        """
        if text_of(an_object(device_keys, "device keys"), "user_id") != self.user_id:
            raise CryptoError("only our own devices are signed by the self-signing key")
        return sign(_without(device_keys, "unsigned"), self.user_id, self.self_signing.public, self.self_signing.sign)

    def sign_master_of(self, master_key: JsonObject) -> JsonObject:
        """Somebody's master key as /keys/query shows it, with our signature alone: for /keys/signatures/upload."""
        if an_object(master_key, "master key").get("usage") != [MASTER]:
            raise CryptoError("only master keys are signed by the user-signing key")
        bare = _without(master_key, "unsigned", "signatures")
        return sign(bare, self.user_id, self.user_signing.public, self.user_signing.sign)

    def _keys(self) -> dict[str, SigningKey]:
        return {MASTER: self.master, SELF_SIGNING: self.self_signing, USER_SIGNING: self.user_signing}

    def _described(self, usage: str) -> JsonObject:
        public = self._keys()[usage].public
        return {"user_id": self.user_id, "usage": [usage], "keys": {f"ed25519:{public}": public}}

    def _by_master(self, thing: JsonObject) -> JsonObject:
        return sign(thing, self.user_id, self.master.public, self.master.sign)


def _without(thing: JsonObject, *names: str) -> JsonObject:
    return {key: value for key, value in thing.items() if key not in names}
