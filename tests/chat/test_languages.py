"""In which language something is written."""

from collections import Counter

import pytest

from bench.languages.dataset import questions
from bridge.chat.languages import language_of


def test_short_questions_are_told_apart_in_the_five_languages() -> None:
    """Of 1,100 questions of a help desk: see docs/rules.md."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for question in questions().values():
        for language, words in question.texts.items():
            asked[language] += 1
            right[language] += language_of(words) == language
    assert all(right[language] / asked[language] >= 0.97 for language in asked) and len(asked) == 5


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Як скинути пароль від VPN?", "uk"),
        ("Как сбросить пароль?", "ru"),
        ("Как?", "ru"),
        ("请问怎么重置密码", "zh"),
        ("How do I undo this?\n```\nfor x in range(3): print(x)\n```", "en"),
        ("@alice:example.org #vpn https://example.org/fr/comment/faire ", None),
        ("12345 !!", None),
        ("\x00\ud800\ufffe how are you doing my friend", "en"),
        ("", None),
    ],
)
def test_what_is_no_word_does_not_count_and_nothing_breaks_it(words: str, language: str | None) -> None:
    assert language_of(words) == language
