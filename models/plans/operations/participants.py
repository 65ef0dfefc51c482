"""Participants: who is added to a plan, and what is said of them in it. Assigning a role copies the rights of its
template, once (F126, F127).

Where the plan rests on what the owner has consented to, nobody comes in before the owner has said yes (F8).
"""

from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlmodel import col

from models.base import pick
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.organisation.tables import Unit
from models.people.operations import new_card
from models.people.rules import Card
from models.people.tables import Person
from models.plans.operations.assigning import assign
from models.plans.operations.joining import has_left, welcome
from models.plans.operations.proposing import ask_to_join, ask_to_stay
from models.plans.proof import OpenPlan
from models.plans.queries.handovers import stand_ins
from models.plans.queries.participants import coordinates_alone, is_viewer, role_of, takes_part
from models.plans.queries.proposals import Wish, owner_must_approve
from models.plans.rules.consents import Stretch
from models.plans.rules.participants import FOR_UNITS, JOINING, Place, is_as_wished, mark, problem
from models.plans.rules.words import profile_of
from models.plans.tables.participants import Participant
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level, Role

DAY = timedelta(days=1)


async def add(
    plan: OpenPlan,
    who: Person | Card | Unit,
    role: Role,
    *,
    position: str | None = None,
    workplace: str | None = None,
    valid_from: date | None = None,
    last: date | None = None,
    wished: Wish | None = None,
    new_id: UUID | None = None,
) -> Participant:
    """Add a person or a unit of the same municipality, with the standard rights of the role as they are now; a card
    is of somebody new.

    `wished` is what the owner's side asked for themselves (F110): no question is asked of whom it names, in the role it
    says. `new_id` is what the form called it. Who coordinates is appointed by the municipality; of all others the
    owner is asked. Raises Invalid.
    """
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    plan.demand_active()
    begins = valid_from or plan.today
    place = Place(Stretch(begins, last), position or "", workplace or "")
    if wrong := problem(place, plan.today):
        raise Invalid(**wrong)
    if isinstance(who, Card):
        who = await new_card(plan, plan.municipality_id, who, synthetic=False)
    await _check(plan, who, role)
    is_wished = wished is not None and is_as_wished(wished.name, wished.role, who.name, role)
    participant = _row(plan, who, role, place, new_id)
    participant.awaits_approval = role in JOINING and not is_wished and await owner_must_approve(plan)
    await _take_in(plan, participant, role)
    return participant


async def _take_in(plan: OpenPlan, participant: Participant, role: Role) -> None:
    """With the role's standard rights; the owner is asked first, or all are told."""
    plan.session.add(participant)
    await plan.session.flush()
    await assign(plan.session, participant, plan.kind, role, participant.valid_from)
    await plan.session.flush()
    if participant.awaits_approval:
        await ask_to_join(plan, participant)
    else:
        log.record(plan, Event.PARTICIPANT_ADDED, role=role)
        await welcome(plan, participant)


def _row(plan: OpenPlan, who: Person | Unit, role: Role, place: Place, new_id: UUID | None) -> Participant:
    return Participant(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        person_id=who.id if isinstance(who, Person) else None,
        unit_id=who.id if isinstance(who, Unit) else None,
        profile=profile_of(role),
        position=place.position.strip() or None,
        workplace=place.workplace.strip() or None,
        valid_from=place.days.first,
        valid_to=place.days.last + DAY if place.days.last else None,
    )


async def change(plan: OpenPlan, participant: Participant, wanted: Place, seen: str) -> None:
    """What is said of the participant in this plan. `seen` is the mark of what was shown.

    A longer time than the owner has said yes to is asked for first. Raises Refused, Invalid or Conflict.
    """
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    plan.demand_active()
    if has_left(plan, participant):
        raise NotFound
    if seen != mark(participant):
        raise Conflict
    begun = participant.valid_from <= plan.today
    if wrong := problem(wanted, plan.today, begun=begun) | await _cannot_end(plan, participant, wanted):
        raise Invalid(**wrong)
    end = wanted.days.last + DAY if wanted.days.last else None
    if _is_later(end, participant.valid_to) and participant.id in {one.participant_id for one in await stand_ins(plan)}:
        raise Invalid(last=_("Vikaren er valgt for disse dagene. Den som har ansvaret, kan velge en vikar på nytt."))
    if _is_later(end, participant.valid_to) and await owner_must_approve(plan, participant.id):
        await ask_to_stay(plan, participant, wanted.days.last)
        end = participant.valid_to
    values = {"position": wanted.position.strip() or None, "workplace": wanted.workplace.strip() or None}
    fields = _set(participant, **values, valid_to=end)
    if fields:
        log.record(plan, Event.PARTICIPANT_CHANGED, participant=str(participant.id), fields=fields)


def _set(participant: Participant, **values: object) -> list[str]:
    new = sorted(name for name, value in values.items() if getattr(participant, name) != value)
    for name in new:
        setattr(participant, name, values[name])
    return new


async def _check(plan: OpenPlan, who: Person | Unit, role: Role) -> None:
    is_unit = isinstance(who, Unit)
    if who.municipality_id != plan.municipality_id:
        raise NotFound
    if plan.administered_until and await is_viewer(plan, who):
        raise Invalid(person=_("Du administrerer planen, og kan ikke gi deg selv innsyn i den."))
    if isinstance(who, Unit) and not who.active:
        raise Invalid(person=_("Enheten er ikke i bruk lenger."))
    if is_unit and role not in FOR_UNITS:
        raise Invalid(role=_("En enhet kan ikke ha denne rollen."))
    known = {"unit_id": who.id} if is_unit else {"person_id": who.id}
    if await takes_part(plan, **known):
        raise Invalid(person=_("%(name)s er med i planen fra før.") % {"name": who.name})


async def _cannot_end(plan: OpenPlan, participant: Participant, wanted: Place) -> dict[str, str]:
    if wanted.days.last is None:
        return {}
    if await role_of(plan, participant.id) is Role.OWNER:
        return {"last": _("Planen handler om denne personen, som derfor er med hele tiden.")}
    if await coordinates_alone(plan, participant.id):
        return {"last": _("Gi stafettpinnen videre først.")}
    return {}


def _is_later(one: date | None, other: date | None) -> bool:
    return other is not None and (one is None or one > other)


async def demand_participant(plan: OpenPlan, participant_id: UUID | None, field: str = "responsible_id") -> None:
    """Raises Invalid beside the field when whoever is named is not in this plan."""
    if participant_id is None:
        return
    mine = pick(Participant.id).where(col(Participant.id) == participant_id, col(Participant.plan_id) == plan.plan_id)
    if await plan.session.scalar(mine) is None:
        raise Invalid(**{field: _("Velg en av deltakerne i planen.")})
