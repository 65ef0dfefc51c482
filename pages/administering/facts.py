"""What the plan is called and made with, changed after it was made (F187, F188)."""

from collections.abc import Collection
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _, ngettext
from models.labels import plan_label
from models.plans.operations import settings as operations
from models.plans.proof import OpenPlan
from models.plans.queries import administration as queries
from models.plans.rules.administering import is_individual, mark, parts_of
from models.plans.rules.making import ELEMENTS, Part
from models.refusals import Conflict, Invalid
from models.rights import Element, Level, PlanKind
from pages.administering.forms import FactsForm, PartsForm
from pages.administering.otherwise import otherwise
from pages.forms import posted
from pages.plans.forms import PARTS
from pages.plans.room import address, render_room, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/settings")
Plan = Annotated[OpenPlan, Depends(room("settings"))]


@router.get("/facts")
async def show_facts(request: Request, plan: Plan) -> Response:
    _demand(plan)
    now = await queries.facts(plan)
    form = FactsForm(data=_in_form(now))
    return await _facts(request, plan, form, now.mark)


@router.post("/facts")
async def change_facts(request: Request, plan: Plan) -> Response:
    _demand(plan)
    sent = await posted(request)
    form, seen = FactsForm(sent), str(sent.get("seen", ""))
    if not form.validate():
        return await _facts(request, plan, form, seen, 400)
    try:
        await operations.change_facts(plan, form.facts(), seen)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _facts(request, plan, form, seen, 400)
    except Conflict:
        now = await queries.facts(plan)
        form.offer(await queries.units(plan))
        apart = otherwise(form, seen, _in_form(now), plan.today)
        return await _facts(request, plan, form, now.mark, 409, otherwise=apart)
    return go(f"{address(plan)}/settings", "saved")


def _in_form(now: queries.Facts) -> dict[str, Any]:
    return vars(now) | {"unit_id": str(now.unit_id or "")}


async def _facts(
    request: Request, plan: OpenPlan, form: FactsForm, seen: str, status: int = 200, **more: Any
) -> Response:
    form.offer(await queries.units(plan))
    lead = _("Kortnavnet er det eneste fra planen som står i e-post og SMS.")
    return _page(request, plan, form, seen, status, heading=_("Navn, periode og enhet"), lead=lead, **more)


@router.get("/parts")
async def show_parts(request: Request, plan: Plan) -> Response:
    _demand(plan)
    now = parts_of(plan.elements)
    return _parts(request, plan, PartsForm(data={"parts": list(now)}), mark(parts=now))


@router.post("/parts")
async def change_parts(request: Request, plan: Plan) -> Response:
    """What is taken off is asked about once more, with what is hidden by it: the form tells that it was `told`."""
    _demand(plan)
    sent = await posted(request)
    form, seen, now = PartsForm(sent), str(sent.get("seen", "")), parts_of(plan.elements)
    form.offer(list(Part))
    if not form.validate():
        return _parts(request, plan, form, seen, 400)
    wanted = frozenset(form.parts.data or [])
    told = sent.get("told") == mark(parts=now - wanted)
    try:
        await operations.change_parts(plan, wanted, seen, hides=bool(form.hides.data) and told)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _ask(request, plan, form, seen, now - wanted)
    except Conflict:
        apart = otherwise(form, seen, {"parts": list(now)}, plan.today)
        return _parts(request, plan, form, mark(parts=now), 409, otherwise=apart)
    return go(f"{address(plan)}/settings", "saved")


async def _ask(request: Request, plan: OpenPlan, form: PartsForm, seen: str, gone: Collection[Part]) -> Response:
    """With what would be hidden: only what the viewer may read is counted."""
    form.hides.data = False
    if not gone:
        return _parts(request, plan, form, seen, 400)
    written = await queries.written(plan)
    lines = [_line(part, written[part]) for part in Part if part in gone]
    if Part.GOALS in gone and is_individual(plan.kind, parts_of(plan.elements)):
        simple = plan_label(PlanKind.IP, plan.elements - {*ELEMENTS[Part.GOALS]})
        lines.append(_("Planen blir «%(kind)s», som ikke er en individuell plan etter loven.") % {"kind": simple})
    return _parts(request, plan, form, seen, 400, asked=mark(parts=gone), hidden_parts=lines)


def _line(part: Part, count: int) -> str:
    words = _(PARTS[part])
    if not count:
        return words
    told = ngettext("%(count)s tekst du kan se", "%(count)s tekster du kan se", count) % {"count": count}
    return f"{words}: {told}"


def _parts(request: Request, plan: OpenPlan, form: PartsForm, seen: str, status: int = 200, **more: Any) -> Response:
    form.offer(list(Part))
    lead = _("Tar du bort noe, skjules det som er skrevet der, for alle. Det slettes ikke, og kan settes på igjen.")
    return _page(request, plan, form, seen, status, heading=_("Hva planen inneholder"), lead=lead, **more)


def _demand(plan: OpenPlan) -> None:
    plan.demand(Element.PLAN, Level.CHANGE)
    plan.demand_active()


def _page(request: Request, plan: OpenPlan, form: Any, seen: str, status: int, **more: Any) -> Response:
    nothing: dict[str, Any] = {"otherwise": None, "asked": None, "hidden_parts": None}
    return render_room(
        *(request, plan, "administering/form.html", "settings"),
        status=status,
        form=form,
        seen=seen,
        back_url=f"{address(plan)}/settings",
        **nothing | more,
    )
