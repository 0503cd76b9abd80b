"""Messages about a question: answers, comments, votes, and what is edited or taken back."""

from dataclasses import replace

from bridge.chat.intents import Edit, GiveAnswer, TakePart, Vote, Withdraw
from bridge.chat.text import tags
from bridge.domain import lifecycle
from bridge.domain.facts import (
    AcceptanceWithdrawn,
    AnswerEdited,
    AnswerGiven,
    AnswerWithdrawn,
    Fact,
    QuestionEdited,
    QuestionReleased,
    QuestionReopened,
    QuestionWithdrawn,
)
from bridge.domain.questions import MOST_TAGS, TEXT_LIMIT, Acceptance, Answer, Discussion, Question, State, trusted_time
from bridge.domain.results import Refused
from bridge.workflow import duplicates, guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.interested import retagged
from bridge.workflow.nudging import asker_wrote
from bridge.workflow.records import Reaction, Role, Tracked
from bridge.workflow.reminding import heard
from bridge.workflow.telling import about
from bridge.workflow.triaging import change_note, is_triage

CLOSING_KEY = "❌"


def take_part(intent: TakePart, desk: Desk) -> Outcome:
    question = guard.find(desk, intent.ref)
    if isinstance(question, Refused):
        return Disregarded("not ours")
    if _is_internal(intent, desk):
        return Disregarded("triage")
    if desk.sender == question.asker:
        desk.tx.questions.track(desk.origin.event_id, question.number, Role.COMMENT)
        asker_wrote(question, desk.tx)
        if desk.sender == question.assignee:
            heard(question, desk.tx)
        return Done()
    return Done((add_answer(question, intent.text, desk)[1],))


def _is_internal(intent: TakePart, desk: Desk) -> bool:
    """What staff says among itself in a triage room, or to a note, is no answer."""
    tracked = desk.tx.questions.tracked(intent.ref.event_id or "")
    return is_triage(desk) or (tracked is not None and tracked.role is Role.NOTE)


def give_answer(intent: GiveAnswer, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    if desk.sender == question.asker:
        return Refused("own-question", {"number": question.number})
    return desk.done(question, add_answer(question, intent.text, desk)[1])


def add_answer(question: Question, text: str, desk: Desk) -> tuple[Answer, AnswerGiven]:
    """The message at hand becomes an answer; the first one by somebody else is the question's first response."""
    answer = Answer(
        event_id=desk.origin.event_id,
        number=question.number,
        author=desk.sender,
        text=text.strip()[:TEXT_LIMIT],
        created_at=trusted_time(desk.origin.at, desk.received_at),
        room_id=desk.origin.room_id,
    )
    desk.tx.questions.add_answer(answer)
    desk.tx.questions.track(answer.event_id, question.number, Role.ANSWER)
    first = question.first_response_at is None and desk.sender != question.asker
    if first:
        desk.tx.questions.save(replace(question, first_response_at=answer.created_at))
    return answer, about(AnswerGiven, question, desk, answer=answer.event_id, first=first)


def vote(intent: Vote, desk: Desk) -> Outcome:
    """Counted for answers by others; kept as the reaction it is."""
    tracked = desk.tx.questions.tracked(intent.ref.event_id or "")
    question = guard.find(desk, intent.ref)
    if isinstance(question, Refused) or tracked is None or tracked.role is not Role.ANSWER:
        return Disregarded("no answer")
    answer = desk.tx.questions.discussion(question.number).answer(tracked.event_id)
    if answer is None or answer.author == desk.sender:
        return Disregarded("own answer")
    remember(question, tracked.event_id, intent.key, desk)
    return Done()


def remember(question: Question, target: str, key: str, desk: Desk) -> None:
    """Keep a reaction, so that taking it away can undo what it did."""
    desk.tx.questions.add_reaction(Reaction(desk.origin.event_id, question.number, target, desk.sender, key))


def edit(intent: Edit, desk: Desk) -> Outcome:
    tracked = desk.tx.questions.tracked(intent.target)
    question = guard.said_here(intent.target, desk)
    if tracked is None or question is None or question.withdrawn:
        return Disregarded("not ours")
    if tracked.role is Role.NOTE:
        words = intent.plain.strip()[:TEXT_LIMIT]
        return (change_note(intent.target, words, question, desk) if words else None) or Disregarded("note")
    if tracked.role is Role.QUESTION:
        return _edit_question(intent, question, desk)
    return _edit_answer(intent, question, desk) if tracked.role is Role.ANSWER else Disregarded("comment")


def _edit_question(intent: Edit, question: Question, desk: Desk) -> Outcome:
    if desk.sender != question.asker or not intent.text:
        return Disregarded("not theirs" if intent.text else "emptied")
    if len(intent.text) > TEXT_LIMIT:
        return Refused("too-long", {"count": len(intent.text), "limit": TEXT_LIMIT})
    edited = replace(question, text=intent.text, tags=_tags_after(intent, question))
    desk.tx.questions.save(edited)
    retagged(question, edited, desk.sender, Circumstances(desk.tx, desk.policy, desk.now))
    return Done((about(QuestionEdited, question, desk),))


def _tags_after(intent: Edit, question: Question) -> tuple[str, ...]:
    """Those in its words by now, and those that it was given besides."""
    written = tags(question.text)
    return tuple(dict.fromkeys([*intent.tags, *(tag for tag in question.tags if tag not in written)]))[:MOST_TAGS]


def _edit_answer(intent: Edit, question: Question, desk: Desk) -> Outcome:
    answer = desk.tx.questions.discussion(question.number).answer(intent.target)
    if answer is None or answer.author != desk.sender or not intent.plain.strip():
        return Disregarded("not theirs")
    desk.tx.questions.save_answer(replace(answer, text=intent.plain.strip()[:TEXT_LIMIT]))
    return Done((about(AnswerEdited, question, desk, answer=answer.event_id),))


def withdraw(intent: Withdraw, desk: Desk) -> Outcome:
    """A redaction: of a reaction, of a question, of an answer."""
    desk.tx.inbox.forget(intent.target)
    reaction = desk.tx.questions.reaction(intent.target)
    if reaction:
        return _undo(reaction, desk)
    tracked = desk.tx.questions.tracked(intent.target)
    question = guard.said_here(intent.target, desk)
    if tracked is None or question is None:
        return Disregarded("not ours")
    if tracked.role is Role.NOTE:
        return change_note(intent.target, "", question, desk) or Disregarded("note")
    if tracked.role is Role.QUESTION and not question.withdrawn:
        desk.tx.questions.save(lifecycle.withdraw(question, desk.now))
        return Done((about(QuestionWithdrawn, question, desk),))
    return _withdraw_answer(question, tracked, desk) if tracked.role is Role.ANSWER else Disregarded("comment")


def _withdraw_answer(question: Question, tracked: Tracked, desk: Desk) -> Outcome:
    discussion = desk.tx.questions.discussion(question.number)
    answer = discussion.answer(tracked.event_id)
    if answer is None:
        return Disregarded("withdrawn before")
    desk.tx.questions.save_answer(replace(answer, text="", withdrawn=True))
    lost = [a for a in discussion.acceptances if a.answer == answer.event_id]
    fact = about(AnswerWithdrawn, question, desk, answer=answer.event_id)
    return Done((fact, *lose(question, discussion, lost, "answer_withdrawn", desk)))


def lose(
    question: Question, discussion: Discussion, lost: list[Acceptance], cause: str, desk: Desk
) -> tuple[Fact, ...]:
    """Take acceptances back; the question opens again when none is left."""
    if not lost:
        return ()
    desk.tx.questions.drop_acceptances(lost)
    left = replace(discussion, acceptances=tuple(a for a in discussion.acceptances if a not in lost))
    after = lifecycle.after_loss(question, left)
    facts: tuple[Fact, ...] = (
        about(AcceptanceWithdrawn, question, desk, answer=lost[0].answer, by=tuple(a.by for a in lost)),
    )
    if after.state is not question.state:
        desk.tx.questions.save(after)
        facts += (about(QuestionReopened, question, desk, cause=cause),)
    return facts


def _undo(reaction: Reaction, desk: Desk) -> Outcome:
    question = guard.said_here(reaction.target, desk)
    if question is None:
        return Disregarded("not ours")
    desk.tx.questions.drop_reaction(reaction.event_id)
    if reaction.key == "🙋":
        return _undo_claim(question, reaction, desk)
    if reaction.key == CLOSING_KEY:
        return _undo_close(question, reaction, desk)
    if reaction.key == "👀":
        desk.tx.questions.unfollow(reaction.sender, question.number)
        return Done()
    if reaction.target == question.card_event_id:
        return duplicates.untaken(question, desk)
    discussion = desk.tx.questions.discussion(question.number)
    lost = [a for a in discussion.acceptances if a.reaction == reaction.event_id]
    return Done(lose(question, discussion, lost, "unaccepted", desk))


def _undo_close(question: Question, reaction: Reaction, desk: Desk) -> Outcome:
    """Only while it is still closed by that."""
    card = desk.tx.triage_cards.get(question.number)
    if card is None or card.closed_by != reaction.event_id or question.state is not State.CLOSED:
        return Done()
    desk.tx.questions.save(lifecycle.unsettled(question))
    return Done((about(QuestionReopened, question, desk, cause="asked"),))


def _undo_claim(question: Question, reaction: Reaction, desk: Desk) -> Outcome:
    if question.state is not State.CLAIMED or question.assignee != reaction.sender:
        return Done()
    desk.tx.questions.save(replace(question, state=State.OPEN, assignee=None))
    return Done((about(QuestionReleased, question, desk),))
