"""The list of plans: mine, those that are open to me today, and no other."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from models.clock import SteppingClock, local_day
from models.database import Database
from models.plans.tables.plan import Plan
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn


def rows(page: Page) -> dict[str, str]:
    """Each plan's short name, and what its row says."""
    return {words(row.xpath(".//h2")[0]): words(row) for row in page.all("//li[contains(@class, 'row')]")}


async def end(town: Database, address: str, clock: SteppingClock) -> None:
    """The plan's period was over yesterday."""
    async with town.writing() as session:
        plan = (await session.scalars(select(Plan).where(Plan.id == UUID(address.rsplit("/", maxsplit=1)[-1])))).one()
        plan.period_to = local_day(clock.now()) - timedelta(days=1)


@pytest.mark.feature("F42")
@pytest.mark.parametrize(
    ("user_name", "short_names"),
    [
        ("superadmin@fjordvik.example", []),
        ("admin.helse@fjordvik.example", []),
        ("admin.skole@fjordvik.example", []),
        ("analytiker@fjordvik.example", []),
        ("koordinator@fjordvik.example", ["R.S.", "T.A."]),
        ("rektor@fjordvik.example", ["I.A."]),
        ("laerer@fjordvik.example", ["I.A."]),
        ("tjenesteyter@fjordvik.example", ["R.S."]),
        ("assistent@fjordvik.example", ["R.S."]),
        ("planeier@fjordvik.example", ["R.S."]),
        ("foresatt@fjordvik.example", ["I.A.", "T.A."]),
        ("utlopt@fjordvik.example", []),
        ("arkivar@fjordvik.example", []),
        ("superadmin@dalen.example", []),
        ("koordinator@dalen.example", ["B.N."]),
        ("planeier@dalen.example", ["B.N."]),
    ],
)
async def test_each_of_the_cast_sees_exactly_their_plans(
    sign_in: SignIn, user_name: str, short_names: list[str]
) -> None:
    page = await (await sign_in(user_name)).get("/plans")
    assert list(rows(page)) == short_names


async def test_who_has_no_plan_is_told_why_and_whom_to_ask(sign_in: SignIn) -> None:
    page = await (await sign_in("utlopt")).get("/plans")
    assert "Du er ikke med i noen plan ennå" in page.words
    assert "spør koordinatoren" in page.words


@pytest.mark.feature("F37")
async def test_the_specialist_has_one_plan_in_each_municipality_and_switches_between_them(sign_in: SignIn) -> None:
    visitor = await sign_in("spesialist@helse.example")
    assert list(rows(await visitor.get("/plans"))) == ["R.S."]
    switch = await visitor.get("/me/switch")
    (form,) = switch.all("//form[.//button[contains(., 'Dalen')]]")
    chosen = dict(form.form_values()) | {"profile": "work"}
    assert list(rows(await visitor.follow(await visitor.post("/me/switch", chosen)))) == ["B.N."]


@pytest.mark.feature("F37")
async def test_the_guardians_plans_lie_in_the_personal_profile_only(guardian: Visitor) -> None:
    switch = await guardian.get("/me/switch")
    chosen = dict(switch.one("//form[@action='/me/switch']").form_values()) | {"profile": "work"}
    assert rows(await guardian.follow(await guardian.post("/me/switch", chosen))) == {}


@pytest.mark.parametrize(
    "chosen", [{}, {"municipality": "tull", "profile": "work"}, {"municipality": str(UUID(int=1)), "profile": "work"}]
)
async def test_nobody_can_switch_to_a_place_that_is_not_theirs(coordinator: Visitor, chosen: dict[str, str]) -> None:
    assert (await coordinator.post("/me/switch", chosen)).status == 404


@pytest.mark.feature("F43")
async def test_a_row_says_type_role_and_the_consent_that_is_left(coordinator: Visitor) -> None:
    listed = rows(await coordinator.get("/plans"))
    assert "Individuell plan · Koordinator" in listed["R.S."]
    assert "Samtykke 190 dager igjen" in listed["R.S."]
    assert "Stafettlogg · Stafettholder" in listed["T.A."]


@pytest.mark.feature("F46")
@pytest.mark.parametrize(("days", "color"), [(159, "neutral"), (160, "danger")])
async def test_the_consent_is_red_in_its_last_thirty_days(
    sign_in: SignIn, clock: SteppingClock, days: int, color: str
) -> None:
    clock.move(timedelta(days=days))
    page = await (await sign_in("tjenesteyter")).get("/plans")
    tag = page.one("//span[contains(@class, 'ds-tag') and contains(., 'Samtykke')]")
    assert (tag.get("data-color"), words(tag)) == (color, f"Samtykke {190 - days} dager igjen")


@pytest.mark.feature("F48")
async def test_a_plan_that_is_over_is_shown_only_when_asked_for(
    coordinator: Visitor, town: Database, clock: SteppingClock, relay: str
) -> None:
    await end(town, relay, clock)
    page = await coordinator.get("/plans")
    assert list(rows(page)) == ["R.S."]
    assert page.one("//label[@for='ended']").text_content().strip() == "Vis også avsluttede planer"
    assert list(rows(await coordinator.get("/plans?ended=y"))) == ["R.S.", "T.A."]


@pytest.mark.feature("F42")
@pytest.mark.parametrize(("text", "found"), [("r.s", ["R.S."]), (" T.A. ", ["T.A."]), ("%", []), ("_", []), ("\\", [])])
async def test_search_looks_in_short_names_and_takes_every_letter_as_it_is(
    coordinator: Visitor, text: str, found: list[str]
) -> None:
    page = await coordinator.get("/plans", params={"q": text})
    assert list(rows(page)) == found
    assert ("Ingen planer passer med søket" in page.words) is not bool(found)


async def test_search_finds_nobody_elses_plan(coordinator: Visitor) -> None:
    assert rows(await coordinator.get("/plans?q=B.N.")) == {}


@pytest.mark.feature("F44")
async def test_news_are_what_others_did_since_my_last_visit(coordinator: Visitor, sign_in: SignIn, relay: str) -> None:
    before = rows(await (await sign_in("foresatt")).get("/plans"))
    for title in ("Første", "Andre"):
        await coordinator.post(f"{relay}/goals/new", {"title": title, "life_area": ""})
    after = rows(await (await sign_in("foresatt")).get("/plans"))
    assert before["I.A."] == after["I.A."]
    assert "Ikke noe nytt siden sist" in before["T.A."]
    assert "2 nye hendelser" in after["T.A."]


async def test_what_i_did_myself_is_not_news(coordinator: Visitor, sign_in: SignIn, relay: str) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Mitt", "life_area": ""})
    assert "Ikke noe nytt siden sist" in rows(await (await sign_in("koordinator")).get("/plans"))["T.A."]


async def test_news_count_only_what_one_may_see(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    before = rows(await (await sign_in("assistent")).get("/plans"))
    await coordinator.post(f"{ip}/goals/new", {"title": "Ikke for assistenten", "life_area": ""})
    assert rows(await (await sign_in("assistent")).get("/plans")) == before


@pytest.mark.parametrize("page", ["0", "-1", "tull", "10001", "9" * 10])
async def test_a_page_that_cannot_be_is_not_found(coordinator: Visitor, page: str) -> None:
    assert (await coordinator.get(f"/plans?page={page}")).status == 404


async def test_the_front_door_leads_to_the_plans(coordinator: Visitor) -> None:
    assert (await coordinator.get("/")).goes_to == "/plans"
