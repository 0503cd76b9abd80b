"""Who is told of what is asked, answered and tagged, because they follow more than single questions."""

from collections.abc import Iterable
from dataclasses import replace

from bridge.domain.facts import AnswerGiven, QuestionAsked
from bridge.domain.filters import matches
from bridge.domain.interests import keys_of
from bridge.domain.questions import Question
from bridge.domain.queue_facts import QuestionTagged
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, quotable
from bridge.workflow.notices import tell
from bridge.workflow.people_ports import Followed


def tell_of_question(fact: QuestionAsked, question: Question, around: Circumstances) -> Done:
    interested = around.tx.interests.under(keys_of(question))
    _tell_matching((f for f in interested if _matches(f, question, around)), fact.actor, question, around)
    return Done()


def tell_of_answer(fact: AnswerGiven, question: Question, around: Circumstances) -> Done:
    """Who follows the author, once for each question."""
    interested = around.tx.interests.under({f"@{fact.actor}"})
    if interested and _is_first_of(fact.actor, question, around):
        for who in {f.person for f in interested if _matches(f, question, around)} - {fact.actor, question.asker}:
            tell(who, question.number, "told-answer-by", around, named=False, arguments={"author": fact.actor})
    return Done()


def tell_of_tags(fact: QuestionTagged, question: Question, around: Circumstances) -> Done:
    """New tags are the last ones."""
    if fact.added:
        retagged(replace(question, tags=question.tags[: -fact.added]), question, fact.actor, around)
    return Done()


def retagged(before: Question, after: Question, actor: str, around: Circumstances) -> None:
    """Those are told whom its tags have not interested before."""
    if set(after.tags) - set(before.tags):
        interested = around.tx.interests.under(keys_of(after))
        new = (f for f in interested if _matches(f, after, around) and not _matches(f, before, around))
        _tell_matching(new, actor, after, around)


def _is_first_of(author: str, question: Question, around: Circumstances) -> bool:
    return sum(a.author == author for a in around.tx.questions.discussion(question.number).answers) == 1


def _matches(followed: Followed, question: Question, around: Circumstances) -> bool:
    """Whoever is told of a question because of a tag is told that it has the tag."""
    wanted, tx = followed.interest.wanted, around.tx
    chat = tx.persons.get(followed.person).direct_room or ""
    if wanted.tags and not quotable(tx, question.room_id, chat):
        return False
    return matches(wanted, question, around.policy.people, around.now)


def _tell_matching(matching: Iterable[Followed], actor: str, question: Question, around: Circumstances) -> None:
    for who in sorted({followed.person for followed in matching} - {actor, question.asker}):
        tell(who, question.number, "told-asked", around, named=False)
