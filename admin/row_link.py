"""A way from a row to a page of the house that is about it. Nothing is written, and the page has a door of its own."""

from typing import Any, ClassVar

from fastapi import Request
from fastapi_amis_admin.admin import AdminAction
from fastapi_amis_admin.amis.components import ActionType

from models.i18n import _


class RowLink(AdminAction):  # type: ignore[misc]
    """States `label` and `address`, in which amis fills in the row's own `${id}`."""

    label: ClassVar[str]
    address: ClassVar[str]

    def __init__(self, desk: Any) -> None:
        super().__init__(desk, name=self.slug(), label=self.label, flags=["item"], getter=self._button)

    @classmethod
    def slug(cls) -> str:
        return cls.__name__.lower()

    def register_router(self) -> None:
        """It has no route here."""

    def _button(self, request: Request) -> Any:
        return ActionType.Url(label=_(self.label), level="link", url=self.address, blank=False)
