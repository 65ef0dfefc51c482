"""Reorganising goals and activities without a mouse (F76)."""

import asyncio
from typing import Any

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of, titles

pytestmark = pytest.mark.feature("F76")
SEA, HOME = "Ut på sjøen igjen", "Klare meg selv hjemme"


async def order(visitor: Visitor, plan: str) -> Page:
    return await visitor.get((await visitor.get(f"{plan}/goals")).link("Endre rekkefølgen"))


def rows(page: Page, of: str = "goal") -> list[str]:
    return [words(each) for each in page.all(f"//li[contains(@class, 'order__{of}')]/div/*[1]")]


async def press(visitor: Visitor, page: Page, label: str) -> Page:
    button = page.one(f"//button[@aria-label='{label}']")
    assert button.get("disabled") is None
    return await visitor.follow(await visitor.post(button.getparent().get("action"), {"way": button.get("value")}))


def focused(page: Page) -> str:
    return str(page.one("//*[@autofocus]").get("aria-label"))


async def test_a_goal_moves_and_the_keyboard_stays_at_its_button(coordinator: Visitor, ip: str) -> None:
    page = await order(coordinator, ip)
    first, second, third, *rest = rows(page)
    page = await press(coordinator, page, f"Flytt opp: {third}")
    assert (rows(page), focused(page)) == ([first, third, second, *rest], f"Flytt opp: {third}")
    assert "Flyttet." in page.words
    page = await press(coordinator, page, f"Flytt opp: {third}")
    assert (rows(page)[0], focused(page)) == (third, f"Flytt ned: {third}")
    assert titles(await coordinator.get(f"{ip}/goals"))[0] == third


async def test_an_activity_moves_within_its_goal(coordinator: Visitor, ip: str) -> None:
    page = await press(coordinator, await order(coordinator, ip), "Flytt ned: Følge til båthuset")
    here = page.one(f"//li[contains(@class, 'order__goal')][div/b = '{SEA}']")
    assert [words(each) for each in here.xpath(".//li/div/span")][:2] == ["Øve på å gå om bord", "Følge til båthuset"]


async def test_an_activity_moves_to_another_goal_with_its_comments(coordinator: Visitor, ip: str) -> None:
    page = await order(coordinator, ip)
    select = page.one("//li[div/span = 'Følge til båthuset']//select")
    (there,) = [option.get("value") for option in select if words(option) == HOME]
    address = select.getparent().getparent().get("action")
    moved = await coordinator.follow(await coordinator.post(address, {"goal": there}))
    assert "Flyttet." in moved.words
    goal = await goal_of(coordinator, ip, HOME)
    activity = words(goal.one("//article[h4 = 'Følge til båthuset']"))
    assert "Første onsdag på båthuset." in activity or "Følge til båthuset" in activity
    assert "Følge til båthuset" not in words((await goal_of(coordinator, ip, SEA)).one("//main"))


@pytest.mark.parametrize("goal", ["", "tull", "00000000-0000-0000-0000-000000000000"])
async def test_it_moves_to_no_goal_that_is_not_there(coordinator: Visitor, ip: str, goal: str) -> None:
    address = await _moving(coordinator, ip)
    page = await coordinator.post(address, {"goal": goal})
    assert (page.status, "Velg et mål fra listen." in page.words) == (400, True)


async def _moving(coordinator: Visitor, plan: str) -> str:
    page = await order(coordinator, plan)
    return str(page.one("//li[div/span = 'Følge til båthuset']//form[.//select]").get("action"))


async def test_it_moves_to_no_goal_of_another_plan(coordinator: Visitor, ip: str, relay: str) -> None:
    theirs = (await goal_of(coordinator, relay, "Gode morgener")).url.rsplit("/", 1)[1]
    assert (await coordinator.post(await _moving(coordinator, ip), {"goal": theirs})).status == 400


@pytest.mark.parametrize("way", ["", "sideways"])
async def test_other_ways_than_up_and_down_are_refused(coordinator: Visitor, ip: str, way: str) -> None:
    goal = await goal_of(coordinator, ip, SEA)
    assert (await coordinator.post(f"{goal.url}/move", {"way": way})).status == 400


@pytest.mark.parametrize("name", ["tjenesteyter", "planeier", "assistent"])
async def test_others_are_not_offered_it_and_may_not(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    goal = await goal_of(visitor, ip, SEA)
    assert "Endre rekkefølgen" not in (await visitor.get(f"{ip}/goals")).words
    page = await visitor.get(f"{ip}/goals/order")
    assert (page.status, "Bare den som koordinerer planen, kan gjøre dette." in page.words) == (403, True)
    assert (await visitor.post(f"{goal.url}/move", {"way": "up"})).status == 403


async def test_two_at_once_lose_nothing(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    other = await sign_in("koordinator")
    page = await order(coordinator, ip)
    before = rows(page)

    async def down(visitor: Visitor, place: int) -> Any:
        button = page.one(f"//button[@aria-label='Flytt ned: {before[place]}']")
        return await visitor.post(button.getparent().get("action"), {"way": "down"})

    answers = await asyncio.gather(down(coordinator, 0), down(other, 1), down(coordinator, 2))
    assert [answer.status for answer in answers] == [303, 303, 303]
    after = rows(await order(coordinator, ip))
    assert sorted(after) == sorted(before)
