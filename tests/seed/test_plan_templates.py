"""The plan templates every municipality begins with: they fit their kinds, and what is taken away stays away."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.database import Database
from models.plans.rules.making import Part, Start, problem
from models.rights import LIFE_AREAS, Element, PlanKind
from models.templates.tables import PlanTemplate, PlanTemplateItem
from seed.load import seed_municipality
from seed.plan_templates import plan_templates

pytestmark = pytest.mark.feature("F203")
ROWS = list(plan_templates(UUID(int=1), None))
TEMPLATES = [row for row in ROWS if isinstance(row, PlanTemplate)]
ITEMS = [row for row in ROWS if isinstance(row, PlanTemplateItem)]


def test_every_kind_of_plan_has_one() -> None:
    assert {template.kind for template in TEMPLATES} == set(PlanKind)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_plan_can_be_made_with_it(template: PlanTemplate) -> None:
    parts = {Part(word) for word in template.parts}
    assert problem(Start(template.kind.lower()), parts) is None
    inside = [item for item in ITEMS if item.template_id == template.id]
    assert inside
    assert all(Part.GOALS in parts for item in inside if item.element is Element.GOALS)
    assert all(Part.LIFE_AREAS in parts for item in inside if item.element in LIFE_AREAS)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.title or item.body[:30])
def test_an_item_is_a_goal_with_a_title_or_the_text_of_a_life_area(item: PlanTemplateItem) -> None:
    assert item.element in (Element.GOALS, *LIFE_AREAS)
    assert item.body
    assert bool(item.title) is (item.element is Element.GOALS)


async def test_what_a_municipality_took_away_is_not_put_back(database: Database) -> None:
    async with database.writing() as session:
        place = await seed_municipality(session, "Vik")
        for item in await session.scalars(select(PlanTemplateItem)):
            await session.delete(item)
    async with database.writing() as session:
        await seed_municipality(session, "Vik")
        mine = col(PlanTemplate.municipality_id) == place.id
        assert len((await session.scalars(select(PlanTemplate).where(mine))).all()) == len(TEMPLATES)
        assert (await session.scalars(select(PlanTemplateItem))).all() == []
