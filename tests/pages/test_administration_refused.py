"""Who may not open a plan's administration: all but a local administrator who takes no part in it (C11, F194)."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from models.organisation.tables import Municipality
from models.plans.tables.baton import AdministrationVisit
from models.rights import Duty
from tests.client import Visitor
from tests.hamlet import Hamlet
from tests.pages.conftest import SignIn
from tests.pages.test_administration import WHY, administrator, rows

__all__ = ["administrator"]
pytestmark = pytest.mark.feature("F194")


@pytest.mark.parametrize("stranger", ["admin.skole", "superadmin@dalen.example"])
async def test_who_does_not_answer_for_the_plan_does_not_find_it(
    sign_in: SignIn, town: Database, ip: str, stranger: str
) -> None:
    visitor = await sign_in(stranger)
    assert (await visitor.get(f"{ip}/administration")).status == 404
    assert (await visitor.post(f"{ip}/administration", {"reason": WHY})).status == 404
    assert await rows(town, AdministrationVisit) == []


@pytest.mark.parametrize("stranger", ["koordinator", "planeier", "analytiker", "arkivar", "koordinator@dalen.example"])
async def test_who_administers_nothing_is_refused_whether_the_plan_is_there_or_not(
    sign_in: SignIn, ip: str, stranger: str
) -> None:
    visitor = await sign_in(stranger)
    for address in (ip, f"/plans/{UUID(int=7)}"):
        assert (await visitor.get(f"{address}/administration")).status == 403
        assert (await visitor.post(f"{address}/administration", {"reason": WHY})).status == 403


async def test_a_plan_that_is_not_there_is_not_found(administrator: Visitor) -> None:
    assert (await administrator.get(f"/plans/{UUID(int=7)}/administration")).status == 404


async def test_nobody_administers_a_plan_they_are_in(sign_in: SignIn, town: Database, ip: str) -> None:
    for name in ("tjenesteyter", "utlopt"):
        async with town.writing() as session:
            user = col(Account.user_name) == f"{name}@fjordvik.example"
            account = (await session.scalars(select(Account).where(user))).one()
            fjordvik = (await session.scalars(select(Municipality).where(Municipality.name == "Fjordvik"))).one()
            await Hamlet(session).appoint(account, fjordvik, Duty.ADMINISTRATOR)
        visitor = await sign_in(name)
        page = await visitor.post(f"{ip}/administration", {"reason": WHY})
        assert page.status == 403
        assert "Du er selv med i planen" in page.words
    assert await rows(town, AdministrationVisit) == []
