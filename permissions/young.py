"""What a viewer under 15 is told when their plans are closed to them for their age (F23, C17)."""

from models.accounts.proof import Viewer
from models.base import HouseSession
from models.clock import local_day
from models.plans.tables.plan import PlanSpan
from models.refusals import Reason
from permissions.scopes import ASKED, TODAY, naming, participations


async def closed_for_age(session: HouseSession, viewer: Viewer) -> list[Reason]:
    """Why plans stay closed that would open to the viewer if they were older; empty for all others."""
    if not viewer.closed_to_young:
        return []
    of_any_age = naming(viewer, local_day(session.clock.now())) | {"closed_kinds": ()}
    kinds = set(await session.scalars(participations(ASKED, TODAY, PlanSpan.kind).distinct(), of_any_age))
    return sorted({reason for kind, reason in viewer.closed_to_young.items() if kind in kinds})
