"""Lists, single questions, and what may not be seen."""

import re

import pytest

from tests.real.client import Card, Person
from tests.real.village import Village, body

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def ask(person: Person, room: str, text: str) -> Card:
    return await person.waits_for_card(room, await person.says(room, f"!ask {text}"))


def numbers(shown: str) -> list[int]:
    """The questions of a list, in its order."""
    return [int(n) for n in re.findall(r"^- Q(\d+) ", shown, re.MULTILINE)]


async def test_lists_and_their_filters(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    guest = await village.person("Gus", staff=False)
    room = await village.room(bob, amy, guest)
    first = await ask(amy, room, "How do I reach the VPN? #vpn")
    second = await ask(guest, room, "Where is the printer? #printer #vpn")
    third = await ask(bob, room, f"{amy.user_id} Who are you?")
    one, two, three = first.number, second.number, third.number
    answer = await bob.says(room, "So", thread=first.content["m.relates_to"]["event_id"])
    await amy.reacts(room, answer, "✅")
    await bob.reacts(room, second.event_id, "🙋")
    await village.calm(room, amy)
    for command, expected in {
        "!unanswered here": [two, three],
        "!UNANSWERED HERE": [two, three],
        "!questions here": [three, two, one],
        "!questions here tag:vpn": [two, one],
        "!questions tag:#vpn tag:printer here": [two],
        "!questions here is:answered": [one],
        "!questions here is:open|claimed": [three, two],
        f"!questions here by:{bob.user_id}": [three],
        "!questions by:me here": [one],
        "!questions here assigned:me": [three],
        "!questions here assigned:none": [one],
        f"!unanswered assigned:{bob.user_id}": [two],
        "!questions from:external here": [two],
        "!questions from:staff here": [three, one],
        "!questions here since:1h": [three, two, one],
        "!questions here older:1d": [],
        "!questions here priority:high": [],
        "!questions here space:helpdesk": [three, two, one],
        "!questions here space:acme": [],
        "!mine here": [three, one],
        "!mine is:answered": [one],
    }.items():
        assert numbers(await village.answer_to(amy, room, command)) == expected, command
    shown = await village.answer_to(amy, room, "!unanswered here")
    link = f"https://matrix.to/#/{room}/{second.content['m.relates_to']['event_id']}?via="
    heading, claimed, directed = shown.splitlines()
    assert heading == "2 unanswered questions"
    assert claimed.startswith(f"- Q{two} Where is the printer? #printer #vpn ({link}")
    assert claimed.endswith(" · 1 minute · claimed by Bob · #printer #vpn")
    assert directed.endswith(" · 1 minute · open, for Amy")


async def test_filters_that_nobody_knows(village: Village) -> None:
    amy = await village.person("Amy")
    room = await village.room(amy)
    for command, told in {
        "!unanswered tga:vpn": "I do not know the filter “tga:vpn”. Did you mean “tag:”?",
        "!questions hree": "I do not know the filter “hree”. Did you mean “here”?",
        "!questions xyzzy": "I do not know the filter “xyzzy”. Filters look like tag:vpn, older:2d or is:open.",
        "!questions is:opne": "I cannot use “is:opne”. For example: is:open, is:claimed, is:answered, is:closed",
        "!questions older:soon": "I cannot use “older:soon”. For example: older:2d",
        "!mine page:0": "I cannot use “page:0”. For example: page:2",
    }.items():
        assert await village.answer_to(amy, room, command) == told


async def test_pages(village: Village) -> None:
    """Ten a page; a page behind the last one is the last one."""
    amy = await village.person("Amy")
    room = await village.room(amy)
    events = [await amy.says(room, f"!ask Question {n}") for n in range(23)]
    last = await amy.waits_for_card(room, events[-1])
    everything = list(range(last.number - 22, last.number + 1))
    first_page = await village.answer_to(amy, room, "!unanswered here")
    assert numbers(first_page) == everything[:10]
    assert first_page.splitlines()[0] == "23 unanswered questions"
    assert first_page.splitlines()[-1] == "Page 1 of 3. For the next one, add page:2"
    assert numbers(await village.answer_to(amy, room, "!unanswered page:2 here")) == everything[10:20]
    for beyond in (3, 4, 99999):
        shown = await village.answer_to(amy, room, f"!unanswered here page:{beyond}")
        assert numbers(shown) == everything[20:]
    newest_first = await village.answer_to(amy, room, "!questions here page:3")
    assert numbers(newest_first) == everything[2::-1]


async def test_a_question_in_full(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    card = await ask(amy, room, "How do I reach the VPN? #vpn\nFrom home, I mean.")
    root = card.content["m.relates_to"]["event_id"]
    empty = await village.answer_to(bob, room, f"!show {card.number}")
    assert empty.splitlines()[1:] == ["How do I reach the VPN? #vpn", "From home, I mean.", "No answers yet."]
    answer = await bob.says(room, "Use <b>the client</b> & be patient", thread=root)
    await amy.reacts(room, answer, "✅")
    said = await amy.says(room, "!show", thread=root)
    shown = await amy.waits_for_reply(room, said)
    assert body(shown).splitlines()[3] == "1 answer"
    assert "(accepted) – Use <b>the client</b> & be patient" in body(shown)
    assert "&lt;b&gt;the client&lt;/b&gt; &amp; be patient" in shown["content"]["formatted_body"]
    assert shown["content"]["m.relates_to"]["event_id"] == root, "in the thread where it was asked for"


COMMANDS = (
    "!show {0}",
    "!answered {0}",
    "!answered {0} because",
    "!answer {0} because",
    "!claim {0}",
    "!unclaim {0}",
    "!close {0}",
    "!close {0} because",
    "!reopen {0}",
    "!follow {0}",
    "!unfollow {0}",
)


async def test_what_may_not_be_seen_does_not_exist(village: Village) -> None:
    """Byte for byte, whatever is tried; nor does pointing at a foreign event help."""
    amy, bob = await village.people("Amy", "Bob")
    inside = await village.room(amy, bob)
    plaza = await village.room(amy, bob, space="plaza")
    card = await ask(amy, inside, "Where is the safe? #safe")
    event = str(card.content["m.relates_to"]["event_id"])
    missing = 7_000_000
    for command in COMMANDS:
        hidden = await village.answer_to(bob, plaza, command.format(card.number))
        absent = await village.answer_to(bob, plaza, command.format(missing))
        assert hidden.replace(str(card.number), "N") == absent.replace(str(missing), "N"), command
    for command in ("!show", "!claim", "!answered", "!follow"):
        pointed = await village.answer_to(bob, plaza, command, reply_to=event)
        nowhere = await village.answer_to(bob, plaza, command, reply_to="$nowhere")
        assert pointed == nowhere
    await bob.says(plaza, "An answer from outside", reply_to=event)
    assert await village.answer_to(bob, plaza, "!questions tag:safe") == "No questions found."
    assert (await amy.waits_for_card(inside, event)).state == "open"
    assert village.exported("answer", card.number) == []


async def test_one_space_looks_into_another(village: Village) -> None:
    """A room of staff shows what other staff rooms ask; acting on it takes being in that room."""
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    helpdesk = await village.room(amy, bob)
    lab = await village.room(bob, cleo, space="lab")
    acme = await village.room(amy, bob, cleo, space="acme")
    card = await ask(amy, helpdesk, "Who reads this? #across")
    partner = await ask(amy, acme, "And this? #across")
    assert numbers(await village.answer_to(cleo, lab, "!questions tag:across")) == [partner.number, card.number]
    assert numbers(await village.answer_to(cleo, lab, "!questions tag:across here")) == []
    assert numbers(await village.answer_to(cleo, acme, "!questions tag:across")) == [partner.number]
    assert "Who reads this?" in await village.answer_to(cleo, lab, f"!show {card.number}")
    refused = await village.answer_to(cleo, lab, f"!claim {card.number}")
    assert refused == f"Q{card.number} belongs to another room. Join that room to work on it."
    await bob.says(lab, f"!claim {card.number}")
    claimed = await amy.waits_for_card(helpdesk, card.number, state="claimed")
    assert claimed.facts["assignee"] == bob.user_id


async def test_direct_chats(village: Village) -> None:
    """There one sees what one's rooms ask, as long as one is in them, and what is open to everyone."""
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    plaza = await village.room(amy, space="plaza")
    acme = await village.room(amy, bob, space="acme")
    mine = await ask(amy, room, "Mine? #private")
    public = await ask(amy, plaza, "Public? #private")
    partner = await ask(amy, acme, "Partner? #private")
    chat = await village.direct(bob)
    assert numbers(await village.answer_to(bob, chat, "!questions tag:private")) == [
        partner.number,
        public.number,
        mine.number,
    ]
    await bob.leaves(acme)
    await village.calm(acme, amy)
    assert numbers(await village.answer_to(bob, chat, "!questions tag:private")) == [public.number, mine.number]
    gone = await village.answer_to(bob, chat, f"!show {partner.number}")
    assert gone == f"There is no question Q{partner.number} here."
    refused = await village.answer_to(bob, chat, f"!claim {public.number}")
    assert refused == f"Q{public.number} belongs to another room. Join that room to work on it."
    await bob.says(chat, f"!claim {mine.number}")
    await amy.waits_for_card(room, mine.number, state="claimed")
    told = await village.answer_to(bob, chat, "!ask Where?")
    assert told == "Questions are asked in a room, where others can answer. Write !ask there."


async def test_search_finds_what_may_be_seen_as_it_stands_now(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    plaza = await village.room(amy, bob, space="plaza")
    card = await ask(amy, room, "Where do I renew my zirconium badge? #zirconia")
    root = card.content["m.relates_to"]["event_id"]
    answer = await bob.says(room, "At the réception, with your passport", thread=root)
    await amy.reacts(room, answer, "✅")
    await village.calm(room, amy)
    for words in ("zirconium", "reception passports is:answered", "zirkonium badge", "zirconia here"):
        assert numbers(await village.answer_to(bob, room, f"!search {words}")) == [card.number], words
    said = await bob.says(room, "!search zirconium reception")
    shown = await bob.waits_for_reply(room, said)
    assert "At the *réception*, with your passport" in body(shown)
    assert "my <strong>zirconium</strong> badge?" in shown["content"]["formatted_body"]
    nothing = "Nothing found. Try fewer words, or others."
    assert await village.answer_to(bob, plaza, "!search zirconium") == nothing
    await bob.redacts(room, answer)
    await village.calm(room, amy)
    assert await village.answer_to(bob, room, "!search passport zirconium is:answered") == nothing
    await amy.redacts(room, root)
    await village.calm(room, amy)
    assert await village.answer_to(bob, room, "!search zirconium") == nothing
