"""The story that the demo tells. It is also a check: a step that does not come as told raises NotAsTold."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bridge.chat.words import words
from bridge.demo.eyes import Card, Eyes, NotAsTold, expect
from bridge.demo.person import Person
from bridge.demo.telling import Telling
from bridge.semantic.encoder import is_installed


@dataclass(slots=True)
class Stage:
    """Who plays, where, and who looks on. `rooms` maps the names of `plan.ROOMS` to room ids."""

    amy: Person
    bob: Person
    carla: Person
    dmitri: Person
    rooms: dict[str, str]
    bot: str
    eyes: Eyes
    telling: Telling
    cards: dict[str, Card] = field(default_factory=dict)


FIRST = "1️⃣"


async def tell(stage: Stage) -> None:
    """All scenes that can be played here, one after the other."""
    for number, (title, scene) in enumerate(playable(), 1):
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
    answer = await on.bob.says(room, "Change the yellow toner: there are spares in room 12.", reply_to=asked)
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


async def asked_before(on: Stage) -> None:
    room = on.rooms["helpdesk"]
    asked = await on.carla.says(room, "!ask Comment se connecter au VPN depuis la maison ?")
    card = on.cards["again"] = await on.eyes.card(asked)
    shown = await on.eyes.card_says(card.number, FIRST, "VPN from home")
    original = int(shown.partition(f"{FIRST} Q")[2].split()[0])
    await on.carla.reacts(room, card.event_id, FIRST)
    await on.eyes.card_says(card.number, "closed", f"Q{original}")
    await on.eyes.card_says(original, "asked ", " times")


async def in_french(on: Stage) -> None:
    room, french = on.rooms["helpdesk"], words("fr")
    chosen = await on.eyes.reply(await on.carla.says(room, "!language fr"))
    expect(chosen == french.say("language-chosen", {"language": "fr"}), "askbridge confirms in French")
    number = on.cards["printer"].number
    wanted = await on.carla.says(room, "!search imprimante rose toner")
    found, marked = await on.eyes.marked(wanted)
    expect(number in _named(found) and french.say("state-answered") in found, f"Q{number} is found by French words")
    expect("<strong>toner</strong>" in marked, "what was sought is marked in its answer")
    await on.eyes.reply(await on.carla.says(room, "!language default"))


async def kept_apart(on: Stage) -> None:
    room, number = on.rooms["community"], on.cards["key"].number
    listed = await on.eyes.reply(await on.bob.says(room, "!unanswered"))
    inside = {card.number for name, card in on.cards.items() if name != "pictures"}
    expect(not _named(listed) & inside, "a question of the staff is not listed where everybody reads")
    found = await on.eyes.reply(await on.bob.says(room, "!search the key of the server room"))
    expect(not _named(found) & inside, "nor is it found there")
    refused = await on.eyes.reply(await on.bob.says(room, f"!show {number}"))
    unknown = words("en").say("refused-no-such-question", {"number": number})
    expect(refused == unknown, f"Q{number} is not shown where everybody reads")


async def by_rules(on: Stage) -> None:
    room = on.rooms["helpdesk"]
    asked = await on.amy.says(room, "!ask Nobody can get on the wifi on floor 3.")
    card = on.cards["wifi"] = await on.eyes.card(asked)
    expect(card.facts["tags"] == ["wifi"], "a rule tags the question")
    expect(card.facts["assignee"] in {on.bob.user_id, on.dmitri.user_id}, "a rule gives it to somebody of the team")
    told = await on.eyes.reply(await on.dmitri.says(room, f"!why {card.number}"))
    expect("many people wait" in told and "wireless" in told, "both rules are named")


async def triage(on: Stage) -> None:
    room, desk = on.rooms["network"], on.rooms["triage"]
    on.eyes.look_into(desk)
    asked = await on.carla.says(room, "!ask May I plug my own switch into the wall?")
    card = on.cards["wall"] = await on.eyes.card(asked)
    in_triage = await on.eyes.triage_card(card.number)
    await on.bob.reacts(desk, in_triage.event_id, "🙋")
    await on.eyes.card_shows(card, in_triage, state="claimed", assignee=on.bob.user_id)


async def how_things_stand(on: Stage) -> None:
    room = on.rooms["helpdesk"]
    asked = await on.dmitri.says(room, "!stats 7d")
    told, picture = await on.eyes.text_and_picture(asked)
    expect("New: " in told and "Waiting now: " in told, "the statistics come in words")
    expect(picture["url"].startswith("mxc://") and picture["info"]["mimetype"] == "image/png", "and as a picture")


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
    ("Carla asks in French what Amy asked in English; the card says so", asked_before),
    ("Carla reads French, and finds in French", in_french),
    ("In a room open to everyone, the staff's questions do not exist", kept_apart),
    ("Two rules see to a question; !why says which", by_rules),
    ("Bob takes a question from the triage room", triage),
    ("How things stand, in words and as a picture", how_things_stand),
    ("A slip of the finger, and help", help_at_hand),
)

_COMPARING = (asked_before,)
"""What is like what can be seen only with the extra `semantic`."""


def playable() -> list[tuple[str, Scene]]:
    """The scenes for which everything is installed."""
    compares = is_installed()
    return [(title, scene) for title, scene in SCENES if compares or scene not in _COMPARING]


def _named(text: str) -> set[int]:
    """The numbers of the questions that a text names."""
    found = (word.strip("-·:. ") for word in text.split())
    return {int(word[1:]) for word in found if word[:1] == "Q" and word[1:].isdigit()}


def _several(numbers: set[int]) -> str:
    return " and ".join(f"Q{number}" for number in sorted(numbers))
