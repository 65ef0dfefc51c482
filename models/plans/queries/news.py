"""In which rooms of a plan there is something new for the viewer (F79)."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, or_
from sqlmodel import col

from models.base import Moment, pick
from models.log.queries import is_visit
from models.log.tables import LogRow, Opening
from models.plans.proof import OpenPlan
from models.plans.queries.happenings import PLACE, PLAN_EVENTS, TELLS_OF, is_told, log_with_items, of_living_items
from models.plans.tables.kinds import ACTIVITY, COMMENT, CONTRIBUTION, COOPERATION, GOAL, MEASUREMENT

ELSEWHERE = dict.fromkeys((GOAL, ACTIVITY, COMMENT, MEASUREMENT), "goals") | {CONTRIBUTION: COOPERATION.room}
"""The rooms where items are shown that have none of their own by that name."""


async def rooms_with_news(plan: OpenPlan) -> frozenset[str]:
    """Where others did something since the viewer's last visit, that the viewer has not looked into since."""
    visits = (await plan.session.execute(_visits(), _asked(plan))).all()
    before = max((row.before for row in visits if row.before), default=None)
    if before is None:
        return frozenset()
    looked = {row.room: row.latest for row in visits}
    rows = await plan.session.execute(_since(), _asked(plan) | {"since": before})
    fresh = [row for row in rows if is_told(plan.standings, plan.elements, row)]
    return frozenset(room for row in fresh if looked.get(room := _room(row), before) < row.at)


def _room(row: Any) -> str:
    kind = TELLS_OF.get(row.event)
    return ELSEWHERE.get(kind, kind.room) if kind else "timeline"


def _asked(plan: OpenPlan) -> dict[str, Any]:
    return {"plan_id": plan.plan_id, "account_id": plan.actor_id, "signed_in_at": plan.viewer.signed_in_at}


@cache
def _visits() -> Select[Any]:
    """For each room: when the viewer last opened it, and when they did before they signed in this time."""
    earlier = col(Opening.at) < bindparam("signed_in_at", type_=Moment())
    return (
        pick(Opening.room, func.max(Opening.at).label("latest"), func.max(case((earlier, Opening.at))).label("before"))
        .where(
            col(Opening.plan_id) == bindparam("plan_id"),
            col(Opening.account_id) == bindparam("account_id"),
            is_visit(),
        )
        .group_by(col(Opening.room))
    )


@cache
def _since() -> Select[Any]:
    return log_with_items(LogRow.at, *PLACE).where(
        col(LogRow.plan_id) == bindparam("plan_id"),
        col(LogRow.at) > bindparam("since", type_=Moment()),
        col(LogRow.actor_id).is_distinct_from(bindparam("account_id")),
        or_(of_living_items(), col(LogRow.event).in_(PLAN_EVENTS)),
    )
