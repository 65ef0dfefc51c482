"""The one shape of harmless HTML: our own tags only, nothing loose between the blocks, and no empty paragraphs."""

import re
from html import escape
from html.parser import HTMLParser

PARAGRAPHS = ("p", "h3", "h4")
LISTS = ("ul", "ol")
BLOCKS = (*PARAGRAPHS, *LISTS, "blockquote", "table")
INLINE = ("strong", "em", "u", "a")
TAGS = frozenset({*BLOCKS, *INLINE, "li", "br", "thead", "tbody", "tr", "th", "td"})
RENAMED = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "tfoot": "tbody"}
DIVIDED = ("div", "caption", "dl", "dt", "dd", "pre", "section", "article", "center")
"""What only parts one paragraph from the next; their words stay."""

INSIDE = {
    **dict.fromkeys(("thead", "tbody"), ("table",)),
    "tr": ("table", "thead", "tbody"),
    "th": ("tr",),
    "td": ("tr",),
    "li": LISTS,
}
"""What may stand only there."""

IN_TABLE = ("table", "thead", "tbody", "tr")
DEEPEST = 16
"""Levels of tags within each other; lists, quotes and tables that lie deeper keep only their words."""

EMPTY = re.compile(r"<(strong|em|u|a|p|h3|h4|li|ul|ol|blockquote)(?: [^>]*)?>(?:\s|<br>)*</\1>")
LAST_BREAKS = re.compile(r"(?: ?<br> ?)+(</(?:p|h3|h4|li|td|th|ul|ol)>)")
EDGES = re.compile(r" ?(<br>|</?(?:p|h3|h4|li|td|th|ul|ol|table|blockquote)>) ?")


def shaped(html: str) -> str:
    """The harmless HTML in its one shape."""
    shape = _Shape()
    shape.feed(html)
    shape.close()
    shape.leave()
    text, before = "".join(shape.parts), ""
    while text != before:
        before, text = text, EDGES.sub(r"\1", LAST_BREAKS.sub(r"\1", EMPTY.sub("", text)))
    return text


class _Tag:
    """A tag as it was read; `name` is empty when it is left out. `at` is where it was written."""

    def __init__(self, name: str, at: int = 0) -> None:
        self.name, self.at = name, at


class _Shape(HTMLParser):
    """Takes balanced HTML, as nh3 makes it. `read` are the tags open in it, `written` those open in what comes out."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.read: list[_Tag] = []
        self.written: list[_Tag] = []

    @property
    def inside(self) -> str:
        return self.written[-1].name if self.written else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = RENAMED.get(tag, tag)
        if name == "br":
            self._be_in_a_paragraph()
            self.parts.append("<br>")
            return
        if name in INLINE:
            self._be_in_a_paragraph()
            if any(tag.name == name for tag in self.written) or (name == "a" and not attrs):
                name = ""
        else:
            self._end_paragraph()
            name = self._place(name)
        self.read.append(self._write(name, attrs) if name else _Tag(""))

    def handle_endtag(self, tag: str) -> None:
        if not self.read:
            return
        read = self.read.pop()
        if read in self.written:
            self.leave(read)
        elif not read.name and tag in (*DIVIDED, *INSIDE, *BLOCKS):
            self._end_paragraph()

    def handle_data(self, data: str) -> None:
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if text == " " and self.inside not in (*PARAGRAPHS, *INLINE, "li", "td", "th"):
            return
        if self.inside in IN_TABLE:
            table = next(tag for tag in reversed(self.written) if tag.name == "table")
            self.parts.insert(table.at, f"<p>{escape(text.strip(), quote=False)}</p>")
            return
        self._be_in_a_paragraph()
        self.parts.append(escape(text, quote=False))

    def leave(self, until: _Tag | None = None) -> None:
        """Close what is open in what comes out; down to one tag, or all."""
        while self.written:
            last = self.written.pop()
            self.parts.append(f"</{last.name}>")
            if last is until:
                return

    def _place(self, name: str) -> str:
        """The block, where it may stand; empty where only its words may."""
        if name not in TAGS:
            return ""
        if name == "li" and self.inside == "li" and self.written[-1] not in self.read:
            self.leave(self.written[-1])
        if name in INSIDE:
            return name if self.inside in INSIDE[name] else ""
        if name not in PARAGRAPHS and len(self.written) > DEEPEST:
            return ""
        if self.inside in LISTS:
            self._be_in_a_line(name)
        return name

    def _be_in_a_line(self, name: str) -> None:
        """A list that lies between the lines of another belongs to the line before it."""
        if name in LISTS and self.parts[-1] == "</li>":
            self.parts.pop()
            self.written.append(_Tag("li"))
        else:
            self._write("li")

    def _be_in_a_paragraph(self) -> None:
        if self.inside in ("", "blockquote"):
            self._write("p")
        elif self.inside in LISTS:
            self._write("li")

    def _end_paragraph(self) -> None:
        while self.inside in (*PARAGRAPHS, *INLINE):
            self.leave(self.written[-1])

    def _write(self, name: str, attrs: list[tuple[str, str | None]] | None = None) -> _Tag:
        said = "".join(f' {key}="{escape(value or "")}"' for key, value in sorted(attrs or []))
        tag = _Tag(name, len(self.parts))
        self.parts.append(f"<{name}{said}>")
        self.written.append(tag)
        return tag
