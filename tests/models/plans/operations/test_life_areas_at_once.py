"""Two who map the same life area in the same moment, on both databases."""

import asyncio
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.base import HouseSession, pick
from models.clock import local_day
from models.database import Database
from models.plans.operations import life_areas
from models.plans.proof import OpenPlan
from models.plans.tables.life import LifeArea
from models.refusals import Invalid
from models.rights import Element, PlanKind
from permissions.door import open_plan
from permissions.scopes import visible_plans
from tests.signing_in import viewer_for


async def opened(session: HouseSession) -> OpenPlan:
    """The stafettlogg, by its coordinator: the door lets one writer in at a time."""
    viewer = await viewer_for(session, "koordinator@fjordvik.example")
    ids = await session.scalars(visible_plans(viewer, local_day(session.clock.now())))
    plans = [await open_plan(session, viewer, plan_id) for plan_id in ids.all()]
    return next(plan for plan in plans if plan.kind is PlanKind.SL)


async def mapping(town: Database, text: str) -> UUID:
    async with town.writing() as session:
        plan = await opened(session)
        return (await life_areas.add(plan, area=Element.HOUSING, text=text)).id


@pytest.mark.feature("F64")
async def test_one_of_two_gets_through_and_the_other_is_told(any_town: Database) -> None:
    answers = await asyncio.gather(
        *(mapping(any_town, text) for text in ("Min tekst", "Din tekst")), return_exceptions=True
    )
    [told] = [answer for answer in answers if isinstance(answer, Invalid)]
    [made] = [answer for answer in answers if isinstance(answer, UUID)]
    assert list(told.fields) == ["area"]
    async with any_town.reading() as session:
        plan_id = await session.scalar(pick(LifeArea.plan_id).where(col(LifeArea.id) == made))
        mine = col(LifeArea.plan_id) == plan_id, col(LifeArea.area) == Element.HOUSING
        assert [one.id for one in await session.scalars(select(LifeArea).where(*mine))] == [made]
