"""Those who are asked to consent: they read, and sign or say no (F118)."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.plans.operations import signing
from models.plans.proof import OpenConsent
from models.plans.queries.consents import Entry, entry_of, form_of
from models.plans.queries.people import people
from models.plans.rules.seen import told_to
from models.plans.rules.words import PlanState
from models.refusals import Conflict, Invalid, NotFound
from pages.consent.doors import Own, address, show
from pages.consent.forms import RemarkForm, SignForm
from pages.consent.seeing import sentences
from pages.consent.views import signatures
from pages.forms import posted
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/consent")


async def asked(consent: OpenConsent, consent_id: UUID) -> Entry:
    """What the viewer was asked to sign; raises NotFound for what others were, or another plan's."""
    entry = await entry_of(consent, consent_id)
    if entry.signer(consent.participants) is None:
        raise NotFound
    return entry


@router.get("/{consent_id}/sign")
async def show_question(request: Request, consent: Own, consent_id: UUID) -> Response:
    return await question_page(request, consent, await asked(consent, consent_id))


@router.post("/{consent_id}/sign")
async def sign(request: Request, consent: Own, consent_id: UUID) -> Response:
    entry, form = await asked(consent, consent_id), SignForm(await posted(request))
    if not form.validate():
        return await question_page(request, consent, entry, form, 400)
    try:
        await signing.sign(consent, entry)
    except Conflict as conflict:
        return await question_page(request, consent, entry, form, 409, problem=str(conflict))
    return go(address(consent), "consent-signed")


async def question_page(
    request: Request, consent: OpenConsent, entry: Entry, form: SignForm | None = None, status: int = 200, **more: Any
) -> Response:
    """What is asked, in full: who will see what, for how long, and the municipality's own words."""
    mine = entry.signer(consent.participants)
    everybody = await people(consent)
    told = told_to([one.participant_id for one in everybody], entry.kept.seen)
    context: dict[str, Any] = {
        "form": form or SignForm(),
        "open": entry.is_pending and mine is not None and mine.signed_at is None,
        "text": await form_of(consent, entry.row),
        "told": sentences(consent, told, entry.row.valid_to),
        "signers": signatures(entry, everybody),
        "days": (entry.row.valid_from, entry.row.valid_to),
        "consent_id": entry.row.id,
        "problem": None,
    }
    return show(request, consent, "sign", status=status, **context | more)


@router.get("/{consent_id}/decline")
async def ask_decline(request: Request, consent: Own, consent_id: UUID) -> Response:
    entry = await asked(consent, consent_id)
    return show(request, consent, "decline", form=RemarkForm(), consent_id=entry.row.id, problem=None)


@router.post("/{consent_id}/decline")
async def decline(request: Request, consent: Own, consent_id: UUID) -> Response:
    entry, form = await asked(consent, consent_id), RemarkForm(await posted(request))
    try:
        await signing.decline(consent, entry, form.remark.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return show(request, consent, "decline", status=400, form=form, consent_id=entry.row.id, problem=None)
    except Conflict as conflict:
        problem = str(conflict)
        return show(request, consent, "decline", status=409, form=form, consent_id=entry.row.id, problem=problem)
    is_open = consent.state in (PlanState.ACTIVE, PlanState.INACTIVE)  # a plan that is made ready closes to them now
    return go(address(consent) if is_open else "/plans", "consent-declined")
