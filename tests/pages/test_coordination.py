"""Koordinerende enhet: which plans there are and which nobody coordinates, no content, and appointing somebody."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.people.tables import KeptApart, Person
from models.plans.queries.coordination import PAGE
from models.plans.rules.words import PlanState
from models.plans.tables.plan import PlanSpan
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_baton import HOLDER, PROVIDER, logged, part_of, told
from tests.plan_rows import end, id_of, narrow

pytestmark = pytest.mark.feature("N7")


@pytest.fixture
async def unit(sign_in: SignIn) -> Visitor:
    """Koordinerende enhet in Fjordvik."""
    return await sign_in("enhet")


@pytest.fixture
async def vacant(town: Database, ip: str) -> str:
    """The individual plan, whose coordinator has left: where it is filled."""
    await close(town, HOLDER)
    return f"/coordination/vacancies/{id_of(ip)}"


async def close(town: Database, user_name: str) -> None:
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(col(Account.user_name) == user_name))).one()
        account.disabled_at = session.clock.now()


async def person_of(town: Database, user_name: str) -> UUID:
    async with town.reading() as session:
        found = select(Person.id).join(Account, col(Account.id) == Person.account_id)
        return (await session.scalars(found.where(col(Account.user_name) == user_name))).first() or UUID(int=0)


async def fill(visitor: Visitor, town: Database, vacant: str, user_name: str, name: str) -> Page:
    return await visitor.post(f"{vacant}?name={name}", {"person": str(await person_of(town, user_name))})


async def every_row(visitor: Visitor) -> list[list[str]]:
    """Of all the pages of the overview."""
    pages = [await visitor.get("/coordination")]
    while pages[-1].has("//a[@rel='next']"):
        pages.append(await visitor.get(pages[-1].one("//a[@rel='next']").get("href")))
    return [row for page in pages for row in rows(page)]


def rows(page: Page) -> list[list[str]]:
    return [[" ".join(cell.text_content().split()) for cell in row] for row in page.all("//main//tbody/tr")]


async def test_the_plans_without_a_coordinator_come_first(unit: Visitor, vacant: str) -> None:
    page = await unit.get("/coordination")
    lacking = ["Mangler" in row[3] for row in rows(page)]
    assert lacking == sorted(lacking, reverse=True)
    assert len(lacking) == PAGE
    assert f"Ingen koordinerer {sum(lacking)} av planene" in page.words
    assert page.has(f"//a[@href='{vacant}']")
    only = await unit.get(page.link("Vis bare dem som mangler"))
    assert len(rows(only)) == sum(lacking)


async def test_the_town_has_a_plan_whose_coordinator_has_left(unit: Visitor, town: Database) -> None:
    """And who coordinates nothing else, is missed nowhere else."""
    before = rows(await unit.get("/coordination?lacking=true"))
    assert before
    await close(town, HOLDER)
    assert len(rows(await unit.get("/coordination?lacking=true"))) == len(before) + 2


async def test_the_overview_shows_no_content_and_no_owners_name(unit: Visitor, ip: str) -> None:
    page, every = await unit.get("/coordination"), await every_row(unit)
    mine = next(row for row in every if row[0] == "R.S.")
    assert mine[1:5] == ["Individuell plan", "Aktiv", "Marte Sørdal", "Koordinerende enhet Fjordvik"]
    assert "Sundnes" not in page.text
    assert str(id_of(ip)) not in page.text
    assert (await unit.get(ip)).status == 404


async def test_ended_and_deleted_plans_are_not_there(unit: Visitor, town: Database, ip: str, relay: str) -> None:
    before = len(await every_row(unit))
    await end(town, ip)
    async with town.writing() as session:
        span = select(PlanSpan).where(col(PlanSpan.plan_id) == id_of(relay), col(PlanSpan.valid_to).is_(None))
        (await session.scalars(span)).one().state = PlanState.DELETED
    assert len(await every_row(unit)) == before - 2


async def test_plans_of_other_municipalities_are_not_there(unit: Visitor, ip_in_dalen: str) -> None:
    every = await every_row(unit)
    assert "R.S." in {row[0] for row in every}
    assert "Sigbjørn Dalåker" not in {row[3] for row in every}
    assert (await unit.get(f"/coordination/vacancies/{id_of(ip_in_dalen)}")).status == 404


@pytest.mark.parametrize("name", ["koordinator", "planeier", "analytiker", "arkivar", "laerer"])
async def test_it_is_for_those_with_the_right_alone(sign_in: SignIn, vacant: str, name: str) -> None:
    if name == "koordinator":
        name = "rektor"
    visitor = await sign_in(name)
    for address in ("/coordination", vacant, "/coordination/waiting/new", "/coordination/waiting/person"):
        assert (await visitor.get(address)).status == 403
    assert (await visitor.post(vacant, {"person": "x"})).status == 403
    assert not any(link.startswith("/coordination") for link in (await visitor.get("/plans")).links())


async def test_a_local_administrator_who_is_told_of_it_comes_to_the_register(sign_in: SignIn) -> None:
    page = await (await sign_in("admin.helse")).get("/coordination")
    assert "/admin/plans" in page.links()


async def test_a_childs_coordinator_reads_and_appoints_nobody(sign_in: SignIn, vacant: str) -> None:
    visitor = await sign_in("barnekoordinator")
    page = await visitor.get("/coordination")
    assert "Dem du er oppnevnt for" in page.words
    assert "Noor Haidari" in page.words
    assert "Selma Rognvik" not in page.words
    assert not any("/vacancies/" in link or "/waiting/" in link for link in page.links())
    assert (await visitor.get(vacant)).status == 403


async def test_reading_it_is_logged(unit: Visitor, town: Database) -> None:
    await unit.get("/coordination")
    async with town.reading() as session:
        details = select(LogRow.details).where(col(LogRow.event) == Event.REPORT_READ)
        assert list(await session.scalars(details)) == [{"report": "coordination", "format": "page"}]


async def test_who_works_here_is_appointed_and_can_open_the_plan(
    unit: Visitor, sign_in: SignIn, town: Database, vacant: str, ip: str
) -> None:
    page = await unit.get(f"{vacant}?name=Elvestad")
    assert "Hodan Elvestad, Helsesykepleier, Fjordvik helsestasjon" in page.words
    done = await unit.follow(await fill(unit, town, vacant, "helsesykepleier@fjordvik.example", "Elvestad"))
    assert "Nå koordinerer noen planen." in done.words
    new = await sign_in("helsesykepleier")
    assert (await new.get(f"{ip}/settings")).status == 200
    assert await told(town, Notice.COORDINATOR_CHANGED) == {"planeier@fjordvik.example"}
    assert "helsesykepleier@fjordvik.example" in await told(town, Notice.ADDED_TO_PLAN)
    assert await logged(town, ip, Event.COORDINATOR_APPOINTED) == ["coordinator.appointed"]
    assert "Hodan Elvestad" in (await (await sign_in("planeier")).get(ip)).words


async def test_who_takes_part_already_gets_the_role(
    unit: Visitor, sign_in: SignIn, town: Database, vacant: str, ip: str
) -> None:
    assert (await fill(unit, town, vacant, PROVIDER, "Vikan")).status == 303
    provider = await sign_in("tjenesteyter")
    assert (await provider.get(f"{ip}/settings")).status == 200
    assert await part_of(town, ip, PROVIDER)


async def test_a_plan_that_somebody_coordinates_is_closed(unit: Visitor, town: Database, ip: str, vacant: str) -> None:
    await fill(unit, town, vacant, PROVIDER, "Vikan")
    assert (await unit.get(vacant)).status == 409
    page = await fill(unit, town, vacant, "helsesykepleier@fjordvik.example", "Elvestad")
    assert page.status == 409
    assert "Noen koordinerer planen nå." in page.words
    assert await logged(town, ip, Event.COORDINATOR_APPOINTED) == ["coordinator.appointed"]


async def test_a_plan_that_never_was_vacant_opens_to_no_unit(unit: Visitor, town: Database, relay: str) -> None:
    assert (await unit.get(f"/coordination/vacancies/{id_of(relay)}")).status == 409
    assert (await fill(unit, town, f"/coordination/vacancies/{id_of(relay)}", PROVIDER, "Vikan")).status == 409


@pytest.mark.parametrize(
    ("user_name", "name"),
    [
        ("planeier@fjordvik.example", "Sundnes"),
        ("koordinator@dalen.example", "Dalåker"),
        (HOLDER, "Sørdal"),
        ("nobody@fjordvik.example", "Vikan"),
    ],
)
async def test_only_somebody_who_works_here_and_can_sign_in_is_found(
    unit: Visitor, town: Database, vacant: str, user_name: str, name: str
) -> None:
    page = await fill(unit, town, vacant, user_name, name)
    assert page.status == 400
    assert "Ingen er valgt." in page.words or page.error("person")


async def test_who_is_kept_apart_from_somebody_in_the_plan_is_not_appointed(
    unit: Visitor, town: Database, vacant: str, ip: str
) -> None:
    nurse, owner = [await person_of(town, f"{name}@fjordvik.example") for name in ("helsesykepleier", "planeier")]
    async with town.writing() as session:
        place = (await session.get_one(Person, nurse)).municipality_id
        session.add(
            KeptApart(
                municipality_id=place, first_id=nurse, second_id=owner, made_at=session.clock.now(), made_by=owner
            )
        )
    page = await fill(unit, town, vacant, "helsesykepleier@fjordvik.example", "Elvestad")
    assert page.status == 400
    assert "kan ikke koordinere denne planen" in page.error("person")


async def test_a_plan_without_a_basis_gets_one_who_can_renew_it(
    unit: Visitor, sign_in: SignIn, town: Database, vacant: str, ip: str
) -> None:
    await narrow(town, ip)
    assert (await fill(unit, town, vacant, "helsesykepleier@fjordvik.example", "Elvestad")).status == 303
    home = await (await sign_in("helsesykepleier")).get(ip)
    assert "innholdet i planen lukket for alle" in home.words


async def test_an_ended_plan_has_no_vacancy(unit: Visitor, town: Database, vacant: str, ip: str) -> None:
    await end(town, ip)
    assert (await unit.get(vacant)).status == 404


@pytest.mark.parametrize("query", ["a", " ", "%25", "__", "<script>", "x" * 2000])
async def test_a_search_for_too_little_or_for_nonsense_lists_nobody(unit: Visitor, vacant: str, query: str) -> None:
    page = await unit.get(f"{vacant}?name={query}")
    assert page.status == 200
    assert not page.has("//input[@type='radio']")


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=1000001", "lacking=perhaps"])
async def test_odd_addresses_are_no_pages(unit: Visitor, query: str) -> None:
    assert (await unit.get(f"/coordination?{query}")).status == 404


async def test_a_page_beyond_the_last_is_the_last(unit: Visitor) -> None:
    assert rows(await unit.get("/coordination?page=9999"))


@pytest.mark.feature("F193")
async def test_the_plan_register_finds_those_without_a_coordinator(sign_in: SignIn, vacant: str, ip: str) -> None:
    visitor = await sign_in("superadmin")

    async def found(query: str) -> list[dict[str, Any]]:
        answer = await visitor.browser.get(f"/admin/plans/list?perPage=100{query}")
        items: list[dict[str, Any]] = answer.json()["data"]["items"]
        return items

    lacking, having, every = [await found(query) for query in ("&coordinated=false", "&coordinated=true", "")]
    assert str(id_of(ip)) in {row["id"] for row in lacking}
    assert len(lacking) + len(having) == len(every)
    assert not {row["id"] for row in lacking} & {row["id"] for row in having}
