"""Ending the plan, and taking it up again (F189): first what it means, then it is done."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.plans.operations import ending as operations
from models.plans.operations.demands import demand_coordinating
from models.plans.proof import OpenPlan
from models.plans.queries.grounds import has_basis
from models.plans.rules.words import PlanState
from models.refusals import Invalid
from models.rights import Element, Level
from pages.plans.room import address, render_room, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/settings")
Plan = Annotated[OpenPlan, Depends(room("settings"))]

ENDS = (
    N_("Alle kan fortsatt lese det de kan lese i dag, så lenge tilgangen deres gjelder."),
    N_("Ingen kan skrive, endre eller slette noe i planen."),
    N_("Vi minner ikke lenger om revisjon og samtykke."),
    N_("Planen kommer fram i planlista når man velger «Vis også avsluttede planer»."),
    N_("Du som koordinerer planen, kan åpne den igjen når som helst."),
)
REOPENS = (
    N_("De som deltar, kan skrive og endre igjen, med de rettighetene de har."),
    N_("Planen er med i planlista igjen, og vi minner om revisjon og samtykke."),
)
CLOSED = N_("Grunnlaget for planen gjelder ikke lenger. Innholdet er lukket for alle til du har fornyet det.")


@router.get("/end")
async def ask_to_end(request: Request, plan: Plan) -> Response:
    _demand(plan)
    return await _end(request, plan) if plan.state is PlanState.ACTIVE else go(f"{address(plan)}/settings")


@router.post("/end")
async def end(request: Request, plan: Plan) -> Response:
    _demand(plan)
    return await _do(plan, operations.end, "plan-ended", lambda wrong: _end(request, plan, 400, wrong))


@router.get("/reopen")
async def ask_to_reopen(request: Request, plan: Plan) -> Response:
    _demand(plan)
    return await _reopen(request, plan) if plan.state is PlanState.INACTIVE else go(f"{address(plan)}/settings")


@router.post("/reopen")
async def reopen(request: Request, plan: Plan) -> Response:
    _demand(plan)
    return await _do(plan, operations.reopen, "plan-reopened", lambda wrong: _reopen(request, plan, 400, wrong))


def _demand(plan: OpenPlan) -> None:
    plan.demand(Element.PLAN, Level.CHANGE)
    demand_coordinating(plan)


async def _do(
    plan: OpenPlan,
    operation: Callable[[OpenPlan], Awaitable[None]],
    done: str,
    again: Callable[[str], Awaitable[Response]],
) -> Response:
    try:
        await operation(plan)
    except Invalid as invalid:
        return await again(" ".join(invalid.fields.values()))
    return go(f"{address(plan)}/settings", done)


async def _end(request: Request, plan: OpenPlan, status: int = 200, problem: str = "") -> Response:
    return render_room(
        *(request, plan, "administering/question.html", "settings"),
        status=status,
        problem=problem,
        heading=_("Skal planen avsluttes?"),
        sentences=[_(one) for one in ENDS],
        yes=_("Ja, avslutt planen"),
        back_url=f"{address(plan)}/settings",
    )


async def _reopen(request: Request, plan: OpenPlan, status: int = 200, problem: str = "") -> Response:
    told = REOPENS if await has_basis(plan) else (*REOPENS, CLOSED)
    return render_room(
        *(request, plan, "administering/question.html", "settings"),
        status=status,
        problem=problem,
        heading=_("Skal planen åpnes igjen?"),
        sentences=[_(one) for one in told],
        yes=_("Ja, åpne planen igjen"),
        back_url=f"{address(plan)}/settings",
    )
