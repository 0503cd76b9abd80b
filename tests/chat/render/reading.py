"""HTML read as a person reads it, to compare with the plain text."""

from html.parser import HTMLParser

from bridge.chat.render.content import Content


class Reader(HTMLParser):
    """Text with line breaks, dashes before list items, and addresses behind links, as our plain text has them."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "br":
            self.text += "\n"
        if tag == "li":
            self.text += "\n- "
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.text += f" ({self.links[-1]})"
        if tag == "ul":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


def read_html(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def says_the_same(content: Content) -> bool:
    """Whether plain text and HTML have the same words, links and lines."""
    return read_html(content["formatted_body"]).text.strip("\n") == str(content["body"]).strip("\n")
