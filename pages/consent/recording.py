"""The coordinator chooses what the plan rests on, asks for a consent, and records one that was given otherwise."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import asking, bases, consents
from models.plans.operations.asking import Question
from models.plans.operations.consents import Given, Paper
from models.plans.operations.ledgers import NewBasis
from models.plans.proof import OpenPlan
from models.plans.queries.bases import bases as all_bases
from models.plans.queries.bases import current
from models.plans.queries.consents import entries, newest_form, newest_whole, only_digital
from models.plans.queries.people import people
from models.plans.queries.signers import signers
from models.plans.rules.consents import usual_end
from models.plans.rules.words import Basis, ConsentAct, ConsentMethod
from models.refusals import Invalid
from models.rights import Role
from pages.consent.doors import Changing, address, changing, show
from pages.consent.forms import ALL, AskForm, BasisForm, ConsentForm, OralForm, PaperForm
from pages.consent.scans import paper
from pages.consent.seeing import seen, sentences
from pages.consent.views import who_consents
from pages.forms import posted, posted_with_file
from pages.plans.once import id_of
from pages.rendering import go
from permissions.request import begin_anew, opened_plan

router = APIRouter(prefix="/plans/{plan_id}/consent")
FIELDS = 200


@router.get("/basis")
async def show_basis(request: Request, plan: Changing) -> Response:
    now = current(await all_bases(plan), plan.today)
    usual = now.row.basis if now else Basis.CONSENT
    form = await _basis_form(plan, None, basis=usual.value, valid_from=plan.today)
    return show(request, plan, "basis", form=form)


@router.post("/basis")
async def choose_basis(request: Request, plan: Changing) -> Response:
    form = await _basis_form(plan, await posted(request))

    async def save() -> None:
        wanted = NewBasis(form.days, Basis(form.basis.data), form.participant.data, form.said)
        await bases.record(plan, wanted)

    return await _save(request, plan, form, save, "basis", "basis-recorded")


async def _basis_form(plan: OpenPlan, data: Any, **values: Any) -> BasisForm:
    form = BasisForm(data, data=values)
    form.offer([one for one in await people(plan) if one.taking_part and one.role_code is not Role.OWNER])
    return form


@router.get("/new")
async def choose_way(request: Request, plan: Changing) -> Response:
    return show(request, plan, "ways", only_digital=await only_digital(plan), form_text=await newest_form(plan))


@router.get("/new/digital")
async def show_question(request: Request, plan: Changing) -> Response:
    return await _ask_page(request, plan, await _consent_form(plan, AskForm, None))


@router.post("/new/digital")
async def ask(request: Request, plan: Changing) -> Response:
    form = await _consent_form(plan, AskForm, await posted(request))
    if not form.validate():
        return await _ask_page(request, plan, form, 400)
    try:
        await _ask(plan, form)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _ask_page(request, plan, form, 400)
    return go(address(plan), "consent-asked")


async def _ask(plan: OpenPlan, form: AskForm) -> None:
    if len(form.chosen) > 1:
        raise Invalid(participants=_("Velg én deltaker om gangen når samtykket er digitalt."))
    about = form.chosen[0] if form.chosen else None
    question = Question(
        row_id=id_of(plan, "consent/digital", form),
        days=form.days,
        signers=list(form.signers.data or []),
        participant_id=about,
        remark=form.said,
        why=form.why.data or "",
        seen=await seen(plan, form.chosen),
    )
    await asking.ask(plan, question)


async def _ask_page(request: Request, plan: OpenPlan, form: AskForm, status: int = 200) -> Response:
    told = sentences(plan, await seen(plan))
    return show(request, plan, "ask", status=status, form=form, text=await newest_form(plan), told=told)


@router.get("/new/oral")
async def show_oral(request: Request, plan: Changing) -> Response:
    return show(request, plan, "recorded", form=await _consent_form(plan, OralForm, None))


@router.post("/new/oral")
async def record_oral(request: Request, plan: Changing) -> Response:
    form = await _consent_form(plan, OralForm, await posted(request))

    async def save() -> None:
        await consents.record(plan, await _given(plan, form, ConsentMethod.ORAL))

    return await _save(request, plan, form, save, "recorded", "consent-recorded")


@router.get("/new/paper")
async def show_paper(request: Request, plan: Changing) -> Response:
    return show(request, plan, "recorded", form=await _consent_form(plan, PaperForm, None))


@router.post("/new/paper")
async def record_paper(request: Request, plan_id: UUID) -> Response:
    """Nobody sets us to work who may not; and the work is done before the writing begins: the door is passed twice."""
    await changing(await opened_plan(request, plan_id, "consent"))
    await begin_anew(request)
    sent = await posted_with_file(request, FIELDS)
    found = await _paper(sent.get("scan"))
    plan = await changing(await opened_plan(request, plan_id, "consent"))
    form = await _consent_form(plan, PaperForm, sent)

    async def save() -> None:
        if isinstance(found, Invalid):
            raise found
        form.scan.data = sha256(found.content).hexdigest()  # what it holds tells two forms apart
        await consents.record(plan, await _given(plan, form, ConsentMethod.PAPER, found))

    return await _save(request, plan, form, save, "recorded", "consent-recorded")


async def _paper(file: Any) -> Paper | Invalid:
    try:
        return await paper(file)
    except Invalid as invalid:
        return invalid


async def _given(plan: OpenPlan, form: OralForm, method: ConsentMethod, found: Paper | None = None) -> Given:
    return Given(
        row_id=id_of(plan, f"consent/{method}", form),
        days=form.days,
        method=method,
        given_on=form.given_on.data,
        givers=list(form.signers.data or []),
        participants=form.chosen,
        remark=form.said,
        why=form.why.data or "",
        paper=found,
        seen=await seen(plan, form.chosen),
    )


async def _consent_form(plan: OpenPlan, kind: type[Any], data: Any) -> Any:
    """Filled in with what is usual: for everybody, from when what is in force ends, for a year."""
    they = await signers(plan)
    form: ConsentForm = kind(data, data=await _usual(plan) if data is None else None)
    others = [one for one in await people(plan) if one.taking_part and one.role_code is not Role.OWNER]
    form.offer(others, they.offered)
    form.signers.description = who_consents(plan, they)
    return form


async def _usual(plan: OpenPlan) -> dict[str, Any]:
    now = newest_whole(await entries(plan), plan.today)
    last = now.row.valid_to if now and now.row.act is ConsentAct.GIVEN else None
    first = last + timedelta(days=1) if last and last >= plan.today else plan.today
    days = {"valid_from": first, "valid_to": usual_end(first), "given_on": plan.today}
    return days | {"scope": ALL, "signers": (await signers(plan)).due_ids}


async def _save(
    request: Request, plan: OpenPlan, form: Any, operation: Callable[[], Awaitable[None]], page: str, done: str
) -> Response:
    """Nothing here is drafted: it is chosen, not written."""
    if not form.validate():
        return show(request, plan, page, status=400, form=form)
    try:
        await operation()
    except Invalid as invalid:
        form.refuse(invalid)
        return show(request, plan, page, status=400, form=form)
    return go(address(plan), done)
