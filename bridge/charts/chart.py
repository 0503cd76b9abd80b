"""What a picture shows, as a value."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The trend of questions: bars for what was asked and answered, a line for what waits.

    All words are in the reader's language. `labels`: one for each stretch of time.
    """

    title: str
    labels: Sequence[str]
    asked: Sequence[int]
    answered: Sequence[int]
    waiting: Sequence[int]
    asked_name: str
    answered_name: str
    waiting_name: str
