"""Which of a plan's people are kept apart from each other (N15), for who administers the participants."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from models.people.tables import KeptApart
from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody, people
from models.refusals import NotFound
from models.rights import Element, Level


@dataclass(frozen=True)
class Pair:
    """Two who take part or took part here, and since when they are kept apart."""

    row: KeptApart
    first: Somebody
    second: Somebody

    @property
    def since(self) -> datetime:
        return self.row.made_at

    @property
    def persons(self) -> frozenset[UUID]:
        return frozenset({self.row.first_id, self.row.second_id})


async def persons(plan: OpenPlan) -> list[Somebody]:
    """Each person who takes part or took part, once; units are not persons."""
    found: dict[UUID, Somebody] = {}
    for one in await people(plan):
        if one.person_id and (one.person_id not in found or one.taking_part):
            found[one.person_id] = one
    return list(found.values())


async def pairs(plan: OpenPlan) -> list[Pair]:
    """The newest first; never one that the viewer is in, for then the other is not among the people they know of."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    here = {one.person_id: one for one in await persons(plan)}
    found = select(KeptApart).where(
        col(KeptApart.first_id).in_(here), col(KeptApart.second_id).in_(here), col(KeptApart.ended_at).is_(None)
    )
    rows = await plan.session.scalars(found.order_by(col(KeptApart.made_at).desc(), col(KeptApart.id)))
    return [Pair(row, here[row.first_id], here[row.second_id]) for row in rows]


async def pair_of(plan: OpenPlan, pair_id: UUID) -> Pair:
    """Raises NotFound for one that is ended, of other people, or that the viewer is in."""
    found = next((one for one in await pairs(plan) if one.row.id == pair_id), None)
    if found is None:
        raise NotFound
    return found
