"""A plan with one item of each kind in it, each with the revision and the log row that its operation leaves."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import col

from models.base import HouseSession, seal
from models.clock import SteppingClock
from models.log.operations import record_opening
from models.log.tables import LogRow
from models.plans.operations.keeping import keep
from models.plans.proof import OpenPlan
from models.plans.queries import timeline
from models.plans.queries.happenings import PLACE, TELLS_OF, is_told, log_with_items, of_living_items
from models.plans.rules.words import CooperationState, EvaluationKind, MeasureKind
from models.plans.tables.item import Item
from models.plans.tables.kinds import (
    ABOUT,
    ACTIVITY,
    COMMENT,
    CONTRIBUTION,
    COOPERATION,
    EVALUATION,
    GOAL,
    JOURNAL,
    LIFE_AREA,
    MEASUREMENT,
    SUBJECT_PLAN,
    Kind,
    kind_of,
)
from models.plans.tables.plan import Plan
from models.rights import Element, Role
from tests.hamlet import Hamlet

DAY = date(2026, 11, 1)


@dataclass
class Village:
    """A plan that Kari and Pål coordinate; `plan` is opened by Pål, who writes in it."""

    hamlet: Hamlet
    row: Plan
    plan: OpenPlan

    async def put(self, kind: Kind, text: str = "", /, **values: Any) -> Item:
        """An item with its revision and log row, by Pål."""
        plan, fields = self.plan, kind.table.model_fields
        own = {"author_id": plan.viewer.person_id, "participant_id": plan.participant_id}
        owned = {"municipality_id": plan.municipality_id, "plan_id": plan.plan_id}
        values |= {name: value for name, value in own.items() if name in fields and name not in values}
        item = kind.table(**owned, added_at=plan.session.clock.now(), **values)
        seal(plan.vault, item, **{kind.texts[0]: text or None})
        if kind.added:
            await keep(plan, item, kind.added)
        else:
            await keep(plan, item, kind.changed, fields=["text"])
        return item

    async def everything(self) -> list[Item]:
        """One of each kind, and one more of those that may lie in two places."""
        goal = await self.put(GOAL, "Gå tur")
        activity = await self.put(ACTIVITY, "Kjøpe støvler", goal_id=goal.id)
        period = {"period_from": DAY, "period_to": DAY}
        return [
            *(goal, activity),
            await self.put(COMMENT, "Om målet", goal_id=goal.id),
            await self.put(COMMENT, "Om støvlene", goal_id=goal.id, activity_id=activity.id),
            await self.put(MEASUREMENT, "Målt", goal_id=goal.id, kind=MeasureKind.MEASURED, day=DAY, value=3),
            await self.put(EVALUATION, "Det gikk bra", kind=EvaluationKind.GOAL, goal_id=goal.id, **period),
            await self.put(EVALUATION, "Året", kind=EvaluationKind.YEARLY, **period),
            await self.put(LIFE_AREA, "Bor godt", area=Element.HOUSING),
            await self.put(LIFE_AREA, "Frisk", area=Element.HEALTH),
            await self.put(SUBJECT_PLAN, "Opplæringsplan"),
            await self.put(JOURNAL, "Fin dag"),
            await self.put(CONTRIBUTION, "Kjører"),
            await self.put(COOPERATION, "Skolen", state=CooperationState.WANTED),
            await self.put(ABOUT, "Jeg heter", id=self.plan.plan_id),
        ]

    async def kari(self) -> OpenPlan:
        return await self.hamlet.opened(self.row, "kari")

    async def visited(self, clock: SteppingClock, *rooms: str) -> None:
        """Kari was here, and signs in anew some hours later."""
        for room in rooms or ("home",):
            await record_opening(await self.kari(), room)
        clock.move(timedelta(hours=2))


async def build(session: HouseSession) -> Village:
    hamlet = Hamlet(session)
    municipality = await hamlet.municipality()
    row = await hamlet.plan(municipality)
    for name in ("Kari", "Pål"):
        await hamlet.participant(row, await hamlet.person(municipality, name), Role.COORDINATOR)
    return Village(hamlet, row, await hamlet.opened(row, "pål"))


async def told(plan: OpenPlan) -> set[tuple[str, Any]]:
    """The items on the timeline, each by its kind and id."""
    await plan.session.flush()
    return {(one.kind.name, one.item_id) for one in await timeline.happened(plan, most=200) if one.kind}


async def counted(plan: OpenPlan) -> set[tuple[str, Any]]:
    """The items that the list of plans and the marks on the rooms count, judged row by row."""
    found = log_with_items(*PLACE).where(col(LogRow.plan_id) == plan.plan_id, of_living_items())
    rows = await plan.session.execute(found)
    return {(TELLS_OF[row.event].name, row.item_id) for row in rows if is_told(plan.standings, plan.elements, row)}


def names(items: list[Item]) -> set[tuple[str, Any]]:
    return {(kind_of(item).name, item.id) for item in items}
