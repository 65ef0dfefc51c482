"""The completeness meter (N6): in words, with sources and ways to mend, and for each only what they may know."""

from uuid import UUID

import pytest
from sqlmodel import col, delete, select, update

from models.database import Database
from models.plans.tables.goals import Activity
from models.plans.tables.plan import Plan
from models.plans.tables.together import Cooperation
from models.rights import Element, PlanKind
from models.templates.tables import ContentPoint
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("N6")


def titles(page: Page, section: str) -> list[str]:
    return [words(one) for one in page.all(f"//section[@aria-labelledby='{section}']//h4")]


def plan_id(address: str) -> UUID:
    return UUID(address.rsplit("/", 1)[1])


async def test_the_nine_points_of_an_ip_are_all_there_with_their_source(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get((await coordinator.get(f"{ip}/more")).link("Hva planen skal inneholde"))
    assert len(titles(page, "missing") + titles(page, "fulfilled")) == 9
    assert "av 9 er på plass" in page.words
    assert page.words.count("Kilde: forskrift om individuell plan ved ytelse av velferdstjenester") == 9
    assert "Planen gir ikke større rett til tjenester enn det som ellers følger av loven." in page.words


async def test_the_meter_agrees_with_the_points(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/completeness")
    count = len(titles(page, "fulfilled"))
    assert f"{count} av 9 er på plass" in page.words
    assert page.one("//div[@id='main']//progress").get("value") == str(count)


async def test_what_is_missing_leads_to_where_it_is_mended(coordinator: Visitor, ip: str, town: Database) -> None:
    async with town.writing() as session:
        await session.execute(delete(Cooperation).where(col(Cooperation.plan_id) == plan_id(ip)))
    page = await coordinator.get(f"{ip}/completeness")
    assert "Ingen andre tjenester er ført opp ennå." in page.words
    assert page.link("Gå til samarbeid") == f"{ip}/cooperation"


async def test_activities_to_mend_are_named_and_linked(coordinator: Visitor, ip: str, town: Database) -> None:
    async with town.writing() as session:
        lame = (await session.scalars(select(Activity).where(col(Activity.plan_id) == plan_id(ip)))).all()
        await session.execute(update(Activity).where(col(Activity.plan_id) == plan_id(ip)).values(responsible_id=None))
    page = await coordinator.get(f"{ip}/completeness")
    assert "Noen aktiviteter mangler omfang eller ansvarlig:" in page.words
    named = page.all("//section[@aria-labelledby='missing']//li/a")
    assert 1 <= len(named) <= 5
    assert len(lame) > 5
    assert "og " in page.words
    goal = await coordinator.get(named[0].get("href").split("#")[0])
    assert words(named[0]) in goal.words


async def test_the_assistant_is_told_that_something_is_left_out_and_nothing_of_it(sign_in: SignIn, ip: str) -> None:
    assistant = await sign_in("assistent")
    page = await assistant.get(f"{ip}/completeness")
    assert "Krav som gjelder deler av planen du ikke har tilgang til, er ikke med her." in page.words
    assert "Mål, ressurser og behov" not in page.words
    assert not page.has("//section[@aria-labelledby='missing']//li")


async def test_the_coordinator_is_told_of_nothing_left_out(coordinator: Visitor, ip: str) -> None:
    assert "du ikke har tilgang til" not in (await coordinator.get(f"{ip}/completeness")).words


async def test_an_iop_has_the_points_of_its_own_law(sign_in: SignIn, iop: str) -> None:
    page = await (await sign_in("rektor")).get(f"{iop}/completeness")
    assert (page.words.count("opplæringslova § 11-10"), page.words.count("opplæringslova § 11-11")) == (3, 1)
    assert "velferdstjenester" not in page.words


async def test_a_stafettlogg_has_the_municipalitys_own(coordinator: Visitor, relay: str) -> None:
    page = await coordinator.get(f"{relay}/completeness")
    assert page.words.count("Kilde: kommunens egne krav") == 6


async def test_a_point_that_people_judge_is_not_counted(coordinator: Visitor, ip: str, town: Database) -> None:
    async with town.writing() as session:
        first = col(ContentPoint.kind) == PlanKind.IP, col(ContentPoint.numbered) == 1
        await session.execute(update(ContentPoint).where(*first).values(checked=[], title="Er alle <i>hørt</i>?"))
    page = await coordinator.get(f"{ip}/completeness")
    assert titles(page, "for-people") == ["Er alle <i>hørt</i>?"]
    assert "av 8 er på plass" in page.words


async def test_without_points_the_page_says_so(coordinator: Visitor, ip: str, town: Database) -> None:
    async with town.writing() as session:
        await session.execute(update(ContentPoint).values(in_use=False))
    page = await coordinator.get(f"{ip}/completeness")
    assert "Ingen krav å vise" in page.words
    assert not page.has("//div[@id='main']//progress")


async def test_a_plan_of_coordination_alone_has_no_such_room(coordinator: Visitor, ip: str, town: Database) -> None:
    async with town.writing() as session:
        few = sorted({element.value for element in Element} - {"goals", "activities"})
        await session.execute(update(Plan).where(col(Plan.id) == plan_id(ip)).values(elements=few))
    assert (await coordinator.get(f"{ip}/completeness")).status == 403
    assert "Hva planen skal inneholde" not in (await coordinator.get(f"{ip}/more")).words
