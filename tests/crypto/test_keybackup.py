"""The backup of room keys, against a backup that matrix-js-sdk publishes for its own tests."""

import json
from typing import Any

import pytest
import vodozemac
from hypothesis import given

from bridge.crypto.errors import CryptoError
from bridge.crypto.identity import Identity
from bridge.crypto.keybackup import (
    BackedUp,
    auth_data,
    decrypt_session,
    encrypt_session,
    is_ours,
    new_backup_key,
    public_of,
)
from bridge.crypto.signing import b64
from tests.crypto.samples import OURS, RATCHETS, hostile

PRIVATE = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="
PUBLIC = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"
SESSION_ID = "ipdI6Zs/7DzFTEhiA2iGaMDfHkIYCleqXT6L+5e1/co"
THEIRS: dict[str, Any] = {
    "first_message_index": 1,
    "forwarded_count": 0,
    "is_verified": False,
    "session_data": {
        "ciphertext": (
            "r6HRk2/Im2yJe5cLP8R81aVjFWjYWPHpw7TVxphiSK1cdIDZTTK57r6MfU+0i/mTPn+/PosT74OvYwCnehy2d1BPGxhDl8AhPcBu3//K"
            "zlq2o5CssPsw+88gRehkAsPg9Zp5G9sL9to6giltvTWTbsaQpmvv3HLmBOYSFIxvyZrOT/Ffqu325f0IEsKcyV2BdIkw8Ob9Xt+VWoe4"
            "MYEGG6y1T8W125zeFgKWI4Ow76uput64H9zZjIo+Cc+hCTO9Ea4EnosSjizCotevkNck7C/zGgfhBikiohROb6SbaZgxicSsEDZ+f7br"
            "nri9yP3iXS3PMDHHpa1+XzG2VOG/Y9OQZpkPq+pbLrCC+NWJeJPslDAK5i+RURwzjnPmaHKCRHTq86CwhFyiCDf61MGwCY3xjrmBJg44"
            "BCdxWqCx0YJvwsvVqqnl4vTieUfrwThNPsQ81aVkDHvlmrgrTt8icDa8jTJhu34jem+pbRSEM5aJikV4B+zYiLz+dH/v6UpYA2eG8ReO"
            "vwpPXp6CAcIlplRPpWbMBeLFVcPkT4KAXTp9exFpB4on4pf8OsaDomlt4qAA0rhAZmhPWPKcU/A0Tz4gyMu54OivVtw1SPj+5Iq+YDQ8"
            "jB6Po3ApzMf6fwF9x/FjevbboFB05X2Jr0NrbFqXMOUwXHMgDAGiIWX8+gkmmbaiNWqg2etjN94pobQSGZelb18XGN7kuwMk+Zwk7A"
        ),
        "ephemeral": "q+P1WdRtEiPIEtNuuGrRcueZxUbLnSKdsuTAkxewXgU",
        "mac": "OibmACbORhI",
    },
}
THEIR_MESSAGE = (
    "AwgAEnAkBmciEAyhh1j6DCk29UXJ7kv/kvayUNfuNT0iAioLxcXjFXOZ5ho3jF1/wrytlt0Lb298uMM67OxdVMi+/mMfYpwlvi07P9cIH6CMSj8t"
    "yhYoWl0SrKY6tkPf5GWOlRSRRKbziXa96FHXvnA3V2FCAIGtAe3G4ei5RPbhkmKAFBLAen33/D6MjJVqU8Ojr5vTkgls5eyirarlVpsmnH06alDa"
    "xO8avrU0NL+Vsw26xvlUQgEMOnUJ"
)


def test_a_backup_of_another_client_opens_a_message_of_another_client() -> None:
    assert public_of(PRIVATE) == PUBLIC
    backed_up = decrypt_session(PRIVATE, THEIRS)
    key = RATCHETS.imported(backed_up.exported)
    assert key.id == SESSION_ID
    assert backed_up.ed == "Bhbpt6hqMZlSH4sJV7xiEEEiPVeTWz4Vkujl1EMdIPI"
    plain, index = key.decrypt(THEIR_MESSAGE)
    assert json.loads(plain)["content"]["body"] == "Hello world" and index == 0


def test_our_keys_come_back() -> None:
    private = new_backup_key()
    key = RATCHETS.inbound(RATCHETS.new_outbound().session_key)
    stored = encrypt_session(public_of(private), key.export(3), 3, "curve", "ed", verified=True)
    assert (stored["first_message_index"], stored["forwarded_count"], stored["is_verified"]) == (3, 0, True)
    assert decrypt_session(private, json.loads(json.dumps(stored))) == BackedUp(key.export(3), "curve", "ed")
    for other in (new_backup_key(), PRIVATE):
        with pytest.raises(CryptoError):
            decrypt_session(other, stored)


def test_a_backup_is_ours_by_the_master_keys_signature() -> None:
    identity, account, private = Identity.new(OURS), RATCHETS.new_account(), new_backup_key()
    master = identity.master.public
    data = auth_data(private, OURS, {"DEV": account.sign, master: identity.master.sign})
    assert data["public_key"] == public_of(private)
    assert set(data["signatures"][OURS]) == {"ed25519:DEV", f"ed25519:{master}"}
    assert is_ours(data, OURS, master)
    assert not is_ours(data | {"public_key": PUBLIC}, OURS, master)
    assert not is_ours(auth_data(private, OURS, {"DEV": account.sign}), OURS, master)
    assert not is_ours(data, OURS, Identity.new(OURS).master.public)


@given(hostile, hostile)
def test_anything_at_all_is_refused_as_a_crypto_error(one: Any, two: Any) -> None:
    stored = encrypt_session(PUBLIC, "key", 0, "curve", "ed")
    bad = [one, {"session_data": one}, stored | {"session_data": two}]
    bad += [stored | {"session_data": stored["session_data"] | {part: one}} for part in ("ciphertext", "ephemeral")]
    for given_ in bad:
        with pytest.raises(CryptoError):
            decrypt_session(PRIVATE, given_)
    with pytest.raises(CryptoError):
        decrypt_session(one, stored)
    with pytest.raises(CryptoError):
        public_of(one)
    with pytest.raises(CryptoError):
        encrypt_session(one, "key", 0, "curve", "ed")
    assert not is_ours(one, OURS, two)


def put_in(plain: bytes) -> dict[str, Any]:
    """What anybody can put into the backup who knows its public key."""
    made = vodozemac.PkEncryption.from_key(vodozemac.Curve25519PublicKey.from_base64(PUBLIC)).encrypt(plain)
    parts = {"ciphertext": made.ciphertext, "mac": made.mac, "ephemeral": made.ephemeral_key}
    return {"session_data": {name: b64(part) for name, part in parts.items()}}


@given(hostile)
def test_what_others_put_in_must_have_the_form_of_a_key(given_: Any) -> None:
    good = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "session_key": "key",
        "sender_key": "curve",
        "sender_claimed_keys": {"ed25519": "ed"},
    }
    assert decrypt_session(PRIVATE, put_in(json.dumps(good).encode())) == BackedUp("key", "curve", "ed")
    no_text = [given_] if not isinstance(given_, str) else []
    bad = [given_, good | {"algorithm": given_}, good | {"sender_claimed_keys": given_}]
    bad += [good | {name: value} for name in ("session_key", "sender_key") for value in no_text]
    for plain in (b"\xff", b"[" * 100_000, *(json.dumps(each).encode() for each in bad)):
        with pytest.raises(CryptoError):
            decrypt_session(PRIVATE, put_in(plain))
