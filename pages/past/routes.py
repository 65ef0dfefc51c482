"""The plan as it was on a day, or what changed between two (N10)."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.datastructures import MultiDict
from starlette.requests import Request
from starlette.responses import Response

from models.plans.proof import OpenPlan
from models.plans.queries import past
from pages.forms import HouseForm
from pages.past.changes import groups, tells_words
from pages.past.forms import DayForm, DaysForm, asked_or, is_usable
from pages.past.names import names
from pages.past.views import Shelf, accounts, sections, titles
from pages.plans.room import address, render_room, room

router = APIRouter(prefix="/plans/{plan_id}/history")
Plan = Annotated[OpenPlan, Depends(room("history"))]
A_MONTH = timedelta(days=30)


@router.get("")
async def show_past(request: Request, plan: Plan) -> Response:
    """One day; or, when `from` or `to` is asked for, what changed."""
    made = await past.made_on(plan)
    if {"from", "to"} & request.query_params.keys():
        return await _show_changes(request, plan, made)
    return await _show_day(request, plan, made)


async def _show_day(request: Request, plan: OpenPlan, made: date) -> Response:
    form = DayForm(MultiDict(asked_or(request.query_params, day=_a_month_ago(plan, made))))
    if not is_usable(form, made, plan.today):
        return _page(request, plan, "past/day.html", form, made, 400, day=None, sections=[])
    day: date = form.data["day"]
    stood = await past.stood(plan, past.end_of(day))
    known = await names(plan, set(), titles(plan, stood))
    shelf = Shelf(plan, known, stood)
    return _page(request, plan, "past/day.html", form, made, day=day, sections=sections(shelf))


async def _show_changes(request: Request, plan: OpenPlan, made: date) -> Response:
    days = {"from_": _a_month_ago(plan, made), "to": plan.today}
    form = DaysForm(MultiDict(asked_or(request.query_params, **days)))
    if not is_usable(form, made, plan.today):
        return _page(request, plan, "past/changes.html", form, made, 400, groups=None, marked=False)
    first, last = past.end_of(form.data["from_"]), past.end_of(form.data["to"])
    before, after = await past.stood(plan, first), await past.stood(plan, last)
    differences = past.differences(before, after)
    gone = await past.taken_away(plan, differences, last)
    known = await names(plan, accounts([*after.values(), *gone.values()]), titles(plan, before, after))
    found = groups(plan, known, differences, gone)
    marked = any(tells_words(line["fields"]) for group in found for line in group["lines"])
    return _page(request, plan, "past/changes.html", form, made, groups=found, marked=marked)


def _a_month_ago(plan: OpenPlan, made: date) -> date:
    return max(made, plan.today - A_MONTH)


def _page(
    request: Request, plan: OpenPlan, template: str, form: HouseForm, made: date, status: int = 200, **more: Any
) -> Response:
    limits = {"min": made.isoformat(), "max": plan.today.isoformat()}
    url = f"{address(plan)}/history"
    return render_room(request, plan, template, "history", status=status, form=form, limits=limits, url=url, **more)
