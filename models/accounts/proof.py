"""The proof of who is asking. Defined here, minted only in `permissions/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base import HouseSession
from models.refusals import NotFound, Reason, Refused
from models.rights import Assurance, PlanKind, Profile, Right


@dataclass(frozen=True)
class Viewer:
    """Somebody signed in, in one municipality and one profile. `person_id` is their card there, if any.

    `demanded` is the assurance their municipality asks for; `is_young` that they are under 15 by their card there, and
    `closed_to_young` the kinds of plan that are closed to them for that, each with the reason (F23).
    """

    account_id: UUID
    session_id: UUID
    municipality_id: UUID
    municipality_name: str
    person_id: UUID | None
    name: str
    profile: Profile
    assurance: Assurance
    demanded: Assurance
    is_young: bool
    closed_to_young: Mapping[PlanKind, Reason]
    has_accepted_terms: bool
    language: str
    signed_in_at: datetime
    seen_at: datetime
    ends_at: datetime
    rights: Mapping[Right, frozenset[PlanKind]]

    @property
    def counts_as(self) -> Assurance:
        """What the doors go by: until the 15th birthday a password counts as the highest level (F23)."""
        return Assurance.HIGH if self.is_young else self.assurance

    @property
    def closed_kinds(self) -> tuple[PlanKind, ...]:
        return tuple(self.closed_to_young)

    @property
    def why_no_right(self) -> Reason:
        """Rights outside plans are not handed to who has signed in less surely than the municipality demands."""
        return Reason.NO_RIGHT if self.demanded <= self.counts_as else Reason.ASSURANCE_TOO_LOW

    def has(self, right: Right) -> bool:
        return right in self.rights

    def kinds(self, right: Right) -> frozenset[PlanKind]:
        """The kinds of plan the right reaches; empty when the viewer has it not."""
        return self.rights.get(right, frozenset())


@dataclass(frozen=True)
class _Open:
    """What both proofs below show to the log and the outbox: where, and who."""

    session: HouseSession
    viewer: Viewer

    @property
    def municipality_id(self) -> UUID:
        return self.viewer.municipality_id

    @property
    def plan_id(self) -> None:
        return None

    @property
    def actor_id(self) -> UUID:
        return self.viewer.account_id


@dataclass(frozen=True)
class OpenProfile(_Open):
    """The proof that the viewer is at their own person card and account, for operations on what is their own (F36)."""

    def demand_card(self) -> UUID:
        """The id of the viewer's own card here; raises NotFound when they have none in this municipality, and Refused
        when they have signed in less surely than it demands."""
        if self.viewer.demanded > self.viewer.counts_as:
            raise Refused(Reason.ASSURANCE_TOO_LOW)
        if self.viewer.person_id is None:
            raise NotFound
        return self.viewer.person_id


@dataclass(frozen=True)
class OpenMunicipality(_Open):
    """The proof that the viewer may use `right` in their municipality, for administrators' operations and reports."""

    right: Right

    @property
    def kinds(self) -> frozenset[PlanKind]:
        return self.viewer.kinds(self.right)

    @property
    def readers(self) -> frozenset[UUID]:
        """The persons who see what is shown."""
        return frozenset(filter(None, (self.viewer.person_id,)))

    def demand(self, right: Right) -> None:
        """Raises Refused when the proof was minted for another right."""
        if right is not self.right:
            raise Refused(Reason.NO_RIGHT)
