"""What is decided about each participant's rights, and what there is to decide about."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from models.base import holds, pick
from models.log.rules import Event
from models.log.tables import LogRow
from models.plans.proof import OpenPlan, Standing
from models.plans.queries.people import role_today
from models.plans.queries.proposals import owner_must_approve
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.item import Item
from models.plans.tables.kinds import ACTIVITY, GOAL, KINDS, SUBJECT_PLAN
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.refusals import NotFound
from models.rights import Element, Level, Role
from models.templates.tables import RoleTemplate

OF_ELEMENT = {Element.GOALS: GOAL, Element.ACTIVITIES: ACTIVITY, Element.SUBJECT_PLANS: SUBJECT_PLAN}


@dataclass(frozen=True)
class Decided:
    """When somebody last changed an element's rights for a participant, and which account it was."""

    at: datetime
    by: UUID | None


async def find_participant(plan: OpenPlan, participant_id: UUID) -> Participant:
    """Raises NotFound for another plan's, and for who has left."""
    found: Participant | None = await plan.session.scalar(
        select(Participant).where(
            col(Participant.id) == participant_id,
            col(Participant.plan_id) == plan.plan_id,
            or_(col(Participant.valid_to).is_(None), col(Participant.valid_to) > plan.today),
        )
    )
    if found is None:
        raise NotFound
    return found


async def role_of(plan: OpenPlan, participant: Participant) -> Role:
    found = pick(RoleSpan.role).join(Participant, role_today(plan.today))
    role: Role = (await plan.session.scalars(found.where(col(Participant.id) == participant.id))).one()
    return role


async def asks_owner(plan: OpenPlan, participant: Participant) -> bool:
    """Whether the owner's side must say yes to more. Not when it is the owner who decides, nor of what the owner sees;
    of who waits to join, they are asked once."""
    if participant.awaits_approval or Role.OWNER in (plan.role, await role_of(plan, participant)):
        return False
    return await owner_must_approve(plan, participant.id)


async def standing_of(plan: OpenPlan, participant: Participant) -> Standing:
    """Their rights as they are set, whether the plan is open to them or not."""
    return (await _standings(plan, {participant.id: await role_of(plan, participant)}))[0]


async def other_coordinators(plan: OpenPlan, participant: Participant) -> list[Standing]:
    """Those who coordinate the plan today, but for this one."""
    found = (
        pick(Participant.id, RoleSpan.role)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Participant.plan_id) == plan.plan_id,
            col(Participant.id) != participant.id,
            col(Participant.awaits_approval).is_(False),
            col(RoleSpan.role) == Role.COORDINATOR,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
        )
    )
    return await _standings(plan, {row.id: row.role for row in await plan.session.execute(found)})


async def _standings(plan: OpenPlan, roles: dict[UUID, Role]) -> list[Standing]:
    levels: dict[UUID, dict[Element, Level]] = defaultdict(dict)
    items: dict[UUID, dict[tuple[Element, UUID], Level]] = defaultdict(dict)
    found = pick(Grant.participant_id, Grant.element, Grant.item_id, Grant.level)
    for row in await plan.session.execute(found.where(col(Grant.participant_id).in_(roles))):
        if row.item_id is None:
            levels[row.participant_id][row.element] = row.level
        else:
            items[row.participant_id][row.element, row.item_id] = row.level
    return [Standing(id_, role, levels[id_], items[id_]) for id_, role in roles.items()]


async def standards(plan: OpenPlan) -> dict[Role, dict[Element, Level]]:
    """What each role gives today in this kind of plan, to whoever is assigned it."""
    templates = await plan.session.scalars(
        select(RoleTemplate).where(
            col(RoleTemplate.municipality_id) == plan.municipality_id, col(RoleTemplate.kind) == plan.kind
        )
    )
    return {template.role: template.levels() for template in templates}


async def overridden(plan: OpenPlan) -> set[tuple[UUID, Element]]:
    """The participants, each with an element, whose rights were set in this plan (F125)."""
    found = (
        pick(Grant.participant_id, Grant.element)
        .join(Participant, col(Participant.id) == Grant.participant_id)
        .where(
            *(col(Participant.plan_id) == plan.plan_id, col(Grant.item_id).is_(None)),
            col(Grant.overridden).is_(True),
        )
    )
    return {(row.participant_id, row.element) for row in await plan.session.execute(found)}


async def decided(plan: OpenPlan, participant: Participant) -> dict[Element, Decided]:
    """The last change of each element, of those that were changed after the role was assigned."""
    changes = (
        pick(LogRow.at, LogRow.actor_id, LogRow.details)
        .where(col(LogRow.plan_id) == plan.plan_id, col(LogRow.event) == Event.RIGHTS_CHANGED)
        .order_by(col(LogRow.at))
    )
    found: dict[Element, Decided] = {}
    for row in await plan.session.execute(changes):
        if row.details and row.details.get("participant") == str(participant.id):
            found |= {Element(word): Decided(row.at, row.actor_id) for word in row.details["elements"]}
    return found


async def single_items(plan: OpenPlan, element: Element) -> list[Any]:
    """Those of the element that may be decided one by one: not deleted, and none that the viewer may not read.

    Activities lie under their goals; what is in history can be read by others too, and is there with the rest.
    """
    table: Any = OF_ELEMENT[element].table
    found = select(table).where(col(table.plan_id) == plan.plan_id, col(table.deleted_at).is_(None))
    if table is Activity:
        found = found.join(Goal, col(Goal.id) == Activity.goal_id).where(col(Goal.deleted_at).is_(None))
        found = found.order_by(col(Goal.place), col(Goal.added_at), col(Activity.place))
    order = [table.place] if table is not OF_ELEMENT[Element.SUBJECT_PLANS].table else []
    rows = await plan.session.scalars(found.order_by(*order, col(table.added_at), col(table.id)))
    return [item for item in rows if plan.sees(item)]


async def goals_over(plan: OpenPlan, activities: Collection[Any]) -> list[Goal]:
    """What the activities lie under: whoever sees an activity, sees its goal."""
    found = select(Goal).where(col(Goal.plan_id) == plan.plan_id)
    rows = await plan.session.scalars(found.where(col(Goal.id).in_({one.goal_id for one in activities})))
    return [goal for goal in rows if plan.sees(goal)]


async def seen_items(plan: OpenPlan, ids: Collection[UUID]) -> list[Item]:
    """Those of the ids that are living items of any kind, and that the viewer may read with all they lie under."""
    found: list[Item] = []
    for kind in KINDS if ids else ():
        table: Any = kind.table
        rows = await plan.session.scalars(
            select(table).where(
                col(table.plan_id) == plan.plan_id, col(table.id).in_(ids), col(table.deleted_at).is_(None)
            )
        )
        found += [item for item in rows if plan.sees(item)]
    buried = await _deleted(plan, {above for item in found for _element, above in item.guarded_by()[1:]})
    return [item for item in found if not any(above in buried for _element, above in item.guarded_by()[1:])]


async def _deleted(plan: OpenPlan, ids: Collection[UUID]) -> set[UUID]:
    gone: set[UUID] = set()
    for table in (Goal, Activity) if ids else ():
        found = pick(table.id).where(
            col(table.plan_id) == plan.plan_id, col(table.id).in_(ids), col(table.deleted_at).is_not(None)
        )
        gone |= set(await plan.session.scalars(found))
    return gone
