"""Those who take part, as the templates show them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from models.i18n import N_, _, day_text, relative_day
from models.labels import inside
from models.plans.proof import OpenPlan
from models.plans.queries.contacts import visible_contacts
from models.plans.queries.contributions import contributions
from models.plans.queries.handovers import stand_ins
from models.plans.queries.participants import Participation, participations
from models.refusals import Reason
from models.rights import Role
from pages.plans.pictures import picture_address
from pages.plans.room import address
from permissions.sights import LOOKERS, Sight, sights

CLOSED: Mapping[Reason, tuple[str, str, str]] = {
    Reason.PLAN_IS_DRAFT: (N_("Får tilgang når planen tas i bruk"), "planned", "neutral"),
    Reason.AWAITING_SIGNATURES: (N_("Venter på at alle har samtykket"), "hourglass", "warning"),
    Reason.NO_LEGAL_BASIS: (N_("Uten tilgang: planen mangler grunnlag"), "lock", "danger"),
    Reason.NO_CONSENT: (N_("Uten tilgang: ikke samtykket"), "lock", "danger"),
    Reason.CONSENT_NOT_STARTED: (N_("Samtykket gjelder ikke ennå"), "planned", "neutral"),
    Reason.CONSENT_WITHDRAWN: (N_("Uten tilgang: samtykket er trukket tilbake"), "lock", "danger"),
}


def is_looker(plan: OpenPlan) -> bool:
    """Whether the viewer may know what others have access to (N2)."""
    return any(one.role in LOOKERS for one in plan.standings)


async def known_sights(plan: OpenPlan) -> dict[UUID, Sight]:
    """By participant; empty for who may not ask."""
    return {one.participant_id: one for one in await sights(plan)} if is_looker(plan) else {}


async def rows(plan: OpenPlan) -> list[tuple[Participation, dict[str, Any]]]:
    """Everybody, each as a card of the list. Who waits for the owner's word, is told of to those who may know; who
    never got it, to nobody."""
    seen, contacts, written = await known_sights(plan), await visible_contacts(plan), await contributions(plan)
    told = {participant_id: one.text for participant_id, one in written.items()}
    everybody, asks = await participations(plan), is_looker(plan)
    shown = [one for one in everybody if not one.awaits or (asks and not one.has_left(plan.today))]
    substitutes = {one.participant_id for one in await stand_ins(plan)}
    return [
        (one, row(plan, one, seen, contacts, told, stands_in=one.who.participant_id in substitutes)) for one in shown
    ]


def row(
    plan: OpenPlan,
    one: Participation,
    seen: Mapping[UUID, Sight],
    contacts: Mapping[UUID, Any],
    told: Mapping[UUID, str],
    *,
    stands_in: bool = False,
) -> dict[str, Any]:
    who = one.who
    contact = contacts.get(who.person_id) if who.person_id else None
    return {
        "id": who.participant_id,
        "url": card_address(plan, who.participant_id),
        "person": {"name": who.name, "role": who.role, "picture": picture_address(plan, who), "contact": contact},
        "own": who.participant_id in {standing.participant_id for standing in plan.standings},
        "is_unit": one.unit_id is not None,
        "work": ", ".join(part for part in (one.position, one.workplace) if part and part != who.role),
        "text": told.get(who.participant_id),
        "state": state(plan, one, seen.get(who.participant_id)),
        "period": period(plan, one, stands_in=stands_in),
    }


def card_address(plan: OpenPlan, participant_id: UUID) -> str:
    return f"{address(plan)}/participants/{participant_id}"


def state(plan: OpenPlan, one: Participation, sight: Sight | None) -> dict[str, str] | None:
    """Whether they have access, in words; None for who may not know, and of the one whom the plan is for."""
    if sight is None or one.who.role_code is Role.OWNER:
        return None
    if one.awaits:
        return _tag(_("Venter på svar"), "hourglass", "warning")
    if one.first > plan.today:
        return _tag(_("Blir med %(day)s") % {"day": day_text(one.first, plan.today)}, "planned", "neutral")
    reason, until = sight.verdict.narrowed or sight.verdict.reason, sight.consent_until
    if reason is Reason.OPEN:
        if until is None:
            return _tag(_("Har tilgang"), "check", "success")
        left = (until - plan.today).days
        words = _("Har tilgang til %(day)s") % {"day": day_text(until, plan.today)}
        return _tag(words, "hourglass", "danger") if left <= 30 else _tag(words, "check", "success")
    if reason is Reason.CONSENT_EXPIRED and until:
        ended = inside(relative_day(until, plan.today))
        return _tag(_("Samtykket gikk ut %(day)s") % {"day": ended}, "lock", "danger")
    words, drawing, color = CLOSED.get(reason, (N_("Uten tilgang nå"), "lock", "danger"))
    return _tag(_(words), drawing, color)


def period(plan: OpenPlan, one: Participation, *, stands_in: bool) -> str | None:
    """When they were to come or to go, where it is decided; of who stands in for a coordinator, how long (N7)."""
    if one.has_left(plan.today) and one.left:
        return _("Sluttet %(day)s") % {"day": day_text(one.left, plan.today)}
    if one.last and stands_in:
        return _("Vikar til %(day)s") % {"day": day_text(one.last, plan.today)}
    if one.last:
        return _("Deltar til og med %(day)s") % {"day": day_text(one.last, plan.today)}
    return None


def groups(plan: OpenPlan, everybody: Iterable[tuple[Participation, dict[str, Any]]]) -> list[dict[str, Any]]:
    """As F109 has them: the owner, the guardians, who coordinates, and the others; those who have left are apart."""
    present = [(one, shown) for one, shown in everybody if not one.has_left(plan.today)]
    heads = (
        ("owner", plan.role_name(Role.OWNER), (Role.OWNER,)),
        ("guardians", _("Foresatte og verger"), (Role.GUARDIAN,)),
        ("coordinators", plan.role_name(Role.COORDINATOR), (Role.COORDINATOR,)),
        ("others", _("Andre deltakere"), (Role.PROVIDER, Role.OTHER)),
    )
    found = [
        {"id": name, "heading": heading, "rows": [shown for one, shown in present if one.who.role_code in roles]}
        for name, heading, roles in heads
    ]
    return [group for group in found if group["rows"]]


def _tag(words: str, drawing: str, color: str) -> dict[str, str]:
    return {"words": words, "drawing": drawing, "color": color}
