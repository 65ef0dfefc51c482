"""Contributions and services as the template shows them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.labels import label
from models.plans.proof import OpenPlan
from models.plans.queries.contributions import ContributionRead
from models.plans.queries.cooperation import CooperationRead
from models.plans.queries.people import Somebody
from models.plans.rules.words import PlanState
from models.rights import Element, Level
from pages.goals.views import Shelf
from pages.plans.pictures import picture_address
from pages.plans.room import address


def contributors(shelf: Shelf, written: Mapping[UUID, ContributionRead]) -> list[dict[str, Any]]:
    """The viewer first, then everybody who takes part; who has left is there while their words are.

    Who may not know who takes part, sees only those whose words may be read.
    """
    knows = shelf.plan.allows(Element.PARTICIPANTS, Level.READ)
    shown = [
        one
        for one in shelf.everybody
        if one.participant_id in written or (one.taking_part and (knows or _is_own(shelf.plan, one)))
    ]
    rows = [_contributor(shelf, one, written.get(one.participant_id)) for one in shown]
    return sorted(rows, key=lambda row: not row["own"])


def _contributor(shelf: Shelf, one: Somebody, written: ContributionRead | None) -> dict[str, Any]:
    plan = shelf.plan
    return {
        "id": one.participant_id,
        "url": f"{address(plan)}/cooperation/contributions/{one.participant_id}",
        "name": one.name,
        "role": one.role,
        "picture": picture_address(plan, one),
        "own": _is_own(plan, one),
        "here": one.taking_part,
        "text": written.text if written else None,
        "changed": (written.changed_at or written.added_at) if written else None,
        "new": bool(written) and shelf.is_new(written) and not _is_own(plan, one),
        "may_write": one.taking_part and _may_write(plan, one, written),
        "may_delete": bool(written) and plan.allows(Element.COOPERATION, Level.DELETE, written),
    }


def _is_own(plan: OpenPlan, one: Somebody) -> bool:
    return one.participant_id in {standing.participant_id for standing in plan.standings}


def _may_write(plan: OpenPlan, one: Somebody, written: ContributionRead | None) -> bool:
    """As `operations.demands` says it."""
    if _is_own(plan, one):
        return plan.state is not PlanState.INACTIVE and plan.allows(Element.COOPERATION, Level.READ, written)
    return plan.allows(Element.COOPERATION, Level.CHANGE if written else Level.NEW, written)


def service(shelf: Shelf, one: CooperationRead) -> dict[str, Any]:
    plan = shelf.plan
    return {
        "id": one.id,
        "url": f"{address(plan)}/cooperation/{one.id}",
        "title": one.title,
        "state": one.state.value,
        "state_words": label(one.state),
        "purpose": one.purpose,
        "contact": one.contact,
        "new": shelf.is_new(one),
        "may_change": plan.allows(Element.COOPERATION, Level.CHANGE, one),
        "may_delete": plan.allows(Element.COOPERATION, Level.DELETE, one),
    }
