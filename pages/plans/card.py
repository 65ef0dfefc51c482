"""What a card on top of a plan's first page is; `pages.plans.cards` lists who tells of what."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Card:
    """`template` shows it and is given `card`, whose `facts` are what it needs to know."""

    template: str
    facts: dict[str, Any] = field(default_factory=dict)
