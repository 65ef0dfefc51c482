"""What is begun is left and taken up again without loss, by its maker alone (F180-F187)."""

from datetime import timedelta
from uuid import UUID

import pytest
from httpx import Response
from sqlmodel import select

from jobs.clear import RULES
from models.clock import SteppingClock
from models.database import Database
from models.people.tables import Person
from models.plans.tables.begun import BegunPlan
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.newcomers import at_content, at_summary, card, chosen, look_for, onwards

pytestmark = [pytest.mark.feature("F51"), pytest.mark.feature("F182")]
STEPS = ("person", "card", "plan", "content", "account", "summary", "discard")


@pytest.fixture(autouse=True)
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø»."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def begun(town: Database) -> list[BegunPlan]:
    async with town.reading() as session:
        return list(await session.scalars(select(BegunPlan)))


async def test_what_is_begun_is_listed_and_gone_on_with(coordinator: Visitor) -> None:
    await onwards(coordinator, await chosen(coordinator), start="sl")
    page = await coordinator.get("/plans/new")
    assert "Åse-Marie Bø, stafettlogg Steg 3 av 5: Innhold" in page.words
    assert (await coordinator.get(page.link("Fortsett"))).url.endswith("/content")


async def test_going_back_keeps_what_was_typed_though_it_will_not_do(coordinator: Visitor) -> None:
    page = await at_content(coordinator, "sl")
    page = await coordinator.follow(
        await onwards(coordinator, page, act="back", period_from="2027-02-01", period_to="2027-01-01", goal_0_text="Ro")
    )
    assert page.url.endswith("/plan")
    page = await coordinator.follow(await onwards(coordinator, page))
    typed = page.typed()
    assert (typed["period_from"], typed["period_to"], typed["goal_0_text"]) == ("2027-02-01", "2027-01-01", "Ro")


async def test_saved_for_later_it_is_where_it_was_left(coordinator: Visitor, sign_in: SignIn) -> None:
    page = await onwards(coordinator, await chosen(coordinator), act="later", start="iup", short_name="Å")
    assert "Du kan fortsette når du vil" in (await coordinator.follow(page)).words
    again = await sign_in("koordinator")
    page = await again.get((await again.get("/plans/new")).link("Fortsett"))
    assert (page.typed()["start"], page.typed()["short_name"]) == ("iup", "Å")


async def test_it_survives_between_the_steps_as_it_lies_sealed(coordinator: Visitor, town: Database) -> None:
    await onwards(coordinator, await at_content(coordinator, "sl"), act="later", goal_0_title="Sove hele natta")
    (row,) = await begun(town)
    assert row.content is not None
    assert b"Sove hele natta" not in row.content


async def test_a_step_cannot_be_reached_before_those_that_it_rests_on(coordinator: Visitor) -> None:
    page = await chosen(coordinator)
    for step in ("content", "account", "summary"):
        answer = await coordinator.get(page.url.replace("/plan", f"/{step}").replace(f"/{step}s", "/plans"))
        assert answer.goes_to.endswith("/plan")
        sent = await coordinator.post(answer.url, {"way": "none", "parts": ["goals"]})
        assert sent.goes_to.endswith("/plan")


async def test_another_kind_of_plan_is_gone_through_anew_and_nothing_is_lost(coordinator: Visitor) -> None:
    page = await onwards(coordinator, await at_content(coordinator, "ip"), goal_0_title="Svømme", housing="Leilighet")
    page = await coordinator.get(page.goes_to.replace("/account", "/plan"))
    page = await coordinator.follow(await onwards(coordinator, page, start="iop", workplace="Fjordvik skole"))
    assert page.url.endswith("/content")
    assert page.typed()["goal_0_title"] == "Svømme"


async def test_going_on_from_the_summary_to_change_leads_back_to_it(coordinator: Visitor) -> None:
    page = await at_summary(coordinator, "sl")
    page = await coordinator.get(page.url.replace("/summary", "/plan"))
    assert (await onwards(coordinator, page, short_name="Å")).goes_to.endswith("/summary")


# ---- thrown away ----------------------------------------------------------------------------------------------------


async def test_it_is_thrown_away_after_a_question(coordinator: Visitor, town: Database) -> None:
    await chosen(coordinator)
    page = await coordinator.get((await coordinator.get("/plans/new")).link("Forkast"))
    assert "Det du har fylt ut om planen for Åse-Marie Bø, blir borte." in page.words
    assert len(await begun(town)) == 1
    page = await coordinator.follow(await coordinator.send(page))
    assert (await begun(town), "Åse-Marie" in page.words) == ([], False)


async def test_a_search_that_led_nowhere_is_not_listed_and_soon_gone(
    coordinator: Visitor, town: Database, clock: SteppingClock
) -> None:
    await look_for(coordinator, "Finnes Ikke", "2001-01-01")
    assert "Du har begynt på" not in (await coordinator.get("/plans/new")).words
    clock.move(timedelta(minutes=25))
    await coordinator.get("/plans")
    clock.move(timedelta(minutes=25))
    await coordinator.get("/plans")
    clock.move(timedelta(minutes=25))
    await look_for(coordinator, "Finnes Heller-Ikke", "2001-01-01")
    assert len(await begun(town)) == 1


async def test_what_nobody_has_touched_for_thirty_days_is_cleared(coordinator: Visitor, town: Database) -> None:
    await chosen(coordinator)
    (row,) = await begun(town)
    for days, cleared in ((29, False), (31, True)):
        async with town.reading() as session:
            old = select(BegunPlan).where(RULES[BegunPlan](row.saved_at + timedelta(days=days)))
            assert bool((await session.scalars(old)).all()) is cleared


# ---- two windows ----------------------------------------------------------------------------------------------------


async def test_two_windows_with_two_plans_do_not_mix(coordinator: Visitor, town: Database) -> None:
    await card(town, "Fjordvik", "Per", "Li")
    first, second = await chosen(coordinator), await chosen(coordinator, "Per Li")
    await onwards(coordinator, first, start="sl", short_name="En")
    await onwards(coordinator, second, start="sl", short_name="To")
    for page, name, short in ((first, "Åse-Marie Bø", "En"), (second, "Per Li", "To")):
        again = await coordinator.get(page.url)
        assert (again.heading, again.typed()["short_name"]) == (f"Lag plan for {name}", short)


async def test_another_window_that_kept_something_else_in_the_step_is_told_of(coordinator: Visitor) -> None:
    first = await chosen(coordinator)
    second = await coordinator.get(first.url)
    await onwards(coordinator, first, start="sl", short_name="En")
    page = await onwards(coordinator, second, start="sl", short_name="To")
    assert (page.status, "i et annet vindu" in page.summary()) == (409, True)
    assert page.typed()["short_name"] == "To"
    assert (await onwards(coordinator, page)).goes_to.endswith("/content")
    assert (await coordinator.get(first.url)).typed()["short_name"] == "To"


async def test_the_same_step_sent_twice_is_kept_once_and_leads_on(coordinator: Visitor) -> None:
    page = await chosen(coordinator)
    answers = [await onwards(coordinator, page, start="sl") for _ in range(2)]
    assert answers[0].goes_to == answers[1].goes_to


# ---- nobody else's --------------------------------------------------------------------------------------------------


@pytest.mark.feature("N1")
@pytest.mark.parametrize("other", ["rektor", "koordinator@dalen.example"])
async def test_nobody_else_finds_what_somebody_has_begun(
    coordinator: Visitor, sign_in: SignIn, other: str, town: Database
) -> None:
    page = await at_summary(coordinator, "sl")
    visitor = await sign_in(other)
    base = page.url.removesuffix("/summary")
    kept = (await begun(town))[0].content
    for step in STEPS:
        assert (await visitor.get(f"{base}/{step}")).status in (403, 404)
        assert (await visitor.post(f"{base}/{step}", {"start": "sl", "way": "none"})).status in (403, 404)
    assert (await begun(town))[0].content == kept


async def test_after_the_plan_is_made_every_step_leads_to_it(coordinator: Visitor) -> None:
    page = await at_summary(coordinator, "sl")
    made = (await onwards(coordinator, page)).goes_to.split("?")[0]
    base = page.url.removesuffix("/summary")
    for step in STEPS:
        assert (await coordinator.get(f"{base}/{step}")).goes_to == made
        assert (await coordinator.post(f"{base}/{step}", {"start": "sl"})).goes_to == made


async def test_nothing_is_made_before_the_last_step(coordinator: Visitor, town: Database) -> None:
    async with town.reading() as session:
        before = [len((await session.scalars(select(table))).all()) for table in (Plan, Person, Participant)]
    await at_summary(coordinator, "sl")
    async with town.reading() as session:
        after = [len((await session.scalars(select(table))).all()) for table in (Plan, Person, Participant)]
    assert before == after


async def test_who_cannot_own_a_plan_any_longer_is_chosen_anew(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    page = await at_summary(coordinator, "sl")
    async with town.writing() as session:
        person = await session.get(Person, newcomer)
        assert person
        await session.delete(person)
    assert (await coordinator.get(page.url)).goes_to.endswith("/person")
    assert "Ny person" in (await coordinator.get("/plans/new")).words


KEPT = {"Accept": "application/json", "X-Background": "yes"}


async def keep(visitor: Visitor, page: Page, **typed: str) -> Response:
    """As the page sends it by itself, while it is being written."""
    sent = page.typed() | typed | {"act": "keep"}
    return await visitor.browser.post(page.form().get("action"), data=sent, headers=KEPT)


async def test_a_step_is_kept_while_it_is_being_written(coordinator: Visitor) -> None:
    page = await at_content(coordinator, "sl")
    answer = await keep(coordinator, page, goal_0_title="Sove hele natta")
    assert (answer.status_code, answer.json()["words"]) == (200, "Utkast lagret kl. 10.00")
    again = await coordinator.get(page.url)
    assert again.typed()["goal_0_title"] == "Sove hele natta"
    assert again.typed()["seen"] == page.typed()["seen"]


async def test_what_was_kept_while_writing_is_in_nobodys_way(coordinator: Visitor) -> None:
    page = await at_content(coordinator, "sl")
    await keep(coordinator, page, goal_0_title="Sove")
    assert (await onwards(coordinator, page, goal_0_title="Sove hele natta")).goes_to.endswith("/account")


async def test_an_older_window_keeps_nothing_over_what_was_saved_since(coordinator: Visitor) -> None:
    page = await at_content(coordinator, "sl")
    await onwards(coordinator, page, goal_0_title="Sove hele natta")
    assert (await keep(coordinator, page, goal_0_title="Gammelt")).status_code == 409
    assert (await coordinator.get(page.url)).typed()["goal_0_title"] == "Sove hele natta"


async def test_far_too_much_is_not_kept(coordinator: Visitor) -> None:
    page = await at_content(coordinator, "sl")
    answer = await keep(coordinator, page, **{f"goal_{row}_text": "x" * 150_000 for row in range(3)})
    assert answer.status_code in (409, 413)


async def test_a_page_that_keeps_by_itself_is_nobody_at_work(coordinator: Visitor, clock: SteppingClock) -> None:
    page = await at_content(coordinator, "sl")
    clock.move(timedelta(minutes=30))
    assert (await keep(coordinator, page, goal_0_title="Sove")).status_code == 200
    clock.move(timedelta(minutes=10))
    assert (await keep(coordinator, page, goal_0_title="Sove godt")).status_code == 401


async def test_another_name_kept_on_the_way_still_asks_for_another_short_name(coordinator: Visitor) -> None:
    page = await coordinator.follow(await look_for(coordinator, "Ylva Testmo", "2001-02-03"))
    plan = await coordinator.follow(await onwards(coordinator, page))
    await onwards(coordinator, plan, start="sl")
    page = await coordinator.get(page.url)
    await keep(coordinator, page, given_name="Berit")
    page = await coordinator.get(page.url)
    assert page.typed()["given_name"] == "Berit"
    assert (await onwards(coordinator, page)).goes_to.endswith("/plan")


async def test_nobody_keeps_in_what_another_has_begun(coordinator: Visitor, sign_in: SignIn) -> None:
    page = await at_content(coordinator, "sl")
    assert (await keep(await sign_in("barnekoordinator"), page, goal_0_title="Fremmed")).status_code in (403, 404)
    assert (await coordinator.get(page.url)).typed()["goal_0_title"] == ""
