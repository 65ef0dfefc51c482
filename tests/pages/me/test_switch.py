"""Where one is: choosing among municipalities and profiles, and beginning there next time."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from tests.client import Page, Visitor, query, words
from tests.pages.conftest import SignIn

SPECIALIST = "spesialist@helse.example"
HINT = "Finner du ikke planen? Sjekk at du har valgt riktig profil."


async def choose(visitor: Visitor, page: Page, place: str, profile: str = "work") -> Page:
    (form,) = page.all(f"//form[@action='/me/switch'][.//button[contains(., '{place}')]]")
    return await visitor.post("/me/switch", dict(form.form_values()) | {"profile": profile})


@pytest.mark.feature("F53")
@pytest.mark.feature("F201")
async def test_who_has_plans_in_several_municipalities_chooses_first_and_then_goes_on(visitor: Visitor) -> None:
    landed = await visitor.sign_in(SPECIALIST, next_="/plans?ended=y")
    assert landed.goes_to == "/me/switch?next=/plans%3Fended%3Dy"
    page = await visitor.follow(landed)
    assert page.heading == "Velg kommune og profil"
    assert [words(each) for each in page.all("//main//li//h2")] == ["Dalen · Arbeid", "Fjordvik · Arbeid"]
    chosen = await choose(visitor, page, "Dalen")
    assert chosen.goes_to == "/plans?ended=y"
    assert "Dalen" in words((await visitor.follow(chosen)).one("//header"))


@pytest.mark.feature("F201")
async def test_the_last_one_is_remembered_for_the_next_time(visitor: Visitor, sign_in: SignIn) -> None:
    await choose(visitor, await visitor.follow(await visitor.sign_in(SPECIALIST)), "Dalen")
    await visitor.post("/logout")
    assert (await visitor.sign_in(SPECIALIST)).goes_to == "/plans"
    assert "Dalen" in words((await visitor.get("/plans")).one("//header"))


@pytest.mark.feature("F201")
@pytest.mark.parametrize("name", ["koordinator@fjordvik.example", "foresatt@fjordvik.example"])
async def test_who_belongs_in_one_municipality_is_not_asked(visitor: Visitor, name: str) -> None:
    assert (await visitor.sign_in(name)).goes_to == "/plans"


@pytest.mark.feature("F37")
async def test_who_has_plans_under_another_profile_is_reminded_of_it(sign_in: SignIn) -> None:
    guardian = await sign_in("foresatt")
    assert HINT not in (await guardian.get("/plans")).words
    page = await guardian.follow(await choose(guardian, await guardian.get("/me/switch"), "Arbeid"))
    assert HINT in page.words
    assert page.link("Bytt kommune eller profil") == "/me/switch"
    assert HINT not in (await (await sign_in("koordinator")).get("/plans")).words
    assert HINT in (await (await sign_in(SPECIALIST)).get("/plans")).words


@pytest.mark.feature("F37")
async def test_the_bar_says_where_one_is_and_as_what(sign_in: SignIn) -> None:
    guardian = await sign_in("foresatt")
    mark = "//a[@class='mark']"
    assert words((await guardian.get("/plans")).one(mark)) == "Medvirk Fjordvik · Personlig"
    page = await guardian.follow(await choose(guardian, await guardian.get("/me/switch"), "Arbeid"))
    assert words(page.one(mark)) == "Medvirk Fjordvik · Arbeid"


@pytest.mark.feature("F37")
async def test_a_switch_is_logged_where_one_comes(sign_in: SignIn, town: Database) -> None:
    guardian = await sign_in("foresatt")
    await choose(guardian, await guardian.get("/me/switch"), "Arbeid")
    async with town.reading() as session:
        (row,) = await session.scalars(select(LogRow).where(col(LogRow.event) == Event.PLACE_CHOSEN))
    assert row.details == {"profile": "work"}


@pytest.mark.parametrize(
    "wanted", ["https://ond.example", "//ond.example", "/\\ond.example", "javascript:alert(1)", "/login", "", "tull"]
)
async def test_choosing_never_leads_out_of_the_house(sign_in: SignIn, wanted: str) -> None:
    guardian = await sign_in("foresatt")
    page = await guardian.get("/me/switch", params={"next": wanted})
    assert set(page.all("//main//input[@name='next']/@value")) <= {"/plans"}
    form: dict[str, Any] = dict((await guardian.get("/me/switch")).all("//form[@action='/me/switch']")[0].form_values())
    assert (await guardian.post("/me/switch", form | {"profile": "work", "next": wanted})).goes_to == "/plans"


async def test_the_way_in_is_kept_through_signing_in_and_choosing(visitor: Visitor) -> None:
    asked = await visitor.get("/plans?q=R")
    landed = await visitor.sign_in(SPECIALIST, next_=query(asked.goes_to)["next"])
    assert query(landed.goes_to)["next"] == "/plans?q=R"
