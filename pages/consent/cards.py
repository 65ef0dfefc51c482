"""What the plan's first page tells about consent: what to do next with a plan that is made ready (F104), and that the
viewer is asked to consent."""

from typing import Any

from models.i18n import _
from models.labels import the_role
from models.plans.proof import OpenPlan
from models.plans.queries.bases import bases, current
from models.plans.queries.consents import entries, pending
from models.plans.queries.invitations import Invited, Step, invited
from models.plans.queries.readiness import UNFINISHED, is_given
from models.plans.rules.words import PERSONAL_ROLES, Basis, PlanState
from models.rights import Element, Level, Role
from pages.consent.doors import address
from pages.consent.seeing import endings
from pages.plans.card import Card
from pages.plans.room import address as plan_address
from permissions.sights import LOOKERS


async def question(plan: OpenPlan) -> Card | None:
    """The viewer has a consent to answer."""
    mine = {one.participant_id for one in plan.standings}
    for entry in await pending(plan):
        if (me := entry.signer(mine)) and me.signed_at is None:
            return Card("plans/cards/consent_question.html", {"url": f"{address(plan)}/{entry.row.id}/sign"})
    return None


async def ending(plan: OpenPlan) -> Card | None:
    """What runs out soon, for those who can do something about it (F121)."""
    may_ask = plan.role in LOOKERS and plan.state is PlanState.ACTIVE
    if not may_ask or not (soon := await endings(plan)):
        return None
    facts = {"url": address(plan), "last": soon[0].last, "days": soon[0].days}
    return Card("plans/cards/consent_ending.html", facts)


async def next_step(plan: OpenPlan) -> Card | None:
    """The owner and guardians first, then the consent, then use, then the others."""
    may = all(plan.allows(element, Level.CHANGE) for element in (Element.CONSENT, Element.PARTICIPANTS))
    if plan.state not in UNFINISHED or not may:
        return None
    return Card("plans/cards/next_step.html", {"steps": _first_open(await _steps(plan))})


async def _steps(plan: OpenPlan) -> list[dict[str, Any]]:
    everybody, ledger = await invited(plan), await entries(plan)
    mine = {one.participant_id for one in plan.standings}
    others = [one for one in everybody if one.somebody.participant_id not in mine]
    rests = current(await bases(plan), plan.today)
    here, invitations = address(plan), f"{plan_address(plan)}/invitations"
    steps = [_family(plan, everybody)]
    if rests is None:
        steps.append(_step(_("Velg hva planen bygger på"), f"{here}/basis", done=False))
    if rests is None or rests.row.basis is Basis.CONSENT:
        waits = any(one.is_pending for one in ledger)
        words = _("Vent på at alle har samtykket") if waits else _("Få samtykke")
        steps.append(_step(words, here if waits else f"{here}/new", is_given(plan, ledger)))
    steps.append(_step(_("Ta planen i bruk"), f"{here}/activate", done=False))
    return [*steps, _step(_("Inviter de andre deltakerne"), invitations, _all_asked(others, personal=False))]


def _family(plan: OpenPlan, everybody: list[Invited]) -> dict[str, Any]:
    """A child who cannot sign in to such a plan is not waited for: then it is the guardians, who are added first."""
    family = [one for one in everybody if one.somebody.role_code in PERSONAL_ROLES]
    who = [one for one in family if not one.is_shut_out]
    if family and not who:
        return _step(_("Legg til foresatte"), f"{plan_address(plan)}/participants/new", done=False)
    words = _("Inviter %(owner)s og foresatte") % {"owner": the_role(plan.kind, Role.OWNER)}
    invite = words if len(who) == len(family) else _("Inviter foresatte")
    return _step(invite, f"{plan_address(plan)}/invitations", _all_asked(who, personal=True))


def _all_asked(everybody: list[Invited], *, personal: bool) -> bool:
    these = [one for one in everybody if (one.somebody.role_code in PERSONAL_ROLES) is personal]
    return bool(these) and all(one.step is not Step.NOBODY for one in these)


def _step(words: str, url: str, done: bool) -> dict[str, Any]:
    return {"words": words, "url": url, "done": done, "next": False}


def _first_open(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The one to take now is marked."""
    for step in steps:
        if not step["done"]:
            step["next"] = True
            break
    return steps
