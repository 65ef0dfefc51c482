"""What each participant contributes, as it is read, and whose such words may be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from models.base import columns, holds, pick, reveal
from models.people.queries import is_kept_from
from models.plans.proof import OpenPlan, readable
from models.plans.queries.goals import Place
from models.plans.tables.participants import Participant
from models.plans.tables.together import Contribution
from models.refusals import NotFound
from models.rights import Element


@dataclass(frozen=True)
class ContributionRead(Place):
    participant_id: UUID
    text: str
    added_at: datetime
    changed_at: datetime | None


async def contributions(plan: OpenPlan) -> dict[UUID, ContributionRead]:
    """By participant, those that the viewer may read."""
    found = pick(*columns(Contribution)).where(
        col(Contribution.plan_id) == plan.plan_id, col(Contribution.deleted_at).is_(None)
    )
    places = [(row, ((Element.COOPERATION, row.id),)) for row in await plan.session.execute(found)]
    return {
        row.participant_id: ContributionRead(
            id=row.id,
            chain=chain,
            participant_id=row.participant_id,
            text=reveal(plan.vault, Contribution, "text", row.id, row.text),
            added_at=row.added_at,
            changed_at=row.changed_at,
        )
        for row, chain in places
        if readable(plan.standings, plan.elements, chain)
    }


async def contributor(plan: OpenPlan, participant_id: UUID) -> Participant:
    """Somebody who takes part today, in their own name or as a unit. Raises NotFound."""
    found: Participant | None = await plan.session.scalar(
        select(Participant).where(
            col(Participant.id) == participant_id,
            col(Participant.plan_id) == plan.plan_id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
            ~is_kept_from(Participant.person_id, plan.readers),
        )
    )
    if found is None:
        raise NotFound
    return found


async def contribution_of(plan: OpenPlan, participant_id: UUID) -> Contribution | None:
    """What is written for the participant, whether the viewer may read it or not: never to be shown unasked."""
    found: Contribution | None = await plan.session.scalar(
        select(Contribution).where(
            col(Contribution.plan_id) == plan.plan_id,
            col(Contribution.participant_id) == participant_id,
            col(Contribution.deleted_at).is_(None),
        )
    )
    return found


async def visible_contribution(plan: OpenPlan, participant_id: UUID) -> Contribution | None:
    """What is written for the participant, to be changed. Raises NotFound when it is hidden from the viewer."""
    found = await contribution_of(plan, participant_id)
    if found and not plan.sees(found):
        raise NotFound
    return found
