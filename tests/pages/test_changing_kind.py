"""A stafettlogg becomes an individual plan (F191): what everybody becomes is shown first, and nothing is lost."""

import pytest

from models.database import Database
from models.rights import PlanKind
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.plan_rows import set_kind

pytestmark = pytest.mark.feature("F191")


def line(page: Page, name: str) -> str:
    return words(page.one(f"//li[.//h4[normalize-space()='{name}']]"))


async def test_the_step_shows_who_becomes_what_and_then_it_is_so(
    coordinator: Visitor, guardian: Visitor, relay: str
) -> None:
    before = await guardian.get(f"{relay}/goals")
    kinds = await coordinator.get((await coordinator.get(f"{relay}/settings")).link("Endre plantype"))
    page = await coordinator.get(kinds.link("Individuell plan"))
    assert "Fra stafettlogg til individuell plan" in page.words
    assert "Stafettholder blir Koordinator" in page.words
    after = await coordinator.follow(await coordinator.send(page, agreed="y"))
    assert "Plantypen er endret. Alt som er skrevet, er med videre." in after.words
    assert "Individuell plan" in after.words
    assert "Koordinator" in (await coordinator.get("/plans")).words
    again = await guardian.get(f"{relay}/goals")
    assert again.status == 200
    assert [words(one) for one in again.all("//h3")] == [words(one) for one in before.all("//h3")]


async def test_teachers_become_providers(sign_in: SignIn, iop: str) -> None:
    rector = await sign_in("rektor")
    assert "Lærer blir Tjenesteyter" in (await rector.get(f"{iop}/settings/kind/IP")).words


async def test_what_was_set_for_one_alone_is_said_to_stay(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/settings/kind/SL")
    told = next(words(one) for one in page.all("//main//li") if "Andre" in words(one))
    assert "Satt særskilt, og blir stående: Mål (Ingen tilgang)" in told


async def test_without_having_talked_to_the_owner_it_is_not_done(coordinator: Visitor, relay: str) -> None:
    page = await coordinator.send(await coordinator.get(f"{relay}/settings/kind/IP"))
    assert page.status == 400
    assert page.error("agreed")
    assert "Stafettlogg" in (await coordinator.get(relay)).words


async def test_the_later_of_two_is_shown_how_it_is_now(coordinator: Visitor, town: Database, relay: str) -> None:
    form = await coordinator.get(f"{relay}/settings/kind/IP")
    await set_kind(town, relay, PlanKind.IOP)
    page = await coordinator.post(form.url, form.typed() | {"agreed": "y"})
    assert page.status == 409
    assert "Noen andre endret planen mens du holdt på" in page.words
    assert "Fra individuell opplæringsplan til individuell plan" in page.words


async def test_sent_twice_it_is_done_once(coordinator: Visitor, relay: str) -> None:
    form = await coordinator.get(f"{relay}/settings/kind/IP")
    for _ in range(2):
        assert (await coordinator.send(form, agreed="y")).status == 303


async def test_a_kind_that_is_none_or_the_same_is_not_found(coordinator: Visitor, relay: str) -> None:
    for kind in ("SL", "XX", "ip", "../IP"):
        assert (await coordinator.get(f"{relay}/settings/kind/{kind}")).status == 404


async def test_what_the_new_kind_usually_has_is_ticked_and_what_there_is_goes_with_it(
    sign_in: SignIn, iop: str
) -> None:
    rector = await sign_in("rektor")
    page = await rector.get(f"{iop}/settings/kind/IP")
    offered = {str(value) for value in page.all("//input[@name='parts']/@value")}
    assert offered == {"life_areas"}
    assert offered == {str(value) for value in page.all("//input[@name='parts'][@checked]/@value")}


@pytest.mark.feature("F129")
async def test_who_may_print_is_said_with_yes_or_no(coordinator: Visitor, relay: str) -> None:
    told = line(await coordinator.get(f"{relay}/settings/kind/IP"), "Sunniva Aasheim")
    assert "Utskrift Ja blir Nei" in told
