"""The time machine: the plan as it was, what changed, and the way back to an older version (N10)."""

from datetime import date, timedelta

import pytest

from models.clock import SteppingClock
from tests.client import Page, Visitor, words
from tests.conftest import NOW
from tests.pages.conftest import SignIn
from tests.pages.test_bin import deleted
from tests.pages.test_goals import goal_of
from tests.pages.test_undo import changed

GOAL = "Ut på sjøen igjen"
TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


async def on(visitor: Visitor, plan: str, day: date) -> Page:
    return await visitor.get(f"{plan}/history", params={"day": day.isoformat()})


async def between(visitor: Visitor, plan: str, first: date, last: date) -> Page:
    return await visitor.get(f"{plan}/history", params={"from": first.isoformat(), "to": last.isoformat()})


def headings(page: Page) -> list[str]:
    return [words(one) for one in page.all("//article//h4 | //article//h5")]


def group(page: Page, name: str) -> str:
    return words(page.one(f"//section[@aria-labelledby='group-{name}']"))


def versions_of(goal: Page) -> str:
    plan, _goals, goal_id = goal.url.rsplit("/", 2)
    return f"{plan}/history/goal/{goal_id}"


async def next_day(visitor: Visitor, clock: SteppingClock, user_name: str = "koordinator@fjordvik.example") -> None:
    clock.move(timedelta(days=1))
    visitor.browser.cookies.clear()
    await visitor.sign_in(user_name)


@pytest.mark.feature("N10")
async def test_the_plan_is_seen_as_it_stood_at_the_end_of_a_day(
    coordinator: Visitor, ip: str, clock: SteppingClock
) -> None:
    await changed(coordinator, await goal_of(coordinator, ip, GOAL), title="Ut på sjøen i mai")
    await next_day(coordinator, clock)
    await changed(coordinator, await goal_of(coordinator, ip, "Ut på sjøen i mai"), title="Ut på sjøen i juni")
    found = [headings(await on(coordinator, ip, TODAY + timedelta(days))) for days in (-1, 0, 1)]
    shown = [[title for title in each if title.startswith("Ut på sjøen")] for each in found]
    assert shown == [[GOAL], ["Ut på sjøen i mai"], ["Ut på sjøen i juni"]]


@pytest.mark.feature("N10")
async def test_it_begins_a_month_ago_and_is_reached_from_the_plan(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get((await coordinator.get(f"{ip}/more")).link("Planen slik den var"))
    field = page.one("//input[@name='day']")
    assert (field.get("value"), field.get("max")) == ((TODAY - timedelta(days=30)).isoformat(), TODAY.isoformat())
    assert field.get("min") < field.get("value")
    assert "Om meg selv" in page.words


@pytest.mark.feature("N10")
@pytest.mark.feature("F82")
async def test_what_is_deleted_later_is_still_seen_on_the_day_it_stood(
    coordinator: Visitor, ip: str, clock: SteppingClock
) -> None:
    await next_day(coordinator, clock)
    await deleted(coordinator, ip)
    assert GOAL not in headings(await on(coordinator, ip, TOMORROW))
    then = await on(coordinator, ip, TODAY)
    assert GOAL in headings(then)
    assert "Følge til båthuset" in headings(then)


@pytest.mark.feature("N10")
async def test_every_link_in_the_past_leads_somewhere(coordinator: Visitor, ip: str, clock: SteppingClock) -> None:
    """To what lay under a deleted goal, too; nothing can be brought back there."""
    await next_day(coordinator, clock)
    await deleted(coordinator, ip)
    then = await on(coordinator, ip, TODAY)
    links = [link for link in then.links() if "/history/" in link]
    assert len(links) > 5
    for link in links:
        assert (await coordinator.get(link)).status == 200
    activity = await coordinator.get(then.one("//h5[.='Følge til båthuset']/ancestor::article[1]//a").get("href"))
    assert "Dette er slettet." in activity.words
    assert not activity.has("//ol/li//form")
    assert (await coordinator.post(f"{activity.url}/1/restore", {"seen": "1"})).status == 404


@pytest.mark.feature("N10")
async def test_what_is_deleted_is_shown_only_to_who_may_delete_it(
    coordinator: Visitor, sign_in: SignIn, ip: str, clock: SteppingClock
) -> None:
    await next_day(coordinator, clock)
    goal = await deleted(coordinator, ip)
    provider = await sign_in("tjenesteyter")
    then = await on(provider, ip, TODAY)
    assert (GOAL in then.words, "Følge til båthuset" in then.words) == (False, False)
    assert GOAL not in (await between(provider, ip, TODAY, TOMORROW)).words
    assert (await provider.get(versions_of(goal))).status == 404
    assert (await coordinator.get(versions_of(goal))).status == 200


@pytest.mark.feature("N10")
async def test_what_one_may_not_read_today_is_not_read_in_the_past(sign_in: SignIn, ip: str) -> None:
    """The visitor itself refuses every page with what is hidden from the assistant."""
    assistant = await sign_in("assistent")
    then = await on(assistant, ip, TODAY)
    assert GOAL in headings(then)
    assert (await between(assistant, ip, TODAY - timedelta(days=60), TODAY)).status == 200


@pytest.mark.feature("N10")
async def test_two_days_are_compared_field_by_field_and_word_by_word(
    coordinator: Visitor, ip: str, clock: SteppingClock
) -> None:
    await next_day(coordinator, clock)
    goal = await goal_of(coordinator, ip, GOAL)
    before = (await coordinator.get(goal.link("Endre målet"))).typed()["description"]
    await changed(coordinator, goal, description=f"{before} Helst i mai.", progress="45", life_area="social")
    page = await between(coordinator, ip, TODAY, TOMORROW)
    told = group(page, "changed")
    assert "Framdrift fra 30 % til 45 %" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "Livsområde fra Fritid til Sosialt fellesskap/nettverk" in told
    assert [words(one) for one in page.all("//dd/ins")] == ["Nytt: Helst i mai."]
    assert not page.has("//dd/del")
    assert "av Marte Sørdal, Koordinator" in told


@pytest.mark.feature("N10")
async def test_added_removed_and_moved_to_history_are_told_apart(
    coordinator: Visitor, ip: str, clock: SteppingClock
) -> None:
    await next_day(coordinator, clock)
    form = await coordinator.get(f"{ip}/goals/new")
    await coordinator.send(form, title="Lage film om båten")
    await deleted(coordinator, ip)
    moved = await goal_of(coordinator, ip, "Gå trygt ute i all slags vær")
    await coordinator.send(await coordinator.get(f"{moved.url}/history"))
    page = await between(coordinator, ip, TODAY, TOMORROW)
    assert "Lage film om båten" in group(page, "added")
    assert GOAL in group(page, "removed")
    assert "Følge til båthuset" not in page.words
    assert "Gå trygt ute i all slags vær" in group(page, "to-history")


async def test_days_without_a_change_say_so(coordinator: Visitor, ip: str) -> None:
    page = await between(coordinator, ip, TODAY, TODAY)
    assert "Ingenting er endret mellom disse dagene" in page.words


@pytest.mark.parametrize(
    "asked",
    [
        {"day": "i går"},
        {"day": ""},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"day": "2026-02-30"},
        {"day": (NOW + timedelta(days=1)).date().isoformat()},
        {"from": "tull", "to": "2026-11-20"},
        {"from": "2026-11-20", "to": "2026-11-19"},
        {"from": "2026-11-20", "to": "<script>"},
    ],
)
async def test_a_day_that_cannot_be_shown_is_told_beside_the_field(
    coordinator: Visitor, ip: str, asked: dict[str, str]
) -> None:
    page = await coordinator.get(f"{ip}/history", params=asked)
    assert page.status == 400
    assert page.has("//*[contains(@class, 'ds-validation-message')]")
    assert not page.has("//article")
    for name, typed in asked.items():
        assert page.one(f"//input[@name='{name}']").get("value") == typed


@pytest.mark.feature("N10")
async def test_every_version_tells_who_when_and_what(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    await changed(coordinator, goal, title="Ut på sjøen i mai")
    provider = await sign_in("tjenesteyter")
    await changed(provider, await provider.get(goal.url), progress="35")
    page = await coordinator.get((await coordinator.get(goal.url)).link("Tidligere versjoner"))
    newest, second, *_rest = [words(one) for one in page.all("//ol/li")]
    assert "Slik er det nå" in newest
    assert "Tjenesteyter" in newest
    assert "Framdrift fra 30 % til 35 %" in newest.replace("\N{NO-BREAK SPACE}", " ")
    assert "Marte Sørdal, Koordinator" in second
    assert [words(one) for one in page.all("//ol/li[2]//dd/*")] == ["Fjernet: igjen", "Nytt: i mai"]


@pytest.mark.feature("N10")
async def test_an_older_version_is_brought_back_and_that_can_be_undone(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    await changed(coordinator, goal, title="Ut på sjøen i mai", progress="80")
    page = await coordinator.get(versions_of(goal))
    older = page.all("//ol/li//form")[0]
    seen = older.xpath(".//input[@name='seen']")[0].get("value")
    back = await coordinator.follow(await coordinator.post(older.get("action"), {"seen": seen}))
    assert (words(back.one("//h2[@id='goal']")), back.words.startswith("Hentet tilbake.")) == (GOAL, True)
    again = await coordinator.follow(await coordinator.post(back.one("//div[@role='status']//form").get("action")))
    assert words(again.one("//h2[@id='goal']")) == "Ut på sjøen i mai"


@pytest.mark.feature("N10")
async def test_who_may_not_change_brings_nothing_back(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    await changed(coordinator, goal, title="Ut på sjøen i mai")
    action = (await coordinator.get(versions_of(goal))).all("//ol/li//form")[0].get("action")
    owner = await sign_in("planeier")
    assert not (await owner.get(versions_of(goal))).has("//ol/li//form")
    assert (await owner.post(action, {"seen": "2"})).status == 403
    stranger = await sign_in("koordinator@dalen.example")
    assert (await stranger.get(versions_of(goal))).status == 404
    assert (await stranger.post(action, {"seen": "2"})).status == 404


async def test_what_somebody_changed_meanwhile_is_not_written_over(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    await changed(coordinator, goal, title="Ut på sjøen i mai")
    form = (await coordinator.get(versions_of(goal))).all("//ol/li//form")[0]
    provider = await sign_in("tjenesteyter")
    await changed(provider, await provider.get(goal.url), progress="35")
    seen = form.xpath(".//input[@name='seen']")[0].get("value")
    page = await coordinator.post(form.get("action"), {"seen": seen})
    assert (page.status, "Noen andre endret dette mens du leste." in page.words) == (409, True)


@pytest.mark.parametrize("number", ["0", "-1", "99", "tull", "9999999999"])
async def test_a_version_that_is_not_there_is_not_brought_back(coordinator: Visitor, ip: str, number: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    assert (await coordinator.post(f"{versions_of(goal)}/{number}/restore", {"seen": "1"})).status == 404


@pytest.mark.parametrize("kind", ["comment", "tull", "activity"])
async def test_versions_of_another_kind_are_not_there(coordinator: Visitor, ip: str, kind: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    assert (await coordinator.get(versions_of(goal).replace("/goal/", f"/{kind}/"))).status == 404


@pytest.mark.parametrize("under", ["/history", "/history?from=2026-11-01&to=2026-11-20", "/bin"])
async def test_who_has_no_consent_any_more_sees_nothing_of_the_past(sign_in: SignIn, ip: str, under: str) -> None:
    page = await (await sign_in("utlopt")).get(ip + under)
    assert (page.status, page.has("//article")) == (403, False)


@pytest.mark.feature("N10")
async def test_what_is_written_as_a_script_is_only_words_in_the_past(
    coordinator: Visitor, ip: str, clock: SteppingClock
) -> None:
    await next_day(coordinator, clock)
    goal = await goal_of(coordinator, ip, GOAL)
    await changed(coordinator, goal, title="<script>alert(1)</script>", description="<p>Hei<img src=x onerror=a()></p>")
    for page in (
        await on(coordinator, ip, TOMORROW),
        await between(coordinator, ip, TODAY, TOMORROW),
        await coordinator.get(versions_of(goal)),
    ):
        assert "<script>alert(1)</script>" in page.words
        assert not page.has("//img[@src='x']")


async def test_a_long_text_is_compared_whole(coordinator: Visitor, ip: str, clock: SteppingClock) -> None:
    await next_day(coordinator, clock)
    goal = await goal_of(coordinator, ip, GOAL)
    await changed(coordinator, goal, description="nei " * 4_000)
    await changed(coordinator, await coordinator.get(goal.url), description="ja " + "nei " * 3_000 + "ja nei " * 400)
    page = await coordinator.get(versions_of(goal))
    assert (page.status, page.has("//dd/del"), page.has("//dd/ins")) == (200, True, True)
