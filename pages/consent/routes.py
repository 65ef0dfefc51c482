"""`/plans/{id}/consent`: the coordinator's page, one's own, or what everybody who takes part may know."""

from base64 import b64decode
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.base import HouseSession, unseal
from models.i18n import _
from models.log.operations import record
from models.log.rules import Event
from models.plans.operations import signing
from models.plans.operations.demands import demand_coordinating
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.bases import bases, current
from models.plans.queries.consents import (
    Entry,
    entries,
    entry_of,
    form_of,
    may_sign,
    newest_form,
    newest_whole,
    scan,
    told,
)
from models.plans.queries.people import Somebody, people
from models.plans.queries.readiness import UNFINISHED, is_given, why_not_in_use
from models.plans.queries.signers import outgrown, waits_in_vain
from models.plans.queries.tasks import is_asked_for
from models.plans.rules.seen import told_to
from models.plans.rules.shortening import holds_for_anybody
from models.plans.rules.words import Basis, ConsentAct, TaskKind
from models.refusals import Invalid, NotFound
from models.rights import Element, Level
from pages.consent.answering import question_page
from pages.consent.doors import Changing, Either, show
from pages.consent.lessening import wisher
from pages.consent.seeing import endings, now_in, seen, sentences, standing_now
from pages.consent.views import basis_lines, entry_line, is_told, rests_on, waits_for_nothing
from pages.plans.room import address as plan_address
from pages.plans.room import room
from pages.rendering import go
from permissions.proofs import House
from permissions.request import unit_of_work
from reports.prints.consent_form import Sheet, consent_form

router = APIRouter(prefix="/plans/{plan_id}/consent")
PDF = "application/pdf"
Quiet = Annotated[OpenPlan, Depends(room("consent", is_page=False))]


@router.get("")
async def show_consent(request: Request, plan: Either) -> Response:
    if isinstance(plan, OpenConsent):
        return await _own_page(request, plan)
    if plan.allows(Element.CONSENT, Level.CHANGE):
        return await _coordinators_page(request, plan)
    plan.demand(Element.CONSENT, Level.READ)
    told = rests_on(plan, await bases(plan), await people(plan))
    return show(request, plan, "known", told=told, until=plan.consent_until)


async def _coordinators_page(request: Request, plan: OpenPlan) -> Response:
    everybody, ledger, grounds = await people(plan), await entries(plan), await bases(plan)
    known = [one for one in ledger if is_told(one.row, everybody)]
    lines = [entry_line(one, plan, everybody, remarks=True) for one in known]
    rests = current(grounds, plan.today)
    context: dict[str, Any] = {
        "told": rests_on(plan, grounds, everybody),
        "rests_on_consent": rests is None or rests.row.basis is Basis.CONSENT,
        "now": _now(plan, ledger),
        "is_given": is_given(plan, ledger),
        "waiting": [await _waiting(plan, one, everybody) for one in ledger if one.is_pending and one in known],
        "endings": await endings(plan),
        "standings": await standing_now(plan),
        "ledger": _history(lines, basis_lines(grounds, plan, everybody, remarks=True)),
        "unfinished": plan.state in UNFINISHED and plan.administered_until is None,
        "not_yet": await why_not_in_use(plan) if plan.state in UNFINISHED else None,
    }
    return show(request, plan, "coordinator", **context)


async def _waiting(plan: OpenPlan, entry: Entry, everybody: list[Somebody]) -> dict[str, Any]:
    """A question that waits, and why it may wait for ever."""
    stuck = waits_for_nothing(plan, await waits_in_vain(plan, entry), outgrown=await outgrown(plan, entry))
    return entry_line(entry, plan, everybody, remarks=True) | {"stuck": stuck}


def _history(*ledgers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All that was recorded, the newest first."""
    return sorted((line for ledger in ledgers for line in ledger), key=lambda line: line["recorded_at"], reverse=True)


def _now(plan: OpenPlan | OpenConsent, ledger: list[Entry]) -> dict[str, Any] | None:
    """The consent that is in force for everybody, and how many days are left of it."""
    found = newest_whole(ledger, plan.today)
    if found is None or found.row.act is ConsentAct.WITHDRAWN:
        return None
    last = found.row.valid_to
    return {"last": last, "days": (last - plan.today).days if last else None}


async def _own_page(request: Request, consent: OpenConsent) -> Response:
    """What waits for an answer comes before everything else."""
    ledger = await entries(consent)
    mine = [one for one in reversed(ledger) if (me := one.signer(consent.participants)) and me.signed_at is None]
    if question := next((one for one in mine if one.is_pending), None):
        return await question_page(request, consent, question)
    everybody, grounds, soon = await people(consent), await bases(consent), await endings(consent)
    lines = [entry_line(one, consent, everybody, remarks=False) for one in ledger if is_told(one.row, everybody)]
    context: dict[str, Any] = {
        "told": rests_on(consent, grounds, everybody, dated=False),
        "now": _now(consent, ledger),
        "waiting": [line for line in lines if line["is_pending"]],
        "endings": soon,
        "renewal_asked": bool(soon) and await is_asked_for(consent, TaskKind.CONSENT_RENEWAL, soon[0].last),
        "may_wish": bool(await wisher(request)),
        "sees": await now_in(consent),
        "ledger": _history(lines, basis_lines(grounds, consent, everybody, remarks=False)),
        "may_withdraw": holds_for_anybody(told(ledger), consent.today),
    }
    return show(request, consent, "own", **context)


@router.get("/activate")
async def ask_activate(request: Request, plan: Changing) -> Response:
    demand_coordinating(plan)
    return show(request, plan, "activate", problem=await why_not_in_use(plan), told=sentences(plan, await seen(plan)))


@router.post("/activate")
async def activate(request: Request, plan: Changing) -> Response:
    try:
        await signing.activate(plan)
    except Invalid as invalid:
        problem = invalid.fields["plan"]
        return show(request, plan, "activate", status=400, problem=problem, told=sentences(plan, await seen(plan)))
    return go(plan_address(plan), "plan-in-use")


@router.get("/form.pdf")
async def print_form(plan: Quiet) -> Response:
    """To be signed by hand (F117), whatever the plan rests on."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    text = await newest_form(plan)
    signers = [one.words for one in await may_sign(plan)]
    sheet = Sheet(text.title if text else "", text.body if text else "", sentences(plan, await seen(plan)), signers)
    return _attachment(await consent_form(plan, sheet), PDF, _("samtykke") + ".pdf")


@router.get("/{consent_id}")
async def show_entry(request: Request, plan: Either, consent_id: UUID) -> Response:
    """What was consented to, as it was shown then."""
    entry, everybody = await _readable(plan, consent_id), await people(plan)
    remarks = isinstance(plan, OpenPlan)
    told = told_to([one.participant_id for one in everybody], entry.kept.seen)
    return show(
        *(request, plan, "entry"),
        line=entry_line(entry, plan, everybody, remarks=remarks),
        text=await form_of(plan, entry.row),
        told=sentences(plan, told, entry.row.valid_to),
    )


@router.get("/{consent_id}/scan")
async def download_scan(request: Request, plan: Either, consent_id: UUID) -> Response:
    """The signed paper, to be kept or printed: never shown in the browser, where it could do something."""
    found = await scan(plan, await _readable(plan, consent_id))
    who = plan.municipality_id, plan.plan_id, plan.actor_id

    async def log_reading(session: HouseSession) -> None:
        record(House(session, *who), Event.CONSENT_READ)

    unit_of_work(request).afterwards.append(log_reading)
    return _attachment(b64decode(unseal(plan.vault, found, "content")), found.media_type, found.name)


async def _readable(plan: OpenPlan | OpenConsent, consent_id: UUID) -> Entry:
    """For those who see to the consent, and those who give it. Raises NotFound, and Refused for others."""
    if isinstance(plan, OpenPlan):
        plan.demand(Element.CONSENT, Level.CHANGE)
    entry = await entry_of(plan, consent_id)
    if not is_told(entry.row, await people(plan)):
        raise NotFound
    return entry


def _attachment(content: bytes, media_type: str, name: str) -> Response:
    """A file to be kept: its name is written so that no letter of it can be taken for anything else."""
    attached = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=media_type, headers=attached)
