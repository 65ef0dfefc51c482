"""Who comes to the consent, and by which door.

A plan's coordinator and others who take part come through the plan's own; the owner, guardians and those who are asked
to sign have one that stays open when the plan itself is closed to them.
"""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from models.i18n import _
from models.labels import label, plan_label, plan_words
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.rules.words import PlanState
from models.refusals import Reason, Refused
from models.rights import Element, Level
from pages.plans.room import render_room, room
from pages.rendering import render
from permissions.request import opened_consent, opened_plan

Plan = Annotated[OpenPlan, Depends(room("consent"))]


async def changing(plan: Plan) -> OpenPlan:
    """For those who see to the consent: its pages are for nobody else."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    return plan


async def own(request: Request, plan_id: UUID) -> OpenConsent:
    """For those who consent. Who looks at the plan through another's eyes answers for nobody."""
    try:
        plan = await opened_plan(request, plan_id, "consent")
    except Refused as refused:
        if refused.reason is Reason.LOOKING_AS:
            raise
    else:
        if plan.looking_as:
            raise Refused(Reason.LOOKING_AS, plan_id, plan.municipality_id)
        request.state.around = plan
    return await opened_consent(request, plan_id)


Changing = Annotated[OpenPlan, Depends(changing)]
Own = Annotated[OpenConsent, Depends(own)]


async def either(request: Request, plan_id: UUID) -> OpenPlan | OpenConsent:
    """The widest door there is: the coordinator's, then one's own consent, then the plan as one who takes part."""
    plan, closed = await _plan(request, plan_id)
    if plan and (plan.looking_as or plan.allows(Element.CONSENT, Level.CHANGE)):
        return plan
    try:
        consent = await opened_consent(request, plan_id)
    except Refused:
        if plan is None:
            raise (closed or Refused(Reason.NO_RIGHT, plan_id)) from None
        return plan
    request.state.around = plan
    return consent


async def _plan(request: Request, plan_id: UUID) -> tuple[OpenPlan | None, Refused | None]:
    try:
        return await opened_plan(request, plan_id, "consent"), None
    except Refused as refused:
        return None, refused


Either = Annotated[OpenPlan | OpenConsent, Depends(either)]


def address(plan: OpenPlan | OpenConsent) -> str:
    return f"/plans/{plan.plan_id}/consent"


def show(
    request: Request, plan: OpenPlan | OpenConsent, name: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page about the consent: among the plan's rooms, or alone for who may not enter any other."""
    shown: dict[str, Any] = {"consent_url": address(plan), "today": plan.today} | context
    around = plan if isinstance(plan, OpenPlan) else getattr(request.state, "around", None)
    if around:
        return render_room(request, around, f"consent/{name}.html", "consent", status=status, **shown)
    only = [(_("Samtykke"), address(plan), "consent", True, False)]
    return render(request, f"consent/{name}.html", status=status, plan=_head(plan), rooms=only, **shown)


def _head(plan: OpenPlan | OpenConsent) -> dict[str, Any]:
    return {
        "url": f"/plans/{plan.plan_id}",
        "short_name": plan.short_name,
        "kind_name": plan_label(plan.kind, plan.elements),
        "my_role": "",
        "words": plan_words(plan.kind),
        "state": label(plan.state),
        "ended": plan.state is PlanState.INACTIVE,
        "active": plan.state is PlanState.ACTIVE,
        "consent_days": None,
        "looking_as": None,
        "narrowed": None,
        "administered_until": None,
    }
