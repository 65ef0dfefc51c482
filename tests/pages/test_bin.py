"""The recycle bin: what was deleted comes back as it was, for who may, within thirty days (N11)."""

from datetime import timedelta

import pytest

from models.clock import SteppingClock
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of, titles

GOAL = "Ut på sjøen igjen"


async def deleted(visitor: Visitor, plan: str, title: str = GOAL) -> Page:
    """The goal's page as it was before it was deleted."""
    goal = await goal_of(visitor, plan, title)
    assert (await visitor.send(await visitor.get(f"{goal.url}/remove"))).status == 303
    return goal


def binned(page: Page) -> list[str]:
    return [words(title) for title in page.all("//div[@class='binned']/h3")]


def way_back(page: Page, title: str) -> str:
    return str(page.one(f"//div[@class='binned'][h3[.='{title}']]//form").get("action"))


async def test_an_empty_bin_says_so(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get((await coordinator.get(f"{ip}/more")).link("Papirkurv"))
    assert "Her er det ingenting du kan hente tilbake" in page.words


@pytest.mark.feature("N11")
async def test_the_bin_says_what_was_deleted_by_whom_and_for_how_long(coordinator: Visitor, ip: str) -> None:
    await deleted(coordinator, ip)
    page = await coordinator.get(f"{ip}/bin")
    assert binned(page) == [GOAL]
    assert "av Marte Sørdal, Koordinator." in page.words
    assert "Kan hentes tilbake i 30 dager til." in page.words
    assert "Planen er en del av kommunens arkiv" in page.words


@pytest.mark.feature("N11")
async def test_a_goal_comes_back_from_the_bin_as_it_was(coordinator: Visitor, ip: str, clock: SteppingClock) -> None:
    goal = await deleted(coordinator, ip)
    clock.move(timedelta(days=29))

    await coordinator.sign_in("koordinator@fjordvik.example")
    page = await coordinator.get(f"{ip}/bin")
    assert "Kan hentes tilbake i 1 dag til." in page.words
    back = await coordinator.follow(await coordinator.post(way_back(page, GOAL)))
    assert back.words.startswith("Hentet tilbake.")
    for xpath in ("//h2[@id='goal']", "//article//h4", "//article[contains(@class, 'comment')]//*[@class='lines']"):
        assert [words(one) for one in back.all(xpath)] == [words(one) for one in goal.all(xpath)]
    assert binned(await coordinator.get(f"{ip}/bin")) == []


@pytest.mark.feature("N11")
async def test_what_was_deleted_alone_before_stays_in_the_bin(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    await coordinator.send(await coordinator.get(goal.link("Slett aktiviteten «Følge til båthuset»")))
    await deleted(coordinator, ip)
    page = await coordinator.get(f"{ip}/bin")
    assert binned(page) == [GOAL]
    back = await coordinator.follow(await coordinator.post(way_back(page, GOAL)))
    assert "Følge til båthuset" not in words(back.one("//section[@aria-labelledby='activities']"))
    page = await coordinator.get(f"{ip}/bin")
    assert binned(page) == ["Følge til båthuset"]
    assert f"Aktivitet · {GOAL}" in page.words
    await coordinator.post(way_back(page, "Følge til båthuset"))
    assert "Følge til båthuset" in (await coordinator.get(goal.url)).words


@pytest.mark.feature("N11")
async def test_after_thirty_days_it_is_out_of_reach(
    coordinator: Visitor, sign_in: SignIn, ip: str, clock: SteppingClock
) -> None:
    await deleted(coordinator, ip)
    address = way_back(await coordinator.get(f"{ip}/bin"), GOAL)
    clock.move(timedelta(days=31))
    later = await sign_in("koordinator")
    assert binned(await later.get(f"{ip}/bin")) == []
    assert (await later.post(address)).status == 404


@pytest.mark.parametrize("name", ["tjenesteyter", "planeier", "assistent"])
async def test_who_may_not_delete_goals_finds_none_in_the_bin(
    coordinator: Visitor, sign_in: SignIn, ip: str, name: str
) -> None:
    await deleted(coordinator, ip)
    address = way_back(await coordinator.get(f"{ip}/bin"), GOAL)
    other = await sign_in(name)
    assert binned(await other.get(f"{ip}/bin")) == []
    assert (await other.post(address)).status == 403


async def test_a_stranger_learns_nothing_of_the_bin(coordinator: Visitor, sign_in: SignIn, ip: str, relay: str) -> None:
    await deleted(coordinator, ip)
    address = way_back(await coordinator.get(f"{ip}/bin"), GOAL)
    stranger = await sign_in("koordinator@dalen.example")
    assert (await stranger.get(f"{ip}/bin")).status == 404
    assert (await stranger.post(address)).status == 404
    assert (await coordinator.post(address.replace(ip, relay))).status == 404


@pytest.mark.parametrize("kind", ["tull", "comment", "goals", "%2e%2e"])
async def test_an_address_that_is_not_ours_brings_nothing_back(coordinator: Visitor, ip: str, kind: str) -> None:
    await deleted(coordinator, ip)
    address = way_back(await coordinator.get(f"{ip}/bin"), GOAL)
    assert (await coordinator.post(address.replace("/bin/goal/", f"/bin/{kind}/"))).status == 404


async def test_what_one_said_oneself_is_in_ones_own_bin(guardian: Visitor, sign_in: SignIn, relay: str) -> None:
    goal = await goal_of(guardian, relay, "Gode morgener")
    said = await guardian.follow(await guardian.send(goal, text="<script>alert(1)</script> Skrevet feil."))
    *_earlier, remove = [link for link in said.links() if "/comments/" in link and link.endswith("/remove")]
    await guardian.send(await guardian.get(remove))
    page = await guardian.get(f"{relay}/bin")
    assert binned(page) == ["<script>alert(1)</script> Skrevet feil."]
    await guardian.post(way_back(page, "<script>alert(1)</script> Skrevet feil."))
    assert "Skrevet feil." in (await guardian.get(goal.url)).words


async def test_a_life_area_mapped_again_stands_in_the_way(coordinator: Visitor, ip: str) -> None:
    mapped = await coordinator.get(f"{ip}/life-areas")
    remove = next(link for link in mapped.links() if link.endswith("/remove"))
    asked = await coordinator.get(remove)
    await coordinator.send(asked)
    page = await coordinator.get(f"{ip}/bin")
    (title,) = binned(page)
    form = await coordinator.get(f"{ip}/life-areas/new")
    area = next(one.get("value") for one in form.all("//select[@name='area']/option") if words(one) == title)
    assert (await coordinator.send(form, area=area, text="På nytt.")).status == 303
    refused = await coordinator.post(way_back(page, title))
    assert (refused.status, binned(refused)) == (409, [title])
    assert "Livsområdet er kartlagt på nytt siden." in refused.words


async def test_restoring_twice_does_it_once(coordinator: Visitor, ip: str) -> None:
    await deleted(coordinator, ip)
    address = way_back(await coordinator.get(f"{ip}/bin"), GOAL)
    assert (await coordinator.post(address)).status == 303
    assert (await coordinator.post(address)).status == 404
    assert GOAL in titles(await coordinator.get(f"{ip}/goals"))
