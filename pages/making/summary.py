"""Step 5: everything once more, what the plan rests on, and «Fullfør» (F185): then it is made, all of it or nothing."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.labels import label
from models.people.rules import Card
from models.people.tables import Person
from models.plans.operations.begun import discard_begun
from models.plans.operations.making import NewContent, fill, make
from models.plans.proof import OpenPlan
from models.plans.queries.people import people
from models.plans.rules.consents import Stretch
from models.plans.rules.making import USUAL_BASIS, usual_days
from models.refusals import Invalid, NotFound
from models.rights import Role
from pages.forms import posted
from pages.making.begun import Here, Making, Step, at
from pages.making.forms import BasisForm
from pages.making.step_page import MEND, StepPage
from pages.making.whole import Whole, gather
from pages.plans.invitations import link_page
from pages.rendering import go
from permissions.door import open_plan
from permissions.inviting import Wanted, invitable, invite

router = APIRouter(prefix="/plans/new/{begun_id}/summary")


@router.get("")
async def show_summary(request: Request, here: Here, begun_id: UUID) -> Response:
    async def show(making: Making) -> Response:
        whole = await gather(making)
        if step := await whole.to_mend():
            return go(f"{making.url}/{step}?{MEND}=1")
        return _page(whole, _form(making)).show()

    return await at(request, here, begun_id, Step.SUMMARY, show)


@router.post("")
async def finish(request: Request, here: Here, begun_id: UUID) -> Response:
    data = await posted(request)

    async def save(making: Making) -> Response:
        whole = await gather(making)
        if step := await whole.to_mend():
            return go(f"{making.url}/{step}?{MEND}=1")
        form = _form(making, data)
        shown = _page(whole, form)
        if data.get("act"):
            return await shown.take(data, _nothing)
        if not form.validate():
            return shown.show(400)
        try:
            return await _make(whole, form)
        except Invalid as invalid:
            form.refuse(invalid)
            return shown.show(400)

    return await at(request, here, begun_id, Step.SUMMARY, save)


async def _nothing() -> None:
    """Going back demands nothing."""


def _form(making: Making, data: Any = None) -> BasisForm:
    days = usual_days(making.today)
    usual = {"basis": USUAL_BASIS[making.start].value, "valid_from": days.first, "valid_to": days.last}
    return BasisForm(data or making.typed(Step.SUMMARY), **usual)


def _page(whole: Whole, form: BasisForm) -> StepPage:
    making = whole.making
    owner = making.owner
    more = whole.told() | {
        "areas": [label(area) for area in whole.told()["areas"]],
        "is_new": isinstance(owner, Card),
        "born": owner.birth_date if owner else None,
        "expected": owner.expected_date if owner else None,
    }
    return StepPage(making, Step.SUMMARY, "making/summary.html", form, _("Se over og fullfør"), more)


async def _make(whole: Whole, form: BasisForm) -> Response:
    """Raises Invalid when something has changed meanwhile; nothing of it is kept then."""
    making = whole.making
    if making.owner is None:
        raise NotFound
    await make(making.here, making.owner, whole.new_plan(), synthetic=making.synthetic)
    plan = await open_plan(making.here.session, making.here.viewer, making.begun.id)
    days = Stretch(form.valid_from.data or making.today, form.valid_to.data)
    await fill(plan, NewContent(whole.texts, form.basis.data, days, form.remark.data or ""))
    answer = await _invite(making.request, plan, whole.wanted) if whole.wanted else None
    await discard_begun(making.here, making.begun)
    return answer or go(f"/plans/{plan.plan_id}", "plan-made")


async def _invite(request: Request, plan: OpenPlan, wanted: Wanted) -> Response | None:
    """A link that is to be handed over is in the answer and nowhere else."""
    owner = next(one for one in await people(plan) if one.role_code is Role.OWNER)
    person: Person = await invitable(plan, owner.participant_id)
    link = await invite(plan, owner.participant_id, wanted, request.app.state.settings.base_url)
    return None if wanted.way.is_mailed else link_page(request, plan, person, wanted, link)
