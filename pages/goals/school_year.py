"""A new school year (F81): one page that says of every goal whether it stays, leaves or goes on; nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.plans.operations import school_year as operations
from models.plans.operations.school_year import Turn
from models.plans.proof import OpenPlan
from models.plans.queries import goals as queries
from models.plans.queries.goals import GoalRead
from models.plans.queries.items import find_goal
from models.plans.rules.goals import TITLE
from models.plans.rules.school_year import Fate, next_title
from models.refusals import Conflict, Invalid, NotFound
from pages.forms import posted
from pages.goals.found import Plan
from pages.plans.room import address, goal_address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals/school-year")
FATES = {
    Fate.STAYS: N_("La stå"),
    Fate.MOVES: N_("Flytt til historikken"),
    Fate.GOES_ON: N_("Flytt til historikken, og ta en kopi med videre"),
}


@dataclass(frozen=True)
class Chosen:
    """What was sent about one goal; `seen` is None when its page did not show it."""

    fate: Fate
    title: str
    seen: int | None = None


@router.get("")
async def show_school_year(request: Request, plan: Plan) -> Response:
    plan.demand_coordinator()
    return _page(request, plan, await queries.goals(plan), {})


@router.post("")
async def turn_school_year(request: Request, plan: Plan) -> Response:
    plan.demand_coordinator()
    data, goals = await posted(request), await queries.goals(plan)
    chosen = {str(goal.id): _chosen(data, goal) for goal in goals}
    try:
        if _shown(data).keys() != chosen.keys():
            raise Conflict
        turns = [_turn(await find_goal(plan, goal.id), chosen[str(goal.id)]) for goal in goals]
        at = await operations.turn(plan, turns)
    except Invalid as invalid:
        return _page(request, plan, goals, chosen, 400, invalid.fields)
    except Conflict:
        return _page(request, plan, goals, chosen, 409)
    return go(f"{address(plan)}/goals/school-year/done?at={_written(at)}", "school-year")


@router.get("/done")
async def show_what_was_done(request: Request, plan: Plan, at: datetime) -> Response:
    plan.demand_coordinator()
    moved = [goal for goal in await queries.goals(plan, historic=True) if goal.historic_at == at]
    copied = [goal for goal in await queries.goals(plan) if goal.added_at == at]
    if not moved:
        raise NotFound
    return render_room(
        *(request, plan, "goals/school_year_done.html", "goals"),
        at=_written(at),
        moved=[_line(plan, goal) for goal in moved],
        copied=[_line(plan, goal) for goal in copied],
    )


@router.post("/undo")
async def turn_back(request: Request, plan: Plan) -> Response:
    await operations.turn_back(plan, _moment(str((await posted(request)).get("at", ""))))
    return go(f"{address(plan)}/goals", "restored")


def _moment(sent: str) -> datetime:
    """As `_written` wrote it. Raises NotFound for anything else, also a moment that no clock of ours can show."""
    try:
        at = datetime.fromisoformat(sent)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise NotFound


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _line(plan: OpenPlan, goal: GoalRead) -> dict[str, Any]:
    return {"title": goal.title, "url": goal_address(plan, goal.id), "count": len(goal.activities)}


def _shown(data: Mapping[str, Any]) -> dict[str, int]:
    """The goals that were on the page, with their revisions: one field, for there may be many goals."""
    pairs = (part.split(":") for part in str(data.get("seen", "")).split())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdecimal() and len(pair[1]) < 10}


def _chosen(data: Mapping[str, Any], goal: GoalRead) -> Chosen:
    sent = str(data.get(f"fate-{goal.id}", ""))
    fate = Fate(sent) if sent in set(Fate) else Fate.STAYS
    return Chosen(fate, str(data.get(f"title-{goal.id}", "")), _shown(data).get(str(goal.id)))


def _turn(goal: Any, chosen: Chosen) -> Turn:
    return Turn(goal, chosen.fate, chosen.seen or 0, chosen.title)


def _page(
    request: Request,
    plan: OpenPlan,
    goals: list[GoalRead],
    chosen: Mapping[str, Chosen],
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    return render_room(
        *(request, plan, "goals/school_year.html", "goals"),
        status=status,
        goals=[_asked(plan, goal, chosen.get(str(goal.id)), errors or {}) for goal in goals],
        fates=[(fate.value, _(words)) for fate, words in FATES.items()],
        seen=" ".join(f"{goal.id}:{goal.revision}" for goal in goals),
        errors=errors or {},
        conflict=status == 409,
        longest=TITLE,
    )


def _asked(plan: OpenPlan, goal: GoalRead, chosen: Chosen | None, errors: Mapping[str, str]) -> dict[str, Any]:
    """A goal whose title tells of a school year goes on, unless somebody says otherwise."""
    title = next_title(goal.title)
    proposed = Chosen(Fate.GOES_ON if title != goal.title else Fate.STAYS, title)
    shown = chosen or proposed
    unfinished = sum(not one.is_finished for one in goal.activities)
    return _line(plan, goal) | {
        "id": str(goal.id),
        "fate": shown.fate.value,
        "proposed": shown.title,
        "unfinished": unfinished,
        "error": errors.get(f"title-{goal.id}"),
    }
