"""What the house itself may do, without a person asking: sign-in, jobs and the operator's commands."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.base import HouseSession
from models.refusals import Reason, Refused


@dataclass(frozen=True)
class House:
    """A scope for the log and the outbox when there is no opened plan; it opens nothing."""

    session: HouseSession
    municipality_id: UUID | None = None
    plan_id: UUID | None = None
    actor_id: UUID | None = None


class HouseRight(StrEnum):
    """What a job may do without a person asking; as narrow as the job."""

    ACCOUNTS_CHANGE = "accounts:change"
    AGES_WATCH = "ages:watch"
    CONSENTS_WATCH = "consents:watch"
    COORDINATORS_WATCH = "coordinators:watch"
    DATABASE_TUNE = "database:tune"
    LOG_LINK = "log:link"
    NOTICES_DELIVER = "notices:deliver"
    PLANS_DESTROY = "plans:destroy"
    REVISIONS_WATCH = "revisions:watch"
    SESSIONS_END = "sessions:end"
    SHORT_LIVED_CLEAR = "short_lived:clear"


@dataclass(frozen=True)
class OpenHouse:
    """The proof that a job may use its rights. Minted by `permissions.house.open_as_house`."""

    session: HouseSession
    job: str
    rights: frozenset[HouseRight]

    def demand(self, right: HouseRight) -> None:
        """Raises Refused when the job was not given the right."""
        if right not in self.rights:
            raise Refused(Reason.NO_RIGHT)
