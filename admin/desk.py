"""A register as facts. `Desk` wires them to the framework once, and leaves nothing of the framework's defaults open."""

from typing import Annotated, Any, ClassVar

from fastapi import Body, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi_amis_admin.admin import AdminAction, ModelAdmin
from fastapi_amis_admin.amis.components import Page, PageSchema
from fastapi_amis_admin.utils.functools import cached_property
from sqlalchemy.sql.elements import Label

from admin import screens
from admin.entry import entry_schema
from admin.facts import Undeclared
from admin.filters import kind_of
from admin.register import Register
from models.i18n import N_, _
from models.rights import Right

REQUIRED = ("model", "right", "scope", "label", "list_display", "create_fields", "update_fields")
NEVER_TYPED = {"id", "municipality_id"}
MAX_PAGE = 100
DONE: dict[str, Any] = {"status": 0, "data": {}}


class Desk(Register, ModelAdmin):  # type: ignore[misc]
    """States a register. Every fact in `REQUIRED` must be stated, an empty list meaning none; see `Facts` for words.

    There is no deleting: a desk offers it, where the rules allow it, as a `HouseAction`.
    """

    right: ClassVar[Right]
    label: ClassVar[str]
    named: ClassVar[str] = ""
    """What a row is called in the title of its dialogs, as `${column|raw}`; its first column unless stated."""
    hint: ClassVar[str] = ""
    slug: ClassVar[str] = ""
    search_label: ClassVar[str] = N_("Søk")
    empty_text: ClassVar[str] = N_("Ingen treff. Endre søket, eller legg til det første.")
    actions: ClassVar[list[Any]] = []
    in_sight: ClassVar[int] = 1
    """How many buttons a row shows when it has too many for all: what is done most comes first."""
    list_per_page = 25
    display_item_action_as_column = True

    def __init_subclass__(cls, abstract: bool = False, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if not abstract:
            _demand_facts(cls)
            cls.slug = cls.slug or cls.__tablename()
            cls.named = cls.named or f"${{{cls.list_display[0].key}|raw}}"
            cls.page_schema = PageSchema(label=cls.label)

    @classmethod
    def __tablename(cls) -> str:
        return str(cls.model.__tablename__).replace("_", "-")

    @property
    def router_prefix(self) -> str:
        return f"/{self.slug}"

    @property
    def address(self) -> str:
        return f"{self.site.router_path}/{self.slug}"

    @cached_property  # type: ignore[untyped-decorator]
    def registered_admin_actions(self) -> dict[str, AdminAction]:
        """Ours and no others: adding and changing where fields are stated, viewing, and the desk's own actions."""
        makers: dict[str, Any] = {}
        if type(self).create_fields:
            makers["create"] = (["toolbar"], lambda request: screens.create_button(self, request))
        if type(self).read_fields:
            makers["read"] = (["item"], lambda request: screens.read_button(self, request))
        if type(self).update_fields:
            makers["update"] = (["item"], lambda request: screens.update_button(self, request))
        made = {
            name: AdminAction(self, name=name, label=name, flags=flags, getter=getter)
            for name, (flags, getter) in makers.items()
        }
        return made | {action.slug(): action(self) for action in type(self).actions}

    async def has_page_permission(self, request: Request, obj: Any = None, action: Any = None) -> bool:
        return bool(self.site.viewer(request).has(self.right))

    async def has_action_permission(self, request: Request, name: str) -> bool:
        made = self.registered_admin_actions.get(name)
        right = getattr(made, "right", None) or self.right
        return made is not None and bool(self.site.viewer(request).has(right))

    async def get_page(self, request: Request) -> Page:
        return Page(body=await screens.table(self, request), title="")

    def register_router(self) -> "Desk":
        add, cls = self.router.add_api_route, type(self)
        add("", self._show, methods=["GET"], response_class=HTMLResponse)
        add("/list", self._list, methods=["GET"])
        add("/list.csv", self._file, methods=["GET"])
        if cls.create_fields:
            add("/item", self._create_route(), methods=["POST"])
        if cls.read_fields:
            add("/item/{item_id}/view", self._view, methods=["GET"])
        if cls.update_fields:
            add("/item/{item_id}", self._edit, methods=["GET"])
            add("/item/{item_id}", self._update_route(), methods=["PUT"])
        for action in cls.actions:
            self.registered_admin_actions[action.slug()].register_router()
        return self

    async def _show(self, request: Request) -> Response:
        shown: Response = await self.site.shell(request, self, await self.get_page(request))
        return shown

    async def _list(
        self,
        request: Request,
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        size: Annotated[int, Query(alias="perPage", ge=1, le=MAX_PAGE)] = 25,
    ) -> dict[str, Any]:
        session, viewer = await self.site.who(request)
        return {"status": 0, "data": await self.page_of(session, viewer, request.query_params, page, size)}

    async def _file(self, request: Request) -> Response:
        session, viewer = await self.site.who(request)
        content, rows = await self.file_of(session, viewer, request.query_params)
        self.site.afterwards(request, self.exported(viewer, rows))
        named = {"Content-Disposition": f'attachment; filename="{self.slug}.csv"'}
        return Response(content, media_type="text/csv; charset=utf-8", headers=named)

    async def _edit(self, request: Request, item_id: str) -> dict[str, Any]:
        session, viewer = await self.site.who(request)
        return {"status": 0, "data": await self.entered(session, viewer, item_id, type(self).update_fields)}

    async def _view(self, request: Request, item_id: str) -> dict[str, Any]:
        session, viewer = await self.site.who(request)
        row = await self.row(session, viewer, item_id)
        return {"status": 0, "data": await self.viewed(session, viewer, row)}

    def _create_route(self) -> Any:
        async def route(request: Request, entry: Annotated[self.schema_create, Body()]) -> dict[str, Any]:  # type: ignore
            session, viewer = await self.site.who(request)
            await self.add(session, viewer, entry)
            return DONE | {"msg": _("Lagret")}

        return route

    def _update_route(self) -> Any:
        async def route(
            request: Request,
            item_id: str,
            entry: Annotated[self.schema_update, Body()],  # type: ignore
        ) -> dict[str, Any]:
            session, viewer = await self.site.who(request)
            await self.change(session, viewer, item_id, entry)
            return DONE | {"msg": _("Lagret")}

        return route


def _demand_facts(cls: type[Desk]) -> None:
    missing = [
        name for name in REQUIRED if not any(name in base.__dict__ for base in cls.__mro__[: cls.__mro__.index(Desk)])
    ]
    if missing:
        raise Undeclared(f"{cls.__name__} must state {', '.join(missing)}")
    if not cls.list_display:
        raise Undeclared(f"{cls.__name__}: an empty list_display would list every column")
    written = [*cls.create_fields, *cls.update_fields]
    _demand_safe_writes(cls, {column.key for column in written})
    attributes = [*cls.list_display, *cls.read_fields, *cls.list_filter, *written]
    cls.demand_words({c.key: None if isinstance(c, Label) else kind_of(c) for c in attributes})
    cls.schema_create = entry_schema(cls.model, [c.key for c in cls.create_fields], f"{cls.__name__}Create")
    cls.schema_update = entry_schema(cls.model, [c.key for c in cls.update_fields], f"{cls.__name__}Update")


def _demand_safe_writes(cls: type[Desk], written: set[str]) -> None:
    if written & NEVER_TYPED:
        raise Undeclared(f"{cls.__name__}: {sorted(written & NEVER_TYPED)} are never typed by anyone")
    if getattr(cls, "link_model_fields", None) or getattr(cls, "enable_bulk_create", False):
        raise Undeclared(f"{cls.__name__}: link_model_fields and bulk create check nothing, and are banned")
    keys = {column.key for column in cls.model.__table__.columns if column.foreign_keys}
    unnamed = (written & keys) - cls.references.keys()
    if unnamed:
        raise Undeclared(f"{cls.__name__}: the foreign keys {sorted(unnamed)} need a Reference")
