"""A birthday that changes who decides in the plan (N4): what it means, and what the coordinator does about it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.plans.proof import OpenPlan
from models.plans.queries.ages import ToSee, to_see_to
from models.plans.queries.people import people
from models.plans.queries.tasks import task_of
from models.plans.rules.words import TaskKind
from models.rights import Element, Level, Role
from pages.plans.owner import owner_card
from pages.plans.pictures import picture_address
from pages.plans.room import address, render_room, room

router = APIRouter(prefix="/plans/{plan_id}/age")
Plan = Annotated[OpenPlan, Depends(room("age"))]


@router.get("/{task_id}")
async def show_birthday(request: Request, plan: Plan, task_id: UUID) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    found = await to_see_to(plan, await task_of(plan, task_id))
    owner = await _owner(plan, found)
    return render_room(
        *(request, plan, "plans/age.html", "home"),
        owner=owner,
        age=found.age,
        on=found.on,
        is_past=found.on <= plan.today,
        source=found.source,
        asks_consent=found.task.kind is TaskKind.NEW_CONSENT,
        guardians=[_guardian(plan, one) for one in found.guardians],
        done=found.task.done_at,
        done_url=f"{address(plan)}/tasks/{found.task.id}/done",
    )


async def _owner(plan: OpenPlan, found: ToSee) -> str | None:
    """Whose birthday it is, while they still own the plan; None when somebody else does by now."""
    everybody = await people(plan)
    owner = next((one for one in everybody if one.role_code is Role.OWNER and one.taking_part), None)
    if owner and owner.participant_id != found.task.participant_id:
        return None
    return str(owner_card(plan, everybody)["name"])


def _guardian(plan: OpenPlan, one: Any) -> dict[str, Any]:
    person = {"name": one.name, "role": one.role, "picture": picture_address(plan, one), "contact": None}
    return {"person": person, "url": f"{address(plan)}/rights/{one.participant_id}"}
