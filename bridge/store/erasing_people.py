"""What people followed and said of themselves in rooms of which no words are kept, and what answers there earned."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from bridge.workflow.digesting import wanted_by
from bridge.workflow.records import Person

if TYPE_CHECKING:
    from bridge.store.transaction import StoreTransaction


def erase_people_words(rooms: Collection[str], tx: "StoreTransaction") -> int:
    """Take tags away that came from these rooms, and what was declared in any encrypted room; how many things went."""
    tx.experts.forget_rooms(rooms)
    followed = [f for f in tx.interests.said_in(rooms) if f.interest.wanted.tags]
    for each in followed:
        tx.interests.drop(each.person, each.interest)
    summed = [d for d in tx.digests.chosen_in(rooms) if wanted_by(d).tags]
    for digest in summed:
        tx.digests.drop(digest.target)
    sealed = [person for person in tx.persons.everybody() if person.profile.sealed]
    for person in sealed:
        tx.persons.save(_without_words(person))
    return len(followed) + len(summed) + len(sealed)


def _without_words(person: Person) -> Person:
    return replace(person, profile=replace(person.profile, region="", expertise=(), sealed=False))
