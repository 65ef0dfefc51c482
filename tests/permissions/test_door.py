"""What the door tells those who knock."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import col, select, update

from models.accounts.proof import Viewer
from models.clock import SteppingClock
from models.database import Database
from models.organisation.tables import DataKey, Municipality
from models.people.tables import Person
from models.plans.rules.words import Basis, PlanState
from models.plans.tables.participants import RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import NotFound, NotSignedIn, Reason, Refused
from models.rights import Assurance, Duty, Element, Level, Profile, Right, Role
from permissions.door import open_municipality, open_plan
from permissions.scopes import visible_plans
from seed import cast
from tests.hamlet import Hamlet, refused
from tests.signing_in import viewer_for


@dataclass
class Vik:
    hamlet: Hamlet
    municipality: Municipality
    plan: Plan
    kari: Person


@pytest.fixture
async def vik(database: Database) -> AsyncIterator[Vik]:
    """Kari coordinates one plan in Vik."""
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan, kari = await hamlet.plan(municipality), await hamlet.person(municipality, "Kari")
        await hamlet.participant(plan, kari, Role.COORDINATOR)
        yield Vik(hamlet, municipality, plan, kari)


async def not_found(opening: Awaitable[object]) -> str:
    with pytest.raises(NotFound) as nothing:
        await opening
    return str(nothing.value)


@pytest.mark.feature("F131")
async def test_a_participant_gets_a_proof_of_the_plan(vik: Vik) -> None:
    plan = await vik.hamlet.opened(vik.plan, "kari")
    assert (plan.plan_id, plan.short_name, plan.role) == (vik.plan.id, "AB", Role.COORDINATOR)
    assert plan.allows(Element.GOALS, Level.DELETE)
    assert plan.vault.key_id == vik.plan.key_id


@pytest.mark.feature("F4")
async def test_a_stranger_cannot_tell_a_plan_from_none(vik: Vik) -> None:
    await vik.hamlet.person(vik.municipality, "Stian")
    stian = await viewer_for(vik.hamlet.session, "stian")
    theirs = await not_found(open_plan(vik.hamlet.session, stian, vik.plan.id))
    assert theirs == await not_found(open_plan(vik.hamlet.session, stian, uuid4()))


@pytest.mark.feature("F4")
async def test_another_municipalitys_coordinator_finds_nothing(vik: Vik) -> None:
    li = await vik.hamlet.municipality("Li")
    odd = await vik.hamlet.person(li, "Odd")
    await vik.hamlet.participant(await vik.hamlet.plan(li), odd, Role.COORDINATOR)
    await not_found(vik.hamlet.opened(vik.plan, "odd"))


async def test_an_administrator_finds_no_plan_content(vik: Vik) -> None:
    account = await vik.hamlet.account("admin")
    await vik.hamlet.appoint(account, vik.municipality, Duty.SUPERADMINISTRATOR)
    await not_found(vik.hamlet.opened(vik.plan, "admin"))


@pytest.mark.feature("N1")
async def test_a_participant_is_told_why_not(vik: Vik) -> None:
    pal = await vik.hamlet.person(vik.municipality, "Pål")
    await vik.hamlet.participant(vik.plan, pal, Role.PROVIDER)
    await vik.hamlet.basis(vik.plan, Basis.CONSENT, 2)
    await vik.hamlet.consent(vik.plan, until=vik.hamlet.today - timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        await vik.hamlet.opened(vik.plan, "pål")
    assert (refusal.value.reason, refusal.value.plan_id) == (Reason.CONSENT_EXPIRED, vik.plan.id)


@pytest.mark.feature("F201")
async def test_who_works_in_two_municipalities_is_told_to_change(vik: Vik) -> None:
    li = await vik.hamlet.municipality("Li")
    account = await vik.hamlet.account("spesialist")
    there, here = [await vik.hamlet.person(place, "Siv", account) for place in (li, vik.municipality)]
    await vik.hamlet.participant(vik.plan, here, Role.PROVIDER)
    await vik.hamlet.participant(await vik.hamlet.plan(li), there, Role.PROVIDER)
    in_li = vik.hamlet.opened(vik.plan, "spesialist", municipality="Li")
    assert await refused(in_li) is Reason.OTHER_MUNICIPALITY
    assert (await vik.hamlet.opened(vik.plan, "spesialist", municipality="Vik")).role is Role.PROVIDER


@pytest.mark.feature("F37")
async def test_a_plan_opens_in_its_own_profile_only(vik: Vik) -> None:
    assert await refused(vik.hamlet.opened(vik.plan, "kari", profile=Profile.PERSONAL)) is Reason.OTHER_PROFILE


@pytest.mark.feature("F20")
async def test_a_municipality_may_demand_to_know_surely_who_it_is(vik: Vik) -> None:
    vik.municipality.demands = Assurance.HIGH
    await vik.hamlet.session.flush()
    assert await refused(vik.hamlet.opened(vik.plan, "kari")) is Reason.ASSURANCE_TOO_LOW
    assert await vik.hamlet.opened(vik.plan, "kari", assurance=Assurance.HIGH)


async def test_a_deleted_plan_is_not_found(vik: Vik) -> None:
    await vik.hamlet.session.execute(update(PlanSpan).values(state=PlanState.DELETED))
    await not_found(vik.hamlet.opened(vik.plan, "kari"))


async def test_a_plan_whose_key_is_destroyed_is_neither_opened_nor_listed(vik: Vik) -> None:
    mine = col(DataKey.id) == vik.plan.key_id
    await vik.hamlet.session.execute(update(DataKey).where(mine).values(wrapped=None))
    await not_found(vik.hamlet.opened(vik.plan, "kari"))
    kari = await viewer_for(vik.hamlet.session, "kari")
    assert (await vik.hamlet.session.scalars(visible_plans(kari, vik.hamlet.today))).all() == []


async def test_who_has_left_is_told_so_also_when_the_role_was_closed(vik: Vik) -> None:
    pal = await vik.hamlet.person(vik.municipality, "Pål")
    left = await vik.hamlet.participant(vik.plan, pal, Role.PROVIDER, until=vik.hamlet.today)
    await vik.hamlet.session.execute(
        update(RoleSpan).where(col(RoleSpan.participant_id) == left.id).values(valid_to=left.valid_to)
    )
    assert await refused(vik.hamlet.opened(vik.plan, "pål")) is Reason.NO_LONGER_PARTICIPANT


@pytest.mark.feature("N3")
async def test_a_unit_opens_the_plan_to_those_who_belong_to_it_today(vik: Vik, clock: SteppingClock) -> None:
    school = await vik.hamlet.unit(vik.municipality)
    await vik.hamlet.participant(vik.plan, school, Role.PROVIDER)
    tor, today = await vik.hamlet.person(vik.municipality, "Tor"), vik.hamlet.today
    await vik.hamlet.member(tor, school, since=today, until=today + timedelta(days=2))
    seen = []
    for _ in range(4):
        tor_today = await viewer_for(vik.hamlet.session, "tor", profile=Profile.WORK)
        listed = (await vik.hamlet.session.scalars(visible_plans(tor_today, clock.now().date()))).all()
        seen.append(bool(listed))
        clock.move(timedelta(days=1))
    assert seen == [True, True, False, False]
    await not_found(vik.hamlet.opened(vik.plan, "tor", profile=Profile.WORK))


@pytest.mark.feature("F130")
async def test_a_pupil_reaches_nothing_through_the_school(vik: Vik) -> None:
    school = await vik.hamlet.unit(vik.municipality)
    await vik.hamlet.participant(vik.plan, school, Role.PROVIDER)
    await vik.hamlet.member(await vik.hamlet.person(vik.municipality, "Ivar"), school, is_staff=False)
    await not_found(vik.hamlet.opened(vik.plan, "ivar", profile=Profile.WORK))


async def test_of_several_participations_the_one_with_most_say_speaks_and_all_count(vik: Vik) -> None:
    school = await vik.hamlet.unit(vik.municipality)
    await vik.hamlet.member(vik.kari, school)
    await vik.hamlet.participant(vik.plan, school, Role.OTHER)
    plan = await vik.hamlet.opened(vik.plan, "kari")
    assert [standing.role for standing in plan.standings] == [Role.COORDINATOR, Role.OTHER]
    assert plan.role is Role.COORDINATOR


async def test_a_role_that_passed_on_gives_the_role_of_today(vik: Vik) -> None:
    span = (await vik.hamlet.session.scalars(select(RoleSpan))).one()
    span.valid_to = vik.hamlet.today
    owned = {"municipality_id": span.municipality_id, "participant_id": span.participant_id}
    await vik.hamlet.put(RoleSpan(**owned, role=Role.PROVIDER, valid_from=vik.hamlet.today))
    assert (await vik.hamlet.opened(vik.plan, "kari")).role is Role.PROVIDER


async def test_a_closed_account_is_nobody(vik: Vik) -> None:
    await vik.hamlet.session.execute(text("UPDATE account SET disabled_at = CURRENT_TIMESTAMP"))
    with pytest.raises(NotSignedIn):
        await vik.hamlet.opened(vik.plan, "kari")


@pytest.mark.feature("F206")
async def test_an_analyst_opens_the_reports_and_nothing_else(vik: Vik) -> None:
    await vik.hamlet.appoint(await vik.hamlet.account("ana"), vik.municipality, Duty.ANALYST)
    ana = await viewer_for(vik.hamlet.session, "ana")
    opened = await open_municipality(vik.hamlet.session, ana, Right.REPORTS_READ)
    opened.demand(Right.REPORTS_READ)
    with pytest.raises(Refused):
        opened.demand(Right.PEOPLE_EDIT)
    for right in set(Right) - {Right.REPORTS_READ}:
        assert await refused(open_municipality(vik.hamlet.session, ana, right)) is Reason.NO_RIGHT


async def test_the_cast_meets_what_the_contract_says(
    town: Database, viewer_for: Callable[..., Awaitable[Viewer]]
) -> None:
    """Who opens how many plans; the expired one is refused everything, and no administrator sees a plan."""
    counts = {}
    async with town.writing() as session:
        for member in cast.cast():
            for profile in Profile:
                viewer = await viewer_for(session, member.user_name, profile=profile)
                listed = await session.scalars(visible_plans(viewer, viewer.signed_in_at.date()))
                counts[member.user_name, profile] = len(listed.all())
        await session.rollback()
    none = {name for name, _ in counts if not counts[name, Profile.WORK] + counts[name, Profile.PERSONAL]}
    assert none >= {"superadmin@fjordvik.example", "analytiker@fjordvik.example", "arkivar@fjordvik.example"}
    assert "koordinator@fjordvik.example" not in none
    assert counts["planeier@fjordvik.example", Profile.PERSONAL] == 1
    assert counts["foresatt@fjordvik.example", Profile.PERSONAL] >= 2
