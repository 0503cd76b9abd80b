"""All catalogues say the same, and nothing is missing, unused or broken."""

import re
from itertools import product

import pytest
from babel import Locale
from fluent.runtime import FluentResource

from bridge.chat.words import _PLACEHOLDERS, LANGUAGES, Words, words
from bridge.domain.until import LATEST
from bridge.workflow.commands import commands
from tests.chat.catalogue import catalogue, fixed_words, used_keys

OTHERS = [language for language in LANGUAGES if language != "en"]
DAY = 86_400_000
SAMPLES: dict[str, list[str | int]] = {
    "number": [42],
    "count": [0, 1, 2, 5, 21, 20_001],
    "limit": [20_000],
    "page": [1],
    "pages": [3],
    "next": [2],
    "replied": [0, 1, 2],
    "hint": ["none", "tag:"],
    "language": ["none", "fr"],
    "languages": ["en, fr"],
    "state": ["closed"],
    "prefix": ["!"],
    "command": ["!clam"],
    "near": ["!claim"],
    "usage": ["!ask [text…]"],
    "example": ["tag:vpn"],
    "score": ["+2", "-1"],
    "word": ["tags:vpn"],
    "first": ["2027-03-04"],
    "second": ["2027-04-03"],
    "reason": ["by phone"],
    "names": ["!accept !solved"],
    "person": ["Ann"],
    "author": ["Omar"],
    "reference": ["7F3K"],
    "who": ["@bob:example.org"],
    "room": ["Help desk"],
    "space": ["acme"],
    "drift": ["who may join"],
    "found": ["public"],
    "wanted": ["invite"],
    "event": ["m.room.join_rules"],
    "needed": [50],
    "has": [10],
    "bot": ["@qa:example.org"],
    "problem": ["M_FORBIDDEN"],
    "remedy": ["Please look."],
    "mended": [3],
    "stuck": [2],
    "rooms": ["Help desk, Lab"],
    "lacks": ["kick (50)"],
    "ago": ["2 days ago"],
    "name": ["Ann L."],
    "resembles": ["@ann:example.org"],
    "waiting": [0, 6],
    "report": [0, 2],
}
CHOOSING = {"count", "replied", "hint", "language"}
OF_ACCESS: dict[str, list[str | int]] = {
    "who": ["@ann:acme.com"],
    "whom": ["none", "@bob:example.org"],
    "by": ["none", "@bob:example.org"],
    "sponsor": ["@bob:example.org"],
    "bot": ["@qa:example.org"],
    "space": ["none", "acme"],
    "scope": ["room", "space"],
    "room": ["Tender"],
    "rooms": ["Tender, Works"],
    "since": ["1 January 2026"],
    "until": ["none", "31 December 2026"],
    "reason": ["none", "by phone"],
    "standing": ["in force"],
    "class": ["from outside"],
    "elsewhere": ["none", "acme"],
    "then": ["terms", "invite"],
    "list": ["acme, beta"],
    "more": [0, 3],
    "stuck": [0, 2],
    "why": ["their access has ended"],
    "membership": ["was invited"],
    "power": [50],
    "problem": ["no such user"],
}
OF_DIGESTS: dict[str, list[str | int]] = {
    "every": ["off", "daily", "weekly"],
    "weekday": [0, 1, 2, 3, 4, 5, 6],
    "time": ["09:00"],
    "zone": ["Europe/Paris"],
    "filters": ["none", "tag:vpn"],
}
SAMPLES |= OF_ACCESS | OF_DIGESTS
SAMPLES["marks"] = ["1️⃣ 2️⃣"]
CHOOSING |= {"marks"}
OF_PEOPLE: dict[str, list[str | int]] = {
    "notify": ["all", "mentions", "off"],
    "declared": ["yes", "no"],
    "away": ["yes", "no"],
    "questions": [3],
    "expertise": ["vpn, lan"],
    "region": ["Lyon"],
    "hours": ["09:00-17:00"],
    "quiet": ["22:00-07:00"],
    "tag": ["#vpn"],
    "days": [90],
}
SAMPLES |= OF_PEOPLE
CHOOSING |= {"notify", "declared", "away"}
SAMPLES["held"] = [0, 1, 2, 5, 21]
CHOOSING |= {"held", "every", "weekday", "filters", "time", "zone"}
CHOOSING |= {"whom", "by", "space", "scope", "room", "rooms", "until", "reason", "elsewhere", "then"}
CHOOSING |= {"list", "more", "stuck", "bot", "waiting", "report"}
SAMPLES["note"] = ["none", "They have called twice."]
CHOOSING |= {"note"}
SAMPLES |= {
    "rule": ["vpn from partners"],
    "because": ["tag: vpn"],
    "done": ["none", "given to Ann"],
    "team": ["network"],
}
SAMPLES["value"] = ["yes", "no", "open", "closed"]
CHOOSING |= {"done", "value"}
OF_STATISTICS: dict[str, list[str | int]] = {
    "period": ["30 days"],
    "age": ["1 day"],
    "share": ["75%"],
    "amount": ["1,234"],
    "before": ["1,200"],
    "median": ["2 hrs"],
    "most": ["3 days"],
    "asked": ["120"],
    "answered": ["90"],
    "value": ["12,340"],
}
SAMPLES |= OF_STATISTICS
QUOTES = {"en": "“”", "fr": "«»", "nl": "“”", "ru": "«»", "de": "„“"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_catalogue_has_the_same_messages_and_variables(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert set(other) == set(english)
    assert {k: t.variables for k, t in other.items()} == {k: t.variables for k, t in english.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_commands_filters_and_emoji_are_not_translated(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert {k: fixed_words(t) for k, t in other.items()} == {k: fixed_words(t) for k, t in english.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_translated(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    same = [k for k, t in english.items() if len(re.sub(r"\$\w+", "", t.shown)) > 12 and t.shown == other[k].shown]
    assert not same


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_categories_of_the_language(language: str) -> None:
    rule = Locale.parse(language).plural_form
    needed = {rule(n) for n in range(1000)} | {"other"}
    plurals = [p for text in catalogue(language).values() for p in text.plurals]
    assert len(plurals) == sum(len(text.plurals) for text in catalogue("en").values()) > 4
    assert all(p == needed for p in plurals)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    written = "".join(text.shown for text in catalogue(language).values())
    assert set(re.findall('["“”„«»‘‚]', written)) == set(QUOTES[language])


def test_french_punctuation_never_begins_a_line() -> None:
    for key, text in catalogue("fr").items():
        assert not re.search(r" [:;?!»]|« ", text.shown), key


def test_every_key_that_the_source_uses_exists() -> None:
    assert used_keys() - set(catalogue("en")) == set()


def test_no_text_is_unused() -> None:
    placeholders = set(_PLACEHOLDERS.values())
    assert set(catalogue("en")) - used_keys() - placeholders == set()


def test_the_scan_of_the_source_sees_every_kind_of_key() -> None:
    kinds = {
        "refused-in-a-thread",
        "usage-filter-value",
        "told-answer-withdrawn",
        "nudge",
        "list-mine",
        "card-proposed",
    }
    assert kinds <= used_keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_said(language: str) -> None:
    for key, text in catalogue(language).items():
        names = sorted(text.variables)
        for values in product(*(SAMPLES[name] for name in names)):
            said = words(language).say(key, dict(zip(names, values, strict=True)))
            assert said.strip()
            assert not re.search(r"[{}$]|\b(one|few|many|other)\b]", said)
            shown = {n: v for n, v in zip(names, values, strict=True) if n not in CHOOSING | {"usage", "limit"}}
            assert all(str(v) in said for n, v in shown.items() if n not in {"prefix", "word"})


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "English"), ("fr", "français"), ("nl", "Nederlands"), ("ru", "по-русски"), ("de", "Deutsch")],
)
def test_a_language_names_itself(language: str, name: str) -> None:
    for key in "language-chosen", "language-now":
        arguments = {"language": language, "languages": "en", "prefix": "!"}
        assert name in words(language).say(key, arguments)
        assert name not in words(language).say(key, arguments | {"language": "none"})


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 вопрос"),
        (2, "2 вопроса"),
        (5, "5 вопросов"),
        (11, "11 вопросов"),
        (21, "21 вопрос"),
        (104, "104 вопроса"),
    ],
)
def test_russian_plurals(count: int, said: str) -> None:
    assert words("ru").say("list-questions", {"count": count}) == said


@pytest.mark.parametrize(
    ("language", "age", "ago"),
    [
        ("en", "2 days", "2 days ago"),
        ("fr", "2 jours", "il y a 2 jours"),
        ("nl", "2 dagen", "2 dagen geleden"),
        ("ru", "2 дня", "2 дня назад"),
        ("de", "2 Tage", "vor 2 Tagen"),
    ],
)
def test_ages(language: str, age: str, ago: str) -> None:
    assert words(language).age(2 * DAY).replace("\xa0", " ") == age
    assert words(language).ago(2 * DAY).replace("\xa0", " ") == ago


@pytest.mark.parametrize(
    ("language", "date", "days"),
    [
        ("en", "31 December 2026", "30 days"),
        ("fr", "31 décembre 2026", "30 jours"),
        ("nl", "31 december 2026", "30 dagen"),
        ("ru", "31 декабря 2026 г.", "30 дней"),
        ("de", "31. Dezember 2026", "30 Tage"),
    ],
)
def test_dates_and_days(language: str, date: str, days: str) -> None:
    new_year_in_paris = 1_798_758_000_000
    shown = [words(language).date(new_year_in_paris - 1, "Europe/Paris"), words(language).duration_days(30)]
    assert [re.sub(r"\s", " ", text) for text in shown] == [date, days]


def test_a_date_is_that_of_the_zone() -> None:
    zones = ("America/New_York", "UTC", "Asia/Tokyo")
    shown = [words("en").date(1_798_758_000_000, zone) for zone in zones]
    assert shown == ["31 December 2026", "31 December 2026", "1 January 2027"]
    assert words("en").date(LATEST, "Pacific/Kiritimati") == "28 December 9999"


def test_days_stay_days() -> None:
    assert [words("en").duration_days(n) for n in (0, 1, 7, 365)] == ["0 days", "1 day", "7 days", "365 days"]


@pytest.mark.parametrize("milliseconds", [0, -5, 59_999])
def test_the_shortest_age_is_a_minute(milliseconds: int) -> None:
    assert words("en").age(milliseconds) == "1 minute"
    assert words("ru").ago(milliseconds) == "1 минуту назад"


@pytest.mark.parametrize(("language", "count"), [("en", "20,001"), ("de", "20.001"), ("fr", "20\u202f001")])
def test_amounts_are_grouped_and_names_are_not(language: str, count: str) -> None:
    assert count in words(language).say("refused-too-long", {"count": 20_001, "limit": 20_000})
    assert "Q20001" in words(language).say("refused-not-following", {"number": 20_001})
    assert "page:20001" in words(language).say("list-more", {"page": 1, "pages": 30_000, "next": 20_001})


def test_several_names_are_joined() -> None:
    assert words("en").say("help-aliases", {"names": ("a", "b")}) == "Also: a, b"


def test_an_unknown_language_is_english() -> None:
    assert words("tlh").language == words(None).language == "en"


@pytest.mark.parametrize(
    "key",
    ["no-such-key", "help-ask.no-such", "asked-by", "titled"],
    ids=["no key", "no attribute", "no argument", "empty"],
)
def test_a_text_that_cannot_be_said_is_a_bug(key: str) -> None:
    french = Words("fr")
    french._bundle.add_resource(FluentResource("titled =\n    .title = titre"))
    assert french.say("titled.title") == "titre"
    with pytest.raises(KeyError):
        french.say(key)


def test_usage_lines_are_translated() -> None:
    usage = {c.name: words("de").usage(c.usage("!")) for c in commands().declared}
    assert usage["answer"] == "!answer [42] Text…"
    assert usage["unanswered"] == "!unanswered [Filter…]"
    assert usage["help"] == "!help [Befehl]"
    assert words("fr").say("usage", {"usage": "!answer [42] text…"}).endswith("!answer [42] texte…")
