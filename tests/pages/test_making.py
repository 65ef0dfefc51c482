"""Making a plan from the first step to the last: what comes of it, and who may."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.base import pick, unseal
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.queries import vault
from models.plans.rules.words import Basis, ConsentMethod, PlanState
from models.plans.tables.consent import Consent, LegalBasis
from models.plans.tables.goals import Goal
from models.plans.tables.life import LifeArea
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Revision
from models.rights import CHOSEN_ELEMENTS, LIFE_AREAS, Element, Level, PlanKind, Role
from tests.client import Visitor, words
from tests.hamlet import standard_levels
from tests.pages.newcomers import at_content, at_summary, card, chosen, finished, made, onwards

pytestmark = pytest.mark.feature("F51")


@pytest.fixture
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø»."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def rows(town: Database, table: Any, plan_id: UUID) -> list[Any]:
    async with town.reading() as session:
        return list(await session.scalars(select(table).where(col(table.plan_id) == plan_id)))


@pytest.mark.feature("F180")
@pytest.mark.feature("F185")
async def test_from_finding_the_person_to_a_draft_with_owner_and_coordinator(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    page = await finished(coordinator)
    plan, span, people = await made(town, page.goes_to)
    assert (span.kind, span.state, plan.short_name) == (PlanKind.IP, PlanState.DRAFT, "Å.B.")
    assert {Element(each) for each in plan.elements} == CHOSEN_ELEMENTS
    assert people.keys() == {Role.OWNER, Role.COORDINATOR}
    assert people[Role.OWNER] == newcomer
    home = await coordinator.follow(page)
    assert (home.heading, "Utkast" in home.text) == ("Å.B.", True)
    assert "Planen er laget" in home.words
    assert "Å.B." in (await coordinator.get("/plans")).words


@pytest.mark.feature("F127")
async def test_the_rights_are_copied_from_the_roles(coordinator: Visitor, town: Database, newcomer: UUID) -> None:
    page = await finished(coordinator, "iop")
    plan, _, _ = await made(town, page.goes_to)
    async with town.reading() as session:
        found = await session.execute(
            pick(RoleSpan.role, Grant.element, Grant.level)
            .join(Participant, col(Participant.id) == RoleSpan.participant_id)
            .join(Grant, col(Grant.participant_id) == Participant.id)
            .where(col(Participant.plan_id) == plan.id)
        )
        levels: dict[Role, dict[Element, Level]] = {}
        for row in found:
            levels.setdefault(row.role, {})[row.element] = row.level
    assert levels == {role: standard_levels(PlanKind.IOP, role) for role in (Role.OWNER, Role.COORDINATOR)}


async def test_what_was_made_is_logged_without_a_name(coordinator: Visitor, town: Database, newcomer: UUID) -> None:
    page = await finished(coordinator, "sl", basis="statutory_task")
    plan, _, _ = await made(town, page.goes_to)
    async with town.reading() as session:
        logged = pick(LogRow.event, LogRow.details).where(col(LogRow.plan_id) == plan.id)
        told = {(row.event, *row.details.values()) for row in await session.execute(logged)}
    assert told == {
        (Event.PLAN_CREATED, "SL"),
        (Event.PARTICIPANT_ADDED, "owner"),
        (Event.PARTICIPANT_ADDED, "coordinator"),
        (Event.LEGAL_BASIS_RECORDED, "statutory_task"),
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
    page = await finished(coordinator, start)
    plan, span, _ = await made(town, page.goes_to)
    assert (span.kind, {Element(each) for each in plan.elements}) == (kind, CHOSEN_ELEMENTS - without)


@pytest.mark.usefixtures("newcomer")
async def test_a_plan_of_coordination_alone_is_called_so_in_the_list_and_inside(coordinator: Visitor) -> None:
    home = await coordinator.follow(await finished(coordinator, "simple"))
    tags = [words(tag) for tag in home.all("//*[contains(@class, 'ds-tag')]")]
    assert "Enkelt samspill" in tags
    assert "Mål og aktiviteter" not in [words(room) for room in home.all("//nav[contains(@class, 'rooms')]//a")]
    assert "Enkelt samspill" in (await coordinator.get("/plans")).words


# ---- what the plan begins with, and rests on ------------------------------------------------------------------------


@pytest.mark.feature("F182")
async def test_goals_and_life_areas_are_items_of_the_plan_with_revisions(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    written = {"goal_0_title": "Bo for meg selv", "goal_0_text": "Innen neste år", "goal_2_title": "Lære å svømme"}
    page = await at_content(coordinator)
    page = await coordinator.follow(await onwards(coordinator, page, **written, housing="Egen leilighet"))
    page = await coordinator.follow(await onwards(coordinator, page))
    page = await onwards(coordinator, page)
    plan, _, _ = await made(town, page.goes_to)
    goals, areas = await rows(town, Goal, plan.id), await rows(town, LifeArea, plan.id)
    async with town.reading() as session:
        own = await vault(session, plan.key_id)
    assert [unseal(own, goal, "title") for goal in sorted(goals, key=lambda one: one.place)] == [
        "Bo for meg selv",
        "Lære å svømme",
    ]
    assert [(area.area, unseal(own, area, "text")) for area in areas] == [(Element.HOUSING, "Egen leilighet")]
    kept = {row.item_id for row in await rows(town, Revision, plan.id)}
    assert kept == {row.id for row in (*goals, *areas)}


@pytest.mark.feature("F114")
@pytest.mark.parametrize("start", ["ip", "sl", "simple"])
async def test_a_plan_that_rests_on_consent_begins_with_a_provisional_one(
    coordinator: Visitor, town: Database, newcomer: UUID, start: str
) -> None:
    page = await finished(coordinator, start)
    plan, _, _ = await made(town, page.goes_to)
    (basis,), (consent,) = await rows(town, LegalBasis, plan.id), await rows(town, Consent, plan.id)
    assert (basis.basis, basis.valid_to) == (Basis.CONSENT, None)
    assert (consent.provisional, consent.method) == (True, ConsentMethod.DIGITAL)
    assert (consent.valid_to - consent.valid_from).days == 364


@pytest.mark.feature("N1")
@pytest.mark.parametrize("start", ["iop", "iup"])
async def test_the_schools_plans_rest_on_a_decision_unless_something_else_is_chosen(
    coordinator: Visitor, town: Database, newcomer: UUID, start: str
) -> None:
    page = await finished(coordinator, start, remark="Sak 12/2026", valid_to="")
    plan, _, _ = await made(town, page.goes_to)
    (basis,) = await rows(town, LegalBasis, plan.id)
    async with town.reading() as session:
        own = await vault(session, plan.key_id)
    assert (basis.basis, basis.valid_to, unseal(own, basis, "remark")) == (Basis.DECISION, None, "Sak 12/2026")
    assert await rows(town, Consent, plan.id) == []


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"valid_from": "2027-05-01", "valid_to": "2027-04-01"}, "valid_to", "kan ikke være før første dag"),
        ({"valid_from": "2020-05-01", "valid_to": "2020-06-01"}, "valid_to", "har allerede vært"),
        ({"valid_from": ""}, "valid_from", "Skriv en dato"),
        ({"valid_from": "i dag"}, "valid_from", "Skriv en dato"),
        ({"valid_from": "0001-01-01"}, "valid_from", "Sjekk årstallet"),
        ({"basis": "magic"}, "basis", "Velg noe fra listen"),
    ],
)
@pytest.mark.parametrize("start", ["sl", "iop"])
@pytest.mark.usefixtures("newcomer")
async def test_days_that_cannot_be_make_no_plan(
    coordinator: Visitor, start: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    page = await finished(coordinator, start, **typed)
    assert (page.status, sentence in page.error(field)) == (400, True)
    assert page.typed()["valid_to"] == typed.get("valid_to", page.typed()["valid_to"])


@pytest.mark.feature("F5")
@pytest.mark.feature("F187")
@pytest.mark.usefixtures("newcomer")
async def test_the_summary_says_everything_and_what_medvirk_is_not(coordinator: Visitor) -> None:
    page = await at_summary(coordinator, "iop")
    said = ("Åse-Marie Bø", "4. mars 1971", "Individuell opplæringsplan", "Å.B.", "Elev", "Får ingen bruker nå")
    assert [one for one in said if one not in page.words] == []
    assert "Medvirk er ikke en journal eller et saksbehandlingssystem" in page.words
    assert "Alt kan endres senere" in page.words
    for step in ("person", "plan", "content", "account"):
        (address,) = {link for link in page.links() if link.endswith(f"/{step}")}
        assert (await coordinator.get(address)).status == 200


# ---- where it belongs -----------------------------------------------------------------------------------------------


@pytest.mark.feature("F186")
async def test_the_makers_own_unit_is_proposed_and_another_may_be_chosen(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    page = await chosen(coordinator)
    offered = page.all("//select[@name='unit_id']/option")
    assert offered[1].get("value") == page.typed()["unit_id"]
    other = offered[-1].get("value")
    page = await coordinator.follow(await onwards(coordinator, page, start="sl", unit_id=other))
    page = await coordinator.follow(await onwards(coordinator, page))
    page = await coordinator.follow(await onwards(coordinator, page))
    _, span, _ = await made(town, (await onwards(coordinator, page)).goes_to)
    assert span.unit_id == UUID(other)


@pytest.mark.feature("F186")
@pytest.mark.usefixtures("newcomer")
async def test_a_stafettlogg_belongs_somewhere(coordinator: Visitor) -> None:
    page = await onwards(coordinator, await chosen(coordinator), start="sl", unit_id="")
    assert (page.status, "Velg hvor stafettloggen hører til" in page.error("unit_id")) == (400, True)


@pytest.mark.feature("F186")
@pytest.mark.usefixtures("newcomer")
@pytest.mark.parametrize("unit", [str(UUID(int=1)), "tull"])
async def test_a_unit_that_is_not_offered_is_refused(coordinator: Visitor, unit: str) -> None:
    page = await onwards(coordinator, await chosen(coordinator), start="ip", unit_id=unit)
    assert (page.status, "Velg noe fra listen" in page.error("unit_id")) == (400, True)


@pytest.mark.feature("F181")
@pytest.mark.parametrize(("start", "position"), [("iop", "Elev"), ("iup", "Barn"), ("ip", None)])
async def test_a_pupil_goes_where_the_plan_belongs_unless_something_else_is_written(
    coordinator: Visitor, town: Database, newcomer: UUID, start: str, position: str | None
) -> None:
    plan, _, _ = await made(town, (await finished(coordinator, start)).goes_to)
    owner = next(row for row in await rows(town, Participant, plan.id) if row.person_id == newcomer)
    assert owner.position == position
    assert bool(owner.workplace) is (position is not None)


@pytest.mark.feature("F181")
@pytest.mark.usefixtures("newcomer")
async def test_a_school_plan_says_which_school(coordinator: Visitor) -> None:
    page = await onwards(coordinator, await chosen(coordinator), start="iop", unit_id="")
    assert (page.status, "Skriv navnet på skolen" in page.error("workplace")) == (400, True)
    page = await onwards(coordinator, page, start="iop", unit_id="", workplace="Fjordvik skole", position="Elev 8B")
    assert page.goes_to.endswith("/content")


@pytest.mark.feature("F104")
@pytest.mark.usefixtures("newcomer")
async def test_nobody_else_is_invited_while_the_coordinator_is_alone_with_the_owner(coordinator: Visitor) -> None:
    home = await coordinator.follow(await finished(coordinator))
    assert not home.all("//ol[@class='next-steps']/li[last()]//*[contains(@class, 'ds-tag')]")
