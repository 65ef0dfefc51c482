"""How far each has come towards the plan, for the first meeting (F215)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import col

from models.accounts.tables.account import TermsAcceptance
from models.base import pick
from models.plans.proof import OpenPlan
from models.plans.queries.invitations import Invited, Step, invited
from models.plans.queries.people import Somebody, last_visits


class Reached(StrEnum):
    NOTHING = "nothing"
    LINK = "link"
    ANSWERED = "answered"
    ACCOUNT = "account"
    SIGNED_IN = "signed_in"
    PLAN = "plan"


@dataclass(frozen=True)
class Progress:
    who: Somebody
    reached: Reached


async def first_meeting(plan: OpenPlan) -> list[Progress]:
    """Of the persons who take part, but for the viewer; who has seen the plan comes last."""
    others = [one for one in await invited(plan) if one.somebody.account_id != plan.actor_id]
    present = [one for one in others if one.somebody.taking_part]
    accounts = [one.somebody.account_id for one in present if one.somebody.account_id]
    accepted = pick(TermsAcceptance.account_id).where(col(TermsAcceptance.account_id).in_(accounts))
    signed_in = set(await plan.session.scalars(accepted))
    visits = set(await last_visits(plan))
    found = [Progress(one.somebody, _reached(one, signed_in, visits)) for one in present]
    order = list(Reached)
    return sorted(found, key=lambda one: order.index(one.reached))


def _reached(one: Invited, signed_in: set[UUID], visits: set[UUID]) -> Reached:
    if one.somebody.account_id in visits:
        return Reached.PLAN
    if one.step is not Step.HAS_ACCOUNT:
        known = {Step.INVITED: Reached.LINK, Step.ASKS: Reached.ANSWERED}
        return known.get(one.step, Reached.NOTHING)
    return Reached.SIGNED_IN if one.somebody.account_id in signed_in else Reached.ACCOUNT
