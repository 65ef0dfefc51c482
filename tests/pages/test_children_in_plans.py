"""A child who may not sign in to a kind of plan is nowhere waited for: the guardians are asked instead (C17, F104)."""

import pytest
from sqlmodel import col, select

from models.database import Database
from models.organisation.rules import UnderAge
from models.organisation.tables import AgePolicy
from models.rights import PlanKind
from tests.client import Page, Visitor, words
from tests.pages.newcomers import look_for, onwards

CHILD = "2016-05-03"
SHUT = "Kommunen lar ikke barn under 15 år logge på i denne plantypen. Inviter de foresatte i stedet."


@pytest.fixture
async def draft(coordinator: Visitor) -> str:
    """The address of a new IOP, still a draft, for a ten-year-old whom nobody takes part with yet."""
    page = await coordinator.follow(await look_for(coordinator, "Pia Prøve", CHILD))
    for typed in ({}, {"start": "iop"}, {}, {}):
        page = await coordinator.follow(await onwards(coordinator, page, **typed))
    made: Page = await onwards(coordinator, page)
    return str(made.goes_to).split("?")[0]


async def let_in(town: Database, rule: UnderAge) -> None:
    async with town.writing() as session:
        for row in await session.scalars(select(AgePolicy).where(col(AgePolicy.kind) == PlanKind.IOP)):
            row.under_15 = rule


def first_step(page: Page) -> str:
    return words(page.all("//ol[@class='next-steps']/li")[0])


@pytest.mark.feature("F104")
async def test_the_first_step_is_to_add_the_guardians(coordinator: Visitor, draft: str) -> None:
    home = await coordinator.get(draft)
    assert first_step(home) == "Legg til foresatte"
    assert home.link("Legg til foresatte") == f"{draft}/participants/new"


@pytest.mark.feature("F186")
async def test_the_invitations_say_that_the_child_cannot_sign_in(coordinator: Visitor, draft: str) -> None:
    room = await coordinator.get(f"{draft}/invitations")
    assert SHUT in room.words
    assert room.link("Legg til deltaker") == f"{draft}/participants/new"


@pytest.mark.feature("F23")
@pytest.mark.parametrize("rule", [UnderAge.GUARDIAN_APPROVES, UnderAge.SIGN_IN])
async def test_where_children_may_sign_in_the_child_is_invited_as_well(
    coordinator: Visitor, town: Database, draft: str, rule: UnderAge
) -> None:
    await let_in(town, rule)
    assert first_step(await coordinator.get(draft)) == "Inviter eleven og foresatte"
    assert SHUT not in (await coordinator.get(f"{draft}/invitations")).words
