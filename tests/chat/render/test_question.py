"""Cards, lists and whole questions, in every language."""

from dataclasses import replace
from typing import Any

import pytest

from bridge.chat.render.question import Extent, Scene, card, excerpt, full, listing
from bridge.chat.words import LANGUAGES, words
from bridge.domain.questions import Acceptance, Answer, Attachment, Discussion, Priority, Question, State, Voice
from tests.chat.render.reading import read_html, says_the_same

DAY = 86_400_000
ROOM, ANN, OMAR = "!room:example.org", "@ann:example.org", "@omar:example.org"
QUESTION = Question(
    number=42,
    space="acme",
    room_id=ROOM,
    event_id="$q",
    thread_root="$root",
    asker=ANN,
    text="VPN <down> & out\nSince\nMonday",
    created_at=0,
    tags=("vpn", "network"),
)
CLAIMED = replace(QUESTION, state=State.CLAIMED, assignee=OMAR)
ANSWERED = replace(QUESTION, state=State.ANSWERED)
CLOSED = replace(QUESTION, state=State.CLOSED, reason="solved by <phone>")
WITHDRAWN = replace(QUESTION, state=State.CLOSED, reason="withdrawn", withdrawn=True, text="", tags=())
NAMES = {ANN: "Ann", OMAR: "Omar"}


def scene(language: str = "en") -> Scene:
    return Scene(words(language), lambda room, who: NAMES.get(who, who), "example.org", "!", 2 * DAY)


def discussed(*voices: Voice, texts: tuple[str, ...] = ("Restart it.",)) -> Discussion:
    answers = tuple(Answer(f"$a{n}", 42, OMAR, text, n, ROOM) for n, text in enumerate(texts))
    said = tuple(Acceptance("$a0", 42, f"@{voice}:example.org", voice, 9) for voice in voices)
    return Discussion(answers, said)


def body(question: Question, discussion: Discussion | None = None) -> str:
    return str(card(question, discussion or Discussion(), scene())["body"])


HINT = "\nAnswer in this thread. !answered or ✅ on the best answer settles it."
LINK = "https://matrix.to/#/!room:example.org/$a0?via=example.org"


@pytest.mark.parametrize(
    ("question", "discussion", "shown"),
    [
        (QUESTION, discussed(), "Q42 · open · asked by Ann · #vpn #network" + HINT),
        (replace(QUESTION, tags=()), discussed(), "Q42 · open · asked by Ann" + HINT),
        (replace(QUESTION, assignee=OMAR), discussed(), "Q42 · open, for Omar · asked by Ann · #vpn #network" + HINT),
        (
            CLAIMED,
            discussed(Voice.HELPER),
            f"Q42 · claimed by Omar · asked by Ann · #vpn #network\nProposed answer by Omar ({LINK})" + HINT,
        ),
        (
            ANSWERED,
            discussed(Voice.ASKER),
            f"Q42 · answered · asked by Ann · #vpn #network\nAccepted answer by Omar ({LINK})",
        ),
        (CLOSED, discussed(Voice.ASKER), "Q42 · closed (solved by <phone>) · asked by Ann · #vpn #network"),
        (replace(CLOSED, reason=""), discussed(), "Q42 · closed · asked by Ann · #vpn #network"),
        (WITHDRAWN, discussed(), "Q42 · closed (withdrawn) · asked by Ann"),
    ],
)
def test_a_card_tells_how_a_question_stands(question: Question, discussion: Discussion, shown: str) -> None:
    assert body(question, discussion) == shown


def test_a_card_links_three_accepted_answers_at_most() -> None:
    answers = discussed(texts=("a", "b", "c", "d")).answers
    said = tuple(Acceptance(a.event_id, 42, ANN, Voice.ASKER, n) for n, a in enumerate(answers))
    assert body(ANSWERED, Discussion(answers, said)).count("Accepted answer by") == 3


def test_programs_read_the_card() -> None:
    content = card(CLAIMED, discussed(Voice.MODERATOR), scene())
    assert content["org.askbridge.card"] == {
        "question": 42,
        "state": "claimed",
        "space": "acme",
        "assignee": OMAR,
        "accepted": ["$a0"],
        "tags": ["vpn", "network"],
    }


def test_a_card_stands_in_the_thread_of_its_question() -> None:
    relation = card(QUESTION, Discussion(), scene())["m.relates_to"]
    assert (relation["rel_type"], relation["event_id"], relation["m.in_reply_to"]) == (
        "m.thread",
        "$root",
        {"event_id": "$q"},
    )


@pytest.mark.parametrize(
    ("question", "pinged"), [(QUESTION, True), (CLAIMED, True), (ANSWERED, False), (CLOSED, False), (WITHDRAWN, False)]
)
def test_a_card_pings_whom_the_question_is_directed_to_while_it_waits(question: Question, pinged: bool) -> None:
    content = card(replace(question, directed_to=(OMAR,)), Discussion(), scene())
    assert content["m.mentions"] == ({"user_ids": [OMAR]} if pinged else {})


def test_a_list() -> None:
    urgent = replace(CLAIMED, priority=Priority.URGENT)
    content = listing("list-unanswered", [QUESTION, urgent], Extent(21, 1, 3), scene())
    link = "https://matrix.to/#/!room:example.org/$q?via=example.org"
    assert content["body"].splitlines() == [
        "21 unanswered questions",
        f"- Q42 VPN <down> & out ({link}) · 2 days · #vpn #network",
        f"- Q42 VPN <down> & out ({link}) · 2 days · claimed by Omar · urgent · #vpn #network",
        "Page 1 of 3. For the next one, add page:2",
    ]


def test_the_last_page_and_an_empty_list_promise_no_more() -> None:
    untagged = replace(QUESTION, tags=(), assignee=OMAR)
    assert "page:" not in listing("list-questions", [untagged], Extent(1, 3, 3), scene())["body"]
    assert listing("list-questions", [], Extent(0, 1, 0), scene())["body"] == "No questions found."


def test_a_long_list_is_not_counted_to_its_end() -> None:
    shown = listing("list-questions", [QUESTION], Extent(1000, 100, 100, more=True), scene())["body"]
    assert shown.splitlines()[0] == "More than 1,000 questions"
    assert "page:" not in shown


def test_a_whole_question() -> None:
    files = (Attachment("$f", "file", "plan\u202e.pdf", "mxc://e/f"),)
    content = full(replace(QUESTION, attachments=files), discussed(Voice.ASKER, Voice.MODERATOR), scene())
    link = "https://matrix.to/#/!room:example.org/$q?via=example.org"
    assert content["body"].splitlines() == [
        f"Q42 ({link}) · open · asked by Ann · 2 days ago · #vpn #network",
        "VPN <down> & out",
        "Since",
        "Monday",
        "- plan.pdf",
        "1 answer",
        f"- Omar ({LINK}) (accepted and endorsed) – Restart it.",
    ]


def test_a_whole_question_without_more() -> None:
    content = full(replace(QUESTION, text="Why?", tags=()), Discussion(), scene())
    assert content["body"].splitlines()[1:] == ["Why?", "No answers yet."]


def test_a_long_first_line_is_shown_in_full_though_lists_cut_it() -> None:
    long = replace(QUESTION, text="word " * 60)
    assert ("word " * 60).strip() in full(long, Discussion(), scene())["body"]
    assert ("word " * 25) not in listing("list-mine", [long], Extent(1, 1, 1), scene())["body"]


def test_accepted_answers_come_first_and_withdrawn_ones_not_at_all() -> None:
    answers = discussed(texts=("first", "second", "gone", "4", "5", "6", "7")).answers
    answers = tuple(replace(a, withdrawn=a.text == "gone") for a in answers)
    said = (Acceptance("$a1", 42, ANN, Voice.ASKER, 1), Acceptance("$a0", 42, OMAR, Voice.HELPER, 1))
    shown = full(ANSWERED, Discussion(answers, said), scene())["body"].splitlines()
    told = [row.rpartition(")")[2] if "(proposed" not in row else "proposed first" for row in shown[-5:]]
    assert told == [" – second", "proposed first", " – 4", " – 5", " – 6"]
    assert "6 answers" in shown


@pytest.mark.parametrize(
    ("text", "shown"), [("abc", "abc"), ("abcdef", "abcd…"), ("abc  def", "abc…"), ("a\u202eb", "ab")]
)
def test_excerpts(text: str, shown: str) -> None:
    assert excerpt(text, 5) == shown


SHOWN: list[Any] = [
    lambda s: card(QUESTION, discussed(), s),
    lambda s: card(CLAIMED, discussed(Voice.HELPER), s),
    lambda s: card(ANSWERED, discussed(Voice.ASKER), s),
    lambda s: card(CLOSED, discussed(), s),
    lambda s: card(WITHDRAWN, discussed(), s),
    lambda s: listing("list-unanswered", [QUESTION, CLAIMED, ANSWERED, CLOSED], Extent(21, 1, 3), s),
    lambda s: full(CLOSED, discussed(Voice.HELPER, texts=("<b>a</b>\nb", "c")), s),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("show", SHOWN)
def test_plain_text_and_html_say_the_same_in_every_language(show: Any, language: str) -> None:
    content = show(scene(language))
    assert says_the_same(content)
    assert read_html(content["formatted_body"]).tags <= {"br", "ul", "li", "a", "strong"}
    assert content["msgtype"] == "m.notice"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hostile", ["\u202eevil", "<img src=x>", "a\nb"])
def test_what_people_wrote_cannot_break_a_list(language: str, hostile: str) -> None:
    content = listing("list-mine", [replace(QUESTION, text=f"x{hostile}"), QUESTION], Extent(2, 1, 1), scene(language))
    assert len(content["body"].splitlines()) == 3
    assert "\u202e" not in content["body"] + content["formatted_body"]
    assert "<img" not in content["formatted_body"]
