"""A small register of its own, so that the framework half of admin is tested without the house's tables."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI, Request
from sqlalchemy import MetaData, event
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, SQLModel
from starlette.staticfiles import StaticFiles

from admin.action import HouseAction
from admin.desk import Desk
from admin.entry import Entry
from admin.facts import Reference, own_municipality
from admin.site import HouseSite
from models.database import teach_alphabet
from models.i18n import speaking
from models.refusals import NotSignedIn, Reason, Refused
from models.rights import Right

FJORDVIK, DALEN = uuid4(), uuid4()


class Table(SQLModel):
    metadata = MetaData()


class ShelfKind(StrEnum):
    BOOKS = "books"
    TOOLS = "tools"


KINDS = {ShelfKind.BOOKS: "Bøker", ShelfKind.TOOLS: "Verktøy"}


class Room(Table, table=True):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    municipality_id: UUID
    name: str


class Shelf(Table, table=True):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    municipality_id: UUID
    name: str = Field(max_length=40, unique=True)
    kind: ShelfKind = ShelfKind.BOOKS
    locked: bool = False
    room_id: UUID | None = Field(default=None, foreign_key="room.id")
    secret: str = "hidden"


class Written(Table, table=True):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    verb: str
    shelf_id: UUID


class EmptyForm(Entry):
    pass


class RenameForm(Entry):
    name: str = Field(max_length=40)
    room_id: UUID | None = None


class Rename(HouseAction):
    label = "Gi nytt navn"
    right = Right.TEXTS_ADMINISTER
    place = "item"
    form = RenameForm
    labels = {"name": "Nytt navn", "room_id": "Rom"}
    references = {"room_id": Reference(Room, Room.name)}
    prefilled = True

    async def initial(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        return {"name": row.name}

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        if row.locked:
            raise Refused(Reason.NOT_YOURS)
        row.name = entry.name
        await session.flush()
        return "Hyllen har fått nytt navn."


class ShelfDesk(Desk):
    model = Shelf
    right = Right.UNITS_ADMINISTER
    scope = own_municipality(Shelf)
    label = "Hyller"
    hint = "Hyllene i kommunen."
    list_display = [Shelf.name, Shelf.kind, Shelf.locked, Shelf.room_id]
    create_fields = update_fields = [Shelf.name, Shelf.kind, Shelf.locked, Shelf.room_id]
    read_fields = [Shelf.name, Shelf.kind]
    list_filter = [Shelf.kind, Shelf.locked, Shelf.room_id]
    search_fields = [Shelf.name]
    labels = {"name": "Navn", "kind": "Type", "locked": "Låst", "room_id": "Rom"}
    words = {"kind": KINDS}
    references = {"room_id": Reference(Room, Room.name)}
    actions = [Rename]

    async def written(self, session: Any, viewer: Any, verb: str, row: Any, fields: list[str]) -> None:
        session.add(Written(verb=verb, shelf_id=row.id))
        await session.flush()


class RoomDesk(Desk):
    """Read only, and behind another right."""

    model = Room
    right = Right.LOG_READ
    scope = own_municipality(Room)
    label = "Rom"
    list_display = [Room.name]
    create_fields = update_fields = []
    labels = {"name": "Navn"}


@dataclass(frozen=True)
class Visitor:
    municipality_id: UUID
    rights: frozenset[Right]
    language: str = "nb"
    name: str = "Kari"
    municipality_name: str = "Vik"
    why_no_right: Reason = Reason.NO_RIGHT

    def has(self, right: Right) -> bool:
        return right in self.rights


VISITORS = {
    "unit-admin": Visitor(FJORDVIK, frozenset({Right.UNITS_ADMINISTER})),
    "all": Visitor(FJORDVIK, frozenset(Right)),
    "dalen": Visitor(DALEN, frozenset(Right)),
    "analyst": Visitor(FJORDVIK, frozenset({Right.REPORTS_READ})),
    "english": Visitor(FJORDVIK, frozenset(Right), "en"),
}


async def visitor_of(request: Request) -> Visitor:
    visitor = VISITORS.get(request.cookies.get("visitor", ""))
    if visitor is None:
        raise NotSignedIn
    return visitor


async def session_of(request: Request) -> AsyncSession:
    return request.scope["state"]["session"]


class Shell:
    """Like the house's: one session a request, committed before the first byte when the status is below 400."""

    def __init__(self, app: Any, engine: Any) -> None:
        self.app, self.engine = app, engine

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            scope.setdefault("state", {})["session"] = session

            async def sending(message: Any) -> None:
                if message["type"] == "http.response.start":
                    await (session.commit() if message["status"] < 400 else session.rollback())
                await send(message)

            visitor = VISITORS.get(Request(scope).cookies.get("visitor", "")) if scope["type"] == "http" else None
            with speaking(visitor.language if visitor else "nb"):
                await self.app(scope, receive, sending)


def make_engine(url: str = "sqlite+aiosqlite://") -> Any:
    engine = create_async_engine(url, poolclass=StaticPool)
    event.listen(engine.sync_engine, "connect", teach_alphabet)
    return engine


async def fill(engine: Any) -> dict[str, UUID]:
    """Two rooms and a few shelves in Fjordvik, one of each in Dalen; gives their ids by name."""
    async with engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
    cellar, attic = Room(municipality_id=FJORDVIK, name="Kjeller"), Room(municipality_id=FJORDVIK, name="Loft")
    away = Room(municipality_id=DALEN, name="Låve")
    shelves = [
        Shelf(municipality_id=FJORDVIK, name="Atlas", room_id=cellar.id),
        Shelf(municipality_id=FJORDVIK, name="Bor", kind=ShelfKind.TOOLS, locked=True, room_id=attic.id),
        Shelf(municipality_id=FJORDVIK, name="=Celle"),
        Shelf(municipality_id=DALEN, name="Fjern", room_id=away.id),
    ]
    async with AsyncSession(engine) as session:
        session.add_all([cellar, attic, away, *shelves])
        ids = {row.name: row.id for row in [cellar, attic, away, *shelves]}
        await session.commit()
    return ids


def make_app(engine: Any, *desks: type[Desk]) -> Any:
    app = FastAPI(openapi_url=None)
    app.mount("/static", StaticFiles(directory="pages/static"))
    app.mount(
        "/admin",
        HouseSite(
            *(desks or (ShelfDesk, RoomDesk)),
            session=session_of,
            viewer=visitor_of,
            afterwards=lambda request, thought: None,
        ).build(),
    )
    return Shell(app, engine)
