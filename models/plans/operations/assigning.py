"""What every new participation begins with: a role, and a copy of its standard rights (F126, F127).

And what changes with the role: what operations share, after they have demanded; whoever calls them writes the log.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from models.base import HouseSession, holds
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.refusals import NotFound
from models.rights import Element, Level, PlanKind, Role
from models.templates.tables import RoleTemplate


async def assign(session: HouseSession, participant: Participant, kind: PlanKind, role: Role, begins: date) -> None:
    """Raises NotFound where the municipality has no such role."""
    owned = _owned(participant)
    levels = await standard_levels(session, participant, kind, role)
    session.add(RoleSpan(**owned, role=role, valid_from=begins))
    session.add_all(Grant(**owned, element=element, level=level) for element, level in levels.items())


async def standard_levels(
    session: HouseSession, participant: Participant, kind: PlanKind, role: Role
) -> Mapping[Element, Level]:
    """What the role gives in the municipality as it is now; raises NotFound where there is no such role."""
    template = await session.scalar(
        select(RoleTemplate).where(
            col(RoleTemplate.municipality_id) == participant.municipality_id,
            col(RoleTemplate.kind) == kind,
            col(RoleTemplate.role) == role,
        )
    )
    if template is None:
        raise NotFound
    return template.levels()


async def reassign(session: HouseSession, participant: Participant, kind: PlanKind, role: Role, today: date) -> None:
    """Another role from today, with its standard rights; what was set for this participant alone is gone."""
    levels = await standard_levels(session, participant, kind, role)
    await _change_role(session, participant, role, today)
    await session.execute(delete(Grant).where(col(Grant.participant_id) == participant.id))
    session.add_all(Grant(**_owned(participant), element=each, level=level) for each, level in levels.items())
    participant.rights_revision += 1
    await session.flush()


async def step_down(session: HouseSession, participant: Participant, kind: PlanKind, role: Role, today: date) -> None:
    """A role with less to say from today: its standard rights, and nowhere more than before."""
    levels = await standard_levels(session, participant, kind, role)
    await _change_role(session, participant, role, today)
    for grant in await session.scalars(select(Grant).where(col(Grant.participant_id) == participant.id)):
        grant.level = min(grant.level, levels[grant.element])
    participant.rights_revision += 1
    await session.flush()


async def _change_role(session: HouseSession, participant: Participant, role: Role, today: date) -> None:
    current = col(RoleSpan.participant_id) == participant.id, holds(RoleSpan.valid_from, RoleSpan.valid_to, today)
    span: RoleSpan = (await session.scalars(select(RoleSpan).where(*current))).one()
    if span.valid_from == today:
        span.role = role
    else:
        span.valid_to = today
        session.add(RoleSpan(**_owned(participant), role=role, valid_from=today))


def _owned(participant: Participant) -> dict[str, Any]:
    return {"municipality_id": participant.municipality_id, "participant_id": participant.id}
