"""People kept apart (N15): who administers the participants says which two are never to see anything of each other."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response
from wtforms.validators import InputRequired

from models.i18n import N_, _
from models.plans.operations import apart as operations
from models.plans.proof import OpenPlan
from models.plans.queries.apart import Pair, pair_of, pairs, persons
from models.plans.queries.people import Somebody
from models.refusals import Invalid
from models.rights import Element, Level, Role
from pages.forms import HouseForm, posted
from pages.plans.choosing import ParticipantField
from pages.plans.pictures import picture_address
from pages.plans.room import address, render_room, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/apart")
ROOM = "participants"
Plan = Annotated[OpenPlan, Depends(room("apart"))]
CHOOSE = InputRequired(N_("Velg en person."))


class ApartForm(HouseForm):
    first_id = ParticipantField(N_("Den ene"), [CHOOSE])
    second_id = ParticipantField(N_("Den andre"), [CHOOSE])

    def __init__(self, everybody: Sequence[Somebody], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.everybody = {one.participant_id: one for one in everybody}
        for field in (self.first_id, self.second_id):
            field.offer(everybody, _("Velg"))

    def chosen(self) -> tuple[Somebody, Somebody]:
        return self.everybody[self.first_id.data], self.everybody[self.second_id.data]


@router.get("")
async def show_pairs(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    rows = [_row(plan, one) for one in await pairs(plan)]
    return render_room(
        *(request, plan, "plans/apart.html", ROOM),
        rows=rows,
        back_url=_back(plan),
        new_url=f"{_here(plan)}/new",
    )


@router.get("/new")
async def new_pair(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    return _form_page(request, plan, ApartForm(await persons(plan)))


@router.post("/new")
async def add_pair(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    form = ApartForm(await persons(plan), await posted(request))
    if not form.validate():
        return _form_page(request, plan, form, 400)
    try:
        await operations.keep_apart(plan, *form.chosen())
    except Invalid as invalid:
        form.refuse(invalid)
        return _form_page(request, plan, form, 400)
    return go(_here(plan), "kept-apart")


@router.get("/{pair_id}/end")
async def ask_about_end(request: Request, plan: Plan, pair_id: UUID) -> Response:
    pair = await pair_of(plan, pair_id)
    return render_room(
        *(request, plan, "plans/apart_end.html", ROOM),
        heading=_("Skal de to se hverandre igjen?"),
        title=_("%(first)s og %(second)s") % {"first": pair.first.words, "second": pair.second.words},
        consequences=[
            _("De ser hverandre i alle planene de er med i, også det som ble skrevet mens de ble holdt fra hverandre."),
            _("De ser også kontaktopplysninger som den andre har valgt å vise."),
            _("De får ikke beskjed. Snakk med den som er beskyttet, før du gjør dette."),
        ],
        cancel_url=_here(plan),
        seen=None,
        now=None,
    )


@router.post("/{pair_id}/end")
async def end_pair(plan: Plan, pair_id: UUID) -> Response:
    await operations.end(plan, await pair_of(plan, pair_id))
    return go(_here(plan), "apart-ended")


def _row(plan: OpenPlan, pair: Pair) -> dict[str, Any]:
    """`coordinates` is who of the two coordinates the plan, and so does not see the other one in it."""
    holder = next((one for one in (pair.first, pair.second) if one.role_code is Role.COORDINATOR), None)
    return {
        "people": [_line(plan, one) for one in (pair.first, pair.second)],
        "names": _("%(first)s og %(second)s") % {"first": pair.first.name, "second": pair.second.name},
        "since": pair.since,
        "coordinates": holder.name if holder else None,
        "end_url": f"{_here(plan)}/{pair.row.id}/end",
    }


def _line(plan: OpenPlan, one: Somebody) -> dict[str, Any]:
    role = one.role if one.taking_part else _("deltar ikke lenger")
    return {"name": one.name, "role": role, "picture": picture_address(plan, one), "contact": None}


def _form_page(request: Request, plan: OpenPlan, form: ApartForm, status: int = 200) -> Response:
    shown = {"form": form, "cancel_url": _here(plan)}
    return render_room(request, plan, "plans/apart_form.html", ROOM, status=status, **shown)


def _here(plan: OpenPlan) -> str:
    return f"{address(plan)}/apart"


def _back(plan: OpenPlan) -> str:
    return f"{address(plan)}/participants"
