"""Other services around the plan, as they are read: those already there first, then by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col

from models.alphabet import alphabetical
from models.base import columns, pick, reveal
from models.plans.proof import OpenPlan, readable
from models.plans.queries.goals import Place
from models.plans.rules.chains import Chain
from models.plans.rules.words import CooperationState
from models.plans.tables.together import Cooperation
from models.rights import Element


@dataclass(frozen=True)
class CooperationRead(Place):
    title: str
    purpose: str
    contact: str
    state: CooperationState
    added_at: datetime
    changed_at: datetime | None


async def cooperations(plan: OpenPlan) -> list[CooperationRead]:
    """Those that the viewer may read."""
    found = pick(*columns(Cooperation)).where(
        col(Cooperation.plan_id) == plan.plan_id, col(Cooperation.deleted_at).is_(None)
    )
    places = [(row, ((Element.COOPERATION, row.id),)) for row in await plan.session.execute(found)]
    read = [_read(plan, row, chain) for row, chain in places if readable(plan.standings, plan.elements, chain)]
    order = list(CooperationState)
    return sorted(read, key=lambda one: (order.index(one.state), alphabetical(one.title), one.id))


def _read(plan: OpenPlan, row: Any, chain: Chain) -> CooperationRead:
    texts = {
        name: reveal(plan.vault, Cooperation, name, row.id, getattr(row, name))
        for name in ("title", "purpose", "contact")
    }
    return CooperationRead(
        id=row.id, chain=chain, state=row.state, added_at=row.added_at, changed_at=row.changed_at, **texts
    )
