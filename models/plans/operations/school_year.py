"""Turning the school year (F81): goals go to history, and what continues is copied. Nothing is lost by it (F82)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from models.base import pick, seal, unseal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.plans.operations.demands import demand_living
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.proof import OpenPlan
from models.plans.queries.goal_pictures import picture_row
from models.plans.rules.goals import check_titles
from models.plans.rules.school_year import Fate
from models.plans.rules.words import FINISHED
from models.plans.tables.goals import Activity, Comment, Goal, GoalPicture, Measurement
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.plans.tables.participants import Grant, Participant
from models.plans.tables.together import Evaluation
from models.refusals import Invalid
from models.rights import Element, Level

CARRIED = ("life_area", "target", "scale_low", "scale_high", "measured_by_id")
"""What a goal's copy has besides its texts: where it begins is measured anew."""


@dataclass(frozen=True)
class Turn:
    """What is to become of one goal, as it was when the coordinator saw revision `seen`; `title` is the copy's."""

    goal: Goal
    fate: Fate
    seen: int
    title: str = ""


async def turn(plan: OpenPlan, turns: Sequence[Turn]) -> datetime:
    """All of it or nothing; returns the moment that everything moved and copied then bears.

    Raises Refused, Invalid about a title, or Conflict when a goal was changed meanwhile.
    """
    plan.demand_coordinator()
    _check(plan, turns)
    now, notice = plan.session.clock.now(), Notice.GOAL_ADDED
    leaving = [one for one in turns if one.fate is not Fate.STAYS]
    going_on = [one for one in leaving if one.fate is Fate.GOES_ON]
    for number, one in enumerate(going_on):
        await _copy(plan, one, now, None if number else notice)
    for one in leaving:
        one.goal.historic_at = now
        await keep(plan, one.goal, Event.GOAL_TO_HISTORY, quietly=True)
    log.record(plan, Event.SCHOOL_YEAR_TURNED, moved=len(leaving), copied=len(going_on))
    return now


async def turn_back(plan: OpenPlan, at: datetime) -> None:
    """Take back what was done at that moment: goals return, and copies go to the recycle bin.

    What somebody has worked with since stays: a goal that was taken back already, a copy that was changed.
    """
    plan.demand_coordinator()
    here = select(Goal).where(col(Goal.plan_id) == plan.plan_id)
    for goal in await plan.session.scalars(here.where(col(Goal.historic_at) == at)):
        plan.demand(Element.GOALS, Level.DELETE, goal)
        goal.historic_at = None
        await keep(plan, goal, Event.GOAL_FROM_HISTORY, quietly=True)
    for copy in await plan.session.scalars(here.where(col(Goal.added_at) == at)):
        plan.demand(Element.GOALS, Level.DELETE, copy)
        if not await _is_touched(plan, copy):
            await discard(plan, copy, Event.GOAL_DELETED)


async def _is_touched(plan: OpenPlan, copy: Goal) -> bool:
    """Whether anything but the copying has happened to it, or to what lies under it."""
    if copy.revision > 1:
        return True
    for table in (Activity, Comment, Measurement, Evaluation):
        under = (col(table.goal_id) == copy.id, or_(col(table.revision) > 1, col(table.added_at) != copy.added_at))
        if await plan.session.scalar(pick(table.id).where(*under).limit(1)):
            return True
    return False


def _check(plan: OpenPlan, turns: Sequence[Turn]) -> None:
    leaving = [one for one in turns if one.fate is not Fate.STAYS]
    if not leaving:
        raise Invalid(nothing=_("Velg minst ett mål som skal flyttes. Ingenting er endret."))
    for one in leaving:
        plan.demand(Element.GOALS, Level.DELETE, one.goal)
        plan.demand(Element.GOALS, Level.NEW)
        demand_living(plan, one.goal)
        demand_fresh(one.goal, one.seen)
    check_titles({f"title-{one.goal.id}": one.title for one in leaving if one.fate is Fate.GOES_ON})


async def _copy(plan: OpenPlan, one: Turn, now: datetime, notice: Notice | None) -> None:
    """One notice is enough for all that is copied at once."""
    old = one.goal
    copy = Goal(municipality_id=plan.municipality_id, plan_id=plan.plan_id, added_at=now, place=old.place)
    values = {name: getattr(old, name) for name in CARRIED} | _texts(plan, old) | {"title": one.title.strip()}
    changed(plan, copy, **values)
    await _carry_rights(plan, old, copy)
    await keep(plan, copy, Event.GOAL_ADDED, notice)
    await _copy_picture(plan, old, copy)
    for activity in await _going_on(plan, old):
        await _copy_activity(plan, activity, copy)


async def _going_on(plan: OpenPlan, goal: Goal) -> list[Activity]:
    """What is not finished, of what the coordinator sees."""
    found = select(Activity).where(
        col(Activity.goal_id) == goal.id,
        col(Activity.deleted_at).is_(None),
        col(Activity.status).not_in(FINISHED),
    )
    in_order = found.order_by(col(Activity.place), col(Activity.added_at), col(Activity.id))
    return [one for one in await plan.session.scalars(in_order) if plan.sees(one)]


async def _copy_activity(plan: OpenPlan, old: Activity, goal: Goal) -> None:
    """Without its days, which were last year's, and in the care of somebody who still takes part."""
    owned: dict[str, Any] = {"municipality_id": plan.municipality_id, "plan_id": plan.plan_id, "goal_id": goal.id}
    copy = Activity(**owned, added_at=goal.added_at, place=old.place)
    responsible = await plan.session.get(Participant, old.responsible_id) if old.responsible_id else None
    takes_part = responsible and (responsible.valid_to is None or responsible.valid_to > plan.today)
    texts = {name: text for name, text in _texts(plan, old).items() if name in ("title", "description", "extent")}
    changed(plan, copy, status=old.status, responsible_id=old.responsible_id if takes_part else None, **texts)
    await _carry_rights(plan, old, copy)
    await keep(plan, copy, Event.ACTIVITY_ADDED)


def _texts(plan: OpenPlan, item: Item) -> dict[str, Any]:
    return {name: unseal(plan.vault, item, name) for name in kind_of(item).texts}


async def _carry_rights(plan: OpenPlan, old: Item, copy: Item) -> None:
    """Who was let in to the old one alone, or kept out of it, is so of its copy."""
    (element, _id), *_above = old.guarded_by()
    found = select(Grant).where(col(Grant.element) == element, col(Grant.item_id) == old.id)
    for grant in await plan.session.scalars(found):
        plan.session.add(_same_grant(grant, copy.id))


def _same_grant(grant: Grant, item_id: UUID) -> Grant:
    owned: dict[str, Any] = {"municipality_id": grant.municipality_id, "participant_id": grant.participant_id}
    return Grant(**owned, element=grant.element, item_id=item_id, level=grant.level)


async def _copy_picture(plan: OpenPlan, old: Goal, copy: Goal) -> None:
    picture = await picture_row(plan, old)
    if picture:
        same = GoalPicture(municipality_id=plan.municipality_id, goal_id=copy.id, set_at=copy.added_at)
        seal(plan.vault, same, content=unseal(plan.vault, picture, "content"))
        plan.session.add(same)
