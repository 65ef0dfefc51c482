"""The recycle bin (N11): what was deleted the last thirty days, and the way back for it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.clock import local_day
from models.plans.operations.bin import restore
from models.plans.proof import OpenPlan
from models.plans.queries.bin import LASTS, Binned, binned
from models.plans.queries.items import find
from models.plans.queries.revisions import Version
from models.plans.rules.words import PlanState
from models.plans.tables.item import Item
from models.plans.tables.kinds import BY_NAME, kind_of
from models.refusals import Conflict, NotFound
from pages.past.names import Names, names
from pages.past.words import KINDS, kind_words, title_of
from pages.plans.places import place_of
from pages.plans.room import address, render_room, room
from pages.plans.saving import with_undo
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/bin")
Plan = Annotated[OpenPlan, Depends(room("bin"))]


@router.get("")
async def show_bin(request: Request, plan: Plan) -> Response:
    return await _page(request, plan)


@router.post("/{kind}/{item_id}/restore")
async def restore_item(request: Request, plan: Plan, kind: str, item_id: UUID) -> Response:
    """On to where it is shown again; or back to the bin with what stands in the way."""
    if kind not in BY_NAME:
        raise NotFound
    item: Item = await find(plan, BY_NAME[kind], item_id, deleted=True)
    try:
        await restore(plan, item)
    except Conflict as conflict:
        return await _page(request, plan, 409, problem=str(conflict))
    return go(with_undo(place_of(plan, item), item), "restored")


async def _page(request: Request, plan: OpenPlan, status: int = 200, *, problem: str | None = None) -> Response:
    found = await binned(plan)
    known = await names(plan, {one.by for one in found})
    return render_room(
        *(request, plan, "plans/bin.html", "bin"),
        status=status,
        problem=problem,
        items=[_line(plan, known, one) for one in found],
        ended=plan.state is PlanState.INACTIVE,
        days=LASTS.days,
    )


def _line(plan: OpenPlan, known: Names, one: Binned) -> dict[str, Any]:
    return {
        "kind_words": kind_words(one.kind),
        "drawing": KINDS[one.kind.name][1],
        "title": _title(plan, known, one.item),
        "under": _title(plan, known, one.under) if one.under else None,
        "at": one.at,
        "who": known.who(one.by),
        "days_left": (local_day(one.until) - plan.today).days,
        "waits": one.waits,
        "restore_url": f"{address(plan)}/bin/{one.kind.name}/{one.item.id}/restore",
        "history_url": f"{address(plan)}/history/{one.kind.name}/{one.item.id}",
    }


def _title(plan: OpenPlan, known: Names, item: Item) -> str:
    kind = kind_of(item)
    return title_of(known, kind, Version(kind, item, item.added_at, None).values(plan))
