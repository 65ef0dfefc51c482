"""What is said of what is hidden, before somebody takes over or stands in (N7)."""

from uuid import UUID

import pytest

from models.database import Database
from models.plans.rules.words import Basis
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_baton import PROVIDER, answer_address, ask
from tests.pages.test_goals import goal_of
from tests.plan_rows import give, set_basis

pytestmark = pytest.mark.feature("N7")
ANYHOW = "Er noe i planen skjult for deg i dag, er det skjult til planeieren vil åpne det."


@pytest.fixture
async def hidden(coordinator: Visitor, town: Database, ip: str) -> str:
    """The title of a goal that Torleif may not see."""
    await coordinator.post(f"{ip}/goals/new", {"title": "Gjelden hos Lånekassen", "life_area": ""})
    goal = await goal_of(coordinator, ip, "Gjelden hos Lånekassen")
    await give(town, ip, PROVIDER, Element.GOALS, Level.NONE, UUID(goal.url.rsplit("/", 1)[1]))
    return "Gjelden hos Lånekassen"


def warned(page: Page) -> list[str]:
    return [words(one) for one in page.all("//main//div[contains(@class, 'ds-alert')]") if "skjult" in words(one)]


async def test_who_asks_is_told_from_whom_something_is_hidden_and_what_becomes_of_it(
    coordinator: Visitor, town: Database, ip: str, hidden: str
) -> None:
    page = await coordinator.get(f"{ip}/baton/offer")
    (told,) = warned(page)
    assert told.startswith("Noe i planen er skjult for Torleif Vikan, Linn Thuy Nguyen.")
    assert "Når den du spør, sier ja, spør vi planeieren om det kan åpnes." in told
    assert hidden not in page.text
    assert (await coordinator.get(page.link("Se hva Torleif Vikan ser"))).status == 200
    await ask(coordinator, town, ip)
    (waits,) = warned(await coordinator.get(f"{ip}/baton"))
    assert waits.startswith("Noe i planen er skjult for Torleif Vikan.")


async def test_who_is_asked_reads_the_same_whether_something_is_hidden_or_not(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    provider = await sign_in("tjenesteyter")
    before = (await provider.get(f"{ip}/baton")).words
    assert ANYHOW in before
    await coordinator.post(f"{ip}/goals/new", {"title": "Gjelden", "life_area": ""})
    goal = await goal_of(coordinator, ip, "Gjelden")
    await give(town, ip, PROVIDER, Element.GOALS, Level.NONE, UUID(goal.url.rsplit("/", 1)[1]))
    page = await provider.get(f"{ip}/baton")
    assert page.words == before
    assert warned(page) == []


async def test_who_took_over_does_not_learn_what_it_is_before_it_is_decided(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, hidden: str
) -> None:
    await ask(coordinator, town, ip, stays_as="leaves")
    provider = await sign_in("tjenesteyter")
    await provider.post(await answer_address(town, ip, "accept"))
    for place in ("", "/goals", "/timeline", "/participants", "/rights", "/bin", "/more"):
        page = await provider.get(ip + place)
        assert page.status == 200
        assert hidden not in page.text, place
    owner = await sign_in("planeier")
    home = await owner.get(ip)
    assert "Kan Torleif Vikan få mer tilgang?" in home.words
    question = await owner.get(home.link("Kan Torleif Vikan få mer tilgang?"))
    assert hidden in question.words
    asked = await provider.get(question.url)
    assert hidden not in asked.text
    assert asked.status == 200
    await owner.send(question, seen=question.one("//input[@name='seen']/@value"))
    assert hidden in (await provider.get(f"{ip}/goals")).words


async def test_without_a_consent_it_opens_and_that_is_said(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, hidden: str
) -> None:
    await set_basis(town, ip, Basis.DECISION)
    (told,) = warned(await coordinator.get(f"{ip}/baton/offer"))
    assert "Det blir synlig når den du spør, sier ja." in told
    await ask(coordinator, town, ip)
    provider = await sign_in("tjenesteyter")
    assert "ser du det når du koordinerer planen." in (await provider.get(f"{ip}/baton")).words
    await provider.post(await answer_address(town, ip, "accept"))
    assert hidden in (await provider.get(f"{ip}/goals")).words


async def test_for_a_substitute_it_is_said_to_stay_hidden(coordinator: Visitor, ip: str, hidden: str) -> None:
    (told,) = warned(await coordinator.get(f"{ip}/baton/substitute"))
    assert told.startswith("Noe i planen er skjult for Torleif Vikan")
    assert "Det er skjult for vikaren også." in told


async def test_with_nothing_hidden_nothing_is_said(coordinator: Visitor, relay: str) -> None:
    for place in ("offer", "substitute"):
        assert warned(await coordinator.get(f"{relay}/baton/{place}")) == []
