"""That the viewer is asked to take over, told on the plan's first page."""

from models.labels import inside
from models.plans.proof import OpenPlan
from models.plans.queries.handovers import offer_to_me
from models.plans.queries.people import named, people
from models.plans.rules.words import PlanState
from models.rights import Role
from pages.plans.card import Card
from pages.plans.room import address


async def card(plan: OpenPlan) -> Card | None:
    offer = await offer_to_me(plan) if plan.state is not PlanState.INACTIVE else None
    if offer is None:
        return None
    giver = named(await people(plan), offer.from_id)
    shared = offer.stays_as is Role.COORDINATOR
    facts = {
        "giver": giver.name if giver else "",
        "is_shared": shared,
        "role": inside(plan.role_name(Role.COORDINATOR)),
        "url": f"{address(plan)}/baton",
    }
    return Card("plans/cards/handover.html", facts)
