"""What waits for the owner's word, and whom the owner's side wishes to have along, as the templates show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from models.i18n import _, day_text
from models.labels import label
from models.plans.operations.proposing import UNTIL
from models.plans.proof import OpenPlan
from models.plans.queries import proposals
from models.plans.queries.participants import Participation
from models.plans.queries.rights import seen_items
from models.plans.rules.words import ProposalKind
from models.plans.tables.participants import Proposal
from models.rights import Element, Level
from pages.plans.room import address
from pages.plans.saving import name_of


def proposal_address(plan: OpenPlan, proposal: Proposal) -> str:
    return f"{address(plan)}/participants/proposals/{proposal.id}"


async def asked(plan: OpenPlan, everybody: Iterable[tuple[Participation, Any]]) -> list[dict[str, Any]]:
    """For those who answer, and those who ask; empty for all others."""
    is_asker, is_decider = plan.allows(Element.PARTICIPANTS, Level.CHANGE), await proposals.decides(plan)
    if not is_asker and not is_decider:
        return []
    names = {one.who.participant_id: one.who for one, _shown in everybody}
    return [
        {
            "url": proposal_address(plan, one),
            "title": title(one, names[one.participant_id].name),
            "at": one.proposed_at,
            "may_answer": is_decider,
        }
        for one in await proposals.waiting(plan)
        if one.participant_id in names
    ]


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
    known = {"part": label(Element(element)), "level": label(Level(level)) if level is not None else ""}
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
            "refuse_url": f"{here}/wishes/{one.id}/refuse",
        }
        for one in await proposals.wishes(plan)
        for told in [proposals.told(plan, one)]
    ]
