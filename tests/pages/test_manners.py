"""The eyes of the tests' own visitors: what they would not see, no test would find."""

from sqlalchemy import delete, update

from models.database import Database
from models.log.tables import LogRow
from models.people.tables import Person
from tests.client import Before


async def test_a_row_changed_behind_a_no_is_seen(town: Database) -> None:
    with Before(town) as before:
        assert before.changed() == []
        async with town.writing() as session:
            await session.execute(update(Person).values(given_name="Endret"))
        assert before.changed() == ["person"]


async def test_what_a_no_may_leave_behind_is_let_pass(town: Database) -> None:
    with Before(town) as before:
        async with town.writing() as session:
            await session.execute(delete(LogRow))
        assert before.changed() == []
