"""Every version of one item, what each changed, and the way back to it (N10, N11)."""

from itertools import pairwise
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations.demands import demand_change
from models.plans.operations.undoing import STAYS, bring_back
from models.plans.proof import OpenPlan
from models.plans.queries.past import find_for_history, goal_titles, with_above
from models.plans.queries.revisions import Version, versions
from models.plans.tables.item import Item
from models.plans.tables.kinds import BY_NAME
from models.refusals import Conflict, NotFound, Refused
from pages.forms import posted, seen_revision
from pages.past.changes import fields, tells_words
from pages.past.names import Names, names
from pages.past.views import Shelf, accounts, shown
from pages.past.words import KINDS, kind_words, title_of
from pages.plans.places import place_of
from pages.plans.room import address, render_room, room
from pages.plans.saving import with_undo
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/history/{kind}/{item_id}")
Plan = Annotated[OpenPlan, Depends(room("history"))]
PAGE = 20


async def find_item(plan: Plan, kind: str, item_id: UUID) -> Item:
    if kind not in BY_NAME:
        raise NotFound
    return await find_for_history(plan, BY_NAME[kind], item_id)


TheItem = Annotated[Item, Depends(find_item)]


@router.get("")
async def show_versions(
    request: Request, plan: Plan, item: TheItem, page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> Response:
    return await _page(request, plan, item, page=page)


@router.post("/{number}/restore")
async def restore_version(request: Request, plan: Plan, item: TheItem, number: int) -> Response:
    found = next((one for one in await _visible(plan, item) if one.number == number and not one.is_deleted), None)
    if found is None or await _is_gone(plan, item):
        raise NotFound
    try:
        await bring_back(plan, item, seen_revision(await posted(request)), found)
    except Conflict:
        return await _page(request, plan, item, 409)
    return go(with_undo(place_of(plan, item), item), "restored")


async def _visible(plan: OpenPlan, item: Item) -> list[Version]:
    """Those that lay where the viewer may read."""
    return [one for one in await versions(plan, item) if plan.sees(one.item)]


async def _is_gone(plan: OpenPlan, item: Item) -> bool:
    """Deleted, or a part of something that is."""
    return any(one.deleted_at is not None for one in await with_above(plan, item))


async def _page(request: Request, plan: OpenPlan, item: Item, status: int = 200, page: int = 1) -> Response:
    """With a page of the versions; the last one there is when there are not so many."""
    found = await _visible(plan, item)
    if not found:
        raise NotFound
    number = min(page, count := -(-len(found) // PAGE))
    end = len(found) - (number - 1) * PAGE
    known = await names(plan, accounts(found[max(0, end - PAGE) : end]), await goal_titles(plan))
    is_gone, last = await _is_gone(plan, item), found[-1]
    may_bring_back = not is_gone and await _may_bring_back(plan, item)
    lines = _told(plan, known, found, end, may_bring_back=may_bring_back)
    url = f"{address(plan)}/history/{last.kind.name}/{item.id}"
    return render_room(
        *(request, plan, "past/versions.html", "history"),
        status=status,
        kind_words=kind_words(last.kind),
        drawing=KINDS[last.kind.name][1],
        title=title_of(known, last.kind, last.values(plan)),
        gone=is_gone,
        place=None if is_gone else place_of(plan, item),
        url=url,
        seen=item.revision,
        conflict=status == 409,
        versions=lines,
        pager={"number": number, "count": count, "base": f"{url}?page="},
        marked=any(tells_words(line["fields"]) for line in lines),
    )


async def _may_bring_back(plan: OpenPlan, item: Item) -> bool:
    if any(getattr(one, "historic_at", None) is not None for one in await with_above(plan, item)):
        return False
    try:
        demand_change(plan, item)
    except Refused:
        return False
    return True


def _told(
    plan: OpenPlan, known: Names, found: list[Version], end: int, *, may_bring_back: bool
) -> list[dict[str, Any]]:
    """A page of them, up to `end`, the newest first; an older one can be brought back when it says something else than
    the newest of all."""
    shelf, now = Shelf(plan, known, {}), _says(plan, found[-1])
    pairs = [(None, found[0]), *pairwise(found)][max(0, end - PAGE) : end]
    lines = [
        {
            "number": one.number,
            "words": _happened(before, one),
            "at": one.at,
            "who": known.who(one.by),
            "fields": fields(plan, known, before, one) if before else [],
            "whole": shown(shelf, one),
            "is_now": one is found[-1],
            "may_bring_back": may_bring_back and not one.is_deleted and _says(plan, one) != now,
        }
        for before, one in pairs
    ]
    return lines[::-1]


def _says(plan: OpenPlan, one: Version) -> dict[str, Any]:
    return {name: value for name, value in one.values(plan).items() if name not in STAYS}


def _happened(before: Version | None, one: Version) -> str:
    if before is None:
        return _("Lagt til") if one.number == 1 else _("Endret")
    if one.is_deleted != before.is_deleted:
        return _("Slettet") if one.is_deleted else _("Hentet tilbake")
    was, became = (getattr(version.item, "historic_at", None) for version in (before, one))
    if bool(was) != bool(became):
        return _("Flyttet til historikken") if became else _("Hentet fra historikken")
    if one.above != before.above or getattr(one.item, "place", 0) != getattr(before.item, "place", 0):
        return _("Flyttet")
    return _("Endret")
