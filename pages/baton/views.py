"""Who coordinates, who stands in, and what was offered to whom, as the templates show them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.base import unseal
from models.i18n import _
from models.labels import inside, label, the_role
from models.plans.proof import OpenPlan
from models.plans.queries.handovers import stand_ins
from models.plans.queries.hidden import hidden_from, stays_hidden
from models.plans.queries.people import Somebody, named
from models.plans.queries.proposals import deciding_roles
from models.plans.tables.baton import Handover
from models.rights import Role
from pages.plans.pictures import picture_address
from pages.plans.room import address


async def kept_from(
    plan: OpenPlan, asked: Sequence[Somebody | None], *, for_a_while: bool = False
) -> list[dict[str, Any]]:
    """Those of them from whom something is hidden, as far as the viewer sees it, for `baton/hidden.html`."""
    some = [one for one in asked if one and not one.hidden]
    unseen = await hidden_from(plan, [one.participant_id for one in some])
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in some:
        if one.participant_id in unseen:
            then = _("Det er skjult for vikaren også.") if for_a_while else await _then(plan, one)
            groups[then].append({"name": one.name, "url": f"{address(plan)}/rights/{one.participant_id}"})
    return [{"then": then, "people": people} for then, people in groups.items()]


async def _then(plan: OpenPlan, one: Somebody) -> str:
    if not await stays_hidden(plan, one.participant_id):
        return _("Det blir synlig når den du spør, sier ja.")
    told = {"owner": await who_answers(plan)}
    return _("Når den du spør, sier ja, spør vi %(owner)s om det kan åpnes. Til da er det skjult.") % told


async def hides(plan: OpenPlan, offer: Handover) -> str:
    """The same whether something is hidden or not: who is asked, is not to learn that."""
    if not await stays_hidden(plan, offer.to_id):
        return _("Er noe i planen skjult for deg i dag, ser du det når du koordinerer planen.")
    told = {"owner": await who_answers(plan)}
    return _("Er noe i planen skjult for deg i dag, er det skjult til %(owner)s vil åpne det.") % told


async def who_answers(plan: OpenPlan) -> str:
    """On the owner's side, inside a sentence."""
    owner, roles = the_role(plan.kind, Role.OWNER), await deciding_roles(plan)
    if Role.GUARDIAN not in roles:
        return owner
    return _("%(owner)s eller en foresatt") % {"owner": owner} if Role.OWNER in roles else _("en foresatt")


def offer_told(plan: OpenPlan, everybody: list[Somebody], offer: Handover) -> dict[str, Any]:
    giver, receiver = named(everybody, offer.from_id), named(everybody, offer.to_id)
    mine = {one.participant_id for one in plan.standings}
    at: datetime = offer.answered_at or offer.offered_at
    return {
        "url": f"{address(plan)}/baton/offers/{offer.id}",
        "giver": giver.name if giver else "",
        "receiver": receiver.name if receiver else "",
        "is_mine": offer.from_id in mine,
        "at": at,
        "state": offer.state.value,
        "state_words": label(offer.state),
        "note": unseal(plan.vault, offer, "note"),
        "afterwards": _afterwards(plan, offer.stays_as),
    }


def _afterwards(plan: OpenPlan, role: Role | None) -> str:
    if role is None:
        return _("går ut av planen")
    if role is Role.COORDINATOR:
        return _("koordinerer fortsatt, sammen med den nye")
    return _("blir %(role)s") % {"role": inside(plan.role_name(role))}


async def holders(plan: OpenPlan, everybody: list[Somebody]) -> list[dict[str, Any]]:
    """Those who coordinate now, each with the last day of who stands in."""
    until = {one.participant_id: one.last for one in await stand_ins(plan)}
    return [
        {
            "person": _person(plan, one),
            "until": until.get(one.participant_id),
        }
        for one in everybody
        if one.role_code is Role.COORDINATOR and one.taking_part
    ]


async def stand_ins_shown(plan: OpenPlan, everybody: list[Somebody]) -> list[dict[str, Any]]:
    shown = [(one, named(everybody, one.participant_id)) for one in await stand_ins(plan)]
    return [
        {
            "name": who.name,
            "first": one.first,
            "last": one.last,
            "is_on": one.is_on(plan.today),
            "end_url": f"{address(plan)}/baton/substitutes/{one.participant_id}/end",
        }
        for one, who in shown
        if who
    ]


def _person(plan: OpenPlan, one: Somebody) -> dict[str, Any]:
    return {"name": one.name, "role": one.role, "picture": picture_address(plan, one), "contact": None}
