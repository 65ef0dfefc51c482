"""Seeding as a deed: the same twice, never into a database in use, and the reference rows on their own."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from models.base import HouseSession
from models.database import Database
from models.organisation.queries import is_demonstration
from models.organisation.tables import Installation, Municipality
from models.people.rules import is_national_id
from models.plans.tables.plan import Plan
from models.rights import PlanKind, Role
from models.templates.tables import RoleTemplate, TextTemplate
from permissions.sign_in.passwords import Passwords
from seed.load import holds_anything, seed_municipality, seed_reference
from seed.people import synthetic_national_id
from seed.town import NotEmpty, seed_demo
from tests.seed.opened import every_row

Copied = Callable[[str, str], AbstractAsyncContextManager[Database]]
FRESH = {"wrapped", "password_hash", "content"}
"""Made new each time: wrapped keys, password hashes, and revisions, which hold sealed values inside."""


async def seeded(copied: Copied, passwords: Passwords, **how: Any) -> list[tuple[str, list[tuple[str, Any]]]]:
    async with copied("sqlite", "empty") as database:
        await seed_demo(database, passwords, plans=24, **how)
        async with database.reading() as session:
            return [
                (name, [(column, value) for column, value in row.items() if column not in FRESH])
                async for name, row in every_row(session)
                if name != "installation"
            ]


async def test_the_same_seed_and_day_give_the_same_rows(copied: Copied, passwords: Passwords) -> None:
    first = await seeded(copied, passwords, seed=7, today=date(2026, 3, 1))
    assert first == await seeded(copied, passwords, seed=7, today=date(2026, 3, 1))


async def test_another_seed_gives_another_town(copied: Copied, passwords: Passwords) -> None:
    ids = [
        {dict(row)["id"] for _, row in await seeded(copied, passwords, seed=seed, today=date(2026, 3, 1))}
        for seed in (7, 8)
    ]
    assert ids[0].isdisjoint(ids[1])


async def test_the_town_is_never_mixed_with_what_is_there(database: Database, passwords: Passwords) -> None:
    await seed_demo(database, passwords, plans=8)
    assert await holds_anything(database)
    with pytest.raises(NotEmpty):
        await seed_demo(database, passwords, plans=8)
    async with database.reading() as session:
        assert len((await session.scalars(select(Plan))).all()) == 8


async def test_one_municipality_is_enough_to_refuse(sqlite_database: Database, passwords: Passwords) -> None:
    async with sqlite_database.writing() as session:
        await seed_municipality(session, "Ekte kommune")
    with pytest.raises(NotEmpty):
        await seed_demo(sqlite_database, passwords)
    async with sqlite_database.reading() as session:
        assert not await is_demonstration(session)


async def test_the_reference_rows_are_nothing(sqlite_database: Database) -> None:
    for _ in range(2):
        await seed_reference(sqlite_database)
    assert not await holds_anything(sqlite_database)
    async with sqlite_database.reading() as session:
        (installation,) = (await session.scalars(select(Installation))).all()
    assert not installation.is_demonstration


async def test_a_municipality_gets_every_role_of_every_kind_once(sqlite_database: Database) -> None:
    for _ in range(2):
        async with sqlite_database.writing() as session:
            municipality = await seed_municipality(session, "Nydal")
    async with sqlite_database.reading() as session:
        roles = (await session.scalars(select(RoleTemplate))).all()
        assert sorted((row.kind, row.role) for row in roles) == sorted(
            (kind, role) for kind in PlanKind for role in Role
        )
        assert {row.municipality_id for row in roles} == {municipality.id}
        assert len((await session.scalars(select(Municipality))).all()) == 1


async def test_what_an_administrator_removed_or_changed_is_put_back_or_left(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        await seed_municipality(session, "Nydal")
        before = await _texts(session)
        before[0].body, changed, removed = "Vår egen tekst", before[0].id, before[1]
        name, kind = removed.name, removed.plan_kind
        await session.delete(removed)
    async with sqlite_database.writing() as session:
        await seed_municipality(session, "Nydal")
        after = await _texts(session)
    assert (name, kind) in {(text.name, text.plan_kind) for text in after}
    assert next(text for text in after if text.id == changed).body == "Vår egen tekst"
    assert len(after) == len(before)


async def _texts(session: HouseSession) -> list[TextTemplate]:
    return list(await session.scalars(select(TextTemplate).order_by(TextTemplate.name, TextTemplate.plan_kind)))  # type: ignore[arg-type]


@pytest.mark.parametrize("born", [date(1951, 2, 28), date(1999, 12, 31), date(2000, 1, 1), date(2026, 7, 9)])
def test_a_synthetic_number_is_valid_and_shows_the_day_with_the_month_raised(born: date) -> None:
    for seed in range(50):
        number = synthetic_national_id(born, Random(seed))
        assert is_national_id(number, synthetic=True)
        assert number.startswith(f"{born:%d}{born.month + 80}{born:%y}")
