"""What a plan must contain, and what of it is there (N6), as the viewer may know it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col

from models.base import pick
from models.plans.proof import OpenPlan
from models.plans.queries.findings import Found, find_out
from models.plans.queries.people import Somebody
from models.plans.queries.settings import PlanSettings
from models.plans.rules.completeness import Judged, Point, Verdict, judge, meter
from models.rights import Element
from models.templates.rules import Check
from models.templates.tables import ContentPoint


@dataclass(frozen=True)
class Completeness:
    """Every point judged, and what was found on the way; `meter` is (fulfilled, judged), or None when none can be."""

    judged: Sequence[Judged]
    found: Found
    meter: tuple[int, int] | None

    def of(self, verdict: Verdict) -> list[Judged]:
        return [one for one in self.judged if one.verdict is verdict]


async def completeness(
    plan: OpenPlan, everybody: Sequence[Somebody] | None = None, chosen: PlanSettings | None = None
) -> Completeness | None:
    """None for a plan without goals («Enkelt samspill»), which nothing is demanded of.

    `everybody` is who takes part or took part, and `chosen` what the plan is set up as, when they are known already.
    """
    if Element.GOALS not in plan.elements:
        return None
    points = await _points(plan)
    found = await find_out(plan, {check for point in points for check in point.checked}, everybody, chosen)
    judged = judge(points, found.holds)
    return Completeness(judged, found, meter(judged))


async def summary(
    plan: OpenPlan, everybody: Sequence[Somebody] | None = None, chosen: PlanSettings | None = None
) -> tuple[int, int] | None:
    """How many points are fulfilled, of how many; None when there is nothing to say to this viewer."""
    whole = await completeness(plan, everybody, chosen)
    return whole.meter if whole else None


async def _points(plan: OpenPlan) -> list[Point]:
    """As the municipality has decided them, in its order; what Medvirk does not know how to look for is left out."""
    decided = (
        pick(ContentPoint.title, ContentPoint.source, ContentPoint.checked)
        .where(
            col(ContentPoint.municipality_id) == plan.municipality_id,
            col(ContentPoint.kind) == plan.kind,
            col(ContentPoint.in_use).is_(True),
        )
        .order_by(col(ContentPoint.numbered))
    )
    return [
        Point(row.title, row.source, tuple(check for check in Check if check in row.checked))
        for row in await plan.session.execute(decided)
    ]
