"""The municipality's prepared texts, to put into what one writes (F65, F80)."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.templates.queries import prepared_texts
from models.templates.rules import TextKind
from pages.errors import wants_data
from pages.plans.room import render_room
from permissions.request import opened_plan

router = APIRouter()

ROOMS = {TextKind.GOALS: "goals", TextKind.LIFE_AREA: "life-areas"}
"""Where the texts are put into something: reading them is logged as being there."""


@router.get("/plans/{plan_id}/texts/{text_kind}")
async def show_prepared(request: Request, plan_id: UUID, text_kind: TextKind) -> Response:
    """To choose from; as JSON for `static/editor.js`, which puts one where the cursor is."""
    room = ROOMS.get(text_kind, "more")
    plan = await opened_plan(request, plan_id, room)
    texts = await prepared_texts(plan, text_kind)
    if wants_data(request):
        return JSONResponse([{"name": text.name, "body": text.body} for text in texts])
    return render_room(request, plan, "plans/prepared.html", room, texts=texts)
