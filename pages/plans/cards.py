"""What waits for the viewer, told on top of the plan's first page: a question to answer, a task, what to do next."""

from collections.abc import Awaitable, Callable

from models.plans.proof import OpenPlan
from pages.baton import cards as baton
from pages.baton import tasks
from pages.consent.cards import ending, next_step
from pages.consent.cards import question as consent_question
from pages.participants import deciding
from pages.plans import administration
from pages.plans.card import Card

CARDS: tuple[Callable[[OpenPlan], Awaitable[Card | None]], ...] = (
    *(consent_question, ending, next_step, deciding.card),
    *(baton.card, tasks.card, administration.card),
)
"""In the order they are shown; None is nothing to tell this viewer."""


async def cards(plan: OpenPlan) -> list[Card]:
    """None of them through another's eyes: what waits for somebody is theirs alone."""
    if plan.looking_as:
        return []
    return [card for card in [await tell(plan) for tell in CARDS] if card]
