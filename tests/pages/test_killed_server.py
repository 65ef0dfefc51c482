"""`kill -9` in the middle of what changes most at once: everything or nothing, an answered save is kept, and who was
interrupted goes on where they were."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Limits, TransportError
from sqlalchemy import text
from sqlmodel import SQLModel, col, select

from models.base import pick
from models.database import Database
from models.plans.rules.words import PlanState
from models.plans.tables.begun import BegunPlan
from models.plans.tables.participants import Participant
from models.rights import Role
from models.sealing import KeyRing
from tests.client import MAY_CHANGE, Page, Visitor
from tests.conftest import NOW
from tests.pages.conftest import address_of
from tests.pages.consenting import ask as ask_for_consent
from tests.pages.consenting import make_ready, participation, state
from tests.pages.newcomers import at_summary, card, made
from tests.pages.test_baton import HOLDER, PROVIDER, answer_address, ask, part_of, roles

ROOT = Path(__file__).parents[2]
GUARDIAN = "foresatt@fjordvik.example"
Rows = dict[str, Any]


class Mortal:
    """The server of `tests.pages.mortal`, and those who visit it."""

    def __init__(self, address: str, town: Database, folder: Path) -> None:
        self.address, self.town, self.folder = address, town, folder
        self.browsers: list[AsyncClient] = []

    async def sign_in(self, user_name: str) -> Visitor:
        ours = {"sec-fetch-site": "same-origin", "accept-language": "nb"}
        once = Limits(max_keepalive_connections=0)
        self.browsers.append(AsyncClient(base_url=self.address, headers=ours, limits=once, timeout=60))
        visitor = Visitor(self.browsers[-1], self.town)
        await visitor.sign_in(user_name)
        return visitor

    async def killed(self, visitor: Visitor, address: str, typed: dict[str, str], moment: str) -> str:
        """Where the server died of the request."""
        with pytest.raises(TransportError):
            await visitor.browser.post(address, data=typed, headers={"x-die": moment})
        return self.died()

    def died(self) -> str:
        return Path(self.folder, "died").read_text(encoding="utf-8")

    async def everything(self) -> Rows:
        """All rows of all tables but those in which a no may leave something, too."""
        names = [name for name in SQLModel.metadata.tables if name not in MAY_CHANGE]
        async with self.town.reading() as session:
            asked = {name: await session.execute(text(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608
            return {name: sorted(map(str, rows.all())) for name, rows in asked.items()}


@contextmanager
def started(line: list[str], said: str) -> Iterator[str]:
    """What a process answers with when it has been told something; it runs meanwhile."""
    with subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(said)
        process.stdin.close()
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture
async def mortal(any_town: Database, keys: KeyRing, tmp_path: Path) -> AsyncIterator[Mortal]:
    url = any_town.engine.url.render_as_string(hide_password=False)
    line = [sys.executable, "-m", "tests.pages.mortal", url, str(tmp_path), NOW.isoformat()]
    with started(line, keys.dump()) as address:
        server = Mortal(address, any_town, tmp_path)
        yield server
        for browser in server.browsers:
            await browser.aclose()


async def everything_or_nothing(
    mortal: Mortal, visitor: Visitor, page: Page, is_done: Callable[[], Awaitable[bool]], **typed: str
) -> Page:
    """The page's form is sent to a server that dies earlier and later, until it comes through; the answer to it, sent
    once more."""
    address, sent, before = page.form(*typed).get("action") or page.url, page.typed(*typed) | typed, None
    before, number, died = await mortal.everything(), 2, ""
    while died != "commit":
        died = await mortal.killed(visitor, address, sent, f"statement {number}")
        assert await mortal.everything() == before, f"half of it is there after {number} statements"
        number *= 4
    assert number > 8, "it was killed early and late"
    await mortal.killed(visitor, address, sent, "committing")
    if not await is_done():
        assert await mortal.everything() == before, "half of it is there"
        assert (await visitor.get(page.url)).words == page.words, "one goes on where one was"
        assert await mortal.killed(visitor, address, sent, "answer") == "answer"
    assert await is_done(), "it was committed before the first byte of the answer"
    after = await mortal.everything()
    answer = await visitor.post(address, sent)
    assert await mortal.everything() == after, "sent once more, it is not done twice"
    return answer


@pytest.mark.feature("F185")
@pytest.mark.feature("F187")
async def test_a_plan_is_made_whole_or_not_at_all(mortal: Mortal, any_town: Database) -> None:
    owner = await card(any_town, "Fjordvik", "Åse-Marie", "Bø")
    coordinator = await mortal.sign_in(HOLDER)
    page = await at_summary(coordinator, "sl", short_name="Å.B.")

    async def is_done() -> bool:
        async with any_town.reading() as session:
            owned = pick(Participant.id).where(col(Participant.person_id) == owner)
            return bool((await session.scalars(owned)).all())

    answer = await everything_or_nothing(mortal, coordinator, page, is_done)
    plan, span, people = await made(any_town, answer.goes_to)
    assert (plan.short_name, span.state) == ("Å.B.", PlanState.DRAFT)
    assert people.keys() == {Role.OWNER, Role.COORDINATOR}
    async with any_town.reading() as session:
        assert list(await session.scalars(select(BegunPlan))) == []
    assert (await coordinator.follow(answer)).heading == "Å.B."


@pytest.mark.feature("F118")
async def test_a_signature_counts_with_all_that_follows_from_it_or_not_at_all(
    mortal: Mortal, any_town: Database
) -> None:
    relay = await address_of(any_town, HOLDER, "T.A.")
    await make_ready(any_town, relay)
    coordinator, guardian = await mortal.sign_in(HOLDER), await mortal.sign_in(GUARDIAN)
    assert (await ask_for_consent(coordinator, relay, await participation(any_town, relay, GUARDIAN))).status == 303
    page = await guardian.get(f"{relay}/consent")

    async def is_done() -> bool:
        return await state(any_town, relay) is PlanState.ACTIVE

    await everything_or_nothing(mortal, guardian, page, is_done, agreed="y")
    assert (await guardian.get(relay)).status == 200


@pytest.mark.feature("N7")
async def test_the_baton_is_in_one_hand_whatever_happens(mortal: Mortal, any_town: Database) -> None:
    ip = await address_of(any_town, HOLDER, "R.S.")
    coordinator, provider = await mortal.sign_in(HOLDER), await mortal.sign_in(PROVIDER)
    assert (await ask(coordinator, any_town, ip)).status == 303
    giver, receiver = [await part_of(any_town, ip, name) for name in (HOLDER, PROVIDER)]
    page, accept = await provider.get(f"{ip}/baton"), await answer_address(any_town, ip, "accept")
    assert accept in page.text

    async def holds(part: UUID) -> bool:
        role, _since, until = (await roles(any_town, part))[-1]
        return role is Role.COORDINATOR and until is None

    async def is_done() -> bool:
        both = await asyncio.gather(holds(giver), holds(receiver))
        assert sum(both) == 1, "never none, and never two"
        return both[1]

    await everything_or_nothing(mortal, provider, Answering(page, accept), is_done)
    assert (await provider.get(f"{ip}/settings")).status == 200
    assert (await coordinator.get(f"{ip}/settings")).status == 403


class Answering(Page):
    """A page where one of several forms is meant."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__(page.answer)
        self.address = address

    def form(self, *_fields: str) -> Any:
        return self.one(f"//form[@action='{self.address}']")


@pytest.mark.feature("F185")
async def test_what_was_answered_is_there_after_the_next_kill(mortal: Mortal, any_town: Database) -> None:
    await card(any_town, "Fjordvik", "Åse-Marie", "Bø")
    coordinator = await mortal.sign_in(HOLDER)
    page = await at_summary(coordinator, "iop", short_name="Å.B.")
    answer = await coordinator.send(page)
    assert answer.status == 303
    await mortal.killed(coordinator, page.url, {}, "statement 1")
    assert (await coordinator.follow(answer)).heading == "Å.B."
