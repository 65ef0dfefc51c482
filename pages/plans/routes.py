"""The plan list (F42-F48), a plan's home (F54, F58) and its timeline (F156-F158)."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.clock import local_day
from models.i18n import _
from models.labels import label, role_label
from models.plans.proof import OpenPlan
from models.plans.queries import about, goals, people, timeline
from models.plans.queries.contacts import Contact, visible_contacts
from models.plans.queries.people import Somebody
from models.plans.rules.words import PlanState
from models.refusals import SENTENCES
from models.rights import Element, Level, Role
from pages.plans import young
from pages.plans.entries import consent_end, deadlines, entries, with_days
from pages.plans.forms import ListForm
from pages.plans.pictures import picture_address
from pages.plans.room import HomePlan, TimelinePlan, address, goal_address, render_room
from pages.rendering import render
from permissions.plan_list import ListedPlan, list_plans
from permissions.request import current_session, current_viewer
from permissions.sign_in.places import has_plans_elsewhere
from permissions.young import closed_for_age

router = APIRouter()
PAGE = 50
NEAREST = 3
LONGEST_SEARCH = 100


@router.get("/")
async def front() -> Response:
    return RedirectResponse("/plans", status_code=303)


@router.get("/plans")
async def show_plans(request: Request, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    viewer, session = await current_viewer(request), await current_session(request)
    form = ListForm(request.query_params)
    search = (form.q.data or "").strip()[:LONGEST_SEARCH]
    listing = await list_plans(session, viewer, search=search, ended=form.ended.data, page=page)
    today = local_day(session.clock.now())
    asked = request.url.remove_query_params("page").include_query_params(page="")
    pager = {"number": listing.page, "count": listing.pages, "base": f"{asked.path}?{asked.query}"}
    plans = [_row(plan, today) for plan in listing.plans]
    closed = [_(SENTENCES[reason]) for reason in await closed_for_age(session, viewer)]
    shown: dict[str, Any] = {"plans": plans, "closed": closed, "searched": bool(search), "pager": pager}
    shown["elsewhere"] = await has_plans_elsewhere(session, viewer)
    return render(request, "plans/list.html", form=form, **shown)


def _row(plan: ListedPlan, today: date) -> dict[str, Any]:
    return {
        "url": f"/plans/{plan.plan_id}",
        "short_name": plan.short_name,
        "kind_name": label(plan.kind),
        "my_role": role_label(plan.kind, plan.role),
        "state": label(plan.state),
        "news": plan.news,
        "consent_days": (plan.consent_until - today).days if plan.consent_until else None,
        "active": plan.state is PlanState.ACTIVE,
    }


@router.get("/plans/{plan_id}")
async def show_home(request: Request, plan: Annotated[OpenPlan, HomePlan]) -> Response:
    everybody, visits = await people.people(plan), await people.last_visits(plan)
    last_visit = await people.my_last_visit(plan)
    news = await timeline.happened(plan, since=last_visit, most=10) if last_visit else []
    owner = next((one for one in everybody if one.role_code is Role.OWNER and one.taking_part), None)
    return render_room(
        *(request, plan, "plans/home.html", "home"),
        owner_name=owner.name if owner else plan.short_name,
        owner_picture=picture_address(plan, owner),
        about=await about.read(plan),
        about_url=None,
        last_visit=last_visit,
        news=[one for one in entries(plan, news, everybody, last_visit) if one["new"]],
        goals=await _goals(plan),
        visitors=_visitors(plan, everybody, visits, await visible_contacts(plan)),
        child=await young.card(plan),
        may_invite=plan.allows(Element.PARTICIPANTS, Level.CHANGE),
    )


def _visitors(
    plan: OpenPlan, everybody: list[Somebody], visits: dict[UUID, datetime], contacts: dict[UUID, Contact]
) -> list[dict[str, Any]]:
    """The other participants with an account, when they were last here (F58), and how they want to be reached (F38)."""
    if not plan.allows(Element.PARTICIPANTS, Level.READ):
        return []
    return [
        {"name": one.name, "role": one.role, "at": visits.get(one.account_id), "picture": picture_address(plan, one)}
        | {"contact": contacts.get(one.person_id) if one.person_id else None}
        for one in everybody
        if one.account_id and one.account_id != plan.actor_id and one.taking_part
    ]


async def _goals(plan: OpenPlan) -> list[dict[str, Any]] | None:
    if not plan.reaches(Element.GOALS):
        return None
    return [
        {"url": goal_address(plan, goal.id), "title": goal.title, "progress": goal.progress}
        for goal in await goals.bare_goals(plan)
    ]


@router.get("/plans/{plan_id}/timeline")
async def show_timeline(
    request: Request,
    plan: Annotated[OpenPlan, TimelinePlan],
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    ahead: bool = False,
) -> Response:
    """What is to come stands above today (F157): the nearest of it, or all when `ahead`."""
    everybody, last_visit = await people.people(plan), await people.my_last_visit(plan)
    happened = await timeline.happened(plan, most=PAGE, skip=(page - 1) * PAGE)
    coming = deadlines(plan, await timeline.coming(plan)) + consent_end(plan) if page == 1 else []
    coming.sort(key=lambda line: line["at"], reverse=True)
    nearest = coming if ahead else coming[-NEAREST:]
    lines = nearest + entries(plan, happened, everybody, last_visit)
    rows = with_days(lines, plan.today, last_visit) if lines else []
    count = -(-await timeline.how_many_happened(plan) // PAGE)
    pager = {"number": page, "count": count, "base": f"{address(plan)}/timeline?page="}
    more = len(coming) - len(nearest)
    return render_room(request, plan, "plans/timeline.html", "timeline", rows=rows, pager=pager, more=more)
