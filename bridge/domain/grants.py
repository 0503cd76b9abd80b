"""Grants: permission for one person from outside in one space or room, with a sponsor, a reason and an end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bridge.domain.spaces import DAY, Externals, Level, Space

WARNINGS = (7, 1)
"""Days before the end at which sponsor and external are told."""


class Standing(StrEnum):
    """Where a grant stands: asked for, waiting for the terms to be accepted, in force, over."""

    REQUESTED = "requested"
    TERMS = "terms"
    LIVE = "live"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Grant:
    """For the whole space where `room_id` is None. Times in milliseconds; `ends_at` None: without an end.

    `terms_accepted` is the version accepted last: None before the first, "" where there was nothing to accept;
    `terms_asked` the version that they were shown last; `terms_due`: until when what they accepted still counts
    although there is a newer one. `warned`: days of the last warning. `renewed_at`: when it was last extended.
    `wanted_end`: the end that `wanted_by` asked for and no moderator has approved yet (0: none). `orphaned`: the
    sponsor is no longer one of ours, and moderators were asked to take over.
    """

    number: int
    person: str
    space: str
    room_id: str | None
    sponsor: str
    reason: str
    created_at: int
    ends_at: int | None
    approved_by: str | None = None
    terms_accepted: str | None = None
    terms_due: int | None = None
    ended_at: int | None = None
    ended_by: str | None = None
    warned: int = 0
    wanted_end: int | None = None
    orphaned: bool = False
    renewed_at: int | None = None
    terms_asked: str | None = None
    wanted_by: str | None = None

    @property
    def runs_from(self) -> int:
        """When the time began that it was given for last."""
        return self.created_at if self.renewed_at is None else self.renewed_at


def server_of(user_id: str) -> str:
    """The server name of a user id, which may hold a port."""
    return user_id.partition(":")[2]


def standing(grant: Grant, externals: Externals, now: int) -> Standing:
    if grant.ended_at is not None or (grant.ends_at is not None and now >= grant.ends_at):
        return Standing.ENDED
    if grant.approved_by is None:
        return Standing.REQUESTED
    return Standing.LIVE if _terms_hold(grant, externals, now) else Standing.TERMS


def _terms_hold(grant: Grant, externals: Externals, now: int) -> bool:
    """Who accepted older terms stays in for a while, from the moment that they were asked."""
    if externals.terms is None or grant.terms_accepted == externals.terms.version:
        return True
    return grant.terms_accepted is not None and (grant.terms_due is None or now < grant.terms_due)


def may_come_from(user_id: str, externals: Externals) -> bool:
    """Whether the server of a person is one that the space lets in."""
    return not externals.servers or server_of(user_id) in externals.servers


def is_live(grant: Grant, space: Space, now: int) -> bool:
    """Whether a grant opens any door at this moment; only spaces of the level extranet have such doors."""
    return (
        grant.space == space.name
        and space.level is Level.EXTRANET
        and may_come_from(grant.person, space.externals)
        and standing(grant, space.externals, now) is Standing.LIVE
    )


def covers(grant: Grant, space: str, family: Collection[str]) -> bool:
    """Whether a grant is about a room; `family` holds the room and those that it replaced."""
    return grant.space == space and (grant.room_id is None or grant.room_id in family)


def admits(grants: Iterable[Grant], space: Space, family: Collection[str], now: int) -> bool:
    """Whether one of a person's grants lets them into a room."""
    return any(covers(grant, space.name, family) and is_live(grant, space, now) for grant in grants)


def warning_due(grant: Grant, now: int) -> int | None:
    """The warning, in days before the end, that ought to have been given by now and was not.

    A grant that was shorter than that from the start is not warned about so early.
    """
    if grant.ends_at is None or grant.ended_at is not None or now >= grant.ends_at:
        return None
    left, length = grant.ends_at - now, grant.ends_at - grant.runs_from
    due = [days for days in WARNINGS if left <= days * DAY < length and (not grant.warned or days < grant.warned)]
    return min(due, default=None)
