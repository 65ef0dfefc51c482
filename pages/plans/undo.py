"""Taking back what was just done (N11)."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import undoing
from models.plans.proof import OpenPlan
from models.refusals import Conflict
from pages.errors import page
from pages.plans.places import place_above, place_of
from pages.plans.room import address, room
from pages.plans.saving import with_undo
from pages.plans.undo_offer import named_change
from pages.rendering import go

router = APIRouter()


@router.post("/plans/{plan_id}/undo")
async def undo(request: Request, plan: Annotated[OpenPlan, Depends(room("undo"))], change: str = "") -> Response:
    """On to where the item is shown, or was; there, this can be taken back too."""
    try:
        last = await named_change(plan, change)
        await undoing.undo(plan, last)
    except Conflict as conflict:
        return page(request, 409, _("Dette kan ikke angres"), str(conflict), back=address(plan))
    is_gone = last.item.deleted_at is not None
    place = place_above(plan, last.item) if is_gone else place_of(plan, last.item)
    return go(with_undo(place, last.item), "restored" if last.is_deletion else "undone")
