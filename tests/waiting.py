"""One of each thing in a plan that waits for somebody: written for tests that need it to exist."""

from datetime import date
from typing import Any
from uuid import UUID

from models.base import HouseSession
from models.people.tables import KeptApart
from models.plans.rules.words import CoordinatorKind, ProposalKind, TaskKind
from models.plans.tables.baton import CoordinatorWanted, Handover, Task
from models.plans.tables.participants import Participant, Proposal

A_DAY = date(2026, 11, 1)


async def waiting(session: HouseSession, one: Participant, other: Participant, account_id: UUID) -> dict[str, UUID]:
    """By the name its address gives it, between two persons who take part in the same plan."""
    now = session.clock.now()
    here: dict[str, Any] = {"municipality_id": one.municipality_id}
    plan = here | {"plan_id": one.plan_id}
    rows: dict[str, Any] = {
        "handover_id": Handover(**plan, from_id=one.id, to_id=other.id, offered_at=now, offered_by=account_id),
        "task_id": Task(**plan, kind=TaskKind.GUARDIAN_REVIEW, facts={"age": 16}, once_key="prøve", made_at=now),
        "proposal_id": Proposal(
            **plan, participant_id=other.id, kind=ProposalKind.WIDEN, proposed_at=now, proposed_by=account_id
        ),
        "pair_id": KeptApart(
            **here, first_id=one.person_id, second_id=other.person_id, made_at=now, made_by=account_id
        ),
        "wanted_id": CoordinatorWanted(
            **here,
            person_id=other.person_id,
            kind=CoordinatorKind.COORDINATOR,
            asked_on=A_DAY,
            recorded_at=now,
            recorded_by=account_id,
        ),
    }
    session.add_all(rows.values())
    await session.flush()
    return {name: row.id for name, row in rows.items()}
