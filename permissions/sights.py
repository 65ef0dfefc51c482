"""What each participant may see of a plan, and why: today, or if a consent were otherwise (N2, N3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam
from sqlmodel import col

from models.people.queries import is_kept_from
from models.plans.proof import OpenConsent, OpenPlan, Standing
from models.plans.rules.access import ConsentEntry, Verdict, consent_end, judge
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Reason, Refused
from models.rights import Role
from permissions.door import grants_of, ledger_of, ledgers, standing
from permissions.scopes import TODAY, all_participations

LOOKERS = (Role.OWNER, Role.GUARDIAN, Role.COORDINATOR)
"""Who may ask what others see (N2)."""
LAST = 1_000_000
"""The number of a supposed entry: newer than any that is recorded."""


@dataclass(frozen=True)
class Sight:
    """One participation; `verdict` is the policy's for somebody signed in surely enough, in the right profile.

    `consent_until` is the last day of the consent it rests on, None where that has no end or something else decides.
    """

    participant_id: UUID
    role: Role
    verdict: Verdict
    standing: Standing
    consent_until: date | None

    @property
    def is_in(self) -> bool:
        """Whether any of the content is open."""
        return self.verdict.reason is Reason.OPEN and self.verdict.narrowed is None


@dataclass(frozen=True)
class Supposed:
    """A consent entry that is not recorded: for everybody, or for one participant."""

    entry: ConsentEntry
    participant_id: UUID | None = None


def demand_looker(plan: OpenPlan) -> None:
    """Raises Refused for who may not ask what others see: the owner, guardians and coordinators may."""
    if not any(one.role in LOOKERS for one in plan.standings):
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)


async def sights(
    plan: OpenPlan | OpenConsent, supposing: Iterable[Supposed] = (), on: date | None = None
) -> list[Sight]:
    """Of every participation that holds today or is to; with entries that nobody has recorded, if any are supposed, and
    on a day to come, if one is named.

    Those of people whom the viewer is kept apart from are left out (N15).

    A proof of the consent is enough; with an opened plan, the viewer must be one who may ask.
    """
    if isinstance(plan, OpenPlan):
        demand_looker(plan)
    day = on or plan.today
    known = _taking_part().where(~is_kept_from(Participant.person_id, plan.readers))
    rows = list(await plan.session.execute(known, {"plan_id": plan.plan_id, "today": day}))
    ledger, supposed = await ledger_of(plan.session, plan.plan_id), tuple(supposing)
    grants = await grants_of(plan.session, [row.participant_id for row in rows])
    return [_sight(row, ledger, supposed, grants[row.participant_id], day) for row in rows]


def _sight(row: Any, ledger: Sequence[Any], supposed: Iterable[Supposed], grants: Iterable[Any], today: date) -> Sight:
    more = tuple(one.entry for one in supposed if one.participant_id in (None, row.participant_id))
    facts = ledgers(row, ledger, today, more)
    verdict = judge(facts)
    return Sight(row.participant_id, row.role, verdict, standing(row, grants, verdict.narrowed), consent_end(facts))


@cache
def _taking_part() -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(PlanSpan.state, RoleSpan.role, col(Participant.id).label("participant_id")),
        *(Participant.valid_from, Participant.valid_to, Participant.awaits_approval),
    )
    not_gone = col(Participant.valid_to).is_(None) | (col(Participant.valid_to) > TODAY)
    return all_participations(TODAY, *columns).where(col(Plan.id) == bindparam("plan_id"), not_gone)
