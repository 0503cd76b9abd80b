"""What the tests of crypto share: hostile JSON, one damaged character, two devices that know each other."""

from hypothesis import strategies as st

from bridge.crypto.ratchets import Account, OlmSession, Ratchets

RATCHETS = Ratchets(b"the operator's secret")
OURS, THEIRS = "@qa:example.org", "@ann:partner.example"

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
hostile = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8
)
"""JSON of any type, as a stranger may send it."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ \n=-_é"
Damage = tuple[int, int]
damages = st.tuples(st.integers(0, 9_999), st.integers(1, len(LETTERS) - 1))
"""Where, and how far along LETTERS: drawn apart from the text, which is never the same twice."""


def damaged(text: str, damage: Damage) -> str:
    """`text` with one character replaced by another."""
    at, step = damage[0] % len(text), damage[1]
    other = LETTERS[(LETTERS.index(text[at]) + step) % len(LETTERS)]
    return text[:at] + other + text[at + 1 :]


def published(count: int = 1) -> tuple[Account, list[str]]:
    """An account whose one-time keys are on the homeserver."""
    account = RATCHETS.new_account()
    account.generate(count)
    keys = list(account.one_time_keys().values())
    account.mark_published()
    return account, keys


def channel() -> tuple[Account, Account, OlmSession, OlmSession]:
    """Two devices with a session that both have used."""
    ann, (bob, keys) = RATCHETS.new_account(), published()
    hers = ann.outbound_session(bob.curve, keys[0])
    his, _ = bob.inbound_session(ann.curve, hers.encrypt(b"hello")["body"])
    answer = his.encrypt(b"hello yourself")
    hers.decrypt(answer["type"], answer["body"])
    return ann, bob, hers, his
