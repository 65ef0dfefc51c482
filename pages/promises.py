"""The promise tracker (N8): the deadlines of a plan, and «Mine frister» across all of mine."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response
from wtforms import BooleanField, SelectField

from models.i18n import N_, _
from models.labels import label
from models.log.queries import FROM_AFAR
from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody, named, people
from models.plans.queries.promises import Promise, promises
from models.plans.queries.tasks import waiting
from models.rights import Element, Level
from pages.baton.tasks import line as task_line
from pages.forms import HouseForm
from pages.plans.room import goal_address, render_room, room
from pages.rendering import render
from permissions.promises import MyPromises, my_promises
from permissions.request import current_session, current_viewer, opened_plan

router = APIRouter()
NAME = "promises"
Plan = Annotated[OpenPlan, Depends(room(NAME))]
NOBODY = "nobody"


class PromisesForm(HouseForm):
    """`who` offers only those who answer for something that the viewer may read."""

    who = SelectField(N_("Ansvarlig"), validate_choice=False)
    late = BooleanField(N_("Vis bare forsinkede"))

    def __init__(self, everybody: Sequence[Somebody], found: Sequence[Promise], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answering = {one.responsible_id for one in found}
        named = [(str(one.participant_id), one.name) for one in everybody if one.participant_id in answering]
        nobody = [(NOBODY, _("Ingen ennå"))] if None in answering else []
        self.answering = {"": _("Alle"), **dict(named), **dict(nobody)}
        self.who.choices = list(self.answering.items())

    def chosen(self, found: Iterable[Promise], plan: OpenPlan) -> list[Promise]:
        """Somebody who answers for nothing here is as nobody chosen."""
        who = self.who.data if self.who.data in self.answering else ""
        mine = [one for one in found if not who or str(one.responsible_id or NOBODY) == who]
        return [one for one in mine if not self.late.data or one.is_overdue(plan.today)]


@router.get("/plans/{plan_id}/promises")
async def show_promises(request: Request, plan: Plan) -> Response:
    if not plan.reaches(Element.ACTIVITIES):
        plan.demand(Element.ACTIVITIES, Level.READ)
    everybody, found = await people(plan), await promises(plan)
    form = PromisesForm(everybody, found, request.query_params)
    lines = [_line(plan, everybody, one) for one in form.chosen(found, plan)]
    return render_room(
        *(request, plan, "plans/promises.html", NAME),
        form=form,
        there_are=bool(found),
        lists=_sorted(lines),
    )


@router.get("/promises")
async def show_mine(request: Request) -> Response:
    """Each plan is opened through its door, and logged; only those in which there is something of mine to read."""
    viewer = await current_viewer(request)
    mine = await my_promises(await current_session(request), viewer)
    lines = [line for plan_id in mine.plans for line in await _mine_in(request, plan_id)]
    lines.sort(key=lambda line: (line["due"], line["plan"], line["title"]))
    tasks = [task for plan_id in mine.tasks for task in await _tasks_in(request, plan_id)]
    return render(request, "promises.html", lists=_sorted(lines), tasks=tasks)


def deadlines_link(mine: MyPromises) -> str | None:
    """The words of the link to «Mine frister»; None for who has none."""
    if not mine.plans and not mine.tasks:
        return None
    if not mine.overdue:
        return _("Mine frister: ingen er forsinket")
    return _("Mine frister: %(count)s er forsinket") % {"count": mine.overdue}


async def _mine_in(request: Request, plan_id: UUID) -> list[dict[str, Any]]:
    plan = await opened_plan(request, plan_id, FROM_AFAR)
    me = {one.participant_id for one in plan.standings}
    everybody = await people(plan)
    found = [one for one in await promises(plan) if one.responsible_id in me and one.is_to_be_done]
    return [_line(plan, everybody, one) | {"plan": plan.short_name} for one in found]


async def _tasks_in(request: Request, plan_id: UUID) -> list[dict[str, Any]]:
    """What I am to see to as coordinator."""
    plan = await opened_plan(request, plan_id, FROM_AFAR)
    return [task_line(plan, one) for one in await waiting(plan)]


def _sorted(lines: Sequence[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """What is late first, then what was said not to be done, then what is to come: only those that hold something."""
    late = [line for line in lines if line["overdue"]]
    missed = [line for line in lines if line["missed"] and not line["overdue"]]
    coming = [line for line in lines if not line["missed"] and not line["overdue"]]
    lists = (
        ("late", _("Forsinket"), late),
        ("missed", _("Meldt ikke gjort"), missed),
        ("coming", _("Kommende"), coming),
    )
    return [one for one in lists if one[2]]


def _line(plan: OpenPlan, everybody: Sequence[Somebody], promise: Promise) -> dict[str, Any]:
    responsible = named(everybody, promise.responsible_id)
    return {
        "url": f"{goal_address(plan, promise.goal_id)}#activity-{promise.id}",
        "title": promise.title,
        "goal": promise.goal_title,
        "status": promise.status.value,
        "status_words": label(promise.status),
        "responsible": responsible.name if responsible else None,
        "due": promise.due_on,
        "overdue": promise.is_overdue(plan.today),
        "missed": promise.missed is not None,
        "plan": None,
    }
