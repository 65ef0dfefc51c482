"""Keeping what somebody writes before they save it. It is theirs alone: nobody else sees it, and no log tells of it.

`place` is the form's address below the plan's.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import col, select

from models.base import seal
from models.plans.operations.demands import (
    demand_change,
    demand_contributor,
    demand_measurer,
    demand_new,
    demand_owner_side,
    demand_reporter,
)
from models.plans.proof import OpenPlan
from models.plans.queries import about
from models.plans.queries.contributions import contributor, visible_contribution
from models.plans.queries.items import find, find_activity, find_comment, find_goal
from models.plans.queries.measurements import find_measurement
from models.plans.rules.drafts import as_kept
from models.plans.tables import kinds
from models.plans.tables.drafts import Draft
from models.plans.tables.goals import Activity, Goal
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
            plan.demand(Element.ABOUT, Level.CHANGE, about.place(plan))
            return kinds.ABOUT
        case ["", "evaluation", *below, "new"]:
            return await _demand_evaluation(plan, below)
        case ["", "cooperation", "contributions", participant_id]:
            return await _demand_contribution(plan, _id(participant_id))
        case ["", room, "new"] if room in kinds.BY_ROOM:
            demand_new(plan, kinds.BY_ROOM[room])
            return kinds.BY_ROOM[room]
        case ["", room, item_id, "change"] if room in kinds.BY_ROOM:
            demand_change(plan, await find(plan, kinds.BY_ROOM[room], _id(item_id)))
            return kinds.BY_ROOM[room]
    raise NotFound


async def _demand_evaluation(plan: OpenPlan, below: list[str]) -> Kind:
    """A reflection, a yearly report, or somebody's evaluation of a goal."""
    match below:
        case []:
            demand_new(plan, kinds.EVALUATION)
        case ["yearly"]:
            demand_reporter(plan)
        case ["goals", goal_id]:
            demand_new(plan, kinds.EVALUATION, await find_goal(plan, _id(goal_id)))
        case _:
            raise NotFound
    return kinds.EVALUATION


async def _demand_contribution(plan: OpenPlan, participant_id: UUID) -> Kind:
    """Of somebody who takes part, to be written or changed."""
    await contributor(plan, participant_id)
    if item := await visible_contribution(plan, participant_id):
        demand_change(plan, item)
    else:
        demand_contributor(plan, participant_id)
    return kinds.CONTRIBUTION


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
        case ["activities", activity_id, *on]:
            return _demand_of_activity(plan, await find_activity(plan, goal, _id(activity_id)), on)
        case ["measure" | "measurements" | "check-in", *_]:
            return await _demand_measured(plan, goal, below)
    raise NotFound


async def _demand_measured(plan: OpenPlan, goal: Goal, below: list[str]) -> Kind:
    match below:
        case ["measure"]:
            demand_change(plan, goal)
            return kinds.GOAL
        case ["measurements", "new"]:
            demand_measurer(plan, goal)
            return kinds.MEASUREMENT
        case ["measurements", measurement_id, "change"]:
            demand_change(plan, await find_measurement(plan, goal, _id(measurement_id)))
            return kinds.MEASUREMENT
        case ["check-in"]:
            demand_owner_side(plan, goal)
            return kinds.MEASUREMENT
    raise NotFound


def _demand_of_activity(plan: OpenPlan, activity: Activity, on: list[str]) -> Kind:
    match on:
        case ["change" | "cancel"]:
            demand_change(plan, activity)
            return kinds.ACTIVITY
        case ["comments", "new"]:
            demand_new(plan, kinds.COMMENT, activity)
            return kinds.COMMENT
        case ["missed"] | ["missed", "back"]:
            demand_owner_side(plan, activity)
            return kinds.ACTIVITY
        case ["missed", "answer"]:
            plan.demand_coordinator()
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
