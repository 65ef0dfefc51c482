"""Pictures of those who take part or took part in a plan (F40)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from models.plans.proof import OpenPlan
from models.plans.queries import people
from models.plans.queries.people import Somebody
from pages.plans.room import address, room

router = APIRouter(prefix="/plans/{plan_id}/people")
Plan = Annotated[OpenPlan, Depends(room("pictures", is_page=False))]


@router.get("/{person_id}/picture")
async def show_picture(plan: Plan, person_id: UUID) -> Response:
    return Response(await people.picture(plan, person_id), media_type="image/jpeg")


def picture_address(plan: OpenPlan, one: Somebody | None) -> str | None:
    """Where somebody's picture is; None when they have none."""
    return f"{address(plan)}/people/{one.person_id}/picture" if one and one.has_picture else None
