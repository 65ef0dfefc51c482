"""Assigning a role copies its rights, once."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from models.plans.operations import participants
from models.plans.tables.participants import Grant, RoleSpan
from models.refusals import NotFound, Reason
from models.rights import Element, Level, PlanKind, Profile, Role
from models.templates.tables import RoleTemplate
from tests.hamlet import refused, standard_levels
from tests.models.plans.conftest import Here


async def grants(here: Here, participant_id: object) -> dict[Element, Level]:
    await here.session.flush()
    found = await here.session.scalars(select(Grant).where(col(Grant.participant_id) == participant_id))
    return {grant.element: grant.level for grant in found}


@pytest.mark.feature("F126")
@pytest.mark.parametrize("role", list(Role))
async def test_a_role_gives_its_standard_rights(here: Here, role: Role) -> None:
    liv = await here.hamlet.person(here.municipality, "Liv")
    added = await participants.add(await here.opened_by("Kari"), liv, role, position="Lege")
    assert await grants(here, added.id) == standard_levels(PlanKind.IP, role)
    [span] = await here.session.scalars(select(RoleSpan).where(col(RoleSpan.participant_id) == added.id))
    assert (span.role, span.valid_from, added.valid_from, added.position) == (role, *[here.hamlet.today] * 2, "Lege")
    assert await here.events(of="participant") == [("participant.added", {"role": role.value})]


@pytest.mark.feature("F127")
async def test_a_changed_template_changes_nobodys_rights_but_the_next_ones(here: Here) -> None:
    plan = await here.opened_by("Kari")
    first = await participants.add(plan, await here.hamlet.person(here.municipality, "Liv"), Role.PROVIDER)
    before = await grants(here, first.id)
    template = col(RoleTemplate.kind) == PlanKind.IP, col(RoleTemplate.role) == Role.PROVIDER
    await here.session.execute(update(RoleTemplate).where(*template).values(goals=Level.NONE, health=Level.DELETE))
    second = await participants.add(plan, await here.hamlet.person(here.municipality, "Mia"), Role.PROVIDER)
    assert await grants(here, first.id) == before
    assert await grants(here, second.id) == before | {Element.GOALS: Level.NONE, Element.HEALTH: Level.DELETE}


@pytest.mark.feature("F37")
@pytest.mark.parametrize(
    ("role", "profile"),
    [
        (Role.OWNER, Profile.PERSONAL),
        (Role.GUARDIAN, Profile.PERSONAL),
        (Role.COORDINATOR, Profile.WORK),
        (Role.PROVIDER, Profile.WORK),
        (Role.OTHER, Profile.WORK),
    ],
)
async def test_the_plan_lies_under_the_profile_of_the_role(here: Here, role: Role, profile: Profile) -> None:
    liv = await here.hamlet.person(here.municipality, "Liv")
    assert (await participants.add(await here.opened_by("Kari"), liv, role)).profile is profile


@pytest.mark.feature("F131")
async def test_a_plan_may_have_several_coordinators(here: Here) -> None:
    liv = await here.hamlet.person(here.municipality, "Liv")
    await participants.add(await here.opened_by("Kari"), liv, Role.COORDINATOR)
    assert (await here.opened_by("Liv")).role is Role.COORDINATOR


async def test_a_participant_may_begin_later(here: Here) -> None:
    liv, later = await here.hamlet.person(here.municipality, "Liv"), here.hamlet.today + timedelta(days=7)
    await participants.add(await here.opened_by("Kari"), liv, Role.PROVIDER, valid_from=later)
    assert await refused(here.opened_by("Liv")) is Reason.NOT_YET_PARTICIPANT


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_only_coordinators_add_participants(here: Here, name: str) -> None:
    liv = await here.hamlet.person(here.municipality, "Liv")
    plan = await here.opened_by(name)
    assert await refused(participants.add(plan, liv, Role.OTHER)) is Reason.LEVEL_TOO_LOW


async def test_a_person_of_another_municipality_is_not_found(here: Here) -> None:
    odd = await here.hamlet.person(await here.hamlet.municipality("Li"), "Odd")
    with pytest.raises(NotFound):
        await participants.add(await here.opened_by("Kari"), odd, Role.OTHER)
