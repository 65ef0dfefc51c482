"""What strangers' programs ask for: the public routes, with what nobody would type in every place of an address."""

import re
from collections.abc import Iterable, Iterator

from tests.client import Visitor
from tests.glance import glance
from tests.house.sources import listed

PATHS = [line.removeprefix("GET ") for line in listed("public_routes.txt") if line.startswith("GET ")]
GARBAGE = {
    "null": "%00",
    "null inside": "a%00b",
    "too long": "x" * 5_000,
    "half a letter": "%ED%A0%80",
    "half a sign": "%C3",
    "letters": "%C3%A6%C3%B8%C3%A5%E2%80%AE",
    "pictures": "%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
    "lines": "a%0D%0ASet-Cookie:%20a=b",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E%22'",
    "another site": "https:%2F%2Fond.example%2F",
    "a formula": "%7B%7B7*7%7D%7D%25(x)s",
    "a row": "'%20OR%201=1%20--",
    "negative": "-1",
    "huge": "9" * 10,
    "percent": "%25%25%2500",
}
NAMES = ("next", "done", "error", "state", "code", "iss", "sid", "error_description", "page", "q", "language")
LONGEST = 60_000
"""Characters of an address; browsers and their likes send no longer."""


def addresses(garbage: str, paths: Iterable[str]) -> Iterator[str]:
    """The pages with the garbage for its token, and for all that may be asked, once and twice."""
    names = (*NAMES, *NAMES, garbage)[: LONGEST // len(garbage) - 2]
    asked = "&".join(f"{name}={garbage}" for name in names)
    for path in paths:
        filled = re.sub(r"{\w+}", garbage, path)
        yield from (filled, f"{filled}?{asked}", f"{filled}?{garbage}")


async def throw(visitor: Visitor, garbage: str, paths: Iterable[str] = PATHS) -> list[str]:
    """What was answered badly. A crash fails at once."""
    bad = []
    for address in addresses(garbage, paths):
        page = await glance(visitor, "GET", address)
        is_page = page.tree is not None and len(page.all("//h1")) == 1
        is_short = page.status in (303, 414) or address.startswith(("/healthz", "/login/idporten/frontchannel"))
        bad += [] if is_page or is_short else [f"{page.status} {address[:80]}"]
        bad += [address[:80]] if "set-cookie: a=b" in str(page.answer.headers).lower() else []
    return bad
