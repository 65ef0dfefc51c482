"""Those who consent take it back, in whole or in part, and see first what happens (F119, N3).

What they choose between is told by an address, so that looking changes nothing.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import lessening, wishing
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.consents import entries, told
from models.plans.queries.people import Somebody, people
from models.plans.queries.proposals import Wish, decides
from models.plans.rules.participants import LONGEST
from models.plans.rules.shortening import problem
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Role
from pages.consent.doors import Own, address, show
from pages.consent.forms import RemarkForm, ShorterForm, SomeForm, UnitWishForm
from pages.consent.seeing import endings, what_if
from pages.forms import posted
from pages.plans.once import id_of
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/consent")
PARTLY = (Role.PROVIDER, Role.OTHER)
"""Who may be in a plan as somebody of a service."""


@router.get("/withdraw")
async def ask_withdraw(request: Request, consent: Own) -> Response:
    return await _withdraw_page(request, consent, RemarkForm())


@router.post("/withdraw")
async def withdraw(request: Request, consent: Own) -> Response:
    form = RemarkForm(await posted(request))
    try:
        await lessening.withdraw(consent, (), form.remark.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await _withdraw_page(request, consent, form, status=400)
    return go(address(consent), "consent-withdrawn")


@router.get("/withdraw/some")
async def ask_withdraw_some(request: Request, consent: Own) -> Response:
    """Who is chosen stands in the address; nobody yet, on the first visit."""
    chosen = request.query_params
    form = await _some_form(consent, chosen or None)
    if not chosen:
        return show(request, consent, "some", form=form)
    if not form.validate():
        return show(request, consent, "some", status=400, form=form)
    return await _withdraw_page(request, consent, form, await _chosen(consent, form))


@router.post("/withdraw/some")
async def withdraw_some(request: Request, consent: Own) -> Response:
    form = await _some_form(consent, await posted(request))
    if not form.validate():
        return show(request, consent, "some", status=400, form=form)
    out = await _chosen(consent, form)
    try:
        await lessening.withdraw(consent, out, form.remark.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await _withdraw_page(request, consent, form, out, 400)
    return go(address(consent), "consent-withdrawn")


async def _some_form(consent: OpenConsent, data: Any) -> SomeForm:
    form = SomeForm(data)
    inside = (await what_if(consent)).losing
    form.offer(await _others(consent), inside)
    return form


async def _chosen(consent: OpenConsent, form: SomeForm) -> list[Somebody]:
    chosen = form.participants.data or []
    return [one for one in await _others(consent) if one.participant_id in chosen]


async def _others(consent: Any) -> list[Somebody]:
    """Whom it can be taken back for one by one: who takes part, and is not the owner, whose plan it is."""
    return [one for one in await people(consent) if one.taking_part and one.role_code is not Role.OWNER]


async def taking_part(consent: Any, participant_id: UUID) -> Somebody:
    """Raises NotFound for who does not, for the owner, whose plan it is, and for who the viewer may not know of."""
    for one in await _others(consent):
        if one.participant_id == participant_id:
            return one
    raise NotFound


async def _withdraw_page(
    request: Request, consent: OpenConsent, form: RemarkForm, out: list[Somebody] | None = None, status: int = 200
) -> Response:
    loss = await what_if(consent, [one.participant_id for one in out or ()])
    may_wish = bool(await wisher(request))
    return show(request, consent, "withdraw", status=status, form=form, loss=loss, chosen=out or [], may_wish=may_wish)


@router.get("/shorten")
async def ask_shorten(request: Request, consent: Own) -> Response:
    """The new last day stands in the address; none yet, on the first visit."""
    chosen = request.query_params
    form = ShorterForm(chosen or None)
    if not chosen:
        return await _shorter_page(request, consent, form)
    return await _shorter_page(request, consent, form, 200 if await _fits(consent, form) else 400)


@router.post("/shorten")
async def shorten(request: Request, consent: Own) -> Response:
    form = ShorterForm(await posted(request))
    if not form.validate():
        return await _shorter_page(request, consent, form, 400)
    try:
        await lessening.shorten(consent, form.day, form.remark.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await _shorter_page(request, consent, form, 400)
    return go(address(consent), "consent-shortened")


async def _fits(consent: OpenConsent, form: ShorterForm) -> bool:
    if not form.validate():
        return False
    if wrong := problem(told(await entries(consent)), form.day, consent.today):
        form.refuse(Invalid(last=wrong))
    return not wrong


async def _shorter_page(request: Request, consent: OpenConsent, form: ShorterForm, status: int = 200) -> Response:
    """What happens the day after is told when the day is one that can be."""
    last = form.last.data if form.last.data and not form.last.errors else None
    loss = await what_if(consent, on=last + timedelta(days=1)) if last else None
    return show(request, consent, "shorten", status=status, form=form, last=last, loss=loss)


@router.get("/unit")
async def ask_unit(request: Request, consent: Own) -> Response:
    await _demand_wisher(request, consent)
    return show(request, consent, "unit", form=await _unit_form(consent, None))


@router.post("/unit")
async def wish_unit(request: Request, consent: Own) -> Response:
    """Whom the owner's side wishes to have along is wished for as all others are; who goes, is told beside."""
    plan = await _demand_wisher(request, consent)
    form = await _unit_form(consent, await posted(request))
    if not form.validate():
        return show(request, consent, "unit", status=400, form=form)
    leaves = await taking_part(consent, UUID(form.instead_of.data))
    relation = _("tjeneste, i stedet for %(name)s") % {"name": leaves.name}
    wanted = Wish((form.service.data or "").strip(), Role.OTHER, relation[:LONGEST], "")
    try:
        await wishing.wish(plan, wanted, id_of(plan, "consent/unit", form))
    except Invalid as invalid:
        form.refuse(Invalid(**{"service" if name == "name" else name: said for name, said in invalid.fields.items()}))
        return show(request, consent, "unit", status=400, form=form)
    return go(address(consent), "unit-wished")


async def _unit_form(consent: OpenConsent, data: Any) -> UnitWishForm:
    form = UnitWishForm(data)
    form.offer([one for one in await _others(consent) if one.person_id and one.role_code in PARTLY])
    return form


async def wisher(request: Request) -> OpenPlan | None:
    """The plan, for who answers for its owner in it now."""
    plan: OpenPlan | None = getattr(request.state, "around", None)
    return plan if plan and await decides(plan) else None


async def _demand_wisher(request: Request, consent: OpenConsent) -> OpenPlan:
    plan = await wisher(request)
    if plan is None:
        raise Refused(Reason.LEVEL_TOO_LOW, consent.plan_id, consent.municipality_id)
    return plan


@router.post("/renew")
async def ask_renewal(consent: Own) -> Response:
    """Of what ends first; when nothing does any more, there is nothing to ask."""
    found = await endings(consent)
    if found:
        await lessening.ask_renewal(consent, found[0].last)
    return go(address(consent), "renewal-asked")


@router.get("/withdraw/{participant_id}")
async def ask_withdraw_one(request: Request, consent: Own, participant_id: UUID) -> Response:
    return await _withdraw_page(request, consent, RemarkForm(), [await taking_part(consent, participant_id)])


@router.post("/withdraw/{participant_id}")
async def withdraw_one(request: Request, consent: Own, participant_id: UUID) -> Response:
    out, form = [await taking_part(consent, participant_id)], RemarkForm(await posted(request))
    try:
        await lessening.withdraw(consent, out, form.remark.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await _withdraw_page(request, consent, form, out, 400)
    return go(address(consent), "consent-withdrawn")
