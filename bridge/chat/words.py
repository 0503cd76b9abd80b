"""Words in the reader's language: Fluent messages, ages and counts by locale."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from math import inf
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from fluent.runtime import FluentBundle, FluentResource

from bridge.domain.results import Argument

LANGUAGES = ("en", "fr", "nl", "ru", "de")
DEFAULT = "en"
REMEMBERED = 1000
"""How many texts a language keeps ready: most cards say the same of the same people."""
_VERBATIM = frozenset({"number", "of", "next"})
"""Arguments that are names, not amounts: no thousands separator."""
_DAY_FIRST = {"en": Locale.parse("en_GB")}
"""Most who read English here do not live where the month stands first."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACEHOLDERS = {"text…": "usage-text", "filters…": "usage-filters", "[command]": "usage-command"}
"""Words in a command's usage line that stand for the writer's own."""


class Words:
    """One language. Messages missing from it are taken from English; an unknown key is a bug and raises KeyError."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        for code in dict.fromkeys((DEFAULT, language)):
            source = resources.files("bridge.chat.locales").joinpath(f"{code}.ftl").read_text("utf-8")
            self._bundle.add_resource(FluentResource(source), allow_overrides=True)
        self._locale = Locale.parse(language)
        self._said: dict[tuple[str, tuple[tuple[str, Argument], ...]], str] = {}

    def say(self, key: str, arguments: Mapping[str, Argument] | None = None) -> str:
        """The message `key` or `key.attribute`, with its arguments filled in."""
        memory = (key, tuple(arguments.items()) if arguments else ())
        said = self._said.get(memory)
        if said is None:
            said = self._format(key, arguments)
            if len(self._said) >= REMEMBERED:
                self._said.clear()
            self._said[memory] = said
        return said

    def _format(self, key: str, arguments: Mapping[str, Argument] | None) -> str:
        name, _, attribute = key.partition(".")
        message = self._bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(pattern, self._filled(arguments))
        if errors:
            raise KeyError(f"{self.language}: {key}: {errors}")
        return str(text)

    def age(self, milliseconds: int) -> str:
        """How old, as one unit: "2 days"."""
        return str(format_timedelta(max(60, milliseconds // 1000), locale=self._locale, granularity="minute"))

    def ago(self, milliseconds: int) -> str:
        """How long ago, as one unit, in the case that the language asks for: "2 days ago", "vor 2 Tagen"."""
        past = -max(60, milliseconds // 1000)
        return str(format_timedelta(past, locale=self._locale, granularity="minute", add_direction=True))

    def date(self, milliseconds: int, zone: str) -> str:
        """The day on which a moment falls in a zone: "31 December 2026". For an end, give the millisecond before it."""
        day = (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(ZoneInfo(zone))
        return str(format_date(day, "long", locale=_DAY_FIRST.get(self.language, self._locale)))

    def duration_days(self, count: int) -> str:
        """An amount of days, never rounded to weeks or months: "30 days"."""
        return str(format_timedelta(timedelta(count), locale=self._locale, granularity="day", threshold=inf))

    def usage(self, line: str) -> str:
        """A command's usage line with its placeholders in this language."""
        for placeholder, key in _PLACEHOLDERS.items():
            line = line.replace(placeholder, self.say(key))
        return line

    def _filled(self, arguments: Mapping[str, Argument] | None) -> dict[str, str | int]:
        return {name: self._shown(name, value) for name, value in (arguments or {}).items()}

    def _shown(self, name: str, value: Argument) -> str | int:
        if isinstance(value, tuple):
            return ", ".join(value)
        if name == "usage":
            return self.usage(str(value))
        return str(value) if name in _VERBATIM else value


@cache
def words(language: str | None) -> Words:
    """The words of a language, English for one we do not have."""
    return Words(language if language in LANGUAGES else DEFAULT)
