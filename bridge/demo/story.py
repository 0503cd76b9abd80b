"""The story that the demo tells. It is also a check: a step that does not come as told raises NotAsTold."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bridge.chat.words import words
from bridge.demo.eyes import Card, Eyes, NotAsTold, expect
from bridge.demo.person import Person
from bridge.demo.telling import Telling


@dataclass(slots=True)
class Stage:
    """Who plays, where, and who looks on. `rooms` maps `helpdesk`, `network` and `community` to room ids."""

    amy: Person
    bob: Person
    carla: Person
    dmitri: Person
    rooms: dict[str, str]
    bot: str
    eyes: Eyes
    telling: Telling
    cards: dict[str, Card] = field(default_factory=dict)


async def tell(stage: Stage) -> None:
    """All scenes, one after the other."""
    for number, (title, scene) in enumerate(SCENES, 1):
        stage.telling.scene(number, title)
        try:
            await scene(stage)
        except NotAsTold as error:
            raise NotAsTold(f"scene {number}, “{title}”: {error}") from error


async def by_command(on: Stage) -> None:
    room = on.rooms["helpdesk"]
    asked = await on.amy.says(room, "!ask How do I reach the VPN from home? #vpn\nMy old client says “expired”.")
    card = on.cards["vpn"] = await on.eyes.card(asked)
    answer = await on.bob.says(room, "Install the new client and sign in with your badge number.", thread=asked)
    await on.eyes.seen(answer)
    await on.amy.says(room, "!answered", thread=asked)
    await on.eyes.card_shows(card, state="answered", accepted=[answer])


async def by_mention(on: Stage) -> None:
    room = on.rooms["network"]
    asked = await on.bob.says(room, "@askbridge Which switch feeds room 214?", mentions=[on.bot])
    card = on.cards["switch"] = await on.eyes.card(asked)
    await on.bob.edits(room, asked, "@askbridge Which switch feeds room 241? #lan", mentions=[on.bot])
    await on.eyes.card_shows(card, tags=["lan"])
    await on.dmitri.reacts(room, asked, "🙋")
    await on.eyes.card_shows(card, state="claimed", assignee=on.dmitri.user_id)


async def by_reaction(on: Stage) -> None:
    room = on.rooms["community"]
    said = await on.carla.says(room, "Has anybody got the pictures of the summer party?")
    await on.eyes.seen(said)
    await on.dmitri.reacts(room, said, "❓")
    card = on.cards["pictures"] = await on.eyes.card(said)
    answer = await on.amy.says(room, "They are on the intranet, under Events.", reply_to=said)
    await on.eyes.seen(answer)
    await on.carla.reacts(room, answer, "✅")
    await on.eyes.card_shows(card, state="answered", accepted=[answer])


async def proposed(on: Stage) -> None:
    room = on.rooms["helpdesk"]
    asked = await on.amy.says(room, "!ask The printer on floor 2 prints all in pink. What now? #printer")
    card = on.cards["printer"] = await on.eyes.card(asked)
    answer = await on.bob.says(room, "Change the yellow cartridge: there are spares in room 12.", reply_to=asked)
    await on.eyes.seen(answer)
    await on.carla.reacts(room, answer, "✅")
    await on.eyes.reply(answer)
    settled = await on.dmitri.says(room, "!answered", reply_to=answer)
    await on.eyes.card_shows(card, state="answered", accepted=[answer])
    await on.eyes.sign(settled)


async def unanswered(on: Stage) -> None:
    room = on.rooms["helpdesk"]
    asked = await on.bob.says(room, "!ask Who has the key of the server room?")
    card = on.cards["key"] = await on.eyes.card(asked)
    wanted = await on.dmitri.says(room, "!unanswered")
    listed = await on.eyes.reply(wanted)
    waiting = {card.number, on.cards["switch"].number}
    more = "page:2" in listed
    expect(more or _named(listed) >= waiting, f"the list names {_several(waiting)}")
    expect(on.cards["vpn"].number not in _named(listed), "an answered question is not in the list of unanswered ones")


async def in_french(on: Stage) -> None:
    room, french = on.rooms["helpdesk"], words("fr")
    chosen = await on.eyes.reply(await on.carla.says(room, "!language fr"))
    expect(chosen == french.say("language-chosen", {"language": "fr"}), "askbridge confirms in French")
    number = on.cards["printer"].number
    shown = await on.eyes.reply(await on.carla.says(room, f"!show {number}"))
    expect(french.say("state-answered") in shown and "yellow cartridge" in shown, f"Q{number} is shown in French")
    await on.eyes.reply(await on.carla.says(room, "!language default"))


async def kept_apart(on: Stage) -> None:
    room, number = on.rooms["community"], on.cards["key"].number
    listed = await on.eyes.reply(await on.bob.says(room, "!unanswered"))
    inside = {card.number for name, card in on.cards.items() if name != "pictures"}
    expect(not _named(listed) & inside, "a question of the staff is not listed where everybody reads")
    refused = await on.eyes.reply(await on.bob.says(room, f"!show {number}"))
    unknown = words("en").say("refused-no-such-question", {"number": number})
    expect(refused == unknown, f"Q{number} is not shown where everybody reads")


async def help_at_hand(on: Stage) -> None:
    room = on.rooms["network"]
    advice = await on.eyes.reply(await on.amy.says(room, "!unansered"))
    expect("!unanswered" in advice, "the nearest command is suggested")
    told = await on.eyes.reply(await on.amy.says(room, "!help ask"))
    expect("!ask" in told, "the help tells how to ask")


Scene = Callable[[Stage], Awaitable[None]]

SCENES: tuple[tuple[str, Scene], ...] = (
    ("Amy asks with a command, Bob answers in the thread", by_command),
    ("Bob mentions the bot, mends his question; Dmitri claims it", by_mention),
    ("Dmitri makes Carla's message a question, with ❓", by_reaction),
    ("Carla proposes an answer to Amy's question; a moderator accepts", proposed),
    ("What waits for an answer, in all rooms of the staff", unanswered),
    ("Carla reads French", in_french),
    ("In a room open to everyone, the staff's questions do not exist", kept_apart),
    ("A slip of the finger, and help", help_at_hand),
)


def _named(text: str) -> set[int]:
    """The numbers of the questions that a text names."""
    found = (word.strip("-·:. ") for word in text.split())
    return {int(word[1:]) for word in found if word[:1] == "Q" and word[1:].isdigit()}


def _several(numbers: set[int]) -> str:
    return " and ".join(f"Q{number}" for number in sorted(numbers))
