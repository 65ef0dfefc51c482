"""What guards a municipality's own rows. The area knows no accounts, so it says only what a proof must show."""

from typing import Protocol
from uuid import UUID

from models.log.rules import Scope
from models.rights import Right


class Editor(Scope, Protocol):
    """An `OpenMunicipality`: somebody who may use a right in one municipality."""

    @property
    def municipality_id(self) -> UUID: ...
    def demand(self, right: Right) -> None: ...
