"""The proofs that a viewer may be in a plan, or at its consent, and what they may do. Minted only in `permissions/`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from models.accounts.proof import Viewer
from models.base import HouseSession
from models.labels import role_label
from models.log.rules import Item
from models.plans.rules.chains import Chain
from models.plans.rules.words import PlanState
from models.refusals import Reason, Refused
from models.rights import CHOSEN_ELEMENTS, Element, Level, PlanKind, Role
from models.sealing import Vault

ADMINISTRATION = frozenset({Element.PLAN, Element.PARTICIPANTS, Element.CONSENT, Element.RIGHTS})
"""What stays open to a coordinator when the plan's basis does not hold: the tools to renew it, and no content."""


@dataclass(frozen=True)
class Standing:
    """One participation: a person may have several in a plan, in their own name and through units.

    `narrowed` is why only the administration is open.
    """

    participant_id: UUID
    role: Role
    levels: Mapping[Element, Level]
    items: Mapping[tuple[Element, UUID], Level] = field(default_factory=dict)
    narrowed: Reason | None = None

    def level(self, element: Element, item_id: UUID | None = None) -> Level:
        """The level on an item where one is set, else on its element."""
        own = self.items.get((element, item_id)) if item_id else None
        return self.levels.get(element, Level.NONE) if own is None else own


def readable(standings: Iterable[Standing], elements: frozenset[Element], chain: Chain) -> bool:
    """Whether one of the standings may read everything in the chain, of elements that are in use."""
    if any(element in CHOSEN_ELEMENTS - elements for element, _ in chain):
        return False
    return any(
        standing.narrowed is None and all(standing.level(*place) >= Level.READ for place in chain)
        for standing in standings
    )


@dataclass(frozen=True)
class OpenPlan:
    """A plan, opened for one viewer for one request. Operations take it instead of an id.

    `looking_as` names the participant through whose eyes the plan is seen (N2): it can be read, and not changed.
    `looker_id` is then the person who looks.
    `own_labels` are the municipality's own names of roles, where they differ from ours. `administered_until` is when
    the administration closes again for a local administrator who does not take part (F194); None for all others.
    """

    session: HouseSession
    viewer: Viewer
    plan_id: UUID
    municipality_id: UUID
    short_name: str
    kind: PlanKind
    state: PlanState
    unit_id: UUID | None
    elements: frozenset[Element]
    standings: tuple[Standing, ...]
    vault: Vault
    today: date
    consent_until: date | None = None
    looking_as: str | None = None
    looker_id: UUID | None = None
    own_labels: Mapping[Role, str] = field(default_factory=dict)
    administered_until: datetime | None = None

    @property
    def readers(self) -> frozenset[UUID]:
        """The persons who see what is shown: the viewer, and whoever looks through their eyes."""
        return frozenset(filter(None, (self.viewer.person_id, self.looker_id)))

    def role_name(self, role: Role) -> str:
        """What the municipality calls the role in this kind of plan (C16)."""
        return self.own_labels.get(role) or role_label(self.kind, role)

    @property
    def actor_id(self) -> UUID:
        return self.viewer.account_id

    @property
    def participant_id(self) -> UUID:
        """The participation the viewer acts as: the one with the most say."""
        return self.standings[0].participant_id

    @property
    def role(self) -> Role:
        return self.standings[0].role

    def why(self, element: Element, level: Level, item: Item | None = None, *, parent: Item | None = None) -> Reason:
        """OPEN, or the reason this is closed: to the element, to one item of it, or to a new one under `parent`."""
        if self._is_off(element):
            return Reason.ELEMENT_OFF
        if self.looking_as and level > Level.READ:
            return Reason.LOOKING_AS
        reasons = [self._why(standing, element, level, item, parent) for standing in self.standings]
        if Reason.OPEN not in reasons:
            return reasons[0]
        if level > Level.READ and self.state is PlanState.INACTIVE and element not in ADMINISTRATION:
            return Reason.PLAN_IS_INACTIVE
        return Reason.OPEN

    def allows(self, element: Element, level: Level, item: Item | None = None, *, parent: Item | None = None) -> bool:
        return self.why(element, level, item, parent=parent) is Reason.OPEN

    def sees(self, item: Item) -> bool:
        """Whether the item and all its parents may be read."""
        return readable(self.standings, self.elements, item.guarded_by())

    def reaches(self, element: Element) -> bool:
        """Whether there may be something of the element to read: all of it, or items that were opened one by one."""
        own = (one.items.items() for one in self.standings if one.narrowed is None)
        opened = any(kind is element and level >= Level.READ for items in own for (kind, _), level in items)
        return self.allows(element, Level.READ) or (opened and not self._is_off(element))

    def demand(self, element: Element, level: Level, item: Item | None = None, *, parent: Item | None = None) -> None:
        """Raises Refused with the reason, unless the viewer has `level` here."""
        reason = self.why(element, level, item, parent=parent)
        if reason is not Reason.OPEN:
            raise Refused(reason, self.plan_id, self.municipality_id)

    def demand_author(self, item: Item, author_id: UUID) -> None:
        """For words that are somebody's own (F73): only their author may change them, while they may be read."""
        self.demand(item.guarded_by()[0][0], Level.READ, item)
        self.demand_active()
        if author_id != self.viewer.person_id:
            raise Refused(Reason.NOT_YOURS, self.plan_id, self.municipality_id)

    def wrote(self, author_id: UUID | None) -> bool:
        """Whether the words are the viewer's own, to change or take away: never through another's eyes."""
        return author_id is not None and author_id == self.viewer.person_id and not self.looking_as

    def demand_active(self) -> None:
        """Raises Refused when the plan is ended, or seen through another's eyes: it may be read, and not changed."""
        if self.looking_as:
            raise Refused(Reason.LOOKING_AS, self.plan_id, self.municipality_id)
        if self.state is PlanState.INACTIVE:
            raise Refused(Reason.PLAN_IS_INACTIVE, self.plan_id, self.municipality_id)

    def demand_coordinator(self) -> None:
        """Raises Refused unless the viewer coordinates the plan, and it is in use (F76)."""
        self.demand_active()
        if self.role is not Role.COORDINATOR or self.standings[0].narrowed:
            raise Refused(Reason.COORDINATOR_ONLY, self.plan_id, self.municipality_id)

    def _why(
        self, standing: Standing, element: Element, level: Level, item: Item | None, parent: Item | None
    ) -> Reason:
        if standing.narrowed and element not in ADMINISTRATION:
            return standing.narrowed
        chain = item.guarded_by() if item else ()
        above = chain[1:] if item else parent.guarded_by() if parent else ()
        hidden = any(self._is_off(kind) or standing.level(kind, id_) < Level.READ for kind, id_ in above)
        item_id = chain[0][1] if chain else None
        short = standing.level(element, item_id) < level
        return Reason.LEVEL_TOO_LOW if hidden or short else Reason.OPEN

    def _is_off(self, element: Element) -> bool:
        return element in CHOSEN_ELEMENTS - self.elements


@dataclass(frozen=True)
class OpenConsent:
    """A plan's consent, opened for those who may give it or take it back, also while the plan itself is closed to them:
    signers who are asked, the owner and guardians.

    `participants` are the viewer's own participations, `roles` what they are.
    `own_labels` are the municipality's own names of roles, where they differ from ours.
    """

    session: HouseSession
    viewer: Viewer
    plan_id: UUID
    municipality_id: UUID
    short_name: str
    kind: PlanKind
    state: PlanState
    elements: frozenset[Element]
    participants: tuple[UUID, ...]
    roles: tuple[Role, ...]
    vault: Vault
    today: date
    own_labels: Mapping[Role, str] = field(default_factory=dict)

    def role_name(self, role: Role) -> str:
        """What the municipality calls the role in this kind of plan (C16)."""
        return self.own_labels.get(role) or role_label(self.kind, role)

    @property
    def actor_id(self) -> UUID:
        return self.viewer.account_id

    @property
    def readers(self) -> frozenset[UUID]:
        """The persons who see what is shown."""
        return frozenset(filter(None, (self.viewer.person_id,)))

    def demand_signer(self, signers: Iterable[UUID]) -> UUID:
        """The viewer's participation among those who sign; raises Refused when there is none."""
        mine = next((one for one in signers if one in self.participants), None)
        if mine is None:
            raise Refused(Reason.NOT_YOURS, self.plan_id, self.municipality_id)
        return mine
