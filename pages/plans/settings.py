"""«Administrer»: what the plan's first page shows (F59), and when the plan is gone through.

Open to those who administer the plan, also while its content is closed to everybody.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response
from wtforms import DateField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from models.i18n import N_
from models.labels import inside, label
from models.plans.operations import settings as operations
from models.plans.proof import OpenPlan
from models.plans.queries import settings as queries
from models.plans.queries.settings import PlanSettings
from models.plans.rules.revision import MONTHS, next_revision
from models.plans.rules.words import HomeBlock, PlanState
from models.refusals import Invalid
from models.rights import Element, Level
from pages.forms import HouseForm, posted
from pages.plans.room import address, render_room, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/settings")
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
    return _settings(request, plan, SettingsForm(data={"revise_on": now.revise_on, "shown": now.shown}), now)


@router.post("")
async def change_settings(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PLAN, Level.CHANGE)
    form, now = SettingsForm(await posted(request)), await queries.read(plan)
    return await _save(
        form,
        lambda: operations.change(plan, shown=form.shown.data or [], revise_on=form.revise_on.data),
        lambda: _settings(request, plan, form, now, 400),
        f"{address(plan)}/settings",
    )


@router.get("/revised")
async def ask_about_revision(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PLAN, Level.CHANGE)
    return _revised(request, plan, RevisedForm(data={"revise_on": next_revision(plan.kind, plan.today)}))


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
    form: HouseForm, operation: Callable[[], Awaitable[None]], again: Callable[[], Response], back: str
) -> Response:
    """Nothing here is drafted: it is chosen, not written."""
    if not form.validate():
        return again()
    try:
        await operation()
    except Invalid as invalid:
        form.refuse(invalid)
        return again()
    return go(back, "saved")


def _settings(request: Request, plan: OpenPlan, form: SettingsForm, now: PlanSettings, status: int = 200) -> Response:
    return render_room(
        *(request, plan, "plans/settings.html", "settings"),
        status=status,
        form=form if plan.state is not PlanState.INACTIVE else None,
        period=(now.period_from, now.period_to),
        revision=revision(now, plan.today),
    )


def _revised(request: Request, plan: OpenPlan, form: RevisedForm, status: int = 200) -> Response:
    plan.demand_active()
    return render_room(
        *(request, plan, "plans/settings_revised.html", "settings"),
        status=status,
        form=form,
        months=MONTHS[plan.kind],
        kind_name=inside(label(plan.kind)),
        back_url=f"{address(plan)}/settings",
    )
