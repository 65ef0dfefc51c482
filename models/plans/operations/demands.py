"""What is demanded of somebody who changes or deletes any item: the level on it, or that the words are their own."""

from models.plans.proof import OpenPlan
from models.plans.tables.item import Item
from models.plans.tables.kinds import Kind, kind_of
from models.plans.tables.together import Contribution
from models.refusals import Reason, Refused
from models.rights import Element, Level


def demand_new(plan: OpenPlan, kind: Kind, parent: Item | None = None) -> None:
    """Raises Refused unless the viewer may add such an item somewhere, or under the parent."""
    reasons = [plan.why(element, Level.NEW, parent=parent) for element in kind.elements]
    if Reason.OPEN not in reasons:
        raise Refused(reasons[0], plan.plan_id, plan.municipality_id)


def demand_change(plan: OpenPlan, item: Item) -> None:
    """Words that somebody signed are only theirs to change (F73); what one contributes oneself, one may say oneself."""
    if kind_of(item).is_signed:
        plan.demand_author(item, item.author_id)  # type: ignore[attr-defined]
    elif isinstance(item, Contribution) and is_own(plan, item):
        plan.demand(_element(item), Level.READ, item)
        plan.demand_active()
    else:
        plan.demand(_element(item), Level.CHANGE, item)


def demand_delete(plan: OpenPlan, item: Item) -> None:
    """By who may delete such items, or by their author."""
    if kind_of(item).is_signed and not plan.allows(_element(item), Level.DELETE, item):
        plan.demand_author(item, item.author_id)  # type: ignore[attr-defined]
    else:
        plan.demand(_element(item), Level.DELETE, item)


def is_own(plan: OpenPlan, item: Contribution) -> bool:
    return any(standing.participant_id == item.participant_id for standing in plan.standings)


def _element(item: Item) -> Element:
    return item.guarded_by()[0][0]
