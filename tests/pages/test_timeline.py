"""The timeline: what has happened and what is to come, for the one who reads it."""

from datetime import timedelta

import pytest

from models.clock import SteppingClock
from pages.plans.timeline import NEAREST
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of


def lines(page: Page) -> list[str]:
    return [words(line) for line in page.all("//ol[@class='timeline']/li")]


def at(page: Page, text: str) -> int:
    """The place of the first line with these words."""
    return next(place for place, line in enumerate(lines(page)) if text in line)


@pytest.mark.feature("F156")
async def test_the_guardian_sees_what_the_coordinator_just_wrote(
    coordinator: Visitor, sign_in: SignIn, relay: str
) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Sove i egen seng", "life_area": ""})
    goal = await goal_of(coordinator, relay, "Sove i egen seng")
    activity = {"title": "Kveldsbok", "status": "planned", "responsible_id": ""}
    await coordinator.post(f"{goal.url}/activities/new", activity)
    await coordinator.send(goal, text="Vi prøver fra mandag.")
    shown = lines(await (await sign_in("foresatt")).get(f"{relay}/timeline"))
    last_visit = next(n for n, line in enumerate(shown) if line.startswith("Sist du var"))
    today = shown[shown.index("I dag") : last_visit]
    for part in ("Nytt mål Nytt Sove i egen seng", "Ny aktivitet Nytt Kveldsbok", "Vi prøver fra mandag."):
        assert any(part in line for line in today), part


@pytest.mark.feature("F157")
async def test_dotted_lines_for_today_and_the_last_visit(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/timeline")
    marks = [words(mark) for mark in page.all("//li[@class='timeline__mark']")]
    assert marks[0] == "I dag"
    assert marks[1].startswith("Sist du var her, ")
    assert len(marks) == 2


@pytest.mark.feature("F157")
async def test_the_line_of_the_last_visit_parts_new_from_old(coordinator: Visitor, sign_in: SignIn, relay: str) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Sove i egen seng", "life_area": ""})
    page = await (await sign_in("foresatt")).get(f"{relay}/timeline")
    mark = at(page, "Sist du var her")
    entries = {place: line for place, line in enumerate(lines(page)) if "kl. " in line and place != mark}
    assert [place for place, line in entries.items() if " Nytt " in line] == [p for p in entries if p < mark] != []


@pytest.mark.feature("F157")
async def test_what_is_to_come_stands_above_today_and_what_has_been_below(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/timeline?ahead=true")
    today = at(page, "I dag")
    assert at(page, "Frist for aktivitet Rekkverk ved inngangen") < today
    assert at(page, "Samtykket går ut") < today
    assert at(page, "Rekkverket kommer om tre uker.") > today
    assert not any("Frist for aktivitet" in line for line in lines(page)[today:])


@pytest.mark.feature("F157")
async def test_only_the_nearest_of_what_is_to_come_is_shown_until_asked(coordinator: Visitor, ip: str) -> None:
    def ahead(page: Page) -> list[str]:
        shown = [line for line in lines(page)[: at(page, "I dag")] if "Frist" in line or "går ut" in line]
        return [line.split(" Sist")[0] for line in shown]

    page = await coordinator.get(f"{ip}/timeline")
    everything = ahead(await coordinator.get(f"{ip}/timeline?ahead=true"))
    assert ahead(page) == everything[-NEAREST:]
    assert f"Vis {len(everything) - NEAREST} til som kommer" in words(page.one("//main"))


@pytest.mark.feature("F156")
async def test_the_newest_stands_first(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/timeline")
    times = [str(time) for time in page.all("//ol[@class='timeline']//time/@datetime")]
    assert len(times) > 10
    assert times == sorted(times, reverse=True)


@pytest.mark.feature("F158")
async def test_every_line_leads_to_its_place(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/timeline")
    addresses = {str(link) for link in page.all("//ol[@class='timeline']//a/@href")}
    assert any("#comment-" in address for address in addresses)
    for address in addresses:
        place = await coordinator.get(address)
        assert place.status == 200
        if "#" in address:
            assert place.has(f"//*[@id='{address.split('#')[1]}']"), address


async def test_what_one_may_not_see_is_not_there(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    await coordinator.post(f"{ip}/goals/new", {"title": "Ikke for assistenten", "life_area": ""})
    page = await (await sign_in("assistent")).get(f"{ip}/timeline")
    assert "Ikke for assistenten" not in page.words
    assert "Følge til båthuset" in page.words


async def test_what_was_deleted_is_not_there(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    await coordinator.send(await coordinator.get(f"{goal.url}/remove"))
    assert "Følge til båthuset" not in (await coordinator.get(f"{ip}/timeline")).words


@pytest.mark.feature("F157")
async def test_the_last_visit_is_the_one_before_this_sign_in(sign_in: SignIn, clock: SteppingClock, relay: str) -> None:
    await (await sign_in("foresatt")).get(f"{relay}/timeline")
    clock.move(timedelta(days=1, hours=2))
    visitor = await sign_in("foresatt")
    for _ in range(2):
        page = await visitor.get(f"{relay}/timeline")
        assert "Sist du var her, i går kl. 10.00" in lines(page) or "kl. 10.00" in lines(page)[at(page, "Sist du var")]


@pytest.mark.feature("F156")
async def test_older_lines_lie_on_the_next_pages(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/timeline")
    older = await coordinator.get(page.one("//a[@rel='next']/@href"))
    assert set(page.all("//ol[@class='timeline']//time/@datetime")) != set(older.all("//time/@datetime"))
    assert not any("Frist for aktivitet" in line for line in lines(older))
    assert older.one("//a[@rel='prev']/@href").endswith("page=1")


def marked(page: Page) -> list[str]:
    """The rooms in the bar that say that there is something new in them."""
    return [words(room) for room in page.all("//nav[contains(@class, 'rooms')]//a") if "Nytt" in words(room)]


@pytest.mark.feature("F79")
async def test_a_room_where_others_wrote_says_so_until_one_has_looked(
    coordinator: Visitor, sign_in: SignIn, relay: str
) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Sove i egen seng", "life_area": ""})
    guardian = await sign_in("foresatt")
    assert marked(await guardian.get(relay)) == ["Mål og aktiviteter Nytt"]
    await guardian.get(f"{relay}/goals")
    assert marked(await guardian.get(relay)) == []
    assert marked(await coordinator.get(relay)) == []


@pytest.mark.feature("F79")
async def test_a_room_is_not_marked_for_what_one_may_not_see(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    before = marked(await (await sign_in("assistent")).get(ip))
    await coordinator.post(f"{ip}/goals/new", {"title": "Ikke for assistenten", "life_area": ""})
    assert marked(await (await sign_in("assistent")).get(ip)) == before == []


@pytest.mark.feature("F79")
async def test_rooms_that_are_not_in_the_bar_are_marked_under_more(
    coordinator: Visitor, sign_in: SignIn, relay: str
) -> None:
    made = await coordinator.post(f"{relay}/subject-plans/new", {"title": "Tiltaksplan"})
    assert made.status == 303
    guardian = await sign_in("foresatt")
    assert marked(await guardian.get(relay)) == ["Mer Nytt"]
    more = await guardian.get(f"{relay}/more")
    new = [words(room.xpath(".//a")[0]) for room in more.all("//main//li") if "Nytt" in words(room)]
    assert new == ["Fagplaner"]
    assert "Ny fagplan Nytt Tiltaksplan" in (await guardian.get(f"{relay}/timeline")).words
    assert "1 ny hendelse" in (await guardian.get("/plans")).words
