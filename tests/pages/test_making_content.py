"""Step 3: the parts, the goals and life areas, and the municipality's templates (F182, F183, F203)."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.database import Database
from models.organisation.tables import Municipality
from models.plans.rules.making import MOST_GOALS
from models.rights import Element, PlanKind
from models.templates.rules import TextKind
from models.templates.tables import PlanTemplate, PlanTemplateItem, TextTemplate
from tests.client import Page, Visitor
from tests.pages.newcomers import at_account, at_content, card, onwards

pytestmark = [pytest.mark.feature("F182"), pytest.mark.feature("F51")]


@pytest.fixture(autouse=True)
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø»."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def template(town: Database, municipality: str = "Fjordvik", kind: PlanKind = PlanKind.IOP, **values: Any) -> str:
    """«Vår mal», with two goals and no more than goals and messages; its id."""
    async with town.writing() as session:
        place = (await session.scalars(select(Municipality).where(Municipality.name == municipality))).one()
        owned, now = {"municipality_id": place.id}, session.clock.now()
        made = PlanTemplate(**owned, kind=kind, name="Vår mal", parts=["goals", "messages"], changed_at=now, **values)
        session.add(made)
        await session.flush()
        for numbered, title in ((2, "Skrive"), (1, "Lese")):
            session.add(
                PlanTemplateItem(
                    **owned, template_id=made.id, element=Element.GOALS, numbered=numbered, title=title, body="Slik"
                )
            )
        session.add(PlanTemplateItem(**owned, template_id=made.id, element=Element.HEALTH, body="Frisk?"))
        return str(made.id)


def titles(page: Page) -> list[str]:
    return [page.typed()[name] for name in page.typed() if name.endswith("_title") and page.typed()[name]]


def ticked(page: Page) -> list[str]:
    return [box.get("value") for box in page.all("//input[@name='parts'][@checked]")]


@pytest.mark.feature("F203")
async def test_a_template_ticks_its_parts_and_fills_in_its_goals_in_order(coordinator: Visitor, town: Database) -> None:
    chosen = await template(town)
    page = await onwards(coordinator, await at_content(coordinator, "iop"), act="template", template=chosen)
    page = await coordinator.follow(page)
    assert (ticked(page), titles(page)) == (["goals", "messages"], ["Lese", "Skrive"])
    assert page.typed()["health"] == "Frisk?"


@pytest.mark.feature("F203")
async def test_a_template_overwrites_nothing_that_somebody_wrote(coordinator: Visitor, town: Database) -> None:
    page, written = await at_content(coordinator, "iop"), {"goal_0_title": "Regne", "health": "Astma"}
    page = await onwards(coordinator, page, act="template", template=await template(town), **written)
    page = await coordinator.follow(page)
    assert titles(page) == ["Regne", "Lese", "Skrive"]
    assert page.typed()["health"] == "Astma"


@pytest.mark.feature("F203")
@pytest.mark.parametrize(
    "such", [{"municipality": "Dalen"}, {"kind": PlanKind.IP}, {"in_use": False}], ids=["elsewhere", "kind", "unused"]
)
async def test_only_templates_in_use_of_the_kind_and_municipality_are_offered(
    coordinator: Visitor, town: Database, such: dict[str, Any]
) -> None:
    other = await template(town, **such)
    page = await at_content(coordinator, "iop")
    assert not page.has(f"//option[@value='{other}']")
    page = await onwards(coordinator, page, act="template", template=other, goal_0_title="Regne")
    assert (page.status, page.error("template")) == (400, "Velg en mal fra listen.")
    assert titles(page) == ["Regne"]


@pytest.mark.feature("F203")
@pytest.mark.parametrize("start", ["ip", "iop", "iup", "sl"])
async def test_each_kind_has_templates_from_the_beginning(coordinator: Visitor, start: str) -> None:
    page = await at_content(coordinator, start)
    assert len(page.all("//select[@name='template']/option")) > 1


async def test_more_rows_are_given_and_one_is_taken_away(coordinator: Visitor) -> None:
    written = {"goal_0_title": "En", "goal_1_title": "To", "goal_2_title": "Tre"}
    page = await onwards(coordinator, await at_content(coordinator), act="more", **written)
    page = await coordinator.follow(page)
    assert (titles(page), "goal_5_title" in page.typed(), "goal_6_title" in page.typed()) == (
        ["En", "To", "Tre"],
        True,
        False,
    )
    page = await coordinator.follow(await onwards(coordinator, page, act="remove-2"))
    assert titles(page) == ["En", "Tre"]


async def test_there_is_an_end_to_the_rows(coordinator: Visitor) -> None:
    page = await at_content(coordinator)
    for _ in range(MOST_GOALS // 3 + 1):
        page = await coordinator.follow(await onwards(coordinator, page, act="more"))
    assert sum(1 for name in page.typed() if name.endswith("_title")) == MOST_GOALS
    assert not page.has("//button[@value='more']")


async def test_an_individual_plan_must_have_goals(coordinator: Visitor) -> None:
    page = await onwards(coordinator, await at_content(coordinator), parts=["messages"])
    assert (page.status, "En individuell plan må ha mål" in page.error("parts")) == (400, True)
    assert ticked(page) == ["messages"]


async def test_a_plan_of_coordination_alone_is_offered_no_goals(coordinator: Visitor) -> None:
    page = await at_content(coordinator, "simple")
    assert not page.has("//input[@value='goals']")
    assert not page.has("//input[contains(@name, '_title')]")
    page = await onwards(coordinator, page, parts=["goals", "messages"])
    assert page.goes_to.endswith("/account")


@pytest.mark.feature("F183")
async def test_texts_of_parts_that_are_not_ticked_are_kept_and_not_used(coordinator: Visitor) -> None:
    page = await onwards(
        coordinator, await at_content(coordinator, "sl"), parts=["messages"], goal_0_title="Svømme", housing="Leilighet"
    )
    page = await coordinator.follow(page)
    page = await coordinator.follow(await onwards(coordinator, page))
    assert "Svømme" not in page.words
    again = await coordinator.get(page.url.replace("/summary", "/content"))
    assert (titles(again), again.typed()["housing"]) == (["Svømme"], "Leilighet")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"goal_1_title": " ", "goal_1_text": "Bare tekst"}, "goal_1_title", "Skriv en tittel"),
        ({"goal_0_title": "x" * 201}, "goal_0_title", "200"),
        ({"goal_0_title": "Mål", "goal_0_text": "x" * 20_001}, "goal_0_text", "20"),
        ({"housing": "x" * 20_001}, "housing", "20"),
        ({"period_from": "2027-02-01", "period_to": "2027-01-31"}, "period_to", "kan ikke være før"),
        ({"period_to": "31.02.2027"}, "period_to", "Skriv en dato"),
        ({"period_from": "0001-01-01"}, "period_from", "Sjekk årstallet"),
        ({"parts": ["goals", "magic"]}, "parts", "Velg noe fra listen"),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field_and_kept(
    coordinator: Visitor, typed: dict[str, Any], field: str, sentence: str
) -> None:
    page = await onwards(coordinator, await at_content(coordinator), **{"leisure": "Turn"} | typed)
    if field == "parts":
        assert page.goes_to.endswith("/account")
        return
    assert (page.status, sentence in page.error(field)) == (400, True)
    assert page.typed()["leisure"] == "Turn"


async def test_a_script_does_no_harm(coordinator: Visitor) -> None:
    text = "<p>Hei</p><script>alert(1)</script><ul><li>En</li></ul>"
    page = await onwards(coordinator, await at_content(coordinator), goal_0_title="<b>Bo</b>", goal_0_text=text)
    page = await coordinator.get(page.goes_to.replace("/account", "/content"))
    assert "alert" not in page.text
    page = await coordinator.follow(await onwards(coordinator, page))
    page = await coordinator.follow(await onwards(coordinator, page))
    assert "<b>Bo</b>" in page.words


async def test_far_more_than_anybody_writes_is_refused(coordinator: Visitor) -> None:
    page = await at_content(coordinator)
    page = await onwards(coordinator, page, act="later", **{f"goal_{row}_text": "x" * 150_000 for row in range(3)})
    assert page.status in (400, 413)


# ---- prepared texts -------------------------------------------------------------------------------------------------


@pytest.mark.feature("F65")
async def test_the_municipalitys_prepared_texts_are_there_to_be_put_in(coordinator: Visitor, town: Database) -> None:
    async with town.writing() as session:
        place = (await session.scalars(select(Municipality).where(col(Municipality.name) == "Fjordvik"))).one()
        owned = {"municipality_id": place.id, "kind": TextKind.GOALS}
        session.add(TextTemplate(**owned, name="For skolen", plan_kind=PlanKind.IOP, body="Skole"))
        session.add(TextTemplate(**owned, name="For IP", plan_kind=PlanKind.IP, body="Plan"))
    page = await at_content(coordinator, "iop")
    (address,) = set(page.all("//*[@id='goal_0_text']/ancestor::div[1]/following-sibling::div/@data-prepared"))
    texts = (await coordinator.get(address, headers={"accept": "application/json"})).answer.json()
    assert "For skolen" in [text["name"] for text in texts]
    assert "For IP" not in [text["name"] for text in texts]
    assert "For skolen" in (await coordinator.get(address)).words


async def test_the_account_step_comes_after(coordinator: Visitor) -> None:
    assert "Skal Åse-Marie Bø logge på?" in (await at_account(coordinator)).words
