"""The application, built once for each kind of installation and lent to one test after another, since building it takes
longer than most of them. Only what `furnish` gives it is a test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from main import create_app, key_ring
from models.clock import Clock
from models.database import Database
from models.settings import Settings
from pages.house import furnish
from permissions.sign_in.id_porten.client import connect
from permissions.sign_in.passwords import Passwords
from tests.engines import quick_engine

BUILT: dict[tuple[object, ...], FastAPI] = {}


@asynccontextmanager
async def lent(settings: Settings, clock: Clock, passwords: Passwords) -> AsyncIterator[FastAPI]:
    """With a database of its own to the same rows, so that the test stands beside it and not within."""
    database = Database(quick_engine(settings.database_url), clock, key_ring(settings))
    id_porten = connect(settings)
    kind = settings.base_url, settings.demo, settings.synthetic_people, id_porten and id_porten.origins
    app = BUILT[kind] = BUILT.get(kind) or create_app(settings, clock=clock, passwords=passwords)
    furnish(app, settings, database, passwords, id_porten=id_porten)
    try:
        yield app
    finally:
        await database.close()
