"""Text that may have headings, lists and tables (F214), in one canonical form.

What has only paragraphs is kept as plain text; anything richer is kept as HTML of a short allow-list. Kept HTML always
begins with one of our own block tags, so that nobody has to be told which it is.
"""

import re
from html import unescape

import nh3
from markupsafe import Markup, escape

BLOCKS = ("p", "h3", "h4", "ul", "ol", "blockquote", "table")
TAGS = {*BLOCKS, "li", "br", "strong", "em", "u", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
BEGINS = re.compile(rf"\s*<({'|'.join(BLOCKS)})[\s>]", re.IGNORECASE)
RICH = re.compile(r"<(?!/?(?:p|br)\b)[a-z]", re.IGNORECASE)


def is_rich(text: str) -> bool:
    """Whether the text is HTML rather than plain."""
    return BEGINS.match(text) is not None


def clean(text: str) -> str:
    """The canonical form of what somebody sent: harmless, and plain when it can be."""
    if not is_rich(text):
        return text.strip()
    html = nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, link_rel=None).strip()
    return html if RICH.search(html) else plain(html)


def shown(text: str) -> Markup:
    """As it is shown on a page."""
    if is_rich(text):
        return Markup(nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, link_rel=None))  # noqa: S704 - just cleaned
    parts = (part.strip() for part in text.replace("\r", "").split("\n\n"))
    return Markup("").join(Markup('<p class="lines">{}</p>').format(escape(part)) for part in parts if part)


def plain(text: str) -> str:
    """The words alone, for excerpts, comparisons and search."""
    if not is_rich(text):
        return text
    broken = re.sub(r"<br\s*/?>|</tr>|</li>", "\n", text)
    broken = re.sub(r"</(?:p|h3|h4|ul|ol|blockquote|table)>", "\n\n", broken)
    broken = re.sub(r"</t[dh]>", "\t", broken)
    return re.sub(r"\n{3,}", "\n\n", unescape(re.sub(r"<[^>]+>", "", broken))).strip()
