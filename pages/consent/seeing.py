"""Who sees what of the plan, gathered for those who ask for a consent, give it, or take it back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.i18n import N_, _, day_text
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.consents import any_ends, positions
from models.plans.queries.people import Somebody, people
from models.plans.rules.access import ConsentEntry
from models.plans.rules.consents import RED
from models.plans.rules.seen import Seen, everything, loss, position, seen_by, sentence
from models.plans.rules.words import ConsentAct
from models.refusals import Reason
from models.rights import Role
from permissions.sights import LAST, Sight, Supposed, sights

Proof = OpenPlan | OpenConsent

WHY: dict[Reason, str] = {
    Reason.PLAN_IS_DRAFT: N_("Kommer inn når planen tas i bruk"),
    Reason.AWAITING_SIGNATURES: N_("Venter på signatur"),
    Reason.NO_LEGAL_BASIS: N_("Planen mangler grunnlag"),
    Reason.NO_CONSENT: N_("Ingen har samtykket ennå"),
    Reason.CONSENT_NOT_STARTED: N_("Samtykket gjelder ikke ennå"),
    Reason.CONSENT_EXPIRED: N_("Samtykket har gått ut"),
    Reason.CONSENT_WITHDRAWN: N_("Samtykket er trukket tilbake"),
    Reason.NOT_YET_PARTICIPANT: N_("Deltar fra en senere dato"),
    Reason.AWAITING_APPROVAL: N_("Venter på svar"),
}
"""Why somebody else is not let in."""


async def seen(plan: Proof, only: Collection[UUID] = ()) -> list[Seen]:
    """What those who take part would see under a consent from today: of all but the owner, or only of the chosen."""
    given = Supposed(ConsentEntry(LAST, ConsentAct.GIVEN, plan.today))
    stays_out = (Reason.CONSENT_WITHDRAWN, Reason.AWAITING_APPROVAL)
    found = [one for one in await sights(plan, [given]) if only or one.verdict.reason not in stays_out]
    return await _told(plan, [one for one in found if one.role is not Role.OWNER and (not only or _is_in(one, only))])


def _is_in(sight: Sight, only: Collection[UUID]) -> bool:
    return sight.participant_id in only


async def _told(plan: Proof, found: Iterable[Sight]) -> list[Seen]:
    """In the order the participants are listed; nobody whom the reader is kept apart from (N15)."""
    by_id, places = {one.participant_id: one for one in found}, await positions(plan)
    return [
        seen_by(
            by_id[one.participant_id].standing,
            one.name,
            position(places.get(one.participant_id) or one.role),
            plan.elements,
        )
        for one in await people(plan)
        if one.participant_id in by_id
    ]


def sentences(plan: Proof, seen: Iterable[Seen], until: Any = None) -> list[str]:
    last = day_text(until, plan.today) if until else ""
    return [sentence(one, last, everything(plan.elements)) for one in seen]


async def now_in(plan: Proof) -> list[str]:
    """Who sees what today, each to the last day of the consent they rest on."""
    inside = [one for one in await sights(plan) if one.is_in and one.role is not Role.OWNER]
    until = {str(one.participant_id): one.consent_until for one in inside}
    return [line for one in await _told(plan, inside) for line in sentences(plan, [one], until[one.participant_id])]


@dataclass(frozen=True)
class Loss:
    """If the consent was taken back today (N3): what those would lose who are in now, who they are, and who stays."""

    sentences: list[str]
    losing: frozenset[UUID]
    stay: list[str]


async def what_if(plan: Proof, only: Collection[UUID] = (), on: date | None = None) -> Loss:
    """For everybody, or when it is taken back for some alone; today, or as it would be on a day."""
    taken = ConsentEntry(LAST, ConsentAct.WITHDRAWN, plan.today)
    supposed = [Supposed(replace(taken, own=True), one) for one in only] or [Supposed(taken)]
    return await _loss(plan, await sights(plan, on=on), await sights(plan, supposed, on))


async def _loss(plan: Proof, before: Iterable[Sight], later: Iterable[Sight]) -> Loss:
    after = {one.participant_id: one for one in later}
    inside = [one for one in before if one.is_in]
    losing = [one for one in inside if not after[one.participant_id].is_in]
    staying = [one for one in inside if after[one.participant_id].is_in and one.role is not Role.OWNER]
    administer = {str(one.participant_id) for one in losing if after[one.participant_id].verdict.narrowed}
    lost = [
        loss(one, everything(plan.elements), administers=one.participant_id in administer)
        for one in await _told(plan, losing)
    ]
    stay = [f"{one.name} ({one.called})" for one in await _told(plan, staying)]
    return Loss(lost, frozenset(one.participant_id for one in losing), stay)


@dataclass(frozen=True)
class Ending:
    """What happens when consents run out (N3, F121): `last` is their last day."""

    last: date
    days: int
    loss: Loss


async def endings(plan: Proof) -> list[Ending]:
    """In the red days that come, the first first; what is renewed already is none."""
    if not await any_ends(plan, plan.today + timedelta(days=RED)):
        return []
    now = [one for one in await sights(plan) if one.is_in and one.consent_until]
    red = sorted({day for one in now if (day := one.consent_until) and (day - plan.today).days <= RED})
    return [one for day in red if (one := await _ending(plan, day, now)).loss.losing]


async def _ending(plan: Proof, last: date, now: Iterable[Sight]) -> Ending:
    """Of those who leave the plan then anyway, nothing is told."""
    later = await sights(plan, on=last + timedelta(days=1))
    still = {one.participant_id for one in later}
    theirs = [one for one in now if one.consent_until == last and one.participant_id in still]
    return Ending(last, (last - plan.today).days, await _loss(plan, theirs, later))


async def standing_now(plan: OpenPlan) -> list[dict[str, Any]]:
    """Each who takes part, whether they are let in, until when, or why not."""
    by_id = {one.participant_id: one for one in await sights(plan)}
    return [
        _standing(plan, one, by_id[one.participant_id]) for one in await people(plan) if one.participant_id in by_id
    ]


def _standing(plan: OpenPlan, who: Somebody, sight: Sight) -> dict[str, Any]:
    reason = sight.verdict.narrowed or sight.verdict.reason
    is_open = reason is Reason.OPEN
    days = (sight.consent_until - plan.today).days if is_open and sight.consent_until else None
    return {
        "id": who.participant_id,
        "name": who.name,
        "role": who.role,
        "is_owner": who.role_code is Role.OWNER,
        "open": is_open,
        "until": sight.consent_until if is_open else None,
        "days": days,
        "why": "" if is_open else _(WHY.get(reason, N_("Har ikke tilgang nå"))),
    }
