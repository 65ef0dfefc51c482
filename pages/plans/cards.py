"""What waits for the viewer, told on top of the plan's first page: a question to answer, a task, what to do next."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from models.plans.proof import OpenPlan


@dataclass(frozen=True)
class Card:
    """`template` shows it and is given `card`, whose `facts` are what it needs to know."""

    template: str
    facts: dict[str, Any] = field(default_factory=dict)


CARDS: tuple[Callable[[OpenPlan], Awaitable[Card | None]], ...] = ()
"""In the order they are shown; None is nothing to tell this viewer."""


async def cards(plan: OpenPlan) -> list[Card]:
    """None of them through another's eyes: what waits for somebody is theirs alone."""
    if plan.looking_as:
        return []
    return [card for card in [await tell(plan) for tell in CARDS] if card]
