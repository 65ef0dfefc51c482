"""What the municipality has appointed one to, on one's own page: where the notice about it leads."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.database import Database
from models.people.tables import Person
from models.rights import Duty, PlanKind
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("F197")
DUTIES = "//section[@aria-labelledby='duties']//li"


async def told(sign_in: SignIn, name: str) -> list[str]:
    page = await (await sign_in(name)).get("/me")
    return [" ".join(each.text_content().split()) for each in page.all(DUTIES)]


async def appointed(town: Database, name: str, *days: tuple[int, int | None]) -> None:
    """To be an analyst, from and until so many days from today."""
    async with town.writing() as session:
        found = select(Person).join(Account, col(Account.id) == Person.account_id)
        card = (await session.scalars(found.where(col(Account.user_name) == f"{name}@fjordvik.example"))).one()
        assert card.account_id
        today = session.clock.now().date()
        for first, until in days:
            session.add(
                Appointment(
                    municipality_id=card.municipality_id,
                    account_id=card.account_id,
                    duty=Duty.ANALYST,
                    valid_from=today + timedelta(days=first),
                    valid_to=None if until is None else today + timedelta(days=until),
                )
            )


async def test_one_sees_what_one_is_appointed_to_and_for_which_plans(sign_in: SignIn) -> None:
    assert await told(sign_in, "admin.helse") == [
        "Lokal administrator, Individuell plan",
        "Lokal administrator, Stafettlogg",
    ]


async def test_who_is_appointed_to_nothing_is_told_nothing(sign_in: SignIn) -> None:
    assert await told(sign_in, "laerer") == []


async def test_days_are_told_when_there_are_any_and_what_is_over_is_not(sign_in: SignIn, town: Database) -> None:
    await appointed(town, "laerer", (-9, 0), (-5, 6), (6, 7), (7, None), (9, 9))
    assert await told(sign_in, "laerer") == [
        "Rapporter (til og med onsdag 25. november)",
        "Rapporter (fra torsdag 26. november til og med torsdag 26. november)",
        "Rapporter (fra fredag 27. november)",
    ]


async def test_an_appointment_in_another_municipality_is_not_told_here(sign_in: SignIn, town: Database) -> None:
    async with town.writing() as session:
        found = select(Account).where(col(Account.user_name) == "laerer@fjordvik.example")
        account = (await session.scalars(found)).one()
        dalen = select(Person.municipality_id).join(Account, col(Account.id) == Person.account_id)
        away = (await session.scalars(dalen.where(col(Account.user_name) == "planeier@dalen.example"))).one()
        where = {"municipality_id": away, "account_id": account.id, "plan_kind": PlanKind.IP}
        session.add(Appointment(**where, duty=Duty.ADMINISTRATOR, valid_from=session.clock.now().date()))
    assert await told(sign_in, "laerer") == []
