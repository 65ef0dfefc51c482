"""Drafts: a form is kept while it is being written (`static/drafts.js`), and found when it is opened again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.datastructures import MultiDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.clock import local_day
from models.i18n import _, clock_text, day_text, relative_day
from models.plans.operations.drafts import drop_draft, keep_draft
from models.plans.proof import OpenPlan
from models.plans.queries.drafts import draft_of, words_in
from models.plans.rules.drafts import page_of
from pages.forms import posted
from pages.plans.room import address
from pages.rendering import go
from permissions.request import opened_plan, signed_in_viewer

router = APIRouter(prefix="/plans/{plan_id}/draft")
ITEM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ROOM = "goals"
"""The room whose forms have drafts: opening one is logged as being there."""


@dataclass(frozen=True)
class FoundDraft:
    """A draft as its form shows it: `typed` fills it in, `seen` is the revision it began on, `at` is when, in words.

    `began_with` is what the item said in that revision, by column.
    """

    place: str
    typed: MultiDict
    seen: int
    at: str
    began_with: Mapping[str, Any] = field(default_factory=dict)


@router.post("")
async def keep(request: Request, plan_id: UUID) -> Response:
    """`place` and `fields` as JSON. What a page sends unasked does not count as using it (C2)."""
    await signed_in_viewer(request, is_using=not request.headers.get("x-background"))
    plan = await opened_plan(request, plan_id, ROOM)
    place, fields = await _sent(request)
    draft = await keep_draft(plan, place, fields)
    time = clock_text(draft.saved_at) if draft else None
    return JSONResponse({"time": time, "words": _("Utkast lagret kl. %(time)s") % {"time": time} if time else ""})


@router.post("/discard")
async def discard(request: Request, plan_id: UUID) -> Response:
    """Back to the form, as it was before anything was written in it."""
    plan, data = await opened_plan(request, plan_id, ROOM), await posted(request)
    place = str(data.get("place", ""))
    await drop_draft(plan, place)
    return go(address(plan) + page_of(place))


def place_of(request: Request, plan: OpenPlan) -> str:
    """The address below the plan's, of the form that is being shown or was sent."""
    return request.url.path.removeprefix(address(plan))


async def found(plan: OpenPlan, place: str) -> FoundDraft | None:
    """The viewer's draft of the form at the place, to be shown instead of what it would have held."""
    draft = await draft_of(plan, place)
    if draft is None:
        return None
    typed, when = MultiDict(draft.fields), _when(draft.saved_at, plan)
    return FoundDraft(place, typed, draft.seen, when, await _before(plan, place, draft.seen))


async def _before(plan: OpenPlan, place: str, seen: int) -> dict[str, Any]:
    """What the item that the form at the place changes, said when the form was opened."""
    named = [part for part in place.split("/") if ITEM.fullmatch(part)]
    return await words_in(plan, UUID(named[-1]), seen) if named and seen else {}


def _when(moment: datetime, plan: OpenPlan) -> str:
    day = local_day(moment)
    words = relative_day(day, plan.today) if -1 <= (day - plan.today).days <= 0 else day_text(day, plan.today)
    return _("%(day)s kl. %(time)s") % {"day": words, "time": clock_text(moment)}


async def _sent(request: Request) -> tuple[str, dict[str, Any]]:
    try:
        sent = await request.json()
        place, fields = sent["place"], sent["fields"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(place, str) or not isinstance(fields, dict):
        raise HTTPException(400)
    return place, fields
