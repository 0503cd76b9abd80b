"""A person's token bucket."""

from bridge.domain.flood import Bucket, FloodLimit, Pace, take

LIMIT = FloodLimit(burst=2, per_minute=60)
SLOW, TOLD = Pace(slow=True), Pace(slow=True, tell=True)


def paces(*times: int) -> list[Pace]:
    """What becomes of commands given at these times, in milliseconds."""
    bucket, found = None, []
    for number, now in enumerate(times):
        bucket, pace = take(bucket, LIMIT, f"${number}", now)
        found.append(pace)
    return found


def test_a_burst_is_free_and_what_is_beyond_is_slow_and_told_once() -> None:
    assert paces(0, 0, 0, 0, 0) == [Pace(), Pace(), TOLD, SLOW, SLOW]


def test_time_fills_the_bucket_up_to_the_burst() -> None:
    assert paces(0, 0, 0, 1000, 1500) == [Pace(), Pace(), TOLD, Pace(), SLOW]
    assert paces(0, 0, 60_000, 60_000, 60_000) == [Pace(), Pace(), Pace(), Pace(), TOLD]


def test_a_flood_is_over_when_the_bucket_was_full_again() -> None:
    assert paces(0, 0, 0, 2000, 2000, 2000) == [Pace(), Pace(), TOLD, Pace(), Pace(), TOLD]


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing() -> None:
    bucket, _ = take(None, LIMIT, "$1", 5000)
    assert take(bucket, LIMIT, "$2", 0)[0] == Bucket(0, 5000)


def test_an_event_that_is_handled_again_gets_the_same_word() -> None:
    bucket, pace = take(Bucket(0, 0), LIMIT, "$1", 0)
    assert (pace, take(bucket, LIMIT, "$1", 0)[1]) == (TOLD, TOLD)
