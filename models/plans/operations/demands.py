"""What is demanded of somebody who changes or deletes any item: the level on it, or that the words are their own."""

from uuid import UUID

from models.i18n import _
from models.plans.proof import OpenPlan, Standing
from models.plans.queries.administration import has_other_individual_plan
from models.plans.rules.words import PERSONAL_ROLES
from models.plans.tables.baton import Handover
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.item import Item, SignedItem
from models.plans.tables.kinds import EVALUATION, Kind
from models.plans.tables.together import Contribution
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Element, Level, Role


def demand_new(plan: OpenPlan, kind: Kind, parent: Item | None = None) -> None:
    """Raises Refused unless the viewer may add such an item somewhere, or under the parent."""
    reasons = [plan.why(element, Level.NEW, parent=parent) for element in kind.elements]
    if Reason.OPEN not in reasons:
        raise Refused(reasons[0], plan.plan_id, plan.municipality_id)


def demand_change(plan: OpenPlan, item: Item) -> None:
    """Words that somebody signed are only theirs to change (F73); what one contributes oneself, one may say oneself."""
    if isinstance(item, SignedItem):
        plan.demand_author(item, item.author_id)
    elif isinstance(item, Contribution) and is_own(plan, item):
        plan.demand(_element(item), Level.READ, item)
        plan.demand_active()
    else:
        plan.demand(_element(item), Level.CHANGE, item)


def demand_delete(plan: OpenPlan, item: Item) -> None:
    """By who may delete such items, or by their author."""
    if isinstance(item, SignedItem) and not plan.allows(_element(item), Level.DELETE, item):
        plan.demand_author(item, item.author_id)
    else:
        plan.demand(_element(item), Level.DELETE, item)


def demand_measurer(plan: OpenPlan, goal: Goal) -> None:
    """Whoever may change the goal, or is named as the one who measures and may read it (N24)."""
    plan.demand(Element.GOALS, Level.READ, goal)
    plan.demand_active()
    if goal.measured_by_id not in {one.participant_id for one in plan.standings if not one.narrowed}:
        plan.demand(Element.GOALS, Level.CHANGE, goal)


def demand_owner_side(plan: OpenPlan, item: Goal | Activity) -> Standing:
    """The owner, or a guardian on behalf of the owner, who may read the item (N8, N24); returns who they are here."""
    plan.demand(_element(item), Level.READ, item)
    plan.demand_active()
    if (mine := owner_side(plan)) is None:
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)
    return mine


def owner_side(plan: OpenPlan) -> Standing | None:
    """The viewer's participation as the owner or as a guardian, if they have one; never through another's eyes."""
    if plan.looking_as:
        return None
    return next((one for one in plan.standings if one.role in PERSONAL_ROLES and not one.narrowed), None)


def demand_coordinating(plan: OpenPlan) -> None:
    """Raises Refused unless the viewer coordinates the plan, be it in use, ended, a draft, or without a basis; a local
    administrator does not (C11)."""
    if plan.role is not Role.COORDINATOR or plan.administered_until:
        raise Refused(Reason.COORDINATOR_ONLY, plan.plan_id, plan.municipality_id)


async def demand_only_individual(plan: OpenPlan, field: str) -> None:
    """Raises Invalid when the owner has another individual plan: with this one, it would be two."""
    if await has_other_individual_plan(plan):
        taken = _(
            "Planeieren har en annen individuell plan i kommunen, og kan bare ha én om gangen. Avslutt den først."
        )
        raise Invalid(**{field: taken})


def demand_living(plan: OpenPlan, goal: Goal) -> None:
    """Raises Refused for a goal in history (F74), so that nobody begins to write in vain."""
    if goal.historic_at is not None:
        raise Refused(Reason.IN_HISTORY, plan.plan_id, plan.municipality_id)


def demand_reporter(plan: OpenPlan) -> None:
    """The yearly report is the services' own (F83): the owner and guardians read it, and write what they think."""
    demand_new(plan, EVALUATION)
    if plan.role in PERSONAL_ROLES:
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)


def demand_contributor(plan: OpenPlan, participant_id: UUID) -> None:
    """Who takes part may say what they contribute, while they may read such words; others need the right to add."""
    own = any(standing.participant_id == participant_id for standing in plan.standings)
    plan.demand(Element.COOPERATION, Level.READ if own else Level.NEW)
    plan.demand_active()


def is_own(plan: OpenPlan, item: Contribution) -> bool:
    return any(standing.participant_id == item.participant_id for standing in plan.standings)


def _element(item: Item) -> Element:
    return item.guarded_by()[0][0]


def demand_receiver(plan: OpenPlan, handover: Handover) -> None:
    """Only who is asked to take the baton may answer: for all others there is no such question."""
    plan.demand_active()
    if handover.plan_id != plan.plan_id or handover.to_id not in {one.participant_id for one in plan.standings}:
        raise NotFound
