"""What waits for the owner's word, and whom the owner's side wishes to have along, as the templates show them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from models.base import unseal
from models.i18n import N_, _, day_text
from models.labels import label, the_role
from models.plans.operations.proposing import UNTIL
from models.plans.proof import OpenPlan
from models.plans.queries import proposals
from models.plans.queries.participants import Participation
from models.plans.queries.people import names_of_accounts, people
from models.plans.queries.rights import seen_items
from models.plans.rules.rights import level_name
from models.plans.rules.words import ConsentMethod, ProposalKind, ProposalState
from models.plans.tables.participants import Proposal
from models.rights import Element, Level, Role
from pages.plans.room import address
from pages.plans.saving import name_of

ANSWERED: Mapping[ProposalState, tuple[str, str, str]] = {
    ProposalState.WAITING: (N_("Venter på svar"), "hourglass", "warning"),
    ProposalState.APPROVED: (N_("Svaret var ja"), "check", "success"),
    ProposalState.DECLINED: (N_("Svaret var nei"), "cancelled", "neutral"),
    ProposalState.WITHDRAWN: (N_("Trukket tilbake"), "undo", "neutral"),
}
WISHED: Mapping[ProposalState, tuple[str, str, str]] = {
    **ANSWERED,
    ProposalState.APPROVED: (N_("Den som koordinerer planen, har tatt seg av det"), "check", "success"),
    ProposalState.DECLINED: (N_("Det går ikke nå"), "cancelled", "neutral"),
}


def proposal_address(plan: OpenPlan, proposal: Proposal) -> str:
    return f"{address(plan)}/participants/proposals/{proposal.id}"


async def asked(plan: OpenPlan, everybody: Iterable[tuple[Participation, Any]]) -> list[dict[str, Any]]:
    """For those who answer, and those who ask; empty for all others."""
    is_asker, is_decider = plan.allows(Element.PARTICIPANTS, Level.CHANGE), await proposals.decides(plan)
    if not is_asker and not is_decider:
        return []
    names = {one.who.participant_id: one.who for one, _shown in everybody}
    own, may_record = {one.participant_id for one in plan.standings}, plan.allows(Element.PARTICIPANTS, Level.DELETE)
    return [
        {
            "url": proposal_address(plan, one),
            "title": title(one, names[one.participant_id].name),
            "at": one.proposed_at,
            "may_answer": is_decider and one.participant_id not in own,
            "is_stuck": may_record and not await proposals.can_be_answered(plan, one),
        }
        for one in await proposals.waiting(plan)
        if one.participant_id in names
    ]


async def deciders(plan: OpenPlan) -> str:
    """Who answers, inside a sentence."""
    roles, owner = await proposals.deciding_roles(plan), the_role(plan.kind, Role.OWNER)
    if Role.GUARDIAN not in roles:
        return owner
    if Role.OWNER not in roles:
        return _("en foresatt eller verge")
    return _("%(owner)s, en foresatt eller en verge") % {"owner": owner}


async def answers(plan: OpenPlan) -> list[dict[str, Any]]:
    """What was answered lately, for those who ask and those who answer; nothing of whom they may not know of."""
    found = await proposals.answered(plan)
    names = {one.participant_id: one.name for one in await people(plan)} if found else {}
    return [
        {"title": _title(plan, one, names), "url": None if proposals.is_wish(one) else proposal_address(plan, one)}
        | await answer(plan, one)
        for one in found
        if one.participant_id in names
    ]


async def answer(plan: OpenPlan, proposal: Proposal) -> dict[str, Any]:
    """What the answer was, who gave it or wrote it down, when, how, and what was said of it."""
    by = await names_of_accounts(plan, [proposal.answered_by] if proposal.answered_by else [])
    is_wish = proposals.is_wish(proposal)
    words, drawing, color = (WISHED if is_wish else ANSWERED)[proposal.state]
    outside = proposal.method in (ConsentMethod.PAPER, ConsentMethod.ORAL)
    said = unseal(plan.vault, proposal, "remark") if outside else ""
    return {
        "words": _(words),
        "drawing": drawing,
        "color": color,
        "by": by.get(proposal.answered_by) if proposal.answered_by else None,
        "at": proposal.answered_at,
        "how": label(proposal.method) if proposal.method and outside else None,
        "remark": proposals.why_not(plan, proposal) if is_wish else said,
    }


def _title(plan: OpenPlan, proposal: Proposal, names: Mapping[UUID, str]) -> str:
    if proposals.is_wish(proposal):
        return wish_title(proposals.told(plan, proposal).name)
    return title(proposal, names[proposal.participant_id])


def wish_title(name: str) -> str:
    return _("Ønske om en ny deltaker: %(name)s") % {"name": name}


def title(proposal: Proposal, name: str) -> str:
    if proposal.kind is ProposalKind.JOIN:
        return _("Kan %(name)s bli med i planen?") % {"name": name}
    return _("Kan %(name)s få mer tilgang?") % {"name": name}


async def wanted(plan: OpenPlan, proposal: Proposal) -> list[str]:
    """What is asked for, in words. An item that the viewer may not read is not named."""
    ids = [UUID(item) for _element, item, _level in proposal.wanted if item]
    items = {str(item.id): name_of(plan, item) for item in await seen_items(plan, ids)}
    return [_words(plan, element, item, level, items) for element, item, level in proposal.wanted]


def _words(plan: OpenPlan, element: str, item: str | None, level: Any, items: dict[str, str]) -> str:
    if element == UNTIL:
        if level is None:
            return _("Delta uten noen siste dag.")
        return _("Delta til og med %(day)s.") % {"day": day_text(date.fromisoformat(level), plan.today)}
    part = Element(element)
    known = {"part": label(part), "level": level_name(part, Level(level)) if level is not None else ""}
    if item is None:
        return _("%(part)s: %(level)s") % known
    known["item"] = items.get(item, _("noe som du ikke ser"))
    return (
        _("%(part)s, «%(item)s»: %(level)s") if level is not None else _("%(part)s, «%(item)s»: som resten")
    ) % known


async def wished(plan: OpenPlan) -> list[dict[str, Any]]:
    """For who adds participants, and those who may wish; empty for all others."""
    may_add, may_wish = plan.allows(Element.PARTICIPANTS, Level.NEW), await proposals.decides(plan)
    if not may_add and not may_wish:
        return []
    here = f"{address(plan)}/participants"
    return [
        {
            "name": told.name,
            "relation": told.relation,
            "role": plan.role_name(told.role),
            "contact": told.contact,
            "at": one.proposed_at,
            "add_url": f"{here}/new?wish={one.id}" if may_add else None,
            "refuse_url": f"{here}/wishes/{one.id}/refuse" if may_add else None,
            "withdraw_url": f"{here}/wishes/{one.id}/withdraw" if may_wish else None,
        }
        for one in await proposals.wishes(plan)
        for told in [proposals.told(plan, one)]
    ]
