"""What Medvirk sees for itself of what a plan contains (N6): only what the viewer may read is looked at."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.base import pick, reveal
from models.plans.proof import OpenPlan, readable
from models.plans.queries import about, settings
from models.plans.queries.contributions import contributions
from models.plans.queries.grounds import has_basis, has_consent
from models.plans.queries.people import Somebody, people
from models.plans.rules.chains import activity_chain, goal_chain
from models.plans.rules.completeness import (
    CONTRIBUTES,
    LACKS,
    Measure,
    is_recent,
    lacking,
    of_measures,
    of_people,
)
from models.plans.rules.words import EvaluationKind
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.life import LifeArea
from models.plans.tables.together import Cooperation, Evaluation
from models.rights import CHOSEN_ELEMENTS, LIFE_AREAS, Element, Level
from models.templates.rules import Check


@dataclass(frozen=True)
class Lack:
    """Something to mend, by its name: an activity, or somebody who has not written what they contribute."""

    name: str
    goal_id: UUID | None = None
    activity_id: UUID | None = None
    participant_id: UUID | None = None


@dataclass(frozen=True)
class Found:
    """Whether each check holds; None where the viewer may not read what it takes. `lacks` names what to mend."""

    holds: Mapping[Check, bool | None]
    lacks: Mapping[Check, tuple[Lack, ...]]


Answer = dict[Check, bool | None]


@dataclass(frozen=True)
class Notes:
    """Who takes part or took part, what the plan is set up as when that is known, and what was found to mend so far."""

    everybody: Sequence[Somebody]
    chosen: settings.PlanSettings | None
    lacks: dict[Check, tuple[Lack, ...]] = field(default_factory=dict)


async def find_out(
    plan: OpenPlan,
    wanted: Collection[Check],
    everybody: Sequence[Somebody] | None = None,
    chosen: settings.PlanSettings | None = None,
) -> Found:
    """Nothing but the people is fetched that no check asks for, and nothing that is given."""
    holds, notes = Answer(), Notes(await people(plan) if everybody is None else everybody, chosen)
    for checks, elements, look in SOURCES:
        asked = [check for check in checks if check in wanted]
        if not asked:
            continue
        if any(element in CHOSEN_ELEMENTS - plan.elements for element in elements):
            holds |= dict.fromkeys(asked, False)
        elif not all(plan.allows(element, Level.READ) for element in elements):
            holds |= dict.fromkeys(asked, None)
        else:
            holds |= await look(plan, notes)
    return Found(holds, notes.lacks)


async def _goals(plan: OpenPlan, notes: Notes) -> Answer:
    living = pick(Goal.id).where(
        col(Goal.plan_id) == plan.plan_id, col(Goal.deleted_at).is_(None), col(Goal.historic_at).is_(None)
    )
    goals = await plan.session.scalars(living)
    return {Check.GOALS: any(readable(plan.standings, plan.elements, goal_chain(goal)) for goal in goals)}


async def _life_areas(plan: OpenPlan, notes: Notes) -> Answer:
    """One that is written is enough; that none is, can only be said by who may read them all."""
    written = pick(LifeArea.id, LifeArea.area).where(
        col(LifeArea.plan_id) == plan.plan_id, col(LifeArea.deleted_at).is_(None), col(LifeArea.text).is_not(None)
    )
    rows = await plan.session.execute(written)
    if any(readable(plan.standings, plan.elements, ((row.area, row.id),)) for row in rows):
        return {Check.LIFE_AREAS: True}
    in_use = [area for area in LIFE_AREAS if area in plan.elements]
    return {Check.LIFE_AREAS: False if all(plan.allows(area, Level.READ) for area in in_use) else None}


async def _people(plan: OpenPlan, notes: Notes) -> Answer:
    return {**of_people(one.role_code for one in notes.everybody if one.taking_part)}


async def _contributions(plan: OpenPlan, notes: Notes) -> Answer:
    present = [one for one in notes.everybody if one.taking_part and one.role_code in CONTRIBUTES]
    written = await contributions(plan)
    silent = [one for one in present if one.participant_id not in written]
    notes.lacks[Check.CONTRIBUTIONS] = tuple(Lack(one.name, participant_id=one.participant_id) for one in silent)
    return {Check.CONTRIBUTIONS: bool(present) and not silent}


async def _measures(plan: OpenPlan, notes: Notes) -> Answer:
    rows = await _activities(plan)
    measures = [_measure(row) for row in rows.values()]
    for check in LACKS:
        notes.lacks[check] = tuple(
            Lack(_title(plan, rows[one.activity_id]), one.goal_id, one.activity_id) for one in lacking(check, measures)
        )
    return {**of_measures(measures)}


async def _activities(plan: OpenPlan) -> dict[UUID, Any]:
    """By id, in the plan's order."""
    columns = (Activity.id, Activity.goal_id, Activity.title, Activity.description, Activity.extent, Activity.status)
    found = (
        pick(*columns, Activity.responsible_id, Activity.due_on)
        .join(Goal, col(Goal.id) == Activity.goal_id)
        .where(
            col(Activity.plan_id) == plan.plan_id,
            *(col(Activity.deleted_at).is_(None), col(Goal.deleted_at).is_(None), col(Goal.historic_at).is_(None)),
        )
        .order_by(col(Goal.place), col(Activity.place), col(Activity.added_at))
    )
    return {
        row.id: row
        for row in await plan.session.execute(found)
        if readable(plan.standings, plan.elements, activity_chain(row.id, row.goal_id))
    }


def _measure(row: Any) -> Measure:
    return Measure(
        activity_id=row.id,
        goal_id=row.goal_id,
        status=row.status,
        has_text=row.description is not None,
        has_extent=row.extent is not None,
        has_responsible=row.responsible_id is not None,
        has_deadline=row.due_on is not None,
    )


def _title(plan: OpenPlan, row: Any) -> str:
    return reveal(plan.vault, Activity, "title", row.id, row.title)


async def _period(plan: OpenPlan, notes: Notes) -> Answer:
    known = notes.chosen or await settings.read(plan)
    return {Check.PERIOD: None not in (known.period_from, known.period_to, known.revise_on)}


async def _grounds(plan: OpenPlan, notes: Notes) -> Answer:
    return {Check.CONSENT: await has_consent(plan), Check.BASIS: await has_basis(plan)}


async def _cooperation(plan: OpenPlan, notes: Notes) -> Answer:
    living = pick(Cooperation.id).where(col(Cooperation.plan_id) == plan.plan_id, col(Cooperation.deleted_at).is_(None))
    places = [((Element.COOPERATION, one),) for one in await plan.session.scalars(living)]
    return {Check.COOPERATION: any(readable(plan.standings, plan.elements, chain) for chain in places)}


async def _evaluation(plan: OpenPlan, notes: Notes) -> Answer:
    """Of the plan or of a goal in it: what the owner thinks is asked for, and is not an evaluation."""
    living = (
        pick(Evaluation.id, Evaluation.goal_id, Evaluation.period_to)
        .outerjoin(Goal, col(Goal.id) == Evaluation.goal_id)
        .where(
            col(Evaluation.plan_id) == plan.plan_id,
            *(col(Evaluation.deleted_at).is_(None), col(Goal.deleted_at).is_(None)),
            col(Evaluation.kind) != EvaluationKind.REFLECTION,
        )
    )
    days = [
        row.period_to
        for row in await plan.session.execute(living)
        if readable(plan.standings, plan.elements, _of_evaluation(row))
    ]
    return {Check.EVALUATION: is_recent(max(days, default=None), plan.today)}


def _of_evaluation(row: Any) -> Any:
    return ((Element.EVALUATION, row.id), *(goal_chain(row.goal_id) if row.goal_id else ()))


async def _about(plan: OpenPlan, notes: Notes) -> Answer:
    return {Check.ABOUT: bool(await about.read(plan))}


Look = Callable[[OpenPlan, Notes], Awaitable[Answer]]
SOURCES: tuple[tuple[tuple[Check, ...], tuple[Element, ...], Look], ...] = (
    ((Check.GOALS,), (Element.GOALS,), _goals),
    ((Check.LIFE_AREAS,), (), _life_areas),
    ((Check.PARTICIPANTS, Check.COORDINATOR), (Element.PARTICIPANTS,), _people),
    ((Check.CONTRIBUTIONS,), (Element.COOPERATION, Element.PARTICIPANTS), _contributions),
    ((Check.MEASURES, Check.HOW, Check.DEADLINES), (Element.GOALS, Element.ACTIVITIES), _measures),
    ((Check.PERIOD,), (), _period),
    ((Check.CONSENT, Check.BASIS), (Element.CONSENT,), _grounds),
    ((Check.COOPERATION,), (Element.COOPERATION,), _cooperation),
    ((Check.EVALUATION,), (Element.EVALUATION,), _evaluation),
    ((Check.ABOUT,), (Element.ABOUT,), _about),
)
"""Which checks are answered together, and the elements one must be allowed to read for it."""
