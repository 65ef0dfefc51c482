"""Making a plan on a real PostgreSQL, and two presses on «Fullfør» at the same moment on both databases."""

from asyncio import gather
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from sqlmodel import col, select

from main import create_app
from models.clock import SteppingClock
from models.plans.tables.participants import Participant
from models.sealing import KeyRing
from permissions.sign_in.passwords import Passwords
from tests.client import Visitor
from tests.conftest import Copied
from tests.pages.conftest import ADDRESS, settings
from tests.pages.newcomers import at_summary, card

pytestmark = [pytest.mark.feature("F51"), pytest.mark.feature("F185")]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
async def test_two_who_finish_at_the_same_moment_make_one_plan(
    dialect: str, copied: Copied, clock: SteppingClock, keys: KeyRing, passwords: Passwords, tmp_path: Path
) -> None:
    async with copied(dialect, "town") as town:
        app = create_app(settings(town, keys, tmp_path), clock=clock, passwords=passwords)
        async with app.router.lifespan_context(app):
            owner = await card(town, "Fjordvik", "Åse-Marie", "Bø")
            ours = {"sec-fetch-site": "same-origin", "accept-language": "nb"}
            async with AsyncClient(transport=ASGITransport(app), base_url=ADDRESS, headers=ours) as browser:
                coordinator = Visitor(browser, town)
                await coordinator.sign_in("koordinator@fjordvik.example")
                page = await at_summary(coordinator, "sl")
                address, typed = page.form().get("action"), page.typed()
                answers = await gather(*(browser.post(address, data=typed) for _ in range(2)))
                assert {answer.status_code for answer in answers} == {303}
                assert len({answer.headers["location"].split("?")[0] for answer in answers}) == 1
                async with town.reading() as session:
                    owned = select(Participant).where(col(Participant.person_id) == owner)
                    assert len((await session.scalars(owned)).all()) == 1
