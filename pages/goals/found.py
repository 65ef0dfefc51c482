"""What an address in this room is about: its goal, and the activity or comment under it, if the viewer may see them."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from models.plans.proof import OpenPlan
from models.plans.queries import items
from models.plans.tables.goals import Activity, Comment, Goal
from pages.plans.room import GoalsPlan

Plan = Annotated[OpenPlan, GoalsPlan]


async def find_goal(plan: Plan, goal_id: UUID) -> Goal:
    return await items.find_goal(plan, goal_id)


TheGoal = Annotated[Goal, Depends(find_goal)]


async def find_activity(plan: Plan, goal: TheGoal, activity_id: UUID) -> Activity:
    return await items.find_activity(plan, goal, activity_id)


async def find_comment(plan: Plan, goal: TheGoal, comment_id: UUID) -> Comment:
    return await items.find_comment(plan, goal, comment_id)


TheActivity = Annotated[Activity, Depends(find_activity)]
TheComment = Annotated[Comment, Depends(find_comment)]
