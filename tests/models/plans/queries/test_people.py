"""Who takes part in a plan, and who did."""

from datetime import timedelta

from sqlmodel import col, select

from models.plans.queries.people import Somebody, people
from models.plans.tables.participants import RoleSpan
from models.rights import Role
from tests.models.plans.conftest import Here


async def named(here: Here, name: str) -> list[Somebody]:
    return [one for one in await people(await here.opened_by("Kari")) if one.name == f"{name} Hansen"]


async def test_who_takes_part_is_named_with_their_role(here: Here) -> None:
    assert [(one.role_code, one.taking_part) for one in await named(here, "Pål")] == [(Role.PROVIDER, True)]


async def test_who_has_left_is_still_named_for_what_they_once_wrote(here: Here) -> None:
    left = here.participants["Pål"]
    left.valid_to = here.hamlet.today - timedelta(days=1)
    role = (await here.session.scalars(select(RoleSpan).where(col(RoleSpan.participant_id) == left.id))).one()
    role.valid_to = left.valid_to
    await here.session.flush()
    assert [(one.role_code, one.taking_part) for one in await named(here, "Pål")] == [(Role.PROVIDER, False)]


async def test_who_changed_role_is_named_once_with_the_role_of_today(here: Here) -> None:
    part = here.participants["Pål"]
    first = (await here.session.scalars(select(RoleSpan).where(col(RoleSpan.participant_id) == part.id))).one()
    first.valid_to = here.hamlet.today
    owned = {"municipality_id": part.municipality_id, "participant_id": part.id}
    here.session.add(RoleSpan(**owned, role=Role.OTHER, valid_from=here.hamlet.today))
    await here.session.flush()
    assert [one.role_code for one in await named(here, "Pål")] == [Role.OTHER]
