"""A question that was asked before: closed with a link to that one, whose followers its own become."""

from dataclasses import dataclass

from bridge.chat.intents import Accept, Intent, Ref, TakeSuggestion
from bridge.domain import lifecycle
from bridge.domain.facts import Fact, QuestionReopened
from bridge.domain.questions import Question, State
from bridge.domain.queue_facts import QuestionDuplicated, QuestionSeparated
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Disregarded, Done, Outcome
from bridge.workflow.effects import EditCard
from bridge.workflow.records import Reaction, Role
from bridge.workflow.telling import about

LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDuplicate(Intent):
    """`ref` was asked before, as question `of`."""

    ref: Ref
    of: int


def mark_duplicate(intent: MarkDuplicate, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    original = _original(intent.of, question, desk)
    if isinstance(original, Refused):
        return original
    merged = _merged(question, original, desk, deflected=False)
    return merged if isinstance(merged, Refused) else desk.done(question, merged)


def _original(number: int, question: Question, desk: Desk) -> Question | Refused:
    """The question meant, or what that is a duplicate of itself; one that may not be linked from there is not there."""
    found = guard.find(desk, Ref(number))
    if isinstance(found, Refused) or not _linkable(found, question, desk):
        return Refused("no-such-question", {"number": number})
    for _ in range(LONGEST_CHAIN):
        before = desk.tx.questions.get(found.duplicate_of) if found.duplicate_of else None
        if before is None or before.withdrawn or not _linkable(before, question, desk):
            break
        found = before
    return Refused("withdrawn", {"number": number}) if found.withdrawn else found


def _linkable(original: Question, question: Question, desk: Desk) -> bool:
    """Whether everyone in the question's room may see the other one."""
    viewer = guard.viewer_in(question.room_id, desk.tx, desk.policy)
    return guard.visible(desk.tx, desk.policy, original, viewer)


def _merged(question: Question, original: Question, desk: Desk, *, deflected: bool) -> QuestionDuplicated | Refused:
    closed = lifecycle.duplicate(question, original, desk.actor(question), desk.now)
    if isinstance(closed, Refused):
        return closed
    desk.tx.questions.save(closed)
    desk.tx.merges.repoint(question.number, original.number)
    return about(QuestionDuplicated, closed, desk, of=original.number, deflected=deflected)


def take(intent: TakeSuggestion, desk: Desk) -> Outcome:
    """A reaction on the card: this suggestion is the answer."""
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused) or not _is_card(intent.ref, desk):
        return Disregarded("reaction")
    chosen = [n for n in question.suggested[intent.place : intent.place + 1] if _stands(n, question, desk)]
    return _taken(question, chosen, str(intent.place + 1), intent.ref, desk)


def take_first(intent: Accept, question: Question, desk: Desk) -> Outcome | None:
    """A ✅ on the card, while it shows suggestions and nobody has answered; None where it means none."""
    if not _is_card(intent.ref, desk) or not question.suggested or question.first_response_at is not None:
        return None
    standing = [n for n in question.suggested if _stands(n, question, desk)]
    return _taken(question, standing[:1], "✅", intent.ref, desk)


def _is_card(ref: Ref, desk: Desk) -> bool:
    tracked = desk.tx.questions.tracked(ref.event_id or "")
    return tracked is not None and tracked.role is Role.CARD


def _stands(number: int, question: Question, desk: Desk) -> bool:
    """Whether the card still shows a suggestion."""
    original = desk.tx.questions.get(number)
    return original is not None and guard.suggestible(desk.tx, desk.policy, original, question.room_id)


def _taken(question: Question, chosen: list[int], key: str, ref: Ref, desk: Desk) -> Outcome:
    actor = desk.actor(question)
    original = desk.tx.questions.get(chosen[0]) if chosen else None
    if original is None or not question.unanswered or not (actor.moderator or actor.user_id == question.asker):
        return Disregarded("no suggestion")
    merged = _merged(question, original, desk, deflected=True)
    if isinstance(merged, Refused):
        return merged
    reaction = Reaction(desk.origin.event_id, question.number, ref.event_id or "", desk.sender, key)
    desk.tx.questions.add_reaction(reaction)
    return Done((merged,))


def untaken(question: Question, desk: Desk) -> Outcome:
    """The reaction that took a suggestion is gone: the question is open again."""
    if question.duplicate_of is None or question.state is not State.CLOSED or question.withdrawn:
        return Done()
    desk.tx.questions.save(lifecycle.unsettled(question))
    return Done((about(QuestionReopened, question, desk, cause="unaccepted"), *separated(question, desk)))


def separated(question: Question, desk: Desk) -> tuple[Fact, ...]:
    """What else happens where a question, as it was, opens again: it is nobody's duplicate any more."""
    if question.duplicate_of is None:
        return ()
    return (about(QuestionSeparated, question, desk, of=question.duplicate_of),)


def move_followers(fact: QuestionDuplicated, question: Question, around: Circumstances) -> Done:
    """Who waits for an answer to the duplicate waits for one to the original; it counts one more."""
    people = dict.fromkeys([*around.tx.questions.followers(question.number), question.asker])
    around.tx.merges.moved(question.number, [p for p in people if around.tx.questions.follow(p, fact.of)])
    return _recounted(fact.of, around)


def take_followers_back(fact: QuestionSeparated, question: Question, around: Circumstances) -> Done:
    for person in around.tx.merges.undone(question.number):
        around.tx.questions.unfollow(person, fact.of)
    return _recounted(fact.of, around)


def _recounted(number: int, around: Circumstances) -> Done:
    original = around.tx.questions.get(number)
    return Done(effects=(EditCard(room_id=original.room_id, number=number),) if original else ())
