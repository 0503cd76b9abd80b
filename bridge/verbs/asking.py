"""Questions to an operator at the terminal; an answer that a config would not take is asked for again."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, cast

import typer
from pydantic import TypeAdapter, ValidationError

from bridge.config.addresses import DatabaseUrl, Url
from bridge.config.files import Unreadable, read_bytes
from bridge.config.secretfiles import MOST_BYTES
from bridge.config.values import Language, Level, Name, RoomRef, Secret, UserGlob, UserId

Check = Callable[[str], str]
Mode = Literal["sync", "appservice"]


class Asker:
    """Takes what was given as an option, else asks; with `defaults` it takes the default instead.

    Wrong options are usage errors: `typer.BadParameter`.
    """

    def __init__(self, defaults: bool) -> None:
        self._defaults = defaults

    def user_id(self, option: str, words: str, given: str | None, default: str | None) -> str:
        return self._ask(option, f"{words}, such as @qa:example.org", given, default, _like(UserId))

    def url(self, option: str, words: str, given: str | None, default: str) -> str:
        return self._ask(option, words, given, default, _like(Url))

    def name(self, option: str, words: str, given: str | None, default: str) -> str:
        return self._ask(option, words, given, default, _like(Name))

    def room(self, option: str, words: str, given: str | None, default: str) -> str:
        return self._ask(option, f"{words} (#alias or !id)", given, default, _like(RoomRef))

    def glob(self, option: str, words: str, given: str | None, default: str) -> str:
        return self._ask(option, words, given, default, _like(UserGlob))

    def database(self, option: str, words: str, given: str | None, default: str) -> str:
        return self._ask(option, words, given, default, _like(DatabaseUrl))

    def level(self, option: str, words: str, given: str | None, default: str) -> Level:
        return cast(Level, self._ask(option, words, given, default, _like(Level)))

    def language(self, option: str, words: str, given: str | None, default: str) -> Language:
        return cast(Language, self._ask(option, words, given, default, _like(Language)))

    def mode(self, option: str, words: str, given: str | None, default: str) -> Mode:
        return cast(Mode, self._ask(option, words, given, default, _like(Mode)))

    def secret_file(self, option: str, path: Path) -> str:
        """The secret in a file; `-` is standard input."""
        try:
            text = sys.stdin.read() if path == Path("-") else read_bytes(path, MOST_BYTES).decode()
            return _like(Secret)(text.strip())
        except (Unreadable, UnicodeDecodeError) as error:
            raise typer.BadParameter(f"{path}: {error}", param_hint=option) from None

    def token_or_password(self) -> tuple[str | None, str | None]:
        """The access token, or where there is none the password, of the bot's account."""
        if self._defaults:
            raise typer.BadParameter(
                "with --defaults, --access-token-file or --password-file is needed", param_hint="--access-token-file"
            )
        token = _hidden("Its access token (empty: it has a password)")
        if token:
            return token, None
        return None, _hidden("Its password") or self.token_or_password()[1]

    def _ask(self, option: str, words: str, given: str | None, default: str | None, check: Check) -> str:
        if given is not None:
            try:
                return check(given)
            except typer.BadParameter as error:
                raise typer.BadParameter(error.message, param_hint=option) from None
        if not self._defaults:
            return cast(str, typer.prompt(words, default=default, value_proc=check))
        if default is None:
            raise typer.BadParameter("needed, it has no default", param_hint=option)
        return check(default)


def _hidden(words: str) -> str:
    """Not shown while typed; where nobody types, there is nothing to hide from."""
    typed: str = typer.prompt(
        words, default="", show_default=False, hide_input=sys.stdin.isatty(), value_proc=_empty_or_secret
    )
    return typed


def _empty_or_secret(text: str) -> str:
    return _like(Secret)(text.strip()) if text.strip() else ""


def _like(kind: Any) -> Check:
    """Checks that a text is of a kind that the config knows; returns it as typed."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def check(text: str) -> str:
        text = text.strip()
        try:
            adapter.validate_python(text)
        except ValidationError as error:
            raise typer.BadParameter(_words_of(error)) from None
        return text

    return check


def _words_of(error: ValidationError) -> str:
    """Without the text itself, which may be a secret."""
    first = error.errors(include_url=False, include_input=False)[0]
    context = first.get("ctx", {})
    message = context.get("message", "not usable")
    return "; ".join(
        part for part in (message, f"expected {context['expected']}" if "expected" in context else "") if part
    )
