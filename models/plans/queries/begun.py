"""Plans that somebody has begun to make, and can go on with (F180-F187). Nobody but their maker sees them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.accounts.proof import OpenMunicipality
from models.accounts.tables.account import Account
from models.base import unseal
from models.organisation.queries import vault
from models.plans.tables.begun import BegunPlan
from models.refusals import NotFound
from models.rights import Right
from models.sealing import Vault

Answers = Mapping[str, list[str]]
"""What was typed in one step, by field, as a browser sends it."""


@dataclass(frozen=True)
class Begun:
    """`answers` by step; `passed` are the steps whose answers will do; `saves` counts how often each was kept."""

    id: UUID
    saved_at: datetime
    answers: Mapping[str, Answers] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    saves: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_only_asked(self) -> bool:
        """Somebody searched and found nobody, and has written nothing since."""
        return not self.passed and sum(self.saves.values()) == 1

    def one(self, step: str, name: str) -> str:
        """The first value of a field; empty when there is none."""
        return next(iter(self.answers.get(step, {}).get(name, ())), "")


async def all_begun(here: OpenMunicipality) -> list[Begun]:
    """The viewer's own, what was last kept first."""
    here.demand(Right.PLANS_CREATE)
    own = await own_vault(here)
    rows = await here.session.scalars(_mine(here).order_by(col(BegunPlan.saved_at).desc(), col(BegunPlan.id)))
    return [opened(own, row) for row in rows]


async def find_begun(here: OpenMunicipality, begun_id: UUID) -> Begun:
    """Raises NotFound for what is somebody else's, of another municipality, or made or thrown away by now."""
    here.demand(Right.PLANS_CREATE)
    return opened(await own_vault(here), await row_of(here, begun_id))


async def row_of(here: OpenMunicipality, begun_id: UUID) -> BegunPlan:
    """Locked in a writing session: two tabs take turns. Raises NotFound."""
    found = _mine(here).where(col(BegunPlan.id) == begun_id)
    row: BegunPlan | None = await here.session.scalar(found.with_for_update() if here.session.writes else found)
    if row is None:
        raise NotFound
    return row


async def own_vault(here: OpenMunicipality) -> Vault:
    """Of the viewer's account."""
    account = await here.session.get(Account, here.actor_id)
    if account is None:
        raise NotFound
    return await vault(here.session, account.key_id)


def opened(own: Vault, row: BegunPlan) -> Begun:
    kept: dict[str, Any] = json.loads(unseal(own, row, "content") or "{}")
    return Begun(row.id, row.saved_at, **kept)


def _mine(here: OpenMunicipality) -> SelectOfScalar[BegunPlan]:
    return select(BegunPlan).where(
        col(BegunPlan.municipality_id) == here.municipality_id, col(BegunPlan.account_id) == here.actor_id
    )
