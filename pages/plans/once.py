"""A form that is sent twice, by an impatient finger or a browser that tries again, is taken once."""

import json
from typing import Any
from uuid import UUID, uuid5

from models.plans.proof import OpenPlan
from pages.forms import HouseForm


def id_of(plan: OpenPlan, place: str, form: HouseForm) -> UUID:
    """What is added by this form, as this viewer sent it: the same form with other words in it adds something else."""
    sent: dict[str, Any] = {field.name: str(field.data) for field in form}
    return uuid5(plan.actor_id, json.dumps([str(plan.plan_id), place, sent], sort_keys=True))
