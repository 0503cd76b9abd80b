"""The words behind `!follow` and `!unfollow`: filters, and a person."""

import re

from bridge.chat.command import Invocation
from bridge.chat.grammar import Problem, filters_and_words, person
from bridge.domain.filters import EVERYTHING
from bridge.domain.interests import Interest

_TAG = re.compile(r"(?<!\S)#(?=[^\W\d_])")


def read_interest(invocation: Invocation) -> Interest | Problem | None:
    """None where there are no words."""
    if not invocation.rest:
        return None
    if invocation.number:
        return Problem("usage-unexpected", {"word": invocation.rest[:64]})
    found = filters_and_words(_TAG.sub("tag:", invocation.rest), EVERYTHING, invocation.speaker)
    if isinstance(found, Problem):
        return found
    wanted, free = found
    about = person(free, invocation.speaker) if free else ""
    interest = Interest(about or "", wanted)
    if about is None or not interest.sensible:
        return Problem("usage-follow", {})
    return interest
