"""!follow and !unfollow: questions, and what is of interest beyond them."""

from bridge.chat.intents import Follow, Unfollow
from bridge.domain.facts import QuestionFollowed, QuestionUnfollowed
from bridge.domain.filters import spelled
from bridge.domain.interests import Interest
from bridge.domain.queue_facts import InterestDropped, InterestFollowed
from bridge.domain.results import Argument, Refused
from bridge.workflow import guard
from bridge.workflow.advising import reply
from bridge.workflow.answering import remember
from bridge.workflow.desk import Desk, Done, Outcome, private_view, quotable
from bridge.workflow.effects import Acknowledge, Effect, ShowList
from bridge.workflow.people_ports import Followed
from bridge.workflow.telling import about

MOST = 50
"""How many interests somebody may have."""
LOOKED_AT = 200
"""How many of the questions that somebody follows are listed, the newest."""


def follow(intent: Follow, desk: Desk) -> Outcome:
    """A question, an interest; without either, in private: what is followed."""
    if intent.interest:
        return _follow_interest(intent.interest, desk)
    ref = intent.ref
    if desk.private and not (ref.number or ref.event_id or ref.thread_root):
        return _list(desk)
    question = guard.find_to_change(desk, ref)
    if isinstance(question, Refused):
        return question
    if not desk.tx.questions.follow(desk.sender, question.number):
        return Refused("following-already", {"number": question.number})
    fact = about(QuestionFollowed, question, desk)
    if intent.quiet:
        remember(question, ref.event_id or "", "👀", desk)
        return Done((fact,))
    return desk.done(question, fact)


def unfollow(intent: Unfollow, desk: Desk) -> Outcome:
    if intent.interest:
        return _drop_interest(intent.interest, desk)
    question = guard.find(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    if not desk.tx.questions.unfollow(desk.sender, question.number):
        return Refused("not-following", {"number": question.number})
    return desk.done(question, about(QuestionUnfollowed, question, desk))


def _follow_interest(interest: Interest, desk: Desk) -> Outcome:
    """A space that they may not see is not there."""
    unknown = sorted(interest.wanted.spaces - _spaces_seen(desk))
    if unknown:
        return Refused("no-space-to-follow", {"word": unknown[0][:64]})
    if interest.wanted.tags and not desk.kept("words"):
        return Refused("keeps-no-words")
    if len(desk.tx.interests.of(desk.sender)) >= MOST:
        return Refused("follows-enough", {"limit": MOST})
    if not desk.tx.interests.add(Followed(desk.sender, interest, desk.origin.room_id)):
        return Refused("follows-that-already")
    return Done((_chosen(InterestFollowed, interest, desk),), (_sign(desk),))


def _drop_interest(interest: Interest, desk: Desk) -> Outcome:
    if not desk.tx.interests.drop(desk.sender, interest):
        return Refused("follows-no-such-thing")
    return Done((_chosen(InterestDropped, interest, desk),), (_sign(desk),))


def _spaces_seen(desk: Desk) -> set[str]:
    shown = guard.rooms_for(private_view(desk.sender, desk.tx, desk.policy), desk.tx, desk.policy)
    rooms = (desk.tx.rooms.get(room_id) for room_id in shown)
    return {room.space for room in rooms if room and room.space}


def _chosen(
    kind: type[InterestFollowed | InterestDropped], interest: Interest, desk: Desk
) -> InterestFollowed | InterestDropped:
    return kind(at=desk.now, actor=desk.sender, room_id="", space="", person=interest.about)


def _sign(desk: Desk) -> Acknowledge:
    return Acknowledge(room_id=desk.origin.room_id, event_id=desk.origin.event_id)


def _list(desk: Desk) -> Outcome:
    """What was said in an encrypted room is not repeated where it could be read."""
    here = desk.origin.room_id
    followed = desk.tx.interests.of(desk.sender)
    told = [f.interest for f in followed if not f.interest.wanted.tags or quotable(desk.tx, f.room_id, here)]
    numbers = _questions_followed(desk)
    text = "\n".join(f"• {words_of(interest)}" for interest in told)
    counted: dict[str, Argument] = {"count": len(followed), "questions": len(numbers)}
    effects: list[Effect] = [reply(desk, "follows-now", counted | ({"text": text} if text else {}))]
    if numbers:
        effects.append(_shown(numbers, desk))
    return Done(effects=tuple(effects))


def words_of(interest: Interest) -> str:
    """As it is written behind `!follow`."""
    return " ".join(filter(None, (interest.about, spelled(interest.wanted))))


def _questions_followed(desk: Desk) -> list[int]:
    questions = desk.tx.questions.several(desk.tx.questions.followed_by(desk.sender, LOOKED_AT)).values()
    viewer = desk.viewer()
    return [q.number for q in questions if not q.withdrawn and guard.visible(desk.tx, desk.policy, q, viewer)]


def _shown(numbers: list[int], desk: Desk) -> ShowList:
    origin = desk.origin
    return ShowList(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        heading="list-followed",
        numbers=tuple(numbers),
    )
