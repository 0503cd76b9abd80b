"""Whether askbridge's own database says the same as what it sent."""

from collections import Counter
from pathlib import Path

from bench.ledger import Ledger
from bridge.store.database import Database
from bridge.store.export import export


def stored_wrong(database: Path, ledger: Ledger) -> Counter[str]:
    """How many questions are missing, stored twice, never asked, or not known with the card that was sent."""
    db = Database.open(f"sqlite:///{database}", read_only=True)
    try:
        kept = [one for one in export(db) if one["type"] == "question"]
        depths = db.depths()
    finally:
        db.close()
    events = Counter(one["event_id"] for one in kept)
    cards = {one["event_id"]: one["card_event_id"] for one in kept}
    asked = ledger.asked.values()
    wrong = Counter(
        {
            "not stored": sum(one.event_id not in events for one in asked),
            "stored twice": sum(count - 1 for count in events.values()),
            "stored unasked": sum(event not in ledger.asked for event in events),
            "card not recorded": sum(cards.get(one.event_id) != one.reply_id for one in asked),
            "left in the inbox": depths.inbox,
            "left in the outbox": depths.outbox,
        }
    )
    return +wrong
