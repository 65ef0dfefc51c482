"""The municipality's prepared texts, offered where they may be put into what one writes (F65, F80)."""

import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from models.database import Database
from models.organisation.tables import Municipality
from models.rights import PlanKind
from models.templates.rules import TextKind
from models.templates.tables import TextTemplate
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn

pytestmark = [pytest.mark.feature("F65"), pytest.mark.feature("F80")]
JSON = {"accept": "application/json"}


def titles(page: Page) -> list[str]:
    return [words(title) for title in page.all("//section//h3")]


async def prepare(town: Database, municipality: str, name: str, kind: PlanKind | None, body: str) -> None:
    async with town.writing() as session:
        where = select(Municipality).where(col(Municipality.name).startswith(municipality))
        place = (await session.scalars(where)).one()
        session.add(TextTemplate(municipality_id=place.id, name=name, plan_kind=kind, kind=TextKind.GOALS, body=body))


async def test_the_form_of_a_goal_leads_to_the_texts_for_goals(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get((await coordinator.get(f"{ip}/goals/new")).link("Se tekstmalene"))
    assert page.url.endswith(f"{ip}/texts/goals")
    assert "Mål: individuell plan" in titles(page)
    assert not [title for title in titles(page) if title.startswith("Livsområde")]


async def test_only_texts_for_this_kind_of_plan_or_for_all_are_offered(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    await prepare(town, "Fjordvik", "For alle", None, "A")
    await prepare(town, "Fjordvik", "For individuell plan", PlanKind.IP, "B")
    await prepare(town, "Fjordvik", "For skolen", PlanKind.IOP, "C")
    assert {"For alle", "For individuell plan"} <= set(titles(await coordinator.get(f"{ip}/texts/goals")))
    assert "For skolen" not in titles(await coordinator.get(f"{ip}/texts/goals"))


async def test_of_two_with_one_name_the_plans_own_kind_comes_first(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    await prepare(town, "Fjordvik", "Båt", None, "For alle")
    await prepare(town, "Fjordvik", "Båt", PlanKind.IP, "For IP")
    offered = (await coordinator.get(f"{ip}/texts/goals", headers=JSON)).answer.json()
    assert [one["body"] for one in offered if one["name"] == "Båt"] == ["For IP"]


async def test_another_municipalitys_texts_are_not_offered(coordinator: Visitor, town: Database, ip: str) -> None:
    await prepare(town, "Dalen", "Bare i Dalen", None, "Hemmelig")
    assert "Bare i Dalen" not in titles(await coordinator.get(f"{ip}/texts/goals"))


@pytest.mark.parametrize(("name", "status"), [("rektor", 404), ("koordinator@dalen.example", 404), ("utlopt", 403)])
async def test_who_may_not_open_the_plan_is_not_given_the_texts(
    sign_in: SignIn, ip: str, name: str, status: int
) -> None:
    assert (await (await sign_in(name)).get(f"{ip}/texts/goals")).status == status


async def test_there_are_no_texts_of_a_kind_that_is_none(coordinator: Visitor, ip: str) -> None:
    assert (await coordinator.get(f"{ip}/texts/tull")).status == 404


async def test_script_in_a_prepared_text_is_never_shown(coordinator: Visitor, town: Database, ip: str) -> None:
    await prepare(town, "Fjordvik", "Ond", None, "<p>Hei<script>alert(1)</script><b onclick=x>du</b></p>")
    card = (await coordinator.get(f"{ip}/texts/goals")).one("//section[contains(., 'Ond')]")
    assert "Heidu" in words(card)
    assert not card.xpath(".//script | .//@onclick")


async def test_a_municipality_without_texts_says_who_can_make_them(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    async with town.writing() as session:
        await session.execute(delete(TextTemplate))
    page = await coordinator.get(f"{ip}/texts/goals")
    assert "Den lokale administratoren i kommunen kan lage dem." in page.words
