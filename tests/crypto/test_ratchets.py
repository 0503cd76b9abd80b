"""Accounts, sessions and room keys: stories between devices, pickles on the way, and hostile input."""

import base64
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import vodozemac
from hypothesis import given
from hypothesis import strategies as st

from bridge.crypto.errors import CryptoError
from bridge.crypto.ratchets import Account, OlmSession, Ratchets, TooEarly
from bridge.crypto.signing import b64, is_signed, unb64
from tests.crypto.samples import OURS, RATCHETS, Damage, channel, damaged, damages, hostile, published


def slept(account: Account) -> Account:
    return RATCHETS.account(account.pickle())


def woken(session: OlmSession) -> OlmSession:
    return RATCHETS.session(session.pickle())


def test_two_devices_talk_though_both_fall_asleep_after_every_message() -> None:
    ann, (bob, keys) = RATCHETS.new_account(), published()
    hers = ann.outbound_session(bob.curve, keys[0])
    first, second = hers.encrypt(b"first"), hers.encrypt(b"second")
    assert first["type"] == second["type"] == 0

    bob = slept(bob)
    his, plain = bob.inbound_session(ann.curve, first["body"])
    assert plain == b"first" and his.id == hers.id
    his = woken(his)
    assert his.matches(second["body"])
    assert his.decrypt(second["type"], second["body"]) == b"second"

    answer = his.encrypt("réponse".encode())
    hers = woken(hers)
    assert answer["type"] == 1
    assert hers.decrypt(1, answer["body"]) == "réponse".encode()
    later = hers.encrypt(b"later")
    assert later["type"] == 1 and woken(his).decrypt(1, later["body"]) == b"later"


def test_a_one_time_key_serves_once() -> None:
    ann, eve, (bob, keys) = RATCHETS.new_account(), RATCHETS.new_account(), published()
    message = ann.outbound_session(bob.curve, keys[0]).encrypt(b"mine")
    again = eve.outbound_session(bob.curve, keys[0]).encrypt(b"mine, too")
    with pytest.raises(CryptoError):
        bob.inbound_session(eve.curve, message["body"])
    bob.inbound_session(ann.curve, message["body"])
    with pytest.raises(CryptoError):
        bob.inbound_session(eve.curve, again["body"])
    with pytest.raises(CryptoError):
        bob.inbound_session(ann.curve, message["body"])


def test_keys_count_as_new_until_the_homeserver_has_them() -> None:
    account = RATCHETS.new_account()
    assert account.one_time_keys() == account.fallback_key() == {}
    account.generate(3)
    account.generate_fallback()
    made, spare = account.one_time_keys(), account.fallback_key()
    assert len(made) == 3 and len(spare) == 1

    account = slept(account)
    assert (account.one_time_keys(), account.fallback_key()) == (made, spare)
    account.mark_published()
    assert account.one_time_keys() == account.fallback_key() == {}
    account.generate(1)
    assert not account.one_time_keys().keys() & made.keys()


def test_the_fallback_key_serves_when_the_others_are_gone_and_one_round_longer() -> None:
    bob, keys = published()
    ann, eve = RATCHETS.new_account(), RATCHETS.new_account()
    bob.inbound_session(ann.curve, ann.outbound_session(bob.curve, keys[0]).encrypt(b"x")["body"])
    bob.generate_fallback()
    [spare] = bob.fallback_key().values()
    bob.mark_published()

    def reaches(sender: Account) -> bytes:
        return bob.inbound_session(sender.curve, sender.outbound_session(bob.curve, spare).encrypt(b"in")["body"])[1]

    assert reaches(ann) == reaches(eve) == b"in"
    bob.generate_fallback()
    bob.mark_published()
    bob = slept(bob)
    assert reaches(ann) == b"in"
    bob.generate_fallback()
    with pytest.raises(CryptoError):
        reaches(eve)


def test_what_is_uploaded_is_signed_by_the_device() -> None:
    account = RATCHETS.new_account()
    account.generate(2)
    account.generate_fallback()
    device = account.device_keys(OURS, "DEV")
    assert device["keys"] == {"curve25519:DEV": account.curve, "ed25519:DEV": account.ed}
    assert is_signed(device, OURS, "DEV", account.ed)

    keys, spare = account.signed_one_time_keys(OURS, "DEV"), account.signed_fallback_keys(OURS, "DEV")
    assert {name.partition(":")[2]: key["key"] for name, key in keys.items()} == account.one_time_keys()
    assert {name.partition(":")[0] for name in keys | spare} == {"signed_curve25519"}
    assert all(is_signed(key, OURS, "DEV", account.ed) for key in (keys | spare).values())
    assert [key["fallback"] for key in spare.values()] == [True]
    assert account.signed_one_time_keys(OURS, "DEV").keys() == keys.keys()


def test_a_room_key_opens_from_where_it_was_given() -> None:
    ours = RATCHETS.new_outbound()
    early = RATCHETS.inbound(ours.session_key)
    messages = [ours.encrypt(f"message {number}".encode()) for number in range(3)]
    ours = RATCHETS.outbound(ours.pickle())
    late = RATCHETS.inbound(ours.session_key)
    messages.append(ours.encrypt(b"message 3"))

    assert ours.index == 4 and (early.first_index, late.first_index) == (0, 3)
    assert early.id == late.id == ours.id
    early = RATCHETS.inbound_pickled(early.pickle())
    opened = [early.decrypt(message) for message in reversed(messages)]
    assert opened == [(f"message {number}".encode(), number) for number in (3, 2, 1, 0)]
    assert late.decrypt(messages[3]) == (b"message 3", 3)
    with pytest.raises(TooEarly):
        late.decrypt(messages[2])
    with pytest.raises(CryptoError):
        early.decrypt(RATCHETS.new_outbound().encrypt(b"of another room"))


def forged(like: str, ratchet: str) -> str:
    """An exported key that says it is the session of `like`, with the ratchet of another."""
    return b64(unb64(ratchet)[:-32] + unb64(like)[-32:])


def test_only_an_earlier_state_of_the_same_ratchet_is_better() -> None:
    ours, other = RATCHETS.new_outbound(), RATCHETS.new_outbound()
    early = RATCHETS.inbound(ours.session_key)
    late = RATCHETS.imported(early.export(5))
    assert (late.first_index, late.id) == (5, early.id)
    assert early.connected_with(late) and late.connected_with(early)
    assert early.better_than(late) and not late.better_than(early) and not early.better_than(early)

    liar = RATCHETS.imported(forged(early.export(), RATCHETS.inbound(other.session_key).export()))
    assert liar.id == early.id and liar.first_index < late.first_index
    assert not liar.connected_with(late) and not liar.better_than(late)
    assert not liar.connected_with(RATCHETS.inbound(other.session_key))


def test_an_export_begins_where_it_is_told() -> None:
    ours = RATCHETS.new_outbound()
    whole = RATCHETS.inbound(ours.session_key)
    late = RATCHETS.imported(whole.export(2))
    messages = [ours.encrypt(b"x") for _ in range(3)]
    assert late.export() == whole.export(2) == late.export(2)
    assert late.decrypt(messages[2]) == (b"x", 2)
    bad: list[Any] = [1, -1, 2**32, "2", 2.0]
    for index in bad:
        with pytest.raises(CryptoError):
            late.export(index)


@given(st.binary(min_size=1), st.binary(min_size=1))
def test_pickles_open_with_their_own_key_alone(key: bytes, other: bytes) -> None:
    ratchets, strangers = Ratchets(key), Ratchets(other)
    account, group = ratchets.new_account(), ratchets.new_outbound()
    assert ratchets.account(account.pickle()).ed == account.ed
    if key != other:
        with pytest.raises(CryptoError):
            strangers.account(account.pickle())
        with pytest.raises(CryptoError):
            strangers.outbound(group.pickle())


@given(damages, st.binary())
def test_one_changed_character_yields_no_other_plaintext(damage: Damage, plain: bytes) -> None:
    _, _, hers, his = channel()
    message, group = his.encrypt(plain), RATCHETS.new_outbound()
    key, ciphertext = RATCHETS.inbound(group.session_key), group.encrypt(plain)
    try:
        assert hers.decrypt(1, damaged(message["body"], damage)) == plain
    except CryptoError:
        assert hers.decrypt(1, message["body"]) == plain
    try:
        assert key.decrypt(damaged(ciphertext, damage)) == (plain, 0)
    except CryptoError:
        assert key.decrypt(ciphertext) == (plain, 0)


ANN, BOB, HERS, HIS = channel()
KEY = RATCHETS.inbound(RATCHETS.new_outbound().session_key)
WAKING: tuple[Callable[[Any], object], ...] = (
    RATCHETS.account,
    RATCHETS.session,
    RATCHETS.outbound,
    RATCHETS.inbound,
    RATCHETS.imported,
    RATCHETS.inbound_pickled,
)


@given(hostile, hostile)
def test_anything_at_all_is_refused_as_a_crypto_error(one: Any, two: Any) -> None:
    doors: list[Callable[[], object]] = [
        lambda: ANN.outbound_session(one, two),
        lambda: ANN.outbound_session(BOB.curve, one),
        lambda: BOB.inbound_session(one, two),
        lambda: BOB.inbound_session(ANN.curve, one),
        lambda: HIS.decrypt(one, two),
        lambda: HIS.decrypt(0, one),
        lambda: HIS.decrypt(1, one),
        lambda: HIS.matches(one),
        lambda: KEY.decrypt(one),
        *(partial(wake, one) for wake in WAKING),
    ]
    for refused in doors:
        with pytest.raises(CryptoError):
            refused()


def test_a_type_that_only_looks_like_one_is_refused() -> None:
    message = HERS.encrypt(b"x")
    for kind in (True, 1.0, "1", 2, -1, 2**70, None):
        with pytest.raises(CryptoError):
            HIS.decrypt(kind, message["body"])  # type: ignore[arg-type]
    assert HIS.decrypt(1, message["body"]) == b"x"


def test_what_we_made_is_what_vodozemac_makes() -> None:
    """A plain vodozemac session opens what ours wrote: nothing of ours is in the messages."""
    account, (ours, keys) = vodozemac.Account(), published()
    theirs = account.create_outbound_session(
        vodozemac.Curve25519PublicKey.from_base64(ours.curve), vodozemac.Curve25519PublicKey.from_base64(keys[0])
    )
    kind, body = theirs.encrypt(b"hello").to_parts()
    session, plain = ours.inbound_session(account.curve25519_key.to_base64(), base64.b64encode(body).decode())
    answer = session.encrypt(b"you, too")
    assert (kind, plain) == (0, b"hello")
    padded = answer["body"] + "=" * (-len(answer["body"]) % 4)
    message = vodozemac.AnyOlmMessage.from_parts(answer["type"], base64.b64decode(padded))
    assert theirs.decrypt(message) == b"you, too"
