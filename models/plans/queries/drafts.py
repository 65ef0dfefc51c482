"""What the viewer has written in a plan and not saved."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.base import pick, reveal
from models.plans.proof import OpenPlan
from models.plans.queries.revisions import rows, version
from models.plans.tables.drafts import Draft
from models.plans.tables.plan import Revision


@dataclass(frozen=True)
class SavedDraft:
    """The fields of a form as they were left; `place` is the form's address below the plan's."""

    place: str
    fields: Mapping[str, str]
    saved_at: datetime

    @property
    def seen(self) -> int:
        """The revision that the person was shown when they began to write; 0 for something new."""
        text = self.fields.get("seen", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def draft_of(plan: OpenPlan, place: str) -> SavedDraft | None:
    """The viewer's own draft of the form at the place, if there is one."""
    mine = col(Draft.plan_id) == plan.plan_id, col(Draft.account_id) == plan.actor_id, col(Draft.place) == place
    row = (await plan.session.execute(pick(Draft.id, Draft.content, Draft.saved_at).where(*mine))).first()
    if row is None or row.content is None:
        return None
    return SavedDraft(place, json.loads(reveal(plan.vault, Draft, "content", row.id, row.content)), row.saved_at)


async def words_in(plan: OpenPlan, item_id: UUID, number: int) -> dict[str, Any]:
    """What the item said, by column, in the revision that its form was opened with; empty when there is none.

    To be compared with only, never shown: whether the viewer might see it then is not asked.
    """
    found = await rows(plan, (col(Revision.item_id) == item_id) & (col(Revision.number) == number))
    return version(plan, found[0]).values(plan) if found else {}
