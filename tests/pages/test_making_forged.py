"""The steps of a new plan, sent by somebody who means harm: forged fields, other people's ids, and too much."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.clock import SteppingClock
from models.database import Database
from models.people.tables import Person
from models.plans.rules.making import MOST_GOALS
from models.plans.tables.begun import BegunPlan
from models.plans.tables.goals import Goal
from models.plans.tables.plan import Plan
from models.rights import Duty, Role
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.newcomers import at_content, at_summary, card, chosen, look_for, made, onwards

pytestmark = [pytest.mark.feature("F51"), pytest.mark.feature("F185")]
NEW = {"given_name": "Nora", "family_name": "Vik", "birth_date": "1990-02-28", "gender": "female"}
STEPS = ("person", "card", "plan", "content", "account", "summary", "discard")


@pytest.fixture(autouse=True)
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø»."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def at_card(visitor: Visitor) -> Page:
    return await visitor.follow(await look_for(visitor, "Nora Vik", "1990-02-28"))


async def plans(town: Database) -> int:
    async with town.reading() as session:
        return len((await session.scalars(select(Plan.id))).all())


@pytest.mark.feature("F101")
@pytest.mark.parametrize("act", ["", "later"])
async def test_a_new_card_says_nothing_of_somebody_whose_id_is_sent_with_it(
    coordinator: Visitor, town: Database, act: str
) -> None:
    """Who is only known by a plan of their own is found by number alone, whatever ids stand on other pages."""
    async with town.reading() as session:
        iver = (await session.scalars(select(Person).where(Person.given_name == "Iver"))).one()
    page = await at_card(coordinator)
    answer = await onwards(coordinator, page, act=act, **NEW, person_id=str(iver.id))
    page = await coordinator.follow(answer)
    assert "Iver" not in page.text
    if not act:
        assert page.heading == "Lag plan for Nora Vik"
        for typed in ({"start": "sl"}, {}, {}):
            page = await coordinator.follow(await onwards(coordinator, page, **typed))
        _, _, people = await made(town, (await onwards(coordinator, page)).goes_to)
        assert people[Role.OWNER] != iver.id


@pytest.mark.parametrize("sent", ["tull", "", "0" * 36, "../../x", "%00"])
async def test_a_mangled_id_breaks_neither_the_step_nor_the_list(coordinator: Visitor, sent: str) -> None:
    page = await at_card(coordinator)
    assert (await onwards(coordinator, page, act="later", **NEW, person_id=sent)).status == 303
    page = await coordinator.get((await coordinator.get("/plans/new")).link("Fortsett"))
    assert page.status == 200


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", ["rektor", "koordinator@dalen.example"])
async def test_what_another_has_begun_is_not_there(
    coordinator: Visitor, sign_in: SignIn, town: Database, step: str, name: str
) -> None:
    page, before = await at_summary(coordinator, "sl"), await plans(town)
    address, other = page.url.replace("/summary", f"/{step}"), await sign_in(name)
    assert (await other.get(address)).status == 404
    assert (await other.post(address, NEW | page.typed())).status == 404
    assert await plans(town) == before


@pytest.mark.parametrize("step", STEPS)
async def test_an_id_that_one_made_up_begins_nothing(coordinator: Visitor, town: Database, step: str) -> None:
    """Also that of a plan one has no part in: it says not whether there is one."""
    async with town.reading() as session:
        others = select(Plan.id).where(Plan.short_name == "B.N.")
        ids = [uuid4(), (await session.scalars(others)).one()]
    for made_up in ids:
        answer = await coordinator.post(f"/plans/new/{made_up}/{step}", NEW | {"start": "sl"})
        assert answer.status == 404


@pytest.mark.parametrize("field", ["short_name", "workplace", "position"])
async def test_two_hundred_thousand_letters_are_refused_and_nothing_is_kept(
    coordinator: Visitor, town: Database, field: str
) -> None:
    page = await chosen(coordinator)
    answer = await onwards(coordinator, page, **{"start": "iop", field: "x" * 200_000})
    assert answer.status in (400, 413)
    async with town.reading() as session:
        sizes = [len(row.content or b"") for row in await session.scalars(select(BegunPlan))]
    assert max(sizes) < 10_000


@pytest.mark.parametrize("field", ["given_name", "family_name", "email", "national_id"])
async def test_a_card_with_two_hundred_thousand_letters_is_refused(
    coordinator: Visitor, town: Database, field: str
) -> None:
    answer = await onwards(coordinator, await at_card(coordinator), **NEW | {field: "x" * 200_000})
    assert answer.status in (400, 413)


async def test_a_remark_without_end_makes_no_plan(coordinator: Visitor, town: Database) -> None:
    before = await plans(town)
    answer = await onwards(coordinator, await at_summary(coordinator, "iop"), remark="x" * 200_000)
    assert answer.status in (400, 413)
    assert await plans(town) == before


async def test_more_goals_than_a_plan_begins_with_are_not_made(coordinator: Visitor, town: Database) -> None:
    page = await at_content(coordinator, "sl")
    page = await coordinator.follow(await onwards(coordinator, page, **{f"goal_{n}_title": "Ro" for n in range(60)}))
    page = await coordinator.follow(await onwards(coordinator, page))
    plan, _, _ = await made(town, (await onwards(coordinator, page)).goes_to)
    async with town.reading() as session:
        assert len((await session.scalars(select(Goal).where(Goal.plan_id == plan.id))).all()) <= MOST_GOALS


@pytest.mark.parametrize(
    "typed",
    [
        {"goal_0_title": "x" * 200_000},
        {"goal_0_title": "Ro", "goal_0_text": "<p>" + "x" * 200_000 + "</p>"},
        {"period_from": "9999-99-99"},
        {"period_from": "²²²²-01-01"},
    ],
)
async def test_content_that_cannot_be_makes_no_plan(
    coordinator: Visitor, town: Database, typed: dict[str, Any]
) -> None:
    before = await plans(town)
    answer = await onwards(coordinator, await at_content(coordinator, "sl"), **typed)
    assert answer.status in (400, 413)
    assert await plans(town) == before


async def test_a_script_that_is_written_is_read_as_text(coordinator: Visitor) -> None:
    evil = "<script>alert(1)</script>"
    page = await at_card(coordinator)
    page = await coordinator.follow(await onwards(coordinator, page, **NEW | {"given_name": evil}))
    page = await coordinator.follow(await onwards(coordinator, page, start="sl", position=evil))
    page = await coordinator.follow(await onwards(coordinator, page, goal_0_title=evil, goal_0_text=f"<p>x</p>{evil}"))
    page = await coordinator.follow(await onwards(coordinator, page))
    assert evil not in page.text
    home = await coordinator.follow(await onwards(coordinator, page))
    assert evil not in home.text
    assert evil not in (await coordinator.get(f"{home.url.partition('?')[0]}/goals")).text


@pytest.mark.feature("F26")
async def test_what_was_typed_when_the_session_ended_is_shown_and_what_was_passed_is_kept(
    coordinator: Visitor, clock: SteppingClock, sign_in: SignIn
) -> None:
    page = await at_content(coordinator, "sl", short_name="Å.B.")
    clock.move(timedelta(hours=13))
    typed = {"goal_0_title": "Sove hele natta", "goal_0_text": "<p>Uten å våkne</p>", "housing": "<p>Eget rom</p>"}
    told = await onwards(coordinator, page, **typed)
    assert told.status == 401
    for words in ("Sove hele natta", "Uten å våkne", "Eget rom"):
        assert words in told.words
    assert "/plans/new/" in told.link("Logg på")
    page = await (await sign_in("koordinator")).get(page.url)
    assert page.heading == "Lag plan for Åse-Marie Bø"


@pytest.mark.feature("N1")
async def test_who_loses_the_right_in_the_middle_makes_no_plan(coordinator: Visitor, town: Database) -> None:
    page, before = await at_summary(coordinator, "sl"), await plans(town)
    async with town.writing() as session:
        held = select(Appointment).where(col(Appointment.duty) == Duty.PLAN_MAKER)
        for row in await session.scalars(held):
            row.valid_to = row.valid_from
    assert (await onwards(coordinator, page)).status == 403
    assert await plans(town) == before


async def test_an_account_that_is_closed_in_the_middle_makes_no_plan(coordinator: Visitor, town: Database) -> None:
    page, before = await at_summary(coordinator, "sl"), await plans(town)
    async with town.writing() as session:
        found = select(Account).where(col(Account.user_name) == "koordinator@fjordvik.example")
        (await session.scalars(found)).one().disabled_at = session.clock.now()
    assert (await onwards(coordinator, page)).status in (303, 401)
    assert await plans(town) == before
