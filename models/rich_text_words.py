"""The words of HTML, without it."""

import re
from html.parser import HTMLParser

from models.rich_text_shape import BLOCKS

BEFORE = dict.fromkeys(BLOCKS, "\n") | {"br": "\n"}
AFTER = dict.fromkeys(BLOCKS, "\n\n") | {"tr": "\n", "li": "\n", "td": "\t", "th": "\t"}


def words(html: str) -> str:
    """All that is said in it: a blank line between blocks, a line each of lists and tables, a tab between cells."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    text = re.sub(r" *([\n\t]) *", r"\1", "".join(reader.parts))
    text = re.sub(r"\n+\t", "\t", text)
    text = re.sub(r"\t+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip(" \t\n")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append(BEFORE.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(AFTER.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))
