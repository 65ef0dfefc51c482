"""Who may see an item: whose accounts are to be told of it, and from whom it is kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col

from models.base import HouseSession, holds, pick
from models.log.rules import Item
from models.people.queries import works
from models.people.tables import Person, UnitMembership
from models.plans.proof import OpenPlan
from models.plans.queries.people import role_today
from models.plans.rules.chains import Chain, goal_chain
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.rights import Element, Level, Role

Levels = dict[tuple[Element, UUID | None], Level]
"""Of one participation: on each element as a whole, and on single items."""


async def accounts_that_see(plan: OpenPlan, item: Item) -> set[UUID]:
    """Accounts whose rights reach the item and all its parents. Consent is asked again when the notice is sent."""
    chain = item.guarded_by()
    levels = await _levels(plan, chain)
    seeing = [participant for participant, own in levels.items() if _reads(own, chain)]
    return await accounts_of(plan.session, seeing, plan.today)


async def kept_from_readers(plan: OpenPlan, element: Element, goals: Collection[UUID]) -> set[UUID]:
    """Those of the goals that are hidden from somebody who takes part and may read the element: what is written there
    is not to name them unasked."""
    grants = (
        pick(Grant.participant_id, Grant.element, Grant.item_id, Grant.level)
        .join(Participant, col(Participant.id) == Grant.participant_id)
        .where(
            col(Participant.plan_id) == plan.plan_id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
            or_(
                and_(col(Grant.element) == element, col(Grant.item_id).is_(None)),
                and_(
                    col(Grant.element) == Element.GOALS,
                    or_(col(Grant.item_id).is_(None), col(Grant.item_id).in_(goals)),
                ),
            ),
        )
    )
    levels = _by_participant(await plan.session.execute(grants))
    readers = [own for own in levels.values() if own.get((element, None), Level.NONE) >= Level.READ]
    return {goal for goal in goals if not all(_reads(own, goal_chain(goal)) for own in readers)}


def _reads(own: Levels, chain: Chain) -> bool:
    return all(own.get(place, own.get((place[0], None), Level.NONE)) >= Level.READ for place in chain)


def _by_participant(rows: Iterable[Any]) -> dict[UUID, Levels]:
    levels: dict[UUID, Levels] = defaultdict(dict)
    for row in rows:
        levels[row.participant_id][row.element, row.item_id] = row.level
    return levels


async def _levels(plan: OpenPlan, chain: Chain) -> dict[UUID, Levels]:
    grants = (
        pick(Grant.participant_id, Grant.element, Grant.item_id, Grant.level)
        .join(Participant, col(Participant.id) == Grant.participant_id)
        .where(
            col(Participant.plan_id) == plan.plan_id,
            col(Grant.element).in_([element for element, _ in chain]),
            or_(col(Grant.item_id).is_(None), col(Grant.item_id).in_([item_id for _, item_id in chain])),
        )
    )
    return _by_participant(await plan.session.execute(grants))


async def accounts_of(session: HouseSession, participants: list[UUID], today: date) -> set[UUID]:
    """The accounts of those participations that hold today, through units too."""
    member = and_(col(UnitMembership.unit_id) == Participant.unit_id, works(today))
    accounts = (
        pick(Person.account_id)
        .select_from(Participant)
        .outerjoin(UnitMembership, member)
        .join(Person, or_(col(Person.id) == Participant.person_id, col(Person.id) == UnitMembership.person_id))
        .where(
            col(Participant.id).in_(participants),
            col(Person.account_id).is_not(None),
            holds(Participant.valid_from, Participant.valid_to, today),
        )
    )
    return set(await session.scalars(accounts))


async def coordinators(session: HouseSession, plan_id: UUID, today: date) -> set[UUID]:
    """The accounts of those who coordinate the plan today."""
    theirs = (
        pick(Participant.id)
        .join(RoleSpan, role_today(today))
        .where(col(Participant.plan_id) == plan_id, col(RoleSpan.role) == Role.COORDINATOR)
    )
    return await accounts_of(session, list(await session.scalars(theirs)), today)
