"""Matrix message content: notices whose plain text and HTML say the same (Client-Server API, m.room.message)."""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bridge.chat.events import EFFECT_KEY

Content = dict[str, Any]
_DIRECTION = re.compile("[\u2028-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What was sought; in plain text between asterisks."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Shown as `text`, or as `parts` of it, where there are any; in plain text the address follows, unless `bare`."""

    text: str
    url: str
    bare: bool = False
    parts: tuple[str | Mark, ...] = ()


Piece = str | Link | Strong | Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message; an `item` is one of a list."""

    pieces: Sequence[Piece]
    item: bool = False


def line(*pieces: Piece) -> Line:
    return Line(pieces)


def item(*pieces: Piece) -> Line:
    return Line(pieces, item=True)


def notice(lines: Sequence[Line], mentions: Sequence[str] = ()) -> Content:
    """An `m.notice` that pings nobody but `mentions`."""
    return {
        "msgtype": "m.notice",
        "body": "\n".join(_plain(part) for part in lines),
        "format": "org.matrix.custom.html",
        "formatted_body": _html(lines),
        "m.mentions": {"user_ids": list(mentions)} if mentions else {},
    }


def _plain(part: Line) -> str:
    text = "".join(_plain_piece(piece) for piece in part.pieces)
    return f"- {text}" if part.item else text


def _plain_piece(piece: Piece) -> str:
    if isinstance(piece, Link):
        shown = "".join(map(_plain_piece, piece.parts)) or piece.text
        return piece.url if piece.bare else f"{shown} ({piece.url})"
    if isinstance(piece, Mark):
        return f"*{piece.text}*"
    return piece.text if isinstance(piece, Strong) else piece


def _html(lines: Sequence[Line]) -> str:
    parts: list[str] = []
    in_list = False
    for part in lines:
        if part.item != in_list:
            parts.append("<ul>" if part.item else "</ul>")
        elif parts and not part.item:
            parts.append("<br>")
        in_list = part.item
        text = "".join(_html_piece(piece) for piece in part.pieces)
        parts.append(f"<li>{text}</li>" if part.item else text)
    return "".join(parts) + ("</ul>" if in_list else "")


def _html_piece(piece: Piece) -> str:
    if isinstance(piece, Link):
        shown = "".join(map(_html_piece, piece.parts)) or _escaped(piece.text)
        return f'<a href="{html.escape(piece.url)}">{shown}</a>'
    return _escaped(piece) if isinstance(piece, str) else f"<strong>{_escaped(piece.text)}</strong>"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def in_thread(content: Content, root: str, reply_to: str) -> Content:
    """In a thread, and for clients without threads a reply to `reply_to`."""
    relation = {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": reply_to},
    }
    return content | {"m.relates_to": relation}


def as_reply(content: Content, reply_to: str) -> Content:
    return content | {"m.relates_to": {"m.in_reply_to": {"event_id": reply_to}}}


def as_edit(content: Content, target: str) -> Content:
    """A replacement of `target`: a fallback for old clients, the new content for the others; it pings nobody anew."""
    shown = {k: v for k, v in content.items() if k != "m.relates_to"}
    return {
        **shown,
        "body": f"* {content['body']}",
        "formatted_body": f"* {content['formatted_body']}",
        "m.mentions": {},
        "m.new_content": shown,
        "m.relates_to": {"rel_type": "m.replace", "event_id": target},
    }


def signed(content: Content, effect_id: str) -> Content:
    """With the mark by which an echo from the homeserver is known."""
    return content | {EFFECT_KEY: effect_id}


def reaction(target: str, key: str) -> Content:
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": key}}


def image(described: str, source: Content, mimetype: str, size: int, width: int, height: int) -> Content:
    """An `m.image`: `source` is its `url`, or its `file` for encrypted rooms; `described` is there for who cannot see
    it. `size` in bytes.
    """
    info = {"mimetype": mimetype, "size": size, "w": width, "h": height}
    return {"msgtype": "m.image", "body": described, "info": info, "m.mentions": {}, **source}


def permalink(room_id: str, event_id: str, via: str) -> str:
    """A matrix.to link (Matrix spec appendices, "matrix.to navigation")."""
    return f"https://matrix.to/#/{quote(room_id, safe='!:')}/{quote(event_id, safe='$:')}?via={quote(via, safe=':')}"


def clean_text(text: str) -> str:
    """What people wrote, without the marks that would turn around the words that we put behind it, or part a line."""
    return text if text.isascii() and text.isprintable() else _DIRECTION.sub("", text)


def one_line(text: str) -> str:
    """What people wrote or called something, as a part of a sentence of ours: it begins no line of its own."""
    return " ".join(clean_text(text).split())


def clean_name(name: str, user_id: str) -> str:
    """A display name without line breaks, control and direction marks; the user id where nothing is left."""
    if name.isascii() and name.isprintable():
        shown = name.strip()
    else:
        visible = (" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c)[0] != "C")
        shown = " ".join("".join(visible).split())
    return shown[:60].rstrip() or user_id
