"""What a plan's coordinators are asked to see to, on its first page and in «Mine frister»; and ticking it off."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.labels import label
from models.plans.operations.tasks import tick
from models.plans.proof import OpenPlan
from models.plans.queries.tasks import task_of, waiting
from models.plans.rules.words import TaskKind
from models.plans.tables.baton import Task
from pages.plans.card import Card
from pages.plans.room import address, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/tasks")
Plan = Annotated[OpenPlan, Depends(room("tasks"))]

SAYS = {
    TaskKind.CONSENT_WITHDRAWN: N_("Se hvem det gjelder, og avgjør om planen skal fortsette, endres eller avsluttes."),
    TaskKind.CONSENT_SHORTENED: N_("Se når det slutter, og hvem det gjelder. Snakk med dem om hva som skal skje da."),
    TaskKind.CONSENT_RENEWAL: N_("Planeieren eller en foresatt ber deg fornye samtykket, før det går ut."),
    TaskKind.NEW_CONSENT: N_(
        "Den unge skal snart selv samtykke til planen. Les hva som endrer seg, og be om samtykke."
    ),
    TaskKind.GUARDIAN_REVIEW: N_("Gå gjennom hva foresatte ser, sammen med den unge."),
    TaskKind.PARTICIPANT_LEFT: N_("Se hvem det er, under «Deltakere», og om noen må ta over det de hadde ansvar for."),
}
UNDER = {
    TaskKind.CONSENT_WITHDRAWN: "/consent",
    TaskKind.CONSENT_SHORTENED: "/consent",
    TaskKind.CONSENT_RENEWAL: "/consent",
    TaskKind.PARTICIPANT_LEFT: "/participants",
}
"""Where in the plan it is done; else on a page of its own."""


@router.post("/{task_id}/done")
async def done(request: Request, plan: Plan, task_id: UUID) -> Response:
    await tick(plan, await task_of(plan, task_id))
    return go(address(plan), "task-done")


async def card(plan: OpenPlan) -> Card | None:
    found = await waiting(plan)
    tasks = [line(plan, one) | {"plan": None} for one in found]
    return Card("plans/cards/tasks.html", {"tasks": tasks}) if tasks else None


def line(plan: OpenPlan, task: Task) -> dict[str, Any]:
    """One task, for `plans/cards/tasks.html` and `promises.html`."""
    return {
        "title": _("Noen har svart nei til å samtykke") if task.facts.get("declined") else label(task.kind),
        "says": _(SAYS[task.kind]),
        "url": address(plan) + UNDER.get(task.kind, f"/age/{task.id}"),
        "done_url": f"{address(plan)}/tasks/{task.id}/done",
        "due": task.due_on,
        "overdue": task.due_on is not None and task.due_on < plan.today,
        "plan": plan.short_name,
    }
