"""One walk through the house on a real PostgreSQL: the rest of the page tests run on SQLite."""

from pathlib import Path

from httpx import ASGITransport, AsyncClient

from main import create_app
from models.clock import SteppingClock
from models.sealing import KeyRing
from permissions.sign_in.passwords import Passwords
from tests.client import Visitor
from tests.conftest import Copied
from tests.hidden import hidden_from
from tests.pages.conftest import ADDRESS, address_of, settings
from tests.pages.test_goals import goal_of


async def test_the_story_of_the_house_on_postgresql(
    copied: Copied, clock: SteppingClock, keys: KeyRing, passwords: Passwords, tmp_path: Path
) -> None:
    async with copied("postgresql", "town") as town:
        app = create_app(settings(town, keys, tmp_path), clock=clock, passwords=passwords)
        async with app.router.lifespan_context(app):

            async def enter(name: str) -> Visitor:
                ours = {"sec-fetch-site": "same-origin"}
                browser = AsyncClient(transport=ASGITransport(app), base_url=ADDRESS, headers=ours)
                visitor = Visitor(browser, town, hidden_from(name))
                await visitor.sign_in(name)
                return visitor

            relay = await address_of(town, "koordinator@fjordvik.example", "T.A.")
            coordinator = await enter("koordinator@fjordvik.example")
            assert (await coordinator.get("/plans?q=%00t.a")).words.count("T.A.") == 1
            await coordinator.post(f"{relay}/goals/new", {"title": "Sove i egen\x00 seng", "life_area": ""})
            goal = await goal_of(coordinator, relay, "Sove i egen seng")
            await coordinator.post(
                f"{goal.url}/activities/new", {"title": "Lese", "status": "planned", "responsible_id": ""}
            )
            await coordinator.send(goal, text="Vi prøver.")
            page = await (await enter("foresatt@fjordvik.example")).get(f"{relay}/timeline")
            assert all(text in page.words for text in ("Sove i egen seng", "Lese", "Vi prøver."))
            refused = await (await enter("utlopt@fjordvik.example")).get(
                await address_of(town, "utlopt@fjordvik.example", "R.S.")
            )
            assert refused.status == 403
            stranger = await enter("koordinator@dalen.example")
            assert (await stranger.get(relay)).status == 404
            assert (await stranger.post("/login", {"username": "a\x00", "password": "b"})).status == 401
