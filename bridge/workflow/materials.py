"""What a batch of effects is put into words from, loaded at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bridge.chat.render import question as show
from bridge.chat.render.content import clean_name
from bridge.chat.words import Words, words
from bridge.domain.access import InRoom, Viewer, is_secluded, may_show
from bridge.domain.people import is_ours, is_pseudonym
from bridge.domain.questions import Answer, Discussion, Question
from bridge.domain.spaces import Level
from bridge.domain.tracking import answer_without_words, without_words
from bridge.workflow import guard
from bridge.workflow.desk import Policy, alone_with, place_of, quotable
from bridge.workflow.records import Person
from bridge.workflow.storage import Transaction


@dataclass(frozen=True, slots=True)
class Materials:
    """What was loaded, and how it is looked at: names, languages, who reads along.

    `duplicates`: number -> room -> how many questions asked there are duplicates of it.
    `found`: what was gathered for the effect at hand (see `effects.Gathered`); None for others.
    """

    tx: Transaction
    policy: Policy
    now: int
    questions: Mapping[int, Question]
    discussions: Mapping[int, Discussion]
    names: Mapping[tuple[str, str], str]
    persons: Mapping[str, Person]
    duplicates: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    found: Any = None

    def name(self, room_id: str, user_id: str) -> str:
        return clean_name(self.names.get((room_id, user_id), ""), user_id)

    def discussion(self, number: int) -> Discussion:
        return self.discussions.get(number, Discussion())

    def told(self, question: Question, room_id: str) -> Question:
        """A question as it may be told in a room ("": one that is not known yet): with or without its words."""
        return question if quotable(self.tx, question.room_id, room_id) else without_words(question)

    def discussed(self, question: Question, room_id: str) -> Discussion:
        """What was said about it, as it may be told in a room: of each answer also goes by where it was given."""
        discussion = self.discussion(question.number)
        untold = not quotable(self.tx, question.room_id, room_id)
        told = (
            answer_without_words(a) if untold or not quotable(self.tx, a.room_id, room_id) else a
            for a in discussion.answers
        )
        return replace(discussion, answers=tuple(told))

    def scene(self, language: Words, room_id: str = "") -> show.Scene:
        """`room_id` is where it is read; unless it is given, nothing is said of other questions than those shown."""
        setting, viewer = self.policy.setting, self.viewer(room_id) if room_id else None
        return show.Scene(
            words=language,
            name=partial(self._named, language),
            via=setting.server,
            prefix=setting.prefix,
            now=self.now,
            from_outside=self._from_outside,
            times=partial(self._times, viewer),
            original=partial(self._original, viewer, room_id),
        )

    def _named(self, language: Words, room_id: str, user_id: str) -> str:
        return language.say("somebody-forgotten") if is_pseudonym(user_id) else self.name(room_id, user_id)

    def _times(self, viewer: Viewer | None, question: Question) -> int:
        """How often it was asked, as far as that may be told."""
        asked = self.duplicates.get(question.number, {}).items()
        return 1 + sum(count for room_id, count in asked if self._shows(room_id, viewer))

    def _shows(self, room_id: str, viewer: Viewer | None) -> bool:
        place = place_of(self.tx.rooms.get(room_id), self.tx, self.policy)
        return place is not None and viewer is not None and may_show(place, viewer)

    def _original(self, viewer: Viewer | None, room_id: str, question: Question) -> Question | None:
        """What it is a duplicate of, where that may be shown."""
        original = self.visible(question.duplicate_of, viewer) if question.duplicate_of else None
        return self.told(original, room_id) if original and not original.withdrawn else None

    def suggestions(self, question: Question) -> list[show.Suggestion]:
        """The answered questions like it that everyone in its room may see, in their places, with their answers."""
        if not question.unanswered or not question.suggested:
            return []
        found = [(place, self.questions.get(number)) for place, number in enumerate(question.suggested)]
        return [
            show.Suggestion(place, other, self._answer(other))
            for place, other in found
            if other and guard.suggestible(self.tx, self.policy, other, question.room_id)
        ]

    def _answer(self, question: Question) -> Answer | None:
        discussion = self.discussion(question.number)
        return next((a for a in map(discussion.answer, discussion.accepted) if a), None)

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
        return guard.viewer_in(room_id, self.tx, self.policy)

    def secluded(self, room_id: str) -> bool:
        """Whether nobody but people of ours reads along in a room, or it is somebody's direct chat alone."""
        viewer = self.viewer(room_id)
        return is_secluded(viewer.place) if isinstance(viewer, InRoom) else viewer is not None

    def may_write(self, room_id: str) -> bool:
        """Whether anything can be said in a room: not where it would have to be encrypted, and we cannot."""
        room = self.tx.rooms.get(room_id)
        return self.policy.encryption or room is None or not room.encrypted

    def visible(self, number: int, viewer: Viewer | None) -> Question | None:
        question = self.questions.get(number)
        return question if question and guard.visible(self.tx, self.policy, question, viewer) else None

    def direct_room(self, person: str) -> str:
        """The direct chat with somebody; "" where there is none yet."""
        known = self.persons.get(person)
        return (known.direct_room if known else None) or ""

    def may_tell(self, person: str) -> bool:
        """Not into a direct chat in which others read along, or where nothing can be said."""
        room = self.tx.rooms.get(self.direct_room(person))
        if room is None:
            return True
        return self.may_write(room.room_id) and alone_with(room, self.tx, self.policy) == person
