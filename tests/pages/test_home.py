"""A plan's first page: a person, not a case."""

import pytest

from tests.client import Visitor, words
from tests.pages.conftest import SignIn


@pytest.mark.feature("F54")
async def test_it_begins_with_the_owners_own_words(guardian: Visitor, relay: str) -> None:
    page = await guardian.get(relay)
    assert page.heading == "T.A."
    assert "Jeg liker dyr, perler og å være ute når det regner." in page.words


@pytest.mark.feature("F58")
async def test_it_says_when_each_of_the_others_was_here(coordinator: Visitor, ip: str) -> None:
    people = {words(one.xpath(".//*[@class='person__name']")[0]): words(one) for one in
              (await coordinator.get(ip)).all("//ul[@class='people']/li")}  # fmt: skip
    assert "Rolf Erik Sundnes" in people
    assert "Dag Fremstad" in people
    assert all("kl." in line or "Har ikke vært her ennå" in line for line in people.values())
    assert not any("Koordinator" in line for line in people.values())


async def test_it_shows_the_goals_with_their_progress(coordinator: Visitor, relay: str) -> None:
    page = await coordinator.get(relay)
    bars = {bar.get("aria-label"): bar.get("value") for bar in page.all("//aside//progress")}
    assert bars["Framdrift for Gode morgener"] == "75"


async def test_the_assistant_sees_one_goal_there(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("assistent")).get(ip)
    assert [words(link) for link in page.all("//aside//a")] == ["Ut på sjøen igjen"]


@pytest.mark.feature("F44")
async def test_what_is_new_since_last_time_leads_to_its_place(
    coordinator: Visitor, sign_in: SignIn, relay: str
) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Sove i egen seng", "life_area": ""})
    guardian = await sign_in("foresatt")
    page = await guardian.get(relay)
    news = page.one("//section[@aria-labelledby='news']")
    assert "Nytt mål Nytt Sove i egen seng" in words(news)
    goal = await guardian.get(page.link("Nytt mål Nytt"))
    assert "Sove i egen seng" in goal.words


async def test_one_is_offered_the_rooms_that_one_may_enter(sign_in: SignIn, iop: str) -> None:
    page = await (await sign_in("laerer")).get(iop)
    rooms = [words(room) for room in page.all("//nav[@class='rooms']//a")]
    assert rooms == ["Oversikt", "Tidslinje", "Mål og aktiviteter"]
    assert words(page.one("//nav[@class='rooms']//a[@aria-current]")) == "Oversikt"
