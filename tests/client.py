"""A visitor who uses pages as a browser without JavaScript would: reads them, follows links, fills in their forms.

It has manners: every page it is given is checked (`tests.manners`), and so is that a no leaves the database as it was.
Whoever is signed in is never told anything of somebody they are kept apart from (`tests.apart`), whatever the answer.
"""

import sqlite3
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from httpx import AsyncClient, Response
from lxml import html

from models.database import Database
from permissions.sign_in import one_time_codes
from seed.cast import PASSWORD
from tests import apart, manners

CODE_COOKIE = "medvirk_code"
MAY_CHANGE = {"log_row", "opening", "sign_in_attempts", "id_porten_flow"}
"""What a no may leave behind: the log, the counted tries, and that a trip to ID-porten is spent, whatever it brought.
A code counts its own tries in `wrong_tries`."""


class Page:
    """An answer, and what a person reads in it."""

    def __init__(self, answer: Response) -> None:
        self.answer, self.status, self.text = answer, answer.status_code, answer.text
        self.url = str(answer.url)
        self.goes_to = answer.headers.get("location", "")
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        self.tree = html.document_fromstring(answer.text) if is_page and answer.text else None

    def all(self, xpath: str) -> list[Any]:
        assert self.tree is not None, f"{self.url} is not a page: {self.status} {self.goes_to}"
        return list(self.tree.xpath(xpath))

    def one(self, xpath: str) -> Any:
        (found,) = self.all(xpath)
        return found

    def has(self, xpath: str) -> bool:
        return bool(self.all(xpath))

    @property
    def words(self) -> str:
        """All that is said inside `main`, the flash included, with single spaces."""
        return " ".join(words(part) for part in self.all("//div[@role='status'] | //main"))

    @property
    def heading(self) -> str:
        return words(self.one("//h1"))

    def error(self, field: str) -> str:
        """The sentence beside a field."""
        return words(self.one(f"//*[@id='{field}-error']"))

    def summary(self) -> str:
        return words(self.one("//*[contains(@class, 'ds-error-summary')]"))

    def link(self, name: str) -> str:
        """The address of the link with these words, which must be its only address."""
        (address,) = {each.get("href") for each in self.all("//a[@href]") if name in words(each)}
        return str(address)

    def links(self) -> list[str]:
        return [str(each) for each in self.all("//a/@href")]

    def form(self, *fields: str) -> Any:
        """The page's own form, not those of the frame around it; where there are more, the one with the fields."""
        found = self.all("//div[@id='main']//form[@method='post']")
        (form,) = found if len(found) == 1 else [one for one in found if {*fields} <= {str(f) for f in one.fields}]
        return form

    def typed(self, *fields: str) -> dict[str, str]:
        """What the page's form would send if it was sent as it stands."""
        form = self.form(*fields)
        values = {str(name): str(value) for name, value in form.form_values()}
        for area in form.xpath(".//textarea[@name]"):
            values[area.get("name")] = values[area.get("name")].removeprefix("\n")  # as browsers do
        return values


def words(part: Any) -> str:
    return " ".join(part.text_content().split())


class Visitor:
    """One browser. `hidden` is what must never be on any of its pages."""

    def __init__(self, browser: AsyncClient, database: Database, hidden: Iterable[str] = ()) -> None:
        self.browser, self.database, self.hidden = browser, database, tuple(hidden)
        self.user_name = ""

    async def get(self, address: str, **more: Any) -> Page:
        return await self.ask("GET", address, **more)

    async def post(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> Page:
        return await self.ask("POST", address, data=data, **more)

    async def ask(self, method: str, address: str, **more: Any) -> Page:
        with Before(self.database) as before:
            answer = await self.browser.request(method, address, **more)
            if answer.status_code >= 400:
                assert before.changed() == []
        page = Page(answer)
        if self.user_name:
            told = f"{page.text} {page.goes_to}".replace(address, "")
            found = apart.leaks(told, await apart.secrets_from(self.database, self.user_name))
            assert found == [], f"{page.url} tells of somebody kept apart"
        manners.check(page)
        if page.tree is not None:
            manners.check_hidden(page, self.hidden)
        return page

    async def follow(self, page: Page) -> Page:
        assert page.status == 303, f"{page.status}: {page.words if page.tree is not None else page.text}"
        return await self.get(page.goes_to)

    async def send(self, page: Page, **typed: str) -> Page:
        """Send the page's form with these fields changed; the answer is not followed."""
        form = page.form(*typed)
        unknown = set(typed) - {str(name) for name in form.fields}
        assert not unknown, f"the form has no {unknown}"
        return await self.post(form.get("action") or page.url, page.typed(*typed) | typed)

    async def sign_in(self, user_name: str, password: str = PASSWORD, next_: str = "") -> Page:
        """Both steps, without looking at the forms; where the second leads."""
        sent = {"username": user_name, "password": password}
        first = await self.browser.post(f"/login?next={next_}" if next_ else "/login", data=sent)
        page = Page(await self.browser.post(first.headers["location"], data={"code": await self.code()}))
        assert page.status == 303, page.words
        self.user_name = user_name
        return page

    async def walk_in(self, user_name: str, password: str = PASSWORD) -> Page:
        """As a person does: from page to page. The code is read where the mail's job would read it."""
        page = await self.send(await self.get("/login"), username=user_name, password=password)
        page = await self.send(await self.follow(page), code=await self.code())
        self.user_name = user_name
        return page

    async def code(self) -> str:
        """The code that was sent to this browser's person."""
        async with self.database.reading() as session:
            (token,) = [value for name, value in self.browser.cookies.items() if name.endswith(CODE_COOKIE)]
            code = await one_time_codes.demonstrated_code(session, token)
        assert code
        return code


class Before:
    """The database as it was before a request: a reader's view of it, held open, and read when the answer was a no."""

    def __init__(self, database: Database) -> None:
        self.file = database.engine.url.database or ""
        self.is_file = database.engine.dialect.name == "sqlite"

    def __enter__(self) -> "Before":
        self.then, self.now = (sqlite3.connect(self.file if self.is_file else ":memory:") for _ in range(2))
        self.then.execute("BEGIN")
        self.then.execute("SELECT 1 FROM sqlite_master").fetchone()
        self.version = self._version()
        return self

    def __exit__(self, *problem: object) -> None:
        self.then.close()
        self.now.close()

    def changed(self) -> list[str]:
        """The tables that a no may not touch, and that differ."""
        if self._version() == self.version:
            return []
        return [table for table in _tables(self.now) if _rows(self.then, table) != _rows(self.now, table)]

    def _version(self) -> Any:
        """Another one after each commit of anybody else's."""
        return self.now.execute("PRAGMA data_version").fetchone()


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in found if name not in MAY_CHANGE]


def _rows(connection: sqlite3.Connection, table: str) -> list[Any]:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] != "wrong_tries"]
    chosen = ", ".join(f'"{column}"' for column in columns)
    return connection.execute(f'SELECT {chosen} FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608 - our own names


def query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
