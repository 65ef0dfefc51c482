"""What every new participation begins with: a role, and a copy of its standard rights (F126, F127)."""

from datetime import date
from typing import Any

from sqlmodel import col, select

from models.base import HouseSession
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.refusals import NotFound
from models.rights import PlanKind, Role
from models.templates.tables import RoleTemplate


async def assign(session: HouseSession, participant: Participant, kind: PlanKind, role: Role, begins: date) -> None:
    """Raises NotFound where the municipality has no such role."""
    owned: dict[str, Any] = {"municipality_id": participant.municipality_id, "participant_id": participant.id}
    session.add(RoleSpan(**owned, role=role, valid_from=begins))
    template = await session.scalar(
        select(RoleTemplate).where(
            col(RoleTemplate.municipality_id) == participant.municipality_id,
            col(RoleTemplate.kind) == kind,
            col(RoleTemplate.role) == role,
        )
    )
    if template is None:
        raise NotFound
    session.add_all(Grant(**owned, element=element, level=level) for element, level in template.levels().items())
