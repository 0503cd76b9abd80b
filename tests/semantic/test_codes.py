"""The nearest by signs, against counting bits one by one; and what vectors of true sentences say."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.semantic.codes import Codes, closeness, code_of
from bridge.semantic.encoder import Encoder
from bridge.semantic.layout import CODE_BYTES, PLACE_BYTES, place_of

ROOMS = ("!a:example.org", "!b:example.org", "!c:example.org")


def _random_code(seed: int) -> bytes:
    return Random(seed).randbytes(CODE_BYTES)


def _distance(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


@given(
    st.dictionaries(st.integers(0, 3_000), st.tuples(st.sampled_from(ROOMS), st.integers(0, 99)), max_size=40),
    st.sets(st.integers(0, 3_000), max_size=10),
    st.sets(st.sampled_from((*ROOMS, "!unknown:example.org"))),
    st.integers(1, 12),
)
def test_the_nearest_are_those_that_counting_finds(
    held: dict[int, tuple[str, int]], dropped: set[int], rooms: set[str], limit: int
) -> None:
    codes = Codes()
    for number, (room, seed) in held.items():
        codes.put(number, place_of(room), _random_code(seed))
    for number in dropped:
        codes.drop(number)
    wanted = _random_code(7)
    left = {n: one for n, one in held.items() if n not in dropped}
    distances = {n: _distance(wanted, _random_code(seed)) for n, (room, seed) in left.items() if room in rooms}
    found = codes.near(wanted, rooms, limit)
    assert [distances[n] for n in found] == sorted(distances.values())[:limit]
    assert codes.missing(0, 3_500) == [n for n in range(3_501) if n not in left]


def test_blocks_are_put_as_they_lie_on_disk_and_rooms_without_a_code_are_left_out() -> None:
    codes = Codes()
    places = place_of(ROOMS[0]) + bytes(PLACE_BYTES) + place_of(ROOMS[1])
    codes.reserve(5_000)
    codes.put(4_000, places, _random_code(1) + bytes(CODE_BYTES) + _random_code(2))
    assert codes.near(_random_code(2), ROOMS, 9) == [4_002, 4_000]
    assert codes.near(_random_code(2), ROOMS[:1], 9) == [4_000]
    assert codes.near(_random_code(2), (), 9) == []


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_sentences_that_mean_the_same_are_close_whatever_their_language(encoder: Encoder) -> None:
    asked, german, other, empty = encoder.vectors(
        ["How do I reset my VPN password?", "Wie setze ich mein VPN-Passwort zurück?", "Where is the canteen?", ""]
    )
    assert [len(vector) for vector in (asked, german, other, empty)] == [512] * 4
    same, near, far = closeness(asked, [asked, german, other])
    assert same == pytest.approx(1, abs=1e-5)
    assert near > 0.8 > 0.4 > far
    assert closeness(asked, []) == []
    assert _distance(code_of(asked), code_of(german)) < _distance(code_of(asked), code_of(other))


def test_what_makes_no_sentence_does_not_stop_it(encoder: Encoder) -> None:
    odd = ["\x00\ud800", "\ud800", "🙂" * 3_000, "a" * 20_000, "\n\n", "ﷺ", "テスト " * 200]
    assert len(encoder.vectors(odd)) == len(odd)
