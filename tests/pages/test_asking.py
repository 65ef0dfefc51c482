"""Who is refused inside a plan is told whom to ask by name, if they may know who it is."""

from models.database import Database
from models.rights import Element, Level
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.plan_rows import end, give


async def test_a_participant_is_told_whom_to_ask(sign_in: SignIn, guardian: Visitor, ip: str, relay: str) -> None:
    page = await (await sign_in("tjenesteyter")).get(f"{ip}/settings")
    assert "Spør koordinatoren, Marte Sørdal, hvis du mener at dette er feil." in page.words
    page = await guardian.post(f"{relay}/goals/new", {"title": "Nei", "life_area": ""})
    assert "Spør stafettholderen, Marte Sørdal, hvis du mener at dette er feil." in page.words


async def test_who_may_not_know_who_takes_part_is_told_no_name(sign_in: SignIn, town: Database, ip: str) -> None:
    await give(town, ip, "tjenesteyter@fjordvik.example", Element.PARTICIPANTS, Level.NONE)
    page = await (await sign_in("tjenesteyter")).get(f"{ip}/settings")
    assert page.status == 403
    assert "Sørdal" not in page.text
    assert "Spør koordinatoren i planen" in page.words


async def test_who_is_no_longer_in_the_plan_is_told_no_name(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("utlopt")).get(f"{ip}/settings")
    assert page.status == 403
    assert "Sørdal" not in page.text


async def test_the_coordinator_is_not_sent_to_herself(coordinator: Visitor, town: Database, ip: str) -> None:
    await end(town, ip)
    page = await coordinator.get(f"{ip}/goals/new")
    assert page.status == 403
    assert "Spør koordinatoren, Marte" not in page.words
