"""The person that a plan is about, as its pages show them."""

from collections.abc import Sequence
from typing import Any

from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody
from models.rights import Element, Level, Role
from pages.plans.pictures import picture_address


def owner_card(plan: OpenPlan, everybody: Sequence[Somebody]) -> dict[str, Any]:
    """Name, role and picture; the plan's short name when the viewer may not know who takes part."""
    owner = next((one for one in everybody if one.role_code is Role.OWNER and one.taking_part), None)
    if owner is None or not plan.allows(Element.PARTICIPANTS, Level.READ):
        return {"name": plan.short_name, "role": None, "picture": None, "contact": None}
    return {"name": owner.name, "role": owner.role, "picture": picture_address(plan, owner), "contact": None}
