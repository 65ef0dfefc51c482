"""What the house itself may do, without a person asking: sign-in, jobs and the operator's commands."""

from dataclasses import dataclass
from uuid import UUID

from models.base import HouseSession


@dataclass(frozen=True)
class House:
    """A scope for the log and the outbox when there is no opened plan; it opens nothing."""

    session: HouseSession
    municipality_id: UUID | None = None
    plan_id: UUID | None = None
    actor_id: UUID | None = None
