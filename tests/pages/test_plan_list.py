"""The list of plans: mine, those that are open to me today, and no other."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from models.clock import SteppingClock, local_day
from models.database import Database
from models.plans.rules.words import PlanState
from models.plans.tables.plan import Plan, PlanSpan
from tests.client import Page, Visitor, query, words
from tests.pages.conftest import SignIn


def rows(page: Page) -> dict[str, str]:
    """Each plan's short name, and what its row says."""
    return {words(row.xpath(".//th//a")[0]): words(row) for row in page.all("//tbody/tr")}


def heads(page: Page) -> dict[str, str | None]:
    """The heads of the columns, and how the list is sorted by each."""
    return {words(head): head.get("aria-sort") for head in page.all("//thead//th")}


def plan_id(address: str) -> UUID:
    return UUID(address.rsplit("/", maxsplit=1)[-1])


async def change(town: Database, address: str, **values: Any) -> None:
    """Columns of the plan, or of the stretch of days it is in."""
    async with town.writing() as session:
        for table, key in ((Plan, Plan.id), (PlanSpan, PlanSpan.plan_id)):
            mine = {name: value for name, value in values.items() if name in table.model_fields}
            here = update(table).where(col(key) == plan_id(address), *_newest(table))
            if mine:
                await session.execute(here.values(**mine))


def _newest(table: Any) -> list[Any]:
    return [col(PlanSpan.valid_to).is_(None)] if table is PlanSpan else []


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
    assert "Individuell plan Koordinator" in listed["R.S."]
    assert "190 dager igjen" in listed["R.S."]
    assert "Stafettlogg Stafettholder" in listed["T.A."]


@pytest.mark.feature("F46")
@pytest.mark.parametrize(("days", "color"), [(159, "neutral"), (160, "danger")])
async def test_the_consent_is_red_in_its_last_thirty_days(
    sign_in: SignIn, clock: SteppingClock, days: int, color: str
) -> None:
    clock.move(timedelta(days=days))
    page = await (await sign_in("tjenesteyter")).get("/plans")
    tag = page.one("//span[contains(@class, 'ds-tag') and contains(., 'igjen')]")
    assert (tag.get("data-color"), words(tag)) == (color, f"{190 - days} dager igjen")


@pytest.mark.feature("F48")
async def test_a_plan_that_has_ended_is_shown_only_when_asked_for(
    coordinator: Visitor, town: Database, relay: str
) -> None:
    await change(town, relay, state=PlanState.INACTIVE)
    page = await coordinator.get("/plans")
    assert list(rows(page)) == ["R.S."]
    assert page.one("//label[@for='ended']").text_content().strip() == "Vis også avsluttede planer"
    shown = rows(await coordinator.get("/plans?ended=y"))
    assert list(shown) == ["R.S.", "T.A."]
    assert "Avsluttet" in shown["T.A."]


@pytest.mark.feature("F49")
async def test_a_period_that_has_passed_does_not_end_the_plan_but_is_told(
    coordinator: Visitor, town: Database, clock: SteppingClock, relay: str
) -> None:
    yesterday = local_day(clock.now()) - timedelta(days=1)
    await change(town, relay, period_to=yesterday)
    assert "Perioden er over" in rows(await coordinator.get("/plans"))["T.A."]
    await change(town, relay, period_to=yesterday + timedelta(days=1))
    assert "Perioden er over" not in rows(await coordinator.get("/plans"))["T.A."]


@pytest.mark.feature("F42")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("r.s", ["R.S."]), (" T.A. ", ["T.A."]), ("%", []), ("_", []), ("\\", []), ("\x00", ["R.S.", "T.A."])),
        *(("ROLF", ["R.S."]), ("undn", ["R.S."]), ("sundnes  Rolf", ["R.S."]), ("rolf xyz", []), ("aasheim", ["T.A."])),
    ],
)
async def test_search_looks_in_short_names_and_the_owners_and_takes_every_letter_as_it_is(
    coordinator: Visitor, text: str, found: list[str]
) -> None:
    page = await coordinator.get("/plans", params={"q": text})
    assert list(rows(page) if page.has("//tbody") else []) == found
    assert ("Ingen planer passer med søket" in page.words) is not bool(found)


@pytest.mark.feature("F42")
async def test_all_plans_can_be_fetched_again_after_a_search(coordinator: Visitor) -> None:
    page = await coordinator.get("/plans?q=r.s&sort=-kind")
    everything = await coordinator.get(page.link("Vis alle planene dine"))
    assert list(rows(everything)) == ["T.A.", "R.S."]
    assert not everything.has("//a[contains(., 'Vis alle')]")


async def test_search_finds_nobody_elses_plan(coordinator: Visitor) -> None:
    for text in ("B.N.", "I.A.", "Borghild", "Iver"):
        page = await coordinator.get("/plans", params={"q": text})
        assert "Ingen planer passer med søket" in page.words


async def test_search_finds_nobody_by_the_name_of_another_participant(coordinator: Visitor) -> None:
    """Only owners: a guardian's or a helper's name is not in the list."""
    page = await coordinator.get("/plans", params={"q": "Sunniva"})
    assert "Ingen planer passer med søket" in page.words


@pytest.mark.feature("F44")
async def test_news_are_what_others_did_since_my_last_visit(coordinator: Visitor, sign_in: SignIn, relay: str) -> None:
    before = rows(await (await sign_in("foresatt")).get("/plans"))
    for title in ("Første", "Andre"):
        await coordinator.post(f"{relay}/goals/new", {"title": title, "life_area": ""})
    after = rows(await (await sign_in("foresatt")).get("/plans"))
    assert before["I.A."] == after["I.A."]
    assert "Ikke noe nytt" in before["T.A."]
    assert "2 nye hendelser" in after["T.A."]


async def test_what_i_did_myself_is_not_news(coordinator: Visitor, sign_in: SignIn, relay: str) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Mitt", "life_area": ""})
    assert "Ikke noe nytt" in rows(await (await sign_in("koordinator")).get("/plans"))["T.A."]


async def test_news_count_only_what_one_may_see(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    before = rows(await (await sign_in("assistent")).get("/plans"))
    await coordinator.post(f"{ip}/goals/new", {"title": "Ikke for assistenten", "life_area": ""})
    assert rows(await (await sign_in("assistent")).get("/plans")) == before


@pytest.mark.feature("F43")
async def test_a_row_says_whose_plan_it_is(coordinator: Visitor) -> None:
    listed = rows(await coordinator.get("/plans"))
    assert ("Rolf Erik Sundnes" in listed["R.S."], "Tiril Aasheim" in listed["T.A."]) == (True, True)


async def test_a_letter_in_capitals_is_the_same_letter_in_norwegian_too(
    coordinator: Visitor, town: Database, relay: str
) -> None:
    await change(town, relay, short_name="ÆØÅ")
    assert list(rows(await coordinator.get("/plans", params={"q": "æøå"}))) == ["ÆØÅ"]


@pytest.mark.feature("F47")
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        *(("name", ["R.S.", "T.A."]), ("-name", ["T.A.", "R.S."])),
        *(("owner", ["R.S.", "T.A."]), ("-owner", ["T.A.", "R.S."])),
        *(("kind", ["R.S.", "T.A."]), ("-kind", ["T.A.", "R.S."])),
        *(("role", ["R.S.", "T.A."]), ("-role", ["T.A.", "R.S."])),
        *(("consent", ["T.A.", "R.S."]), ("-consent", ["R.S.", "T.A."])),
        *(("", ["R.S.", "T.A."]), ("tull", ["R.S.", "T.A."]), ("--name", ["R.S.", "T.A."])),
    ],
)
async def test_the_list_is_sorted_by_what_the_address_says(coordinator: Visitor, sort: str, order: list[str]) -> None:
    assert list(rows(await coordinator.get("/plans", params={"sort": sort}))) == order


@pytest.mark.feature("F47")
async def test_who_has_the_most_news_comes_first(coordinator: Visitor, sign_in: SignIn, relay: str) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Nytt", "life_area": ""})
    guardian = await sign_in("foresatt")
    assert list(rows(await guardian.get("/plans?sort=-news"))) == ["T.A.", "I.A."]
    assert list(rows(await guardian.get("/plans?sort=news"))) == ["I.A.", "T.A."]


@pytest.mark.feature("F47")
async def test_every_head_sorts_and_pressed_again_turns_the_list_around(coordinator: Visitor) -> None:
    page = await coordinator.get("/plans")
    assert heads(page)["Kortnavn"] == "ascending"
    for words_, first in [(each, "descending" if each.startswith("Nytt") else "ascending") for each in heads(page)]:
        if words_ in ("Kortnavn", "Administrer"):
            continue
        page = await coordinator.get(page.link(words_))
        assert [each for each, sorted_ in heads(page).items() if sorted_] == [words_]
        assert heads(page)[words_] == first
        turned = await coordinator.get(page.link(words_))
        assert {heads(turned)[words_], first} == {"ascending", "descending"}
        assert turned.one("//select[@name='sort']/option[@selected]").get("value") in turned.url


@pytest.mark.feature("F47")
async def test_a_search_and_the_ended_ones_are_kept_when_the_list_is_sorted(coordinator: Visitor) -> None:
    page = await coordinator.get("/plans?q=r.s&ended=y&page=1")
    assert query(page.link("Plantype")) == {"q": "r.s", "ended": "y", "sort": "kind"}


@pytest.mark.feature("F52")
async def test_only_who_coordinates_a_plan_is_offered_to_administer_it(coordinator: Visitor, sign_in: SignIn) -> None:
    page = await coordinator.get("/plans")
    assert len(page.all("//tbody//a[contains(@href, '/settings')]")) == 2
    for name in ("planeier", "foresatt", "tjenesteyter", "assistent"):
        assert not (await (await sign_in(name)).get("/plans")).has("//a[contains(@href, '/settings')]")


@pytest.mark.feature("F51")
@pytest.mark.parametrize(
    ("name", "may"),
    [("koordinator", True), ("rektor", True), ("laerer", False), ("planeier", False), ("superadmin", False)],
)
async def test_only_who_may_make_plans_is_offered_to(sign_in: SignIn, name: str, may: bool) -> None:
    assert (await (await sign_in(name)).get("/plans")).has("//a[@href='/plans/new']") is may


@pytest.mark.parametrize("page", ["0", "-1", "tull", "10001", "9" * 10])
async def test_a_page_that_cannot_be_is_not_found(coordinator: Visitor, page: str) -> None:
    assert (await coordinator.get(f"/plans?page={page}")).status == 404


async def test_the_front_door_leads_to_the_plans(coordinator: Visitor) -> None:
    assert (await coordinator.get("/")).goes_to == "/plans"
