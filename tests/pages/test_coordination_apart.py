"""Koordinerende enhet is told of nobody whom the one who looks is kept apart from (N15)."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.database import Database
from models.people.tables import KeptApart, Person
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_baton import HOLDER
from tests.pages.test_coordination import close, every_row, person_of
from tests.pages.test_waiting import address_of
from tests.plan_rows import id_of

pytestmark = pytest.mark.feature("N15")


@pytest.fixture
async def unit(sign_in: SignIn) -> Visitor:
    return await sign_in("enhet")


async def keep_from_unit(town: Database, other: UUID) -> None:
    """Whoever looks as koordinerende enhet never sees anything of this person."""
    me = await person_of(town, "enhet@fjordvik.example")
    async with town.writing() as session:
        owned = {"municipality_id": (await session.get_one(Person, other)).municipality_id}
        made = {"made_at": session.clock.now(), "made_by": me}
        session.add(KeptApart(first_id=other, second_id=me, **owned, **made))


async def test_who_waits_is_not_told_of(unit: Visitor, town: Database) -> None:
    address = await address_of(town, "Selma")
    assert "Selma Rognvik" in (await unit.get("/coordination")).words
    async with town.reading() as session:
        selma = (await session.scalars(select(Person.id).where(col(Person.given_name) == "Selma"))).one()
    await keep_from_unit(town, selma)
    assert "Selma" not in (await unit.get("/coordination")).words
    for path in (address, f"{address}/appoint", f"{address}/end", f"/coordination/waiting/new/{selma}"):
        assert (await unit.get(path)).status == 404
    assert (await unit.post(f"{address}/end", {})).status == 404


async def test_their_plans_are_not_told_of_and_not_opened(unit: Visitor, town: Database, ip: str) -> None:
    await close(town, HOLDER)
    vacant = f"/coordination/vacancies/{id_of(ip)}"
    assert (await unit.get(vacant)).status == 200
    before = len(await every_row(unit))
    await keep_from_unit(town, await person_of(town, "planeier@fjordvik.example"))
    assert len(await every_row(unit)) < before
    assert (await unit.get(vacant)).status == 404
