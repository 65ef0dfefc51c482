"""«Administrer»: what the plan is set up as, what its first page shows (F59), and when the plan is gone through.

Open to those who administer the plan, also while its content is closed to everybody. What else may be changed about it
is in `pages.administering`.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response
from wtforms import DateField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from models.i18n import N_, _
from models.labels import inside, label
from models.plans.operations import settings as operations
from models.plans.proof import OpenPlan
from models.plans.queries import administration
from models.plans.queries import settings as queries
from models.plans.queries.settings import PlanSettings
from models.plans.rules.administering import parts_of
from models.plans.rules.making import Part
from models.plans.rules.revision import MONTHS, next_revision
from models.plans.rules.words import HomeBlock, PlanState
from models.refusals import Conflict, Invalid
from models.rights import Element, Level, Role
from pages.administering.otherwise import otherwise
from pages.forms import HouseForm, posted
from pages.plans.forms import PARTS
from pages.plans.room import MORE, address, render_room, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/settings")
DOORS = ("participants", "consent", "rights")
"""The rooms where the rest of the administration is done."""

Plan = Annotated[OpenPlan, Depends(room("settings"))]


class SettingsForm(HouseForm):
    revise_on = DateField(
        N_("Neste revisjon"),
        [Optional()],
        description=N_("Dagen dere skal gå gjennom planen sammen. Vi minner om den 14 dager før, og på dagen."),
    )
    shown = SelectMultipleField(
        N_("Dette viser oversikten"),
        coerce=HomeBlock,
        description=N_("Valget gjelder for alle i planen. Det som er tatt bort, finnes fortsatt i planen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown.choices = [(block.value, label(block)) for block in HomeBlock]


class RevisedForm(HouseForm):
    revise_on = DateField(N_("Neste revisjon"), [InputRequired(N_("Velg en dag."))])


@router.get("")
async def show_settings(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PLAN, Level.CHANGE)
    now = await queries.read(plan)
    return await _settings(request, plan, SettingsForm(data=_in_form(now)), now.mark)


@router.post("")
async def change_settings(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PLAN, Level.CHANGE)
    sent = await posted(request)
    form, seen = SettingsForm(sent), str(sent.get("seen", ""))
    try:
        return await _save(
            form,
            lambda: operations.change(plan, shown=form.shown.data or [], revise_on=form.revise_on.data, seen=seen),
            lambda: _settings(request, plan, form, seen, 400),
            f"{address(plan)}/settings",
        )
    except Conflict:
        now = await queries.read(plan)
        apart = otherwise(form, seen, _in_form(now), plan.today)
        return await _settings(request, plan, form, now.mark, 409, otherwise=apart)


@router.get("/revised")
async def ask_about_revision(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PLAN, Level.CHANGE)
    return await _revised(request, plan, RevisedForm(data={"revise_on": next_revision(plan.kind, plan.today)}))


@router.post("/revised")
async def revise(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PLAN, Level.CHANGE)
    form = RevisedForm(await posted(request))
    return await _save(
        form,
        lambda: operations.revise(plan, form.revise_on.data),
        lambda: _revised(request, plan, form, 400),
        f"{address(plan)}/settings",
    )


def revision(now: PlanSettings, today: date) -> dict[str, Any]:
    """When the plan is gone through, for `components/revision.html`."""
    days = (now.revise_on - today).days if now.revise_on else None
    return {"day": now.revise_on, "days": days, "last": now.revised_on}


async def _save(
    form: HouseForm, operation: Callable[[], Awaitable[None]], again: Callable[[], Awaitable[Response]], back: str
) -> Response:
    """Nothing here is drafted: it is chosen, not written."""
    if not form.validate():
        return await again()
    try:
        await operation()
    except Invalid as invalid:
        form.refuse(invalid)
        return await again()
    return go(back, "saved")


def _in_form(now: PlanSettings) -> dict[str, Any]:
    return {"revise_on": now.revise_on, "shown": list(now.shown)}


async def _settings(
    request: Request, plan: OpenPlan, form: SettingsForm, seen: str, status: int = 200, **more: Any
) -> Response:
    now, facts = await queries.read(plan), await administration.facts(plan)
    unit = next((one.name for one in await administration.units(plan) if one.id == facts.unit_id), None)
    return render_room(
        *(request, plan, "plans/settings.html", "settings"),
        status=status,
        form=form if plan.state is not PlanState.INACTIVE else None,
        seen=seen,
        period=(now.period_from, now.period_to),
        revision=revision(now, plan.today),
        unit=unit,
        parts=[_(PARTS[part]) for part in Part if part in parts_of(plan.elements)],
        doors=[(_(one.words), address(plan) + one.under) for one in MORE if one.name in DOORS and one.is_for(plan)],
        coordinates=plan.role is Role.COORDINATOR,
        **{"otherwise": None} | more,
    )


async def _revised(request: Request, plan: OpenPlan, form: RevisedForm, status: int = 200) -> Response:
    plan.demand_active()
    return render_room(
        *(request, plan, "plans/settings_revised.html", "settings"),
        status=status,
        form=form,
        months=MONTHS[plan.kind],
        kind_name=inside(label(plan.kind)),
        back_url=f"{address(plan)}/settings",
    )
