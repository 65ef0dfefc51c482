"""The points a plan must contain come with every municipality, and what it decides is left alone (N6)."""

import pytest
from sqlalchemy import delete, update
from sqlmodel import col, select

from models.base import HouseSession
from models.database import Database
from models.rights import PlanKind
from models.templates.rules import Check
from models.templates.tables import ContentPoint
from seed.load import seed_municipality

pytestmark = pytest.mark.feature("N6")


async def points(session: HouseSession) -> list[ContentPoint]:
    return list(await session.scalars(select(ContentPoint)))


async def test_a_new_municipality_gets_them_once(database: Database) -> None:
    for _ in range(2):
        async with database.writing() as session:
            await seed_municipality(session, "Nydal")
    async with database.reading() as session:
        found = await points(session)
    assert {point.kind for point in found} == set(PlanKind)
    assert len({(point.kind, point.numbered) for point in found}) == len(found)
    assert {word for point in found for word in point.checked} <= set(Check)


async def test_a_municipality_from_before_gets_those_of_the_kinds_it_lacks(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        await seed_municipality(session, "Nydal")
        await session.execute(delete(ContentPoint).where(col(ContentPoint.kind) != PlanKind.IP))
    async with sqlite_database.writing() as session:
        await seed_municipality(session, "Nydal")
        assert {point.kind for point in await points(session)} == set(PlanKind)


async def test_what_a_municipality_took_away_or_changed_is_not_put_back(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        await seed_municipality(session, "Nydal")
        first = col(ContentPoint.kind) == PlanKind.IP, col(ContentPoint.numbered) == 1
        await session.execute(update(ContentPoint).where(*first).values(numbered=50, title="Vårt", in_use=False))
        before = len(await points(session))
    async with sqlite_database.writing() as session:
        await seed_municipality(session, "Nydal")
        after = await points(session)
    assert len(after) == before
    assert [point.title for point in after if not point.in_use] == ["Vårt"]


async def test_the_demonstration_has_them_in_both_municipalities(town: Database) -> None:
    async with town.reading() as session:
        found = await points(session)
    assert len({point.municipality_id for point in found}) == 2
    assert len(found) == 2 * 24
