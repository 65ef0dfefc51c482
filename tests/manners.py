"""What is true of every page, whoever asks and whatever is answered."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from models.i18n import LANGUAGES

if TYPE_CHECKING:
    from tests.client import Page

UUID_LIKE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PICTURE = re.compile(rf"/me/picture|/plans/{UUID_LIKE.pattern}/(people|goals)/{UUID_LIKE.pattern}/picture")
"""The only other things a page shows: people's own pictures, and those that stand for goals."""

LEFT_OVER = ("None", "{{", "{%", "%(", "&lt;built-in", "Undefined")
FIELDS = "//input[not(@type='hidden')] | //select | //textarea"


def check(page: "Page") -> None:
    """Raises AssertionError when an answer is not fit for a person."""
    assert page.status < 500, f"{page.url} crashed"
    _headers(page)
    if page.status == 303:
        assert page.goes_to.startswith("/"), f"{page.url} leads out of the house: {page.goes_to}"
        assert not page.goes_to.startswith(("//", "/\\")), page.goes_to
    if page.tree is not None:
        for rule in (_frame, _fields, _references, _nothing_inline, _no_numbers_of_people, _no_left_overs):
            rule(page)


def _headers(page: "Page") -> None:
    headers = page.answer.headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


def _frame(page: "Page") -> None:
    assert page.one("/html/@lang") in LANGUAGES
    assert page.heading, f"{page.url} has an empty h1"
    title = " ".join(page.one("//head/title/text()").split())
    assert title.endswith(" – Medvirk")
    assert len(title) > len(" – Medvirk"), f"{page.url} has no title of its own"
    levels = [int(each.tag[1]) for each in page.all("//h1|//h2|//h3|//h4|//h5|//h6")]
    skipped = [(one, two) for one, two in pairwise(levels) if two > one + 1]
    assert not skipped, f"{page.url} skips a level of headings: {skipped}"


def _fields(page: "Page") -> None:
    """Each field has a name and a label with words; each form posts to us, and only knows get and post."""
    for field in page.all(FIELDS):
        assert field.get("name"), f"{page.url}: a field without a name"
        assert _label(page, field), f"{page.url}: {field.get('name')} has no label"
    for form in page.all("//form"):
        assert (form.get("method") or "get") in ("get", "post")
        assert (form.get("action") or "/").startswith("/")
    for image in page.all("//img"):
        assert image.get("alt") is not None
    for place in page.all("//nav"):
        assert place.get("aria-label"), f"{page.url}: a nav without a name"


def _label(page: "Page", field: Any) -> str:
    labels = page.all(f"//label[@for='{field.get('id')}']") if field.get("id") else []
    return "".join(label.text_content() for label in labels).strip() or field.get("aria-label") or ""


def _references(page: "Page") -> None:
    """No id twice, and nothing points at an id that is not there."""
    ids = [str(each) for each in page.all("//@id")]
    assert len(ids) == len(set(ids)), f"{page.url} has an id twice"
    pointing = page.all("//@aria-labelledby | //@aria-describedby | //label/@for")
    pointing += [link[1:] for link in page.links() if link.startswith("#")]
    missing = {one for each in pointing for one in str(each).split()} - set(ids)
    assert not missing, f"{page.url} points at {missing}"


def _nothing_inline(page: "Page") -> None:
    assert not page.has("//@style | //style"), f"{page.url} has inline style"
    assert not page.has("//script[not(@src)]"), f"{page.url} has an inline script"
    handlers = {str(name) for each in page.all("//*") for name in each.attrib if str(name).startswith("on")}
    assert not handlers, f"{page.url} has {handlers}"
    for address in page.all("//script/@src | //link/@href | //img/@src"):
        assert address.startswith("/static/") or PICTURE.fullmatch(address), f"{page.url} fetches {address}"


def _no_numbers_of_people(page: "Page") -> None:
    """Eleven digits in a row are a fødselsnummer, until somebody shows that they are not."""
    assert not re.search(r"\d{11}|\d{6} \d{5}", UUID_LIKE.sub("", page.text)), f"{page.url} shows eleven digits"


def _no_left_overs(page: "Page") -> None:
    shown = " ".join(page.one("/html/body").text_content().split())
    assert [word for word in LEFT_OVER if word in shown] == [], page.url


def check_hidden(page: "Page", hidden: Sequence[str]) -> None:
    """Nothing on the page is meant for others."""
    shown = " ".join("".join(page.tree.itertext()).split()) if page.tree is not None else ""
    assert [secret for secret in hidden if secret in shown] == [], f"{page.url} shows what others wrote"
