"""The promise tracker: the deadlines of a plan, and mine across plans (N8)."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.clock import SteppingClock
from models.database import Database
from models.log.queries import FROM_AFAR
from models.log.rules import Event
from models.log.tables import LogRow
from models.plans.rules.words import PlanState
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.participants import Grant, Participant
from models.plans.tables.plan import PlanSpan
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

pytestmark = pytest.mark.feature("N8")
SEA = "Ut på sjøen igjen"
RAIL = "Rekkverk ved inngangen"
ADULT = "Fast voksen ved inngangen"


def listed(page: Page, section: str) -> list[str]:
    return [words(line) for line in page.all(f"//section[@aria-labelledby='list-{section}']//li//a")]


async def with_deadlines(coordinator: Visitor, ip: str) -> Page:
    """The plan's deadlines, with one that has passed."""
    goal = await goal_of(coordinator, ip, SEA)
    form = await coordinator.get(f"{goal.url}/activities/new")
    saved = await coordinator.send(form, title="Bestille redningsvest", due_on="2026-11-01")
    assert saved.status == 303, saved.words
    return await coordinator.get(f"{ip}/promises")


async def test_what_is_late_comes_first_then_what_is_to_come_by_day(coordinator: Visitor, ip: str) -> None:
    page = await with_deadlines(coordinator, ip)
    assert listed(page, "late") == ["Bestille redningsvest"]
    coming = listed(page, "coming")
    assert coming[:2] == [RAIL, "Avklare ytelser ved arbeid"]
    assert "Håndtak og dusjstol på badet" not in page.words
    assert "Ansvarlig:" in page.words


async def test_only_what_is_late_is_shown_when_asked_for(coordinator: Visitor, ip: str) -> None:
    await with_deadlines(coordinator, ip)
    page = await coordinator.get(f"{ip}/promises?late=y")
    assert (listed(page, "late"), listed(page, "coming")) == (["Bestille redningsvest"], [])


async def test_the_list_is_chosen_by_who_answers(coordinator: Visitor, ip: str) -> None:
    page = await with_deadlines(coordinator, ip)
    named = {words(one): one.get("value") for one in page.all("//select[@name='who']/option")}
    assert named["Ingen ennå"] == "nobody"
    nobody = await coordinator.get(f"{ip}/promises?who=nobody")
    assert (listed(nobody, "late"), listed(nobody, "coming")) == (["Bestille redningsvest"], [])
    for odd in ("tull", "00000000-0000-0000-0000-000000000000", "<script>", "x" * 5000):
        assert listed(await coordinator.get(f"{ip}/promises", params={"who": odd}), "late")


async def test_choices_that_fit_nothing_say_so(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/promises?late=y")
    assert "Ingen frister passer med valgene" in page.words
    assert listed(await coordinator.get(page.link("Vis alle fristene")), "coming")


@pytest.mark.feature("F77")
async def test_the_assistant_sees_the_deadlines_of_one_goal_and_its_people_only(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    await with_deadlines(coordinator, ip)
    page = await (await sign_in("assistent")).get(f"{ip}/promises")
    assert set(listed(page, "coming")) == {"Følge til båthuset", "Øve på å gå om bord", "Håndtak på brygga"}
    assert "(3)" in page.words
    assert len(page.all("//select[@name='who']/option")) == 4


async def test_a_stranger_finds_no_deadlines(sign_in: SignIn, ip: str) -> None:
    stranger = await sign_in("koordinator@dalen.example")
    assert (await stranger.get(f"{ip}/promises")).status == 404


async def test_the_consent_that_ended_closes_the_deadlines(sign_in: SignIn, ip: str) -> None:
    expired = await sign_in("utlopt")
    assert (await expired.get(f"{ip}/promises")).status == 403
    assert "Du har ingen frister" in (await expired.get("/promises")).words


async def test_my_deadlines_are_of_all_my_plans_and_nobody_elses(sign_in: SignIn) -> None:
    coordinator = await sign_in("koordinator")
    page = await coordinator.get("/promises")
    mine = listed(page, "coming")
    assert {RAIL, ADULT} <= set(mine)
    assert "Styrke og balanse" not in page.words
    assert {"Plan: R.S. ·", "Plan: T.A. ·"} <= {words(one)[:12] for one in page.all("//li/p[last()]")}


async def test_mine_are_of_the_municipality_and_the_profile_i_am_in(sign_in: SignIn) -> None:
    specialist = await sign_in("spesialist@helse.example")
    page = await specialist.get("/promises")
    assert ("Kontroll av gange og balanse" in page.words) is not ("Justering av medisin" in page.words)


async def test_looking_at_mine_is_logged_in_the_plans_they_are_in_and_no_other(
    coordinator: Visitor, town: Database, ip: str, relay: str
) -> None:
    await coordinator.get("/promises")
    async with town.reading() as session:
        rows = await session.scalars(
            select(LogRow).where(col(LogRow.event) == Event.PLAN_OPENED).order_by(col(LogRow.at))
        )
        opened = {str(row.plan_id) for row in rows if row.details and row.details.get("room") == FROM_AFAR}
    assert {ip.removeprefix("/plans/"), relay.removeprefix("/plans/")} <= opened
    page = await coordinator.get("/promises")
    assert opened == {link.split("/")[2] for link in page.links() if "#activity-" in link}


async def test_looking_at_mine_is_no_visit_so_what_is_new_in_the_plans_stays_marked(
    sign_in: SignIn, clock: SteppingClock, relay: str
) -> None:
    coordinator, guardian = await sign_in("koordinator"), await sign_in("foresatt")
    await coordinator.get(relay)
    clock.move(timedelta(minutes=5))
    await guardian.send(await goal_of(guardian, relay, "Gode morgener"), text="Vi prøver fra mandag.")
    clock.move(timedelta(minutes=5))
    await (await sign_in("koordinator")).get("/promises")
    clock.move(timedelta(minutes=5))
    again = await sign_in("koordinator")
    assert "Vi prøver fra mandag." in (await again.get(relay)).words


async def test_the_plan_list_says_how_many_are_late(sign_in: SignIn, clock: SteppingClock) -> None:
    coordinator = await sign_in("koordinator")
    link = (await coordinator.get("/plans")).one("//a[@href='/promises']")
    assert words(link) == "Mine frister: ingen er forsinket"
    clock.move(timedelta(days=10))
    later = await sign_in("koordinator")
    late = listed(await later.get("/promises"), "late")
    assert ADULT in late
    link = (await later.get("/plans")).one("//a[@href='/promises']")
    assert words(link) == f"Mine frister: {len(late)} er forsinket"


@pytest.mark.feature("F77")
async def test_a_deadline_of_mine_that_is_hidden_from_me_is_neither_listed_nor_counted(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    """Of all that the owner answers for, one is hidden, and it is late."""
    owner = await sign_in("planeier")
    before = listed(await owner.get("/promises"), "coming")
    async with town.writing() as session:
        plan_id = UUID(ip.removeprefix("/plans/"))
        found = select(Activity).where(col(Activity.plan_id) == plan_id, col(Activity.status) == "planned")
        activities = list(await session.scalars(found))
        me = (await session.scalars(select(Grant).where(col(Grant.item_id).is_(None)).limit(1))).one()
        mine = [one for one in activities if one.responsible_id]
        for one in mine:
            one.due_on = one.due_on - timedelta(days=300) if one.due_on else None
            participant = await session.get(Participant, one.responsible_id)
            assert participant
            session.add(
                Grant(
                    municipality_id=me.municipality_id,
                    participant_id=participant.id,
                    element=Element.ACTIVITIES,
                    item_id=one.id,
                    level=Level.NONE,
                )
            )
    page = await owner.get("/promises")
    assert listed(page, "late") == []
    assert set(listed(page, "coming")) < set(before)
    assert words((await owner.get("/plans")).one("//a[@href='/promises']")) == "Mine frister: ingen er forsinket"
    assert listed(await coordinator.get("/promises"), "late") == []


async def test_who_has_no_deadlines_is_offered_no_list_of_them(sign_in: SignIn) -> None:
    archivist = await sign_in("arkivar")
    assert not (await archivist.get("/plans")).has("//a[@href='/promises']")
    assert "Du har ingen frister" in (await archivist.get("/promises")).words


@pytest.mark.feature("F74")
async def test_deadlines_of_ended_plans_and_goals_in_history_are_nobodys(
    coordinator: Visitor, town: Database, ip: str, relay: str
) -> None:
    async with town.writing() as session:
        plan_id = UUID(ip.removeprefix("/plans/"))
        for goal in await session.scalars(select(Goal).where(col(Goal.plan_id) == plan_id)):
            goal.historic_at = session.clock.now()
        ended = UUID(relay.removeprefix("/plans/"))
        for span in await session.scalars(select(PlanSpan).where(col(PlanSpan.plan_id) == ended)):
            span.state = PlanState.INACTIVE
    mine = (await coordinator.get("/promises")).words
    assert RAIL not in mine
    assert ADULT not in mine
    assert "Ingen frister ennå" in (await coordinator.get(f"{ip}/promises")).words
    assert ADULT in (await coordinator.get(f"{relay}/promises")).words
