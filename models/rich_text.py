"""Text that may have headings, lists and tables (F214), in one canonical form.

What has only paragraphs is kept as plain text; anything richer is kept as HTML of a short allow-list. Kept HTML begins
and ends with one of our own block tags, so that nobody has to be told which it is.
"""

import re

import nh3
from markupsafe import Markup, escape

from models.i18n import _
from models.rich_text_shape import BLOCKS, DIVIDED, RENAMED, TAGS, shaped
from models.rich_text_words import words
from models.texts import says_something

MOST = 20_000
"""Visible characters of one text."""

MOST_HTML = 100_000
"""Characters with all the tags: no text that people write needs as many."""

ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "a": {"href"}}
CHOSEN = {"th": {"scope": {"col", "row"}}}
WITHOUT_WORDS = {"script", "style", "title", "noscript", "template", "iframe", "object", "svg", "math"}
"""What goes together with all that stands in it."""

BEGINS = re.compile(rf"<({'|'.join(BLOCKS)})[\s>]", re.IGNORECASE)
ENDS = tuple(f"</{block}>" for block in BLOCKS)
RICHER = re.compile(r"<(?!/?(?:p|br)>)")
OPENS_OR_CLOSES = re.compile(r"<(/?)(?!br|hr|p\b|li|t[drh]\b|d[dt]\b|img|col|meta|link|input|\?|!)[a-z]", re.IGNORECASE)
NESTED = 200
"""Tags within each other that somebody may send; more is nobody's text, and takes long to look through."""

SPAN = re.compile(r"[1-9]\d?")
"""How many columns or rows a cell may take."""

TABLE = '<div class="rich__table" role="group" tabindex="0" aria-label="%s"><table class="ds-table" data-border>'
"""A wide table scrolls in a box of its own, from the keyboard too."""

ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


def is_rich(text: str) -> bool:
    """Whether the text is HTML rather than plain."""
    whole = text.strip()
    return BEGINS.match(whole) is not None and whole[-13:].lower().endswith(ENDS)


def clean(text: str) -> str:
    """The canonical form of what somebody sent: harmless, and plain when it can be. Cleaning twice changes nothing."""
    if not is_rich(text):
        return text.strip()
    html = shaped(_harmless(text))
    said = words(html)
    if not says_something(said):
        return ""
    return html if RICHER.search(html) or is_rich(said) else said


def shown(text: str) -> Markup:
    """As it is shown on a page. Headings are bold paragraphs there: the page's own outline is not theirs to break."""
    if not is_rich(text):
        parts = (part.strip() for part in re.split(r"\n\s*\n", text.replace("\r", "")))
        return Markup("").join(Markup('<p class="lines">{}</p>').format(escape(part)) for part in parts if part)
    html = _harmless(text, rel="noopener noreferrer")
    html = re.sub(r"<h[34]>", '<p class="rich__title">', html)
    html = re.sub(r"</h[34]>", "</p>", html)
    html = html.replace("<table>", TABLE % escape(_("Tabell"))).replace("</table>", "</table></div>")
    return Markup(f'<div class="rich">{html}</div>')  # noqa: S704 - cleaned above


def plain(text: str) -> str:
    """The words alone, for excerpts, comparisons and search."""
    return words(_harmless(text)) if is_rich(text) else text


def too_much(text: str, most: int = MOST) -> str | None:
    """What to say of a text that is too long; None when it is not."""
    if (length := len(plain(text))) > most:
        return _("Teksten er %(length)s tegn. Den kan være på høyst %(most)s.") % {"length": length, "most": most}
    if len(text) > MOST_HTML:
        return _("Teksten har for mye formatering til å bli lagret. Lim den inn på nytt uten formatering.")
    return None


def _harmless(text: str, rel: str | None = None) -> str:
    if _is_maze(text):
        return f"<p>{escape(re.sub(r'<[^<>]*>', ' ', text))}</p>"
    return nh3.clean(
        text,
        tags={*TAGS, *RENAMED, *DIVIDED},
        clean_content_tags=WITHOUT_WORDS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        tag_attribute_values=CHOSEN,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel=rel,
    )


def _is_maze(text: str) -> bool:
    depth = 0
    for tag in OPENS_OR_CLOSES.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > NESTED:
            return True
    return False


def _attribute(tag: str, name: str, value: str) -> str | None:
    known = {"colspan": SPAN, "rowspan": SPAN, "href": ADDRESS}.get(name)
    return value if known is None or known.fullmatch(value) else None
