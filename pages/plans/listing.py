"""The plan list (F42-F48)."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.clock import local_day
from models.i18n import _
from models.labels import label, plan_label
from models.plans.rules.making import why_not
from models.plans.rules.words import PlanState
from models.refusals import SENTENCES, Reason
from models.rights import Role
from pages.plans.forms import BIGGEST_FIRST, COLUMNS, SORTS, ListForm
from pages.promises import deadlines_link
from pages.rendering import render
from permissions.deleted import deleted_plans
from permissions.plan_list import Asked, ListedPlan, SortBy, list_plans
from permissions.promises import my_promises
from permissions.request import current_session, current_viewer
from permissions.sign_in.places import has_plans_elsewhere
from permissions.signing import to_sign
from permissions.young import closed_for_age

router = APIRouter()
LONGEST_SEARCH = 100


@router.get("/")
async def front() -> Response:
    return RedirectResponse("/plans", status_code=303)


@router.get("/plans")
async def show_plans(request: Request, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    viewer, session = await current_viewer(request), await current_session(request)
    form = ListForm(request.query_params)
    asked = _asked(form, page)
    listing = await list_plans(session, viewer, asked)
    today = local_day(session.clock.now())
    shown: dict[str, Any] = {
        "plans": [_row(plan, today) for plan in listing.plans],
        "columns": [_column(request, by, asked) for by in SortBy],
        "closed": [_(SENTENCES[reason]) for reason in await closed_for_age(session, viewer)],
        "all_url": _address(request, q="") if asked.search else None,
        "pager": {"number": listing.page, "count": listing.pages, "base": _page_base(request)},
        "new_url": "/plans/new" if why_not(viewer) is Reason.OPEN else None,
        "deadlines": deadlines_link(await my_promises(session, viewer)),
        "elsewhere": await has_plans_elsewhere(session, viewer),
        "to_sign": [
            {"url": f"/plans/{one.plan_id}/consent", "short_name": one.short_name}
            for one in await to_sign(session, viewer)
        ],
        "deleted": bool(await deleted_plans(session, viewer)),
    }
    return render(request, "plans/list.html", form=form, **shown)


def _asked(form: ListForm, page: int) -> Asked:
    """What the address asks for; an unknown column is as none, and the form is made to show what is done."""
    sort = form.sort.data if form.sort.data in dict(SORTS) else SortBy.SHORT_NAME.value
    form.sort.choices = [(value, _(words)) for value, words in SORTS]
    form.sort.data = sort
    search = (form.q.data or "").strip()[:LONGEST_SEARCH]
    by = SortBy(sort.removeprefix("-"))
    return Asked(search=search, ended=form.ended.data, by=by, descending=sort.startswith("-"), page=page)


def _column(request: Request, by: SortBy, asked: Asked) -> dict[str, Any]:
    """A head of the list; pressing the one that the list is sorted by turns it around (F47)."""
    current = by is asked.by
    descending = not asked.descending if current else by in BIGGEST_FIRST
    return {
        "words": _(COLUMNS[by]),
        "url": _address(request, sort=f"-{by}" if descending else by.value),
        "sorted": ("descending" if asked.descending else "ascending") if current else None,
    }


def _address(request: Request, **changed: str) -> str:
    """This list's address with something else asked for, from its first page."""
    params = {name: value for name, value in request.query_params.items() if name in ("q", "ended", "sort")}
    query = urlencode({name: value for name, value in (params | changed).items() if value})
    return f"/plans?{query}" if query else "/plans"


def _page_base(request: Request) -> str:
    address = _address(request)
    return f"{address}{'&' if '?' in address else '?'}page="


def _row(plan: ListedPlan, today: date) -> dict[str, Any]:
    url = f"/plans/{plan.plan_id}"
    return {
        "url": url,
        "short_name": plan.short_name,
        "owner": plan.owner,
        "kind_name": plan_label(plan.kind, plan.elements),
        "my_role": plan.role_name,
        "state": label(plan.state),
        "news": plan.news,
        "consent_days": (plan.consent_until - today).days if plan.consent_until else None,
        "active": plan.state is PlanState.ACTIVE,
        "ended": plan.state is PlanState.INACTIVE,
        "is_over": bool(plan.period_to and plan.period_to < today and plan.state is PlanState.ACTIVE),
        "settings_url": f"{url}/settings" if plan.role is Role.COORDINATOR else None,
    }
