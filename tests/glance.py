"""Asking for very many pages: each is looked at as `Visitor` does, and the database only before and after them all."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from models.database import Database
from tests import manners
from tests.client import Before, Page, Visitor

OF_EACH = 2
"""Pages that differ only in which goal, comment or person they are about: one alone could be a special case."""


async def glance(visitor: Visitor, method: str, address: str, **more: Any) -> Page:
    page = Page(await visitor.browser.request(method, address, **more))
    manners.check(page)
    manners.check_hidden(page, visitor.hidden)
    return page


async def walk(visitor: Visitor, plan: str, ways_in: Iterable[str], near: Collection[str] = ()) -> dict[str, Page]:
    """The plan's pages that links lead to from the ways in: every kind of them, and all that are about an id in
    `near`."""
    found: dict[str, Page] = {}
    shapes: Counter[str] = Counter()
    waiting = list(ways_in)
    while waiting:
        address = waiting.pop().split("#")[0]
        shape = manners.UUID_LIKE.sub("…", address.removeprefix(plan))
        is_near = any(one in address for one in near)
        if address in found or (shapes[shape] >= OF_EACH and not is_near):
            continue
        shapes[shape] += not is_near
        page = found[address] = await glance(visitor, "GET", address)
        waiting += [one for one in page.links() if one.startswith(f"{plan}/")] if page.tree is not None else []
    return found


@contextmanager
def unchanged(town: Database) -> Iterator[None]:
    """Nothing is written in between but what a no may leave behind."""
    with Before(town) as before:
        yield
        assert before.changed() == []
