"""What people write: mentions, tags, and the words around them."""

import re
import unicodedata
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import unquote

from bridge.domain.questions import MOST_TAGS

USER_ID = re.compile(
    r"(?<!\w)@[A-Za-z0-9._=/+\-]+:[A-Za-z0-9.\-]+(?::\d{1,5})?|(?<!\w)@[A-Za-z0-9._=/+\-]+:\[[0-9A-Fa-f:.]+\](?::\d{1,5})?"
)
_TAG = re.compile(r"(?<![\w#&/])#(?![^\s:#,]+:[\w\[])([^\W_][\w\-]{0,39})(?!\w)")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_PILL_TARGET = re.compile(r"^https?://matrix\.to/#/(@[^/?]+)")


class _Pills(HTMLParser):
    """Collects the people that a message links to, with the text that stands for them; skips quoted replies."""

    def __init__(self) -> None:
        super().__init__()
        self.pills: dict[str, str] = {}
        self._person: str | None = None
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "mx-reply":
            self._quoted += 1
        if tag == "a" and not self._quoted:
            match = _PILL_TARGET.match(unquote(dict(attrs).get("href") or ""))
            self._person = match[1] if match and USER_ID.fullmatch(match[1]) else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "mx-reply":
            self._quoted = max(0, self._quoted - 1)
        if tag == "a":
            self._person = None

    def handle_data(self, data: str) -> None:
        if self._person:
            self.pills[self._person] = self.pills.get(self._person, "") + data


def pills(html: str) -> dict[str, str]:
    """People linked by a pill in `formatted_body`, with the name shown."""
    if "matrix.to" not in html:
        return {}
    parser = _Pills()
    with suppress(AssertionError):  # how the parser takes a declaration that it does not know, such as "<![x["
        parser.feed(html[:65536])
    return parser.pills


def plain_ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.rstrip(".-") for match in USER_ID.findall(text))) if "@" in text else ()


def tags(text: str) -> tuple[str, ...]:
    """`#word` in lower case, without room aliases, fragments of addresses, and numbers alone."""
    if "#" not in text:
        return ()
    found = (m.lower().rstrip("-") for m in _TAG.findall(_ADDRESS.sub(" ", unicodedata.normalize("NFC", text))))
    return tuple(dict.fromkeys(t for t in found if not t.isdecimal()))[:MOST_TAGS]


def without_mention(text: str, names: tuple[str, ...]) -> str:
    """The text without a leading or trailing name of somebody (`names`: id, display name), nor the colon behind it."""
    text = text.strip()
    for name in sorted((n for n in names if n), key=len, reverse=True):
        pattern = rf"@?{re.escape(name)}(?:\s*[:,])?"
        if leading := re.match(rf"{pattern}(?=\s|$)", text, re.IGNORECASE):
            return text[leading.end() :].lstrip()
        if trailing := re.search(rf"(?<!\S){pattern}$", text, re.IGNORECASE):
            return text[: trailing.start()].rstrip()
    return text
