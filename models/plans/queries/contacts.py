"""How to reach the others in a plan: only what each has chosen to show (F38).

Nothing of whom the viewer is kept apart from, nor, but to who administers the participants, of somebody whose address
is blocked (N15).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, true
from sqlmodel import col

from models.base import holds, pick, reveal
from models.organisation.queries import vaults
from models.people.queries import is_kept_from
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.tables.participants import Participant
from models.rights import Element, Level
from models.sealing import Vault


@dataclass(frozen=True)
class Contact:
    """What somebody lets the others in their plans see; None is private, or nothing."""

    email: str | None
    mobile: str | None


async def visible_contacts(plan: OpenPlan) -> dict[UUID, Contact]:
    """By person, for those who take part today in their own name; nothing for who may not see the participants."""
    if not plan.allows(Element.PARTICIPANTS, Level.READ):
        return {}
    rows = await _rows(plan)
    keys = await vaults(plan.session, {row.key_id for row in rows})
    return {row.id: _contact(keys[row.key_id], row) for row in rows if row.key_id in keys}


def _contact(vault: Vault, row: Any) -> Contact:
    email = reveal(vault, Person, "email", row.id, row.email) if row.email_visible else ""
    mobile = reveal(vault, Person, "mobile", row.id, row.mobile) if row.mobile_visible else ""
    return Contact(email or None, mobile or None)


async def _rows(plan: OpenPlan) -> Sequence[Any]:
    """Only of those who show something: the others' addresses are not even read."""
    administers = plan.allows(Element.PARTICIPANTS, Level.CHANGE)
    found = (
        pick(
            *(Person.id, Person.key_id, Person.email, Person.mobile),
            *(Person.email_visible, Person.mobile_visible),
        )
        .join(Participant, col(Participant.person_id) == Person.id)
        .where(
            col(Participant.plan_id) == plan.plan_id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
            or_(col(Person.email_visible), col(Person.mobile_visible)),
            true() if administers else col(Person.blocked_address).is_(False),
            ~is_kept_from(Person.id, plan.readers),
        )
    )
    rows: Sequence[Any] = (await plan.session.execute(found)).all()
    return rows
