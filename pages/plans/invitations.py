"""The coordinator invites participants who have no way in yet, and says who has answered (F16, F25)."""

from typing import Annotated, Any
from uuid import UUID

import segno
from fastapi import APIRouter, Depends
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from models.i18n import N_, _
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.queries.invitations import Invited, Step, asking, invited
from models.plans.rules.words import PlanState
from models.refusals import Invalid
from models.rights import Element, Level
from pages.forms import HouseForm, Sometimes, posted
from pages.plans.pictures import picture_address
from pages.plans.room import address, render_room, room
from pages.rendering import go
from permissions import joining
from permissions.inviting import Wanted, Way, invitable, invite
from permissions.sign_in.id_porten import identities

router = APIRouter(prefix="/plans/{plan_id}/invitations")
Plan = Annotated[OpenPlan, Depends(room("invitations"))]

WAYS = {
    Way.MAIL: (N_("Send lenken på e-post"), N_("Engangskodene går på SMS, så mobilnummeret må fylles ut.")),
    Way.HAND: (N_("Gi lenken selv"), N_("Du får en lenke og en QR-kode som du viser fram eller skriver ut.")),
    Way.JOIN_MAIL: (N_("Send lenken på e-post, med ID-porten"), N_("Personen bekrefter hvem hun eller han er.")),
    Way.JOIN_HAND: (N_("Gi lenken selv, med ID-porten"), N_("Personen bekrefter hvem hun eller han er.")),
}


class InviteForm(HouseForm):
    way = RadioField(
        N_("Hvordan skal personen få lenken?"), [InputRequired(N_("Velg noe fra listen."))], default="mail"
    )
    email = StringField(
        N_("E-post"),
        [Sometimes()],
        description=N_("Hit går lenken, om du sender den. Gir du den selv, kan engangskodene gå hit."),
        render_kw={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none", "maxlength": 200},
    )
    mobile = StringField(
        N_("Mobil"),
        [Sometimes()],
        description=N_("Hit går engangskodene, som SMS."),
        render_kw={"inputmode": "tel", "autocomplete": "off", "maxlength": 20},
    )
    username = StringField(
        N_("Brukernavn"),
        [Sometimes()],
        description=N_("La feltet stå tomt for å bruke e-postadressen."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "maxlength": 200},
    )

    def wanted(self) -> Wanted:
        email = self.email.data or ""
        return Wanted(self.username.data or email, email, self.mobile.data or "", Way(self.way.data))


@router.get("")
async def show_invitations(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    rows = [_row(plan, one) for one in await invited(plan)]
    return render_room(request, plan, "plans/invitations.html", "home", rows=rows, add_url=_add_url(plan))


def _add_url(plan: OpenPlan) -> str | None:
    """Where somebody is added who is not in the plan yet; None in a plan that is ended."""
    may = plan.state is not PlanState.INACTIVE and plan.allows(Element.PARTICIPANTS, Level.NEW)
    return f"{address(plan)}/participants/new" if may else None


def _row(plan: OpenPlan, one: Invited) -> dict[str, Any]:
    here, who = f"{address(plan)}/invitations", one.somebody
    return {
        "person": {"name": who.name, "role": who.role, "picture": picture_address(plan, who), "contact": None},
        "step": one.step.value,
        "expires_at": one.expires_at,
        "is_shut_out": one.is_shut_out and one.step is not Step.HAS_ACCOUNT,
        "invite_url": f"{here}/{who.participant_id}" if one.step in (Step.NOBODY, Step.INVITED) else None,
        "answer_url": f"{here}/requests/{one.request_id}" if one.request_id else None,
    }


@router.get("/{participant_id}")
async def show_form(request: Request, plan: Plan, participant_id: UUID) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    person = await invitable(plan, participant_id)
    return _form_page(request, plan, person, await _form(request, plan))


@router.post("/{participant_id}")
async def send_invitation(request: Request, plan: Plan, participant_id: UUID) -> Response:
    """A link that is to be handed over is in the answer and nowhere else, so the answer is the page itself."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    person = await invitable(plan, participant_id)
    form = await _form(request, plan, await posted(request))
    if not form.validate():
        return _form_page(request, plan, person, form, 400)
    try:
        wanted = form.wanted()
        link = await invite(plan, participant_id, wanted, request.app.state.settings.base_url)
    except Invalid as invalid:
        form.refuse(invalid)
        return _form_page(request, plan, person, form, 400)
    if wanted.way.is_mailed:
        return go(f"{address(plan)}/invitations", "invited")
    return link_page(request, plan, person, wanted, link)


@router.get("/requests/{request_id}")
async def show_request(request: Request, plan: Plan, request_id: UUID) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    return await _request_page(request, plan, request_id)


@router.post("/requests/{request_id}/confirm")
async def confirm(request: Request, plan: Plan, request_id: UUID) -> Response:
    try:
        await joining.confirm(plan, request_id)
    except Invalid as invalid:
        return await _request_page(request, plan, request_id, invalid.fields["request"], 400)
    return go(f"{address(plan)}/invitations", "join-confirmed")


@router.post("/requests/{request_id}/refuse")
async def refuse(plan: Plan, request_id: UUID) -> Response:
    await joining.refuse(plan, request_id)
    return go(f"{address(plan)}/invitations", "join-refused")


async def _form(request: Request, plan: OpenPlan, data: Any = None) -> InviteForm:
    has_id_porten = request.app.state.id_porten is not None and await identities.is_offered(
        plan.session, plan.municipality_id
    )
    offered = [way for way in Way if has_id_porten or way in (Way.MAIL, Way.HAND)]
    form = InviteForm(data)
    form.way.choices = [(way.value, _(WAYS[way][0])) for way in offered]
    return form


def _form_page(request: Request, plan: OpenPlan, person: Person, form: InviteForm, status: int = 200) -> Response:
    hints = {way.value: _(hint) for way, (_words, hint) in WAYS.items()}
    shown = {"form": form, "hints": hints, "person_name": person.name, "back_url": f"{address(plan)}/invitations"}
    return render_room(request, plan, "plans/invitation_form.html", "home", status=status, **shown)


def link_page(request: Request, plan: OpenPlan, person: Person, wanted: Wanted, link: str) -> Response:
    """The link to hand over, which is nowhere else."""
    drawn = segno.make(link, micro=False).svg_inline(omitsize=True, svgclass=None, lineclass=None, light="#fff")
    return render_room(
        *(request, plan, "plans/invitation_link.html", "home"),
        person_name=person.name,
        link=link,
        drawing=Markup(drawn),  # noqa: S704 - drawn by us, of an address of ours
        user_name=wanted.user_name.strip().lower(),
        by_id_porten=wanted.way is Way.JOIN_HAND,
        by_sms=bool(wanted.mobile.strip()),
        back_url=f"{address(plan)}/invitations",
    )


async def _request_page(
    request: Request, plan: OpenPlan, request_id: UUID, problem: str | None = None, status: int = 200
) -> Response:
    found = await asking(plan, request_id)
    here = f"{address(plan)}/invitations"
    shown = {"asking": found, "problem": problem, "back_url": here, "answer_url": f"{here}/requests/{request_id}"}
    return render_room(request, plan, "plans/invitation_request.html", "home", status=status, **shown)
