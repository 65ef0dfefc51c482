"""The terms of use: accepted once for each version, and nothing is open before."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.rules import TERMS
from models.accounts.tables.account import TermsAcceptance
from models.clock import SteppingClock
from models.database import Database
from models.i18n import LANGUAGES
from models.log.rules import Event
from models.log.tables import LogRow
from tests.client import Visitor
from tests.house.sources import ROOT
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("F28")
TEXTS = ROOT / "pages" / "templates" / "terms"


@pytest.fixture
async def newcomer(town: Database, sign_in: SignIn) -> Visitor:
    """Everybody accepted an older version, and the owner of the IP signs in."""
    async with town.writing() as session:
        await session.execute(update(TermsAcceptance).values(version="2020-01"))
    return await sign_in("planeier")


async def accepted(town: Database) -> list[Any]:
    async with town.reading() as session:
        found = select(TermsAcceptance).where(col(TermsAcceptance.version) == TERMS)
        return list(await session.scalars(found))


async def test_who_has_not_accepted_is_asked_before_anything_opens(newcomer: Visitor, ip: str) -> None:
    asked = await newcomer.get(f"{ip}/goals?finished=1")
    assert asked.goes_to == f"/terms?next={ip}/goals%3Ffinished%3D1"
    terms = await newcomer.follow(asked)
    assert terms.heading == "Les og godta brukervilkårene"
    assert "Passordet er ditt alene" in terms.words
    assert not terms.has("//header//nav"), "there is nowhere to go yet"


@pytest.mark.parametrize("address", ["/plans", "/me", "/me/switch", "/reports", "/admin/", "{ip}", "{ip}/goals/new"])
async def test_every_door_leads_to_the_terms_first(newcomer: Visitor, ip: str, address: str) -> None:
    answer = await newcomer.browser.get(address.format(ip=ip), headers={"accept": "text/html"})
    assert answer.headers["location"].startswith("/terms")


async def test_nothing_is_written_before_the_terms_are_accepted(newcomer: Visitor, ip: str) -> None:
    page = await newcomer.post(f"{ip}/goals/new", {"title": "Dette skrev jeg", "life_area": ""})
    assert (page.status, page.heading, "Dette skrev jeg" in page.words) == (403, "Godta brukervilkårene", True)
    data = await newcomer.ask(
        "POST", f"{ip}/draft", json={"place": "/goals/new", "fields": {}}, headers={"accept": "application/json"}
    )
    assert data.status == 403
    assert (await newcomer.browser.get("/plans", headers={"hx-request": "true"})).headers["hx-redirect"] == "/terms"


async def test_accepting_leads_on_and_is_asked_once(
    newcomer: Visitor, town: Database, sign_in: SignIn, ip: str
) -> None:
    terms = await newcomer.follow(await newcomer.get(f"{ip}/goals"))
    assert (await newcomer.send(terms, accepted="y")).goes_to == f"{ip}/goals"
    (row,) = await accepted(town)
    assert (row.version, row.language) == (TERMS, "nb")
    again = await sign_in("planeier")
    assert (await again.get("/plans")).status == 200
    assert not (await again.get("/terms")).has("//input[@name='accepted']")


async def test_accepting_is_logged_with_the_version(newcomer: Visitor, town: Database) -> None:
    for _ in range(2):
        await newcomer.post("/terms", {"accepted": "y"})
    async with town.reading() as session:
        rows = list(await session.scalars(select(LogRow).where(LogRow.event == Event.TERMS_ACCEPTED)))
    assert [row.details for row in rows] == [{"version": TERMS}], "accepting twice is accepting once"


async def test_the_box_must_be_ticked(newcomer: Visitor, town: Database) -> None:
    page = await newcomer.send(await newcomer.get("/terms?next=/reports"))
    assert (page.status, page.error("accepted")) == (400, "Kryss av for at du godtar vilkårene.")
    assert page.form().get("action") == "/terms?next=/reports"
    assert await accepted(town) == []


async def test_language_and_signing_out_stay_open(newcomer: Visitor) -> None:
    english = await newcomer.follow(await newcomer.post("/language", {"language": "en", "back": "/terms"}))
    assert "Your password is yours alone" in english.words
    assert (await newcomer.post("/logout")).goes_to == "/login?done=signed-out"


async def test_the_language_they_were_read_in_is_kept(newcomer: Visitor, town: Database) -> None:
    await newcomer.post("/language", {"language": "nn", "back": "/terms"})
    await newcomer.post("/terms", {"accepted": "y"})
    assert [row.language for row in await accepted(town)] == ["nn"]


@pytest.mark.parametrize("next_", ["https://ond.example", "//ond.example", "/\\ond.example", "/terms", "/logout"])
async def test_accepting_never_leads_out_of_the_house(newcomer: Visitor, next_: str) -> None:
    assert (await newcomer.post("/terms", {"accepted": "y"}, params={"next": next_})).goes_to == "/plans"


async def test_anybody_may_read_them_and_nobody_is_asked(visitor: Visitor) -> None:
    page = await visitor.get("/terms")
    assert (page.heading, page.has("//input[@name='accepted']")) == ("Brukervilkår", False)
    assert (await visitor.post("/terms", {"accepted": "y"})).goes_to.startswith("/login")


async def test_they_are_accepted_by_who_is_signed_in_and_not_by_who_was(
    newcomer: Visitor, town: Database, clock: SteppingClock
) -> None:
    clock.move(timedelta(minutes=35))
    assert (await newcomer.post("/terms", {"accepted": "y"})).goes_to.startswith("/login")
    assert await accepted(town) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_version_has_its_text_in_every_language(language: str) -> None:
    versions = [folder for folder in TEXTS.iterdir() if folder.is_dir()]
    assert TERMS in {folder.name for folder in versions}
    for folder in versions:
        assert len((folder / f"{language}.html").read_text(encoding="utf-8").split()) > 200
