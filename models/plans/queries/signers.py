"""Who consents to a plan: those who may, and those who usually must."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col

from models.accounts.tables.account import Account
from models.base import pick
from models.clock import local_day
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.ages import signs_for_oneself
from models.plans.queries.consents import Entry, may_sign
from models.plans.queries.people import Somebody, named, people
from models.plans.rules.consents import signers_problem
from models.rights import PlanKind, Role


@dataclass(frozen=True)
class Signers:
    """`offered` may sign; of them the `due` must, unless there is a reason why not. `for_oneself`: the owner is old
    enough to decide alone; else all guardians are due, for responsibility is usually shared."""

    offered: tuple[Somebody, ...]
    for_oneself: bool

    @property
    def due(self) -> tuple[Somebody, ...]:
        role = Role.OWNER if self.for_oneself else Role.GUARDIAN
        return tuple(one for one in self.offered if one.role_code is role)

    @property
    def due_ids(self) -> list[UUID]:
        return [one.participant_id for one in self.due]

    def problem(self, kind: PlanKind, chosen: Collection[UUID], why: str) -> dict[str, str]:
        """Why these cannot consent without more being said, as a sentence beside each field."""
        return signers_problem(kind, chosen, self.due_ids, why, for_oneself=self.for_oneself)

    def reason(self, chosen: Collection[UUID], why: str) -> str:
        """What is kept of it: nothing where all who are due consent."""
        return "" if self.due and set(self.due_ids) <= set(chosen) else why.strip()


async def signers(plan: OpenPlan | OpenConsent) -> Signers:
    return Signers(tuple(await may_sign(plan)), await signs_for_oneself(plan))


async def outgrown(plan: OpenPlan | OpenConsent, entry: Entry) -> bool:
    """Whether the owner, who was not asked, has come to decide alone since others were."""
    found = await signers(plan)
    if not found.for_oneself or entry.signer(found.due_ids):
        return False
    return not await signs_for_oneself(plan, local_day(entry.row.recorded_at))


async def waits_in_vain(plan: OpenPlan, entry: Entry) -> list[str]:
    """The names of those who cannot sign any more: they take part no longer, speak for the owner no longer, or cannot
    sign in."""
    can, everybody = await _can_sign(plan), await people(plan)
    missing = [one.participant_id for one in entry.signers if one.signed_at is None]
    found = [named(everybody, one) for one in missing if one not in can]
    return [one.name for one in found if one and not one.hidden]


async def _can_sign(plan: OpenPlan) -> set[UUID]:
    now = {one.account_id: one.participant_id for one in await may_sign(plan) if one.account_id}
    open_ = pick(Account.id).where(col(Account.id).in_(now), col(Account.disabled_at).is_(None))
    return {now[account_id] for account_id in await plan.session.scalars(open_)}
