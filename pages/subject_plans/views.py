"""A line about another plan as the template shows it: whom to ask, when the viewer may know (F87)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.i18n import _
from models.plans.queries.contacts import Contact
from models.plans.queries.subject_plans import SubjectPlanRead
from models.rights import Element, Level
from pages.goals.views import Shelf
from pages.plans.pictures import picture_address
from pages.plans.room import address
from pages.subject_plans.forms import AGREED, NOT_AGREED


def line(shelf: Shelf, one: SubjectPlanRead, contacts: Mapping[UUID, Contact]) -> dict[str, Any]:
    plan = shelf.plan
    return {
        "id": one.id,
        "url": f"{address(plan)}/subject-plans/{one.id}",
        "history_url": f"{address(plan)}/history/subject-plan/{one.id}",
        "title": one.title,
        "established": one.established_on,
        "note": one.note,
        "person": _person(shelf, one, contacts),
        "outside": one.contact,
        "hides_contact": one.has_outside_contact and not one.contact,
        "agreed": one.may_contact,
        "agreed_words": _((AGREED if one.may_contact else NOT_AGREED)[plan.kind]),
        "new": shelf.is_new(one),
        "may_change": plan.allows(Element.SUBJECT_PLANS, Level.CHANGE, one),
        "may_delete": plan.allows(Element.SUBJECT_PLANS, Level.DELETE, one),
    }


def _person(shelf: Shelf, one: SubjectPlanRead, contacts: Mapping[UUID, Contact]) -> dict[str, Any] | None:
    """The participant who answers for the plan; how to reach them is as they themselves have chosen (F38)."""
    who = shelf.name(one.contact_id)
    if who is None:
        return None
    return {
        "name": who.name,
        "role": who.role if who.taking_part else _("deltar ikke lenger"),
        "picture": picture_address(shelf.plan, who),
        "contact": contacts.get(who.person_id) if who.person_id else None,
    }
