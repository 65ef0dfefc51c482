"""Who did what, by name and role, and which goal is meant: from ids to words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.i18n import _
from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody, named, names_of_accounts, people


@dataclass(frozen=True)
class Names:
    """`goals` are the titles of those the viewer may read; `others` are names by account of who did something here
    without taking part in their own name."""

    everybody: Sequence[Somebody]
    by_account: Mapping[UUID, Somebody]
    others: Mapping[UUID, str]
    goals: Mapping[UUID, str]
    today: date

    def of(self, column: str, id_: UUID) -> str:
        """The goal's title, or the participant's name; empty when it is not for this viewer."""
        if column == "goal_id":
            return self.goals.get(id_, "")
        one = named(self.everybody, id_)
        return one.name if one else ""

    def who(self, account_id: UUID | None) -> str:
        """Name and role, as the role is called today."""
        if account_id is None:
            return _("Medvirk")
        if one := self.by_account.get(account_id):
            return one.words
        return self.others.get(account_id, _("Ukjent"))


async def names(plan: OpenPlan, accounts: set[UUID | None], goals: Mapping[UUID, str] | None = None) -> Names:
    """`accounts` are those to be named."""
    everybody = await people(plan)
    by_account = {one.account_id: one for one in reversed(everybody) if one.account_id}
    unknown = {id_ for id_ in accounts if id_ and id_ not in by_account}
    others = await names_of_accounts(plan, unknown)
    return Names(everybody, by_account, others, goals or {}, plan.today)
