"""What the municipality calls a role is what everybody reads, in the plan and in the list (C16)."""

import pytest
from sqlalchemy import update
from sqlmodel import col

from models.base import pick
from models.database import Database
from models.organisation.tables import Municipality
from models.rights import PlanKind, Role
from models.templates.tables import RoleTemplate
from tests.pages.conftest import SignIn

NAME = "Kontaktperson"


@pytest.fixture
async def renamed(town: Database) -> None:
    async with town.writing() as session:
        fjordvik = pick(Municipality.id).where(col(Municipality.name) == "Fjordvik").scalar_subquery()
        ours = col(RoleTemplate.municipality_id) == fjordvik, col(RoleTemplate.kind) == PlanKind.IP
        await session.execute(
            update(RoleTemplate).where(*ours, col(RoleTemplate.role) == Role.PROVIDER).values(label=NAME)
        )


@pytest.mark.feature("F122")
@pytest.mark.usefixtures("renamed")
async def test_the_plan_and_the_list_use_the_municipalitys_name(sign_in: SignIn, ip: str) -> None:
    provider, coordinator = await sign_in("tjenesteyter"), await sign_in("koordinator")
    assert NAME in (await provider.get("/plans")).words
    for place in ("/rights", "/cooperation"):
        page = await coordinator.get(ip + place)
        assert NAME in page.words, place
        assert "Tjenesteyter" not in page.words, place


@pytest.mark.usefixtures("renamed")
async def test_other_kinds_and_municipalities_keep_theirs(sign_in: SignIn, ip_in_dalen: str, relay: str) -> None:
    for name, plan in (("koordinator@dalen.example", ip_in_dalen), ("koordinator", relay)):
        assert NAME not in (await (await sign_in(name)).get(f"{plan}/rights")).words
