"""The site: the desks, who is asking, and the pages around them. Built on `BaseAdminSite`, never on `AdminSite`."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi_amis_admin.admin import BaseAdminSite, PageAdmin, Settings
from fastapi_amis_admin.amis.components import Page, PageSchema

from admin import errors, shell, translations
from admin.database import ClosedDatabase
from admin.desk import Desk
from admin.guard import Guard
from models.i18n import N_, _
from models.refusals import NotFound, Reason, Refused
from models.rights import Right
from permissions.request import current_session, current_viewer, unit_of_work

PATH = "/admin"


def write_afterwards(request: Request, thought: Any) -> None:
    unit_of_work(request).afterwards.append(thought)


class Home(PageAdmin):  # type: ignore[misc]
    """The first page: the registers the viewer may open, each with a line about it."""

    page_schema = PageSchema(label=N_("Registre"), isDefaultPage=True, sort=100)
    page_path = "/"
    router_prefix = ""

    def register_router(self) -> "Home":
        self.router.add_api_route("/", self._show, methods=["GET"], response_class=HTMLResponse)
        return self

    async def _show(self, request: Request) -> HTMLResponse:
        desks = [desk for desk in self.site.desks.values() if await desk.has_page_permission(request)]
        cards = [{"label": _(d.label), "hint": d.hint and _(d.hint), "url": d.address} for d in desks]
        return HTMLResponse(shell.render(request, "home.html", heading=_(self.page_schema.label), cards=cards))


class HouseSite(BaseAdminSite):  # type: ignore[misc]
    """Gathers desks. What is asked of the house for each request: its session, its viewer, and a write afterwards.

    `build()` gives the application to mount at `/admin`; the guard stands in front of all of it.
    """

    def __init__(
        self,
        *desks: type[Desk],
        session: Callable[[Request], Awaitable[Any]] = current_session,
        viewer: Callable[[Request], Awaitable[Any]] = current_viewer,
        afterwards: Callable[[Request, Any], None] = write_afterwards,
        synthetic_people: bool = False,
        id_porten: bool = False,
        base_url: str = "",
    ) -> None:
        self.synthetic_people, self.id_porten, self.base_url = synthetic_people, id_porten, base_url
        self.session_of, self.viewer_of, self.afterwards = session, viewer, afterwards
        # Stated one by one: the framework reads DEBUG, PORT and the like from the environment otherwise.
        settings = Settings(
            debug=False, site_url="", site_path=PATH, language="nb", version="", database_url="sqlite://"
        )
        app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
        super().__init__(settings, fastapi=app, engine=ClosedDatabase())
        self.register_admin(Home, *desks)

    def build(self) -> Guard:
        """The guarded application. Its transactions belong to the shell outside: nothing here commits."""
        translations.bind()
        self._create_admin_instance_all()
        for made in self:
            made.register_router()
            self.router.include_router(made.router)
        errors.register(self.fastapi)
        return Guard(self.fastapi, self.viewer_of, self.right_for)

    @property
    def desks(self) -> dict[str, Desk]:
        return {desk.slug: desk for desk in self if isinstance(desk, Desk)}

    def right_for(self, path: str) -> frozenset[Right]:
        """The rights of which one is needed for an address under `/admin`; an address of no desk is not found."""
        parts = path.strip("/").split("/")
        if parts == [""]:
            return frozenset(desk.right for desk in self.desks.values())
        desk = self.desks.get(parts[0])
        if desk is None:
            raise NotFound
        if parts[1:2] != ["do"]:
            return frozenset({desk.right})
        action = {action.slug(): action for action in type(desk).actions}.get("".join(parts[2:3]))
        if action is None:
            raise NotFound
        return frozenset({action.right})

    def viewer(self, request: Request) -> Any:
        """Who the guard let in; a request that never met the guard is refused."""
        viewer = shell.frame_of(request).viewer
        if viewer is None:
            raise Refused(Reason.NO_RIGHT)
        return viewer

    async def who(self, request: Request) -> tuple[Any, Any]:
        return await self.session_of(request), self.viewer(request)

    async def shell(self, request: Request, desk: Desk, page: Page) -> HTMLResponse:
        """A desk's page: ours around, amis within."""
        found = await self.get_page_schema_children(request)
        drawn = {"schema": shell.as_data(page.amis_json()), "menu": [(_(one.label), one.url) for one in found]}
        said = {"heading": _(desk.label), "hint": desk.hint and _(desk.hint), "here": desk.address, "desk": desk}
        return HTMLResponse(shell.render(request, "desk.html", **drawn, **said))
