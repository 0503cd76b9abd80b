"""What a batch of effects is put into words from, loaded at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from bridge.chat.render import question as show
from bridge.chat.render.content import clean_name
from bridge.chat.words import Words, words
from bridge.domain.access import InRoom, Viewer
from bridge.domain.people import is_ours
from bridge.domain.questions import Discussion, Question
from bridge.domain.spaces import Level
from bridge.workflow import guard
from bridge.workflow.desk import Policy, alone_with, place_of, private_view
from bridge.workflow.records import Person
from bridge.workflow.storage import Transaction


@dataclass(frozen=True, slots=True)
class Materials:
    """What was loaded, and how it is looked at: names, languages, who reads along."""

    tx: Transaction
    policy: Policy
    now: int
    questions: Mapping[int, Question]
    discussions: Mapping[int, Discussion]
    names: Mapping[tuple[str, str], str]
    persons: Mapping[str, Person]

    def name(self, room_id: str, user_id: str) -> str:
        return clean_name(self.names.get((room_id, user_id), ""), user_id)

    def discussion(self, number: int) -> Discussion:
        return self.discussions.get(number, Discussion())

    def scene(self, language: Words) -> show.Scene:
        setting = self.policy.setting
        return show.Scene(language, self.name, setting.server, setting.prefix, self.now, self._from_outside)

    def _from_outside(self, question: Question) -> bool:
        space = self.policy.spaces.get(question.space)
        return space is not None and space.level is Level.EXTRANET and not is_ours(question.asker, self.policy.people)

    def words_of(self, room_id: str, reader: str | None = None) -> Words:
        """The reader's own language, else the space's, else the default."""
        person = self.persons.get(reader) if reader else None
        if person and person.language:
            return words(person.language)
        place = place_of(self.tx.rooms.get(room_id), self.tx, self.policy)
        return words(place.space.language if place else self.policy.language)

    def viewer(self, room_id: str) -> Viewer | None:
        """Who reads along in a room at this moment."""
        room = self.tx.rooms.get(room_id)
        if room and room.direct_with:
            return private_view(alone_with(room, self.tx, self.policy), self.tx, self.policy)
        place = place_of(room, self.tx, self.policy)
        return InRoom(place) if place else None

    def encrypted(self, room_id: str) -> bool:
        room = self.tx.rooms.get(room_id)
        return room is not None and room.encrypted

    def visible(self, number: int, viewer: Viewer | None) -> Question | None:
        question = self.questions.get(number)
        return question if question and guard.visible(self.tx, self.policy, question, viewer) else None

    def may_tell(self, person: str) -> bool:
        """Not into a direct chat that is encrypted, or in which others read along."""
        known = self.persons.get(person)
        room = self.tx.rooms.get(known.direct_room) if known and known.direct_room else None
        if room is None:
            return True
        return not room.encrypted and alone_with(room, self.tx, self.policy) == person
