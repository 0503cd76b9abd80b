"""How many commands of one person are carried out at once before those of others go first: a token bucket a person."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class FloodLimit:
    """`burst` commands at once, and `per_minute` more with time."""

    burst: int
    per_minute: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """What one person has left. `at` is when that was so, in milliseconds; `told` the event that earned them a word."""

    left: float
    at: int
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """Whether a command is one too many for now, and whether its author is to be told (once a flood)."""

    slow: bool = False
    tell: bool = False


def take(bucket: Bucket | None, limit: FloodLimit, event_id: str, now: int) -> tuple[Bucket, Pace]:
    """Count a command. A flood is over, and worth a word again, once the bucket was full again."""
    bucket = _refilled(bucket or Bucket(limit.burst, now), limit, now)
    if bucket.left >= 1:
        return replace(bucket, left=bucket.left - 1), Pace()
    told = bucket.told or event_id
    return replace(bucket, told=told), Pace(slow=True, tell=told == event_id)


def _refilled(bucket: Bucket, limit: FloodLimit, now: int) -> Bucket:
    passed = max(0, now - bucket.at)
    left = min(float(limit.burst), bucket.left + passed * limit.per_minute / 60_000)
    return Bucket(left, max(now, bucket.at), None if left >= limit.burst else bucket.told)
