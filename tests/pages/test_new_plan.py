"""Making a plan: whom it is for, what kind it is, and what it is made with."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.base import pick
from models.clock import local_day
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.people.tables import Person
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import PlanSpan
from models.rights import CHOSEN_ELEMENTS, LIFE_AREAS, Duty, Element, Level, PlanKind, Role
from tests.client import Visitor, words
from tests.hamlet import standard_levels
from tests.pages.conftest import SignIn
from tests.pages.newcomers import BORN, card, fill_in, look_for, made, number_of

pytestmark = pytest.mark.feature("F51")


@pytest.fixture
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø»."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def test_from_finding_the_person_to_a_draft_with_owner_and_coordinator(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    kinds = await coordinator.follow(await look_for(coordinator, " åse-marie  BØ ", BORN.isoformat()))
    assert "Hva slags plan skal Åse-Marie Bø ha?" in kinds.words
    form = await coordinator.get(kinds.link("Individuell plan"))
    assert form.typed()["short_name"] == "Å.B."
    page = await fill_in(coordinator, form.url)
    plan, span, people = await made(town, page.goes_to)
    assert (span.kind, span.state, plan.short_name) == (PlanKind.IP, PlanState.DRAFT, "Å.B.")
    assert {Element(each) for each in plan.elements} == CHOSEN_ELEMENTS
    assert people.keys() == {Role.OWNER, Role.COORDINATOR}
    assert people[Role.OWNER] == newcomer
    home = await coordinator.follow(page)
    assert (home.heading, "Utkast" in home.text) == ("Å.B.", True)
    assert "Planen er laget, og er et utkast." in home.words
    assert "Å.B." in (await coordinator.get("/plans")).words


@pytest.mark.feature("F127")
async def test_the_rights_are_copied_from_the_roles(coordinator: Visitor, town: Database, newcomer: UUID) -> None:
    page = await fill_in(coordinator, f"/plans/new/{newcomer}/iop")
    plan, _, _ = await made(town, page.goes_to)
    async with town.reading() as session:
        rows = await session.execute(
            pick(RoleSpan.role, Grant.element, Grant.level)
            .join(Participant, col(Participant.id) == RoleSpan.participant_id)
            .join(Grant, col(Grant.participant_id) == Participant.id)
            .where(col(Participant.plan_id) == plan.id)
        )
        levels: dict[Role, dict[Element, Level]] = {}
        for row in rows:
            levels.setdefault(row.role, {})[row.element] = row.level
    assert levels == {role: standard_levels(PlanKind.IOP, role) for role in (Role.OWNER, Role.COORDINATOR)}


async def test_what_was_made_is_logged_without_a_name(coordinator: Visitor, town: Database, newcomer: UUID) -> None:
    page = await fill_in(coordinator, f"/plans/new/{newcomer}/sl")
    plan, _, _ = await made(town, page.goes_to)
    async with town.reading() as session:
        logged = pick(LogRow.event, LogRow.details).where(col(LogRow.plan_id) == plan.id)
        rows = {(row.event, *row.details.values()) for row in await session.execute(logged)}
    assert rows == {
        (Event.PLAN_CREATED, "SL"),
        (Event.PARTICIPANT_ADDED, "owner"),
        (Event.PARTICIPANT_ADDED, "coordinator"),
    }


@pytest.mark.feature("F183")
@pytest.mark.parametrize(
    ("start", "kind", "without"),
    [
        ("ip", PlanKind.IP, set()),
        ("sl", PlanKind.SL, set()),
        ("iop", PlanKind.IOP, {*LIFE_AREAS, Element.SUBJECT_PLANS, Element.JOURNAL}),
        ("iup", PlanKind.IUP, {*LIFE_AREAS, Element.SUBJECT_PLANS, Element.JOURNAL}),
        (
            "simple",
            PlanKind.IP,
            CHOSEN_ELEMENTS - {Element.MESSAGES, Element.CALENDAR, Element.DOCUMENTS, Element.LOG},
        ),
    ],
)
async def test_each_kind_begins_with_what_is_usual_for_it(
    coordinator: Visitor, town: Database, newcomer: UUID, start: str, kind: PlanKind, without: set[Element]
) -> None:
    page = await fill_in(coordinator, f"/plans/new/{newcomer}/{start}")
    plan, span, _ = await made(town, page.goes_to)
    assert (span.kind, {Element(each) for each in plan.elements}) == (kind, CHOSEN_ELEMENTS - without)


async def test_a_plan_of_coordination_alone_is_called_so_in_the_list_and_inside(
    coordinator: Visitor, newcomer: UUID
) -> None:
    page = await fill_in(coordinator, f"/plans/new/{newcomer}/simple")
    home = await coordinator.follow(page)
    tags = [words(tag) for tag in home.all("//*[contains(@class, 'ds-tag')]")]
    assert "Enkelt samspill" in tags
    assert "Mål og aktiviteter" not in [words(room) for room in home.all("//nav[contains(@class, 'rooms')]//a")]
    assert "Enkelt samspill" in (await coordinator.get("/plans")).words


async def test_a_plan_of_coordination_alone_is_offered_no_goals(coordinator: Visitor, newcomer: UUID) -> None:
    form = await coordinator.get(f"/plans/new/{newcomer}/simple")
    assert not form.has("//input[@value='goals']")
    page = await coordinator.post(form.url, {"short_name": "AB", "parts": ["goals", "messages"]})
    assert (page.status, page.error("parts")) == (400, "Velg noe fra listen.")


async def test_an_individual_plan_must_have_goals(coordinator: Visitor, newcomer: UUID) -> None:
    page = await coordinator.post(f"/plans/new/{newcomer}/ip", {"short_name": "AB", "parts": ["messages"]})
    assert page.status == 400
    assert "En individuell plan må ha mål" in page.error("parts")
    assert page.one("//input[@value='messages']").get("checked") is not None
    assert page.one("//input[@value='goals']").get("checked") is None


# ---- what is refused ------------------------------------------------------------------------------------------------


async def test_only_one_living_individual_plan_for_each(coordinator: Visitor, town: Database) -> None:
    owner, _ = await number_of(town, "planeier@fjordvik.example")
    page = await fill_in(coordinator, f"/plans/new/{owner}/ip")
    assert page.status == 400
    assert "har en individuell plan i kommunen fra før" in page.summary()
    other = await fill_in(coordinator, f"/plans/new/{owner}/sl")
    assert other.status == 303


async def test_an_ended_individual_plan_stands_in_nobodys_way(coordinator: Visitor, town: Database, ip: str) -> None:
    owner, _ = await number_of(town, "planeier@fjordvik.example")
    async with town.writing() as session:
        found = select(PlanSpan).where(col(PlanSpan.plan_id) == UUID(ip[-36:]), col(PlanSpan.valid_to).is_(None))
        (await session.scalars(found)).one().state = PlanState.INACTIVE
    assert (await fill_in(coordinator, f"/plans/new/{owner}/ip")).status == 303


async def test_nobody_coordinates_their_own_plan(coordinator: Visitor, town: Database) -> None:
    own, _ = await number_of(town, "koordinator@fjordvik.example")
    page = await fill_in(coordinator, f"/plans/new/{own}/sl")
    assert (page.status, "Du kan ikke koordinere din egen plan" in page.summary()) == (400, True)


@pytest.mark.feature("F50")
@pytest.mark.parametrize(
    ("short_name", "part"),
    [
        ("", "Skriv et kortnavn"),
        ("  ", "Skriv et kortnavn"),
        ("Plan for Bø", "navnet til planeieren"),
        ("x" * 41, "40"),
    ],
)
async def test_a_bad_short_name_is_said_beside_the_field(
    coordinator: Visitor, newcomer: UUID, short_name: str, part: str
) -> None:
    page = await fill_in(coordinator, f"/plans/new/{newcomer}/sl", short_name=short_name)
    assert (page.status, part in page.error("short_name")) == (400, True)
    assert page.typed()["short_name"] == short_name


async def test_a_form_sent_twice_makes_one_plan(coordinator: Visitor, town: Database, newcomer: UUID) -> None:
    first, second = [await fill_in(coordinator, f"/plans/new/{newcomer}/iop") for _ in range(2)]
    assert first.goes_to == second.goes_to
    async with town.reading() as session:
        owned = pick(Participant.id).where(col(Participant.person_id) == newcomer)
        assert len((await session.execute(owned)).all()) == 1


@pytest.mark.parametrize("name", ["laerer", "planeier", "superadmin", "admin.helse", "analytiker", "foresatt"])
async def test_who_has_not_the_right_is_refused_everywhere(sign_in: SignIn, newcomer: UUID, name: str) -> None:
    visitor = await sign_in(name)
    for address in ("/plans/new", f"/plans/new/{newcomer}", f"/plans/new/{newcomer}/ip"):
        assert (await visitor.get(address)).status == 403
    for address in ("/plans/new", f"/plans/new/{newcomer}/ip"):
        assert (await visitor.post(address, {"short_name": "AB", "parts": ["goals"]})).status == 403


async def test_plans_are_made_in_ones_work_and_not_in_ones_personal_profile(
    sign_in: SignIn, town: Database, newcomer: UUID
) -> None:
    async with town.writing() as session:
        found = select(Person).join(Account, col(Account.id) == Person.account_id)
        person = (await session.scalars(found.where(col(Account.user_name) == "foresatt@fjordvik.example"))).one()
        day = local_day(session.clock.now())
        owned = {"municipality_id": person.municipality_id, "account_id": person.account_id}
        session.add(Appointment(**owned, duty=Duty.PLAN_MAKER, valid_from=day))
    guardian = await sign_in("foresatt")
    assert not (await guardian.get("/plans")).has("//a[@href='/plans/new']")
    assert (await guardian.post(f"/plans/new/{newcomer}/iop", {"short_name": "AB"})).status == 403
    switch = await guardian.get("/me/switch")
    chosen = dict(switch.one("//form[@action='/me/switch']").form_values()) | {"profile": "work"}
    assert (await guardian.follow(await guardian.post("/me/switch", chosen))).has("//a[@href='/plans/new']")


@pytest.mark.parametrize("under", ["tull", "%00", "ip/tull", "../x"])
async def test_an_address_that_cannot_be_is_not_found(coordinator: Visitor, newcomer: UUID, under: str) -> None:
    assert (await coordinator.get(f"/plans/new/{newcomer}/{under}")).status == 404


async def test_a_stranger_is_sent_to_sign_in(visitor: Visitor, newcomer: UUID) -> None:
    assert (await visitor.get(f"/plans/new/{newcomer}")).goes_to.startswith("/login")
