"""Interactive verification: both roles, both at once, and everything that a lying partner may send."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.crypto.emoji import EMOJI
from bridge.crypto.sas import Broken, Message, Step, Verification, asked_of_device, can_answer
from tests.crypto.samples import OURS, THEIRS, hostile

BOT_KEYS = {"ed25519:BOT": "botdevicekey", "ed25519:botmaster": "botmaster"}
ANN_KEYS = {"ed25519:ANN": "anndevicekey", "ed25519:annmaster": "annmaster"}
TXN = "$request"
CARRY: dict[str, Any] = {"m.relates_to": {"rel_type": "m.reference", "event_id": TXN}}
KINDS = [f"m.key.verification.{kind}" for kind in ("ready", "start", "accept", "key", "mac", "done", "cancel")]


def pair(*, we_asked: bool = False) -> tuple[Verification, Verification]:
    """The bot and Ann before `ready`. Who asked does not know the device that will answer."""
    bot = Verification(TXN, OURS, "BOT", BOT_KEYS, THEIRS, None if we_asked else "ANN")
    ann = Verification(TXN, THEIRS, "ANN", ANN_KEYS, OURS, "BOT" if we_asked else None)
    return bot, ann


def carried(to: Verification, *messages: Message) -> list[Message]:
    """Delivers with what the carrier adds; what is answered."""
    return [answer for kind, content in messages for answer in to.receive(kind, content | CARRY)]


def talk(one: Verification, other: Verification, *messages: Message) -> None:
    """Back and forth, beginning with what `one` sent, until nobody has anything to say."""
    out = list(messages)
    while out:
        out = carried(other, *out)
        one, other = other, one


def shown(*, ann_starts: bool = True) -> tuple[Verification, Verification]:
    bot, ann = pair()
    talk(bot, ann, *bot.ready())
    first, second = (ann, bot) if ann_starts else (bot, ann)
    talk(first, second, *first.begin(CARRY))
    return bot, ann


def macs_of_ann(ann: Verification) -> dict[str, Any]:
    [(_, content), *_] = ann.confirm(BOT_KEYS, "botmaster")
    return copy.deepcopy(content)


@pytest.mark.parametrize("ann_starts", [True, False])
@pytest.mark.parametrize("we_asked", [True, False])
@pytest.mark.parametrize("bot_first", [True, False])
def test_both_see_the_same_and_verify_each_other(ann_starts: bool, we_asked: bool, bot_first: bool) -> None:
    bot, ann = pair(we_asked=we_asked)
    answering, asking = (ann, bot) if we_asked else (bot, ann)
    talk(answering, asking, *answering.ready())
    assert (bot.step, ann.step) == (Step.READY, Step.READY)
    assert (bot.other_device, ann.other_device) == ("ANN", "BOT")
    first, second = (ann, bot) if ann_starts else (bot, ann)
    talk(first, second, *first.begin(CARRY))

    assert (bot.step, ann.step) == (Step.SHOWN, Step.SHOWN)
    assert bot.emoji == ann.emoji and bot.decimals == ann.decimals
    assert len(bot.emoji) == 7 and set(bot.emoji) <= set(EMOJI)
    assert bot.decimals and all(1000 <= number <= 9191 for number in bot.decimals)

    if bot_first:
        talk(bot, ann, *bot.confirm(ANN_KEYS, "annmaster"))
        assert (bot.step, ann.step) == (Step.SHOWN, Step.SHOWN)
        talk(ann, bot, *ann.confirm(BOT_KEYS, "botmaster"))
    else:
        talk(ann, bot, *ann.confirm(BOT_KEYS, "botmaster"))
        talk(bot, ann, *bot.confirm(ANN_KEYS, "annmaster"))
    assert (bot.step, ann.step) == (Step.DONE, Step.DONE)
    assert bot.done_seen and ann.done_seen
    assert (bot.verified_keys, ann.verified_keys) == (ANN_KEYS, BOT_KEYS)


def test_it_is_the_same_for_a_device_of_our_own_and_to_device() -> None:
    carry = {"transaction_id": "t1"}
    new = Verification("t1", OURS, "NEW", {"ed25519:NEW": "new"}, OURS, "BOT")
    bot = Verification("t1", OURS, "BOT", BOT_KEYS, OURS, "NEW")
    out = bot.ready()
    talk(bot, new, *out)
    out, sender, taker = new.begin(carry), new, bot
    while out:
        out = [answer for kind, content in out for answer in taker.receive(kind, content | carry)]
        sender, taker = taker, sender
    assert bot.decimals == new.decimals is not None
    talk(bot, new, *bot.confirm({"ed25519:NEW": "new"}, None))
    talk(new, bot, *new.confirm(BOT_KEYS, "botmaster"))
    assert bot.verified_keys == {"ed25519:NEW": "new"} and new.verified_keys == BOT_KEYS


def test_where_both_start_the_smaller_user_id_counts_whatever_comes_first() -> None:
    bot, ann = pair()
    talk(bot, ann, *bot.ready())
    from_bot, from_ann = bot.begin(CARRY), ann.begin(CARRY)
    assert THEIRS < OURS
    assert carried(ann, *from_bot) == []
    talk(bot, ann, *carried(bot, *from_ann))
    assert bot.step is ann.step is Step.SHOWN and bot.decimals == ann.decimals

    one, two = (Verification(TXN, OURS, device, BOT_KEYS, OURS, other) for device, other in (("A", "B"), ("B", "A")))
    talk(one, two, *one.ready())
    from_one, from_two = one.begin(CARRY), two.begin(CARRY)
    assert carried(one, *from_two) == []
    talk(two, one, *carried(two, *from_one))
    assert one.step is two.step is Step.SHOWN and one.emoji == two.emoji


def test_beginning_after_they_began_says_nothing() -> None:
    bot, _ = shown(ann_starts=True)
    assert bot.begin(CARRY) == [] and bot.step is Step.SHOWN


def test_a_second_device_that_answers_later_is_passed_over() -> None:
    bot, ann = pair(we_asked=True)
    talk(ann, bot, *ann.ready())
    assert bot.receive(KINDS[0], {"from_device": "LAPTOP", "methods": ["m.sas.v1"]}) == []
    assert bot.other_device == "ANN" and bot.step is Step.READY


def test_only_numbers_where_one_knows_no_emoji() -> None:
    bot, ann = pair()
    talk(bot, ann, *bot.ready())
    [(kind, accept)] = carried(ann, *bot.begin(CARRY))
    accept["short_authentication_string"] = ["decimal"]
    talk(ann, bot, (kind, accept))
    assert bot.emoji == [] and bot.decimals == ann.decimals is not None

    bot, ann = pair()
    talk(bot, ann, *bot.ready())
    [(kind, start)] = ann.begin(CARRY)
    [(_, accept)] = bot.receive(kind, start | CARRY | {"short_authentication_string": ["decimal", "smell"]})
    assert accept["short_authentication_string"] == ["decimal"]


def test_people_say_that_it_differs() -> None:
    bot, ann = shown()
    [(kind, content)] = bot.mismatch()
    assert content["code"] == "m.mismatched_sas"
    assert ann.receive(kind, content) == []
    assert ann.cancelled == ("m.mismatched_sas", content["reason"])
    assert bot.step is ann.step is Step.CANCELLED
    assert bot.cancel("m.user", "again") == bot.confirm(ANN_KEYS, "annmaster") == bot.ready() == []


def test_a_stranger_between_them_shows_different_emoji_and_fits_no_mac() -> None:
    """Eve answers Ann as the bot, and the bot as Ann."""
    bot, ann = pair()
    as_ann = Verification(TXN, THEIRS, "ANN", ANN_KEYS, OURS, "BOT")
    as_bot = Verification(TXN, OURS, "BOT", BOT_KEYS, THEIRS, "ANN")
    talk(bot, as_ann, *bot.ready())
    talk(as_bot, ann, *as_bot.ready())
    talk(as_ann, bot, *as_ann.begin(CARRY))
    talk(ann, as_bot, *ann.begin(CARRY))
    assert bot.decimals != ann.decimals
    bot.confirm(ANN_KEYS, "annmaster")
    with pytest.raises(Broken, match=r"m\.key_mismatch"):
        bot.receive("m.key.verification.mac", macs_of_ann(ann))
    assert bot.verified_keys == {} and bot.step is Step.CANCELLED


def test_a_key_that_was_not_promised_is_refused() -> None:
    bot, ann = pair()
    talk(bot, ann, *bot.ready())
    accept = carried(ann, *bot.begin(CARRY))
    [(_, ours)] = carried(bot, *accept)
    with pytest.raises(Broken, match=r"m\.mismatched_commitment"):
        bot.receive("m.key.verification.key", ours)


def test_a_start_that_was_changed_on_the_way_is_noticed() -> None:
    bot, ann = pair()
    talk(bot, ann, *bot.ready())
    [(kind, start)] = bot.begin(CARRY)
    accept = ann.receive(kind, start | CARRY | {"hashes": ["sha256", "md5"]})
    ours = carried(bot, *accept)
    with pytest.raises(Broken, match=r"m\.mismatched_commitment"):
        carried(bot, *carried(ann, *ours))


Change = Callable[[dict[str, Any]], Any]
LIES: dict[str, Change] = {
    "another device's key": lambda c: c["mac"].update({"ed25519:ANN": c["mac"]["ed25519:annmaster"]}),
    "a key more than listed": lambda c: c["mac"].update({"ed25519:x": "x"}),
    "a key less than listed": lambda c: c["mac"].pop("ed25519:ANN"),
    "no master key": lambda c: c["mac"].pop("ed25519:annmaster"),
    "nothing at all": lambda c: c["mac"].clear(),
    "a broken list": lambda c: c.update(keys="AAAA"),
    "letters of no encoding": lambda c: c["mac"].update({"\ud800": "x"}),
    "a tag of no encoding": lambda c: c["mac"].update({"ed25519:ANN": "\ud800"}),
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("confirmed_before", [True, False])
def test_macs_that_do_not_fit_are_refused_and_nothing_counts_as_verified(lie: str, confirmed_before: bool) -> None:
    bot, ann = shown()
    macs = macs_of_ann(ann)
    LIES[lie](macs)
    steps: list[Callable[[], object]] = [
        lambda: bot.confirm(ANN_KEYS, "annmaster"),
        lambda: bot.receive("m.key.verification.mac", macs),
    ]
    first, second = steps if confirmed_before else reversed(steps)
    first()
    with pytest.raises(Broken, match=r"m\.key_mismatch") as broken:
        second()
    kind, content = broken.value.message
    assert (kind, content["code"]) == ("m.key.verification.cancel", "m.key_mismatch")
    assert bot.verified_keys == {} and bot.step is Step.CANCELLED


def vouching_for(keys: dict[str, str], known: dict[str, str], master: str | None) -> Verification:
    """A bot that was told by Ann, truly, that `keys` are hers."""
    bot, ann = pair()
    ann.mine = keys
    talk(bot, ann, *bot.ready())
    talk(ann, bot, *ann.begin(CARRY))
    bot.receive("m.key.verification.mac", macs_of_ann(ann))
    bot.confirm(known, master)
    return bot


def test_the_key_that_counts_must_be_vouched_for() -> None:
    device = {"ed25519:ANN": "anndevicekey"}
    with pytest.raises(Broken, match="not vouched"):
        vouching_for(device, ANN_KEYS, "annmaster")
    with pytest.raises(Broken, match="not vouched"):
        vouching_for({"ed25519:LAPTOP": "laptop"}, device | {"ed25519:LAPTOP": "laptop"}, None)
    with pytest.raises(Broken, match="does not fit"):
        vouching_for(ANN_KEYS | {"ed25519:annmaster": "other"}, ANN_KEYS, "annmaster")
    assert vouching_for(ANN_KEYS, device, None).verified_keys == device
    assert vouching_for(ANN_KEYS | {"ed25519:unheard": "x"}, ANN_KEYS, "annmaster").verified_keys == ANN_KEYS


def test_a_device_that_is_named_like_a_master_key_is_no_master_key() -> None:
    """The homeserver names devices: it must not get a key of its own verified as a master key."""
    disguised = {"ed25519:ANN": "anndevicekey", "ed25519:evilmaster": "anndevicekey"}
    with pytest.raises(Broken, match="does not fit"):
        vouching_for(disguised, disguised, "evilmaster")


def at(step: Step) -> Verification:
    """The bot at a step, with Ann having started where somebody had to."""
    bot, ann = pair()
    if step is Step.REQUESTED:
        return bot
    ready = bot.ready()
    talk(bot, ann, *ready)
    if step is Step.STARTED:
        bot.begin(CARRY)
    elif step is Step.ACCEPTED:
        carried(bot, *ann.begin(CARRY))
    elif step in (Step.SHOWN, Step.DONE):
        talk(ann, bot, *ann.begin(CARRY))
    if step is Step.DONE:
        talk(ann, bot, *ann.confirm(BOT_KEYS, "botmaster"))
        talk(bot, ann, *bot.confirm(ANN_KEYS, "annmaster"))
    return bot


GOOD: dict[str, dict[str, Any]] = {
    "ready": {"from_device": "ANN", "methods": ["m.sas.v1"]},
    "start": {},
    "accept": {},
    "key": {"key": "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"},
    "mac": {"mac": {"ed25519:ANN": "AAAA"}, "keys": "AAAA"},
    "done": {},
}
EXPECTED = {
    Step.REQUESTED: {"ready", "start"},
    Step.READY: {"start"},
    Step.STARTED: {"start", "accept"},
    Step.ACCEPTED: {"key"},
    Step.SHOWN: {"mac"},
}


@pytest.mark.parametrize("step", EXPECTED)
def test_whatever_comes_out_of_turn_ends_it(step: Step) -> None:
    for kind in GOOD.keys() - EXPECTED[step]:
        bot = at(step)
        with pytest.raises(Broken, match=r"m\.unexpected_message"):
            bot.receive(f"m.key.verification.{kind}", GOOD[kind])
        assert bot.step is Step.CANCELLED
        assert bot.receive("m.key.verification.done", {}) == [] and not bot.done_seen


def test_a_second_mac_ends_it() -> None:
    bot, ann = shown()
    macs = macs_of_ann(ann)
    bot.receive("m.key.verification.mac", macs)
    with pytest.raises(Broken, match=r"m\.unexpected_message"):
        bot.receive("m.key.verification.mac", macs)


def test_what_comes_after_the_end_changes_nothing() -> None:
    bot = at(Step.DONE)
    for kind in KINDS:
        assert bot.receive(kind, {}) == []
    assert bot.step is Step.DONE and bot.verified_keys == ANN_KEYS and bot.cancelled is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"method": "m.qr.v1"}, "m.unknown_method"),
        ({"hashes": ["sha512"]}, "m.unknown_method"),
        ({"message_authentication_codes": ["hkdf-hmac-sha256"]}, "m.unknown_method"),
        ({"key_agreement_protocols": ["curve25519"]}, "m.unknown_method"),
        ({"short_authentication_string": ["picture"]}, "m.unknown_method"),
        ({"from_device": "LAPTOP"}, "m.invalid_message"),
        ({"extra": 1.5}, "m.invalid_message"),
    ],
)
def test_a_start_without_anything_in_common_is_refused(changed: dict[str, Any], code: str) -> None:
    bot, ann = pair()
    talk(bot, ann, *bot.ready())
    [(kind, start)] = ann.begin(CARRY)
    with pytest.raises(Broken, match=code):
        bot.receive(kind, start | CARRY | changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"hash": "sha512"},
        {"message_authentication_code": "hkdf-hmac-sha256"},
        {"key_agreement_protocol": "curve25519"},
        {"short_authentication_string": []},
        {"short_authentication_string": ["picture"]},
    ],
)
def test_an_accept_of_what_was_not_offered_is_refused(changed: dict[str, Any]) -> None:
    bot, ann = pair()
    talk(bot, ann, *bot.ready())
    [(kind, accept)] = carried(ann, *bot.begin(CARRY))
    with pytest.raises(Broken, match=r"m\.unknown_method"):
        bot.receive(kind, accept | changed)


def test_methods_that_are_not_known() -> None:
    bot, _ = pair(we_asked=True)
    with pytest.raises(Broken, match=r"m\.unknown_method"):
        bot.receive(KINDS[0], {"from_device": "ANN", "methods": ["m.qr_code.show.v1"]})
    bot = at(Step.STARTED)
    with pytest.raises(Broken, match=r"m\.unexpected_message"):
        bot.receive("m.key.verification.start", {"from_device": "ANN", "method": "m.other"})


@pytest.mark.parametrize("key", ["A" * 43, "AAAA", "", "\ud800", 5, None])
def test_a_key_that_is_none_or_would_give_no_secret_is_refused(key: Any) -> None:
    bot = at(Step.ACCEPTED)
    with pytest.raises(Broken, match=r"m\.invalid_message"):
        bot.receive("m.key.verification.key", {"key": key})


@given(st.sampled_from([*EXPECTED, Step.DONE]), st.sampled_from(KINDS), hostile, hostile)
def test_anything_at_all_breaks_at_most_the_verification(step: Step, kind: str, content: Any, inner: Any) -> None:
    name = kind.rpartition(".")[2]
    fields = {**GOOD.get(name, {}), "from_device": "ANN", "commitment": "x", "hashes": ["sha256"]}
    for given_ in (content, *(fields | {field: inner} for field in fields)):
        bot = at(step)
        try:
            bot.receive(kind, given_)
        except Broken as broken:
            assert bot.step is Step.CANCELLED
            assert broken.message[1]["code"].startswith("m.")
        assert bot.step is step or not bot.verified_keys


def test_requests_name_us_and_what_we_can() -> None:
    assert can_answer(asked_of_device("BOT", 1))
    assert asked_of_device("BOT", 1)["timestamp"] == 1
    half = [{"from_device": 1, "methods": ["m.sas.v1"]}, {"from_device": "A", "methods": "m.sas.v1"}]
    for bad in (None, [], {}, *half):
        assert not can_answer(bad)


def test_the_table_of_emoji_is_whole() -> None:
    assert len(EMOJI) == len(set(EMOJI)) == 64
    assert EMOJI[0] == ("🐶", "Dog") and EMOJI[36] == ("👍", "Thumbs Up") and EMOJI[63] == ("📌", "Pin")
