"""Another role for somebody who takes part already (F126): its standard rights, and what hides single items stays.

Where the plan rests on what the owner has consented to, what the new role gives more of waits for the owner (F8). Who
is to speak for the owner is out until the owner's side has said yes to that.
"""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.assigning import reassign, standard_levels
from models.plans.operations.joining import has_left
from models.plans.operations.proposing import ask_for_more, ask_to_join, take_back_wider
from models.plans.proof import OpenPlan, Standing
from models.plans.queries.hidden import hidden_grants
from models.plans.queries.participants import coordinates_alone
from models.plans.queries.proposals import owner_must_approve
from models.plans.queries.rights import standing_of
from models.plans.rules.participants import FOR_UNITS, JOINING
from models.plans.rules.words import PERSONAL_ROLES, profile_of
from models.plans.tables.participants import Grant, Participant
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level, Role


async def change_role(plan: OpenPlan, participant: Participant, role: Role, seen: int) -> bool:
    """Whether some of what the role gives, is for the owner to say yes to. Raises Refused, Invalid, or Conflict when
    somebody changed the rights after revision `seen` of them."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    plan.demand_active()
    if participant.plan_id != plan.plan_id or has_left(plan, participant):
        raise NotFound
    if participant.rights_revision != seen:
        raise Conflict
    before = await standing_of(plan, participant)
    if before.role is role:
        return False
    await _check(plan, participant, before.role, role)
    asks = not participant.awaits_approval and await owner_must_approve(plan, participant.id)
    await take_back_wider(plan, participant)
    hidden = {one.element for one in await hidden_grants(plan, participant) if one.item_id is None}
    await reassign(plan.session, participant, plan.kind, role, max(plan.today, participant.valid_from))
    participant.profile = profile_of(role)
    log.record(plan, Event.ROLE_CHANGED, participant=str(participant.id), role=role)
    given = await standard_levels(plan.session, participant, plan.kind, role)
    if asks and role in PERSONAL_ROLES:
        await _keep_hidden(plan, participant, before, dict(given))
        await ask_to_join(plan, participant)
        return True
    more = {element: level for element, level in given.items() if asks and level > before.level(element)}
    await _keep_back(plan, participant, {each: before.level(each) for each in [*more, *hidden]} if asks else {}, hidden)
    await _keep_hidden(plan, participant, before, dict(given) | {element: before.level(element) for element in more})
    if more:
        await ask_for_more(plan, participant, [[element.value, None, int(level)] for element, level in more.items()])
    return bool(more)


async def _check(plan: OpenPlan, participant: Participant, before: Role, role: Role) -> None:
    if before is Role.OWNER:
        raise Invalid(role=_("Planen handler om denne personen, og rollen kan ikke endres."))
    if await coordinates_alone(plan, participant.id):
        raise Invalid(role=_("Ingen andre koordinerer planen. Gi stafettpinnen videre først."))
    if role not in (FOR_UNITS if participant.unit_id else JOINING):
        raise Invalid(role=_("Velg noe fra listen."))


async def _keep_back(
    plan: OpenPlan, participant: Participant, levels: dict[Element, Level], hidden: Collection[Element]
) -> None:
    """As it was, until the owner has said yes; what somebody hid is still known as that, whatever role comes next."""
    if not levels:
        return
    mine = col(Grant.participant_id) == participant.id, col(Grant.element).in_(levels), col(Grant.item_id).is_(None)
    for grant in await plan.session.scalars(select(Grant).where(*mine)):
        grant.level, grant.overridden = levels[grant.element], grant.element in hidden


async def _keep_hidden(
    plan: OpenPlan, participant: Participant, before: Standing, levels: dict[Element, Level]
) -> None:
    """Single items that somebody has given less of than the rest, stay so in the new role."""
    kept: dict[tuple[Element, UUID], Level] = {
        place: level for place, level in before.items.items() if level < levels.get(place[0], Level.NONE)
    }
    plan.session.add_all(
        Grant(
            municipality_id=plan.municipality_id,
            participant_id=participant.id,
            element=element,
            item_id=item_id,
            level=level,
            overridden=True,
        )
        for (element, item_id), level in kept.items()
    )
    await plan.session.flush()
