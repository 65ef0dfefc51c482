"""«Deltakere»: who is in the plan, and the card of each (F9, F98, F99, F102, F109)."""

from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.plans.proof import OpenPlan
from models.plans.queries import first_meeting, proposals
from models.plans.queries.contacts import visible_contacts
from models.plans.queries.contributions import contributions
from models.plans.queries.first_meeting import Reached
from models.plans.queries.participants import (
    Participation,
    may_return,
    participant_of,
    participation,
    staff,
    why_stays,
)
from models.plans.rules.words import PlanState
from models.refusals import NotFound
from models.rights import Element, Level, Right, Role
from pages.participants.proposed import answers, asked, deciders, wished
from pages.participants.views import card_address, groups, is_looker, known_sights, row, rows
from pages.plans.room import address, render_room, room

ROOM = "participants"
router = APIRouter(prefix="/plans/{plan_id}/participants")
Plan = Annotated[OpenPlan, Depends(room(ROOM))]

REACHED: dict[Reached, tuple[str, str, str]] = {
    Reached.NOTHING: (N_("Har ikke fått lenke"), "person", "danger"),
    Reached.LINK: (N_("Har fått lenke, men ikke åpnet den"), "clock", "warning"),
    Reached.ANSWERED: (N_("Har åpnet lenken, og venter på at du bekrefter"), "hourglass", "warning"),
    Reached.ACCOUNT: (N_("Har bruker, men har ikke logget på"), "clock", "warning"),
    Reached.SIGNED_IN: (N_("Har logget på, men ikke åpnet planen"), "ongoing", "info"),
    Reached.PLAN: (N_("Har sett planen"), "check", "success"),
}


async def find_participation(plan: Plan, participant_id: UUID) -> Participation:
    """Raises NotFound for another plan's, and for one that waits for the owner when the viewer may not know."""
    plan.demand(Element.PARTICIPANTS, Level.READ)
    found = await participation(plan, participant_id)
    if found.awaits and not is_looker(plan):
        raise NotFound
    return found


One = Annotated[Participation, Depends(find_participation)]


@router.get("")
async def show_participants(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.READ)
    everybody, changes = await rows(plan), plan.allows(Element.PARTICIPANTS, Level.CHANGE)
    active = plan.state is not PlanState.INACTIVE
    _offer_undo(request, plan, [one for one, _shown in everybody])
    return render_room(
        *(request, plan, "participants/list.html", ROOM),
        groups=groups(plan, everybody),
        left=[shown for one, shown in everybody if one.has_left(plan.today)],
        asked=await asked(plan, everybody),
        wishes=await wished(plan),
        answers=await answers(plan),
        deciders=await deciders(plan),
        may_add=active and plan.allows(Element.PARTICIPANTS, Level.NEW),
        may_change=changes and active,
        may_wish=active and await proposals.decides(plan),
        meeting=await _meeting(plan) if changes and active else [],
        may_look=is_looker(plan),
    )


@router.get("/{participant_id}")
async def show_participant(request: Request, plan: Plan, one: One) -> Response:
    who, written = one.who, await contributions(plan)
    told = {id_: entry.text for id_, entry in written.items()}
    shown = row(plan, one, await known_sights(plan), await visible_contacts(plan), told)
    return render_room(
        *(request, plan, "participants/card.html", ROOM),
        one=shown,
        first=one.first,
        last=one.last,
        has_left=one.has_left(plan.today),
        position=one.position,
        workplace=one.workplace,
        staff=[{"name": name, "position": work} for _id, name, work in await staff(plan, one.unit_id)]
        if one.unit_id
        else None,
        may=await _may(plan, one),
        has_account=who.account_id is not None,
    )


async def _may(plan: OpenPlan, one: Participation) -> dict[str, Any]:
    """What the viewer may do with the participant; `stays` is why they cannot be taken out, where that is so."""
    here = not one.has_left(plan.today) and not plan.looking_as
    active_plan = plan.state is not PlanState.INACTIVE and not plan.looking_as
    active = here and active_plan
    changes, removes = (plan.allows(Element.PARTICIPANTS, level) for level in (Level.CHANGE, Level.DELETE))
    is_owner = one.who.role_code is Role.OWNER
    own = one.who.person_id is not None and one.who.person_id == plan.viewer.person_id
    stays = await why_stays(plan, one.who.participant_id) if here and (removes or own) else None
    return {
        "change": active and changes,
        "role": active and changes and not is_owner,
        "remove": here and removes and not own and stays is None,
        "leave": here and own and stays is None,
        "stays": stays if not is_owner else None,
        "invite": active and changes and one.who.person_id is not None and one.who.account_id is None,
        "own": own,
        "edit_person": one.who.person_id is not None and plan.viewer.has(Right.PEOPLE_EDIT) and not plan.looking_as,
        "rights": is_looker(plan) and here and not plan.looking_as,
        "again": _again(plan, one) if active_plan and plan.allows(Element.PARTICIPANTS, Level.NEW) else None,
        "restore": removes and not plan.looking_as and await may_return(plan, await participant_of(plan, one)),
    }


def _again(plan: OpenPlan, one: Participation) -> str | None:
    """Where somebody who has left is added anew."""
    has_left = one.has_left(plan.today) and one.who.person_id is not None
    return f"{address(plan)}/participants/new/{one.who.person_id}" if has_left else None


def _offer_undo(request: Request, plan: OpenPlan, everybody: list[Participation]) -> None:
    """The address that takes back a removal, for who comes from it; the day it was done."""
    with suppress(ValueError):
        removed = UUID(request.query_params.get("removed", ""))
        if any(one.who.participant_id == removed and one.left == plan.today for one in everybody):
            request.state.undo = f"{card_address(plan, removed)}/restore"


async def _meeting(plan: OpenPlan) -> list[dict[str, Any]]:
    """How far each has come towards the plan (F215)."""
    invitations = f"{address(plan)}/invitations"
    return [
        {
            "name": one.who.name,
            "words": _(REACHED[one.reached][0]),
            "drawing": REACHED[one.reached][1],
            "color": REACHED[one.reached][2],
            "url": invitations if one.reached in (Reached.NOTHING, Reached.LINK, Reached.ANSWERED) else None,
        }
        for one in await first_meeting.first_meeting(plan)
    ]
