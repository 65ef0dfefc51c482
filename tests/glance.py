"""Asking for very many pages: each is looked at as `Visitor` does, and the database only before and after them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.database import Database
from tests import manners
from tests.client import Page, Visitor, contents


async def glance(visitor: Visitor, method: str, address: str, **more: Any) -> Page:
    page = Page(await visitor.browser.request(method, address, **more))
    manners.check(page)
    manners.check_hidden(page, visitor.hidden)
    return page


@contextmanager
def unchanged(town: Database) -> Iterator[None]:
    """Nothing is written in between but what a no may leave behind."""
    file = Path(town.engine.url.database or "")
    before = contents(file)
    yield
    after = contents(file)
    assert [table for table in after if after[table] != before[table]] == []
