"""What an address in this room is about: a look back, or the goal it is on, if the viewer may see it."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from models.plans.proof import OpenPlan
from models.plans.queries import items
from models.plans.tables import kinds
from models.plans.tables.goals import Goal
from models.plans.tables.together import Evaluation
from pages.plans.room import room

ROOM = "evaluation"
Plan = Annotated[OpenPlan, Depends(room(ROOM))]


async def find_goal(plan: Plan, goal_id: UUID) -> Goal:
    return await items.find_goal(plan, goal_id)


async def find_evaluation(plan: Plan, evaluation_id: UUID) -> Evaluation:
    found: Evaluation = await items.find(plan, kinds.EVALUATION, evaluation_id)
    return found


TheGoal = Annotated[Goal, Depends(find_goal)]
TheEvaluation = Annotated[Evaluation, Depends(find_evaluation)]
