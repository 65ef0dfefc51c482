"""What guards person cards. The area knows no accounts, so it says only what a proof must show."""

from typing import Protocol
from uuid import UUID

from models.log.rules import Scope
from models.organisation.proof import Editor

__all__ = ["CardHolder", "Editor"]


class CardHolder(Scope, Protocol):
    """An `OpenProfile`: somebody at their own card in one municipality."""

    @property
    def municipality_id(self) -> UUID: ...
    def demand_card(self) -> UUID:
        """Raises NotFound when they have no card there."""
        ...
