"""Another role gives its standard rights, and shows nothing that was hidden."""

from uuid import uuid4

import pytest
from sqlmodel import col, select

from models.base import pick
from models.plans.operations import participants, proposals, roles
from models.plans.queries.proposals import mark, waiting
from models.plans.rules.words import Basis
from models.plans.tables.participants import Grant
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Element, Level, PlanKind, Profile, Role
from tests.hamlet import refused, standard_levels
from tests.models.plans.conftest import Here


async def levels(here: Here, name: str) -> dict[Element, Level]:
    await here.session.flush()
    found = pick(Grant.element, Grant.level).where(
        col(Grant.participant_id) == here.participants[name].id, col(Grant.item_id).is_(None)
    )
    return {row.element: row.level for row in await here.session.execute(found)}


@pytest.mark.feature("F126")
@pytest.mark.parametrize("role", [Role.PROVIDER, Role.GUARDIAN])
async def test_the_new_role_gives_its_standard_rights(here: Here, role: Role) -> None:
    asks = await roles.change_role(await here.opened_by("Kari"), here.participants["Else"], role, 0)
    assert not asks
    assert await levels(here, "Else") == standard_levels(PlanKind.IP, role)
    profile = Profile.PERSONAL if role is Role.GUARDIAN else Profile.WORK
    assert here.participants["Else"].profile is profile


async def test_what_hid_a_single_item_still_hides_it_and_what_gave_more_does_not(here: Here) -> None:
    hidden, shown = uuid4(), uuid4()
    await here.hamlet.grant(here.participants["Else"], Element.GOALS, hidden, Level.NONE)
    await here.hamlet.grant(here.participants["Else"], Element.GOALS, shown, Level.DELETE)
    await roles.change_role(await here.opened_by("Kari"), here.participants["Else"], Role.PROVIDER, 0)
    mine = col(Grant.participant_id) == here.participants["Else"].id, col(Grant.item_id).is_not(None)
    assert [(one.item_id, one.level) for one in await here.session.scalars(select(Grant).where(*mine))] == [
        (hidden, Level.NONE)
    ]


@pytest.mark.feature("F8")
async def test_where_the_plan_rests_on_consent_more_waits_for_the_owner_and_less_does_not(here: Here) -> None:
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    await here.hamlet.consent(here.plan)
    before, wanted = await levels(here, "Else"), standard_levels(PlanKind.IP, Role.PROVIDER)
    kari = await here.opened_by("Kari")
    assert await roles.change_role(kari, here.participants["Else"], Role.PROVIDER, 0)
    assert await levels(here, "Else") == {each: min(before[each], wanted[each]) for each in Element}
    [asked] = await waiting(kari)
    ola = await here.opened_by("Ola")
    await proposals.approve(ola, asked, await mark(ola, asked))
    assert await levels(here, "Else") == wanted


async def test_who_begins_later_may_have_another_role_before_that(here: Here) -> None:
    liv, later = await here.hamlet.person(here.municipality, "Liv"), here.hamlet.today.replace(year=2030)
    kari = await here.opened_by("Kari")
    part = await participants.add(kari, liv, Role.OTHER, valid_from=later)
    await roles.change_role(kari, part, Role.PROVIDER, 0)
    here.participants["Liv"] = part
    assert await levels(here, "Liv") == standard_levels(PlanKind.IP, Role.PROVIDER)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        *(("Ola", Role.OTHER), ("Kari", Role.PROVIDER), ("Pål", Role.OWNER), ("Pål", Role.COORDINATOR)),
    ],
)
async def test_some_roles_are_neither_lost_nor_given_here(here: Here, name: str, role: Role) -> None:
    with pytest.raises(Invalid):
        await roles.change_role(await here.opened_by("Kari"), here.participants[name], role, 0)


async def test_two_who_change_at_once_take_turns(here: Here) -> None:
    kari = await here.opened_by("Kari")
    await roles.change_role(kari, here.participants["Else"], Role.PROVIDER, 0)
    with pytest.raises(Conflict):
        await roles.change_role(kari, here.participants["Else"], Role.GUARDIAN, 0)


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_only_who_changes_participants_does(here: Here, name: str) -> None:
    plan = await here.opened_by(name)
    deed = roles.change_role(plan, here.participants["Else"], Role.PROVIDER, 0)
    assert await refused(deed) is Reason.LEVEL_TOO_LOW


async def test_another_plans_participant_is_not_found(here: Here) -> None:
    other = await here.hamlet.plan(here.municipality)
    stranger = await here.hamlet.participant(other, here.people["Pål"], Role.OTHER)
    with pytest.raises(NotFound):
        await roles.change_role(await here.opened_by("Kari"), stranger, Role.PROVIDER, 0)
