"""The cross-signing identity, against keys and signatures that matrix-js-sdk publishes for its own tests."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given

from bridge.crypto.errors import CryptoError
from bridge.crypto.identity import Identity
from bridge.crypto.signing import is_signed
from tests.crypto.samples import OURS, RATCHETS, THEIRS, hostile

ALICE = "@alice:localhost"
SEEDS = {
    "master": "ZG95b3VzcGVha3doYWFhYWFhYWFhYWFhYWFhYWFhbGU",
    "self_signing": "c2VsZnNlbGZzZWxmc2VsZnNlbGZzZWxmc2VsZnNlbGY",
    "user_signing": "dXNlcnVzZXJ1c2VydXNlcnVzZXJ1c2VydXNlcnVzZXI",
}
PUBLIC = {
    "master": "J+5An10v1vzZpAXTYFokD1/PEVccFnLC61EfRXit0UY",
    "self_signing": "aU2+2CyXQTCuDcmWW0EL2bhJ6PdjFW2LbAsbHqf02AY",
    "user_signing": "g5TC/zjQXyZYuDLZv7a41z5fFVrXpYPypG//AFQj8hY",
}
SIGNATURES = {
    "self_signing": "XfhYEhZmOs8BJdb3viatILBZ/bElsHXEW28V4tIaY5CxrBR0YOym3yZHWmRmypXessHZAKOhZn3yBMXzdajyCw",
    "user_signing": "6AkD1XM2H0/ebgP9oBdMKNeft7uxsrb0XN1CsjjHgeZCvCTMmv3BHlLiT/Hzy4fe8H+S1tr484dcXN/PIdnfDA",
}

IDENTITY = Identity.from_seeds(ALICE, SEEDS)


def test_keys_and_signatures_are_those_that_other_clients_make() -> None:
    identity, device = Identity.from_seeds(ALICE, SEEDS), RATCHETS.new_account()
    assert identity.public_keys() == PUBLIC and identity.seeds() == SEEDS
    body = identity.upload_body("DEV", device.sign)
    assert set(body) == {"master_key", "self_signing_key", "user_signing_key"}
    for usage, signature in SIGNATURES.items():
        key = body[f"{usage}_key"]
        assert key["keys"] == {f"ed25519:{PUBLIC[usage]}": PUBLIC[usage]} and key["usage"] == [usage]
        assert key["signatures"] == {ALICE: {f"ed25519:{PUBLIC['master']}": signature}}
    assert is_signed(body["master_key"], ALICE, "DEV", device.ed)


def test_a_new_identity_comes_back_from_its_seeds() -> None:
    identity = Identity.new(OURS)
    again = Identity.from_seeds(OURS, identity.seeds())
    assert again.public_keys() == identity.public_keys() != Identity.new(OURS).public_keys()
    assert len(set(identity.seeds().values())) == 3
    assert not any(seed in repr(identity) for seed in identity.seeds().values())
    with pytest.raises(FrozenInstanceError):
        identity.user_id = THEIRS  # type: ignore[misc]


def test_it_signs_its_own_devices_and_other_peoples_masters() -> None:
    ours, theirs, account = Identity.new(OURS), Identity.new(THEIRS), RATCHETS.new_account()
    device = account.device_keys(OURS, "DEV") | {"unsigned": {"device_display_name": "askbridge"}}
    signed = ours.sign_device(device)
    assert is_signed(signed, OURS, ours.self_signing.public, ours.self_signing.public)
    assert is_signed(signed, OURS, "DEV", account.ed)
    assert "unsigned" not in signed

    master = theirs.upload_body("PHONE", RATCHETS.new_account().sign)["master_key"]
    vouched = ours.sign_master_of(master)
    assert is_signed(vouched, OURS, ours.user_signing.public, ours.user_signing.public)
    assert list(vouched["signatures"]) == [OURS]


def test_it_signs_nothing_else() -> None:
    ours, account = Identity.new(OURS), RATCHETS.new_account()
    with pytest.raises(CryptoError):
        ours.sign_device(account.device_keys(THEIRS, "DEV"))
    with pytest.raises(CryptoError):
        ours.sign_master_of(account.device_keys(THEIRS, "DEV"))
    with pytest.raises(CryptoError):
        ours.sign_master_of(Identity.new(THEIRS).upload_body("D", account.sign)["self_signing_key"])


@given(hostile, hostile)
def test_what_is_no_seed_no_device_and_no_key_is_refused(seeds: Any, seed: Any) -> None:
    for bad in (seeds, SEEDS | {"master": seed}, {}):
        with pytest.raises(CryptoError):
            Identity.from_seeds(OURS, bad)
    with pytest.raises(CryptoError):
        IDENTITY.sign_device(seeds)
    with pytest.raises(CryptoError):
        IDENTITY.sign_master_of(seeds)
