"""«Administrer» (F59): what the first page shows, and when the plan is gone through."""

from datetime import date, timedelta

import pytest

from models.clock import SteppingClock, local_day
from models.database import Database
from models.plans.rules.words import HomeBlock
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.plan_rows import end, narrow, set_plan

HEADINGS = {
    HomeBlock.ABOUT: "Om meg selv",
    HomeBlock.JOURNAL: "Sist jeg var her",
    HomeBlock.NEWS: "Nytt siden sist",
    HomeBlock.COMING: "Kommende hendelser",
    HomeBlock.MESSAGES: "Siste meldinger",
    HomeBlock.GOALS: "Mål",
    HomeBlock.VISITORS: "Hvem har besøkt planen",
}


@pytest.fixture
def today(clock: SteppingClock) -> date:
    return local_day(clock.now())


async def save(visitor: Visitor, plan: str, shown: list[str], revise_on: str = "") -> Page:
    form = await visitor.get(f"{plan}/settings")
    seen = [str(mark) for mark in form.all("//div[@id='main']//input[@name='seen']/@value")] or [""]
    return await visitor.post(f"{plan}/settings", {"shown": shown, "revise_on": revise_on, "seen": seen[0]})


def headings(page: Page) -> set[str]:
    return {words(each) for each in page.all("//main//h2")}


@pytest.mark.feature("F59")
@pytest.mark.parametrize("hidden", list(HEADINGS))
async def test_a_block_that_is_taken_off_is_off_for_everybody(
    coordinator: Visitor, sign_in: SignIn, ip: str, hidden: HomeBlock
) -> None:
    provider = await sign_in("tjenesteyter")
    assert set(HEADINGS.values()) <= headings(await provider.get(ip))
    saved = await save(coordinator, ip, [block for block in HomeBlock if block is not hidden])
    assert "Lagret." in (await coordinator.follow(saved)).words
    for visitor in (provider, coordinator):
        shown = headings(await visitor.get(ip))
        assert HEADINGS[hidden] not in shown
        assert set(HEADINGS.values()) - {HEADINGS[hidden]} <= shown
    form = await coordinator.get(f"{ip}/settings")
    assert [box.get("value") for box in form.all("//input[@type='checkbox'][not(@checked)]")] == [hidden.value]


@pytest.mark.feature("F59")
async def test_with_everything_off_there_is_still_a_person(coordinator: Visitor, ip: str) -> None:
    await save(coordinator, ip, [])
    page = await coordinator.get(ip)
    assert headings(page) == {"Rolf Erik Sundnes", "Planen"}
    assert "Administrer planen" in page.words


async def test_other_plans_are_as_they_were(coordinator: Visitor, ip: str, relay: str) -> None:
    await save(coordinator, ip, [])
    assert set(HEADINGS.values()) <= headings(await coordinator.get(relay))


@pytest.mark.parametrize("name", ["planeier", "tjenesteyter", "assistent"])
async def test_only_who_administers_the_plan_comes_in(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    for ending in ("/settings", "/settings/revised"):
        assert (await visitor.get(ip + ending)).status == 403
        assert (await visitor.post(ip + ending, {"revise_on": "2027-01-01"})).status == 403
    for page in (await visitor.get(ip), await visitor.get(f"{ip}/more")):
        assert not any("/settings" in link for link in page.links())


@pytest.mark.parametrize("name", ["rektor", "koordinator@dalen.example", "superadmin"])
async def test_who_is_not_in_the_plan_finds_nothing(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    for ending in ("/settings", "/settings/revised"):
        assert (await visitor.get(ip + ending)).status == 404
        assert (await visitor.post(ip + ending, {"revise_on": "2027-01-01"})).status == 404


async def test_going_through_the_plan_proposes_the_next_time_by_its_kind(
    coordinator: Visitor, sign_in: SignIn, ip: str, iop: str, relay: str
) -> None:
    rector = await sign_in("rektor")
    for visitor, plan, proposed in (
        (coordinator, ip, "2027-11-20"),
        (rector, iop, "2027-11-20"),
        (coordinator, relay, "2027-02-20"),
    ):
        form = await visitor.get((await visitor.get(f"{plan}/settings")).link("Planen er gjennomgått i dag"))
        assert form.typed()["revise_on"] == proposed
        page = await visitor.follow(await visitor.send(form))
        assert "Sist gjennomgått fredag 20. november" in page.words
        assert (await visitor.get(f"{plan}/settings")).typed()["revise_on"] == proposed
    assert "Sist gjennomgått fredag 20. november" in (await (await sign_in("planeier")).get(ip)).words


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (12, "Neste revisjon Om 12 dager"),
        (1, "Neste revisjon Om 1 dag"),
        (0, "Neste revisjon I dag"),
        (-1, "Neste revisjon 1 dag på overtid"),
        (-12, "Neste revisjon 12 dager på overtid"),
        (100, "Neste revisjon søndag 28. februar 2027"),
    ],
)
async def test_the_next_time_is_said_in_words(
    coordinator: Visitor, sign_in: SignIn, town: Database, today: date, ip: str, days: int, said: str
) -> None:
    await set_plan(town, ip, revise_on=today + timedelta(days=days))
    for page in (
        await coordinator.get(ip),
        await coordinator.get(f"{ip}/settings"),
        await (await sign_in("planeier")).get(ip),
    ):
        assert said in page.words
        tags = [words(tag) for tag in page.all("//dd//*[contains(@class, 'ds-tag')][@data-color='warning']")]
        assert len(tags) == (days <= 0)


async def test_a_plan_without_such_a_day_says_so_to_who_can_set_it(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    await set_plan(town, ip, revise_on=None)
    assert "Neste revisjon Ikke bestemt ennå" in (await coordinator.get(ip)).words
    assert "Neste revisjon" not in (await (await sign_in("planeier")).get(ip)).words


@pytest.mark.feature("F49")
async def test_the_plans_period_is_shown(coordinator: Visitor, town: Database, ip: str) -> None:
    for first, last, said in (
        (date(2026, 1, 5), date(2026, 12, 31), "Planperiode mandag 5. januar til torsdag 31. desember"),
        (date(2026, 1, 5), None, "Planperiode Fra mandag 5. januar"),
        (None, date(2026, 12, 31), "Planperiode Til torsdag 31. desember"),
        (None, None, "Planperiode Ikke bestemt ennå"),
    ):
        await set_plan(town, ip, period_from=first, period_to=last)
        assert said in (await coordinator.get(f"{ip}/settings")).words


@pytest.mark.parametrize(
    "day", ["2026-11-19", "1926-11-20", "2033-01-01", "20.11.2027", "tull", "2027-02-30", "99999-01-01"]
)
@pytest.mark.parametrize("ending", ["/settings", "/settings/revised"])
async def test_bad_days_are_said_beside_the_field(
    coordinator: Visitor, town: Database, ip: str, ending: str, day: str
) -> None:
    await set_plan(town, ip, revise_on=None)
    page = await coordinator.post(ip + ending, {"shown": ["about"], "revise_on": day})
    assert page.status == 400
    assert page.error("revise_on")
    assert page.typed()["revise_on"] == day
    assert "Ikke bestemt ennå" in (await coordinator.get(f"{ip}/settings")).words


async def test_a_block_that_is_not_one_is_refused(coordinator: Visitor, ip: str) -> None:
    page = await save(coordinator, ip, ["about", "secrets"])
    assert page.status == 400
    assert page.error("shown")


async def test_it_stays_open_while_the_content_is_closed(coordinator: Visitor, town: Database, ip: str) -> None:
    await narrow(town, ip)
    home = await coordinator.get(ip)
    assert "Inntil det er i orden, er innholdet i planen lukket for alle." in home.words
    page = await coordinator.get(home.link("Administrer planen"))
    assert (await coordinator.send(page, revise_on="2027-05-01")).status == 303
    assert "lørdag 1. mai 2027" in (await coordinator.get(f"{ip}/settings")).words


async def test_an_ended_plan_is_not_changed(coordinator: Visitor, town: Database, ip: str) -> None:
    await end(town, ip)
    page = await coordinator.get(f"{ip}/settings")
    assert "Planen er avsluttet og kan leses, men ikke endres." in page.words
    assert not page.has("//main//form[@method='post']")
    assert (await save(coordinator, ip, [])).status == 403
    assert (await coordinator.get(f"{ip}/settings/revised")).status == 403
    assert (await coordinator.post(f"{ip}/settings/revised", {"revise_on": "2027-01-01"})).status == 403
