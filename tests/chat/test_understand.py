"""Every way of asking, answering and reacting, and what is not meant for us."""

from time import process_time

import pytest

from bridge.chat.events import Ignored
from bridge.chat.intents import (
    Accept,
    Ask,
    Claim,
    Edit,
    Follow,
    Intent,
    ListQuestions,
    MembershipChanged,
    Misunderstood,
    Ref,
    RoomChanged,
    Settle,
    TakePart,
    Vote,
    Withdraw,
)
from bridge.chat.understand import mentions_bot, references, target_to_fetch, wanted
from tests.chat.raw import (
    ANN,
    BOB,
    ME,
    SETTING,
    Raw,
    edited,
    event,
    file,
    heard,
    invocation,
    meaning,
    pill,
    reaction,
    reply,
    said,
    text,
    threaded,
)

HERS = event(text("My screen is #black"), sender=BOB, event_id="$hers")


def asked(content: Raw, *fetched: Raw, tracked: tuple[str, ...] = ()) -> Ask:
    intent = meaning(event(content), *fetched, tracked=tracked)
    assert isinstance(intent, Ask), intent
    return intent


ASKING = [
    text("!ask How do I?"),
    text("!ASK How do I?"),
    text("@qa:example.org how do I?"),
    text("@qa:example.org: how do I?", mentions=[ME]),
    text("Question Bot: how do I?", f"{pill(ME, 'Question Bot')}: how do I?"),
    text("QA, how do I?", f"{pill(ME, 'QA')}, how do I?", mentions=[ME]),
    text("How do I? Question Bot", mentions=[ME]),
    threaded(text("@qa:example.org how do I?"), "$elsewhere"),
    reply(text("> <@bob:example.org> old\n\n@qa:example.org how do I?"), "$hers"),
]


@pytest.mark.parametrize("content", ASKING, ids=lambda c: c["body"][:20])
def test_every_way_of_asking(content: Raw) -> None:
    question = asked(content)
    assert question.text.lower().startswith("how do i?")
    assert (question.by, question.event_id, question.said_at) == (ANN, "$1", 1)
    assert not question.quiet


def test_a_question_in_a_thread_stays_in_its_thread() -> None:
    assert asked(threaded(text("!ask How?"), "$root")).thread_root == "$root"
    assert asked(text("!ask How?")).thread_root == "$1"


def test_title_body_and_tags() -> None:
    question = asked(text("!ask VPN down #vpn\nsince #monday, see #room:example.org"))
    assert question.text == "VPN down #vpn\nsince #monday, see #room:example.org"
    assert question.tags == ("vpn", "monday")


@pytest.mark.parametrize(
    "content",
    [
        text("!ask @bob:example.org how?"),
        text("!ask @bob:example.org: how?"),
        text("!ask Bob Stone: how?", f"!ask {pill(BOB, 'Bob Stone')}: how?"),
        text("!ask @Bob Stone how?", f"!ask {pill(BOB, '@Bob Stone')} how?"),
        text("!ask @bob how?", mentions=[BOB]),
        text("!ask @bob: how?", mentions=[BOB]),
        text("@qa:example.org @bob:example.org how?"),
        text("!ask @bob:example.org @bob:example.org how?"),
    ],
    ids=lambda c: c["body"],
)
def test_a_question_is_directed_to_whom_it_names_first(content: Raw) -> None:
    question = asked(content)
    assert (question.directed_to, question.text) == ((BOB,), "how?")


def test_several_people_may_be_named() -> None:
    question = asked(text("!ask @bob:example.org, @carl:example.org how?"))
    assert question.directed_to == (BOB, "@carl:example.org")
    assert question.text == "how?"


@pytest.mark.parametrize(
    "content",
    [
        text("!ask how does @bob:example.org do it?"),
        text("!ask @bob how?"),
        text("!ask @bob:example.com how?", mentions=["@bob"]),
        text("!ask Bobby how?", f"!ask {pill(BOB, 'Bob')}by how?"),
        text("!ask @qa:example.org how?"),
    ],
    ids=lambda c: c["body"],
)
def test_names_elsewhere_direct_nothing(content: Raw) -> None:
    assert BOB not in asked(content).directed_to


def test_a_short_name_does_not_stand_for_somebody_on_another_server() -> None:
    question = asked(text("!ask @bob:evil.org how?", mentions=[BOB]))
    assert question.directed_to == ("@bob:evil.org",)


def test_a_crowd_of_names_is_no_direction_and_costs_no_time() -> None:
    crowd = " ".join(f"@u{n}:example.org" for n in range(3_000))
    began = process_time()
    question = asked(text(f"!ask {crowd} how?"))
    assert process_time() - began < 1
    assert len(question.directed_to) == 20


def test_ask_as_a_reply_makes_that_message_the_question_of_its_author() -> None:
    question = asked(reply(text("!ask"), "$hers"), HERS)
    assert (question.text, question.by, question.event_id) == ("My screen is #black", BOB, "$hers")
    assert (question.thread_root, question.tags, question.origin.sender) == ("$hers", ("black",), ANN)


def test_so_does_a_mention_as_a_reply_without_words() -> None:
    question = asked(reply(text("@qa:example.org"), "$hers"), HERS)
    assert (question.text, question.by) == ("My screen is #black", BOB)


def test_a_reply_may_direct_the_message_to_somebody() -> None:
    question = asked(reply(text("!ask @carl:example.org"), "$hers"), HERS)
    assert (question.text, question.by, question.directed_to) == ("My screen is #black", BOB, ("@carl:example.org",))


def test_a_message_made_a_question_keeps_its_thread() -> None:
    hers = event(threaded(text("My screen"), "$root"), sender=BOB, event_id="$hers")
    assert asked(reply(text("!ask"), "$hers"), hers).thread_root == "$root"


def test_a_message_made_a_question_reads_as_it_was_last_edited() -> None:
    latest = event(edited(text("My new screen"), "$hers"), sender=BOB, event_id="$edit")
    hers = HERS | {"unsigned": {"m.relations": {"m.replace": latest}}}
    assert asked(reply(text("!ask"), "$hers"), hers).text == "My new screen"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("!ask My screen", "My screen"),
        ("@qa:example.org my screen", "my screen"),
        ("!important screen", "!important screen"),
    ],
)
def test_the_message_made_a_question_may_look_like_a_command(body: str, words: str) -> None:
    hers = event(text(body), sender=BOB, event_id="$hers")
    assert asked(reply(text("!ask"), "$hers"), hers).text == words


def test_ask_with_words_as_a_reply_is_the_writers_own_question() -> None:
    question = asked(reply(text("!ask What is that?"), "$hers"), HERS)
    assert (question.text, question.by, question.event_id) == ("What is that?", ANN, "$1")


NOTHING_TO_ASK = [
    (event(text("!claim 42"), sender=BOB, event_id="$hers"), 1),
    (event(text("@qa:example.org"), sender=BOB, event_id="$hers"), 1),
    (event(text("!ask"), sender=BOB, event_id="$hers"), 1),
    (event({}, sender=BOB, event_id="$hers"), 1),
    (event(text("mine"), sender=ME, event_id="$hers"), 1),
    (event({"name": "x"}, "m.room.name", state_key="", event_id="$hers"), 1),
    ({"event_id": "$elsewhere"}, 0),
]


@pytest.mark.parametrize(("hers", "replied"), NOTHING_TO_ASK)
def test_a_reply_to_nothing_askable_gets_the_usage(hers: Raw, replied: int) -> None:
    intent = meaning(event(reply(text("!ask"), "$hers")), hers)
    assert isinstance(intent, Misunderstood)
    assert (intent.key, intent.arguments) == ("usage-ask", {"replied": replied})


@pytest.mark.parametrize("body", ["!ask", "!ask   ", "@qa:example.org", "!ask @bob:example.org"])
def test_asking_nothing_gets_the_usage(body: str) -> None:
    intent = meaning(event(text(body)))
    assert isinstance(intent, Misunderstood)
    assert (intent.key, intent.arguments, intent.quiet) == ("usage-ask", {"replied": 0}, False)


@pytest.mark.parametrize("key", ["❓", "❓️", "❔"])
def test_a_question_mark_makes_a_message_a_question(key: str) -> None:
    intent = meaning(reaction(key, "$hers"), HERS)
    assert isinstance(intent, Ask)
    assert (intent.text, intent.by, intent.event_id, intent.quiet) == ("My screen is #black", BOB, "$hers", True)
    assert intent.origin.event_id == "$reaction"


def test_a_question_mark_on_nothing_askable_is_silent() -> None:
    assert meaning(reaction("❓", "$hers")) == Ignored("nothing to ask")
    assert meaning(reaction("❓", "$1"), event({}, sender=BOB)) == Ignored("nothing to ask")
    empty = meaning(reaction("❓", "$1"), event(text("@qa:example.org"), sender=BOB))
    assert isinstance(empty, Misunderstood)
    assert empty.quiet


def test_a_caption_asks_and_its_file_belongs_to_the_question() -> None:
    question = asked(file("!ask What is this?", "m.image", filename="photo.png"))
    assert question.text == "What is this?"
    assert [f.name for f in question.attachments] == ["photo.png"]


def test_a_caption_without_words_is_titled_by_its_file() -> None:
    assert asked(file("!ask", "m.image", filename="photo.png")).text == "photo.png"


def test_a_file_replied_to_belongs_to_the_question() -> None:
    theirs = event(file("plan.pdf"), sender=BOB, event_id="$hers")
    question = asked(reply(text("!ask Where is page 2?"), "$hers"), theirs)
    assert (question.text, question.by, [f.event_id for f in question.attachments]) == (
        "Where is page 2?",
        ANN,
        ["$hers"],
    )


@pytest.mark.parametrize(("name", "title"), [("plan.pdf", "plan.pdf"), (" ", "voice")])
def test_a_file_may_be_the_question(name: str, title: str) -> None:
    theirs = event(file(name, "m.audio", **{"org.matrix.msc3245.voice": {}}), sender=BOB, event_id="$hers")
    question = asked(reply(text("!ask"), "$hers"), theirs)
    assert (question.text, question.by) == (title, BOB)
    assert len(question.attachments) == 1


@pytest.mark.parametrize(
    "content",
    [
        reply(text("> <@qa:example.org> Q42 · open\n\nThanks!", mentions=[ME]), "$card"),
        reply(text("Thanks!", f"<mx-reply>{pill(ME, 'Bot')} Q42</mx-reply>Thanks!", mentions=[ME]), "$card"),
        text("Thanks!"),
        text("I like the question bot"),
        text("@room how?", mentions=[]),
    ],
)
def test_a_reply_to_the_bot_and_idle_talk_ask_nothing(content: Raw) -> None:
    assert meaning(event(content)) == Ignored("chat")


def test_in_private_a_mention_asks_nothing() -> None:
    assert meaning(event(text("@qa:example.org how?")), private=True) == Ignored("chat")


@pytest.mark.parametrize(
    ("content", "tracked", "ref", "words"),
    [
        (threaded(text("Restart it."), "$root"), "$root", Ref(None, "$root", "$root"), "Restart it."),
        (reply(text("Restart it."), "$answer"), "$answer", Ref(None, "$answer", None), "Restart it."),
        (threaded(text("Restart it."), "$root", "$answer"), "$answer", Ref(None, "$answer", "$root"), "Restart it."),
        (
            threaded(text("@qa:example.org Restart"), "$root"),
            "$root",
            Ref(None, "$root", "$root"),
            "@qa:example.org Restart",
        ),
        (threaded(file("log.txt"), "$root"), "$root", Ref(None, "$root", "$root"), "log.txt"),
        (threaded({"msgtype": "m.image"}, "$root"), "$root", Ref(None, "$root", "$root"), "image"),
    ],
)
def test_a_message_about_a_tracked_event_takes_part(content: Raw, tracked: str, ref: Ref, words: str) -> None:
    intent = meaning(event(content), tracked=(tracked,))
    assert isinstance(intent, TakePart)
    assert (intent.ref, intent.text) == (ref, words)


def test_commands_work_in_tracked_threads() -> None:
    assert isinstance(meaning(event(threaded(text("!answered"), "$root")), tracked=("$root",)), Accept)
    assert isinstance(meaning(event(text("!unanswered")), private=True), ListQuestions)


def test_an_unknown_command_is_ignored() -> None:
    assert meaning(event(text("!wow"))) == Ignored("unknown command")


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("✅", Accept),
        ("✔️", Accept),
        ("☑️", Accept),
        ("🙋🏽", Claim),
        ("🙋🏼‍♀️", Claim),
        ("👀", Follow),
        ("👍🏿", Vote),
        ("👎", Vote),
    ],
)
def test_reactions_on_what_is_tracked(key: str, kind: type[Intent]) -> None:
    intent = meaning(reaction(key), tracked=("$target",))
    assert type(intent) is kind
    assert isinstance(intent, Intent)
    assert intent.quiet
    assert meaning(reaction(key)) == Ignored("reaction")


def test_a_reaction_without_meaning_is_ignored() -> None:
    assert meaning(reaction("🎉"), tracked=("$target",)) == Ignored("reaction")


def edit_of(target: str, content: Raw, *fetched: Raw, **known: tuple[str, ...] | bool) -> Intent | Ignored:
    return meaning(event(edited(content, target), event_id="$edit"), *fetched, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "words", "plain"),
    [
        (text("!ask How #now?"), "How #now?", "How #now?"),
        (text("!ask @bob:example.org how #now?"), "how #now?", "@bob:example.org how #now?"),
        (text("@qa:example.org how #now?"), "how #now?", "@qa:example.org how #now?"),
        (text("How #now?"), "How #now?", "How #now?"),
        (text("!answered 42 how #now?"), "how #now?", "how #now?"),
    ],
)
def test_an_edit_of_what_is_tracked(content: Raw, words: str, plain: str) -> None:
    intent = edit_of("$1", content, tracked=("$1",))
    assert isinstance(intent, Edit)
    assert (intent.target, intent.text, intent.plain, intent.tags, intent.quiet) == ("$1", words, plain, ("now",), True)


def test_a_message_edited_into_a_question_becomes_one() -> None:
    old = event(threaded(text("How do I"), "$root"), event_id="$old")
    intent = edit_of("$old", text("!ask How do I?"), old)
    assert isinstance(intent, Ask)
    assert (intent.event_id, intent.text, intent.by, intent.thread_root) == ("$old", "How do I?", ANN, "$root")
    assert intent.origin.event_id == "$edit"


@pytest.mark.parametrize(
    ("content", "old"),
    [
        (text("!ask How?"), event(text("My own words"), sender=BOB, event_id="$old")),
        (text("!ask How?"), {"event_id": "$old"}),
        (text("!ask"), event(text("x"), event_id="$old")),
        (text("!claim 42"), event(text("x"), event_id="$old")),
        (text("plain"), event(text("x"), event_id="$old")),
        (text("@qa:example.org how?"), event(text("x"), event_id="$old")),
    ],
    ids=["somebody else's", "gone", "no words", "another command", "chat", "a mention"],
)
def test_other_edits_change_nothing(content: Raw, old: Raw) -> None:
    assert edit_of("$old", content, old) == Ignored("edit")


def test_in_private_an_edit_asks_nothing() -> None:
    assert edit_of("$old", text("!ask How?"), event(text("x"), event_id="$old"), private=True) == Ignored("edit")


def test_what_is_not_said_by_anybody() -> None:
    state = event({"name": "x"}, "m.room.name", state_key="")
    member = event({"membership": "join"}, "m.room.member", state_key=BOB)
    own = event(text("x") | {"org.askbridge.effect": "e"}, sender=ME)
    assert isinstance(meaning(state), RoomChanged)
    assert isinstance(meaning(member), MembershipChanged)
    assert isinstance(meaning(own), Settle)
    assert isinstance(meaning(event({}, "m.room.redaction", redacts="$1")), Withdraw)
    assert meaning(event({}, "m.sticker")) == Ignored("type")


@pytest.mark.parametrize(
    ("raw", "matters"),
    [
        (event(text("!ask how?")), True),
        (event(text("!whatever")), True),
        (event(text("@qa:example.org how?")), True),
        (event(text("how?", mentions=[ME])), True),
        (event(threaded(text("hi"), "$root")), True),
        (event(reply(text("hi"), "$a")), True),
        (event(edited(text("hi"), "$a")), True),
        (event({}, "m.room.redaction", redacts="$1"), True),
        (event({"name": "x"}, "m.room.name", state_key=""), True),
        (event(text("x") | {"org.askbridge.effect": "e"}, sender=ME), True),
        (reaction("❓"), True),
        (reaction("🙋🏽"), True),
        (reaction("🎉"), False),
        (event(text("hello")), False),
        (event(file("plan.pdf")), False),
        (event(text("hello"), sender=ME), False),
        (event({"msgtype": "m.notice", "body": "!ask"}), False),
        (event({}, "m.typing"), False),
        ({}, False),
    ],
)
def test_only_what_can_matter_is_kept(raw: Raw, matters: bool) -> None:
    assert wanted(raw, SETTING) is matters


@pytest.mark.parametrize(
    ("raw", "target"),
    [
        (reaction("❓", "$hers"), "$hers"),
        (reaction("✅", "$hers"), None),
        (event(reply(text("!ask"), "$hers")), "$hers"),
        (event(reply(text("!ask And?"), "$hers")), "$hers"),
        (event(reply(text("@qa:example.org"), "$hers")), "$hers"),
        (event(reply(text("!claim"), "$hers")), None),
        (event(reply(text("!wow"), "$hers")), None),
        (event(reply(text("thanks"), "$hers")), None),
        (event(text("!ask How?")), None),
        (event(edited(text("!ask How?"), "$hers")), "$hers"),
        (event(edited(text("How?"), "$hers")), None),
    ],
)
def test_only_what_a_question_needs_is_asked_from_the_homeserver(raw: Raw, target: str | None) -> None:
    assert target_to_fetch(heard(raw["content"], kind=raw["type"]), SETTING) == target


def test_what_has_to_be_looked_up() -> None:
    command = invocation("!claim 42")
    assert references(said("!claim 42"), command) == ({"$1"}, {42})
    assert references(heard(threaded(text("hi"), "$root", "$a")), None) == ({"$1", "$root", "$a"}, set())
    assert references(heard(edited(text("hi"), "$old")), None) == ({"$1", "$old"}, set())
    assert references(heard({"name": "x"}, kind="m.room.name", state_key=""), None) == (set(), set())
    assert references(Ignored("type"), None) == (set(), set())


def test_a_mention_is_by_name_or_by_the_clients_word() -> None:
    assert mentions_bot(said("@qa:example.org"), SETTING)
    assert mentions_bot(said("Bot", pill(ME, "Bot")), SETTING)
    assert not mentions_bot(said("@qa:example.org.evil.com"), SETTING)
