"""Keeping what somebody writes before they save it. It is theirs alone: nobody else sees it, and no log tells of it.

`place` is the form's address below the plan's.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import col, select

from models.base import seal
from models.plans.proof import OpenPlan
from models.plans.queries.items import find_activity, find_comment, find_goal
from models.plans.rules.drafts import ACTIVITY, COMMENT, GOAL, as_kept
from models.plans.tables.drafts import Draft
from models.refusals import NotFound
from models.rights import Element, Level


async def keep_draft(plan: OpenPlan, place: str, fields: Mapping[str, object]) -> Draft | None:
    """Keep the form as it now stands, instead of what was kept before; None when nothing is written in it.

    Demands what saving the form demands. Raises Refused, Invalid, or NotFound for a place that is no form.
    """
    known = await _demand(plan, place)
    content, draft = as_kept(fields, known), await _mine(plan, place)
    if content is None:
        if draft:
            await plan.session.delete(draft)
        return None
    now = plan.session.clock.now()
    if draft is None:
        whose = {"municipality_id": plan.municipality_id, "plan_id": plan.plan_id, "account_id": plan.actor_id}
        draft = Draft(**whose, place=place, content=None, saved_at=now)
    draft.saved_at = now
    seal(plan.vault, draft, content=content)
    plan.session.add(draft)
    return draft


async def drop_draft(plan: OpenPlan, place: str) -> None:
    """The form was saved, or its writer will not have the draft; dropping what is not there changes nothing."""
    await _demand(plan, place)
    if draft := await _mine(plan, place):
        await plan.session.delete(draft)


async def _mine(plan: OpenPlan, place: str) -> Draft | None:
    mine = col(Draft.plan_id) == plan.plan_id, col(Draft.account_id) == plan.actor_id
    draft: Draft | None = await plan.session.scalar(select(Draft).where(*mine, col(Draft.place) == place))
    return draft


async def _demand(plan: OpenPlan, place: str) -> frozenset[str]:
    """The fields of the form at the place, once the viewer may save it."""
    match place.split("/"):
        case ["", "goals", "new"]:
            plan.demand(Element.GOALS, Level.NEW)
            return GOAL
        case ["", "goals", goal_id, *below]:
            return await _demand_below(plan, goal_id, below)
    raise NotFound


async def _demand_below(plan: OpenPlan, goal_id: str, below: list[str]) -> frozenset[str]:
    goal = await find_goal(plan, _id(goal_id))
    match below:
        case ["change"]:
            plan.demand(Element.GOALS, Level.CHANGE, goal)
            return GOAL
        case ["comments"]:
            plan.demand(Element.COMMENTS, Level.NEW, parent=goal)
            return COMMENT
        case ["comments", comment_id, "change"]:
            comment = await find_comment(plan, goal, _id(comment_id))
            plan.demand_author(comment, comment.author_id)
            return COMMENT
        case ["activities", "new"]:
            plan.demand(Element.ACTIVITIES, Level.NEW, parent=goal)
            return ACTIVITY
        case ["activities", activity_id, "change"]:
            plan.demand(Element.ACTIVITIES, Level.CHANGE, await find_activity(plan, goal, _id(activity_id)))
            return ACTIVITY
        case ["activities", activity_id, "comments", "new"]:
            plan.demand(Element.COMMENTS, Level.NEW, parent=await find_activity(plan, goal, _id(activity_id)))
            return COMMENT
    raise NotFound


def _id(text: str) -> UUID:
    """As our own addresses write it: one place has one name."""
    try:
        found = UUID(text)
    except ValueError:
        raise NotFound from None
    if str(found) != text:
        raise NotFound
    return found
