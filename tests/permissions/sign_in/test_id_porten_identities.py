"""One number opens one account: also when two accounts are linked to it at the same moment."""

import asyncio
from uuid import UUID

from sqlmodel import select

from models.accounts.tables.identity import Identity
from models.database import Database
from permissions.sign_in.id_porten import identities
from permissions.sign_in.id_porten.identities import Blocked, Obstacle
from tests.hamlet import Hamlet

NUMBER, NEW = "01410112345", "02410112345"


async def vik(database: Database, *names: str) -> list[UUID]:
    """Accounts of people who work in a municipality with ID-porten."""
    async with database.writing() as session:
        hamlet = Hamlet(session)
        place = await hamlet.municipality()
        place.id_porten = True
        people = [await hamlet.person(place, name) for name in names]
        return [person.account_id for person in people if person.account_id]


async def link(database: Database, account_id: UUID, number: str) -> Obstacle | None:
    try:
        async with database.writing() as session:
            await identities.link(session, account_id, number)
    except Blocked as blocked:
        return blocked.obstacle
    return None


async def test_two_who_link_the_same_number_at_once(database: Database) -> None:
    accounts = await vik(database, "Anne", "Kari")
    said = await asyncio.gather(*(link(database, account, NUMBER) for account in accounts))
    assert sorted(said, key=str) == [None, Obstacle.IS_ANOTHERS]


async def test_one_who_links_two_numbers_at_once(database: Database) -> None:
    (account,) = await vik(database, "Anne")
    said = await asyncio.gather(*(link(database, account, number) for number in (NUMBER, NEW)))
    assert said.count(None) == 1
    async with database.reading() as session:
        assert len(list(await session.scalars(select(Identity)))) == 1


async def test_a_number_is_found_under_any_key_of_the_ring(database: Database) -> None:
    """Under rotation there are two index keys, and what was linked with the older is still found."""
    (account,) = await vik(database, "Anne")
    assert await link(database, account, NUMBER) is None
    database.keys.indexes.update({"i2": b"2" * 32} | {"i1": database.keys.indexes.pop("i1")})
    try:
        async with database.reading() as session:
            assert await identities.owner(session, NUMBER) == account
    finally:
        del database.keys.indexes["i2"]
