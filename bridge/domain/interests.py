"""What somebody follows besides single questions: filters, and what a person asks or answers."""

from dataclasses import dataclass, replace

from bridge.domain.filters import EVERYTHING, Filter
from bridge.domain.questions import Question


@dataclass(frozen=True, slots=True)
class Interest:
    """`about`: what this person asks or answers ("": what anybody asks); `wanted` narrows it."""

    about: str = ""
    wanted: Filter = EVERYTHING

    @property
    def keys(self) -> frozenset[str]:
        """Whatever it matches has one of these keys."""
        if self.about:
            return frozenset({f"@{self.about}"})
        if self.wanted.tags:
            return frozenset({f"tag:{min(self.wanted.tags)}"})
        if self.wanted.by:
            return frozenset({f"by:{self.wanted.by}"})
        return frozenset(f"space:{space}" for space in self.wanted.spaces)

    @property
    def sensible(self) -> bool:
        """Whether it says whose, of which tag or space, and nothing that can only be said of a list."""
        lasting = replace(EVERYTHING, **{name: getattr(self.wanted, name) for name in LASTING})
        return bool(self.keys) and lasting == self.wanted


LASTING = ("tags", "spaces", "by", "from_ours", "priority")
"""The filters that say something about a question when it is asked."""


def keys_of(question: Question) -> set[str]:
    """What a new question may be followed by."""
    tags = {f"tag:{tag}" for tag in question.tags}
    return {f"@{question.asker}", f"by:{question.asker}", f"space:{question.space}", *tags}
