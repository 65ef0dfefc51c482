"""Keeping what somebody writes before they save it. It is theirs alone: nobody else sees it, and no log tells of it.

`place` is the form's address below the plan's.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import col, select

from models.base import seal
from models.plans.operations.demands import demand_change, demand_new
from models.plans.proof import OpenPlan
from models.plans.queries.items import find, find_activity, find_comment, find_goal
from models.plans.rules.drafts import as_kept
from models.plans.tables import kinds
from models.plans.tables.drafts import Draft
from models.plans.tables.goals import Goal
from models.plans.tables.kinds import Kind
from models.refusals import NotFound
from models.rights import Element, Level


async def keep_draft(plan: OpenPlan, place: str, fields: Mapping[str, object]) -> Draft | None:
    """Keep the form as it now stands, instead of what was kept before; None when nothing is written in it.

    Demands what saving the form demands. Raises Refused, Invalid, or NotFound for a place that is no form.
    """
    kind = await _demand(plan, place)
    content, draft = as_kept(fields, kind.texts, kind.facts), await _mine(plan, place)
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


async def _demand(plan: OpenPlan, place: str) -> Kind:
    """What is written in the form at the place, once the viewer may save it."""
    match place.split("/"):
        case ["", "goals", "new"]:
            demand_new(plan, kinds.GOAL)
            return kinds.GOAL
        case ["", "goals", goal_id, *below]:
            return await _demand_below(plan, await find_goal(plan, _id(goal_id)), below)
        case ["", "about", "change"]:
            plan.demand(Element.ABOUT, Level.CHANGE)
            return kinds.ABOUT
        case ["", room, "new"] if room in kinds.BY_ROOM:
            demand_new(plan, kinds.BY_ROOM[room])
            return kinds.BY_ROOM[room]
        case ["", room, item_id, "change"] if room in kinds.BY_ROOM:
            demand_change(plan, await find(plan, kinds.BY_ROOM[room], _id(item_id)))
            return kinds.BY_ROOM[room]
    raise NotFound


async def _demand_below(plan: OpenPlan, goal: Goal, below: list[str]) -> Kind:
    match below:
        case ["change"]:
            demand_change(plan, goal)
            return kinds.GOAL
        case ["comments"]:
            demand_new(plan, kinds.COMMENT, goal)
            return kinds.COMMENT
        case ["comments", comment_id, "change"]:
            demand_change(plan, await find_comment(plan, goal, _id(comment_id)))
            return kinds.COMMENT
        case ["activities", "new"]:
            demand_new(plan, kinds.ACTIVITY, goal)
            return kinds.ACTIVITY
        case ["activities", activity_id, "change"]:
            demand_change(plan, await find_activity(plan, goal, _id(activity_id)))
            return kinds.ACTIVITY
        case ["activities", activity_id, "comments", "new"]:
            demand_new(plan, kinds.COMMENT, await find_activity(plan, goal, _id(activity_id)))
            return kinds.COMMENT
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
