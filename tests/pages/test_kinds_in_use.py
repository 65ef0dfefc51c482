"""A municipality decides which kinds of plan new ones are made of; those it has, go on as before."""

import pytest
from sqlmodel import col, select

from models.database import Database
from models.organisation.tables import AgePolicy
from models.rights import PlanKind
from tests.client import Page, Visitor
from tests.pages.newcomers import at_summary, card, chosen, onwards

pytestmark = pytest.mark.feature("F1")


@pytest.fixture(autouse=True)
async def newcomer(town: Database) -> None:
    await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def leave_out(town: Database, *kinds: PlanKind) -> None:
    async with town.writing() as session:
        for row in await session.scalars(select(AgePolicy).where(col(AgePolicy.kind).in_(kinds))):
            row.in_use = False


def starts(page: Page) -> list[str]:
    return [str(value) for value in page.all("//input[@name='start']/@value")]


async def test_a_kind_that_is_not_in_use_is_not_offered(coordinator: Visitor, town: Database) -> None:
    assert starts(await chosen(coordinator)) == ["ip", "simple", "iop", "iup", "sl"]
    await leave_out(town, PlanKind.IP, PlanKind.SL)
    page = await chosen(coordinator)
    assert starts(page) == ["iop", "iup"]
    refused = await onwards(coordinator, page, start="sl")
    assert refused.status == 400
    assert refused.error("start")


async def test_a_plan_that_was_begun_is_not_finished(coordinator: Visitor, town: Database) -> None:
    page = await at_summary(coordinator, "iop")
    await leave_out(town, PlanKind.IOP)
    back = await onwards(coordinator, page)
    assert "/plan?" in back.goes_to
    assert (await coordinator.follow(back)).error("start")


async def test_plans_there_are_go_on_and_none_becomes_of_that_kind(
    coordinator: Visitor, town: Database, ip: str, relay: str
) -> None:
    await leave_out(town, PlanKind.IP)
    assert (await coordinator.get(f"{ip}/goals")).status == 200
    assert "R.S." in (await coordinator.get("/plans")).words
    kinds = (await coordinator.get(f"{relay}/settings/kind")).links()
    assert f"{relay}/settings/kind/IOP" in kinds
    assert f"{relay}/settings/kind/IP" not in kinds
    assert (await coordinator.get(f"{relay}/settings/kind/IP")).status == 404


async def test_with_none_in_use_one_is_told_whom_to_ask(coordinator: Visitor, town: Database) -> None:
    await leave_out(town, *PlanKind)
    assert "Spør en lokal administrator" in (await chosen(coordinator)).words
