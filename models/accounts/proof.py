"""The proof of who is asking. Defined here, minted only in `permissions/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base import HouseSession
from models.refusals import Reason, Refused
from models.rights import Assurance, PlanKind, Profile, Right


@dataclass(frozen=True)
class Viewer:
    """Somebody signed in, in one municipality and one profile. `person_id` is their card there, if any."""

    account_id: UUID
    session_id: UUID
    municipality_id: UUID
    municipality_name: str
    person_id: UUID | None
    name: str
    profile: Profile
    assurance: Assurance
    language: str
    signed_in_at: datetime
    seen_at: datetime
    rights: Mapping[Right, frozenset[PlanKind]]

    def has(self, right: Right) -> bool:
        return right in self.rights

    def kinds(self, right: Right) -> frozenset[PlanKind]:
        """The kinds of plan the right reaches; empty when the viewer has it not."""
        return self.rights.get(right, frozenset())


@dataclass(frozen=True)
class OpenMunicipality:
    """The proof that the viewer may use `right` in their municipality, for administrators' operations and reports."""

    session: HouseSession
    viewer: Viewer
    right: Right

    @property
    def municipality_id(self) -> UUID:
        return self.viewer.municipality_id

    @property
    def plan_id(self) -> None:
        return None

    @property
    def actor_id(self) -> UUID:
        return self.viewer.account_id

    @property
    def kinds(self) -> frozenset[PlanKind]:
        return self.viewer.kinds(self.right)

    def demand(self, right: Right) -> None:
        """Raises Refused when the proof was minted for another right."""
        if right is not self.right:
            raise Refused(Reason.NO_RIGHT)
