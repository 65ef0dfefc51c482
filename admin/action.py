"""A write with a rule: a form and the operation it calls. Nobody may use it who was not given its right."""

import re
from typing import Annotated, Any, ClassVar, Literal

from fastapi import Body, Request
from fastapi_amis_admin.admin import AdminAction
from fastapi_amis_admin.amis.components import Action

from admin import screens
from admin.entry import Entry, asked, demand_own, demand_unchanged, fingerprint
from admin.facts import Facts, Undeclared, plain_type
from models.i18n import _
from models.refusals import Invalid
from models.rights import Right

REQUIRED = ("label", "right", "place", "form", "perform")


class HouseAction(Facts, AdminAction):  # type: ignore[misc]
    """States `label`, `right`, `place` ("toolbar" or "item"), `form` (an `Entry`) and `perform`; see `Facts` for words.

    `perform` opens the same door and calls the same operation as any page. It gets the row, found within the
    desk's scope, or None from the toolbar; it returns a sentence that says what happened. With `handed` stated, it
    returns something to copy down instead, which a dialog shows this once under those words.
    `shown_on` is amis' `${…}` over the list's row: where it is false, the row has no such button.
    """

    label: ClassVar[str]
    right: ClassVar[Right]
    place: ClassVar[Literal["toolbar", "item"]]
    form: ClassVar[type[Entry]]
    hint: ClassVar[str] = ""
    submit: ClassVar[str] = ""
    prefilled: ClassVar[bool] = False
    primary: ClassVar[bool] = False
    handed: ClassVar[str] = ""
    shown_on: ClassVar[str] = ""

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        missing = [
            name
            for name in REQUIRED
            if not any(
                name in base.__dict__ for base in cls.__mro__[:-2] if base not in (HouseAction, Facts, AdminAction)
            )
        ]
        if missing:
            raise Undeclared(f"{cls.__name__} must state {', '.join(missing)}")
        cls.demand_words({name: plain_type(info.annotation) for name, info in asked(cls.form)})

    def __init__(self, desk: Any) -> None:
        super().__init__(desk, name=self.slug(), label=self.label, flags=[self.place], getter=self._button)

    @classmethod
    def slug(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        """Open the door, call the operation, and return the sentence to show."""
        raise Undeclared(f"{type(self).__name__} must say what it does")

    async def initial(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        """What the form holds when it opens; used when `prefilled` is true."""
        return {}

    def when_refused(self, request: Request, viewer: Any) -> None:
        """For an action that counts its tries: what was entered could not be used, and will be rolled back."""

    @property
    def address(self) -> str:
        return f"{self.admin.address}/do/{self.slug()}"

    async def _button(self, request: Request) -> Action:
        address = f"{self.address}/${{id}}" if self.place == "item" else self.address
        more: dict[str, Any] = {"initApi": f"get:{address}"} if self.prefilled else {}
        title = screens.title(self.admin, _(self.label), of_row=self.place == "item")
        if self.handed:
            more["feedback"] = screens.shown_once(title, _(self.handed), "handed")
        drawn = await screens.form(self.admin, request, type(self), self.form, api=f"post:{address}", **more)
        if self.hint:
            drawn.body.insert(0, {"type": "tpl", "tpl": _(self.hint), "className": "house-hint"})
        level = "link" if self.place == "item" else "primary" if self.primary else "default"
        shown = {"visibleOn": self.shown_on} if self.shown_on else {}
        return screens.dialog(_(self.label), title, drawn, level=level, submit=_(self.submit or self.label), **shown)

    def register_router(self) -> None:
        path = f"/do/{self.slug()}" + ("/{item_id}" if self.place == "item" else "")
        self.admin.router.add_api_route(path, self._submit_route(), methods=["POST"])
        if self.prefilled:
            self.admin.router.add_api_route(path, self._initial, methods=["GET"])

    async def _subject(self, request: Request) -> tuple[Any, Any, Any]:
        session, viewer = await self.admin.site.who(request)
        item_id = request.path_params.get("item_id")
        return session, viewer, await self.admin.row(session, viewer, item_id) if item_id else None

    async def _initial(self, request: Request) -> dict[str, Any]:
        shown = await self.initial(*await self._subject(request))
        return {"status": 0, "data": shown | {"seen": fingerprint(shown)}}

    def _submit_route(self) -> Any:
        async def route(request: Request, entry: Annotated[self.form, Body()]) -> dict[str, Any]:  # type: ignore
            session, viewer, row = await self._subject(request)
            if self.prefilled:
                demand_unchanged(entry, await self.initial(session, viewer, row))
            await demand_own(session, viewer, self.references, entry.model_dump())
            try:
                said = await self.perform(session, viewer, row, entry)
            except Invalid:
                self.when_refused(request, viewer)
                raise
            told = {"data": {"handed": said}, "msg": _("Ferdig.")} if self.handed else {"data": {}, "msg": said}
            return {"status": 0, **told}

        return route
