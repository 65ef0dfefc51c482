"""The town has one plan of coordination alone, beside the individual plans."""

import pytest
from sqlmodel import col, select

from models.base import HouseSession, pick
from models.database import Database
from models.plans.tables.goals import Goal
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Element, PlanKind


@pytest.mark.feature("F182")
async def test_one_plan_of_the_town_only_coordinates_and_holds_no_goals(town: Database) -> None:
    async with town.reading() as session:
        found = await individual_plans(session)
        (simple,) = [plan for plan in found if Element.GOALS.value not in plan.elements]
        goals = pick(Goal.id).where(col(Goal.plan_id) == simple.id)
        assert (await session.execute(goals)).all() == []


async def individual_plans(session: HouseSession) -> list[Plan]:
    mine = pick(PlanSpan.plan_id).where(col(PlanSpan.kind) == PlanKind.IP)
    return list(await session.scalars(select(Plan).where(col(Plan.id).in_(mine))))
