"""A session on the town that every test here only reads, and everything in it that is sealed, opened."""

from collections.abc import AsyncIterator

import pytest

from models.base import HouseSession
from models.database import Database


@pytest.fixture
async def reading(town: Database) -> AsyncIterator[HouseSession]:
    async with town.reading() as session:
        yield session
