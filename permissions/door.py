"""The doors. Nobody reaches a plan but through `open_plan`, and only here are proofs minted.

A plan that is not there and one the viewer has nothing to do with raise the same NotFound; a plan the viewer takes
part in but may not open now raises Refused with the reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, String, Uuid, bindparam, literal, type_coerce, union_all
from sqlmodel import col

from models.accounts.proof import OpenMunicipality, OpenProfile, Viewer
from models.base import HouseSession, pick
from models.clock import local_day
from models.organisation.tables import DataKey, Municipality
from models.plans.proof import OpenPlan, Standing
from models.plans.rules.access import BasisEntry, ConsentEntry, Facts, consent_end, judge, outside
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.plans.tables.consent import Consent, LegalBasis
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import NotFound, Reason, Refused
from models.rights import Element, Level, Right, Role
from models.templates.queries import own_labels
from permissions.scopes import ASKED, TODAY, Clause, all_participations, mine, naming, signed

SAY = (Role.COORDINATOR, Role.OWNER, Role.GUARDIAN, Role.PROVIDER, Role.OTHER)
"""Of several participations, the viewer acts as the one named first here."""


async def open_municipality(session: HouseSession, viewer: Viewer, right: Right) -> OpenMunicipality:
    """Proof that the viewer has `right` where they are signed in; raises Refused otherwise."""
    if not viewer.has(right):
        raise Refused(viewer.why_no_right)
    return OpenMunicipality(session, viewer, right)


async def open_profile(session: HouseSession, viewer: Viewer) -> OpenProfile:
    """Proof that what is worked on is the viewer's own."""
    return OpenProfile(session, viewer)


async def open_plan(session: HouseSession, viewer: Viewer, plan_id: UUID) -> OpenPlan:
    """The plan as it is open to the viewer today. A writing session also takes its turn: the plan's row is locked."""
    today = local_day(session.clock.now())
    participations = await participations_of(session, viewer, plan_id, today)
    if not participations or participations[0].state is PlanState.DELETED:
        raise NotFound
    ledger = await ledger_of(session, plan_id)
    facts = {row.participant_id: _facts(row, ledger, viewer, today) for row in participations}
    verdicts = {participant: judge(known) for participant, known in facts.items()}
    opened = [row for row in participations if verdicts[row.participant_id].reason is Reason.OPEN]
    if not opened:
        first = min(participations, key=lambda row: verdicts[row.participant_id].reason is Reason.NO_LONGER_PARTICIPANT)
        raise Refused(verdicts[first.participant_id].reason, plan_id, first.municipality_id)
    grants = await grants_of(session, [row.participant_id for row in opened])
    standings = tuple(
        standing(row, grants[row.participant_id], verdicts[row.participant_id].narrowed) for row in opened
    )
    labels = await own_labels(session, opened[0].municipality_id, opened[0].kind)
    return OpenPlan(
        **_known(session, viewer, opened[0], facts[opened[0].participant_id]),
        standings=standings,
        own_labels=labels,
    )


def _known(session: HouseSession, viewer: Viewer, row: Any, facts: Facts) -> dict[str, Any]:
    return {
        "session": session,
        "viewer": viewer,
        "plan_id": row.id,
        "municipality_id": row.municipality_id,
        "short_name": row.short_name,
        "kind": row.kind,
        "state": row.state,
        "unit_id": row.unit_id,
        "elements": frozenset(Element(element) for element in row.elements),
        "vault": session.keys.vault(row.key_id, row.ring_key, row.wrapped),
        "today": facts.today,
        "consent_until": consent_end(facts),
    }


async def participations_of(session: HouseSession, viewer: Viewer, plan_id: UUID, today: date) -> list[Any]:
    """One row for each way the viewer takes part in the plan, in any municipality, the one with most say first."""
    asked = naming(viewer, today) | {"plan_id": plan_id}

    async def ask() -> list[Any]:
        return list(await session.execute(_search(writes=session.writes), asked))

    rows = await session.once(("participations", *sorted(asked.items())), ask)
    return sorted(rows, key=lambda row: (SAY.index(row.role), str(row.participant_id)))


@cache
def _search(*, writes: bool) -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(Plan.id, Plan.municipality_id, Plan.short_name, Plan.elements, Plan.key_id),
        *(PlanSpan.kind, PlanSpan.state, PlanSpan.unit_id),
        col(Participant.id).label("participant_id"),
        *(Participant.profile, Participant.valid_from, Participant.valid_to, Participant.awaits_approval),
        *(RoleSpan.role, Municipality.demands, DataKey.ring_key, DataKey.wrapped),
    )
    here = col(Plan.id) == bindparam("plan_id")
    found = all_participations(TODAY, *columns).where(here, mine(ASKED.account_id, TODAY))
    return found.with_for_update(of=Plan) if writes else found


async def ledger_of(session: HouseSession, plan_id: UUID) -> Sequence[Any]:
    """The plan's legal bases and consents in one shape; `word` is a Basis or a ConsentAct."""

    async def ask() -> Sequence[Any]:
        rows: Sequence[Any] = (await session.execute(_both_ledgers(), {"plan_id": plan_id})).all()
        return rows

    return await session.once(("ledger", plan_id), ask)


@cache
def _both_ledgers() -> CompoundSelect[Any]:
    here = bindparam("plan_id", type_=Uuid())
    bases = pick(
        literal(False).label("is_consent"),
        *(LegalBasis.participant_id, LegalBasis.number, type_coerce(col(LegalBasis.basis), String).label("word")),
        *(LegalBasis.valid_from, LegalBasis.valid_to, literal(True).label("signed")),
    ).where(col(LegalBasis.plan_id) == here)
    consents = pick(
        literal(True).label("is_consent"),
        *(Consent.participant_id, Consent.number, type_coerce(col(Consent.act), String).label("word")),
        *(Consent.valid_from, Consent.valid_to, signed(Consent).label("signed")),
    ).where(col(Consent.plan_id) == here)
    return union_all(bases, consents)


def outside_of(row: Any, viewer: Viewer, today: date) -> Reason | None:
    """Why the participation opens nothing at all, whatever the plan rests on; None when it may."""
    return outside(_facts(row, (), viewer, today))


def _facts(row: Any, ledger: Sequence[Any], viewer: Viewer, today: date) -> Facts:
    return replace(
        ledgers(row, ledger, today),
        same_municipality=row.municipality_id == viewer.municipality_id,
        same_profile=row.profile is viewer.profile,
        assured=row.demands <= viewer.counts_as,
        age_reason=viewer.closed_to_young.get(row.kind),
    )


def ledgers(row: Any, ledger: Sequence[Any], today: date, supposed: tuple[ConsentEntry, ...] = ()) -> Facts:
    """What the policy needs to know of a participation, with consents that are only supposed, if any; whoever it is,
    they are taken to be signed in surely enough, in the right place."""
    applying = [entry for entry in ledger if entry.participant_id in (None, row.participant_id)]
    return Facts(
        role=row.role,
        state=row.state,
        today=today,
        same_municipality=True,
        same_profile=True,
        assured=True,
        approved=not row.awaits_approval,
        joined=row.valid_from,
        left=row.valid_to,
        bases=tuple(
            BasisEntry(e.number, Basis(e.word), e.valid_from, e.valid_to, own=e.participant_id is not None)
            for e in applying
            if not e.is_consent
        ),
        consents=tuple(
            ConsentEntry(
                e.number,
                ConsentAct(e.word),
                e.valid_from,
                e.valid_to,
                signed=bool(e.signed),
                own=e.participant_id is not None,
            )
            for e in applying
            if e.is_consent
        )
        + supposed,
    )


async def grants_of(session: HouseSession, participants: Iterable[UUID], *such: Clause) -> dict[UUID, list[Any]]:
    """The grants of each participation, only those that are `such` when told."""
    rows = pick(Grant.participant_id, Grant.element, Grant.item_id, Grant.level).where(
        col(Grant.participant_id).in_(participants), *such
    )
    grants: dict[UUID, list[Any]] = defaultdict(list)
    for row in await session.execute(rows):
        grants[row.participant_id].append(row)
    return grants


def standing(row: Any, grants: Iterable[Any], narrowed: Reason | None) -> Standing:
    """What these grants amount to for a participation: a row that tells `participant_id` and `role`."""
    levels: dict[Element, Level] = {g.element: g.level for g in grants if g.item_id is None}
    items = {(g.element, g.item_id): g.level for g in grants if g.item_id is not None}
    return Standing(row.participant_id, row.role, levels, items, narrowed)
