"""Told plans become rows: the plan, who takes part with which rights, what it rests on, and the consents."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

from models.base import purpose, snapshot
from models.log.rules import Event
from models.log.rules import Item as Logged
from models.plans.rules.making import USUAL, Start, elements_of
from models.plans.rules.words import ConsentAct, profile_of
from models.plans.tables.consent import Consent, ConsentSignature, ConsentSigner, LegalBasis
from models.plans.tables.item import Item
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan, Revision
from models.rights import CHOSEN_ELEMENTS, LIFE_AREAS, Element, Level, PlanKind, Profile, Role
from models.sealing import Vault
from seed.rows import Rows
from seed.told import Human, Part, ToldBasis, ToldConsent, ToldPlan

Templates = Mapping[tuple[UUID, PlanKind, Role], Mapping[Element, Level]]
"""The rights of each role, by municipality and kind of plan."""

Kept = TypeVar("Kept", bound=Item)
CONTENT = purpose(Revision, "content")

FOR_ALL_LIFE = frozenset({PlanKind.IP, PlanKind.SL})
"""The kinds of plan that are made with the life areas; the school's plans keep to learning."""


@dataclass
class Written:
    """A plan while it is being written; `owned` is what all its rows share."""

    rows: Rows
    told: ToldPlan
    plan: Plan
    vault: Vault
    logged: int = 0

    @property
    def owned(self) -> dict[str, UUID]:
        return {"municipality_id": self.told.municipality_id, "plan_id": self.plan.id}

    def new(self, kind: type[Kept], at: datetime, /, **values: Any) -> Kept:
        return self.rows.make(kind, **self.owned, added_at=at, **values)

    def keep(self, item: Item, at: datetime, actor: Part, event: Event, **details: Any) -> None:
        """What `operations.keeping.keep` leaves behind."""
        item.revision += 1
        revision_id = self.rows.new_id()
        self.rows.put(
            Revision,
            **self.owned,
            id=revision_id,
            element=item.guarded_by()[0][0],
            item_id=item.id,
            number=item.revision,
            changed_at=at,
            changed_by=actor.account_id,
            content=self.vault.seal(CONTENT, revision_id, json.dumps(snapshot(item))),
        )
        self.log(at, actor, event, item, **details)

    def log(
        self, at: datetime, actor: Part | Human | None, event: Event, about: Logged | None = None, **details: Any
    ) -> None:
        place = {**self.owned, "actor_id": actor.account_id if actor else None}
        self.rows.log(at, event, about, place=place, **details)
        self.logged += 1


def write_plan(rows: Rows, told: ToldPlan, templates: Templates) -> Written:
    """Everything but what happens in the plan later."""
    made_at = rows.at(told.made, 8, 9)
    vault = rows.vault(told.municipality_id, made_at)
    plan = rows.make(
        Plan,
        municipality_id=told.municipality_id,
        key_id=vault.key_id,
        short_name=told.short_name,
        elements=elements_of(USUAL[Start.SIMPLE]) if told.is_simple else _elements(told.kind),
        period_from=rows.day(told.period[0]),
        period_to=rows.day(told.period[1]),
        revise_on=None if told.revision is None else rows.day(told.revision),
        made_at=made_at,
    )
    written = Written(rows, told, plan, vault)
    written.log(made_at, told.coordinator(told.made), Event.PLAN_CREATED, kind=told.kind)
    _spans(written)
    for part in told.parts:
        take_part(written, part, templates)
    for number, basis in enumerate(told.bases, 1):
        _base(written, number, basis)
    for number, consent in enumerate(told.consents, 1):
        _consent(written, number, consent)
    return written


def _elements(kind: PlanKind) -> list[str]:
    chosen = CHOSEN_ELEMENTS if kind in FOR_ALL_LIFE else CHOSEN_ELEMENTS - frozenset(LIFE_AREAS)
    return [element.value for element in Element if element in chosen]


def _spans(written: Written) -> None:
    rows, told = written.rows, written.told
    for (state, first), (_, until) in pairwise([*told.states, (None, None)]):
        days = {"valid_from": rows.day(first or 0), "valid_to": None if until is None else rows.day(until)}
        rows.put(PlanSpan, **written.owned, kind=told.kind, state=state, unit_id=told.unit_id, **days)


def take_part(written: Written, part: Part, templates: Templates) -> None:
    """A participation with its roles, their rights, and its row in the log."""
    rows, told = written.rows, written.told
    rows.put(
        Participant,
        **written.owned,
        id=part.id,
        person_id=part.human.person_id if part.human else None,
        unit_id=part.unit_id,
        profile=profile_of(part.role),
        position=part.human.position if part.human and profile_of(part.role) is Profile.WORK else None,
        valid_from=rows.day(part.joined),
        valid_to=None if part.left is None else rows.day(part.left),
    )
    owned = {"municipality_id": told.municipality_id, "participant_id": part.id}
    for role, first, until in part.roles():
        days = {"valid_from": rows.day(first), "valid_to": None if until is None else rows.day(until)}
        rows.put(RoleSpan, **owned, role=role, **days)
    for element, level in templates[told.municipality_id, told.kind, part.role].items():
        own = _narrowed(element, level) if part.only_goal else level
        rows.put(Grant, **owned, element=element, level=own, overridden=own is not level)
    adder = told.coordinator(part.joined)
    written.log(rows.at(part.joined, 9, 12), adder, Event.PARTICIPANT_ADDED, role=part.first_role or part.role)


def _narrowed(element: Element, level: Level) -> Level:
    """Read at most, and no goal or activity but those that are opened one by one."""
    return Level.NONE if element in (Element.GOALS, Element.ACTIVITIES) else min(level, Level.READ)


def open_items(written: Written, part: Part, items: Sequence[tuple[Element, UUID]]) -> None:
    """Let the participant read these items, whatever their elements say."""
    owned = {"municipality_id": written.told.municipality_id, "participant_id": part.id}
    for element, item_id in items:
        written.rows.put(Grant, **owned, element=element, item_id=item_id, level=Level.READ, overridden=True)


def _base(written: Written, number: int, told: ToldBasis) -> None:
    rows, coordinator = written.rows, written.told.coordinator(told.recorded)
    at = rows.at(told.recorded, 12, 14)
    rows.put(
        LegalBasis,
        **written.owned,
        participant_id=told.part.id if told.part else None,
        number=number,
        basis=told.basis,
        valid_from=rows.day(told.first),
        valid_to=None if told.last is None else rows.day(told.last),
        recorded_at=at,
        recorded_by=coordinator.account_id,
    )
    written.log(at, coordinator, Event.LEGAL_BASIS_RECORDED, basis=told.basis)


def _consent(written: Written, number: int, told: ToldConsent) -> None:
    rows, actor, at = written.rows, _recorder(written.told, told), written.rows.at(told.recorded, 14, 16)
    consent = rows.make(
        Consent,
        **written.owned,
        participant_id=told.part.id if told.part else None,
        number=number,
        act=told.act,
        method=told.method,
        valid_from=rows.day(told.first),
        valid_to=None if told.last is None else rows.day(told.last),
        recorded_at=at,
        recorded_by=actor.account_id,
    )
    _log_consent(written, consent, actor)
    owned = {"municipality_id": written.told.municipality_id}
    for place, part in enumerate(told.signers):
        signer = rows.make(ConsentSigner, **owned, consent_id=consent.id, participant_id=part.id)
        if place < told.signed and part.account_id:
            signed_at = rows.at(told.recorded, 16, 20)
            rows.put(ConsentSignature, **owned, signer_id=signer.id, signed_at=signed_at, account_id=part.account_id)


def _recorder(plan: ToldPlan, told: ToldConsent) -> Part:
    """An owner who signs in takes a consent back without asking anyone; all else the coordinator records."""
    owners = [part for part in plan.parts if part.role is Role.OWNER and part.account_id]
    return owners[0] if owners and told.act is ConsentAct.WITHDRAWN else plan.coordinator(told.recorded)


def _log_consent(written: Written, consent: Consent, actor: Part) -> None:
    if consent.act is ConsentAct.WITHDRAWN:
        written.log(consent.recorded_at, actor, Event.CONSENT_WITHDRAWN)
        return
    first, last = consent.valid_from.isoformat(), consent.valid_to and consent.valid_to.isoformat()
    details = {"method": consent.method, "valid_from": first, "valid_to": last}
    written.log(consent.recorded_at, actor, Event.CONSENT_RECORDED, None, **details)
