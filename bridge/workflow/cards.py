"""The bot's messages about a question that are edited as it changes: one in its thread, one in a triage room."""

from dataclasses import dataclass, replace

from bridge.chat.render import question as show
from bridge.chat.render.content import Content, one_line
from bridge.domain.questions import Question
from bridge.workflow.effects import EditCard, PostCard
from bridge.workflow.materials import Materials
from bridge.workflow.records import Role
from bridge.workflow.rendering import card
from bridge.workflow.storage import Transaction
from bridge.workflow.triage_words import may_triage


@dataclass(frozen=True, slots=True)
class Face:
    """What a card is to show; the message that it is in (None: it is yet to be posted), and what that shows."""

    content: Content
    event_id: str | None
    digest: str | None


def face(effect: PostCard | EditCard, materials: Materials) -> Face | None:
    """None where nothing may be shown there, or where a card is to be edited that there is not."""
    question = materials.questions.get(effect.number)
    if question is None:
        return None
    if effect.triage:
        return _in_triage(question, effect.room_id, materials)
    content = card(question, materials)
    if content is None or isinstance(effect, PostCard):
        return Face(content, None, None) if content else None
    shown = materials.tx.questions.shown(question.number)
    return Face(content, question.card_event_id, shown) if question.card_event_id else None


def _in_triage(question: Question, room_id: str, materials: Materials) -> Face | None:
    """A card that could not be posted, as somebody read along who had no place there, is posted with the next change.

    What was asked before the space had a triage room has none.
    """
    there = materials.tx.triage_cards.get(question.number)
    if there is None or there.room_id != room_id or not may_triage(question.number, room_id, materials):
        return None
    room = materials.tx.rooms.get(question.room_id)
    scene = materials.scene(materials.words_of(room_id), room_id)
    told, discussion = materials.told(question, room_id), materials.discussed(question, room_id)
    content = show.triage_card(told, discussion, one_line(room.name) if room else "", scene)
    return Face(content, there.event_id, there.digest)


def posted(number: int, event_id: str | None, digest: str, tx: Transaction, *, triage: bool) -> None:
    """A card shows this now; `event_id` on its first delivery."""
    if not triage:
        tx.outbox.card_shown(number, event_id, digest)
    elif card := tx.triage_cards.get(number):
        tx.triage_cards.save(replace(card, event_id=event_id or card.event_id, digest=digest))
    if event_id:
        tx.questions.track(event_id, number, Role.TRIAGE if triage else Role.CARD)


def is_first(effect: PostCard | EditCard, tx: Transaction) -> bool:
    """Whether the message of an effect is the card itself, and no edit of it."""
    if not effect.triage:
        return isinstance(effect, PostCard)
    card = tx.triage_cards.get(effect.number)
    return card is not None and card.event_id is None
