"""Engines for tests. What SQLAlchemy has made of a statement is kept from test to test, since making it takes longer
than asking it; and no commit waits for the disk, since nothing here must survive a power cut."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import LRUCache

from models.database import make_engine

FIRST: dict[str, Dialect] = {}
COMPILED: LRUCache[Any, Any] = LRUCache(5_000)


def quick_engine(url: str) -> AsyncEngine:
    engine = make_engine(url)
    bare = engine.sync_engine
    bare.dialect = FIRST.setdefault(bare.dialect.name, bare.dialect)  # what is kept is kept by dialect
    bare._compiled_cache = COMPILED
    if bare.dialect.name == "sqlite":
        event.listen(bare, "connect", _hurry)
    return engine


def _hurry(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
