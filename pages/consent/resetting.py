"""The coordinator takes a consent back, for all or for one («Nullstill», F113), or a question not yet answered."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.plans.operations import asking, consents
from models.plans.proof import OpenPlan
from models.plans.queries.consents import entry_of
from models.plans.queries.people import Somebody, people
from models.refusals import Conflict, Invalid
from pages.consent.doors import Changing, address, show
from pages.consent.forms import ResetForm
from pages.consent.lessening import taking_part
from pages.consent.seeing import what_if
from pages.consent.views import signatures
from pages.forms import posted
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/consent")


@router.get("/reset")
async def ask_reset(request: Request, plan: Changing) -> Response:
    return await _page(request, plan, None, ResetForm())


@router.post("/reset")
async def reset(request: Request, plan: Changing) -> Response:
    return await _reset(request, plan, None)


@router.get("/reset/{participant_id}")
async def ask_reset_one(request: Request, plan: Changing, participant_id: UUID) -> Response:
    return await _page(request, plan, await taking_part(plan, participant_id), ResetForm())


@router.post("/reset/{participant_id}")
async def reset_one(request: Request, plan: Changing, participant_id: UUID) -> Response:
    return await _reset(request, plan, await taking_part(plan, participant_id))


async def _reset(request: Request, plan: OpenPlan, participant: Somebody | None) -> Response:
    form = ResetForm(await posted(request))
    try:
        await consents.reset(plan, participant, form.remark.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await _page(request, plan, participant, form, 400)
    return go(address(plan), "consent-reset")


async def _page(
    request: Request, plan: OpenPlan, participant: Somebody | None, form: ResetForm, status: int = 200
) -> Response:
    loss = await what_if(plan, [participant.participant_id] if participant else ())
    return show(request, plan, "reset", status=status, form=form, loss=loss, only=participant)


@router.get("/{consent_id}/cancel")
async def ask_cancel(request: Request, plan: Changing, consent_id: UUID) -> Response:
    entry = await entry_of(plan, consent_id)
    if not entry.is_pending:
        return go(address(plan))
    return show(request, plan, "cancel", signers=signatures(entry, await people(plan)), problem=None)


@router.post("/{consent_id}/cancel")
async def cancel(request: Request, plan: Changing, consent_id: UUID) -> Response:
    entry = await entry_of(plan, consent_id)
    try:
        await asking.cancel(plan, entry)
    except Conflict as conflict:
        signers = signatures(entry, await people(plan))
        return show(request, plan, "cancel", status=409, signers=signers, problem=str(conflict))
    return go(address(plan), "consent-cancelled")
